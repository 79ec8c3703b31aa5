"""The text of a telegram as a tree of parts: sections, numbered paragraphs, enclosed texts, signature, notes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest

from cablegraph.sources.transcript.edits import Edit, clean
from cablegraph.sources.transcript.lines import Line
from cablegraph.sources.transcript.paragraphs import Paragraph, read_paragraphs
from cablegraph.sources.transcript.signing import Signature, part_signature, take_signature


@dataclass
class Part:
    """One part; ``raw`` is its text with the marks of edits still in it, ``anchor`` its offset in the parent."""

    key: str
    kind: str
    raw: str
    line: int
    page: int
    label: str | None = None
    printed_label: str | None = None
    parent: str | None = None
    anchor: int | None = None
    hyphens: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)

    @cached_property
    def typed(self) -> tuple[str, list[Edit]]:
        """The text as it was typed, and the edits in it."""
        return clean(self.raw)


@dataclass
class Body:
    """The text taken apart; ``page_breaks`` gives for a page the part in which it begins, and the offset there."""

    parts: list[Part] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    signature: Signature | None = None
    gaps: list[Paragraph] = field(default_factory=list)
    page_breaks: dict[int, tuple[str, int]] = field(default_factory=dict)


_NOTE = re.compile(r"NOTE\s{0,4}[:.;,]", re.IGNORECASE)
_ENCLOSES = re.compile(r"\b(?:FOL|FOLLOWING|FOLLOWS|QUOTE)\b[^.:]*:\s*$", re.IGNORECASE)
_INLINE = re.compile(r"\((?P<letter>[A-Z])\)\s")


def read_body(lines: list[Line]) -> Body:
    """Take the lines behind the head apart; furniture among them is passed over (it goes into ``markings``)."""
    body = Body()
    part_signature(lines)
    paragraphs = read_paragraphs(lines)
    ends = next((i for i, p in enumerate(paragraphs) if _NOTE.match(p.raw)), len(paragraphs))
    body.notes = paragraphs[ends:]
    text = paragraphs[:ends]
    body.signature = take_signature(text)
    body.gaps = [paragraph for paragraph in text if paragraph.gap]
    _Tree(body).build(text)
    return body


class _Tree:
    """Hangs each paragraph under the section or paragraph that it belongs to."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._keys: Counter[str] = Counter()
        self._unnumbered: Counter[str] = Counter()
        self._open: list[tuple[str, str]] = []  # (style, key) of what is open
        self._holder: str | None = None  # the section or enclosure that unnumbered paragraphs belong to

    def build(self, paragraphs: list[Paragraph]) -> None:
        for paragraph, following in zip_longest(paragraphs, paragraphs[1:]):
            part = self._hang(paragraph)
            if part.kind == "section":
                self._holder = part.key
                if following is not None and following.label is None and _ENCLOSES.search(paragraph.raw[-200:]):
                    self._holder = self._unique(f"{part.key}.enclosure")
                    self._body.parts.append(
                        Part(self._holder, "enclosure", "", following.line, following.page, parent=part.key)
                    )
            for page, place in paragraph.breaks:
                before = clean(paragraph.raw[:place])[0]
                gap = 1 if paragraph.raw[place - 1 : place].isspace() and before else 0
                offset = min(len(before) + gap, len(part.typed[0]))
                self._body.page_breaks.setdefault(page, (part.key, offset))
            self._inline(part)

    def _hang(self, paragraph: Paragraph) -> Part:
        label = paragraph.label
        kind_of_label = paragraph.reading.style if paragraph.reading else None
        name = (label or "").strip(".()")
        if kind_of_label == "I.":
            self._open = []
            parent, kind, key = None, "section", name
        else:
            parent, kind = self._above(kind_of_label), "paragraph"
            key = f"{parent}.{name}" if parent and name else name
            if not name:
                self._unnumbered[parent or ""] += 1
                key = f"{f'{parent}.' if parent else ''}p{self._unnumbered[parent or '']}"
        part = Part(
            self._unique(key), kind, paragraph.raw, paragraph.line, paragraph.page, (label or "").rstrip(".") or None,
            paragraph.printed, parent, None, paragraph.hyphens, paragraph.moved,
        )  # fmt: skip
        self._body.parts.append(part)
        if kind_of_label is not None:
            self._open.append((kind_of_label, part.key))
        return part

    def _above(self, kind_of_label: str | None) -> str | None:
        """The part that one with this style of label belongs to."""
        if kind_of_label is None:
            self._open = [item for item in self._open if item[0] == "I."]
        else:
            styles = [item[0] for item in self._open]
            if kind_of_label in styles:
                self._open = self._open[: styles.index(kind_of_label)]
        if not self._open or self._open[-1][0] == "I.":
            return self._holder
        return self._open[-1][1]

    def _inline(self, part: Part) -> None:
        """Part ``(A) …, AND (B) …`` inside a paragraph where the letters run on from A."""
        text = part.typed[0]
        found: list[re.Match[str]] = []
        for match in _INLINE.finditer(text):
            if match["letter"] == chr(ord("A") + len(found)):
                found.append(match)
        if len(found) < 2:
            return
        for match, after in zip_longest(found, found[1:]):
            key = self._unique(f"{part.key}.{match['letter']}")
            inner = text[match.end() : after.start() if after else len(text)].strip()
            label = f"({match['letter']})"
            self._body.parts.append(
                Part(key, "paragraph", inner, part.line, part.page, label, None, part.key, match.start())
            )

    def _unique(self, key: str) -> str:
        """Make a key unique in the record: ``~2`` behind the second of its kind."""
        self._keys[key] += 1
        if self._keys[key] == 1:
            return key
        return self._unique(f"{key}~{self._keys[key]}")
