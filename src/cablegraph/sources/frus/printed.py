"""Documents with a text: the record of a telegram, memorandum or letter as its head, notes and text state it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cablegraph.register import Entry
from cablegraph.sources.dates import date_and_time, find_date, find_time
from cablegraph.sources.frus.body import Body
from cablegraph.sources.frus.context import FRUS_SITE, TELEGRAPHIC, Context
from cablegraph.sources.frus.flow import Flow
from cablegraph.sources.frus.head import Head
from cablegraph.sources.frus.heading import addressees, head_date, post_named, read_heading
from cablegraph.sources.frus.note import SourceNote, read_mark, read_source_note, received_at
from cablegraph.sources.source import finding, reading
from cablegraph.sources.telegram import correspondent, direction_of, event, own_number, sent_and_received, series_post
from cablegraph.sources.xml_tree import Element
from cablegraph.vocabularies import vocabulary

_MESSAGE = re.compile(
    r"\s*(?:\[?No\.\s*)?(?:(?P<series>[A-Z][A-Za-z]{0,11})(?:\s*[–-]\s*|\s+))?(?P<number>\d{1,6}(?:[–/-]\d+)?)\s*(?:\.|/(?P<other>[A-Z][\w ]{2,10}?\d+)\.|$)"
)
_GROUP = re.compile(r"\s*(?:DTG\s*)?(?P<group>[0-3]\d[0-2]\d[0-5]\dZ)\b")
#: Words before a number that open a text without being a series.
_NO_SERIES = frozenset(
    (
        "Part",
        "Section",
        "Para",
        "Paragraph",
        "Item",
        "Point",
        "Article",
        "Number",
        "Document",
        "Chapter",
        "Page",
        "Annex",
    )
)
_SALUTATION = re.compile(r"(?:My )?[Dd]ear\s|Sir[:,]|Gentlemen[:,]|(?:Your )?Excellency\b")
_DESPATCH = re.compile(r"\bNo\.\s*(?P<number>[A-Z]?-?\d{1,5})\b")
_OTHER_NUMBER = re.compile(r"\s*(?P<series>[A-Z]{1,4})\s(?P<number>\d{3,6})\.")


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
        text, inline, _ = self._body.source_note or ("", False, None)
        self._note = read_source_note(text, inline=inline) if text else SourceNote()
        self._note_text = text or None
        self._head = read_heading(self._body.head, self._note.kind) if self._body.head is not None else Head("")
        self._notes: list[Entry] = []
        if self._head.kind is None and self._head.text:
            self._infer_kind()

    def read(self) -> Iterator[Entry]:
        row = self._row()
        yield "records", row
        yield from self._notes
        yield from self._findings()
        yield from self._correspondents(row)
        yield from own_number(row, self._place)
        yield from self._numbers(row)
        yield from sent_and_received(row, self._place, self._place)
        for name in self._note.passed_to:
            yield event(self._context.record, "passed", None, None, name, "done", self._place)
        yield (
            "instantiations",
            {"record": self._context.record, "kind": "edition", "locator": self._pages(), **self._place},
        )
        yield from (entry for entry in self._body.rows() if not self._names_itself(entry, row))

    def _names_itself(self, entry: Entry, row: dict[str, Any]) -> bool:
        """Tell whether a reference is the telegram's own number, in its head or opening its text."""
        table, found = entry
        if table != "references" or not row["number"] or found.get("number") != row["number"]:
            return False
        opens = next((key for key, text in self._body.paragraphs[:3] if text.startswith(found["surface"])), None)
        return bool(found["part"] == "head" or found["part"] == opens)

    def _reading(self, field: str, value: str | None, surface: str | None, how: str, confidence: float) -> None:
        self._notes.append(
            reading(self._context.source, self._line, self._context.record, field, value, surface, how, confidence)
        )

    def _complain(self, kind: str, field: str, value: str | None, message: str) -> None:
        self._notes.append(
            finding(self._context.source, self._line, kind, "warning", self._context.record, field, value, message)
        )

    def _row(self) -> dict[str, Any]:
        context, head, note = self._context, self._head, self._note
        self._opener_marks()
        series, number = self._message()
        sent, sent_text, zone = self._sent()
        received, received_text = self._received(sent)
        from_post, to_post = post_named(head.from_text), post_named(head.to_text)
        telegraphic = head.kind in TELEGRAPHIC
        direction = direction_of(from_post, to_post, head.to_text) if telegraphic else None
        if (post := series_post(series)) and telegraphic:
            end = "to_post" if direction == "outgoing" else "from_post"
            was = to_post if end == "to_post" else from_post
            if was != post:
                self._reading(end, post, series, f"the post to which the series {series} belongs", 0.95)
            from_post, to_post = (from_post, post) if end == "to_post" else (post, to_post)
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
            "dtg": self._date_time_group() if telegraphic and number is None else None,
            "subjects": self._body.subjects,
            "sent_text": sent_text,
            "sent": sent,
            "sent_zone": zone,
            "received_text": received_text,
            "received": received,
            "from_text": head.from_text,
            "from_post": from_post,
            "to_text": head.to_text,
            "to_post": to_post,
            "place_text": self._place_text(),
            "precedence": note.precedence,
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
            "language": "en",
            "url": f"{FRUS_SITE}/{context.source.name}/{context.document}",
            **self._place,
        }

    def _infer_kind(self) -> None:
        """Tell the kind of a document whose head and note do not name it: by its time of day, number or salutation."""
        head = self._head
        opener = " ".join(flow.text for flow in self._body.openers)
        opening = [text for _, text in self._body.paragraphs[:3]]
        salutes = [Flow(salute).text for opener in self._body.opener_elements for salute in opener.iter("salute")]
        dispatched = _DESPATCH.search(opener)
        kind = how = None
        if find_time(opener) and any(_MESSAGE.match(text) for text in opening):
            kind, how = "telegram", "a time of day in the dateline, and a number that opens the text"
        elif dispatched and (direction := direction_of(post_named(head.from_text), post_named(head.to_text))):
            kind, how = (
                ("despatch" if direction == "incoming" else "instruction"),
                f"{dispatched.group()} in the opener",
            )
            head.number = dispatched["number"]
        elif any(_SALUTATION.match(text) for text in (*salutes, *opening)):
            kind, how = "letter", "a salutation"
        if kind and how:
            head.kind = kind
            head.doubts = [doubt for doubt in head.doubts if doubt[0] != "kind"]
            self._reading("kind", kind, head.text, f"inferred from {how}", 0.8)

    def _opener_marks(self) -> None:
        """Before 1955 classification and precedence stand in the opener or in a first paragraph of their own."""
        if self._note.classification is not None:
            return
        candidates = [Flow(seg).text for opener in self._body.opener_elements for seg in opener.iter("seg")]
        candidates += [text for _, text in self._body.paragraphs[:2]]
        for text in candidates:
            marks = leading_marks(text)
            if marks is not None:
                self._note.classification, others = marks
                for mark in others:
                    read_mark(self._note, mark)
                return

    def _message(self) -> tuple[str | None, str | None]:
        """The number: in the head, or opening the first paragraph of the text that is not the classification."""
        head = self._head
        if head.number:
            return head.series, head.number
        if head.kind not in TELEGRAPHIC:
            return None, None
        for _, text in self._body.paragraphs[:3]:
            if leading_marks(text) is not None:
                continue
            match = _MESSAGE.match(text)
            if match is None or match["series"] in _NO_SERIES:
                return None, None
            concept = vocabulary("series").find(match["series"])
            if concept is not None and concept.plain:  # "Embtel 1533." names another telegram
                return None, None
            return match["series"], match["number"]
        return None, None

    def _date_time_group(self) -> str | None:
        for _, text in self._body.paragraphs[:3]:
            if leading_marks(text) is None:
                match = _GROUP.match(text)
                return match["group"] if match else None
        return None

    def _numbers(self, row: dict[str, Any]) -> Iterator[Entry]:
        """Make rows of further numbers that the text opens with, such as ``1660. CX 63235.``."""
        if not row["number"] or self._head.number:
            return
        for _, text in self._body.paragraphs[:3]:
            match = _MESSAGE.match(text)
            other = _OTHER_NUMBER.match(text, match.end()) if match else None
            if other and post_named(other["series"]) is None:
                yield "numbers", {
                    "record": self._context.record, "series": other["series"], "number": other["number"], "role": "own", **self._place,
                }  # fmt: skip
                return

    def _sent(self) -> tuple[str | None, str | None, str | None]:
        """Date of sending: as printed in the dateline, held against what the editors encoded."""
        dates = [date for dateline in self._body.datelines for date in dateline.iter("date")]
        if not dates:
            text = self._head.date_text
            if not text:
                return None, None, None
            time = find_time(text)
            return date_and_time(find_date(text), time) or head_date(self._head), text, time.zone if time else None
        text = Flow(dates[0]).text
        encoded = _encoded(dates[0])
        date, time = find_date(text), find_time(text)
        printed = date_and_time(date, time)
        zone = time.zone if time else None
        if printed is None or (encoded and len(printed) < len(encoded[0]) and encoded[0].startswith(printed)):
            if encoded and printed and len(encoded[0]) > len(printed):
                self._reading("sent", encoded[0], text, "time as the editors encoded it", 0.9)
            return (
                (encoded[0] if encoded else printed),
                text,
                zone or (encoded[1] if encoded and printed is None else None),
            )
        if encoded and not _agree(printed, encoded[0]):
            message = f"The dateline prints {printed}, the editors encoded {encoded[0]}; the printed value is used."
            self._complain("values disagree", "sent", encoded[0], message)
            self._reading("sent", encoded[0], text, "encoded by the editors, differs from what is printed", 0.5)
        if encoded and zone and not encoded[1] and "T" in encoded[0]:
            self._complain(
                "values disagree", "sent_zone", zone, "The zone that is printed is missing from the encoded date."
            )
        return printed, text, zone

    def _received(self, sent: str | None) -> tuple[str | None, str | None]:
        text = self._note.received_text
        if text is None:
            return None, None
        received, inferred = received_at(text, sent)
        if received and inferred:
            self._reading("received", received, text, "day or year not printed: those of sending", 0.8)
        return received, text

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
            post = row["to_post"] if len(names) == 1 else post_named(name)
            yield correspondent(record, "to", name, post, self._place)
        for role, values in (
            ("repeated to", row["repeated_to"]),
            ("also sent to", row["also_sent_to"]),
            ("passed to", self._note.passed_to),
        ):
            for name in values:
                yield correspondent(record, role, name, post_named(name), self._place)

    def _pages(self) -> str | None:
        """The printed pages of the document: the one on which it begins to the last one that begins in it."""
        numbers = [
            row["text"] for table, row in self._body.entries if table == "markings" and row["kind"] == "page number"
        ]
        first = self._context.page
        if first is None:
            return f"p. {numbers[0]}" if numbers else None
        return f"pp. {first}–{numbers[-1]}" if numbers and numbers[-1] != first else f"p. {first}"


