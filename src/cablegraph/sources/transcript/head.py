"""What the head of a telegram says, from whatever shows it: the form, a cable head, the page heads.

Each value keeps its line. A value that does not stand behind its own label is a reading; two sources that differ are
a finding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cablegraph.register import Entry
from cablegraph.sources.dates import date_and_time, find_date, find_time
from cablegraph.sources.telegram import DEPARTMENT, DEPARTMENT_KEY, direction_of, post_of
from cablegraph.sources.transcript.cable import PRECEDENCE, Cable, read_cable
from cablegraph.sources.transcript.columns import TITLE
from cablegraph.sources.transcript.dating import Numbered, Sent, received, sent_on
from cablegraph.sources.transcript.form import Field, Form, read_form
from cablegraph.sources.transcript.lines import Kind, Line, level_of
from cablegraph.sources.transcript.numbers import Addressee, addressees, numbered
from cablegraph.sources.transcript.pages import head_of_page
from cablegraph.sources.transcript.repairs import figures
from cablegraph.sources.transcript.showing import Showing
from cablegraph.vocabularies import vocabulary

#: Words by which a printed name says itself that a mission is meant, not the place where it sits.
_MISSION = re.compile(r"embassy|legation|consul|mission|department|^us[a-z]+$", re.IGNORECASE)


@dataclass
class Head:
    """The fields of one telegram, with the readings and findings that they bring."""

    form: Form
    cable: Cable | None
    kind: str | None = None
    direction: str | None = None
    origin: Field | None = None
    from_post: str | None = None
    to: Field | None = None
    to_post: str | None = None
    number: str | None = None
    series: str | None = None
    number_line: int = 1
    control: str | None = None
    sent: Sent = field(default_factory=Sent)
    zone: str | None = None
    received: str | None = None
    classification: str | None = None
    precedence: list[str] = field(default_factory=list)
    sent_to: list[tuple[Addressee, int]] = field(default_factory=list)
    repeated: list[tuple[Addressee, int]] = field(default_factory=list)
    notes: list[Entry] = field(default_factory=list)


def read_head(lines: list[Line], showing: Showing) -> Head:
    """Read the head of one telegram, its lines in the order of its pages."""
    return _Reader(lines, showing).read()


class _Reader:
    def __init__(self, lines: list[Line], showing: Showing) -> None:
        self._lines = lines
        self._showing = showing
        self._form = read_form(lines)
        self._head = Head(self._form, read_cable(lines))
        self._first = next((line.number for line in lines if line.kind is not Kind.BLANK), lines[0].number)

    def read(self) -> Head:
        self._kind()
        self._ends()
        self._number_and_date()
        self._marks()
        self._cable()
        self._from_page_heads()
        self._posts()
        self._missing()
        return self._head

    def _read(self, line: int, name: str, value: str | None, surface: str | None, how: str, confidence: float) -> None:
        self._head.notes.append(self._showing.reading(line, name, value, surface, how, confidence))

    def _find(
        self, line: int, kind: str, name: str | None, value: str | None, message: str, severity: str = "warning"
    ) -> None:
        self._head.notes.append(self._showing.finding(line, kind, name, value, message, severity))

    def _kind(self) -> None:
        head, form = self._head, self._form
        for title in form.titles:
            if match := TITLE.match(title.text):
                head.direction = match["direction"].casefold()
                head.kind = {"airgram": "airgram"}.get(match["kind"].casefold(), "telegram")
        if head.kind is None and (form.recognised or head.cable):
            head.kind = "telegram"

    def _ends(self) -> None:
        head, form = self._head, self._form
        head.origin = form.fields.get("from") if form.text("from") else None
        for name in ("to", "action"):
            if (text := form.text(name)) and (name == "to" or vocabulary("posts").leading(text)):
                head.sent_to += [(item, form.line(name)) for item in addressees(text)]
        head.repeated += [(item, entry.line) for entry in form.repeated for item in addressees(entry.text)]
        if (text := form.text("info")) and vocabulary("posts").leading(text):
            head.repeated += [(item, form.line("info")) for item in addressees(text)]
        if head.sent_to:
            first, line = head.sent_to[0]
            head.to = Field(first.text, line)
        if head.origin is None and head.direction == "outgoing" and len(form.titles) > 1:
            head.origin = Field(DEPARTMENT, form.titles[0].line)
            self._read(
                head.origin.line, "from_text", DEPARTMENT, form.titles[-1].text, "implied by the outgoing form", 0.95
            )
        for name, label in (("from", "from_text"), ("to", "to_text"), ("received", "received_text"), ("subject", "subjects"),
                            ("control", "control_number"), ("number", "number"), ("action", "action_office")):  # fmt: skip
            found = form.fields.get(name)
            if found and found.how and found.text:
                self._read(found.line, label, found.text, found.text, found.how, 0.8)

    def _number_and_date(self) -> None:
        head, form = self._head, self._form
        text = form.text("number") or ""
        printed, head.series = numbered(text)
        head.number, head.number_line = printed.number, form.line("number", self._first)
        if head.number is None and head.sent_to and head.sent_to[0][0].number:
            head.number, head.number_line = head.sent_to[0][0].number, head.sent_to[0][1]
        if printed.date is None and head.direction == "outgoing":
            printed = self._date_line(printed)
        head.sent = sent_on(printed, form.fields.get("received"), form.stamps)
        for line, surface, how in head.sent.evidence:
            self._read(line, "sent", head.sent.edtf, surface, how, 0.95)
        for line, surface, how in head.sent.doubts:
            self._find(line, "dates disagree", "sent", surface, f"The {how}; {head.sent.edtf} is kept.")
        self._repaired("number", head.number, text)
        if printed.date_text:
            self._repaired("sent", head.sent.edtf, printed.date_text)
        control = re.match(r"[\d-]+", figures(form.text("control") or ""))
        head.control = control.group() if control else None
        self._repaired("control", head.control, form.text("control") or "")
        head.received = received(form.text("received") or "")[1]
        self._repaired("received", head.received, form.text("received") or "")

    def _repaired(self, name: str, value: str | None, surface: str) -> None:
        if value and figures(surface) != surface:
            label = {"control": "control_number"}.get(name, name)
            line = self._form.line("number" if name == "sent" else name, self._first)
            how = "letters read as the figures that they look like"
            self._read(line, label, value, surface, how, 0.9)

    def _date_line(self, printed: Numbered) -> Numbered:
        """Outgoing forms show the date in a line of its own or a stamp of the telegraph office."""
        for stamp in self._form.stamps:
            date = find_date(figures(stamp.text))
            if date is not None and date.day is not None and date.start == 0:
                edtf = date_and_time(date, find_time(figures(stamp.text)))
                self._read(stamp.line, "sent", edtf, stamp.text, "a line of the head that is a date", 0.7)
                return Numbered(printed.number, date, find_time(figures(stamp.text)), stamp.text)
        return printed

    def _marks(self) -> None:
        head, form = self._head, self._form
        levels = [line for line in self._lines if line.kind is Kind.CLASSIFICATION]
        if levels:
            head.classification = level_of(levels[0].text)
            other = next((line for line in levels if _level(line) != _level(levels[0])), None)
            if other is not None:
                message = f"The classification is {level_of(levels[0].text)} at first, and {level_of(other.text)} here."
                self._find(other.number, "classifications differ", "classification", other.text, message)
        head.precedence = [item.text for item in form.precedence]
        head.precedence += [item.precedence for item, _ in head.sent_to if item.precedence and not head.precedence]

    def _cable(self) -> None:
        head, cable = self._head, self._head.cable
        if cable is None or cable.dtg is None:
            return
        form = self._form
        form.body_starts = max(form.body_starts, cable.ends)
        form.stamps = [item for item in form.stamps if item.line not in cable.lines]
        head.origin = head.origin or cable.origin
        if head.to is None and cable.to:
            head.sent_to = cable.to
            head.to = Field(cable.to[0][0].text, cable.to[0][1])
        head.repeated += cable.info
        if head.classification is None and cable.classification:
            head.classification = cable.classification.text
        if head.number is None and cable.number:
            head.number, head.number_line = cable.number.text, cable.number.line
        for letter in cable.letters:
            head.precedence.append(PRECEDENCE[letter])
            self._read(
                cable.dtg.line, "precedence", PRECEDENCE[letter], letter, "the letter before the date-time group", 0.99
            )
        if head.sent.edtf is None and cable.sent:
            head.sent, head.zone = Sent(cable.sent, cable.dtg.text), "Z"
        for name, office in cable.offices.items():
            form.fields.setdefault(name, office)

    def _from_page_heads(self) -> None:
        """A field that the first page lacks may stand in the heads of the others: ``-2- 1862, NOVEMBER 19, 8 PM FROM …``."""
        head = self._head
        for line in self._lines:
            if line.kind is not Kind.PAGE_HEAD:
                continue
            rest = head_of_page(line)[2]
            match = re.match(r"(?P<number>.+?)(?:[,\s]+FROM\s+(?P<origin>[A-Z][A-Z .'’-]+?)\s*)?$", rest, re.IGNORECASE)
            if match is None:
                continue
            printed, series = numbered(match["number"])
            how = "from the head of a later page"
            if head.number is None and printed.number and printed.date:
                head.number, head.series, head.number_line = printed.number, series, line.number
                self._read(line.number, "number", printed.number, rest, how, 0.9)
            elif printed.number and printed.date and head.number and printed.number != head.number:
                message = f"The page head has the number {printed.number}; {head.number} is kept."
                self._find(line.number, "page heads disagree", "number", line.text, message)
            if head.sent.text is None and printed.date and printed.number == head.number:
                head.sent = sent_on(printed, self._form.fields.get("received"), self._form.stamps)
                self._read(line.number, "sent", head.sent.edtf, rest, how, 0.9)
            if head.origin is None and match["origin"]:
                head.origin = Field(match["origin"], line.number)
                self._read(line.number, "from_text", match["origin"], rest, how, 0.9)

    def _posts(self) -> None:
        head = self._head
        if head.origin:
            head.from_post = post_of(head.origin.text) or addressees(head.origin.text)[0].post
            self._printed_otherwise(
                "from_post", head.from_post, head.origin, "the post that telegrams from this place come from"
            )
        if head.to:
            head.to_post = post_of(head.to.text) or addressees(head.to.text)[0].post
        if head.direction is None:
            head.direction = direction_of(head.from_post, head.to_post, head.to.text if head.to else None)
        elif DEPARTMENT_KEY in (head.from_post, head.to_post):
            told = direction_of(head.from_post, head.to_post)
            if told and told != head.direction:
                message = f"The form says {head.direction}; its two ends say {told}. The form is followed."
                self._find(self._first, "direction unclear", "direction", told, message)

    def _printed_otherwise(self, name: str, post: str | None, origin: Field, how: str) -> None:
        if post and not _MISSION.search(origin.text) and vocabulary("posts").concepts[post].label != origin.text:
            self._read(origin.line, name, post, origin.text, how, 0.95)

    def _missing(self) -> None:
        head, form = self._head, self._form
        fields = {
            "kind": head.kind, "number": head.number, "sent": head.sent.edtf, "from_text": head.origin,
            "to_text": head.to, "classification": head.classification,
        }  # fmt: skip
        if head.direction == "incoming" and head.cable is None:
            fields["received"] = head.received
        for name in (name for name, value in fields.items() if not value):
            message = f"No {name.replace('_', ' ')} was found in the transcript; the field stays empty."
            self._find(self._first, "field not found", name, None, message)
        for name, value in (("sent", head.sent.edtf), ("received", head.received)):
            if value and "T" not in value:
                self._find(
                    self._first, "time not found", name, value, f"No time was found with the date {value}.", "info"
                )
        for name, label in (("info", "info_office"), ("action", "action_office")):
            found = form.fields.get(name)
            if found and not found.text:
                self._read(found.line, label, None, name.capitalize(), "the field is printed and left blank", 1.0)


def _level(line: Line) -> str | None:
    concept = vocabulary("classification").find(level_of(line.text))
    return concept.key if concept else None
