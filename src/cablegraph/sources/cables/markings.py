"""What stands on a cable beside its text: page heads, classifications, the end of the transmission, declassification."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cablegraph.register import Entry
from cablegraph.sources.cables.attributes import Attributes
from cablegraph.sources.cables.blocks import Cable
from cablegraph.sources.cables.body import Body
from cablegraph.sources.cables.lines import Kind, Line
from cablegraph.sources.dates import find_date
from cablegraph.sources.telegram import event
from cablegraph.sources.transcript.showing import Showing

_KINDS = {
    Kind.PAGE_HEAD: "page head", Kind.CLASSIFICATION: "classification", Kind.DECLASSIFICATION: "declassification",
    Kind.FORM: "form", Kind.OPERATOR: "operator",
}  # fmt: skip
#: Attributes that repeat what was marked on the cable.
_MARKED = ("Markings", "Review Markings")


def read_markings(
    cable: Cable, lines: Sequence[Line], attributes: Attributes, body: Body, showing: Showing
) -> Iterator[Entry]:
    """Make a row of ``markings`` for every line that is neither head nor text, and for what the attributes say was marked."""
    for heading in cable.headings:
        yield showing.row("markings", heading.number, page=None, kind="form", text=heading.text)
    placed: set[int] = set()
    for line in lines:
        if line.kind not in _KINDS:
            continue
        table, row = showing.row("markings", line.number, page=line.page, kind=_KINDS[line.kind], text=line.text)
        if line.kind is Kind.DECLASSIFICATION:
            row["date"] = _date(line.text)
        if line.kind is Kind.PAGE_HEAD and line.page in body.page_breaks and line.page not in placed:
            placed.add(line.page)
            row["part"], row["anchor"] = body.page_breaks[line.page]
        yield table, row
    for key in _MARKED:
        if text := attributes.value(key):
            kind = "declassification" if "declassified" in text.casefold() else "stamp"
            at = attributes.line(key, cable.line)
            yield showing.row("markings", at, page=None, kind=kind, text=text, date=_date(text))


def read_review(cable: Cable, lines: Sequence[Line], attributes: Attributes, showing: Showing) -> Iterator[Entry]:
    """Make the events of review and declassification.

    A cable was reviewed on its Review Date, and declassified on the date that the mark of declassification bears, or,
    without a mark, on the Review Date where the Review Action says that it was released (which a reading tells).
    """
    reviewed = attributes.by_key.get("Review Date")
    value = reviewed.value if reviewed else None
    date = reviewed.date if reviewed and value else None
    if reviewed and value:
        agent = attributes.value("Review Authority")
        yield event(showing.record, "reviewed", date, value, agent, "done", showing.at(reviewed.line))
    marks = [(line.text, line.number) for line in lines if line.kind is Kind.DECLASSIFICATION]
    marks += [
        (text, attributes.line(key, cable.line))
        for key in _MARKED
        if "declassified" in (text := attributes.value(key) or "").casefold()
    ]
    dated = next(((text, at) for text, at in marks if _date(text)), marks[0] if marks else None)
    if dated:
        text, at = dated
        found = find_date(text)
        printed = text[found.start : found.end] if found else None
        yield event(showing.record, "declassified", _date(text), printed, None, "done", showing.at(at))
    elif reviewed and value and "RELEASED" in (attributes.value("Review Action") or "").upper():
        yield event(showing.record, "declassified", date, value, None, "done", showing.at(reviewed.line))
        how = "the day of the review that released the cable; no mark of declassification is dated"
        yield showing.reading(reviewed.line, "events.at", date or value, value, how, 0.8)


def _date(text: str) -> str | None:
    found = find_date(text)
    return found.edtf if found and found.year else None
