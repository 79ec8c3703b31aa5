"""The text of a cable as parts: numbered paragraphs with their lettered ones, unnumbered text, the signature."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from cablegraph.sources.cables.lines import Kind, Line
from cablegraph.sources.telegram import post_of


@dataclass
class Paragraph:
    """A paragraph: its lines parted by line feeds, without the label; ``breaks`` are (page, offset) of pages in it."""

    text: str
    line: int
    page: int
    label: str | None = None
    parent: str | None = None
    key: str = ""
    breaks: list[tuple[int, int]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


@dataclass
class Body:
    """The text taken apart; ``page_breaks`` gives for a page the part in which it begins, and the offset there."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    signature: Line | None = None
    page_breaks: dict[int, tuple[str, int]] = field(default_factory=dict)


_LABEL = re.compile(
    r"(?P<label>(?P<figure>\d{1,2})\.|\((?P<figure_>\d{1,2})\)|(?P<letter>[A-Z])[.)]|\((?P<letter_>[A-Z])\))(?:\s+|$)"
)
_SIGNATURE = re.compile(r"[A-Z][A-Z.'-]{1,24}(?: [A-Z][A-Z.'-]{0,24}){0,2}")
_NO_SIGNATURE = re.compile(r"(?:END|UNQUOTE|QUOTE|TEXT|MESSAGE|COMMENT|NOTE|STOP|NOTHING|REGARDS|SUMMARY)\b")
_ENDS = (".", "?", "!", ":", '"', ")", "-")
#: How many numbers may be missing between two paragraphs: a page may be lost.
_GAP = 3


def read_body(lines: Sequence[Line]) -> Body:
    """Take the lines behind the head apart; what is no text among them is passed over (it goes into ``markings``)."""
    body = Body()
    texts = [index for index, line in enumerate(lines) if line.kind is Kind.TEXT]
    if len(texts) > 1 and _signs(lines, texts[-2], texts[-1]):
        body.signature = lines[texts[-1]]
        lines = [*lines[: texts[-1]], *lines[texts[-1] + 1 :]]
    body.paragraphs = _paragraphs(lines)
    keys: Counter[str] = Counter()
    above: str | None = None
    unnumbered = 0
    for paragraph in body.paragraphs:
        paragraph.text = "\n".join(paragraph.texts)
        wanted = (paragraph.label or "").strip(".()")
        if not wanted:
            unnumbered += 1
            wanted = f"p{unnumbered}"
        elif not wanted.isdigit():
            paragraph.parent = above
            wanted = f"{above}.{wanted}" if above else wanted
        keys[wanted] += 1
        paragraph.key = wanted if keys[wanted] == 1 else f"{wanted}~{keys[wanted]}"
        if wanted.isdigit():
            above = paragraph.key
        for page, offset in paragraph.breaks:
            body.page_breaks.setdefault(page, (paragraph.key, min(offset, len(paragraph.text))))
    return body


def _signs(lines: Sequence[Line], before: int, last: int) -> bool:
    """Whether the last line of the text is a name, set off from what it signs by a blank line or a full stop."""
    text = lines[last].text
    apart = any(line.kind is Kind.BLANK for line in lines[before + 1 : last]) or lines[before].text.endswith(_ENDS)
    return (
        apart
        and len(text) <= 40
        and _SIGNATURE.fullmatch(text) is not None
        and not _NO_SIGNATURE.match(text)
        and post_of(text) is None
    )


def _paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    found: list[Paragraph] = []
    figure, letter = 0, ""
    size = 0  # characters of the last paragraph
    apart = page_turned = False
    for line in lines:
        if line.kind is Kind.BLANK:
            apart = True
            continue
        if line.kind is not Kind.TEXT:
            page_turned = page_turned or line.kind is Kind.PAGE_HEAD
            continue
        last = found[-1] if found else None
        match = _LABEL.match(line.text)
        if match and _follows(match, figure, letter, free=last is None or apart):
            if number := match["figure"] or match["figure_"]:
                figure, letter = int(number), ""
            else:
                letter = match["letter"] or match["letter_"]
        else:
            match = None
        page = last.breaks[-1][0] if last and last.breaks else last.page if last else 0
        goes_on = match is None and last is not None
        if goes_on and last is not None and (not apart or (page_turned and not last.texts[-1].endswith(_ENDS))):
            if line.page != page:
                last.breaks.append((line.page, size + 1))
            last.texts.append(line.text)
            size += 1 + len(line.text)
        else:
            text = line.text[match.end() :] if match else line.text
            found.append(Paragraph("", line.number, line.page, match["label"] if match else None, texts=[text]))
            size = len(text)
            if line.page > 1 and line.page != page:
                found[-1].breaks.append((line.page, 0))
        apart = page_turned = False
    return found


def _follows(match: re.Match[str], figure: int, letter: str, *, free: bool) -> bool:
    """Whether a label goes on with the numbering; ``5. MARCH`` at the head of a line need not be one.

    Behind a blank line (``free``) any number opens a paragraph, and the letter A.
    """
    if number := match["figure"] or match["figure_"]:
        return free or int(number) == 1 or figure < int(number) <= figure + _GAP
    printed = match["letter"] or match["letter_"]
    return printed == "A" or (letter != "" and ord(printed) == ord(letter) + 1)
