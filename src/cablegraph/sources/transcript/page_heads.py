"""Heads of later pages: ``-2- 1862, NOVEMBER 19, 8 PM FROM NEW YORK``, ``PAGE 02 MOSCOW 01234 262352Z``, ``- 3 -``.

A damaged head is still known by what stands in it; its own number may be lost then, and is told from its neighbors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cablegraph.sources.dates import find_date
from cablegraph.sources.transcript.ends import known_end
from cablegraph.sources.transcript.repairs import dated

_FIGURES = str.maketrans("OoQIilL|SsBZz", "0001111155822")
_FIGURE = r"[0-9OoQIil|SBZ]"
_LONGEST = 90
_DASHED = re.compile(
    rf"\W{{0,2}}[-–—~=_]\s{{0,4}}(?P<page>{_FIGURE}{{1,3}})\s{{0,4}}[-–—~=_.](?:[\s,]{{0,6}}(?P<rest>\S.*))?"
)
_PAGED = re.compile(r"PAGE\s{0,4}(?P<page>[0-9OoIl]{1,3})\b\W{0,3}(?P<rest>.*)", re.IGNORECASE)
#: Without its dashes a head is known by number, date and post.
_WORN = re.compile(
    rf"\W{{0,4}}(?:(?P<page>{_FIGURE}{{1,2}})[^\w,]{{1,5}})?(?P<rest>{_FIGURE}{{1,6}}\W{{1,4}}(?P<date>[A-Za-z0-9]{{3,10}}\W{{0,3}}{_FIGURE}{{1,2}}\b.{{3,60}}))"
)
_FROM = re.compile(r"\b(?:FROM|FR0M|FRM|TO|T0)\b\s*(?P<post>.*)", re.IGNORECASE)
#: What follows ``PAGE 02``: the post and the number of the cable, and a time.
_CABLE = re.compile(r"(?P<post>[A-Z][A-Z .'-]{1,24}?)\s{1,12}(?P<number>[0-9OIlSB]{3,6})(?:\s{1,12}\S{1,12}){0,4}")


@dataclass(frozen=True)
class PageHead:
    """A page head: the number of its page (None where it is lost), that number as printed, and what else it says."""

    page: int | None
    printed: str
    rest: str

    @property
    def plain(self) -> bool:
        """Whether the page's number is printed in figures."""
        return self.printed.isascii() and self.printed.isdigit()


def read_page_head(text: str) -> PageHead | None:
    """Read a line that is the head of a page, None where it is none."""
    if not text or len(text) > _LONGEST:
        return None
    if match := _DASHED.fullmatch(text):
        return _head(match["page"], match["rest"])
    if match := _PAGED.fullmatch(text):
        rest = match["rest"].strip()
        return _head(match["page"], rest) if not rest or cable_of(rest) else None
    match = _WORN.fullmatch(text)
    if match is None:
        return None
    plain = dated(match["date"])
    date = find_date(plain)
    origin = _FROM.search(text)
    if date is None or date.day is None or date.start > 2 or origin is None:
        return None
    return _head(match["page"], match["rest"]) if known_end(origin["post"]) else None


def cable_of(rest: str) -> tuple[str, str] | None:
    """The post and the number in the head of a cable's page."""
    match = _CABLE.fullmatch(rest)
    number = match["number"].translate(_FIGURES).lstrip("0") if match else ""
    return (match["post"], number) if match and number else None


def _head(printed: str | None, rest: str | None) -> PageHead | None:
    number = (printed or "").translate(_FIGURES)
    if printed and not (number.isascii() and number.isdigit()):
        return None
    return PageHead(int(number) or None if number else None, printed or "", (rest or "").strip())
