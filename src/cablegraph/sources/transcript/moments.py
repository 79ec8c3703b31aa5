"""The number of a telegram, its control number, and when it was sent and received."""

from __future__ import annotations

from dataclasses import replace

from cablegraph.sources.transcript.dating import Figures, Moment, Numbered, read_moment, sent_on
from cablegraph.sources.transcript.fields import Field
from cablegraph.sources.transcript.head import Head
from cablegraph.sources.transcript.numbers import Addressee, numbered, read_figures
from cablegraph.sources.transcript.sureness import AS_FIGURES, BROKEN, ELSEWHERE, IMPLIED, LOOKALIKE, PLACED

_LEFT_OVER = "figures stand beside it that are part of nothing"


def read_number_and_dates(head: Head) -> None:
    """Read the lines ``NO:``, ``Control:`` and ``Rec'd:``, or the date in a line of its own."""
    fields = head.form.fields
    found = fields.get("number") or Field("", head.first)
    printed, series = numbered(found.text)
    if head.number is None and printed.figures:
        head.series, head.number = series, _number(found, printed.figures)
    if head.number is None and head.cable is None and head.to and head.sent_to:
        _number_behind(head, head.to, head.sent_to[0][0])
    outgoing = head.direction is None or head.direction.text == "outgoing"
    if printed.moment.date is None and head.sent_at is None and outgoing:
        printed, found = _date_line(head, printed, found)
    if head.sent_at is None:
        _sent(head, printed, found)
    if (control := fields.get("control")) and (figures := read_figures(control.text)):
        head.control = _number(control, figures)
    if came := fields.get("received"):
        moment = read_moment(came.text)
        head.received = _moment(came, moment.edtf, came.text, moment)


def _number_behind(head: Head, to: Field, first: Addressee) -> None:
    """An outgoing form has the number behind the addressee; on an incoming one it stands there now and then."""
    if first.number is None:
        return
    head.number, head.series = replace(to, text=first.number), first.series
    if head.direction is None or head.direction.text != "outgoing":
        head.number = head.number.noted("the number behind the addressee", ELSEWHERE, to.printed or to.text)


def _sent(head: Head, printed: Numbered, found: Field) -> None:
    head.sent = sent_on(printed, head.form.fields.get("received"), head.form.stamps)
    head.sent_at = _moment(found, head.sent.edtf, printed.date_text, printed.moment)
    sure = BROKEN if head.sent.doubts else IMPLIED
    for line, surface, how in head.sent.evidence:
        head.also.append(("sent", Field(head.sent.edtf or "", line, how, sure, surface)))
    for line, surface, how in head.sent.doubts:
        head.find(line, "dates disagree", "sent", surface, f"The {how}; {head.sent.edtf} is kept.")


def _number(found: Field, figures: Figures) -> Field:
    number = replace(found, text=figures.number)
    if figures.repaired:
        number = number.noted(AS_FIGURES, LOOKALIKE, figures.printed)
    return number.noted(_LEFT_OVER, BROKEN, figures.printed) if figures.broken else number


def _moment(found: Field, edtf: str | None, text: str | None, moment: Moment) -> Field | None:
    if edtf is None:
        return None
    read = replace(found, text=edtf)
    if moment.repaired:
        read = read.noted(AS_FIGURES, LOOKALIKE, text)
    return read.noted(_LEFT_OVER, BROKEN, text) if moment.broken else read


def _date_line(head: Head, printed: Numbered, found: Field) -> tuple[Numbered, Field]:
    """Outgoing forms show the date in a line of its own or a stamp of the telegraph office."""
    for stamp in head.form.stamps:
        moment = read_moment(stamp.text)
        if moment.date is not None and moment.date.day is not None and moment.date.start == 0:
            line = stamp.noted("a line of the head that is a date", PLACED, stamp.text)
            return replace(printed, moment=moment, date_text=stamp.text), line
    return printed, found
