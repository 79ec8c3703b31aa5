"""What is known around a document while it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cablegraph.sources.source import Source
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
