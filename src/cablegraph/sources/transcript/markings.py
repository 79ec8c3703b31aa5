"""What stands on the pages beside the text: stamps, copies, classifications, boxes, page heads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cablegraph.register import Entry
from cablegraph.sources.dates import find_date
from cablegraph.sources.transcript.body import Body
from cablegraph.sources.transcript.form import Form
from cablegraph.sources.transcript.lines import Kind, Line, is_classification
from cablegraph.sources.transcript.showing import Showing

_KINDS = {
    Kind.CLASSIFICATION: "classification", Kind.COPY: "copy", Kind.CODE: "stamp", Kind.OPERATOR: "operator",
    Kind.MICROFILM: "microfilm", Kind.ORDER: "declassification", Kind.RULE: "form",
}  # fmt: skip
#: In the head these are read by the form.
_OF_THE_FORM = (Kind.CODE, Kind.OPERATOR, Kind.MICROFILM)


def read_markings(lines: list[Line], form: Form, body: Body, showing: Showing) -> Iterator[Entry]:
    """Make a row of ``markings`` for everything that is neither a field of the head nor text."""
    for kind, items in (
        ("form", form.titles),
        ("microfilm", form.microfilm),
        ("stamp", form.stamps),
        ("routing", form.routing),
    ):
        for item in items:
            yield _marking(showing, kind, item.text, item.line, 1)
    begins: dict[int, str] = {}
    for part in body.parts:
        if part.raw and part.anchor is None:
            begins.setdefault(part.page, part.key)
    waiting: list[Line] = []
    for index, line in enumerate(lines):
        if waiting and (line.kind is not waiting[-1].kind or line.page != waiting[-1].page):
            yield _run(showing, waiting)
            waiting = []
        if line.kind in (Kind.FORM, Kind.DECLASSIFICATION):
            waiting.append(line)
        elif line.kind is Kind.PAGE_HEAD:
            place = body.page_breaks.get(line.page)
            if place is None and line.page in begins:
                place = (begins[line.page], 0)
            table, row = _marking(showing, "page head", line.text, line.number, line.page)
            yield table, row | ({"part": place[0], "anchor": place[1]} if place else {})
        elif line.kind in _KINDS and (index >= form.body_starts or line.kind not in _OF_THE_FORM):
            yield _marking(showing, _KINDS[line.kind], line.text, line.number, line.page)
    if waiting:
        yield _run(showing, waiting)
    for line in lines:
        if line.kind is Kind.FORM:
            for cell in re.split(r"[\t|]", line.text):
                if is_classification(cell.strip()):
                    yield _marking(showing, "classification", cell.strip(), line.number, line.page)


def _run(showing: Showing, lines: list[Line]) -> Entry:
    """A box of the form, or a mark that goes over lines."""
    if lines[0].kind is Kind.FORM:
        return _marking(showing, "form", "\n".join(line.text for line in lines), lines[0].number, lines[0].page)
    text = " ".join(line.text for line in lines).strip('"“” ')
    return _marking(showing, "declassification", text, lines[0].number, lines[0].page)


def _marking(showing: Showing, kind: str, text: str, line: int, page: int) -> Entry:
    date = find_date(text) if kind in ("microfilm", "stamp") else None
    edtf = date.edtf if date and date.year and not date.short_year else None
    return showing.row("markings", line, page=page, kind=kind, text=text, date=edtf)
