"""The head of a teletyped cable: ``P 262340Z JAN 77``, FM, TO, INFO, the line of classification, post and number.

It stands above the text without a form, or on one; what it says is added to the fields of the form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from cablegraph.sources.telegram import post_of
from cablegraph.sources.transcript.ends import End, known_end, read_end
from cablegraph.sources.transcript.fields import Field
from cablegraph.sources.transcript.groups import Group, read_group
from cablegraph.sources.transcript.labels import labelled
from cablegraph.sources.transcript.likeness import Likeness, distance, words
from cablegraph.sources.transcript.lines import Kind, Line, is_classification, level_of
from cablegraph.sources.transcript.marks import is_mark
from cablegraph.sources.transcript.repairs import figures
from cablegraph.sources.transcript.sureness import AS_FIGURES, BROKEN, ELSEWHERE, LOOKALIKE
from cablegraph.vocabularies import vocabulary

#: A cable head begins within so many lines.
_WITHIN = 120
_OFFICES = re.compile(
    r"(?P<name>ACTION|INFO|ORIGIN)\s{0,4}(?P<value>[A-Z]{1,8}(?:/[A-Z]{1,8})?-[\dOIlSB]{2}(?![a-z\d]).{0,120})",
    re.IGNORECASE,
)
_CODES = re.compile(r"[A-Z]{1,8}(?:/[A-Z]{1,8})?-[\dOIlSB]{2}\b.{0,120}|/[\dOIlSB]{3} [A-Z]\b.{0,40}")
#: The end of an office's count of copies, where the space behind it was lost.
_UNSPACED = re.compile(r"-\d{2}(?=[A-Z/])")
_COUNTS = re.compile(r"(?<=-)[0-9OIlSB]{2}\b|(?<=/)[0-9OIlSB]{3}\b")
_END = re.compile(r"\W{0,3}(?P<end>[A-Za-z0]{2,4})[\s:.]{1,4}(?P<value>\S.{2,100})")
_SECTION = re.compile(r"\s+SECTION\s{1,4}\w{1,6}\s{1,4}OF\s{1,4}\w{1,6}", re.IGNORECASE)
_NUMBERED = re.compile(r"(?P<words>[A-Z].{4,80}?)\s{0,4}(?P<number>(?=[OIlSB]{0,5}\d)[0-9OIlSB]{2,6})\W{0,3}")
_BELOW = "a line below the addressee, without a label"
_RULE = re.compile(r"[-–—_=.]{6,}\s*(?P<number>\d{4,6})?")


@dataclass
class Cable:
    """What a cable head says; ``ends`` is the index of the first line behind it."""

    dtg: Field | None = None
    group: Group | None = None
    origin: tuple[End, Line] | None = None
    to: list[tuple[End, Line]] = field(default_factory=list)
    info: list[tuple[End, Line]] = field(default_factory=list)
    classification: Field | None = None
    number: Field | None = None
    offices: dict[str, Field] = field(default_factory=dict)
    lines: set[int] = field(default_factory=set)
    ends: int = 0

    def take(self, line: Line, index: int) -> None:
        """Note that a line belongs to the head."""
        self.lines.add(line.number)
        self.ends = index + 1


def read_cable(lines: list[Line]) -> Cable | None:
    """Read the cable head of a telegram; None where neither a date-time group nor FM stands near its beginning."""
    reader = _Reader()
    for index, line in enumerate(lines[:_WITHIN]):
        if not reader.read(line, index):
            break
    cable = reader.cable
    known = cable.dtg is not None or (cable.origin and (cable.to or cable.number))
    return cable if known else None


def looks_like_cable(text: str) -> bool:
    """Tell whether a date-time group stands on a line of its own among the first ones, and FM follows it."""
    grouped = False
    for line in text.splitlines()[:60]:
        if read_group(line.strip()):
            grouped = True
        elif grouped and line.strip().upper().startswith("FM "):
            return True
    return False


class _Reader:
    """Takes the first lines of a telegram one by one, until one is no part of a cable head."""

    def __init__(self) -> None:
        self.cable = Cable()
        self._list: list[tuple[End, Line]] | None = None
        self._office: Field | None = None

    def read(self, line: Line, index: int) -> bool:
        """Read a line; False where the head has ended."""
        cable, text = self.cable, line.text
        if line.kind is Kind.BLANK:
            self._list = self._office = None
            return True
        if cable.dtg is None and (group := read_group(text)):
            cable.dtg = _of_group(group, line)
            cable.group = group
            cable.take(line, index)
            return True
        if self._before(line):
            return True
        if cable.dtg is None and cable.origin is None:
            self._ends(line, index)
            return True
        if cable.classification is not None:
            return False
        return self._ends(line, index) or self._level(line, index) or self._goes_on(line, index)

    def _before(self, line: Line) -> bool:
        """Offices that the Department gave the cable to, above the date-time group."""
        if match := _OFFICES.fullmatch(line.text):
            self._office = Field("", line.number, line.how, line.confidence, line.given)
            self._add(match["value"])
            self.cable.offices.setdefault(match["name"].casefold(), self._office)
        elif self._office is not None and (_CODES.fullmatch(line.text) or _cut_off(self._office.text, line.text)):
            self._add(line.text)
        elif not _RULE.fullmatch(line.text):
            return False
        self.cable.lines.add(line.number)
        return True

    def _add(self, offices: str) -> None:
        """Add offices and the count of their copies to the field that is open."""
        if self._office is None:
            return
        plain = _COUNTS.sub(lambda match: figures(f"0{match.group()}")[1:], _UNSPACED.sub(r"\g<0> ", offices))
        self._office.text = " ".join([*self._office.text.split(), *plain.split()])
        if plain != offices:
            self._office.how, self._office.printed = AS_FIGURES, offices
            self._office.confidence = min(self._office.confidence, LOOKALIKE)

    def _ends(self, line: Line, index: int) -> bool:
        cable = self.cable
        found = end_line(line.text)
        if found is None:
            return False
        name, end = found[0], read_end(found[1])
        if cable.dtg is None and name != "FM" and cable.origin is None:
            return False
        if name == "FM":
            if cable.dtg is None and end.who.post is None:
                return False
            cable.origin, self._list = (end, line), None
        else:
            self._list = cable.to if name == "TO" else cable.info
            self._list.append((end, line))
        cable.take(line, index)
        return True

    def _level(self, line: Line, index: int) -> bool:
        cable = self.cable
        text = _SECTION.sub("", line.text)
        found = level_line(text)
        if found is None and not is_classification(text):
            return False
        if found is None:
            cable.classification = Field(level_of(text), line.number, line.how, line.confidence, line.given)
        else:
            cable.classification = Field(found.level, line.number, line.how, line.confidence, line.given)
            cable.number = replace(cable.classification, text=found.number.lstrip("0"))
            if found.like:
                cable.classification = cable.classification.noted(found.like.how, found.like.confidence, line.text)
            if found.repaired:
                cable.number = cable.number.noted(AS_FIGURES, LOOKALIKE, line.text)
        cable.take(line, index)
        return True

    def _goes_on(self, line: Line, index: int) -> bool:
        """A further addressee, or a line that may stand in a head: marks and labels, not text."""
        if self._list is not None and line.kind is Kind.TEXT and not labelled(line.text) and len(line.text) < 60:
            if vocabulary("precedence").find(line.text):
                self.cable.take(line, index)
                return True
            end = read_end(line.text)
            if end.who.post is not None:
                if self._list is self.cable.to:
                    line = replace(line, how=_BELOW, confidence=ELSEWHERE, given=line.text)
                self._list.append((end, line))
                self.cable.take(line, index)
                return True
        return (
            line.kind is not Kind.TEXT or len(line.text) < 40 or labelled(line.text) is not None or is_mark(line.text)
        )


def _of_group(group: Group, line: Line) -> Field:
    found = Field(group.text, line.number, line.how, line.confidence, line.given)
    found = found.noted(AS_FIGURES if group.damaged else None, LOOKALIKE, line.text)
    return found if group.sent else found.noted("its month and year were not found with it", BROKEN, line.text)


def belongs_above(text: str) -> bool:
    """Tell whether a line of text stands above a date-time group: offices, and who drafted and approved."""
    found = labelled(text)
    return found is not None or _OFFICES.fullmatch(text) is not None or _CODES.fullmatch(text) is not None


def _cut_off(offices: str, text: str) -> bool:
    """The letter behind the count of copies, ``/028 W``, alone in its line."""
    return len(text) == 1 and text.isupper() and re.search(r"/\d{3}$", offices) is not None


def _end_of(match: re.Match[str]) -> str | None:
    """FM, TO or INFO; damaged only where a known end stands behind it."""
    word = match["end"].upper().replace("0", "O")
    if word in ("FM", "TO", "INFO"):
        return word
    near = [end for end in ("FM", "TO", "INFO") if distance(word, end, 1) == 1]
    return near[0] if len(near) == 1 and (post_of(match["value"]) or known_end(match["value"])) else None


@dataclass(frozen=True)
class LevelLine:
    """``C O N F I D E N T I A L MOSCOW 01234`` taken apart; ``like`` and ``repaired`` say what was damaged in it."""

    level: str
    number: str
    like: Likeness | None
    repaired: bool


def level_line(text: str) -> LevelLine | None:
    """Part a line of classification, post and number."""
    match = _NUMBERED.fullmatch(text) if len(text) < 120 else None
    pieces = match["words"].split() if match else []
    for cut in range(len(pieces) - 1, 0, -1):
        level, name = " ".join(pieces[:cut]), " ".join(pieces[cut:])
        if len(name) > 40:
            break
        like = words("classification").nearest(level)
        post = post_of(name) or known_end(name)
        if match and like and post:
            number = figures(match["number"])
            plain = re.fullmatch(r"[A-Z](?: [A-Z])+", level) is not None or level.upper() == like.form.upper()
            worse = None if plain and post_of(name) else replace(like, confidence=min(like.confidence, LOOKALIKE))
            return LevelLine(like.form, number, worse, number != match["number"])
    return None


def end_line(text: str) -> tuple[str, str] | None:
    """Take ``FM AMEMBASSY MOSCOW`` apart to FM, TO or INFO and what stands behind it."""
    match = _END.fullmatch(text)
    name = _end_of(match) if match else None
    return (name, match["value"]) if match and name else None
