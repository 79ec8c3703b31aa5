"""The fields of a record, from the head of a cable's text and from its attributes, and how each came about.

What the text prints comes first; the attributes stand in for what it does not print. Where the two contradict each
other is told in ``agreement``.
"""

from __future__ import annotations

from typing import Any

from cablegraph.sources.cables.attributes import KEYS, Attributes, items
from cablegraph.sources.cables.head import Head, own_series, sender
from cablegraph.sources.cables.numbers import Mrn, mrn_of, plain_number, read_mrn, series_of
from cablegraph.sources.dates import find_date_time_group
from cablegraph.sources.telegram import direction_of, post_of
from cablegraph.sources.transcript.groups import PRECEDENCE
from cablegraph.sources.transcript.numbers import addressee
from cablegraph.vocabularies import normalise

#: Line, field, value, surface, how, confidence.
Told = tuple[int, str, str | None, str | None, str, float]
#: Line, kind, field, value, message, severity.
Complaint = tuple[int, str, str | None, str | None, str, str]

#: Attributes that have a column, a marking, an event or references of their own.
_PLACED = {
    "Concepts", "Control Number", "Document Number", "Drafter", "From", "Legacy Key", "Markings", "Page Count",
    "Reference", "Review Markings", "Subject", "TAGS", "To", "Original Classification", "Original Handling Restrictions",
}  # fmt: skip
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
#: Codes of the attribute Type.
_TYPES = {"TE": "telegram"}


