"""Recognition: what texts name without a mark of the source, with offsets, kind, entity, confidence and evidence.

Names that the source marks without saying whom they mean (a ``persName`` without ``corresp``) are told here, too. Where
the source has marked a person, nothing else is recognised.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import itemgetter
from typing import NamedTuple

import pyarrow as pa

from cablegraph.linking.recognition.documents import Document, documents
from cablegraph.linking.recognition.known import Known
from cablegraph.linking.recognition.letters import letters
from cablegraph.linking.recognition.offices import Offices, stands_for_itself
from cablegraph.linking.recognition.people import PeopleOf, always
from cablegraph.linking.recognition.persons import PersonMention, PersonRecogniser
from cablegraph.linking.recognition.printed import PrintedNames
from cablegraph.linking.recognition.things import IN_A_PLACE, PLAIN_WORDS, post_named, things
from cablegraph.register import READ_TABLES, RECOGNISED
from cablegraph.relations import Connection, create_table

__all__ = ["recognise"]

#: Place of the text in its batch, start, end, kind, scheme, entity, holder, confidence, evidence.
_Found = tuple[int, int, int, str, str | None, str | None, str | None, float, str]
_Span = tuple[int, int]
_IN_VOCABULARY = "a name in the vocabularies"


@contextmanager
def _uncollected() -> Iterator[None]:
    """Recognition makes millions of small objects and no circles of them: the collector finds nothing, and takes a tenth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_uncollected()
def recognise(db: Connection, known: Known) -> None:
    """Make ``recognised``, ``link_corresponding`` and ``responsible_persons``, source by source, each with the persons whom it may name.

    ``recognised`` has rows of ``mentions``: one a name in the texts of the register, numbered on from the mentions of its
    record. ``scheme`` is the vocabulary of the entity, null where it is described by a table of the register; ``holder`` is
    the person who held an office on the day of the document.
    """
    recogniser, printed = _Recogniser(db), PrintedNames(db)

    def run(sources: Sequence[str], people_of: PeopleOf) -> None:
        recogniser.run(sources, people_of)
        printed.run(sources, people_of)

    lists = known.lists()
    for source in lists:
        run([source], always(known.listed(source)))
    every = [source for (source,) in db.execute("SELECT DISTINCT source FROM records ORDER BY 1").fetchall()]
    if others := [source for source in every if source not in lists]:
        run(others, known.others)
    printed.store()


