"""When a printed document was sent and received: as the dateline and the source note print it.

What the editors encoded in ``when`` helps where less is printed, and is held against it where both stand.
"""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from cablegraph.instants import instant
from cablegraph.sources.dates import PrintedTime, date_and_time, find_date, find_time
from cablegraph.sources.frus.context import Remarks
from cablegraph.sources.frus.flow import Flow
from cablegraph.sources.frus.head import Head
from cablegraph.sources.frus.heading import head_date
from cablegraph.sources.xml_tree import Element

_UNDATED = re.compile(r"\b(?:undated|no date)\b", re.IGNORECASE)


class Sent(NamedTuple):
    """EDTF local to where it was written, the text that says so, and the zone where it is printed or encoded."""

    edtf: str | None = None
    text: str | None = None
    zone: str | None = None


class Received(NamedTuple):
    """EDTF local to the receiver, and what of the day is not printed but inferred."""

    edtf: str | None = None
    inferred: str | None = None


def read_sent(datelines: list[Element], head: Head, remarks: Remarks) -> Sent:
    """Date of sending: as printed in the dateline, held against what the editors encoded; else in the head."""
    dates = [date for dateline in datelines for date in dateline.iter("date")]
    if not dates:
        text = next((text for line in datelines if (text := _undated(Flow(line).text))), head.date_text)
        if not text:
            return Sent()
        time = find_time(text)
        return Sent(date_and_time(find_date(text), time) or head_date(head), text, time.zone if time else None)
    text = Flow(dates[0]).text
    encoded = _encoded(dates[0])
    date, time = find_date(text), find_time(text)
    printed = date_and_time(date, time)
    zone = time.zone if time else None
    if printed is None or (encoded and len(printed) < len(encoded[0]) and encoded[0].startswith(printed)):
        if encoded and printed and len(encoded[0]) > len(printed):
            remarks.reading("sent", encoded[0], text, "time as the editors encoded it", 0.9)
        return Sent(
            encoded[0] if encoded else printed, text, zone or (encoded[1] if encoded and printed is None else None)
        )
    if encoded and not _agree(printed, encoded[0]):
        message = f"The dateline prints {printed}, the editors encoded {encoded[0]}; the printed value is used."
        remarks.complain("values disagree", "sent", encoded[0], message)
        remarks.reading("sent", encoded[0], text, "encoded by the editors, differs from what is printed", 0.5)
    if encoded and zone and not encoded[1] and "T" in encoded[0]:
        remarks.complain(
            "values disagree", "sent_zone", zone, "The zone that is printed is missing from the encoded date."
        )
    return Sent(printed, text, zone)


def read_received(text: str, sent: Sent, from_zone: str | None, to_zone: str | None) -> Received:
    """The EDTF of ``4:30 p.m., December 13``.

    A day that is not printed is that of sending, or the one after where the telegram would otherwise come before it was
    sent (``from_zone`` and ``to_zone`` are the tz names of the two ends); a year that is not printed is that of sending,
    or the one after around the turn of the year.
    """
    time, date = find_time(text), find_date(text)
    if sent.edtf is None or len(sent.edtf) < 10:
        return Received()
    try:
        day = datetime.date.fromisoformat(sent.edtf[:10])
    except ValueError:
        return Received()
    if date is None:
        return _received_by_clock(time, day, sent, from_zone, to_zone) if time else Received()
    year = date.year or day.year + (date.month == 1 and day.month == 12)
    edtf = date_and_time(date.with_year(year), time)
    if edtf is None or len(edtf) < 10:
        return Received()
    inferred = None if date.year else f"year not printed: {'that of' if year == day.year else 'the one after'} sending"
    return Received(edtf, inferred)


def _received_by_clock(
    time: PrintedTime, day: datetime.date, sent: Sent, from_zone: str | None, to_zone: str | None
) -> Received:
    same = f"{day}T{time.clock}"
    began, came = instant(sent.edtf, sent.zone, from_zone), instant(same, time.zone, to_zone)
    if began is None or came is None or began.utc <= came.utc:
        return Received(same, "day not printed: that of sending")
    if day == datetime.date.max:
        return Received()
    return Received(f"{day + datetime.timedelta(1)}T{time.clock}", "day not printed: the one after sending")


def _undated(dateline: str) -> str | None:
    """What a dateline without an encoded date says of it: "undated", or a date that the editors left unmarked."""
    if match := _UNDATED.search(dateline):
        return match.group()
    date = find_date(dateline)
    return dateline[date.start :].strip(" .[]") if date else None


def _encoded(date: Element) -> tuple[str, str | None] | None:
    """The encoded date: EDTF without zone, and the zone; of a span the beginning."""
    value = date.get("when") or date.get("from") or date.get("notBefore")
    if not value:
        return None
    match = re.fullmatch(r"(\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d)?)?)?)?)(Z|[+-]\d\d:\d\d)?", value)
    if match is None:
        return None
    text = match[1] + (":00" if len(match[1]) == 16 else "")
    return text, match[2]


def _agree(printed: str, encoded: str) -> bool:
    return printed.startswith(encoded) or encoded.startswith(printed)
