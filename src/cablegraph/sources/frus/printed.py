"""Documents with a text: the record of a telegram, memorandum or letter as its head, notes and text state it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cablegraph.instants import receiver_zone, sender_zone
from cablegraph.register import Entry
from cablegraph.sources.frus.body import Body
from cablegraph.sources.frus.cable_head import head_group
from cablegraph.sources.frus.context import FRUS_SITE, TELEGRAPHIC, Context, Remarks
from cablegraph.sources.frus.copies import add_distribution, copy_numbers, passed_on
from cablegraph.sources.frus.dating import Sent, read_received, read_sent
from cablegraph.sources.frus.earlier import received_in_brackets
from cablegraph.sources.frus.flow import Flow
from cablegraph.sources.frus.handling import read_head_note
from cablegraph.sources.frus.head import Head
from cablegraph.sources.frus.heading import addressees, post_named, read_heading
from cablegraph.sources.frus.kinds import tell_kind
from cablegraph.sources.frus.note import SourceNote, read_mark, read_source_note
from cablegraph.sources.frus.opening import (
    LONGEST_OPENING,
    OPENING,
    date_time_group,
    further_marks,
    further_number,
    leading_marks,
    message_number,
)
from cablegraph.sources.frus.references import complete
from cablegraph.sources.source import finding
from cablegraph.sources.telegram import (
    DEPARTMENT_KEY,
    correspondent,
    direction_of,
    event,
    own_number,
    post_of,
    sent_and_received,
    series_post,
)
from cablegraph.sources.xml_tree import Element


def read_printed(context: Context, element: Element) -> Iterator[Entry]:
    """Read a printed document."""
    yield from _Printed(context, element).read()


class _Printed:
    def __init__(self, context: Context, element: Element) -> None:
        self._context = context
        self._element = element
        self._line = element.line
        self._place = context.place(element)
        self._body = Body(context, element)
        text, inline = self._source_note()
        self._note = read_source_note(text, inline=inline) if text else SourceNote()
        if inline or not text:
            for footnote in self._body.head_notes:
                read_head_note(self._note, footnote[:LONGEST_OPENING])
        self._note_text = text or None
        self._head = read_heading(self._body.head, self._note.kind) if self._body.head is not None else Head("")
        self._remarks = Remarks(context, self._line)
        self._opening = [text[:LONGEST_OPENING] for _, text in self._body.paragraphs[:OPENING]]
        self._office: str | None = None
        if self._head.kind_from is not None:
            how = f"inferred from the series {self._head.kind_from}"
            self._remarks.reading("kind", self._head.kind, self._head.text, how, 0.9)
        if self._head.kind is None and self._head.text:
            self._infer_kind()

    def _source_note(self) -> tuple[str, bool]:
        """The source note, and whether it stands inline; some volumes print it as a paragraph, ``[Source: …]``."""
        if self._body.source_note is not None:
            return self._body.source_note[:2]
        printed = (text for _, text in self._body.paragraphs[:OPENING] if text.startswith("[Source:"))
        return next(printed, "").strip("[]"), False

    def read(self) -> Iterator[Entry]:
        row = self._row()
        yield "records", row
        yield from self._remarks.entries
        yield from self._findings()
        yield from self._correspondents(row)
        yield from own_number(row, self._place)
        yield from self._numbers(row)
        yield from sent_and_received(row, self._place, self._place)
        for kind, name, state in passed_on(self._note):
            yield event(self._context.record, kind, None, None, name, state, self._place)
        yield (
            "instantiations",
            {"record": self._context.record, "kind": "edition", "locator": self._pages(), **self._place},
        )
        for table, entry in self._body.rows():
            if table != "references":
                yield table, entry
            elif not self._names_itself(reference := complete(entry, row), row):
                yield table, reference

    def _names_itself(self, reference: dict[str, Any], row: dict[str, Any]) -> bool:
        """Tell whether a reference is the telegram's own number, in its head or opening its text."""
        if not row["number"] or reference.get("number") != row["number"]:
            return False
        surface = reference["surface"]
        opens = next((key for key, text in self._body.paragraphs[:OPENING] if text.startswith(surface)), None)
        return bool(reference["part"] == "head" or reference["part"] == opens)

    def _row(self) -> dict[str, Any]:
        context, head, note = self._context, self._head, self._note
        self._opener_marks()
        telegraphic = head.kind in TELEGRAPHIC
        series, number = head.series, head.number
        if number is None and telegraphic:
            series, number = message_number(self._opening)
        sent = read_sent(self._body.datelines, head, self._remarks)
        from_post, to_post = post_named(head.from_text, sent.edtf), post_named(head.to_text, sent.edtf)
        if from_post is None and self._office and telegraphic:
            from_post, to_post = self._ends_by_office(to_post)
        direction = direction_of(from_post, to_post, head.to_text) if telegraphic else None
        if (post := series_post(series)) and telegraphic:
            end = "to_post" if direction == "outgoing" else "from_post"
            was = to_post if end == "to_post" else from_post
            if was != post:
                self._remarks.reading(end, post, series, f"the post to which the series {series} belongs", 0.95)
            from_post, to_post = (from_post, post) if end == "to_post" else (post, to_post)
        received = self._received(sent, direction, from_post)
        if telegraphic:
            add_distribution(self._note, self._body.paragraphs, number, {from_post, to_post})
        return {
            "record": context.record,
            "source": context.source.name,
            "document": context.document,
            "document_number": self._element.get("n") or head.document_number,
            "head": head.text or None,
            "kind": head.kind,
            "direction": direction,
            "series": series,
            "number": number,
            "dtg": self._group(number) if telegraphic else None,
            "tags": self._body.tags,
            "subjects": self._body.subjects,
            "sent_text": sent.text,
            "sent": sent.edtf,
            "sent_zone": sent.zone,
            "received_text": self._received_text(),
            "received": received,
            "from_text": head.from_text,
            "from_post": from_post,
            "to_text": head.to_text,
            "to_post": to_post,
            "place_text": self._place_text(),
            "precedence": note.precedence or self._precedence_of_address(),
            "classification": note.classification,
            "captions": note.captions,
            "file_number": note.file_number,
            "repository": note.repository,
            "collection": note.collection,
            "source_note": self._note_text,
            "drafted_by": note.drafted_by,
            "cleared_by": note.cleared_by,
            "approved_by": note.approved_by,
            "repeated_to": note.repeated_to,
            "also_sent_to": note.also_sent_to,
            "signatory_text": self._body.signature,
            "sections": note.sections,
            "language": "en",
            "url": f"{FRUS_SITE}/{context.source.name}/{context.document}",
            **self._place,
        }

    def _group(self, number: str | None) -> str | None:
        """The date-time group of the raw head; one that merely opens the text stands for the number."""
        return head_group(self._opening) or (date_time_group(self._opening) if number is None else None)

    def _precedence_of_address(self) -> list[str]:
        """The precedence of the first addressee of the raw head, where the source note has none."""
        first = next((address for address in self._body.addresses if address.role == "to"), None)
        if first is None or first.precedence is None:
            return []
        self._remarks.reading(
            "precedence", first.precedence, first.text, "behind the addressee in the telegram's head", 0.95
        )
        return [first.precedence]

    def _received_text(self) -> str | None:
        """When it was received, as printed: in the source note, before 1948 in brackets under the date."""
        return self._note.received_text or received_in_brackets(flow.text for flow in self._body.openers)

    def _received(self, sent: Sent, direction: str | None, from_post: str | None) -> str | None:
        text = self._received_text()
        if text is None:
            return None
        received = read_received(text, sent, sender_zone(direction, from_post), receiver_zone(direction))
        if received.inferred:
            self._remarks.reading("received", received.edtf, text, received.inferred, 0.8)
        return received.edtf

    def _infer_kind(self) -> None:
        """Tell the kind of a document whose head and note do not name it."""
        head, body = self._head, self._body
        marks = [Flow(seg).text for opener in body.opener_elements for seg in opener.iter("seg")]
        salutes = [Flow(salute).text for opener in body.opener_elements for salute in opener.iter("salute")]
        opener = " ".join(flow.text for flow in body.openers)
        direction = direction_of(post_named(head.from_text), post_named(head.to_text))
        told = tell_kind([self._note_text or "", *marks], opener, salutes, self._opening, direction)
        if told is None:
            return
        head.kind = told.kind
        head.number = told.number
        head.doubts = [doubt for doubt in head.doubts if doubt[0] != "kind"]
        self._remarks.reading("kind", told.kind, head.text, f"inferred from {told.how}", 0.8)
        self._office = told.office

    def _ends_by_office(self, to_post: str | None) -> tuple[str | None, str | None]:
        """The posts of the two ends, where the head names a person or no city, by the office in the dateline."""
        place, how = self._place_text(), "the office in the dateline"
        from_post = DEPARTMENT_KEY if self._office == "department" else None
        if self._office == "mission" and place:
            from_post = post_of(place.rpartition(",")[2].strip(" ."))
        if from_post is None:
            return None, to_post
        self._remarks.reading("from_post", from_post, place, how, 0.9)
        if to_post is None and from_post != DEPARTMENT_KEY:
            to_post, how = DEPARTMENT_KEY, f"a {self._head.kind} of a mission goes to the Department"
            self._remarks.reading("to_post", to_post, self._head.to_text, how, 0.7)
        return from_post, to_post

    def _opener_marks(self) -> None:
        """Before 1955 classification, precedence and captions stand in the opener or open the text, in lines of their own."""
        note = self._note
        if note.classification is not None:
            return
        lines = [Flow(seg).text for opener in self._body.opener_elements for seg in opener.iter("seg")]
        for text in (*lines, *self._opening):
            if (marks := leading_marks(text)) is not None and note.classification is None:
                note.classification, others = marks
            elif (further := further_marks(text)) is not None:
                others = further
            else:
                continue
            for mark in others:
                read_mark(note, mark)

    def _numbers(self, row: dict[str, Any]) -> Iterator[Entry]:
        """Make rows of further numbers: that the text opens with, such as ``1660. CX 63235.``, and those of copies."""
        for number in copy_numbers(self._note, row):
            yield "numbers", number | self._place
        if row["number"] and not self._head.number and (other := further_number(self._opening)):
            yield "numbers", {
                "record": self._context.record, "series": other[0], "number": other[1], "role": "own", **self._place,
            }  # fmt: skip

    def _place_text(self) -> str | None:
        for dateline in self._body.datelines:
            for place in dateline.iter("placeName"):
                text = re.sub(r"\s+([,.])", r"\1", Flow(place).text).strip(" ,.[]")
                if text:
                    return text
        return None

    def _findings(self) -> Iterator[Entry]:
        source, record = self._context.source, self._context.record
        for field, value, message in self._head.doubts:
            yield finding(source, self._line, "not understood", "warning", record, field, value, message)
        if not self._head.text:
            yield finding(source, self._line, "no head", "warning", record, "head", None, "The document has no head.")

    def _correspondents(self, row: dict[str, Any]) -> Iterator[Entry]:
        record = self._context.record
        if row["from_text"]:
            yield correspondent(record, "from", row["from_text"], row["from_post"], self._place)
        names = addressees(row["to_text"]) if row["to_text"] else []
        for name in names:
            post = row["to_post"] if len(names) == 1 else post_named(name, row["sent"])
            yield correspondent(record, "to", name, post, self._place)
        for role, values in (
            ("repeated to", row["repeated_to"]),
            ("also sent to", row["also_sent_to"]),
            ("passed to", self._note.passed_to),
        ):
            for name in values:
                yield correspondent(record, role, name, post_named(name, row["sent"]), self._place)
        for address in self._body.addresses:
            if address.role == "info" or (address.role == "to" and not names):
                post = post_named(address.text.partition(" FOR ")[0], row["sent"])
                yield correspondent(record, address.role, address.text, post, self._place)

    def _pages(self) -> str | None:
        """The printed pages of the document: the one on which it begins to the last one that begins in it."""
        numbers = [
            row["text"] for table, row in self._body.entries if table == "markings" and row["kind"] == "page number"
        ]
        first = self._context.page
        if first is None:
            return f"p. {numbers[0]}" if numbers else None
        return f"pp. {first}–{numbers[-1]}" if numbers and numbers[-1] != first else f"p. {first}"
