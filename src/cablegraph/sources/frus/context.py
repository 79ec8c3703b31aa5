"""What is known around a document while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from cablegraph.sources.source import Source

FRUS_SITE = "https://history.state.gov/historicaldocuments"

#: Elements whose lines are kept: those that become rows.
TAGS = ("div", "head", "p", "note", "persName", "gloss", "placeName", "ref", "pb", "opener", "dateline", "closer",
        "signed", "list", "item", "table", "quote", "attachment", "del", "gap")  # fmt: skip

#: The kinds that go by wire or pouch between the Department and its posts.
TELEGRAPHIC = ("telegram", "circular telegram", "airgram", "circular airgram", "despatch", "instruction", "draft telegram")


@dataclass(frozen=True)
class Chapter:
    """The head of a chapter or compilation around a document, and its line."""

    head: str
    line: int


@dataclass(frozen=True)
class Context:
    """Around a document: its source and ids, the line of each tag, its chapters and the page on which it begins."""

    source: Source
    record: str
    document: str
    lines: dict[etree._Element, int] = field(repr=False)
    chapters: list[Chapter]
    page: str | None

    def place(self, element: etree._Element) -> dict[str, Any]:
        """The place of a row that comes from an element (or from the nearest element around it that has a line)."""
        line = self.lines.get(element)
        while line is None:
            element = element.getparent()
            line = self.lines.get(element)
        return {"source_file": self.source.file, "source_line": line}
