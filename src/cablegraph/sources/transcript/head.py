"""What the head of a telegram says: its fields, each with its line and how it was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cablegraph.register import Entry
from cablegraph.sources.telegram import DEPARTMENT_KEY
from cablegraph.sources.transcript.cable import Cable
from cablegraph.sources.transcript.dating import Sent
from cablegraph.sources.transcript.ends import read_end
from cablegraph.sources.transcript.fields import Field
from cablegraph.sources.transcript.form import Form
from cablegraph.sources.transcript.numbers import Addressee
from cablegraph.sources.transcript.showing import Showing

#: Columns of ``records`` that are fields of the form, by the name of their label.
_LABELLED = {
    "subject": "subjects", "action": "action_office", "info": "info_office", "reference": "references", "tags": "tags",
    "drafted": "drafted_by", "approved": "approved_by", "cleared": "cleared_by",
}  # fmt: skip


@dataclass
class Head:
    """The fields of one telegram; ``entries`` are findings about them."""

    showing: Showing
    form: Form
    cable: Cable | None
    #: The first line of the telegram that is not blank.
    first: int = 1
    kind: str | None = None
    direction: Field | None = None
    origin: Field | None = None
    from_post: str | None = None
    to: Field | None = None
    to_post: str | None = None
    number: Field | None = None
    series: str | None = None
    control: Field | None = None
    dtg: Field | None = None
    sent: Sent = field(default_factory=Sent)
    sent_at: Field | None = None
    zone: str | None = None
    received: Field | None = None
    classification: Field | None = None
    precedence: list[Field] = field(default_factory=list)
    sent_to: list[tuple[Addressee, int]] = field(default_factory=list)
    repeated: list[tuple[Addressee, int]] = field(default_factory=list)
    also: list[tuple[str, Field]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    #: Fields that two places agree on, or that a closed list knows.
    confirmed: set[str] = field(default_factory=set)

    def find(self, line: int, kind: str, name: str, value: str | None, message: str) -> None:
        """Note a finding about a field."""
        self.entries.append(self.showing.finding(line, kind, name, value, message))

    def office(self, name: str) -> str | None:
        """An office of the Department, Action or Info; where the label names posts, they are addressees."""
        text = self.form.text(name)
        return None if text and read_end(text).who.post not in (None, DEPARTMENT_KEY) else text

    @property
    def number_line(self) -> int | None:
        """The line of the number."""
        return self.number.line if self.number else None

    def values(self) -> Iterator[tuple[str, Field]]:
        """The fields that have a value, by the names of the columns of ``records``."""
        single = {
            "direction": self.direction, "number": self.number, "control_number": self.control, "dtg": self.dtg,
            "sent": self.sent_at, "received": self.received, "from_text": self.origin, "to_text": self.to,
            "classification": self.classification,
        }  # fmt: skip
        for name, label in _LABELLED.items():
            found = self.form.fields.get(name)
            office = name not in ("action", "info") or self.office(name)
            single[label] = found if found and found.text and office else None
        yield from ((name, found) for name, found in single.items() if found)
        yield from (("precedence", item) for item in self.precedence)
        yield from (("captions", item) for item in self.form.captions)
        yield from self.also
