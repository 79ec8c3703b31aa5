"""The block of attributes: lines ``Key: value`` that the archive keeps beside the text of a cable.

A value may run over lines, blank ones among them, up to the next key. What the archive writes for "nothing" is absent
here: ``n/a``, ``<DBA CORRECTED>``, and the null date 1 January 1960.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from cablegraph.sources.dates import find_date

KEYS = (
    "Automatic Decaptioning", "Capture Date", "Channel Indicators", "Concepts", "Control Number", "Copy",
    "Current Classification", "Decaption Date", "Decaption Note", "Disposition Action", "Disposition Approved on Date",
    "Disposition Authority", "Disposition Case Number", "Disposition Comment", "Disposition Date", "Disposition Event",
    "Disposition History", "Disposition Reason", "Disposition Remarks", "Document Number", "Document Source",
    "Document Unique ID", "Draft Date", "Drafter", "Enclosure", "Errors", "Executive Order", "Expiration",
    "Film Number", "Format", "From", "Handling Restrictions", "Image Path", "ISecure", "Legacy Key", "Line Count",
    "Litigation Code List", "Litigation Codes", "Litigation History", "Locator", "Markings", "Message ID", "Office",
    "Original Classification", "Original Handling Restrictions", "Original Previous Classification",
    "Original Previous Handling Restrictions", "Page Count", "Previous Channel Indicators", "Previous Classification",
    "Previous Handling Restrictions", "Reference", "Retention", "Review Action", "Review Authority", "Review Comment",
    "Review Content Flags", "Review Date", "Review Event", "Review Exemptions", "Review History", "Review Markings",
    "Review Media Identifier", "Review Referrals", "Review Referral Date", "Review Release Date",
    "Review Release Event", "Review Transfer Date", "Review Withdrawn Fields", "SAS ID", "Secure", "Sent Date",
    "Status", "Subject", "TAGS", "To", "Type",
)  # fmt: skip
_KNOWN = {key.casefold(): key for key in KEYS}
#: Lower case tells a key from a line of a subject such as ``FISHERIES: NEXT STEPS``.
_KEY = re.compile(r"(?P<key>[A-Z][A-Za-z]{0,30}(?: [A-Za-z]{1,30}){0,4}) ?:(?!//)")
_CORRECTED = re.compile(r"<\s?DBA CORRECTED\s?>", re.IGNORECASE)
_NOTHING = ("", "n/a", "na", "none", "null", "<null>", "-")
_NULL_DATE = "1960-01-01"
#: A date that stands for itself, perhaps with a time of day, which is always midnight.
_DATE = re.compile(
    r"(?:\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{4}|\d{4}-\d{2}-\d{2})(?:[T ]\d{1,2}:\d{2}(?::\d{2})?(?: [AP]M)?)?"
)


class Line(Protocol):
    """A line of the file with its number."""

    @property
    def number(self) -> int:
        """Its 1-based number."""

    @property
    def text(self) -> str:
        """What stands in it."""


@dataclass
class Attribute:
    """One attribute: the key as the archive spells it, the value as printed (lines parted by line feeds), its line."""

    key: str
    printed: str
    line: int

    @property
    def value(self) -> str | None:
        """The value; None where the archive says that there is none."""
        text = _CORRECTED.sub("", self.printed).strip() if "<" in self.printed else self.printed
        if text.casefold() in _NOTHING or self.date == _NULL_DATE:
            return None
        return text

    @property
    def corrected(self) -> bool:
        """Whether the archive's note of a correction stands beside a value."""
        return self.value is not None and self.value != self.printed

    @property
    def date(self) -> str | None:
        """The value as an EDTF date, where it is one; it may be the null date."""
        text = self.printed.strip()
        if len(text) > 40 or not _DATE.fullmatch(text):
            return None
        found = find_date(re.sub(r"(?<=[A-Za-z])-|-(?=[A-Za-z])", " ", text))
        return found.edtf if found else None

    @property
    def name(self) -> str:
        """The key as the name of a field: ``film_number``."""
        return self.key.casefold().replace(" ", "_")


@dataclass
class Attributes:
    """The attributes of a cable; ``repeated`` are those whose key came before, ``strays`` lines above the first key."""

    by_key: dict[str, Attribute] = field(default_factory=dict)
    repeated: list[Attribute] = field(default_factory=list)
    strays: list[Line] = field(default_factory=list)

    def value(self, key: str) -> str | None:
        """The value of a key, None where there is none."""
        found = self.by_key.get(key)
        return found.value if found else None

    def line(self, key: str, default: int) -> int:
        """The line of a key."""
        found = self.by_key.get(key)
        return found.line if found else default


def key_of(text: str) -> tuple[str, int] | None:
    """The key that opens a line, and where its value begins; None where the line goes on with the value above."""
    match = _KEY.match(text)
    if match is None:
        return None
    printed = match["key"]
    known = _KNOWN.get(printed.casefold())
    if known and (known == printed or not printed.isupper()):
        return known, match.end()
    return None if printed.isupper() or known else (printed, match.end()) if _titled(printed) else None


def read_attributes(lines: Sequence[Line]) -> Attributes:
    """Read the lines of the block."""
    found = Attributes()
    values: list[tuple[str, int, list[str]]] = []
    for line in lines:
        opened = key_of(line.text)
        if opened:
            values.append((opened[0], line.number, [line.text[opened[1] :].strip()]))
        elif values:
            values[-1][2].append(line.text)
        elif line.text:
            found.strays.append(line)
    for key, number, texts in values:
        attribute = Attribute(key, "\n".join(text for text in texts if text), number)
        if key in found.by_key:
            found.repeated.append(attribute)
        else:
            found.by_key[key] = attribute
    return found


def items(value: str | None) -> list[str]:
    """Part a list of the archive at commas, semicolons and lines, but not inside parentheses: ``CY, (LAST, FIRST)``."""
    texts, depth = [""], 0
    start = 0
    for match in re.finditer(r"[(),;\n]", value or ""):
        mark = match.group()
        depth += (mark == "(") - (mark == ")" and depth > 0)
        if mark in ";\n" or (mark == "," and not depth):
            texts[-1] = (value or "")[start : match.start()]
            texts.append("")
            start = match.end()
            depth = 0
    texts[-1] = (value or "")[start:]
    return list(dict.fromkeys(text.strip(" .") for text in texts if text.strip(" .")))


def _titled(key: str) -> bool:
    """Whether a key that is not known is written as keys are: its words in capitals, "of", "on" and the like apart."""
    words = key.split()
    return len(words) <= 4 and all(word[0].isupper() or len(word) < 4 for word in words)
