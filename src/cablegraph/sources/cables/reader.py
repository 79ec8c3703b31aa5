"""From the cables of a file to rows of the register."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cablegraph.register import Entry
from cablegraph.sources.cables.agreement import check_agreement
from cablegraph.sources.cables.attributes import read_attributes
from cablegraph.sources.cables.blocks import Cable, read_blocks
from cablegraph.sources.cables.body import read_body
from cablegraph.sources.cables.fields import Fields
from cablegraph.sources.cables.head import read_head
from cablegraph.sources.cables.lines import Kind, page_head, sort_lines
from cablegraph.sources.cables.markings import read_markings, read_review
from cablegraph.sources.cables.numbers import Reference, read_references
from cablegraph.sources.relative import relative_rows
from cablegraph.sources.source import Documents, Source, finding
from cablegraph.sources.telegram import correspondent, own_number, sent_and_received
from cablegraph.sources.transcript.numbers import references
from cablegraph.sources.transcript.showing import Showing

#: Fields that a telegram ought to have.
_NEEDED = ("number", "sent", "from_text", "to_text", "classification", "kind")
#: Numbers in running text with fewer figures are seldom those of telegrams.
_LEAST_FIGURES = 3


def read_cables(source: Source) -> Iterator[Entry]:
    """Read the cables of a file.

    Yields rows of ``records`` and of everything that belongs to them; a reading for each value that is inferred,
    repaired or without a place in the register, a finding for what is missing, contradictory or not understood.

    Raises:
        InputError: the file is empty or holds no cable.
    """
    documents = Documents(source)
    for count, cable in enumerate(read_blocks(source), 1):
        if cable.empty:
            message = "The heading has nothing below it; there is no cable to read."
            headings = "\n".join(line.text for line in cable.headings) or None
            yield finding(source, cable.line, "empty cable", "warning", None, None, headings, message)
            yield from _outside(cable, source, None)
            continue
        yield from _Cable(cable, source, documents, count).read()


def _outside(cable: Cable, source: Source, record: str | None) -> Iterator[Entry]:
    """Tell of the lines above the first heading of a file."""
    if cable.before:
        text = "\n".join(line.text for line in cable.before)
        message = "The lines stand above the first heading and belong to no block; they are kept here only."
        yield finding(source, cable.before[0].number, "text outside a cable", "warning", record, None, text, message)


class _Cable:
    def __init__(self, cable: Cable, source: Source, documents: Documents, count: int) -> None:
        self._cable = cable
        self._lines = sort_lines([(line.number, line.text) for line in cable.text or ()])
        self._head = read_head(self._lines)
        self._body = read_body(self._lines[self._head.ends :])
        self._attributes = read_attributes(cable.attributes or ())
        stations = [found[1:] for line in self._lines if (found := page_head(line.text)) and found[2]]
        self._fields = Fields(self._head, self._attributes, stations[0] if stations else None, cable.line)
        record, self._document, self._repeated = documents.take(self._fields.document or str(count), cable.line)
        self._showing = Showing(source, record, self._document)

    def read(self) -> Iterator[Entry]:
        cable, showing, fields = self._cable, self._showing, self._fields
        row = self._row()
        yield "records", row
        yield from self._repeated
        for line, field, value, surface, how, confidence in fields.readings:
            yield showing.reading(line, field, value, surface, how, confidence)
        for at, kind, about, found, message, severity in fields.findings:
            yield showing.finding(at, kind, about, found, message, severity)
        yield from self._missing(row)
        yield from _outside(cable, showing.source, showing.record)
        mrn = fields.mrn if self._attributes.value("Document Number") else None
        yield from check_agreement(self._head, self._attributes, mrn, showing, cable.line)
        yield from self._ends(row)
        yield from self._parts()
        yield from self._references(row)
        yield from read_markings(cable, self._lines, self._attributes, self._body, showing)
        yield from sent_and_received(row, showing.at(fields.sent_line), showing.at(fields.sent_line))
        yield from read_review(cable, self._lines, self._attributes, showing)
        locator = self._attributes.value("Legacy Key")
        yield showing.row("instantiations", cable.line, kind="electronic telegram", locator=locator, pages=row["pages"])

    def _row(self) -> dict[str, Any]:
        sign = self._body.signature
        pages = [line.page for line in self._lines if line.kind is Kind.PAGE_HEAD]
        return {
            "record": self._showing.record,
            "source": self._showing.source.name,
            "document": self._document,
            **self._fields.row,
            "signatory_text": sign.text if sign else None,
            "pages": self._fields.row["pages"] or (max(pages) if pages else None),
            "language": "en",
            **self._showing.at(self._cable.line),
        }

    def _missing(self, row: dict[str, Any]) -> Iterator[Entry]:
        showing, cable = self._showing, self._cable
        for name in _NEEDED:
            if row[name] is None:
                message = f"No {name} was found in the text or the attributes; look for it in the source."
                yield showing.finding(cable.line, "field not found", name, None, message)
        for block, lines in (("Message Text", cable.text), ("Message Attributes", cable.attributes)):
            if lines is None or not any(line.text for line in lines):
                message = f"The cable has no block {block}; what it would say is absent."
                yield showing.finding(cable.line, "block not found", None, block, message, "info")
        if self._lines and not self._head.found and any(line.text for line in self._lines):
            message = "No date-time group, FM or line of classification and number was found; all of the text is kept as body."
            yield showing.finding(cable.line, "head not found", None, None, message)
        if cable.controls:
            count = len(cable.controls)
            message = f"{count} lines hold control characters; they are replaced by U+FFFD."
            yield showing.finding(cable.controls[0], "control characters", None, str(count), message)
        for line in self._lines:
            if line.printed:
                how = "a line of declassification that was injected into the line is left out of the text"
                yield showing.reading(line.number, "text", line.text, line.printed, how, 0.95)

    def _ends(self, row: dict[str, Any]) -> Iterator[Entry]:
        showing, head, fields = self._showing, self._head, self._fields
        if row["from_text"]:
            yield correspondent(
                showing.record, "from", row["from_text"], row["from_post"], showing.at(fields.from_line)
            )
        for rank, (item, line) in enumerate(fields.to):
            yield correspondent(
                showing.record, "also sent to" if rank else "to", item.text, item.post, showing.at(line)
            )
        for item, line in head.info:
            yield correspondent(showing.record, "info", item.text, item.post, showing.at(line))
        yield from own_number(row, showing.at(fields.number_line))
        if row["direction"] != "outgoing" or not row["number"]:
            return
        # The Department's numbers run over all posts: each addressee knows the telegram by the same one.
        others = [("sent to", *entry) for entry in fields.to[1:]] + [("repeated to", *entry) for entry in head.info]
        for role, item, line in others:
            if item.post and item.post != row["to_post"]:
                yield showing.row(
                    "numbers", line, post=item.post, series=row["series"], number=row["number"], role=role
                )

    def _parts(self) -> Iterator[Entry]:
        head, body = self._head, self._body
        parts: list[dict[str, Any]] = []
        if head.lines:
            text = "\n".join(line.text for line in head.lines)
            first = head.lines[0]
            parts.append({"part": "head", "kind": "head", "text": text, "page": first.page, "line": first.number})
        if subject := head.text("subject"):
            line = head.line("subject", self._cable.line)
            parts.append({"part": "subject", "kind": "subject", "text": subject, "page": 1, "line": line})
        for paragraph in body.paragraphs:
            parts.append(
                {
                    "part": paragraph.key, "kind": "paragraph", "label": (paragraph.label or "").rstrip(".") or None,
                    "parent": paragraph.parent, "text": paragraph.text or None, "page": paragraph.page,
                    "line": paragraph.line,
                }
            )  # fmt: skip
        if sign := body.signature:
            parts.append(
                {"part": "signature", "kind": "signature", "text": sign.text, "page": sign.page, "line": sign.number}
            )
        kept = [line for line in self._cable.attributes or () if line.text]
        if kept:
            text = "\n".join(line.text for line in kept)
            parts.append({"part": "attributes", "kind": "form", "text": text, "line": kept[0].number})
        for rank, part in enumerate(parts, 1):
            yield self._showing.row("parts", part.pop("line"), rank=rank, **part)

    def _references(self, row: dict[str, Any]) -> Iterator[Entry]:
        showing, line = self._showing, self._cable.line
        seen: set[tuple[str | None, ...]] = set()
        fields: list[tuple[str, str | None, int]] = []
        if field := self._head.fields.get("reference"):
            fields.append(("head", field.text, field.line))
        kept = self._attributes.value("Reference")
        fields.append(("attributes", kept, self._attributes.line("Reference", line)))
        for part, text, at in fields:
            for found in read_references(text or ""):
                if isinstance(found, str):
                    message = "The reference names no station and number that are known; it is kept in the head or the attributes."
                    yield showing.finding(at, "not understood", "references", found, message, "info")
                elif found.key not in seen and not self._is_own(found, row):
                    seen.add(found.key)
                    yield self._reference(found, part, at)
        for paragraph in self._body.paragraphs:
            for surface, named, number in references(paragraph.text):
                if len(number) < _LEAST_FIGURES or (len(number) == 4 and number.startswith("19")):
                    continue
                for found in read_references(f"{named.upper()} {number}"):
                    if isinstance(found, Reference) and not self._is_own(found, row):
                        yield self._reference(found, paragraph.key, paragraph.line, surface)
            for unnumbered in relative_rows(paragraph.text, row):
                yield showing.row("references", paragraph.line, part=paragraph.key, **unnumbered)

    def _reference(self, found: Reference, part: str, line: int, surface: str | None = None) -> Entry:
        return self._showing.row(
            "references", line, part=part, surface=surface or found.surface, series=found.series, number=found.number,
            date=found.year, post=found.post, direction=found.direction, how=found.how or "station and number",
        )  # fmt: skip

    def _is_own(self, found: Reference, row: dict[str, Any]) -> bool:
        if found.number != row["number"] or found.series != row["series"]:
            return False
        return (found.direction == "outgoing" and row["direction"] == "outgoing") or (
            found.post is not None and found.post == row["from_post"]
        )
