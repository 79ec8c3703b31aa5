"""How the volumes of 1861 to 1947 say what later ones say in the head and the source note.

Marks of the editors stand in brackets, in a line of their own: ``[Telegram.]``, ``[Extract.]``, ``[Telegram.—Paraphrase.]``.
The ends are names of persons (``Mr. Hay to Mr. Tower``); the office in the dateline tells who writes: ``Legation of the
United States, Brussels``. When a paper was received stands in brackets under its date: ``[Received July 4—1:35 a.m.]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cablegraph.vocabularies import vocabulary

_BRACKETED = re.compile(r"[\[(]([^\[\]()]{3,60})[\])]\.?")
_PIECES = re.compile(r"\s*(?:[.,;:]|—|–)+\s*")
_DEPARTMENT = re.compile(r"\bDepartment of State\b", re.IGNORECASE)
_MISSION = r"(?:Legation|Embassy|Consulate(?:[- ]General)?|Consular Agency|Mission)"
_OWN_MISSION = re.compile(
    rf"\b{_MISSION} of the United States\b|\b(?:United States|American|U\. ?S\.) {_MISSION}\b", re.IGNORECASE
)
_FOREIGN = re.compile(
    rf"\b{_MISSION}\b.*\bWashington\b|\b(?:Foreign Office|Ministry (?:of|for) Foreign)\b", re.IGNORECASE
)
#: Kinds that in brackets say how the edition prints the document.
_OF_THE_EDITION = ("extract", "paraphrase", "translation", "summary")
_RECEIVED = re.compile(r"\[\s*(?:Received|Rec['’]d)\s+(?P<when>[^\[\]]{1,80}?)\s*(?:(?<!m)\.)?\s*\]", re.IGNORECASE)


def bracketed(text: str) -> list[str]:
    """The marks of a line that is wholly in brackets: ``Telegram`` and ``Paraphrase``; of any other line none."""
    match = _BRACKETED.fullmatch(text.strip())
    return [piece for piece in _PIECES.split(match[1]) if piece] if match else []


def bracketed_kind(lines: Iterable[str]) -> tuple[str, str] | None:
    """The kind that a line in brackets names, and that line."""
    for line in lines:
        for mark in bracketed(line):
            kind = vocabulary("document-kinds").find(mark)
            if kind is not None and kind.label not in _OF_THE_EDITION:
                return kind.label.casefold(), line
    return None


def writing_office(dateline: str) -> str | None:
    """Who writes, by the office in the dateline: the "department", a "mission" of the United States or one "foreign" to them."""
    if _DEPARTMENT.search(dateline):
        return "department"
    if _OWN_MISSION.search(dateline):
        return "mission"
    return "foreign" if _FOREIGN.search(dateline) else None


def received_in_brackets(lines: Iterable[str]) -> str | None:
    """When a paper came in, as printed: ``July 4—1:35 a.m.``."""
    return next((match["when"] for line in lines if (match := _RECEIVED.search(line))), None)