class _Recogniser:
    """Recognises in documents of a register, and stores what it finds in the table ``recognised``."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._things, self._offices = things(db), Offices(db)
        self._schema = READ_TABLES["mentions"]
        create_table(db, "recognised", {field.name: field.type for field in self._schema}, [])

    def run(self, sources: Sequence[str], people_of: PeopleOf) -> None:
        """Recognise in the documents of sources; ``people_of`` tells whom a batch of them may name."""
        persons = PersonRecogniser()
        for batch in documents(self._db, sources):
            marked = _marked(self._db, batch)
            found: list[_Found] = []
            numbers: list[int] = []
            place = 0
            for document, named in zip(batch, persons.recognise(batch, people_of(batch)), strict=True):
                marks = marked.get(document.record, _UNMARKED)
                self._add_names(found, place, document, named, marks)
                place += len(document.texts)
                numbers += range(marks.last + 1, marks.last + 1 + len(found) - len(numbers))
            self._store(batch, numbers, found)

    def _add_names(
        self, found: list[_Found], first: int, document: Document, named: Sequence[PersonMention], marks: _Marks
    ) -> None:
        """Add the names of a document, in the order of its texts, of which the first one's place is ``first``."""
        by_part: dict[str, list[PersonMention]] = defaultdict(list)
        for mention in named:
            by_part[mention.part].append(mention)
        day, year = document.day, document.year
        for place, (part, _, _, folded, *_) in enumerate(document.texts, first):
            of_text: list[_Found] = []
            taken = list(marks.persons.get(part, ()))
            for mention in by_part.get(part, ()):
                span = (mention.start, mention.end)
                if _overlapped(*span, taken):
                    continue
                taken.append(span)
                start, end = _overlapped(*span, marks.unknown.get(part, ())) or span
                of_text.append(
                    (place, start, end, "person", None, mention.person, None, mention.confidence, mention.how)
                )
            self._things_in(place, folded, day, year, taken, of_text)
            for start, end in letters(folded):
                of_text.append((place, start, end, "document", None, None, None, 0.8, "a letter named by its date"))
            of_text.sort(key=itemgetter(1))
            found += of_text

    def _things_in(
        self, place: int, folded: str, day: str | None, year: int | None, taken: Sequence[_Span], found: list[_Found]
    ) -> None:
        """Add what a text names beside persons, where no person is named."""
        capitals = folded.isupper()
        for start, end, thing in self._things.find(folded):
            kind = thing.kind
            # A person's name behind an office makes it a title.
            if taken and _overlapped(start, end + 2 if kind == "position" else end, taken):
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

    def _store(self, batch: Sequence[Document], numbers: Sequence[int], found: Sequence[_Found]) -> None:
        if not found:
            return
        texts = [(one.record, *text) for one in batch for text in one.texts]
        places, starts, ends, kinds, schemes, entities, holders, confidences, how = zip(*found, strict=True)
        record, part, _, text, _, file, line = zip(*texts, strict=True)
        columns = {
            "n": numbers,
            "start": starts,
            "end": ends,
            "surface": [text[place][start:end] for place, start, end in zip(places, starts, ends, strict=True)],
            "kind": kinds,
            "entity": entities,
            "confidence": confidences,
            "by": how,
            "scheme": schemes,
            "holder": holders,
        }
        of_text = {"record": record, "part": part, "source_file": file, "source_line": line}
        arrays = {name: pa.array(column, self._schema.field(name).type) for name, column in (columns | of_text).items()}
        at = pa.array(places, pa.int32())
        table = pa.table(
            [arrays[name].take(at) if name in of_text else arrays[name] for name in self._schema.names],
            schema=self._schema,
        )
        self._db.register("rows_found", table)
        self._db.execute(
            f"""INSERT INTO recognised SELECT * REPLACE ('{RECOGNISED}: ' || "by" AS "by") FROM rows_found"""
        )
        self._db.unregister("rows_found")


class _Marks(NamedTuple):
    """What the source has marked in a document: spans of persons whom it names, and of persons whom it leaves untold, by part."""

    last: int
    persons: Mapping[str, list[_Span]]
    unknown: Mapping[str, list[_Span]]


_UNMARKED = _Marks(0, {}, {})


def _marked(db: Connection, batch: Sequence[Document]) -> dict[str, _Marks]:
    query = """SELECT record, max(n), list(part ORDER BY n) FILTER (kind = 'person'), list("start" ORDER BY n) FILTER (kind = 'person'),
        list("end" ORDER BY n) FILTER (kind = 'person'), list(entity IS NULL ORDER BY n) FILTER (kind = 'person')
        FROM mentions WHERE record BETWEEN $first AND $last GROUP BY record"""
    marked = {}
    for record, last, *columns in db.execute(query, {"first": batch[0].record, "last": batch[-1].record}).fetchall():
        persons: dict[str, list[_Span]] = defaultdict(list)
        unknown: dict[str, list[_Span]] = defaultdict(list)
        for part, start, end, untold in zip(*(column or () for column in columns), strict=True):
            (unknown if untold else persons)[part].append((start, end))
        marked[record] = _Marks(last, persons, unknown)
    return marked


def _overlapped(start: int, end: int, spans: Sequence[_Span]) -> _Span | None:
    for span in spans:
        if span[0] < end and start < span[1]:
            return span
    return None
