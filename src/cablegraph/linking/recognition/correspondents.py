"""Senders and addressees that are persons: "Secretary of State Rusk", "President’s Special Assistant (Rostow)", "Schlesinger".

A printed name may mean another person in another document, so it is told a document at a time: by the list of persons
of its source, or by the authorities, as names in texts are.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from cablegraph.linking.recognition.documents import Document, Text
from cablegraph.linking.recognition.folding import fold
from cablegraph.linking.recognition.people import PeopleOf
from cablegraph.linking.recognition.persons import PersonRecogniser
from cablegraph.relations import FLOAT, INTEGER, TEXT, Connection, create_table
from cablegraph.vocabularies import vocabulary

_QUERY = """
SELECT r.source, c.record, c.role, c.n, c.text, r.sent FROM correspondents c JOIN records r USING (record)
WHERE r.source IN (SELECT unnest($sources)) AND c.post IS NULL AND c.position IS NULL AND c.person IS NULL AND c.text IS NOT NULL ORDER BY ALL
"""
_COLUMNS = {
    "record": TEXT, "role": TEXT, "n": INTEGER, "person": TEXT, "confidence": FLOAT, "how": TEXT, "source_file": TEXT, "source_line": INTEGER,
}  # fmt: skip


class Correspondents:
    """Finds persons among the senders and addressees of sources."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._rows: list[tuple[str, tuple[object, ...]]] = []

    def run(self, sources: Sequence[str], people_of: PeopleOf) -> None:
        """Find those of sources among ``people_of`` their names; what one source says of a name says nothing of another."""
        given = [
            (source, (record, role, n), Document(record, sent, frozenset(), (Text("", "opener", text, fold(text)),)))
            for source, record, role, n, text, sent in self._db.execute(_QUERY, {"sources": list(sources)}).fetchall()
            if not vocabulary("posts").find(text) and not vocabulary("positions").find(text)
        ]
        people = people_of([document for *_, document in given])
        for source, group in groupby(given, key=itemgetter(0)):
            of_source = list(group)
            found = PersonRecogniser().recognise([document for *_, document in of_source], people)
            for (_, key, _), mentions in zip(of_source, found, strict=True):
                persons = {mention.person for mention in mentions}
                if len(persons) == 1 and (person := mentions[0].person) is not None:
                    self._rows.append((source, (*key, person, mentions[0].confidence, mentions[0].how, None, None)))

    def store(self) -> None:
        """Make ``link_corresponding`` (record, role, n, person, confidence, how): the one person whom a sender or addressee names."""
        create_table(self._db, "link_corresponding", _COLUMNS, [row for _, row in sorted(self._rows)])
