"""From a transcript to rows of the register."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cablegraph.register import Entry
from cablegraph.sources.relative import relative_rows
from cablegraph.sources.source import Documents, Source
from cablegraph.sources.telegram import DEPARTMENT_KEY, correspondent, own_number
from cablegraph.sources.transcript.body import Part, read_body
from cablegraph.sources.transcript.damage import signs_of_damage
from cablegraph.sources.transcript.edits import revised, slips
from cablegraph.sources.transcript.events import read_events
from cablegraph.sources.transcript.expected import missing, tags_of, tell
from cablegraph.sources.transcript.fields import Field
from cablegraph.sources.transcript.heading import read_head
from cablegraph.sources.transcript.lines import Kind, Line, read_lines
from cablegraph.sources.transcript.markings import read_markings
from cablegraph.sources.transcript.marks import restricted_to
from cablegraph.sources.transcript.numbers import references, sections_in
from cablegraph.sources.transcript.pages import order_pages
from cablegraph.sources.transcript.restoring import restore
from cablegraph.sources.transcript.showing import Showing
from cablegraph.sources.transcript.sureness import AMID, AMONG_DAMAGE, AS_FIGURES, BROKEN, LOOKALIKE, PLACED
from cablegraph.sources.transcript.telegrams import telegrams
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
    for number, (lines, sure) in enumerate(found, 1):
        record, document, _ = documents.take(str(number), lines[0].number)
        showing = Showing(source, record, document)
        if number > 1:
            message = f"The file holds {len(found)} telegrams; this one begins here."
            if not sure:
                message += " Marks above its title are kept with the one before, since nothing shows whose they are."
            yield showing.finding(lines[0].number, "several telegrams", None, str(number), message, "info")
        yield from _Transcript(lines, showing).read()


class _Transcript:
    def __init__(self, lines: list[Line], showing: Showing) -> None:
        self._showing = showing
        self._lines, self._faults = order_pages(lines)
        restore([line for line in self._lines if line.page == 1])
        self._damage = signs_of_damage(self._lines)
        self._head = read_head(self._lines, showing)
        form = self._head.form
        self._lines[form.body_starts :] = [
            line if index in form.strayed else line.as_given()
            for index, line in enumerate(self._lines[form.body_starts :], form.body_starts)
        ]
        text = [
            line for index, line in enumerate(self._lines) if index >= form.body_starts and index not in form.strayed
        ]
        self._body = read_body(text)

    def read(self) -> Iterator[Entry]:
        showing = self._showing
        first = next((line.number for line in self._lines if line.kind is not Kind.BLANK), self._lines[0].number)
        row = self._row(first)
        yield "records", row
        yield from self._head.entries
        yield from tell(self._head, self._body, self._damage, showing)
        yield from missing(self._head, self._body, first, showing)
        yield from self._page_faults()
        yield from self._ends(row)
        yield from self._parts()
        yield from self._references(row)
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
            "direction": _text(head.direction),
            "series": head.series,
            "number": _text(head.number),
            "control_number": _text(head.control),
            "dtg": _text(head.dtg),
            "subjects": [text] if (text := form.text("subject")) else [],
            "sent_text": head.sent.text,
            "sent": _text(head.sent_at),
            "sent_zone": head.zone,
            "received_text": form.text("received"),
            "received": _text(head.received),
            "from_text": _text(head.origin),
            "from_post": head.from_post,
            "to_text": _text(head.to),
            "to_post": head.to_post,
            "precedence": list(dict.fromkeys(item.text for item in head.precedence)),
            "classification": _text(head.classification),
            "captions": [item.text for item in form.captions],
            "restricted_to": [name for item in form.captions if (name := restricted_to(item.text))],
            "action_office": head.office("action"),
            "info_office": head.office("info"),
            "tags": tags_of(form.text("tags")),
            "drafted_by": [text] if (text := form.text("drafted")) else [],
            "cleared_by": [text] if (text := form.text("cleared")) else [],
            "approved_by": [text] if (text := form.text("approved")) else [],
            "repeated_to": [item.text for item, _ in head.repeated],
            "also_sent_to": [item.text for item, _ in head.sent_to[1:]],
            "signatory_text": self._body.signature.name if self._body.signature else None,
            "pages": max(line.page for line in self._lines),
            "sections": self._sections(),
            "language": "en",
            **self._showing.at(first),
        }

    def _sections(self) -> int | None:
        """In how many sections the telegram went, told from its head."""
        head = (line.text for line in self._lines[: self._head.form.body_starts] if len(line.text) < 200)
        return next((count for text in head if (count := sections_in(text))), None)

    def _page_faults(self) -> Iterator[Entry]:
        for fault in self._faults:
            if fault.repaired:
                yield self._showing.reading(fault.line, "page", fault.repaired, fault.value, fault.message, fault.sure)
            else:
                yield self._showing.finding(fault.line, fault.kind, "pages", fault.value, fault.message)
        doubts = [fault for fault in self._faults if fault.kind in ("page not found", "repeated page")]
        if doubts:
            pages = str(max(line.page for line in self._lines))
            how = "the highest number of a page head, and not every page has its head"
            yield self._showing.reading(doubts[0].line, "pages", pages, doubts[0].value, how, BROKEN)

    def _ends(self, row: dict[str, Any]) -> Iterator[Entry]:
        head, showing = self._head, self._showing
        if head.origin:
            yield correspondent(showing.record, "from", head.origin.text, head.from_post, showing.at(head.origin.line))
        for rank, (item, line) in enumerate(head.sent_to):
            role, post = ("also sent to", item.post) if rank else ("to", head.to_post)
            yield correspondent(showing.record, role, item.text, post, showing.at(line))
        for item, line in head.repeated:
            yield correspondent(showing.record, "repeated to", item.text, item.post, showing.at(line))
        yield from own_number(row, showing.at(head.number_line or row["source_line"]))
        others = [("sent to", *entry) for entry in head.sent_to] + [("repeated to", *entry) for entry in head.repeated]
        for role, item, line in others:
            if item.number and (role, item.number) != ("sent to", row["number"]):
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
            text, _ = part.typed
            table, row = self._part(part.key, rank, part.kind, text, part.line, part.page)
            yield table, row | {"label": part.label, "parent": part.parent, "anchor": part.anchor}
            if part.anchor is None:
                yield from self._noted(part)
        if sign := self._body.signature:
            rank += 1
            place = sign.paragraph
            yield self._part("signature", rank, "signature", place.raw, place.line, place.page)
        for paragraph in self._body.gaps:
            message = f"{paragraph.gap} is missing before {paragraph.label}; its text may be missing or stand in another part."
            yield self._showing.finding(paragraph.line, "label not found", "label", paragraph.gap, message)
            how = "as printed, and the label before it is missing"
            yield self._showing.reading(paragraph.line, "label", paragraph.label, paragraph.gap, how, PLACED)
        for number, note in enumerate(self._body.notes, 1):
            rank += 1
            yield self._part(f"note-{number}", rank, "note", note.raw, note.line, note.page)

    def _part(self, key: str, rank: int, kind: str, text: str, line: int, page: int) -> Entry:
        return self._showing.row("parts", line, part=key, rank=rank, kind=kind, text=text or None, page=page)

    def _noted(self, part: Part) -> Iterator[Entry]:
        """The edits of a part, and how its label and its text were read."""
        showing = self._showing
        text, edits = part.typed
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
            yield showing.reading(part.line, "label", part.label, part.printed_label, how, LOOKALIKE, part.key)
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

    def _references(self, row: dict[str, Any]) -> Iterator[Entry]:
        head, form = self._head, self._head.form
        places = [("head", item.text, item.line) for item in [form.fields.get("reference")] if item]
        places += [(part.key, part.typed[0], part.line) for part in self._body.parts if part.anchor is None]
        for part, text, line in places:
            for surface, word, number in references(text):
                named = vocabulary("series").find(word)
                post = vocabulary("posts").find(word)
                if number.lstrip("0") == _text(head.number) and post and post.key in (head.from_post, DEPARTMENT_KEY):
                    continue  # the telegram names itself
                series = None if named is None or named.plain else named.label
                direction = named and named.direction
                if post and post.key == DEPARTMENT_KEY:
                    post, direction = None, "outgoing"  # which post the Department wrote to is not said
                if not surface.endswith(number):
                    value = f"{word} {number}"
                    yield self._showing.reading(line, "references", value, surface, AS_FIGURES, LOOKALIKE, part)
                elif self._damage.shown and part != "head":
                    yield self._showing.reading(line, "references", surface, surface, AMID, AMONG_DAMAGE, part)
                yield self._showing.row(
                    "references", line, part=part, surface=surface, number=number, series=series,
                    post=post and post.key, direction=direction,
                )  # fmt: skip
            if part != "head":
                yield from (
                    self._showing.row("references", line, part=part, **named) for named in relative_rows(text, row)
                )


def _text(found: Field | None) -> str | None:
    return found.text if found else None
