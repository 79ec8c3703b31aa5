"""Date-time groups of teletyped cables, plain or damaged: ``P 262340Z JAN 77``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cablegraph.sources.dates import find_date_time_group
from cablegraph.sources.transcript.repairs import dated, figures

#: The letters before a date-time group.
PRECEDENCE = {"Z": "Flash", "O": "Immediate", "P": "Priority", "R": "Routine"}
_FIGURE = r"[0-9OoIl|SB]"
_GROUP = re.compile(
    rf"\W{{0,3}}(?P<letters>(?:[ZOPR0]\s{{0,3}}){{0,2}})(?P<clock>{_FIGURE}{{6}})\s{{0,2}}(?P<zone>[Zz2])"
    r"(?:\s{0,3}(?P<month>[A-Za-z0158]{3,4})\.?\s{0,3}(?P<year>[0-9OoIl|SB]{2}))?(?P<rest>(?:\s{1,4}\S{1,6}){0,6})\W{0,3}"
)


@dataclass(frozen=True)
class Group:
    """A date-time group: as it ought to be printed, its time in EDTF, the letters before it, and whether it was damaged."""

    text: str
    sent: str | None
    letters: str
    damaged: bool


def read_group(line: str) -> Group | None:
    """Read a line that is a date-time group, with letters of precedence before it and little behind it."""
    match = _GROUP.fullmatch(line) if len(line) < 80 else None
    if match is None:
        return None
    month = dated(match["month"]).upper()[:3] if match["month"] else None
    year = figures(f"0{match['year']}")[1:] if match["year"] else None
    text = f"{figures('0' + match['clock'])[1:]}Z" + (f" {month} {year}" if month else "")
    found = find_date_time_group(text)
    if found is None or (match["month"] and found[0] != text):
        return None
    if match["month"] is None and not (match["letters"] and re.fullmatch(r"\d{6}", match["clock"])):
        return None
    letters = "".join(match["letters"].split()).replace("0", "O")
    printed = line[match.start("clock") : match.end("year") if match["month"] else match.end("zone")]
    return Group(found[0], found[1], letters, printed.upper() != text or "0" in match["letters"])
