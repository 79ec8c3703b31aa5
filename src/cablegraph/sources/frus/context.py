"""What is known around a document while it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cablegraph.register import Entry
from cablegraph.sources.source import Source, finding, reading
from cablegraph.sources.xml_tree import Element

FRUS_SITE = "https://history.state.gov/historicaldocuments"

#: The kinds that go by wire or pouch between the Department and its posts.
TELEGRAPHIC = (
    "telegram",
    "circular telegram",
    "airgram",
    "circular airgram",
    "despatch",
    "instruction",
    "draft telegram",
)


@dataclass(frozen=True)
class Chapter:
    """The head of a chapter or compilation around a document, and its line."""

    head: str
    line: int


@dataclass(frozen=True)
class Context:
    """Around a document: its source and ids, its chapters and the page on which it begins."""

    source: Source
    record: str
    document: str
    chapters: list[Chapter]
    page: str | None

    def place(self, element: Element) -> dict[str, Any]:
        """The place of a row that comes from an element."""
        return {"source_file": self.source.file, "source_line": element.line}


class Remarks:
    """Readings and findings about one record, gathered while its fields are read; ``entries`` are their rows."""

    def __init__(self, context: Context, line: int) -> None:
        self._context = context
        self._line = line
        self.entries: list[Entry] = []

    def reading(self, field: str, value: str | None, surface: str | None, how: str, confidence: float) -> None:
        """Say how the value of a field came about."""
        context = self._context
        self.entries.append(reading(context.source, self._line, context.record, field, value, surface, how, confidence))

    def complain(self, kind: str, field: str, value: str | None, message: str) -> None:
        """Warn of a fault of the source."""
        context = self._context
        self.entries.append(finding(context.source, self._line, kind, "warning", context.record, field, value, message))
