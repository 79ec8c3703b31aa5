"""The text of a telegram as a tree of parts: sections, numbered paragraphs, enclosed texts, signature, notes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest

from cablegraph.sources.telegram import post_of
from cablegraph.sources.transcript.edits import clean
from cablegraph.sources.transcript.lines import Kind, Line
from cablegraph.sources.transcript.numbering import LABEL, ROMAN, repair, style


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


@dataclass
class Paragraph:
    """A run of lines that belong together; ``breaks`` are pages that begin in it, ``moved`` words put in their place."""

    raw: str
    line: int
    page: int
    label: str | None = None
    printed: str | None = None
    hyphens: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    breaks: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class Body:
    """The text taken apart; ``page_breaks`` gives for a page the part in which it begins, and the offset there."""

    parts: list[Part] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    signature: Paragraph | None = None
    page_breaks: dict[int, tuple[str, int]] = field(default_factory=dict)


_SIGNATURE = re.compile(r"[A-Z][A-Za-z.'’-]*(?: [A-Z][A-Za-z.'’-]*){0,3}")
_NO_SIGNATURE = re.compile(r"(?:END|UNQUOTE|QUOTE|TEXT|MESSAGE|COMMENT|NOTE|STOP)\b", re.IGNORECASE)
_NOTE = re.compile(r"NOTE\s*[:.]", re.IGNORECASE)
_ENCLOSES = re.compile(r"\b(?:FOL|FOLLOWING|FOLLOWS|QUOTE)\b[^.:]*:\s*$", re.IGNORECASE)
_INLINE = re.compile(r"\((?P<letter>[A-Z])\)\s")
_INSERTED_LINE = re.compile(r"\*[^*]+\*")
_STRUCK = re.compile(r"~~.+?~~")


def read_body(lines: list[Line]) -> Body:
    """Take the lines behind the head apart; furniture among them is passed over (it goes into ``markings``)."""
    body = Body()
    paragraphs = _paragraphs(lines)
    ends = next((i for i, p in enumerate(paragraphs) if _NOTE.match(p.raw)), len(paragraphs))
    body.notes = paragraphs[ends:]
    text = paragraphs[:ends]
    if len(text) > 1 and _is_signature(text[-1]):
        body.signature = text.pop()
    for paragraph, label in zip(text, repair([p.label for p in text]), strict=True):
        if label != paragraph.label:
            paragraph.label, paragraph.printed = label, paragraph.label
    _Tree(body).build(text)
    return body


def _is_signature(paragraph: Paragraph) -> bool:
    raw = paragraph.raw
    return (
        len(raw) <= 40
        and paragraph.label is None
        and _SIGNATURE.fullmatch(raw) is not None
        and not _NO_SIGNATURE.match(raw)
        and not raw.endswith(".")
        and post_of(raw) is None
    )


def _paragraphs(lines: list[Line]) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    open_paragraph = False
    above: Line | None = None  # words written in above the next line
    for line in lines:
        if line.kind is Kind.BLANK:
            open_paragraph = False
        elif line.kind is Kind.TEXT:
            if _INSERTED_LINE.fullmatch(line.text) and above is None:
                above = line
                continue
            moved: list[str] = []
            text = line.text
            if above is not None:
                text, moved = _interlined(above, line)
            match = LABEL.match(text)
            last = paragraphs[-1] if paragraphs else None
            if last is not None and match is None and not open_paragraph and _runs_over_page(last, line):
                _append(last, text)
                last.breaks.append((line.page, len(last.raw) - len(text)))
            elif last is not None and open_paragraph and match is None:
                _append(last, text)
            else:
                label = match["label"] if match else None
                last = Paragraph(text[match.end() :] if match else text, (above or line).number, line.page, label)
                paragraphs.append(last)
            last.moved += moved
            open_paragraph, above = True, None
        elif line.kind is not Kind.CLASSIFICATION:
            open_paragraph = False
    if above is not None:
        paragraphs.append(Paragraph(above.text, above.number, above.page))
    return paragraphs


def _interlined(above: Line, line: Line) -> tuple[str, list[str]]:
    """Join a line of inserted words to the line below; they go behind the first words struck there, if any."""
    struck = _STRUCK.search(line.text) if line.number == above.number + 1 else None
    if struck is None:
        return f"{above.text} {line.text}", []
    return f"{line.text[: struck.end()]} {above.text}{line.text[struck.end() :]}", [above.text.strip("*")]


def _runs_over_page(last: Paragraph, line: Line) -> bool:
    """Tell whether a paragraph goes on over a page break: it ends in no full stop and the next line has no label."""
    page = last.breaks[-1][0] if last.breaks else last.page
    return line.page == page + 1 and re.search(r"[\w,-]$", last.raw) is not None


def _append(paragraph: Paragraph, text: str) -> None:
    first = re.search(r"[A-Za-z]+-$", paragraph.raw[-40:])
    rest = re.match(r"[A-Za-z]+", text)
    if first and rest:
        paragraph.hyphens.append(f"{first.group()}\n{rest.group()}")
        paragraph.raw = paragraph.raw[:-1] + text
    else:
        paragraph.raw = f"{paragraph.raw} {text}"


class _Tree:
    """Hangs each paragraph under the section or paragraph that it belongs to."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._keys: Counter[str] = Counter()
        self._unnumbered: Counter[str] = Counter()
        self._open: list[tuple[str, str]] = []  # (style, key) of what is open
        self._sections = 0
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
                offset = min(len(before) + gap, len(clean(paragraph.raw)[0]))
                self._body.page_breaks.setdefault(page, (part.key, offset))
            self._inline(part)

    def _hang(self, paragraph: Paragraph) -> Part:
        label = paragraph.label
        kind_of_label = style(label, self._sections) if label else None
        name = (label or "").strip(".()")
        if kind_of_label == "I.":
            self._sections = min(self._sections + 1, len(ROMAN) - 1)
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
        text = clean(part.raw)[0]
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
