"""The languages of mappings: which front end reads a file."""

from __future__ import annotations

from pathlib import Path

from cablegraph.errors import InputError
from cablegraph.mapping.plan import Plan
from cablegraph.mapping.rml import read_rml
from cablegraph.mapping.yarrrml import read_yarrrml


def read_mappings(path: Path, base: str) -> Plan:
    """Read a mapping file, YARRRML or RML (``*.ttl``), or every ``*.yml`` of a folder in the order of their names.

    Raises:
        InputError: there is no mapping, or one is not valid.
    """
    files = sorted(path.glob("*.yml")) if path.is_dir() else [path]
    if not files:
        raise InputError("the folder holds no mapping", file=str(path), hint="mappings are *.yml files")
    plans = [(read_rml if file.suffix == ".ttl" else read_yarrrml)(file, file.name, base) for file in files]
    return Plan(tuple(m for plan in plans for m in plan.maps), tuple(name for plan in plans for name in plan.files))
