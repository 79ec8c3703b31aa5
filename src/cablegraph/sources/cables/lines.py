"""The lines of a cable's text, and what each is: text of the telegram, or what machines and archives put around it.

Page heads, classification lines, the end of the transmission and the lines of declassification that were injected
into the text later never become text, and are never lost: they end up in ``markings``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from cablegraph.vocabularies import normalise, vocabulary


class Kind(Enum):
    """What a line is."""

    BLANK = auto()
    TEXT = auto()
    PAGE_HEAD = auto()
    CLASSIFICATION = auto()
    DECLASSIFICATION = auto()
    FORM = auto()
    OPERATOR = auto()


@dataclass(frozen=True)
class Line:
    """A line: its 1-based number, its text, what it is, the page that it stands on; ``printed`` where text was repaired."""

    number: int
    text: str
    kind: Kind = Kind.TEXT
    page: int = 1
    printed: str | None = None


#: Marks are short; longer lines are text.
_SHORT = 120
_PAGE = re.compile(r"(?:(?P<level>[A-Z][A-Z ]{4,50}) )?PAGE\s{1,4}(?P<page>\d{1,3})(?:\s+(?P<rest>\S.*))?")
_STATION = re.compile(
    r"(?P<station>[A-Z][A-Z.'/-]{0,14}(?: [A-Z.'/-]{1,14}){0,2})\s+(?P<number>\d{3,6})"
    r"(?:\s+(?:SECTION\s+)?\d{1,2}\s+OF\s+\d{1,2})?(?:\s+\d{6}Z?)?(?:\s+[A-Z]{3}\s+\d{2})?"
)
_END = re.compile(r"N{3,4}(?:[A-Z]{6,10})?|BT|#\d{4}|<<\s?END OF DOCUMENT\s?>>")
_FOOTER = re.compile(r"\*{3} ?Current (?P<what>Handling Restrictions|Classification) ?\*{3}\s*(?P<value>.*)")
_RELEASED = "Declassified/Released"
_OFFICER = re.compile(r"[A-Z][a-z]{1,20} (?:[A-Z]\. ?)?[A-Z][A-Za-z]{1,20}\s*$")
_REST = re.compile(
    r"Declassified/Released(?:\s+US Department of State)?(?:\s+EO Systematic Review)?(?:\s+\d{1,2} [A-Za-z]{3,9} \d{4})?"
)
_PIECE = re.compile(r"US Department of State|EO Systematic Review|\d{1,2} [A-Za-z]{3,9} \d{4}", re.IGNORECASE)
_GROUP = re.compile(r"(?:[ZOPRY]\s+){0,3}\d{6}\s?Z(?:\s+[A-Z]{3}\s+\d{2,4})?(?:\s+\S{1,8}){0,6}")
_FROM = re.compile(r"FM\s+\S")
_SPACED = re.compile(r"(?:[A-Z] {1,3}){4,40}(?:[A-Z](?![A-Z]))?")


def sort_lines(typed: Sequence[tuple[int, str]]) -> list[Line]:
    """Tell what each line of the text is; a line with something injected becomes two of the same number."""
    lines: list[Line] = []
    page, at = 1, 0
    while at < len(typed):
        number, text = typed[at]
        at += 1
        if not text:
            lines.append(Line(number, "", Kind.BLANK, page))
        elif text.casefold() == _RELEASED.casefold():
            pieces = [text]
            if lines and lines[-1].kind is Kind.TEXT and _is_officer(lines[-1].text):
                named = lines.pop()
                pieces.insert(0, named.text)
                number = named.number
            while at < len(typed) and _PIECE.fullmatch(typed[at][1][:_SHORT]):
                pieces.append(typed[at][1])
                at += 1
            lines.append(Line(number, "\n".join(pieces), Kind.DECLASSIFICATION, page))
        elif _RELEASED in text:
            lines += _injected(number, text, page)
        else:
            kind, page = _kind(text, page)
            lines.append(Line(number, text, kind, page))
    return lines


def page_head(text: str) -> tuple[int, str | None, str | None] | None:
    """Take ``PAGE 02  STATE 062519`` apart to the page, the station and the number; None where it is no page head."""
    match = _PAGE.fullmatch(text) if len(text) <= _SHORT and "PAGE" in text else None
    if match is None or (match["level"] and not is_level(match["level"])):
        return None
    if match["rest"] is None:
        return int(match["page"]), None, None
    found = _STATION.fullmatch(match["rest"])
    return (int(match["page"]), found["station"], found["number"]) if found else None


def shows_a_head(texts: Sequence[str]) -> bool:
    """Tell whether lines hold the head of a cable: a page head with a number, or a date-time group and FM below it."""
    grouped = False
    for text in texts:
        if len(text) > _SHORT:
            continue
        if (found := page_head(text)) and found[2]:
            return True
        if _GROUP.fullmatch(text):
            grouped = True
        elif grouped and _FROM.match(text):
            return True
    return False


def level_in(text: str) -> tuple[str, int] | None:
    """The classification that opens a line, without the spaces between its letters, and where it ends."""
    if match := _SPACED.match(text):
        words = re.sub(r"\s", "", match.group())
        for end in (len(words), len(words) - 1):
            if found := _squeezed().get(words[:end].casefold()):
                return found, _end_of_letters(text, end)
    found_level = vocabulary("classification").leading(text[:_SHORT])
    return (text[: found_level[1]], found_level[1]) if found_level else None


def is_level(text: str) -> bool:
    """Tell whether a whole line is a classification."""
    found = level_in(text) if len(text) <= 60 else None
    return found is not None and not text[found[1] :].strip(" .")


def _end_of_letters(text: str, count: int) -> int:
    """Where the letter number ``count`` of a spaced word ends."""
    letters = [match.end() for match in re.finditer(r"[A-Z]", text[: count * 4])]
    return letters[count - 1]


@cache
def _squeezed() -> dict[str, str]:
    """Classifications by their letters alone, as capitals."""
    labels = [label for concept in vocabulary("classification") for label in concept.labels]
    return {normalise(label).replace(" ", ""): label.upper() for label in labels if "no " not in label.casefold()}


def _kind(text: str, page: int) -> tuple[Kind, int]:
    if len(text) > _SHORT:
        return Kind.TEXT, page
    if found := page_head(text):
        return Kind.PAGE_HEAD, found[0] or page
    if is_level(text):
        return Kind.CLASSIFICATION, page
    if _END.fullmatch(text):
        return Kind.OPERATOR, page
    if footer := _FOOTER.fullmatch(text):
        return (Kind.CLASSIFICATION if footer["what"] == "Classification" else Kind.FORM), page
    return Kind.TEXT, page


def _is_officer(text: str) -> bool:
    return len(text) <= 50 and _OFFICER.fullmatch(text) is not None


def _injected(number: int, text: str, page: int) -> Iterator[Line]:
    """Part what was injected into a line from the line."""
    kept: list[str] = []
    start = 0
    while (found := text.find(_RELEASED, start)) >= 0:
        officer = _OFFICER.search(text, max(start, found - 50), found)
        begins = officer.start() if officer else found
        rest = _REST.match(text, found)
        end = rest.end() if rest else found + len(_RELEASED)
        kept.append(text[start:begins].strip())
        yield Line(number, text[begins:end], Kind.DECLASSIFICATION, page)
        start = end
    kept.append(text[start:].strip())
    if left := " ".join(piece for piece in kept if piece):
        yield Line(number, left, Kind.TEXT, page, text)
