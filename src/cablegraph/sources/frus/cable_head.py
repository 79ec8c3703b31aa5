"""The raw head of an electronic telegram, as electronic volumes print it above the text.

A line with the date-time group (``P R 241100Z JAN 70``), and lists headed FM, TO, ACTION, INFO, SUBJ and REF. The
encoding calls several of them subjects; what a list is stands in its own heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cablegraph.vocabularies import vocabulary

#: What the heading of a list says that it holds.
_ROLES = {
    "FM": "from", "FROM": "from", "TO": "to", "ACTION": "to", "INFO": "info", "SUBJECT": "subject", "SUBJECTS": "subject",
    "SUBJ": "subject", "REF": "reference", "REFS": "reference", "REFERENCE": "reference", "REFERENCES": "reference",
    "RE": "reference", "TAGS": "tags", "PARTICIPANTS": "participants",
}  # fmt: skip
#: Kinds of lists whose own word holds where the heading says nothing that is known.
_BY_KIND = {"participants": "participants", "references": "reference"}
_LINE = re.compile(r"(?:^|\s)(?:[ZOPR0]\s+){1,2}(?P<group>[0-3]\d[0-2]\d[0-5]\dZ\s+[A-Z]{3}\s+\d{2})\b")
_ARTICLE = re.compile(r"^[Tt]he\s+")
_ROUTING = re.compile(r"^R[UH][A-Z]{3,6}/")
#: The number that the telegram has with this addressee, or that it has none.
_NUMBER = re.compile(r"\s+(?:\d{1,5}|UNN)$")
#: A line of the head, not a paragraph of the text.
_LONGEST = 200


@dataclass(frozen=True)
class Address:
    """One line of the address: ``role`` is "to" or "info", ``text`` the addressee, ``precedence`` as printed behind it."""

    role: str
    text: str
    precedence: str | None = None


def list_role(kind: str, heading: str | None) -> str | None:
    """What a list holds: by its heading, else by its kind in the encoding; None where neither says."""
    words = re.sub(r"[\[\]:.\s]+", " ", heading or "").strip().upper()
    if words in _ROLES:
        return _ROLES[words]
    if heading is None and kind == "subject":
        return "subject"
    return _BY_KIND.get(kind)


def read_addresses(role: str, line: str) -> list[Address]:
    """Read ``RUEHCR/AMEMBASSY SAIGON NIACT IMMEDIATE 0943`` or ``ANKARA, KABUL``; a line with a colon is an instruction."""
    if ":" in line:
        return []
    return [
        _address(role, text) for name in line.split(",") if (text := _ROUTING.sub("", _ARTICLE.sub("", name.strip())))
    ]


def _address(role: str, text: str) -> Address:
    text = _NUMBER.sub("", text)
    words = text.split()
    for count in (2, 1):
        mark = " ".join(words[-count:])
        if len(words) > count and vocabulary("precedence").find(mark):
            return Address(role, " ".join(words[:-count]), mark)
    return Address(role, text)


def head_group(opening: Sequence[str]) -> str | None:
    """The date-time group of the head's line, with month and year: ``241100Z JAN 70``."""
    for text in opening:
        if len(text) <= _LONGEST and (match := _LINE.search(text)):
            return " ".join(match["group"].split())
    return None
