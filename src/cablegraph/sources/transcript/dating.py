"""When a telegram was sent: the line of its number, and where else its year or its date may stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cablegraph.sources.dates import PrintedDate, PrintedTime, date_and_time, find_date, find_time
from cablegraph.sources.transcript.fields import Field
from cablegraph.sources.transcript.repairs import clocked, dated

#: A mark of the same time is at most so many months later.
_MONTHS_LATER = 2
#: A date and a time need no more room.
_LONGEST = 200


@dataclass
class Sent:
    """The date of sending in EDTF, as printed, and the evidence for what is not printed with it: (line, surface, how)."""

    edtf: str | None = None
    text: str | None = None
    evidence: list[tuple[int, str, str]] = field(default_factory=list)
    doubts: list[tuple[int, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Moment:
    """A date and a time as printed in damaged text; ``broken`` where figures are left over beside them."""

    date: PrintedDate | None = None
    time: PrintedTime | None = None
    repaired: bool = False
    broken: bool = False

    @property
    def edtf(self) -> str | None:
        """The moment in EDTF, as exact as it is printed."""
        return date_and_time(self.date, self.time)


@dataclass(frozen=True)
class Figures:
    """A number: as read and as printed; ``broken`` says that figures stand beside it that are part of nothing."""

    number: str
    printed: str
    broken: bool = False

    @property
    def repaired(self) -> bool:
        """Whether letters were read as figures, or specks left out."""
        return self.number != self.printed


@dataclass(frozen=True)
class Numbered:
    """The line NO: number, date and time; ``figures`` is None where no number is printed there."""

    figures: Figures | None = None
    moment: Moment = field(default_factory=Moment)
    date_text: str | None = None


def read_moment(text: str) -> Moment:
    """Take ``NOVEMBER 19, 1962 8:26 PM`` apart, perhaps damaged."""
    text = clocked(text[:_LONGEST])
    plain = dated(text)
    date = find_date(plain)
    time = find_time(plain, date.end if date else 0) or find_time(plain)
    spans = sorted((item.start, item.end) for item in (date, time) if item)
    left, place = "", 0
    for start, end in spans:
        left += plain[place:start] + " "
        place = max(place, end)
    left += plain[place:]
    broken = date is not None and any(mark.isdigit() for mark in left)
    return Moment(date, time, " ".join(plain.split()) != " ".join(text.split()), broken)


def sent_on(printed: Numbered, received_line: Field | None, stamps: Iterable[Field]) -> Sent:
    """Tell when a telegram was sent; a year that is not printed there comes from the received line or a stamp.

    Every mark that shows a year of the time is evidence; one that contradicts the first is a doubt.
    """
    sent = Sent(text=printed.date_text)
    date, time = printed.moment.date, printed.moment.time
    if date is None:
        return sent
    sent.edtf = date_and_time(date, time)
    if date.year is not None:
        return sent
    marks = [(received_line, "year from the received line")] if received_line else []
    marks += [(stamp, "year from a stamp") for stamp in stamps]
    year: int | None = None
    for mark, how in marks:
        other = find_date(dated(mark.text[:_LONGEST]))
        found = _year_of(date, other) if other is not None and not other.short_year else None
        if found is None:
            continue
        if year is None:
            year = found
            sent.edtf = date_and_time(date.with_year(year), time)
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