class Fields:
    """The columns of ``records`` that head and attributes fill, with readings and findings on them."""

    def __init__(
        self, head: Head, attributes: Attributes, paged: tuple[str | None, str | None] | None, line: int
    ) -> None:
        self._head, self._attributes, self._line = head, attributes, line
        self.readings: list[Told] = []
        self.findings: list[Complaint] = []
        self.to = head.to or [(addressee(item), self._at("To")) for item in items(attributes.value("To"))]
        self.from_line = head.origin.line if head.origin else self._at("From")
        self.sent_line = head.dtg.line if head.dtg else self._at("Draft Date")
        self.number_line = head.station.line if head.station else self._at("Document Number")
        self._sent, self._sent_text, zone = self._sending()
        self.mrn = self._reference_number(paged)
        printed = attributes.value("Document Number")
        self.document = str(self.mrn) if self.mrn else " ".join(printed.split())[:80] if printed else None
        self.row = self._row(zone, paged)
        self._spare()

    def _at(self, key: str) -> int:
        return self._attributes.line(key, self._line)

    def _tell(self, line: int, field: str, value: str | None, surface: str | None, how: str, confidence: float) -> None:
        self.readings.append((line, field, value, surface, how, confidence))

    def _complain(
        self, line: int, kind: str, field: str | None, value: str | None, message: str, severity: str = "warning"
    ) -> None:
        self.findings.append((line, kind, field, value, message, severity))

    def _sending(self) -> tuple[str | None, str | None, str | None]:
        """When the cable was sent (EDTF, in the zone of its group), as printed, and the zone."""
        head, attributes = self._head, self._attributes
        key = next((key for key in ("Draft Date", "Sent Date") if attributes.value(key)), "Draft Date")
        kept = attributes.by_key.get(key)
        day = kept.date if kept and kept.value else None
        if head.dtg and head.sent:
            return head.sent, head.dtg.text, head.zone
        if head.dtg and day and len(head.dtg.text) == 7 and day[8:] == head.dtg.text[:2]:
            whole = f"{head.dtg.text} {_MONTHS[int(day[5:7]) - 1]} {day[2:4]}"
            found = find_date_time_group(whole)
            if found and found[1]:
                how = f"month and year of the attribute {key}, whose day is that of the group"
                self._tell(head.dtg.line, "sent", found[1], head.dtg.text, how, 0.95)
                return found[1], head.dtg.text, head.zone
        if head.dtg:
            message = "The date-time group names no day that there is; it is kept as printed."
            self._complain(head.dtg.line, "not understood", "dtg", head.dtg.text, message)
        if kept and kept.value and day:
            self._tell(kept.line, "sent", day, kept.value, f"the attribute {key}; no date-time group was read", 0.8)
            return day, kept.value, None
        if kept and kept.value:
            message = "The date is not understood; it is kept as printed."
            self._complain(kept.line, "not understood", "sent", kept.value, message)
        return None, head.dtg.text if head.dtg else None, None

    def _reference_number(self, paged: tuple[str | None, str | None] | None) -> Mrn | None:
        printed, line = self._attributes.value("Document Number"), self._at("Document Number")
        if printed and (mrn := read_mrn(printed)):
            if str(mrn) != printed.strip():
                how = "the message reference number with six figures, as the archive canonically writes it"
                self._tell(line, "mrn", str(mrn), printed, how, 1.0)
            return mrn
        if printed:
            message = (
                "The document number is no message reference number (year, station, figures); it is kept as printed."
            )
            self._complain(line, "not understood", "mrn", printed, message)
            return None
        head = self._head
        station, number = (head.station.text, head.number) if head.station else paged or (None, None)
        if station and number and self._sent:
            mrn = mrn_of(self._sent[:4], station, number)
            surface = f"{station} {number}, {self._sent_text}"
            how = "year of the date-time group, first six characters of the station, number with six figures"
            self._tell(self.number_line, "mrn", str(mrn), surface, how, 0.9)
            return mrn
        return None

    def _number(self, paged: tuple[str | None, str | None] | None) -> tuple[str | None, str | None]:
        """The number without leading zeros, and its series."""
        head = self._head
        if head.number:
            return plain_number(head.number), own_series(head)
        if paged and paged[1]:
            self._tell(
                self._line, "number", plain_number(paged[1]), " ".join(filter(None, paged)), "the head of a page", 0.95
            )
            return plain_number(paged[1]), series_of(paged[0] or "")
        if self.mrn and self._attributes.value("Document Number"):
            number = plain_number(self.mrn.number)
            printed = self._attributes.value("Document Number")
            self._tell(
                self.number_line, "number", number, printed, "the figures of the attribute Document Number", 0.95
            )
            return number, series_of(self.mrn.station)
        return None, None

    def _row(self, zone: str | None, paged: tuple[str | None, str | None] | None) -> dict[str, Any]:
        head, attributes = self._head, self._attributes
        value = attributes.value
        number, series = self._number(paged)
        printed, from_post = sender(head)
        from_text = printed or value("From")
        from_post = from_post or post_of(from_text)
        to = self.to[0][0] if self.to else None
        subject = head.text("subject") or " ".join((value("Subject") or "").split()) or None
        captions = [item.text for item in head.captions]
        return {
            "document_number": value("Document Number"),
            "kind": self._kind(),
            "direction": direction_of(from_post, to.post if to else None, to.text if to else None),
            "series": series,
            "number": number,
            "control_number": value("Control Number"),
            "dtg": head.dtg.text if head.dtg else None,
            "mrn": str(self.mrn) if self.mrn else None,
            "title": subject,
            "subjects": [subject] if subject else [],
            "sent_text": self._sent_text,
            "sent": self._sent,
            "sent_zone": zone,
            "from_text": from_text,
            "from_post": from_post,
            "to_text": to.text if to else None,
            "to_post": to.post if to else None,
            "precedence": self._precedence(),
            "classification": head.level.text if head.level else value("Original Classification"),
            "captions": _union(captions, self._restrictions()),
            "restricted_to": [],
            "action_office": self._office(),
            "info_office": head.text("info"),
            "tags": self._tags(),
            "concepts": items(value("Concepts")),
            "drafted_by": _lines(head, "drafted") or items(value("Drafter")),
            "cleared_by": _lines(head, "cleared"),
            "approved_by": _lines(head, "approved"),
            "repeated_to": [item.text for item, _ in head.info],
            "also_sent_to": [item.text for item, _ in self.to[1:]],
            "pages": self._pages(),
        }

    def _kind(self) -> str | None:
        code, line = self._attributes.value("Type"), self._at("Type")
        if code and (kind := _TYPES.get(code.upper())):
            self._tell(line, "kind", kind, code, "the archive's code for telegrams", 1.0)
            return kind
        if code:
            self._complain(line, "not understood", "kind", code, "The code of the attribute Type is not known.")
        if self._head.found:
            self._tell(self._line, "kind", "telegram", None, "the text has the head of a teletyped telegram", 0.95)
            return "telegram"
        return None

    def _tags(self) -> list[str]:
        """The tags of the head; persons, in parentheses, are told by the archive only."""
        printed, kept = items(self._head.text("tags")), items(self._attributes.value("TAGS"))
        return _union(printed, [tag for tag in kept if tag.startswith("(")]) if printed else kept

    def _restrictions(self) -> list[str]:
        original = items(self._attributes.value("Original Handling Restrictions"))
        return original or items(self._attributes.value("Handling Restrictions"))

    def _precedence(self) -> list[str]:
        head = self._head
        found: list[str] = []
        for letter in dict.fromkeys(head.letters):
            if letter in PRECEDENCE and head.dtg:
                found.append(PRECEDENCE[letter])
                how = "the letter before the date-time group"
                self._tell(head.dtg.line, "precedence", PRECEDENCE[letter], letter, how, 0.99)
        return _union(found, [item.precedence for item, _ in head.to if item.precedence])

    def _office(self) -> str | None:
        head = self._head
        if action := head.text("action"):
            return action
        if origin := head.text("origin"):
            line = head.line("origin", self._line)
            self._tell(
                line, "action_office", origin, f"ORIGIN {origin}", "the office where the telegram originates", 0.9
            )
            return origin
        if office := self._attributes.value("Office"):
            self._tell(self._at("Office"), "action_office", office, office, "the attribute Office", 0.9)
            return office
        return None

    def _pages(self) -> int | None:
        text = self._attributes.value("Page Count")
        if text is None:
            return None
        if text.isascii() and text.isdigit() and 0 < int(text[:9]) < 1_000_000 and len(text) < 9:
            return int(text)
        self._complain(self._at("Page Count"), "not understood", "pages", text, "The page count is no number of pages.")
        return None

    def _placed(self) -> set[str]:
        """The attributes that are told elsewhere; those of the review are in its event, where it has a date."""
        placed = _PLACED | ({"Type"} if (self._attributes.value("Type") or "").upper() in _TYPES else set())
        return placed | ({"Review Date", "Review Authority"} if self._attributes.value("Review Date") else set())

    def _spare(self) -> None:
        """Tell what has no place in the register, or was not understood."""
        attributes = self._attributes
        if order := self._head.fields.get("order"):
            how = "line of the head without a place in the register"
            self._tell(
                order.line, "executive_order", order.text.partition(":")[2].strip() or order.text, order.text, how, 1.0
            )
        for attribute in [*attributes.by_key.values(), *attributes.repeated]:
            value = attribute.value
            if attribute in attributes.repeated:
                message = f"The attribute {attribute.key} stands twice; the first is used, the other kept as a reading."
                self._complain(attribute.line, "repeated attribute", attribute.name, attribute.printed, message)
            elif attribute.key not in KEYS:
                message = f"The attribute {attribute.key!r} is not known; it is kept as a reading."
                self._complain(attribute.line, "unknown attribute", attribute.name, attribute.printed, message, "info")
            if value is None:
                continue
            if attribute.corrected:
                how = "the archive's note of a correction is left out"
                self._tell(attribute.line, attribute.name, value, attribute.printed, how, 1.0)
            elif attribute.key not in self._placed() or attribute in attributes.repeated:
                how = "attribute of the cable without a place in the register"
                self._tell(attribute.line, attribute.name, attribute.date or value, value, how, 1.0)
        if strays := attributes.strays:
            text = "\n".join(line.text for line in strays)
            message = "The lines stand above the first attribute; they are kept with the attributes."
            self._complain(strays[0].number, "not understood", "attributes", text, message)


def _lines(head: Head, name: str) -> list[str]:
    found = head.fields.get(name)
    return [text for line in found.text.split("\n") if (text := line.strip())] if found else []


def _union(first: list[str], second: list[str]) -> list[str]:
    """The items of both lists, each once without regard to its spelling."""
    found = {normalise(text): text for text in reversed([*first, *second])}
    return [text for key, text in reversed(found.items()) if key]
