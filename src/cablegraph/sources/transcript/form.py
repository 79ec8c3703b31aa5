"""The head of a telegram form: labelled fields, and the unlabelled lines that vocabularies recognise."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cablegraph.sources.dates import find_date, find_time
from cablegraph.sources.telegram import post_of
from cablegraph.sources.transcript.columns import DEPARTMENT, TITLE
from cablegraph.sources.transcript.lines import Kind, Line
from cablegraph.sources.transcript.marks import CLOCK, PASS, is_caption, is_subject, labelled
from cablegraph.sources.transcript.opening import find_text
from cablegraph.sources.transcript.repairs import figures
from cablegraph.vocabularies import vocabulary

_OFFICE = re.compile(r"[A-Z][A-Z/]{0,5}")
#: How many of the next lines may hold what belongs to a line of the head.
_AHEAD = 8


@dataclass
class Field:
    """A value of the head and the line where it stands; ``how`` says where it was taken from if not behind its label."""

    text: str
    line: int
    how: str | None = None


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

    @property
    def recognised(self) -> bool:
        """Whether anything shows that this is a telegram form."""
        return bool(self.titles or {"from", "to", "number", "control"} & self.fields.keys())


def read_form(lines: list[Line]) -> Form:
    """Read the head of the first page; ``body_starts`` is the index of the first line of the text."""
    form = Form()
    used: set[int] = set()
    form.body_starts, strayed = find_text(lines)
    head = [(index, line) for index, line in enumerate(lines[: form.body_starts]) if line.kind is not Kind.BLANK]
    for position, (index, line) in enumerate(head):
        if index not in used:
            following = [item for item in head[position + 1 : position + 1 + _AHEAD] if item[0] not in used]
            used.update(_read_line(form, line, following))
    for index in strayed:
        name, value = labelled(lines[index].text) or ("", "")
        if value and not form.text(name):
            form.fields[name] = Field(value, lines[index].number, "from a line among the text")
            form.strayed.add(index)
    _time_of_receipt(form)
    return form


def _time_of_receipt(form: Form) -> None:
    """The received line may have lost its time to a line somewhere else in the head: the only one that is a time."""
    found = form.fields.get("received")
    clocks = [item for item in form.stamps if CLOCK.fullmatch(figures(item.text))]
    if found and found.text and find_time(figures(found.text)) is None and len(clocks) == 1:
        form.fields["received"] = Field(
            f"{found.text} {clocks[0].text}", found.line, "its time from another line of the head"
        )
        form.stamps.remove(clocks[0])


def _read_line(form: Form, line: Line, following: list[tuple[int, Line]]) -> set[int]:
    """Read one line of the head; returns the indexes of following lines that belong to it."""
    here = Field(line.text, line.number)
    found = labelled(line.text)
    if found:
        return _read_field(form, *found, line, following)
    if line.text.casefold() in ("action", "info", "origin"):
        office = following[0] if following and _OFFICE.fullmatch(following[0][1].text) else None
        form.fields.setdefault(line.text.casefold(), Field(office[1].text if office else "", line.number))
        return {office[0]} if office else set()
    office_line = line.kind is Kind.TEXT and re.fullmatch(
        r"(?P<name>ACTION|INFO|ORIGIN)\s+(?P<office>[A-Z]{1,4}(?:/[A-Z]+)?(?:-\d+)?)", line.text, re.I
    )
    if office_line:
        form.fields.setdefault(office_line["name"].casefold(), Field(office_line["office"], line.number))
        return set()
    if line.kind is Kind.MICROFILM:
        return _read_microfilm(form, here, following)
    _read_unlabelled(form, line, here)
    return set()


def _read_field(form: Form, name: str, value: str, line: Line, following: list[tuple[int, Line]]) -> set[int]:
    taken: set[int] = set()
    how = None
    if not value:
        # A value may stand on the next line, if it is what the label asks for.
        index, below = following[0] if following else (0, line)
        if below is not line and below.number <= line.number + 2 and _fits(name, below.text):
            value, how = below.text, "from the line below its label"
            taken.add(index)
    if name == "received" and value and find_time(figures(value)) is None:
        for offset, (index, item) in enumerate(following[:3]):
            if CLOCK.fullmatch(figures(item.text)):
                value = f"{value} {item.text}"
                taken.add(index)
                how = how or ("its time from a line further down" if offset else None)
                break
    if name == "repeated":
        form.repeated.append(Field(value, line.number, how))
    elif not form.text(name):
        form.fields[name] = Field(value, line.number, how)
    elif form.text(name) != value:
        form.stamps.append(Field(line.text, line.number, "repeated field"))
    return taken


def _fits(name: str, text: str) -> bool:
    """Tell whether a line is what a label asks for."""
    if labelled(text):
        return False
    plain = figures(text)
    if name in ("from", "to"):
        return post_of(text) is not None
    if name == "control":
        return re.fullmatch(r"\d{2,6}", plain) is not None
    if name == "number":
        return re.fullmatch(r"[A-Z]{0,6}[ -]?\d{1,6}(?:,.*)?", plain) is not None
    if name == "received":
        return find_date(plain) is not None
    if name in ("action", "info", "origin"):
        return _OFFICE.fullmatch(text) is not None
    return name == "subject" and is_subject(text)


def _read_microfilm(form: Form, here: Field, following: list[tuple[int, Line]]) -> set[int]:
    """Read the stamp ``MICROFILMED FOR`` / ``KENNEDY LIBRARY`` / ``MAY 1964``, which spreads over lines."""
    taken: set[int] = set()
    if find_date(here.text) is None:
        for offset, (index, line) in enumerate(following[:3]):
            if labelled(line.text):
                break
            if (date := find_date(line.text)) and date.day is None:
                words = [item.text for _, item in following[: offset + 1]]
                here = Field(" ".join([here.text, *words]), here.line)
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
    elif (
        "number" in form.fields
        and "subject" not in form.fields
        and is_subject(line.text, ends_known=bool(form.text("from") and form.text("to")))
    ):
        here.how = "a line of the head without a label, behind the number"
        form.fields["subject"] = here
    else:
        form.stamps.append(here)
