"""From a transcript to rows of the register."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cablegraph.register import Entry
from cablegraph.sources.source import Documents, Source
from cablegraph.sources.telegram import DEPARTMENT_KEY, correspondent, own_number, post_of
from cablegraph.sources.transcript.body import Part, read_body
from cablegraph.sources.transcript.edits import clean, revised, slips
from cablegraph.sources.transcript.events import read_events
from cablegraph.sources.transcript.head import read_head
from cablegraph.sources.transcript.lines import Kind, Line, read_lines
from cablegraph.sources.transcript.markings import read_markings
from cablegraph.sources.transcript.marks import restricted_to
from cablegraph.sources.transcript.numbers import references
from cablegraph.sources.transcript.pages import order_pages, telegrams
from cablegraph.sources.transcript.showing import Showing
from cablegraph.vocabularies import vocabulary


def read_transcript(source: Source) -> Iterator[Entry]:
    """Read the telegrams of a transcript.

    Yields rows of ``records`` and of everything that belongs to them; a reading for each value that is inferred or
    repaired, a finding for each field that a telegram ought to have and that was not found.

    Raises:
        InputError: the file is empty or no text.
    """
    documents = Documents(source)
    found = telegrams(read_lines(source))
    for number, lines in enumerate(found, 1):
        record, document, _ = documents.take(str(number), lines[0].number)
        showing = Showing(source, record, document)
        if number > 1:
            message = f"The file holds {len(found)} telegrams; marks above the title of this one are kept with the one before."
            yield showing.finding(lines[0].number, "several telegrams", None, str(number), message, "info")
        yield from _Transcript(lines, showing).read()


class _Transcript:
    def __init__(self, lines: list[Line], showing: Showing) -> None:
        self._showing = showing
        self._lines, self._faults = order_pages(lines)
        self._head = read_head(self._lines, showing)
        form = self._head.form
        text = [
            line for index, line in enumerate(self._lines) if index >= form.body_starts and index not in form.strayed
        ]
        self._body = read_body(text)

    def read(self) -> Iterator[Entry]:
        showing = self._showing
        first = next((line.number for line in self._lines if line.kind is not Kind.BLANK), self._lines[0].number)
        row = self._row(first)
        yield "records", row
        yield from self._head.notes
        yield from self._page_faults()
        yield from self._ends(row)
        yield from self._parts()
        yield from self._references()
        yield from read_markings(self._lines, self._head.form, self._body, showing)
        yield from read_events(self._lines, self._head, self._body, row, showing)
        yield showing.row("instantiations", first, kind="transcript", pages=row["pages"])

    def _row(self, first: int) -> dict[str, Any]:
        head, form = self._head, self._head.form
        return {
            "record": self._showing.record,
            "source": self._showing.source.name,
            "document": self._showing.document,
            "kind": head.kind,
            "direction": head.direction,
            "series": head.series,
            "number": head.number,
            "control_number": head.control,
            "dtg": head.cable.dtg.text if head.cable and head.cable.dtg else None,
            "subjects": [text] if (text := form.text("subject")) else [],
            "sent_text": head.sent.text,
            "sent": head.sent.edtf,
            "sent_zone": head.zone,
            "received_text": form.text("received"),
            "received": head.received,
            "from_text": head.origin.text if head.origin else None,
            "from_post": head.from_post,
            "to_text": head.to.text if head.to else None,
            "to_post": head.to_post,
            "precedence": list(dict.fromkeys(head.precedence)),
            "classification": head.classification,
            "captions": [item.text for item in form.captions],
            "restricted_to": [name for item in form.captions if (name := restricted_to(item.text))],
            "action_office": _office(form.text("action")),
            "info_office": _office(form.text("info")),
            "tags": [tag.strip() for tag in (form.text("tags") or "").split(",") if tag.strip()],
            "drafted_by": [text] if (text := form.text("drafted")) else [],
            "cleared_by": [text] if (text := form.text("cleared")) else [],
            "approved_by": [text] if (text := form.text("approved")) else [],
            "repeated_to": [item.text for item, _ in head.repeated],
            "also_sent_to": [item.text for item, _ in head.sent_to[1:]],
            "signatory_text": self._body.signature.raw if self._body.signature else None,
            "pages": max(line.page for line in self._lines),
            "language": "en",
            **self._showing.at(first),
        }

    def _page_faults(self) -> Iterator[Entry]:
        for fault in self._faults:
            if fault.repaired:
                yield self._showing.reading(fault.line, "page", fault.repaired, fault.value, fault.message, 0.9)
            else:
                yield self._showing.finding(fault.line, fault.kind, "page", fault.value, fault.message)

    def _ends(self, row: dict[str, Any]) -> Iterator[Entry]:
        head, showing = self._head, self._showing
        if head.origin:
            yield correspondent(showing.record, "from", head.origin.text, head.from_post, showing.at(head.origin.line))
        for rank, (item, line) in enumerate(head.sent_to):
            role, post = ("also sent to", item.post) if rank else ("to", head.to_post)
            yield correspondent(showing.record, role, item.text, post, showing.at(line))
        for item, line in head.repeated:
            yield correspondent(showing.record, "repeated to", item.text, item.post, showing.at(line))
        yield from own_number(row, showing.at(head.number_line))
        others = [("sent to", *entry) for entry in head.sent_to] + [("repeated to", *entry) for entry in head.repeated]
        for role, item, line in others:
            if item.number and (role, item.number) != ("sent to", head.number):
                yield showing.row("numbers", line, post=item.post, series=None, number=item.number, role=role)

    def _parts(self) -> Iterator[Entry]:
        form, rank = self._head.form, 1
        lines = enumerate(self._lines)
        head = [
            line.typed for index, line in lines if line.typed and (index < form.body_starts or index in form.strayed)
        ]
        if head:
            yield self._part("head", rank, "head", "\n".join(head), self._lines[0].number, 1)
        if subject := form.text("subject"):
            rank += 1
            yield self._part("subject", rank, "subject", subject, form.line("subject"), 1)
        for part in self._body.parts:
            rank += 1
            text, _ = clean(part.raw)
            table, row = self._part(part.key, rank, part.kind, text, part.line, part.page)
            yield table, row | {"label": part.label, "parent": part.parent, "anchor": part.anchor}
            if part.anchor is None:
                yield from self._noted(part)
        if sign := self._body.signature:
            rank += 1
            yield self._part("signature", rank, "signature", sign.raw, sign.line, sign.page)
        for number, note in enumerate(self._body.notes, 1):
            rank += 1
            yield self._part(f"note-{number}", rank, "note", note.raw, note.line, note.page)

    def _part(self, key: str, rank: int, kind: str, text: str, line: int, page: int) -> Entry:
        return self._showing.row("parts", line, part=key, rank=rank, kind=kind, text=text or None, page=page)

    def _noted(self, part: Part) -> Iterator[Entry]:
        """The edits of a part, and how its label and its text were read."""
        showing = self._showing
        text, edits = clean(part.raw)
        for edit in [*edits, *slips(text)]:
            hand = None if edit.kind == "correction" else "unknown hand"
            yield showing.row(
                "edits",
                part.line,
                part=part.key,
                start=edit.start,
                end=edit.end,
                kind=edit.kind,
                text=edit.text,
                hand=hand,
            )
        if part.printed_label:
            how = "label repaired by the numbering around it"
            yield showing.reading(part.line, "label", part.label, part.printed_label, how, 0.95, part.key)
        for printed in part.hyphens:
            joined = printed.replace("-\n", "")
            how = "word joined over the end of a line"
            yield showing.reading(part.line, "text", joined, printed, how, 0.95, part.key)
        for words in part.moved:
            how = "written in above a line; placed behind the first words struck there"
            yield showing.reading(part.line, "edits", words, f"*{words}*", how, 0.6, part.key)
        if any(edit.kind == "insertion" for edit in edits):
            how = "struck words left out, inserted words put in where the transcript has them"
            yield showing.reading(part.line, "revised_text", revised(part.raw), text, how, 0.6, part.key)

    def _references(self) -> Iterator[Entry]:
        head, form = self._head, self._head.form
        places = [("head", item.text, item.line) for item in [form.fields.get("reference")] if item]
        places += [(part.key, clean(part.raw)[0], part.line) for part in self._body.parts if part.anchor is None]
        for part, text, line in places:
            for surface, word, number in references(text):
                named = vocabulary("series").find(word)
                post = vocabulary("posts").find(word)
                if number == head.number and post and post.key == head.from_post:
                    continue  # the telegram names itself
                series = None if named is None or named.plain else named.label
                yield self._showing.row(
                    "references", line, part=part, surface=surface, number=number, series=series,
                    post=post and post.key, direction=named and named.direction,
                )  # fmt: skip


def _office(text: str | None) -> str | None:
    """An office of the Department; where the label names posts, they are addressees."""
    if text and vocabulary("posts").leading(text) and post_of(text) != DEPARTMENT_KEY:
        return None
    return text
