"""The head of a telegram form: labelled fields, and the unlabelled lines that vocabularies recognise."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cablegraph.sources.dates import find_date, find_time
from cablegraph.sources.telegram import post_of
from cablegraph.sources.transcript.columns import DEPARTMENT, LABELLED, LABELS, NUMBERED, TITLE, columns
from cablegraph.sources.transcript.lines import Kind, Line
from cablegraph.sources.transcript.repairs import figures
from cablegraph.vocabularies import vocabulary


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


_NAMES = {re.sub(r"[^a-z]", "", name): field for name, field in LABELS.items()}
_PASS = re.compile(r"(?:DEPARTMENT|DEPT|STATE|PLEASE)\s+PASS\s+(?:TO\s+)?(?P<agent>.+)", re.IGNORECASE)
_OFFICE = re.compile(r"[A-Z][A-Z/]{0,5}")
_PARAGRAPH_LABEL = re.compile(r"(?:\d{1,2}|[IVXl]{1,5}|[A-Z])[.)]\s|\(\w{1,2}\)\s")
CLOCK = re.compile(r"\d{1,2}(?:[:.]\d{2})?\s*[AP]\.?\s*M\.?", re.IGNORECASE)
#: The fields by which a form is known; the indexes of such lines among the text are ``strayed``.
_CORE = ("from", "to", "number", "control", "received", "reference")
#: A line this long is text, not a field of the form.
_LONG = 48
#: How many long lines may stand among the fields of a head.
_STRAY_TEXTS = 2
#: How many of the next lines may hold what belongs to a line of the head.
_AHEAD = 8


def labelled(text: str) -> tuple[str, str] | None:
    """Take ``FROM: NEW YORK`` apart to the name of the field and its value; None where the line has no label."""
    match = LABELLED.fullmatch(text) or NUMBERED.fullmatch(text)
    if match:
        plain = match["label"].casefold().translate(str.maketrans("01", "oi"))
        name = _NAMES.get(re.sub(r"[^a-z]", "", plain)) or _NAMES.get(re.sub(r"[^a-z]", "", plain.replace("i", "l")))
        return (name, match["value"].strip()) if name else None
    # A colon that was lost: FROM NEW YORK, where New York is known.
    bare = re.fullmatch(r"(?P<label>FROM|TO)\s+(?P<value>\S.*)", text, re.IGNORECASE)
    if bare and post_of(bare["value"]):
        return bare["label"].casefold(), bare["value"]
    return None


def looks_like_form(text: str) -> bool:
    """Tell whether one of the first lines is the title of a form, or two of them are fields."""
    fields: set[str] = set()
    for line in text.splitlines()[:200]:
        for cell in columns(line.strip(" \t*_#>")):
            if TITLE.match(cell):
                return True
            if found := labelled(cell):
                fields.add(found[0])
    return len(fields & {*_CORE, "subject"}) > 1


def read_form(lines: list[Line]) -> Form:
    """Read the head of the first page; ``body_starts`` is the index of the first line of the text."""
    form = Form()
    used: set[int] = set()
    form.body_starts, strayed = _body_start(lines)
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


def _body_start(lines: list[Line]) -> tuple[int, list[int]]:
    """Where the text begins: the first numbered or long line; and the lines of fields that strayed behind it."""
    fields: dict[int, str] = {}
    texts: list[int] = []
    titled = False
    for index, line in enumerate(lines):
        if line.kind is Kind.PAGE_HEAD or line.page > 1:
            end = index
            break
        if line.kind is not Kind.TEXT:
            continue
        found = labelled(line.text)
        titled = titled or TITLE.match(line.text) is not None
        if found and (len(line.text) < _LONG or not texts):
            fields[index] = found[0]
        elif len(line.text) >= _LONG or _PARAGRAPH_LABEL.match(line.text):
            texts.append(index)
    else:
        end = len(lines)
    if not fields and not titled:
        return 0, []
    start = texts[0] if texts else end
    behind = [index for index, name in fields.items() if index > start and name in _CORE]
    if len(behind) > 1 and sum(start <= index < behind[-1] for index in texts) <= _STRAY_TEXTS:
        # The head goes on behind a long line or two.
        return next((index for index in texts if index > behind[-1]), end), []
    known = {name for index, name in fields.items() if index < start}
    return start, [index for index in behind if fields[index] not in known]


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
    elif _PASS.fullmatch(line.text):
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


def is_caption(text: str) -> bool:
    """Tell whether a line is a caption, perhaps with the one for whom it is meant."""
    caption = vocabulary("captions").leading(text)
    if caption is None:
        return False
    rest = text[caption[1] :].strip(" .:,")
    whole = re.search(r"\bFOR\b", text, re.IGNORECASE) is not None or vocabulary("positions").find(rest) is not None
    return not rest or whole


def is_subject(text: str, *, ends_known: bool = True) -> bool:
    """Tell whether a line without a label may be the subject: words, no figures, nothing that another field holds.

    The name of a post may be a subject where both ends of the telegram are known, else it may be one of them.
    """
    other = TITLE.match(text) or _PASS.match(text) or find_date(text) or (post_of(text) if not ends_known else None)
    return len(text) >= 3 and text[0].isalpha() and not other and not any(mark.isdigit() for mark in text)


def restricted_to(caption: str) -> str | None:
    """Return the addressee that a caption names: ``EYES ONLY FOR SECRETARY`` is restricted to ``SECRETARY``."""
    match = re.search(r"\bFOR\s+(?:THE\s+)?(?P<name>.+)$", caption, re.IGNORECASE)
    if match:
        return match["name"].strip()
    found = vocabulary("captions").leading(caption)
    return (caption[found[1] :].strip(" .:,") or None) if found else None


def passed_to(routing: str) -> str | None:
    """Return whom ``DEPARTMENT PASS WHITE HOUSE`` asks to be given a copy."""
    match = _PASS.fullmatch(routing)
    return match["agent"].strip(" .") if match else None
