"""From a transcript to rows of the register."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cablegraph.register import Entry
from cablegraph.sources.dates import PrintedDate, date_and_time, find_date, find_time
from cablegraph.sources.source import Documents, Source, finding, reading
from cablegraph.sources.transcript.body import read_body
from cablegraph.sources.transcript.edits import Edit, clean, slips
from cablegraph.sources.transcript.form import (
    Numbered,
    numbered,
    passed_to,
    read_form,
    received,
    references,
    restricted_to,
)
from cablegraph.sources.transcript.lines import Kind, Line, is_classification, read_lines
from cablegraph.sources.telegram import correspondent, direction_of, event, own_number, post_of, sent_and_received
from cablegraph.vocabularies import vocabulary


def read_transcript(source: Source) -> Iterator[Entry]:
    """Read the telegram of a transcript.

    Yields rows of ``records`` and of everything that belongs to them; a reading for each value that is inferred or
    repaired, a finding for each field that a telegram ought to have and that was not found.

    Raises:
        InputError: the file is empty or no text.
    """
    yield from _Transcript(source).read()


class _Transcript:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._lines = read_lines(source)
        self._form = read_form(self._lines)
        self._body = read_body(self._lines[self._form.body_starts :])
        self._record, self._document, _ = Documents(source).take("1", 1)

    def read(self) -> Iterator[Entry]:
        first = next(line.number for line in self._lines if line.kind is not Kind.BLANK)
        row, notes = self._row(first)
        yield "records", row
        yield from notes
        yield from self._ends(row)
        yield from self._parts()
        yield from self._references()
        yield from self._markings()
        yield from self._events(row)
        yield "instantiations", {"record": self._record, "kind": "transcript", "pages": row["pages"], **self._at(first)}

    def _at(self, line: int) -> dict[str, Any]:
        return {"source_file": self._source.file, "source_line": line}

    def _line_of(self, name: str, default: int = 1) -> int:
        found = self._form.fields.get(name)
        return found.line if found else default

    def _row(self, first: int) -> tuple[dict[str, Any], list[Entry]]:
        form, notes = self._form, list[Entry]()
        parsed = numbered(form.text("number") or "")
        sent, more = self._sent(parsed)
        notes += more
        _, received_at = received(form.text("received") or "")
        from_post, to_post = post_of(form.text("from")), post_of(form.text("to"))
        level = next((line for line in self._lines if line.kind is Kind.CLASSIFICATION), None)
        direction = self._direction(from_post, to_post)
        if from_post and vocabulary("posts").concepts[from_post].label != form.text("from"):
            notes.append(
                reading(self._source, self._line_of("from"), self._record, "from_post", from_post, form.text("from"),
                        "the post that telegrams from this place come from", 0.95)
            )  # fmt: skip
        row: dict[str, Any] = {
            "record": self._record,
            "source": self._source.name,
            "document": self._document,
            "kind": "telegram",
            "direction": direction,
            "number": parsed.number,
            "control_number": form.text("control"),
            "subjects": [text] if (text := form.text("subject")) else [],
            "sent_text": parsed.date_text,
            "sent": sent,
            "received_text": form.text("received"),
            "received": received_at,
            "from_text": form.text("from"),
            "from_post": from_post,
            "to_text": form.text("to"),
            "to_post": to_post,
            "precedence": [item.text for item in form.precedence],
            "classification": re.sub(r"^[xX]\s+", "", level.text) if level else None,
            "captions": [item.text for item in form.captions],
            "restricted_to": [name for item in form.captions if (name := restricted_to(item.text))],
            "action_office": form.text("action"),
            "info_office": form.text("info"),
            "signatory_text": self._body.signature.text if self._body.signature else None,
            "pages": max(line.page for line in self._lines),
            "language": "en",
            **self._at(first),
        }
        missing = [name for name in ("number", "sent", "from_text", "to_text", "classification") if not row[name]]
        notes += [
            finding(self._source, first, "field not found", "warning", self._record, name, None,
                    f"No {name.replace('_', ' ')} was found in the transcript; the field stays empty.")
            for name in missing
        ]  # fmt: skip
        return row, notes

    def _sent(self, parsed: Numbered) -> tuple[str | None, list[Entry]]:
        """The date of sending; its year may stand only in the received line or in a stamp."""
        if parsed.date is None or parsed.date.year is not None:
            return date_and_time(parsed.date, parsed.time), []
        received_on, _ = received(self._form.text("received") or "")
        stamps = [
            (date, item)
            for item in self._form.stamps
            if (date := find_date(item.text)) is not None and date.year is not None and not date.short_year
        ]
        evidence = [(received_on, self._form.fields["received"])] if received_on and received_on.year else []
        for date, item in [*evidence, *stamps]:
            year = _year_of(parsed.date, date)
            if year is not None:
                sent = date_and_time(parsed.date.with_year(year), parsed.time)
                how = "year from the received line" if evidence else "year from a stamp"
                return sent, [reading(self._source, item.line, self._record, "sent", sent, item.text, how, 0.95)]
        return None, []

    def _direction(self, from_post: str | None, to_post: str | None) -> str | None:
        for title in self._form.titles:
            word = title.text.split()[0].casefold()
            if word in ("incoming", "outgoing"):
                return word
        return direction_of(from_post, to_post)

    def _ends(self, row: dict[str, Any]) -> Iterator[Entry]:
        for role in ("from", "to"):
            if text := row[f"{role}_text"]:
                yield correspondent(self._record, role, text, row[f"{role}_post"], self._at(self._line_of(role)))
        yield from own_number(row, self._at(self._line_of("number")))

    def _parts(self) -> Iterator[Entry]:
        source, record, rank = self._source, self._record, 1
        head = [line.text for line in self._lines[: self._form.body_starts] if line.kind is not Kind.BLANK]
        yield "parts", self._part("head", rank, "head", "\n".join(head), 1, 1)
        if "subject" in self._form.fields:
            rank += 1
            item = self._form.fields["subject"]
            yield "parts", self._part("subject", rank, "subject", item.text, item.line, 1)
        for part in self._body.parts:
            rank += 1
            text, edits = clean(part.raw)
            row = self._part(part.key, rank, part.kind, text, part.line, part.page)
            yield "parts", row | {"label": part.label, "parent": part.parent, "anchor": part.anchor}
            if part.printed_label:
                how = "numbering repaired by structure: a list 1, 2, … follows inside, and the sections go on with II"
                yield reading(source, part.line, record, "label", part.label, part.printed_label, how, 0.95, part.key)
            if part.anchor is None:
                yield from self._edits(part.key, part.line, [*edits, *slips(text)])
        if self._body.signature:
            rank += 1
            sign = self._body.signature
            yield "parts", self._part("signature", rank, "signature", sign.text, sign.number, sign.page)
        for number, note in enumerate(self._body.notes, 1):
            rank += 1
            yield "parts", self._part(f"note-{number}", rank, "note", note.raw, note.line, note.page)
        for printed, joined, line in self._body.hyphens:
            yield reading(source, line, record, "text", joined, printed, "word joined over the end of a line", 0.99)

    def _part(self, key: str, rank: int, kind: str, text: str, line: int, page: int) -> dict[str, Any]:
        return {"record": self._record, "part": key, "rank": rank, "kind": kind, "text": text or None, "page": page,
                **self._at(line)}  # fmt: skip

    def _edits(self, part: str, line: int, edits: list[Edit]) -> Iterator[Entry]:
        for edit in edits:
            hand = None if edit.kind == "correction" else "unknown hand"
            yield "edits", {"record": self._record, "part": part, "start": edit.start, "end": edit.end,
                            "kind": edit.kind, "text": edit.text, "hand": hand, **self._at(line)}  # fmt: skip

    def _references(self) -> Iterator[Entry]:
        own = numbered(self._form.text("number") or "").number
        places = [("head", item.text, item.line) for name in ("reference",) if (item := self._form.fields.get(name))]
        places += [(part.key, clean(part.raw)[0], part.line) for part in self._body.parts if part.anchor is None]
        for part, text, line in places:
            for surface, word, number in references(text):
                named = vocabulary("series").find(word)
                post = vocabulary("posts").find(word)
                if number == own and post and post.key == post_of(self._form.text("from")):
                    continue  # the telegram names itself
                yield "references", {
                    "record": self._record, "part": part, "surface": surface, "number": number,
                    "series": None if named is None or named.plain else named.label, "post": post and post.key,
                    "direction": named and named.direction, **self._at(line),
                }  # fmt: skip

    def _markings(self) -> Iterator[Entry]:
        for kind, items in (("form", self._form.titles), ("microfilm", self._form.microfilm), ("stamp", self._form.stamps)):
            for item in items:
                yield self._marking(kind, item.text, item.line, 1)
        inside = self._form.body_starts
        waiting: list[Line] = []
        for index, line in enumerate(self._lines):
            if waiting and line.kind is not waiting[-1].kind:
                yield self._run(waiting)
                waiting = []
            if line.kind in (Kind.FORM, Kind.DECLASSIFICATION):
                waiting.append(line)
            elif line.kind is Kind.CLASSIFICATION:
                yield self._marking("classification", line.text, line.number, line.page)
            elif line.kind is Kind.COPY:
                yield self._marking("copy", line.text, line.number, line.page)
            elif line.kind is Kind.PAGE_HEAD:
                part, anchor = self._after(index, line.page)
                row = self._marking("page head", line.text, line.number, line.page)
                yield row[0], row[1] | {"part": part, "anchor": anchor}
            elif index >= inside and line.kind in (Kind.CODE, Kind.OPERATOR, Kind.MICROFILM):
                kind = {Kind.CODE: "stamp", Kind.OPERATOR: "operator"}.get(line.kind, "microfilm")
                yield self._marking(kind, line.text, line.number, line.page)
        if waiting:
            yield self._run(waiting)
        for line in self._lines:
            if line.kind is Kind.FORM:
                for cell in re.split(r"[\t|]", line.text):
                    if is_classification(cell.strip()):
                        yield self._marking("classification", cell.strip(), line.number, line.page)

    def _run(self, lines: list[Line]) -> Entry:
        kind = "form" if lines[0].kind is Kind.FORM else "declassification"
        text = "\n".join(line.text for line in lines) if kind == "form" else " ".join(line.text for line in lines)
        return self._marking(kind, text.strip("\"“” "), lines[0].number, lines[0].page)

    def _after(self, index: int, page: int) -> tuple[str | None, int | None]:
        """The part in which a page begins, and the offset in its text where the page break falls."""
        if page in self._body.page_breaks:
            return self._body.page_breaks[page]
        number = self._lines[index].number
        following = next((part for part in self._body.parts if part.line > number and part.raw), None)
        return (following.key, 0) if following else (None, None)

    def _marking(self, kind: str, text: str, line: int, page: int) -> Entry:
        date = find_date(text) if kind in ("microfilm", "stamp") else None
        edtf = date.edtf if date and date.year and not date.short_year else None
        return "markings", {"record": self._record, "page": page, "kind": kind, "text": text, "date": edtf, **self._at(line)}

    def _events(self, row: dict[str, Any]) -> Iterator[Entry]:
        yield from sent_and_received(row, self._at(self._line_of("number")), self._at(self._line_of("received")))
        for item in self._form.routing:
            yield self._event("passed", None, None, passed_to(item.text), "requested", item.line)
        for item in self._form.microfilm:
            date = find_date(item.text)
            agent = re.search(r"\bFOR\s+(?P<agent>.+?)(?:\s+[A-Z]+ \d{4})?$", item.text, re.IGNORECASE)
            text = item.text[date.start : date.end] if date else None
            yield self._event("microfilmed", date and date.edtf, text, agent and agent["agent"], "done", item.line)
        declassified = next((line for line in self._lines if line.kind is Kind.DECLASSIFICATION), None)
        if declassified:
            yield self._event("declassified", None, None, None, "done", declassified.number)
        for note in self._body.notes:
            yield from self._noted(note.raw, note.line)

    def _noted(self, text: str, line: int) -> Iterator[Entry]:
        """Read ``NOTE: PASSED WHITE HOUSE 11/19/62, 8:45 PM`` and ``NOTE: Advance copies to SS …``."""
        date, time = find_date(text), find_time(text)
        at = date_and_time(date, time)
        at_text = text[date.start : max(date.end, time.end if time else 0)] if date else None
        until = date.start if date else len(text)
        words = re.sub(r"^NOTE\s*[:.]\s*", "", text[:until], flags=re.IGNORECASE).strip(" ,.;")
        advance = re.match(r"advance cop(?:y|ies) to (?P<first>.+?)(?: passed to (?P<second>.+?))?(?: per \S+)?$", words, re.IGNORECASE)
        passed = re.match(r"(?:relayed|passed|repeated|sent) (?:to )?(?P<agent>.+)$", words, re.IGNORECASE)
        if advance:
            for name in (advance["first"], advance["second"]):
                if name:
                    yield self._event("advance copies", at, at_text, name, "done", line)
        elif passed:
            kind = {"relayed": "relayed", "repeated": "repeated"}.get(words.split()[0].casefold(), "passed")
            yield self._event(kind, at, at_text, passed["agent"], "done", line)
        else:
            yield finding(self._source, line, "not understood", "info", self._record, "note", text,
                          "The note is kept as a part; what it says happened was not understood.")  # fmt: skip

    def _event(
        self, kind: str, at: str | None, at_text: str | None, agent: str | None, state: str, line: int
    ) -> Entry:
        return event(self._record, kind, at, at_text, agent, state, self._at(line))


def _year_of(date: PrintedDate, other: PrintedDate) -> int | None:
    """The year of a date without one, told from a dated mark of the same time; January may follow December."""
    if other.year is None:
        return None
    if date.month == other.month:
        return other.year
    if date.month == 12 and other.month == 1:
        return other.year - 1
    return other.year if (other.month - date.month) % 12 <= 2 else None


