"""The head of a telegram form: labelled fields, and the unlabelled lines that vocabularies recognise."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from cablegraph.sources.dates import find_date
from cablegraph.sources.transcript.columns import DEPARTMENT, TITLE
from cablegraph.sources.transcript.dating import read_moment
from cablegraph.sources.transcript.fields import Field
from cablegraph.sources.transcript.fitting import OFFICE, fit
from cablegraph.sources.transcript.labels import labelled
from cablegraph.sources.transcript.lines import Kind, Line
from cablegraph.sources.transcript.marks import CLOCK, PASS, is_caption, is_mark, is_references, is_subject, shared
from cablegraph.sources.transcript.numbers import addressee
from cablegraph.sources.transcript.opening import find_text
from cablegraph.sources.transcript.repairs import dated, lettered
from cablegraph.sources.transcript.sureness import ALIKE, ELSEWHERE, LOOKALIKE, SPACED, SPECKS
from cablegraph.vocabularies import vocabulary

_OFFICE_LINE = re.compile(
    r"(?P<name>ACTION|INFO|ORIGIN)\s+(?P<office>[A-Z]{1,4}(?:/[A-Z]{1,6})?(?:-\d{1,3})?)", re.IGNORECASE
)
#: How many of the next lines may hold what belongs to a line of the head.
_AHEAD = 8


@dataclass
class Form:
    """What the head of a form says. Everything else in it is in ``stamps``, so that nothing is lost."""

    fields: dict[str, Field] = field(default_factory=dict)
    titles: list[Field] = field(default_factory=list)
    precedence: list[Field] = field(default_factory=list)
    captions: list[Field] = field(default_factory=list)
    routing: list[Field] = field(default_factory=list)
    stamps: list[Field] = field(default_factory=list)
    microfilm: list[Field] = field(default_factory=list)
    repeated: list[Field] = field(default_factory=list)
    #: Fields that stand a second time with another value.
    doubled: list[tuple[str, Field]] = field(default_factory=list)
    body_starts: int = 0
    #: The indexes of lines among the text that are fields.
    strayed: set[int] = field(default_factory=set)

    def text(self, name: str) -> str | None:
        """The text of a labelled field, None where it is missing or blank."""
        found = self.fields.get(name)
        return found.text if found and found.text else None

    def line(self, name: str, default: int = 1) -> int:
        """The line of a labelled field."""
        found = self.fields.get(name)
        return found.line if found else default

    def without(self, lines: set[int]) -> None:
        """Leave what stands in some lines to another reader."""
        self.stamps = [item for item in self.stamps if item.line not in lines]
        self.precedence = [item for item in self.precedence if item.line not in lines]
        self.repeated = [item for item in self.repeated if item.line not in lines]

    @property
    def recognised(self) -> bool:
        """Whether anything shows that this is a telegram form."""
        return bool(self.titles or {"from", "to", "number", "control"} & self.fields.keys())


def read_form(lines: list[Line], after: int = 0) -> Form:
    """Read the head of the first page; ``body_starts`` is the index of the first line of the text.

    ``after`` is the index of a line before which no text begins.
    """
    form = Form()
    used: set[int] = set()
    form.body_starts, strayed = find_text(lines, after)
    head = [(index, line) for index, line in enumerate(lines[: form.body_starts]) if line.kind is not Kind.BLANK]
    for position, (index, line) in enumerate(head):
        if index not in used:
            following = [item for item in head[position + 1 : position + 1 + _AHEAD] if item[0] not in used]
            used.update(_read_line(form, line, following))
    for index in strayed:
        _read_strayed(form, index, lines[index])
    _time_of_receipt(form)
    info = form.fields.get("info")
    if info and info.text and "action" in form.fields and not form.text("action"):
        form.fields["info"] = info.noted("Action is blank, and this may be its office", ELSEWHERE, info.text)
    return form


def _read_strayed(form: Form, index: int, line: Line) -> None:
    """Read a field or a mark among the text that the head lacks."""
    name, value = labelled(line.text) or ("", line.text)
    found = _field(line, value).noted("from a line among the text", ELSEWHERE, line.text)
    if name == "repeated":
        form.repeated.append(found)
    elif name and value and not form.text(name):
        form.fields[name] = found
    elif not name and vocabulary("precedence").find(value) and not form.precedence:
        form.precedence.append(found)
    elif not name and is_caption(value) and value not in [item.text for item in form.captions]:
        form.captions.append(found)
    elif not name and PASS.fullmatch(value) and not form.routing:
        form.routing.append(found)
    else:
        return
    form.strayed.add(index)


def _field(line: Line, text: str) -> Field:
    """A value that stands in a line, with what was done to that line."""
    found = Field(" ".join(text.split()), line.number, line.how, line.confidence, line.given)
    bare = found.text.strip(" '`~^|_*;,")
    return found if bare == found.text else replace(found, text=bare).noted(SPECKS, SPACED, line.text)


def _words(found: Field) -> Field:
    """A field of words, with figures in them read as the letters that they look like."""
    plain = lettered(found.text)
    return (
        found
        if plain == found.text
        else replace(found, text=plain).noted(ALIKE, LOOKALIKE, found.printed or found.text)
    )


def _time_of_receipt(form: Form) -> None:
    """The received line may have lost its time to a line somewhere else in the head: the only one that is a time."""
    found = form.fields.get("received")
    clocks = [item for item in form.stamps if CLOCK.fullmatch(dated(item.text))]
    if found and found.text and read_moment(found.text).time is None and len(clocks) == 1:
        whole = replace(found, text=f"{found.text} {clocks[0].text}")
        form.fields["received"] = whole.noted("its time from another line of the head", ELSEWHERE, whole.text)
        form.stamps.remove(clocks[0])


def _read_line(form: Form, line: Line, following: list[tuple[int, Line]]) -> set[int]:
    """Read one line of the head; returns the indexes of following lines that belong to it."""
    here = _field(line, line.text)
    found = labelled(line.text)
    if found:
        return _read_field(form, *found, line, following)
    if line.text.casefold() in ("action", "info", "origin"):
        office = following[0] if following and _is_office(following[0][1]) else None
        form.fields.setdefault(
            line.text.casefold(), _field(office[1] if office else line, office[1].text if office else "")
        )
        return {office[0]} if office else set()
    office_line = line.kind is Kind.TEXT and _OFFICE_LINE.fullmatch(line.text)
    if office_line:
        form.fields.setdefault(office_line["name"].casefold(), _field(line, office_line["office"]))
        return set()
    if line.kind is Kind.MICROFILM:
        return _read_microfilm(form, here, following)
    _read_unlabelled(form, line, here)
    return set()


def _is_office(line: Line) -> bool:
    return line.kind is Kind.TEXT and OFFICE.fullmatch(line.text) is not None and not is_mark(line.text)


def _is_addressee(text: str) -> bool:
    """Tell whether a line is a mission with its kind before its name: ``Amembassy SANTIAGO 310``."""
    kind = vocabulary("missions").leading(text) if len(text) < 60 else None
    return kind is not None and addressee(text).post is not None


def _read_field(form: Form, name: str, value: str, line: Line, following: list[tuple[int, Line]]) -> set[int]:
    taken: set[int] = set()
    read = _field(line, value)
    if not value:
        # A value may stand on the next line, if it is what the label asks for.
        index, below = following[0] if following else (0, line)
        if below is not line and below.number <= line.number + 2 and _fits(name, below.text):
            read = _field(below, below.text).noted("from the line below its label", ELSEWHERE, below.text)
            taken.add(index)
    if name == "received" and read.text and read_moment(read.text).time is None:
        for offset, (index, item) in enumerate(following[:3]):
            if CLOCK.fullmatch(dated(item.text)):
                read = replace(read, text=f"{read.text} {item.text}").noted(item.how, item.confidence, item.given)
                taken.add(index)
                if offset:
                    read = read.noted("its time from a line further down", ELSEWHERE, read.text)
                break
    if name == "repeated":
        form.repeated.append(read)
    elif not form.text(name):
        form.fields[name] = _words(read) if name == "subject" else read
    elif form.text(name) != read.text:
        form.doubled.append((name, read))
        form.stamps.append(Field(line.text, line.number, "repeated field"))
    return taken


def _fits(name: str, text: str) -> bool:
    """Tell whether a line is what a label asks for."""
    if labelled(text):
        return False
    return fit(name, text) > 0 or (name == "subject" and is_subject(text))


def _read_microfilm(form: Form, here: Field, following: list[tuple[int, Line]]) -> set[int]:
    """Read the stamp ``MICROFILMED FOR`` / ``KENNEDY LIBRARY`` / ``MAY 1964``, which spreads over lines."""
    taken: set[int] = set()
    if find_date(here.text) is None:
        for offset, (index, line) in enumerate(following[:3]):
            if labelled(line.text):
                break
            if (date := find_date(line.text)) and date.day is None:
                words = [item.text for _, item in following[: offset + 1]]
                here = replace(here, text=" ".join([here.text, *words]))
                taken = {index for index, _ in following[: offset + 1]}
                break
    form.microfilm.append(here)
    return taken


def _read_unlabelled(form: Form, line: Line, here: Field) -> None:
    if TITLE.fullmatch(line.text) or DEPARTMENT.fullmatch(line.text):
        form.titles.append(here)
    elif line.kind is not Kind.TEXT:
        if line.kind in (Kind.CODE, Kind.OPERATOR):
            form.stamps.append(here)
    elif vocabulary("precedence").find(line.text):
        form.precedence.append(here)
    elif is_caption(line.text):
        form.captions.append(here)
    elif PASS.fullmatch(line.text):
        form.routing.append(here)
    elif others := shared(line.text):
        form.repeated.append(replace(here, text=others))
    elif _is_addressee(line.text):
        form.repeated.append(here.noted("an addressee in a line without a label", ELSEWHERE, line.text))
    elif "reference" not in form.fields and is_references(line.text):
        form.fields["reference"] = here.noted("a line of the head that names telegrams", ELSEWHERE, line.text)
    elif (
        "number" in form.fields
        and "subject" not in form.fields
        and is_subject(lettered(line.text), ends_known=bool(form.text("from") and form.text("to")))
    ):
        form.fields["subject"] = _words(here).noted("a line of the head without a label, behind the number", ELSEWHERE)
    else:
        form.stamps.append(here)
