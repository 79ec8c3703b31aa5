"""Where lines go: a file of N-Quads or N-Triples, plain or compressed, written block by block."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cablegraph import relations
from cablegraph.errors import InputError
from cablegraph.mapping.complaints import COMPLAINT

_COMPRESSIONS = {".zst": "zstd", ".gz": "gzip"}
#: How many findings of one kind and field are told one by one; the others are counted.
_TOLD = 20


@dataclass(frozen=True)
class Finding:
    """A value of which no term was made: the map, what is wrong, the column or path, and the value."""

    map: str
    kind: str
    field: str
    value: str


@dataclass
class Findings:
    """The findings of a run: the first of each kind and field, and how many there were."""

    first: list[Finding] = field(default_factory=list)
    counts: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def add(self, complaint: dict[str, Any]) -> Finding:
        """Add what a query complained of."""
        finding = Finding(complaint["map"], complaint["kind"], complaint["field"], str(complaint["value"]))
        key = (finding.map, finding.kind, finding.field)
        self.counts[key] = self.counts.get(key, 0) + 1
        if self.counts[key] <= _TOLD:
            self.first.append(finding)
        return finding


def output_form(out: Path) -> tuple[str, str | None]:
    """Tell from a file's name its format (``.nq`` or ``.nt``) and its compression.

    Raises:
        InputError: it names no format that a mapping can write.
    """
    compression = _COMPRESSIONS.get(out.suffix)
    ending = out.suffix if compression is None else Path(out.stem).suffix
    if ending not in (".nq", ".nt"):
        raise InputError(
            "names no format that a mapping can write",
            file=str(out),
            hint="expected .nq or .nt, then perhaps .zst or .gz",
        )
    return ending, compression


def write_lines(db: relations.Connection, query: str, out: Any) -> Iterator[dict[str, Any]]:
    """Write the column ``lines`` of a query, in its order, as it is; yields what stands in its column ``complaints``.

    Arrow holds the texts of a column end to end, so a block is written as one piece: nothing loops over lines here.
    """
    for batch in db.sql(query).to_arrow_reader(relations.ROWS_A_BLOCK):
        lines, complaints = (relations.text_of(column) for column in batch.columns)
        if lines is not None:
            out.write(lines)
        if complaints is not None:
            told = complaints.to_pybytes().decode().split(COMPLAINT)
            yield from (json.loads(complaint) for complaint in told if complaint)
