"""Recognition: what texts name without a mark of the source, with offsets, kind, entity, confidence and evidence.

Names that the source marks without saying whom they mean (a ``persName`` without ``corresp``) are told here, too. Where
the source has marked a person, nothing else is recognised.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from operator import itemgetter

import pyarrow as pa

from cablegraph.linking.recognition.documents import Document, Text, documents
from cablegraph.linking.recognition.known import Known
from cablegraph.linking.recognition.letters import letters
from cablegraph.linking.recognition.offices import Offices, stands_for_itself
from cablegraph.linking.recognition.people import People
from cablegraph.linking.recognition.persons import PersonMention, PersonRecogniser
from cablegraph.linking.recognition.things import IN_A_PLACE, PLAIN_WORDS, post_named, things
from cablegraph.register import READ_TABLES, RECOGNISED
from cablegraph.relations import Connection, create_table

__all__ = ["recognise"]

_Row = tuple[object, ...]
#: Place of the text, start, end, kind, scheme, entity, holder, confidence, how.
_Found = tuple[int, int, int, str, str | None, str | None, str | None, float, str]
_Span = tuple[int, int]
_IN_VOCABULARY = "a name in the vocabularies"


def recognise(db: Connection, known: Known) -> None:
    """Make ``recognised``, rows of ``mentions``: one a name in the texts of the register, numbered on from the mentions of its record.

    ``scheme`` is the vocabulary of the entity, null where it is described by a table of the register; ``holder`` is the
    person who held an office on the day of the document.
    """
    recogniser = _Recogniser(db)
    lists = known.lists()
    for source in lists:
        recogniser.run(known.listed(source), [source])
    others = [
        source
        for (source,) in db.execute("SELECT DISTINCT source FROM records ORDER BY 1").fetchall()
        if source not in lists
    ]
    if others:
        texts = (text.folded for batch in documents(db, others) for document in batch for text in document.texts)
        recogniser.run(known.others(texts), others)
    db.execute("CREATE TABLE recognised AS FROM found_names ORDER BY record, n")


class _Recogniser:
    """Recognises in documents of a register, and stores what it finds in the table ``found_names``."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._things, self._offices = things(db), Offices(db)
        self._schema = READ_TABLES["mentions"]
        create_table(db, "found_names", {field.name: field.type for field in self._schema}, [])

    def run(self, people: People, sources: Sequence[str]) -> None:
        """Recognise in the documents of sources whose persons are ``people``."""
        persons = PersonRecogniser(people)
        for batch in documents(self._db, sources):
            marked = _marked(self._db, batch)
            rows: list[_Row] = []
            for document, named in zip(batch, persons.recognise(batch), strict=True):
                marks = marked.get(document.record) or _Marks()
                for n, found in enumerate(self._names(document, named, marks), marks.last + 1):
                    place, start, end, kind, scheme, entity, holder, confidence, how = found
                    text = document.texts[place]
                    surface = text.text[start:end]
                    by = f"{RECOGNISED}: {how}"
                    rows.append(
                        (
                            document.record,
                            n,
                            text.part,
                            start,
                            end,
                            surface,
                            kind,
                            entity,
                            confidence,
                            by,
                            scheme,
                            holder,
                            text.file,
                            text.line,
                        )
                    )
            self._store(rows)

    def _names(self, document: Document, named: Sequence[PersonMention], marks: _Marks) -> list[_Found]:
        """The names of one document, in the order of its texts."""
        by_part: dict[str, list[PersonMention]] = defaultdict(list)
        for mention in named:
            by_part[mention.part].append(mention)
        found: list[_Found] = []
        for place, text in enumerate(document.texts):
            taken = list(marks.persons.get(text.part, ()))
            for mention in by_part.get(text.part, ()):
                span = (mention.start, mention.end)
                if _overlapped(span, taken):
                    continue
                taken.append(span)
                start, end = _overlapped(span, marks.unknown.get(text.part, ())) or span
                found.append((place, start, end, "person", None, mention.person, None, mention.confidence, mention.how))
            self._things_in(place, text, document, taken, found)
            for start, end in letters(text.folded):
                found.append((place, start, end, "document", None, None, None, 0.8, "a letter named by its date"))
        found.sort(key=itemgetter(0, 1))
        return found

    def _things_in(self, place: int, text: Text, document: Document, taken: list[_Span], found: list[_Found]) -> None:
        """Add what a text names beside persons, where no person is named."""
        folded, day, year = text.folded, document.day, document.year
        capitals = folded.isupper()
        for hit in self._things.find(folded):
            start, end, thing = hit.start, hit.end, hit.meaning
            kind = thing.kind
            # A person's name behind an office makes it a title.
            if taken and _overlapped((start, end + 2 if kind == "position" else end), taken):
                continue
            if not thing.meant_in(year, day) or (capitals and folded[start:end] in PLAIN_WORDS):
                continue
            if kind == "position":
                if stands_for_itself(folded, start, end):
                    holder = self._offices.holder(thing.key, day)
                    how = "an office, and who held it on the day" if holder else "an office"
                    found.append((place, start, end, kind, thing.scheme, thing.key, holder, 0.9, how))
            elif folded.endswith(IN_A_PLACE, 0, start) and (post := post_named(folded, start, end, day)) is not None:
                found.append((place, post[0], end, "post", "posts", post[1], None, 0.95, "a mission and its place"))
            else:
                found.append((place, start, end, kind, thing.scheme, thing.key, None, 0.95, _IN_VOCABULARY))

    def _store(self, rows: Sequence[_Row]) -> None:
        if rows:
            columns = [
                pa.array(column, field.type)
                for column, field in zip(zip(*rows, strict=True), self._schema, strict=True)
            ]
            self._db.register("rows_found", pa.table(columns, schema=self._schema))
            self._db.execute("INSERT INTO found_names FROM rows_found")
            self._db.unregister("rows_found")


class _Marks:
    """What the source has marked in a document: spans of persons whom it names, and of persons whom it leaves untold."""

    def __init__(self) -> None:
        self.last = 0
        self.persons: dict[str, list[_Span]] = defaultdict(list)
        self.unknown: dict[str, list[_Span]] = defaultdict(list)


def _marked(db: Connection, batch: Sequence[Document]) -> dict[str, _Marks]:
    query = """SELECT record, part, "start", "end", kind, entity, n FROM mentions WHERE record IN (SELECT unnest($records)) ORDER BY record, n"""
    marked: dict[str, _Marks] = defaultdict(_Marks)
    for record, part, start, end, kind, entity, n in db.execute(
        query, {"records": [one.record for one in batch]}
    ).fetchall():
        marks = marked[record]
        marks.last = max(marks.last, n)
        if kind == "person":
            (marks.unknown if entity is None else marks.persons)[part].append((start, end))
    return marked


def _overlapped(span: _Span, spans: Sequence[_Span]) -> _Span | None:
    return next(((start, end) for start, end in spans if start < span[1] and span[0] < end), None)
