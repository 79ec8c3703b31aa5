"""The shared volumes, each read once a process."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

from cablegraph.sources.frus import read_volume
from cablegraph.sources.source import Source

SHARED = Path(__file__).resolve().parents[3] / "shared"
VOLUMES = SHARED / "data" / "frus" / "volumes"
NAMES = sorted(path.stem for path in VOLUMES.glob("*.xml"))
if SHARED.exists() and not NAMES:
    raise FileNotFoundError("../shared is there, but its volumes are not")
Tables = dict[str, list[dict[str, Any]]]


@cache
def tables_of(name: str) -> Tables:
    """Read a volume into tables."""
    path = VOLUMES / f"{name}.xml"
    tables: Tables = defaultdict(list)
    for table, row in read_volume(Source(name, path.name, path, "frus")):
        tables[table].append(row)
    return tables
