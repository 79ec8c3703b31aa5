"""How a printed telegram opens: marks of secrecy and urgency in a line of their own, then its number or date-time group."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cablegraph.sources.frus.heading import post_named
from cablegraph.vocabularies import vocabulary

#: How many paragraphs are looked at: classification, precedence and captions may stand in one each.
OPENING = 3
#: How far into a paragraph its opening can reach.
LONGEST_OPENING = 2_000

_MESSAGE = re.compile(
    r"\s*(?:\[?No\.\s*)?(?:(?P<series>[A-Z][A-Za-z]{0,11})(?:\s*[–-]\s*|\s+))?(?P<number>\d{1,6}(?:[–/-]\d+)?)\s*(?:\.|/(?P<other>[A-Z][\w ]{2,10}?\d+)\.|$)"
)
_GROUP = re.compile(r"\s*(?:DTG\s*)?(?P<group>[0-3]\d[0-2]\d[0-5]\dZ)\b")
#: Words before a number that open a text without being a series.
_NO_SERIES = frozenset(
    ("Part", "Section", "Para", "Paragraph", "Item", "Point", "Article", "Number", "Document", "Chapter", "Page", "Annex")
)  # fmt: skip
_SERIAL = re.compile(r"\s*\bNo\.\s*(?P<number>[A-Z]?-?\d{1,5})\.?$")
_NAMED = re.compile(r"(?:(?<=\bFor)|(?<=\bfor)|\s+for)\s+(?:the )?[A-Z][\w .,]*$")
_OTHER_NUMBER = re.compile(r"\s*(?P<series>[A-Z]{1,4})\s(?P<number>\d{3,6})\.")


def opens_with_number(text: str) -> bool:
    """Tell whether a paragraph begins with what may be a telegram's number."""
    return _MESSAGE.match(text) is not None


def message_number(opening: Sequence[str]) -> tuple[str | None, str | None]:
    """Series and number that open the text, in the first paragraph that is not the classification."""
    match = _message(opening)
    if match is None or match["series"] in _NO_SERIES:
        return None, None
    concept = vocabulary("series").find(match["series"])
    if concept is not None and concept.plain:  # "Embtel 1533." names another telegram, "Circular 321." this one
        return None, match["number"] if concept.key == "depcirtel" else None
    return match["series"], match["number"]


def further_number(opening: Sequence[str]) -> tuple[str, str] | None:
    """Series and number that stand behind the first, such as ``CX 63235`` of ``1660. CX 63235.``."""
    match = _message(opening)
    other = _OTHER_NUMBER.match(match.string, match.end()) if match else None
    return (other["series"], other["number"]) if other and post_named(other["series"]) is None else None


def serial_number(opening: Sequence[str]) -> str | None:
    """The number of a despatch or instruction in a line of its own, perhaps behind its classification: ``Secret No. 1021``."""
    for text in opening:
        match = _SERIAL.search(text)
        if match and (not text[: match.start()].strip() or leading_marks(text) is not None):
            return match["number"]
    return None


def date_time_group(opening: Sequence[str]) -> str | None:
    """The date-time group that opens the text in place of a number: ``282123Z``."""
    text = _first(opening)
    match = _GROUP.match(text) if text else None
    return match["group"] if match else None


def _message(opening: Sequence[str]) -> re.Match[str] | None:
    text = _first(opening)
    return _MESSAGE.match(text) if text else None


def _first(opening: Sequence[str]) -> str | None:
    """The first paragraph that is not a line of marks: of classification, precedence and captions one line may stand each."""
    return next((text for text in opening if leading_marks(text) is None and further_marks(text) is None), None)


def leading_marks(text: str) -> tuple[str, list[str]] | None:
    """Read a line that holds a classification and perhaps precedence, captions and a serial number, and nothing else.

    Lines set in small capitals are encoded in lower case; they come out as the vocabulary spells them.
    """
    found = vocabulary("classification").leading(text)
    if found is None:
        return None
    printed = text[: found[1]]
    classification = found[0].spelling(printed) if printed.islower() else printed
    marks = further_marks(_SERIAL.sub("", text[found[1] :]))
    return None if marks is None else (classification, marks)


def further_marks(text: str) -> list[str] | None:
    """Read a line of precedence and captions without a classification; None where anything else stands among them."""
    marks, rest = [], text.strip(" ;,./")
    while rest:
        hit = vocabulary("precedence").leading(rest) or vocabulary("captions").leading(rest)
        if hit is None:
            return None
        end = hit[1]
        if named := _NAMED.match(rest, end):  # "Eyes Only for the Secretary"
            end = named.end()
        marks.append(hit[0].spelling(rest[:end]) if rest[:end].islower() else rest[:end])
        rest = rest[end:].strip(" ;,./")
    return marks
