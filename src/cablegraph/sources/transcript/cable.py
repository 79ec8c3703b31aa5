"""The head of a teletyped cable: ``P 262340Z JAN 77``, FM, TO, INFO, the line of classification, post and number.

It stands above the text without a form, or on one; what it says is added to the fields of the form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cablegraph.sources.dates import find_date_time_group
from cablegraph.sources.transcript.form import Field
from cablegraph.sources.transcript.lines import Kind, Line, is_classification, level_of
from cablegraph.sources.transcript.marks import labelled
from cablegraph.sources.transcript.numbers import Addressee, addressee
from cablegraph.vocabularies import vocabulary


@dataclass
class Cable:
    """What a cable head says; ``ends`` is the index of the first line behind it."""

    dtg: Field | None = None
    sent: str | None = None
    letters: str = ""
    origin: Field | None = None
    to: list[tuple[Addressee, int]] = field(default_factory=list)
    info: list[tuple[Addressee, int]] = field(default_factory=list)
    classification: Field | None = None
    number: Field | None = None
    offices: dict[str, Field] = field(default_factory=dict)
    lines: set[int] = field(default_factory=set)
    ends: int = 0

    def take(self, line: Line, index: int) -> None:
        """Note that a line belongs to the head."""
        self.lines.add(line.number)
        self.ends = index + 1


#: The letters before a date-time group.
PRECEDENCE = {"Z": "Flash", "O": "Immediate", "P": "Priority", "R": "Routine"}
_GROUP = re.compile(
    r"(?P<letters>(?:[ZOPR]\s+){0,2})(?P<group>[0-3]\d[0-2]\d[0-5]\dZ(?:\s+[A-Z]{3}\s+\d{2})?)(?:\s+\S{1,6})*"
)
_END = re.compile(r"(?P<end>FM|TO|INFO)\s+(?P<value>\S.*)")
_OFFICES = re.compile(r"(?P<name>ACTION|INFO|ORIGIN)\s+(?P<value>(?:[A-Z/]{1,6}-\d{2}\s*)+.*)")
_LEVEL = re.compile(
    r"(?P<level>(?:[A-Z] ){3,}[A-Z]|UNCLAS(?:SIFIED)?|CONFIDENTIAL|SECRET|TOP SECRET|LIMITED OFFICIAL USE)"
    r"(?:\s+SECTION\s+\w+\s+OF\s+\w+)?(?:\s+(?P<post>[A-Z][A-Z ]*?)\s+(?P<number>\d{2,6}))?"
)


def read_cable(lines: list[Line]) -> Cable | None:
    """Read the cable head of a telegram; None where no date-time group stands near its beginning."""
    cable = Cable()
    last: list[tuple[Addressee, int]] | None = None
    for index, line in enumerate(lines[:120]):
        if line.kind is Kind.BLANK:
            last = None
        elif cable.dtg is None:
            _before(cable, line, index)
        elif cable.classification is not None:
            break
        elif match := _END.fullmatch(line.text):
            last = _end(cable, match, line)
            cable.take(line, index)
        elif match := _LEVEL.fullmatch(line.text):
            cable.classification = Field(level_of(match["level"]), line.number)
            if match["post"] and vocabulary("posts").find(match["post"]):
                cable.number = Field(match["number"].lstrip("0"), line.number)
            cable.take(line, index)
        elif last is not None and vocabulary("posts").leading(re.sub(r"^[A-Z]{4,7}/", "", line.text)):
            last.append((addressee(line.text), line.number))
            cable.take(line, index)
        elif not _goes_on(line):
            break
    return cable if cable.dtg else None


def looks_like_cable(text: str) -> bool:
    """Tell whether a date-time group stands on a line of its own among the first ones, and FM follows it."""
    grouped = False
    for line in text.splitlines()[:60]:
        if _GROUP.fullmatch(line.strip()):
            grouped = True
        elif grouped and line.strip().startswith("FM "):
            return True
    return False


def _before(cable: Cable, line: Line, index: int) -> None:
    if match := _OFFICES.fullmatch(line.text):
        cable.offices.setdefault(match["name"].casefold(), Field(match["value"].strip(), line.number))
        cable.lines.add(line.number)
    elif (match := _GROUP.fullmatch(line.text)) and (found := find_date_time_group(match["group"])):
        printed, cable.sent = found
        cable.dtg = Field(printed, line.number)
        cable.letters = "".join(match["letters"].split())
        cable.take(line, index)


def _end(cable: Cable, match: re.Match[str], line: Line) -> list[tuple[Addressee, int]] | None:
    if match["end"] == "FM":
        cable.origin = Field(addressee(match["value"]).text, line.number)
        return None
    ends = cable.to if match["end"] == "TO" else cable.info
    ends.append((addressee(match["value"]), line.number))
    return ends


def _goes_on(line: Line) -> bool:
    """Tell whether the head may go on behind this line: marks and labels, not text."""
    return (
        line.kind is not Kind.TEXT
        or len(line.text) < 40
        or labelled(line.text) is not None
        or is_classification(line.text)
    )
