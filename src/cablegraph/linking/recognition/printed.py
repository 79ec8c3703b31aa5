"""Persons in names that stand by themselves: senders and addressees, who drafted, cleared and approved.

A printed name ("Secretary of State Rusk", "President’s Special Assistant (Rostow)", "Schlesinger") may mean another person
in another document, so it is told a document at a time, as names in texts are: by the list of persons of its source, or
by the authorities. Which of several bearers of a name is spoken of elsewhere says nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from cablegraph.linking.recognition.documents import Document, Text
from cablegraph.linking.recognition.folding import fold
from cablegraph.linking.recognition.people import People, PeopleOf
from cablegraph.linking.recognition.persons import PersonMention, PersonRecogniser
from cablegraph.relations import FLOAT, INTEGER, TEXT, Connection, create_table
from cablegraph.vocabularies import vocabulary

_CORRESPONDENTS = """
SELECT r.source, c.record, c.role, c.n, c.text, r.sent FROM correspondents c JOIN records r USING (record)
WHERE c.post IS NULL AND c.position IS NULL AND c.person IS NULL AND c.text IS NOT NULL
"""
#: Office and number of a telephone stand in brackets behind a name.
_RESPONSIBLE = " UNION ALL ".join(
    rf"""SELECT source, record, '{role}' AS role, generate_subscripts({role}_by, 1)::INTEGER AS n,
    regexp_replace(unnest({role}_by), '\s*\([^)]*\)?\s*$', '') AS text, sent FROM records WHERE len({role}_by) > 0"""
    for role in ("drafted", "cleared", "approved")
)
#: Behind a name: it is that of an office ("Smith's office"), or a piece of another name.
_GOES_ON = re.compile(r"'|[ -][A-Z]")
#: Table and the names that it is about.
_TABLES = {"link_corresponding": _CORRESPONDENTS, "responsible_persons": _RESPONSIBLE}
_COLUMNS = {
    "record": TEXT, "role": TEXT, "n": INTEGER, "person": TEXT, "confidence": FLOAT, "how": TEXT, "source_file": TEXT, "source_line": INTEGER,
}  # fmt: skip


class PrintedNames:
    """Finds persons in the printed names of sources."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._rows: dict[str, list[tuple[str, tuple[object, ...]]]] = {table: [] for table in _TABLES}

    def run(self, sources: Sequence[str], people_of: PeopleOf) -> None:
        """Find the persons among ``people_of`` the names in sources."""
        for table, query in _TABLES.items():
            whole = f"FROM ({query}) WHERE source IN (SELECT unnest($sources)) ORDER BY ALL"
            given = [
                (source, key, printed_name(key[0], text, sent))
                for source, *key, text, sent in self._db.execute(whole, {"sources": list(sources)}).fetchall()
                if not vocabulary("posts").find(text) and not vocabulary("positions").find(text)
            ]
            people = people_of([document for *_, document in given])
            for source, group in groupby(given, key=itemgetter(0)):
                of_source = list(group)
                told = persons_told([document for *_, document in of_source], people)
                self._rows[table] += [
                    (source, (*key, one.person, one.confidence, one.how, None, None))
                    for (_, key, _), one in zip(of_source, told, strict=True)
                    if one is not None
                ]

    def store(self) -> None:
        """Make ``link_corresponding`` and ``responsible_persons``: record, role, n, person, confidence, how."""
        for table, rows in self._rows.items():
            create_table(self._db, table, _COLUMNS, [row for _, row in sorted(rows)])


def printed_name(record: str, text: str, sent: str | None) -> Document:
    """A name that stands by itself, as a document of that day."""
    return Document(record, sent, frozenset(), (Text("", "opener", text, fold(text)),))


def persons_told(names: Sequence[Document], people: People) -> Iterator[PersonMention | None]:
    """For each printed name the one person whom it means, if it means one, and not whose office it is."""
    for name, mentions in zip(names, PersonRecogniser().recognise(names, people), strict=True):
        persons = {mention.person for mention in mentions}
        alone = len(persons) == 1 and not _GOES_ON.match(name.texts[0].folded, mentions[0].end)
        yield mentions[0] if alone and mentions[0].person is not None else None
