"""Dates and times as telegrams print them, turned into EDTF.

A day, month or year that is not printed is never made up: ``edtf`` of "November 19" without a year is None, and the
caller decides where a year may come from and says so in ``readings``.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_MONTH_FIRST = re.compile(
    rf"\b{_MONTH}(?:\s+(?P<day>\d{{1,2}})(?!\d))?(?:,?\s*(?P<year>1[89]\d\d|20\d\d))?", re.IGNORECASE
)
_DAY_FIRST = re.compile(rf"\b(?P<day>\d{{1,2}})\s+{_MONTH},?\s+(?P<year>1[89]\d\d|20\d\d)\b", re.IGNORECASE)
_NUMERIC = re.compile(r"\b(?P<month>\d{1,2})(?P<sep>[/-])(?P<day>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})\b")
_ISO = re.compile(r"\b(?P<year>1[89]\d\d|20\d\d)[-/](?P<month>\d{2})[-/](?P<day>\d{2})\b")
_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?:[–-]\s*(?P<until>\d{1,2})(?:[:.](?P<last>\d{2}))?\s*)?(?P<half>[ap])\.?\s*m\b\.?"
    r"|\b(?P<word>noon|midnight)\b"
    r"|\b(?P<military>[0-2]\d[0-5]\d)(?P<zulu>Z)\b",
    re.IGNORECASE,
)
_ENDS_WITH_MONTH = re.compile(rf"\b{_MONTH}\s*$", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?P<day>[0-3]\d)(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)(?P<zone>[A-Z])(?:\s+(?P<month>[A-Z]{3})\s+(?P<year>\d{2}))?\b"
)


@dataclass(frozen=True)
class PrintedDate:
    """A date found in text: the parts that are printed, and where."""

    year: int | None
    month: int
    day: int | None
    start: int
    end: int
    short_year: bool = False

    def with_year(self, year: int | None) -> PrintedDate:
        """Return the same date in a year that was found elsewhere."""
        return replace(self, year=year)

    @property
    def edtf(self) -> str | None:
        """The date in EDTF level 0, None without a year or where there is no such day."""
        if self.year is None:
            return None
        if self.day is None:
            return f"{self.year:04}-{self.month:02}"
        try:
            return datetime.date(self.year, self.month, self.day).isoformat()
        except ValueError:
            return None


@dataclass(frozen=True)
class PrintedTime:
    """A time of day found in text, ``hh:mm:ss``, with the zone where it is printed (``Z`` for GMT)."""

    clock: str
    zone: str | None
    start: int
    end: int


def find_date(text: str, start: int = 0) -> PrintedDate | None:
    """Find the first date printed in the text: ``November 19, 1962``, ``19 November 1962``, ``11/19/62``, ``May 1964``."""
    matches = [
        match
        for pattern in (_ISO, _DAY_FIRST, _NUMERIC, _MONTH_FIRST)
        for match in [pattern.search(text, start)]
        if match is not None and _possible(match)
    ]
    if not matches:
        return None
    return _printed(min(matches, key=lambda match: (match.start(), -match.end())))


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(text.casefold()[:3]))


def _possible(match: re.Match[str]) -> bool:
    day = match["day"]
    return 1 <= _month(match["month"]) <= 12 and (day is None or 1 <= int(day) <= 31)


def _printed(match: re.Match[str]) -> PrintedDate:
    year, day = match["year"], match["day"]
    short = year is not None and len(year) == 2
    # Two figures stand for a year of the twentieth century: the registers that print them are of that time.
    number = None if year is None else int(year) + (1900 if short else 0)
    return PrintedDate(number, _month(match["month"]), int(day) if day else None, match.start(), match.end(), short)


def find_time(text: str, start: int = 0) -> PrintedTime | None:
    """Find the first time of day printed in the text: ``8 PM``, ``8:26 p.m.``, ``noon``, ``2246Z``.

    Of a span (``3:10–3:40 p.m.``, ``11:30–1 p.m.``) the beginning, in the half of the day that makes the shorter span.
    """
    for match in _CLOCK.finditer(text, start):
        if match["word"]:
            clock = "12:00:00" if match["word"].casefold() == "noon" else "00:00:00"
            return PrintedTime(clock, None, match.start(), match.end())
        if match["military"]:
            if int(match["military"][:2]) > 23:
                continue
            clock = f"{match['military'][:2]}:{match['military'][2:]}:00"
            return PrintedTime(clock, "Z", match.start(), match.end())
        if match["until"] and _ENDS_WITH_MONTH.search(text, max(0, match.start() - 12), match.start()):
            return find_time(text, match.start("until"))  # "November 19–8 p.m.": a day, not an hour
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if 1 <= hour <= 12 and minute < 60:
            afternoon = match["half"].casefold() == "p"
            if match["until"] and (hour % 12, minute) > (int(match["until"]) % 12, int(match["last"] or 0)):
                afternoon = not afternoon
            hour = hour % 12 + (12 if afternoon else 0)
            return PrintedTime(f"{hour:02}:{minute:02}:00", None, match.start(), match.end())
    return None


def date_and_time(date: PrintedDate | None, time: PrintedTime | None) -> str | None:
    """Join a date and a time to EDTF; a time without a whole day says nothing and is left out."""
    day = date.edtf if date else None
    if day is None or time is None or len(day) != 10:
        return day
    return f"{day}T{time.clock}"


def find_date_time_group(text: str) -> tuple[str, str | None] | None:
    """Find a date-time group such as ``262340Z JAN 77``; returns it as printed and as EDTF where month and year stand."""
    match = _GROUP.search(text)
    if match is None or not (1 <= int(match["day"]) <= 31 and int(match["hour"]) < 24):
        return None
    if match["month"] is None or not any(name.startswith(match["month"].casefold()) for name in MONTHS):
        return match[0].split()[0], None
    date = PrintedDate(1900 + int(match["year"]), _month(match["month"]), int(match["day"]), 0, 0)
    day = date.edtf
    return match[0], day and f"{day}T{match['hour']}:{match['minute']}:00"
