"""The text of a telegram as a tree of parts: sections, numbered paragraphs, enclosed texts, signature, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from cablegraph.sources.transcript.lines import Kind, Line


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


@dataclass
class Paragraph:
    """A run of lines that belong together."""

    raw: str
    line: int
    page: int
    label: str | None = None
    hyphens: list[str] = field(default_factory=list)
    breaks: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class Body:
    """The text taken apart; ``hyphens`` are words that the end of a line had parted."""

    parts: list[Part] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    signature: Line | None = None
    hyphens: list[tuple[str, str, int]] = field(default_factory=list)
    page_breaks: dict[int, tuple[str, int]] = field(default_factory=dict)


_LABEL = re.compile(r"(?P<label>\d{1,2}\.|[IVX]{1,5}\.|\(\d{1,2}\)|\([A-Za-z]\)|[A-Z]\.)\s+(?=\S)")
_SIGNATURE = re.compile(r"(?:[A-Z][A-Z.'’-]*)(?: [A-Z][A-Z.'’-]*){0,3}")
_NOTE = re.compile(r"NOTE\s*[:.]", re.IGNORECASE)
_ENCLOSES = re.compile(r"\b(?:FOL|FOLLOWING|FOLLOWS|QUOTE)\b[^.:]*:\s*$", re.IGNORECASE)
_INLINE = re.compile(r"\((?P<letter>[A-Z])\)\s")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


def read_body(lines: list[Line]) -> Body:
    """Take the lines behind the head apart; furniture among them is passed over (it goes into ``markings``)."""
    body = Body()
    paragraphs = _paragraphs(lines)
    ends = next((i for i, p in enumerate(paragraphs) if _NOTE.match(p.raw)), len(paragraphs))
    body.notes = [replace(p, raw=p.raw) for p in paragraphs[ends:]]
    text = paragraphs[:ends]
    if len(text) > 1 and _SIGNATURE.fullmatch(text[-1].raw) and len(text[-1].raw) <= 40:
        last = text.pop()
        body.signature = Line(last.line, last.raw, Kind.TEXT, last.page)
    _repair_first_section(text)
    _build(body, text)
    for paragraph in paragraphs:
        body.hyphens += [(word, word.replace("-", ""), paragraph.line) for word in paragraph.hyphens]
    return body


def _paragraphs(lines: list[Line]) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    open_paragraph = False
    for line in lines:
        if line.kind is Kind.BLANK:
            open_paragraph = False
        elif line.kind is Kind.TEXT:
            match = _LABEL.match(line.text)
            last = paragraphs[-1] if paragraphs else None
            if last is not None and match is None and not open_paragraph and _runs_over_page(last, line):
                last.breaks.append((line.page, len(last.raw)))
                open_paragraph = True
            if last is not None and open_paragraph and match is None:
                _append(last, line.text)
            else:
                label = match["label"] if match else None
                text = line.text[match.end() :] if match else line.text
                paragraphs.append(Paragraph(text, line.number, line.page, label))
                open_paragraph = True
        elif line.kind is not Kind.CLASSIFICATION:
            open_paragraph = False
    return paragraphs


def _runs_over_page(last: Paragraph, line: Line) -> bool:
    """Tell whether a paragraph goes on over a page break: it ends in no full stop and the next line has no label."""
    page = last.breaks[-1][0] if last.breaks else last.page
    return line.page == page + 1 and re.search(r"[\w,-]$", last.raw) is not None


def _append(paragraph: Paragraph, text: str) -> None:
    if re.search(r"[A-Za-z]-$", paragraph.raw) and text[:1].isalpha():
        first = re.search(r"[A-Za-z]+-$", paragraph.raw)
        rest = re.match(r"[A-Za-z]+", text)
        if first and rest:
            paragraph.hyphens.append(first.group() + rest.group())
        paragraph.raw = paragraph.raw[:-1] + text
    else:
        paragraph.raw = f"{paragraph.raw} {text}"


def _repair_first_section(paragraphs: list[Paragraph]) -> None:
    """Read the first ``1.`` as ``I.`` where a second ``1.`` follows it and the sections go on with ``II.``.

    The paragraph keeps its printed label beside the repaired one (``printed_label``), and the reader records it.
    """
    labels = [(index, p.label) for index, p in enumerate(paragraphs) if p.label]
    first_two = [label for _, label in labels[:2]]
    if first_two == ["1.", "1."] and any(label == "II." for _, label in labels):
        paragraphs[labels[0][0]].label = "I.?1."


def _style(label: str, sections: int) -> str:
    if label.startswith("(") and label[1].isdigit():
        return "(1)"
    if label.startswith("("):
        return "(A)"
    name = label.rstrip(".")
    if name.isdigit():
        return "1."
    if name in _ROMAN and (name == _ROMAN[sections] or len(name) > 1):
        return "I."
    return "A."


def _build(body: Body, paragraphs: list[Paragraph]) -> None:
    """Hang each paragraph under the section or paragraph that it belongs to."""
    keys: set[str] = set()
    stack: list[tuple[str, str]] = []  # (style, key) of what is open
    sections = 0
    holder: str | None = None  # the section or enclosure that unnumbered paragraphs belong to
    for index, paragraph in enumerate(paragraphs):
        label, _, printed = (paragraph.label or "").partition("?")
        style = _style(label, sections) if label else None
        if style == "I.":
            sections = min(sections + 1, len(_ROMAN) - 1)
            stack = []
        elif style is None:
            stack = [item for item in stack if item[0] == "I."]
        else:
            styles = [item[0] for item in stack]
            stack = stack[: styles.index(style)] if style in styles else stack
        name = label.strip(".")
        if style == "I.":
            parent, kind, key = None, "section", name
        else:
            above = stack[-1][1] if stack else None
            parent = holder if above is None or (stack and stack[-1][0] == "I.") else above
            kind = "paragraph"
            key = f"{parent}." if parent else ""
            key += name.strip("()") if label else f"p{1 + sum(1 for k in keys if k.startswith(f'{key}p'))}"
        key = _unique(key, keys)
        body.parts.append(
            Part(key, kind, paragraph.raw, paragraph.line, paragraph.page, label.rstrip(".") or None, printed or None, parent)
        )
        if style is not None:
            stack.append((style, key))
        if style == "I.":
            holder = key
            following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
            if following is not None and following.label is None and _ENCLOSES.search(paragraph.raw):
                holder = _unique(f"{key}.enclosure", keys)
                body.parts.append(Part(holder, "enclosure", "", following.line, following.page, None, None, key))
        for page, place in paragraph.breaks:
            body.page_breaks.setdefault(page, (key, place))
        _inline_parts(body, body.parts[-1] if body.parts[-1].key == key else body.parts[-2], keys)


def _inline_parts(body: Body, part: Part, keys: set[str]) -> None:
    """Part ``(A) …, AND (B) …`` inside a paragraph where the letters run on from A."""
    found: list[re.Match[str]] = []
    for match in _INLINE.finditer(part.raw):
        if match["letter"] == chr(ord("A") + len(found)):
            found.append(match)
    if len(found) < 2:
        return
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(part.raw)
        key = _unique(f"{part.key}.{match['letter']}", keys)
        body.parts.append(
            Part(key, "paragraph", part.raw[match.end() : end].strip(), part.line, part.page,
                 f"({match['letter']})", None, part.key, match.start())
        )  # fmt: skip


def _unique(key: str, keys: set[str]) -> str:
    name, count = key, 1
    while name in keys:
        count += 1
        name = f"{key}~{count}"
    keys.add(name)
    return name
