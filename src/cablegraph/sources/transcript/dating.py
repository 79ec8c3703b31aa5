"""When a telegram was sent: the line of its number, and where else its year or its date may stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cablegraph.sources.dates import PrintedDate, PrintedTime, date_and_time, find_date, find_time
from cablegraph.sources.transcript.form import Field
from cablegraph.sources.transcript.repairs import figures

#: A mark of the same time is at most so many months later.
_MONTHS_LATER = 2


@dataclass
class Sent:
    """The date of sending in EDTF, as printed, and the evidence for what is not printed with it: (line, surface, how)."""

    edtf: str | None = None
    text: str | None = None
    evidence: list[tuple[int, str, str]] = field(default_factory=list)
    doubts: list[tuple[int, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Numbered:
    """The line NO: number, date and time; the number is None where none is printed there."""

    number: str | None = None
    date: PrintedDate | None = None
    time: PrintedTime | None = None
    date_text: str | None = None


def received(text: str) -> tuple[PrintedDate | None, str | None]:
    """Take ``NOVEMBER 19, 1962 8:26 PM`` apart; the second value is EDTF."""
    plain = figures(text)
    date = find_date(plain)
    return date, date_and_time(date, find_time(plain))


def sent_on(printed: Numbered, received_line: Field | None, stamps: Iterable[Field]) -> Sent:
    """Tell when a telegram was sent; a year that is not printed there comes from the received line or a stamp.

    Every mark that shows a year of the time is evidence; one that contradicts the first is a doubt.
    """
    sent = Sent(text=printed.date_text)
    if printed.date is None:
        return sent
    sent.edtf = date_and_time(printed.date, printed.time)
    if printed.date.year is not None:
        return sent
    marks = [(received_line, "year from the received line")] if received_line else []
    marks += [(stamp, "year from a stamp") for stamp in stamps]
    year: int | None = None
    for mark, how in marks:
        date = find_date(figures(mark.text))
        found = _year_of(printed.date, date) if date is not None and not date.short_year else None
        if found is None:
            continue
        if year is None:
            year = found
            sent.edtf = date_and_time(printed.date.with_year(year), printed.time)
        if found == year:
            sent.evidence.append((mark.line, mark.text, how))
        else:
            sent.doubts.append((mark.line, mark.text, f"{how} would be {found}"))
    return sent


def _year_of(date: PrintedDate, other: PrintedDate) -> int | None:
    """The year of a date without one, told from a dated mark of the same time; January may follow December."""
    if other.year is None:
        return None
    if (other.month - date.month) % 12 > _MONTHS_LATER:
        return None
    return other.year if other.month >= date.month else other.year - 1