def leading_marks(text: str) -> tuple[str, list[str]] | None:
    """Read a line that holds a classification and perhaps precedence and captions, and nothing else.

    Lines set in small capitals are encoded in lower case; they come out as the vocabulary spells them.
    """
    found = vocabulary("classification").leading(text)
    if found is None:
        return None
    classification = found[0].label if text[: found[1]].islower() else text[: found[1]]
    marks, rest = [], text[found[1] :].strip(" ;,./")
    while rest:
        hit = vocabulary("precedence").leading(rest) or vocabulary("captions").leading(rest)
        if hit is None:
            return None
        marks.append(hit[0].label if rest[: hit[1]].islower() else rest[: hit[1]])
        rest = rest[hit[1] :].strip(" ;,./")
    return classification, marks


def _encoded(date: Element) -> tuple[str, str | None] | None:
    """The encoded date: EDTF without zone, and the zone; of a span the beginning."""
    value = date.get("when") or date.get("from") or date.get("notBefore")
    if not value:
        return None
    match = re.fullmatch(r"(\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d)?)?)?)?)(Z|[+-]\d\d:\d\d)?", value)
    if match is None:
        return None
    text = match[1] + (":00" if len(match[1]) == 16 else "")
    return text, match[2]


def _agree(printed: str, encoded: str) -> bool:
    return printed.startswith(encoded) or encoded.startswith(printed)
