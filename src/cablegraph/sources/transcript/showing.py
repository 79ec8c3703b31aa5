"""The record that a transcript shows: the place of its rows, its findings and its readings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cablegraph.register import Entry
from cablegraph.sources.source import Source, finding, reading


@dataclass(frozen=True)
class Showing:
    """One telegram of one file."""

    source: Source
    record: str
    document: str

    def at(self, line: int) -> dict[str, Any]:
        """The place of a row."""
        return {"source_file": self.source.file, "source_line": line}

    def row(self, table: str, line: int, **values: Any) -> Entry:
        """Make a row of a table that belongs to the record."""
        return table, {"record": self.record, **values, **self.at(line)}

    def finding(
        self, line: int, kind: str, field: str | None, value: str | None, message: str, severity: str = "warning"
    ) -> Entry:
        """Make a row of ``findings``."""
        return finding(self.source, line, kind, severity, self.record, field, value, message)

    def reading(
        self, line: int, field: str, value: str | None, surface: str | None, how: str, confidence: float,
        part: str | None = None,
    ) -> Entry:  # fmt: skip
        """Make a row of ``readings``."""
        return reading(self.source, line, self.record, field, value, surface, how, confidence, part)
