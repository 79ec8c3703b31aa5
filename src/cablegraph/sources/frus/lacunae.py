"""What editors say is not there: text withheld, left out or unreadable, in brackets where it stood.

The Historian's rule for FRUS: brackets with words in italics tell how much of a text was not declassified
(``[2½ lines not declassified]``); omissions of the editors' own say what was left out (``[Omitted here is …]``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_BRACKETS = re.compile(r"\[[^\[\]]{4,400}\]")
_WITHHELD = re.compile(
    r"(?P<extent>(?:[^\[\].;:]|\.(?=\d)){1,80}?)\s+(?:of (?:the )?(?:source )?text\s+|of source\s+)?"
    r"(?:(?:has|have) been\s+|is\s+|are\s+|was\s+|were\s+)?(?:not (?:yet )?declassif\w+|deleted|excised|withheld|sanitized)",
    re.IGNORECASE,
)
_HELD = re.compile(r"declassif|deleted|excised|withheld|sanitized", re.IGNORECASE)
_OMITTED = re.compile(r"\[\s*(?:Omitted here\b|Here follows?\b|Omissions?\b|[\w ]{0,20}\bomission\b)", re.IGNORECASE)
_ILLEGIBLE = re.compile(
    r"\[\s*(?:garbled?\b|illegible\b|undecipherable\b|indecipherable\b|unreadable\b|missing text\b|text missing\b)",
    re.IGNORECASE,
)


class Lacuna(NamedTuple):
    """A gap: "withheld", "omitted" or "illegible", its place in the text, and its extent as printed, ``2½ lines``."""

    kind: str
    start: int
    end: int
    extent: str | None


def find_lacunae(text: str) -> Iterator[Lacuna]:
    """Find the gaps that a text names, in order."""
    for match in _BRACKETS.finditer(text):
        inside = match.group()
        if _HELD.search(inside) and (
            extents := [found["extent"].strip(" [,—–") for found in _WITHHELD.finditer(inside)]
        ):
            yield Lacuna("withheld", match.start(), match.end(), ": ".join(filter(None, extents)) or None)
        elif _OMITTED.match(inside):
            yield Lacuna("omitted", match.start(), match.end(), None)
        elif _ILLEGIBLE.match(inside):
            yield Lacuna("illegible", match.start(), match.end(), None)


def gap_kind(reason: str) -> str:
    """The kind of a TEI ``gap`` by its ``reason`` (TEI P5, 11.3.1); one without a reason is left out by the editors."""
    if re.search(r"illegible|garbled|damage|unreadable", reason, re.IGNORECASE):
        return "illegible"
    return "withheld" if re.search(r"classif|excis|sanitiz|withheld", reason, re.IGNORECASE) else "omitted"
