"""The head of a cable: offices, date-time group, FM, TO, INFO, classification with number, E.O., TAGS, SUBJECT, REF."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from cablegraph.sources.cables.lines import Kind, Line, level_in
from cablegraph.sources.cables.numbers import read_references, series_of
from cablegraph.sources.dates import find_date_time_group
from cablegraph.sources.telegram import post_of
from cablegraph.sources.transcript.numbers import Addressee, addressee
from cablegraph.vocabularies import vocabulary


@dataclass
class Field:
    """A field of the head: its text (lines parted by line feeds), and the line where it begins."""

    text: str
    line: int


@dataclass
class Head:
    """What a head says; ``ends`` is the index of the first line behind it, ``lines`` are those that belong to it."""

    lines: list[Line] = field(default_factory=list)
    ends: int = 0
    found: bool = False
    letters: str = ""
    dtg: Field | None = None
    sent: str | None = None
    zone: str | None = None
    origin: Field | None = None
    to: list[tuple[Addressee, int]] = field(default_factory=list)
    info: list[tuple[Addressee, int]] = field(default_factory=list)
    level: Field | None = None
    station: Field | None = None
    number: str | None = None
    captions: list[Field] = field(default_factory=list)
    #: origin, action, info: offices of the Department; order, tags, subject, reference, drafted, approved, cleared.
    fields: dict[str, Field] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """The text of a field, its lines joined by spaces."""
        found = self.fields.get(name)
        return " ".join(found.text.split()) or None if found else None

    def line(self, name: str, default: int) -> int:
        """The line of a field."""
        found = self.fields.get(name)
        return found.line if found else default


#: How far a head may reach: lists of addressees run over pages.
_ANCHOR_WITHIN, _LEVEL_WITHIN = 150, 600
#: A line this long may go on in the next one; teletypes broke lines near their 69th character.
_FULL = 40
_SHORT = 200
_GROUP = re.compile(
    r"(?P<letters>(?:[ZOPRY]\s+){0,3})(?P<clock>\d{6})\s?(?P<zone>[A-Z])(?:\s+(?P<month>[A-Z]{3})\s+(?:19)?(?P<year>\d{2}))?"
    r"(?:\s+\S{1,8}){0,6}"
)
_END = re.compile(r"(?P<end>FM|TO|INFO|XMT)\s+(?P<value>\S.*)")
_OFFICES = re.compile(r"(?P<name>ACTION|INFO|ORIGIN)\s+(?P<value>[A-Z]{1,8}(?:/[A-Z]{1,8})?-\d{2}\b.*)")
_CODES = re.compile(r"[A-Z]{1,8}(?:/[A-Z]{1,8})?-\d{2}\b.*|/\d{3} [A-Z]\b.*")
_NUMBERED = re.compile(
    r"\s*(?:SECTION\s+\w{1,6}\s+OF\s+\w{1,6}\s+)?(?P<station>[A-Z][A-Z.'/-]{0,18}(?: [A-Z.'/-]{1,18}){0,3})\s+(?P<number>\d{2,6})"
    r"(?:\s+SECTION\s+\w{1,6}\s+OF\s+\w{1,6})?(?:\s+(?P<rest>[A-Z][A-Z ,/]{2,60}))?"
)
_LABEL = re.compile(
    r"(?P<name>E\.?\s?O\.?\s?\d{5}|TAGS?|SUBJECT|SUBJ|REFERENCES?|REFS?(?: [A-Z])?|DRAFTED BY|APPROVED BY|CLEARED BY|CLEARANCES?)"
    r"(?:\s{0,3}[:;]|(?<= BY)\s)\s*(?P<value>.*)"
)
_NAMES = {
    "TAG": "tags", "SUB": "subject", "REF": "reference", "DRA": "drafted", "APP": "approved", "CLE": "cleared",
}  # fmt: skip
_PARAGRAPH = re.compile(r"(?:\d{1,2}|[A-Z])\.\s|\((?:\d{1,2}|[A-Z])\)\s")
_ROUTE = re.compile(r"[A-Z]{4,7}/")
_ADDRESSEE = re.compile(
    r"(?:[A-Z]{4,7}/)?(?:AM(?:EMBASSY|CONSUL)|USMISSION|USINT|USLO|USDEL|SECSTATE|CINC|USCINC)\w{0,8}\b"
)


def read_head(lines: Sequence[Line]) -> Head:
    """Read the head that opens a cable's text; ``found`` is False where there is none, and all is body."""
    anchor, level = _landmarks(lines)
    reader = _Reader(anchor, level)
    for index, line in enumerate(lines):
        if line.kind is Kind.BLANK:
            reader.blank()
        elif line.kind is Kind.TEXT:
            if not reader.take(index, line):
                break
            reader.head.ends = index + 1
            reader.head.lines.append(line)
    reader.head.found = anchor is not None
    return reader.head


