"""The kind of a document whose head does not name it: told by a mark, its number, its office or its first words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cablegraph.sources.dates import find_time
from cablegraph.sources.frus.earlier import bracketed_kind, writing_office
from cablegraph.sources.frus.opening import date_time_group, opens_with_number, serial_number
from cablegraph.vocabularies import vocabulary

_DESPATCH = re.compile(r"\bNo\.\s*(?P<number>[A-Z]?-?\d{1,5})\b")
_COMPLIMENTS = re.compile(r"^(?:The|In) .{0,120}?\bpresent(?:s|ing) (?:his|her|its|their) compliments\b", re.DOTALL)
_SALUTATION = re.compile(
    r"(?:My )?[Dd]ear\s|(?:Sir|Madam|Gentlemen)[:,]|(?:Your )?Excellency\b|Mr\. (?:Secretary|Minister)\b"
)
_EXCELLENCY = re.compile(r"(?:Your )?Excellency\b|(?:Mr\. (?:Ambassador|Minister|Chargé)\b)", re.IGNORECASE)
#: Kinds that a serial number belongs to, by who writes.
_NUMBERED = {"department": "instruction", "mission": "despatch", "foreign": "note"}


class Told(NamedTuple):
    """A kind, how it was told, and the serial number that told it; ``office`` is who writes by the dateline."""

    kind: str
    how: str
    number: str | None = None
    office: str | None = None


def tell_kind(
    marks: Sequence[str], opener: str, salutes: Sequence[str], opening: Sequence[str], direction: str | None
) -> Told | None:
    """Tell the kind of a document from everything but its head.

    ``marks`` are lines that stand alone (inline notes, segments of the opener), ``opener`` the opener's text,
    ``opening`` the first paragraphs, ``direction`` what the two ends of the head say.
    """
    office = writing_office(opener)
    if found := bracketed_kind((*marks, *opening)):
        kind, line = found
        return Told(kind, f"the mark {line}", office=office)
    if find_time(opener) and any(opens_with_number(text) for text in opening):
        return Told("telegram", "a time of day in the dateline, and a number that opens the text", office=office)
    dispatched = _DESPATCH.search(opener)
    number = dispatched["number"] if dispatched else serial_number(opening)
    if number and (numbered := _numbered(direction, office, (*salutes, *opening))):
        return Told(numbered, f"the serial number, No. {number}", number, office)
    if told := _by_opening((*salutes, *opening)):
        kind, how = told
        if kind == "letter" and office == "foreign":
            return Told("note", "a salutation, in a paper of a foreign mission", office=office)
        return Told(kind, how, office=office)
    return None


def _numbered(direction: str | None, office: str | None, lines: Sequence[str]) -> str | None:
    if direction:
        return "despatch" if direction == "incoming" else "instruction"
    if office == "department" and any(_EXCELLENCY.match(line) for line in lines):
        return "note"
    return _NUMBERED.get(office or "")


def _by_opening(lines: Sequence[str]) -> tuple[str, str] | None:
    for text in lines:
        if (concept := vocabulary("document-kinds").find(text)) is not None:
            return concept.label.casefold(), "the line that names it"
        if _COMPLIMENTS.search(text):
            return "note", "the compliments that open it"
    if date_time_group(lines):
        return "telegram", "the date-time group that opens the text"
    if any(_SALUTATION.match(text) for text in lines):
        return "letter", "a salutation"
    if any(text.startswith("Subject:") for text in lines):
        return "memorandum", "the line of its subject"
    return None
