"""What places of a transcript say of one thing: the head, the heads of later pages, dates that must follow each other."""

from __future__ import annotations

import datetime

from cablegraph.sources.transcript.agreement import Told, agreed, page_heads
from cablegraph.sources.transcript.dating import sent_on
from cablegraph.sources.transcript.fields import Field
from cablegraph.sources.transcript.head import Head
from cablegraph.sources.transcript.lines import Line
from cablegraph.sources.transcript.sureness import BROKEN

#: The length of a whole day in EDTF, and how many days a telegram may take.
_DAY, _DAYS = 10, 21


def agree(head: Head, lines: list[Line]) -> None:
    """What the heads of later pages say beside the first page: ``-2- 1862, NOVEMBER 19, 8 PM FROM …``."""
    told = list(page_heads(lines))
    numbers = [Told(item.number, item.line, item.printed) for item in told if item.number]
    head.number = _agreed(head, "number", head.number, numbers)
    if head.series is None and head.number:
        head.series = next((item.series for item in told if item.number == head.number.text), None)
    dates: list[Told] = []
    for item in told:
        if item.date is not None:
            sent = sent_on(item.date, head.form.fields.get("received"), head.form.stamps)
            if sent.edtf:
                dates.append(Told(sent.edtf, item.line, item.printed, sent))
    if head.zone is None:
        before = head.sent_at
        head.sent_at = _agreed(head, "sent", before, dates)
        if head.sent_at and (before is None or before.text != head.sent_at.text):
            head.sent = next(item.sent for item in dates if item.value == head.sent_at.text and item.sent)
    origins = [
        Told(item.origin.who.text, item.line, item.printed) for item in told if item.origin and item.origin.who.post
    ]
    head.origin = _agreed(head, "from_text", head.origin, origins)


def _agreed(head: Head, name: str, own: Field | None, others: list[Told]) -> Field | None:
    found, confirmed, dissent = agreed(own, others)
    if confirmed:
        head.confirmed.add(name)
    for item in dissent:
        kept = found.text if found else None
        message = f"The page head has {item.value}; {kept} is kept."
        head.find(item.line, "page heads disagree", name, item.value, message)
    return found


def check_order(head: Head) -> None:
    """A telegram is not received a day before it was sent, nor weeks later."""
    sent, received = head.sent_at, head.received
    if sent is None or received is None or min(len(sent.text), len(received.text)) < _DAY:
        return
    apart = (_day(received) - _day(sent)).days
    if apart in (0, 1):
        head.confirmed |= {"sent", "received"}
    if -1 <= apart <= _DAYS:
        return
    message = f"It was received on {received.text[:_DAY]} and sent on {sent.text[:_DAY]}; one of them is misread."
    head.find(received.line, "dates disagree", "received", received.text, message)
    how = "the dates of sending and receiving do not agree"
    head.received = received.noted(how, BROKEN, received.printed)
    if "sent" not in head.confirmed:
        head.sent_at = sent.noted(how, BROKEN, sent.printed)


def _day(moment: Field) -> datetime.date:
    return datetime.date.fromisoformat(moment.text[:_DAY])