def _landmarks(lines: Sequence[Line]) -> tuple[int | None, int | None]:
    """Where a head surely stands: its date-time group or FM, and its line of classification and number."""
    anchor: int | None = None
    seen = 0
    for index, line in enumerate(lines):
        if line.kind is not Kind.TEXT or len(line.text) > _SHORT:
            continue
        seen += 1
        if seen > (_ANCHOR_WITHIN if anchor is None else _LEVEL_WITHIN):
            break
        if anchor is None and (_GROUP.fullmatch(line.text) or line.text.startswith("FM ")):
            anchor = index
        elif _PARAGRAPH.match(line.text):
            break
        if _numbered(line.text):
            return index if anchor is None else anchor, index
    return anchor, None


def _numbered(text: str) -> tuple[str, re.Match[str]] | None:
    """Take ``C O N F I D E N T I A L STATE 062519`` apart to the classification and what stands behind it."""
    found = level_in(text)
    match = _NUMBERED.fullmatch(text[found[1] :]) if found else None
    return (found[0], match) if found and match else None


class _Reader:
    """Takes the lines of a head one by one, and says which is the first that belongs to the text."""

    def __init__(self, anchor: int | None, level: int | None) -> None:
        self.head = Head()
        self._anchor = anchor
        self._level = level
        self._open: str | None = None  # what the next line may go on with: the name of a field, FM, TO or INFO
        self._length = 0

    def blank(self) -> None:
        self._open = None

    def take(self, index: int, line: Line) -> bool:
        """Read a line; False where the text begins with it."""
        if len(line.text) > _SHORT and not _LABEL.match(line.text[:_SHORT]):
            return False
        known = self._known(index, line) or self._goes_on(index, line)
        self._length = len(line.text)
        if known:
            return True
        self._open = None
        return index < max(-1 if self._anchor is None else self._anchor, -1 if self._level is None else self._level)

    def _known(self, index: int, line: Line) -> bool:
        head, text = self.head, line.text
        if (match := _LABEL.match(text)) and not (self._anchor is None and index > self._length + _ANCHOR_WITHIN):
            self._label(match, line)
            return True
        if self._anchor is None or index < self._anchor:
            match = _OFFICES.fullmatch(text)
            if match:
                self._open = f"offices {match['name'].casefold()}"
                self._add(self._open.removeprefix("offices "), match["value"], line)
            return match is not None
        if head.dtg is None and (match := _GROUP.fullmatch(text)):
            self._group(match, line)
            return True
        if (
            (match := _END.fullmatch(text))
            and (self._level is None or index < self._level)
            and "subject" not in head.fields
        ):
            self._end(match["end"], match["value"], line)
            return True
        if head.level is None and (found := _numbered(text)):
            head.level = Field(found[0], line.number)
            head.station = Field(found[1]["station"].strip(), line.number)
            head.number = found[1]["number"]
            self._caption(found[1]["rest"] or "", line)
            return True
        return (head.level is not None or self._level is None) and self._caption(text, line)

    def _goes_on(self, index: int, line: Line) -> bool:
        name, text = self._open, line.text
        if name is None:
            return self._addressed(index, line)
        if name.startswith("offices ") and _CODES.match(text):
            self._add(name.removeprefix("offices "), text, line)
        elif name in ("drafted", "approved", "cleared") and index < (self._anchor or 0) and text[:1].isalnum():
            self._open = "cleared" if name == "approved" else name
            self._add(self._open, text, line)
        elif name in ("subject", "tags", "reference") and self._unfinished(name, text):
            self._add(name, text, line)
        else:
            return self._addressed(index, line)
        return True

    def _unfinished(self, name: str, text: str) -> bool:
        """Whether a field goes on in the next line."""
        if name == "subject":
            return self._length >= _FULL and not _PARAGRAPH.match(text)
        if name == "tags":
            return self.head.fields[name].text.endswith(",")
        return self._refers(text)

    def _refers(self, text: str) -> bool:
        unfinished = self.head.fields["reference"].text.rstrip().endswith((",", ";", "AND", ":"))
        first = next(iter(read_references(text)), None)
        return unfinished or (first is not None and not isinstance(first, str))

    def _addressed(self, index: int, line: Line) -> bool:
        """Take a line below TO or INFO that is one more addressee."""
        head, text = self.head, line.text
        if head.level is not None or not head.to or (self._level is not None and index >= self._level):
            return False
        listed = self._open in ("TO", "INFO") and vocabulary("posts").leading(_ROUTE.sub("", text)) is not None
        if not listed and not _ADDRESSEE.match(text):
            return False
        self._end("INFO" if head.info or self._open == "INFO" else "TO", text, line)
        return True

    def _label(self, match: re.Match[str], line: Line) -> None:
        name = _NAMES.get(match["name"][:3], "order")
        self._open = name
        if name == "order" and name not in self.head.fields:
            self.head.fields[name] = Field(line.text, line.number)
        else:
            self._add(name, match["value"], line)

    def _add(self, name: str, text: str, line: Line) -> None:
        if name in self.head.fields:
            self.head.fields[name].text += f"\n{text}"
        else:
            self.head.fields[name] = Field(text, line.number)

    def _group(self, match: re.Match[str], line: Line) -> None:
        head = self.head
        printed = f"{match['clock']}{match['zone']}"
        if match["month"]:
            printed += f" {match['month']} {match['year']}"
        found = find_date_time_group(printed)
        head.dtg = Field(printed, line.number)
        head.sent = found[1] if found else None
        head.zone = match["zone"]
        head.letters = "".join(match["letters"].split())

    def _end(self, end: str, value: str, line: Line) -> None:
        self._open = end
        if end == "FM":
            self.head.origin = Field(addressee(value).text, line.number)
        elif end == "TO":
            self.head.to.append((addressee(value), line.number))
        elif end == "INFO":
            self.head.info.append((addressee(value), line.number))

    def _caption(self, text: str, line: Line) -> bool:
        """Take a line of captions: ``EXDIS``, ``STADIS/////``, ``LIMDIS, NOFORN``."""
        words = [word for word in (piece.strip(" /.") for piece in re.split(r"[,;/]", text[:_SHORT])) if word]
        if not words or not all(vocabulary("captions").find(word) for word in words):
            return False
        self.head.captions += [Field(word, line.number) for word in words]
        return True


def own_series(head: Head) -> str | None:
    """The series in whose numbering the cable stands: ``SECTO 12``; None for a post's plain numbering."""
    return series_of(head.station.text) if head.station else None


def sender(head: Head) -> tuple[str | None, str | None]:
    """Who sent the cable, as printed behind FM, and the post; the station of the number where FM names none."""
    text = head.origin.text if head.origin else None
    return text, post_of(text) or (post_of(head.station.text) if head.station else None)
