"""The head of a telegram form: labelled fields, and the unlabelled lines that vocabularies recognise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cablegraph.sources.dates import PrintedDate, PrintedTime, date_and_time, find_date, find_time
from cablegraph.sources.transcript.lines import Kind, Line
from cablegraph.vocabularies import vocabulary


@dataclass
class Field:
    """A value of the head and the line where it stands."""

    text: str
    line: int


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
    body_starts: int = 0

    def text(self, name: str) -> str | None:
        """The text of a labelled field, None where it is missing or blank."""
        found = self.fields.get(name)
        return found.text if found and found.text else None


_LABELS = {
    "control": "control", "rec'd": "received", "recd": "received", "received": "received", "from": "from",
    "to": "to", "no": "number", "number": "number", "reference": "reference", "ref": "reference",
    "subject": "subject", "subj": "subject", "info": "info", "action": "action", "repeated": "repeated",
}  # fmt: skip
_LABELLED = re.compile(
    r"(?P<label>Control|Rec'?d|Received|From|To|No|Number|Reference|Ref|Subject|Subj|Info|Action|Repeated)\s*[:;]\s*(?P<value>.*)",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?P<direction>INCOMING|OUTGOING) (?:TELEGRAM|AIRGRAM|MESSAGE)", re.IGNORECASE)
_DEPARTMENT = re.compile(r"Department of State", re.IGNORECASE)
_PASS = re.compile(r"(?:DEPARTMENT|DEPT|STATE|PLEASE)\s+PASS\s+(?:TO\s+)?(?P<agent>.+)", re.IGNORECASE)
_OFFICE = re.compile(r"[A-Z][A-Z/]{0,5}")
_LABEL_OF_PARAGRAPH = re.compile(r"(?:\d{1,2}|[IVXl]{1,5}|[A-Z])[.)]\s|\(\w{1,2}\)\s")
#: A line this long is text, not a field of the form.
_LONG = 48


def read_form(lines: list[Line]) -> Form:
    """Read the head of the first page; ``body_starts`` is the index of the first line of the text."""
    form = Form()
    used: set[int] = set()
    form.body_starts = _body_start(lines)
    head = [(index, line) for index, line in enumerate(lines[: form.body_starts]) if line.kind is not Kind.BLANK]
    for position, (index, line) in enumerate(head):
        if index in used:
            continue
        following = [item for item in head[position + 1 :] if item[0] not in used]
        used.update(_read_line(form, line, following))
    return form


def _body_start(lines: list[Line]) -> int:
    """Where the text begins: the first numbered or long line behind the fields FROM, TO and NO."""
    last_field = max(
        (
            index
            for index, line in enumerate(lines)
            if line.page == 1 and len(line.text) < _LONG and (match := _LABELLED.match(line.text)) is not None
            and _LABELS[match["label"].casefold()] in ("from", "to", "number", "reference", "subject", "control")
        ),
        default=-1,
    )  # fmt: skip
    for index, line in enumerate(lines[last_field + 1 :], last_field + 1):
        if line.kind is Kind.PAGE_HEAD or line.kind is Kind.TEXT and (
            len(line.text) >= _LONG or _LABEL_OF_PARAGRAPH.match(line.text)
        ):
            return index
    return len(lines)


def _read_line(form: Form, line: Line, following: list[tuple[int, Line]]) -> set[int]:
    """Read one line of the head; returns the indexes of following lines that belong to it."""
    here = Field(line.text, line.number)
    if match := _LABELLED.fullmatch(line.text):
        name = _LABELS[match["label"].casefold()]
        value = match["value"].strip()
        taken: set[int] = set()
        if name == "received" and following and find_time(value) is None and find_time(following[0][1].text):
            value = f"{value} {following[0][1].text}"
            taken.add(following[0][0])
        form.fields.setdefault(name, Field(value, line.number))
        return taken
    if line.text.casefold() in ("action", "info"):
        name = line.text.casefold()
        office = following[0] if following and _OFFICE.fullmatch(following[0][1].text) else None
        form.fields.setdefault(name, Field(office[1].text if office else "", line.number))
        return {office[0]} if office else set()
    if line.kind is Kind.MICROFILM:
        return _read_microfilm(form, here, following)
    _read_unlabelled(form, line, here)
    return set()


def _read_microfilm(form: Form, here: Field, following: list[tuple[int, Line]]) -> set[int]:
    """Read the stamp ``MICROFILMED FOR`` / ``KENNEDY LIBRARY`` / ``MAY 1964``, which spreads over lines."""
    taken: set[int] = set()
    if find_date(here.text) is None:
        for offset, (index, line) in enumerate(following[:3]):
            if (date := find_date(line.text)) and date.day is None:
                words = [item.text for _, item in following[: offset + 1]]
                here = Field(" ".join([here.text, *words]), here.line)
                taken = {index for index, _ in following[: offset + 1]}
                break
    form.microfilm.append(here)
    return taken


def _read_unlabelled(form: Form, line: Line, here: Field) -> None:
    caption = vocabulary("captions").leading(line.text)
    if _TITLE.fullmatch(line.text) or _DEPARTMENT.fullmatch(line.text):
        form.titles.append(here)
    elif line.kind is not Kind.TEXT:
        if line.kind in (Kind.CODE, Kind.OPERATOR):
            form.stamps.append(here)
    elif vocabulary("precedence").find(line.text):
        form.precedence.append(here)
    elif caption and (caption[1] == len(line.text) or re.search(r"\bFOR\b", line.text, re.IGNORECASE)):
        form.captions.append(here)
    elif _PASS.fullmatch(line.text):
        form.routing.append(here)
    elif "number" in form.fields and "subject" not in form.fields and _is_subject(line.text):
        form.fields["subject"] = here
    else:
        form.stamps.append(here)


def _is_subject(text: str) -> bool:
    return len(text) >= 3 and text[0].isalpha() and not any(mark.isdigit() for mark in text)


def restricted_to(caption: str) -> str | None:
    """Return the addressee that a caption names: ``EYES ONLY FOR SECRETARY`` is restricted to ``SECRETARY``."""
    match = re.search(r"\bFOR\s+(?:THE\s+)?(?P<name>.+)$", caption, re.IGNORECASE)
    return match["name"].strip() if match else None


def passed_to(routing: str) -> str | None:
    """Return whom ``DEPARTMENT PASS WHITE HOUSE`` asks to be given a copy."""
    match = _PASS.fullmatch(routing)
    return match["agent"].strip(" .") if match else None


@dataclass(frozen=True)
class Numbered:
    """The line NO: number, date and time."""

    number: str | None
    date: PrintedDate | None
    time: PrintedTime | None
    date_text: str | None


def numbered(text: str) -> Numbered:
    """Take ``1862, NOVEMBER 19, 8 PM`` apart."""
    match = re.match(r"\s*(?P<number>[A-Z]*-?\d[\d/]*)(?P<rest>.*)", text)
    if match is None:
        return Numbered(None, None, None, None)
    rest = match["rest"].strip(" ,")
    return Numbered(match["number"], find_date(rest), find_time(rest), rest or None)


def received(text: str) -> tuple[PrintedDate | None, str | None]:
    """Take ``NOVEMBER 19, 1962 8:26 PM`` apart; the second value is EDTF."""
    date = find_date(text)
    return date, date_and_time(date, find_time(text))


def references(text: str) -> Iterator[tuple[str, str | None, str]]:
    """Find telegrams named in text as (surface, series or post as printed, number): ``USUN 1835``, ``DEPTEL 1147``."""
    for match in re.finditer(r"\b(?P<series>[A-Z][A-Za-z]{2,11})\s+(?P<number>\d{1,6})\b", text):
        if vocabulary("series").find(match["series"]) or vocabulary("posts").find(match["series"]):
            yield match.group(), match["series"], match["number"]
