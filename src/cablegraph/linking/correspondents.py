"""Senders and addressees that are persons: "Secretary of State Rusk", "President’s Special Assistant (Rostow)", "Schlesinger".

A printed name may mean another person in another document, so it is told a document at a time: by the list of persons
of its source, or by the authorities, as names in texts are.
"""

from __future__ import annotations

from collections import defaultdict

from cablegraph.linking.recognition.documents import Document, Text
from cablegraph.linking.recognition.folding import fold
from cablegraph.linking.recognition.known import Known
from cablegraph.linking.recognition.people import People
from cablegraph.linking.recognition.persons import PersonRecogniser
from cablegraph.relations import FLOAT, INTEGER, TEXT, Connection, create_table
from cablegraph.vocabularies import vocabulary

_QUERY = """
SELECT r.source, c.record, c.role, c.n, c.text, r.sent FROM correspondents c JOIN records r USING (record)
WHERE c.post IS NULL AND c.position IS NULL AND c.person IS NULL AND c.text IS NOT NULL ORDER BY ALL
"""


def find_persons(db: Connection, known: Known) -> None:
    """Make ``link_corresponding`` (record, role, n, person, confidence, how): the one person whom a sender or addressee names."""
    by_source: dict[str, list[tuple[str, str, int, str, str | None]]] = defaultdict(list)
    for source, record, role, n, text, sent in db.execute(_QUERY).fetchall():
        if not vocabulary("posts").find(text) and not vocabulary("positions").find(text):
            by_source[source].append((record, role, n, text, sent))
    lists = set(known.lists())
    others = [source for source in by_source if source not in lists]
    rest = known.others(fold(row[3]) for source in others for row in by_source[source]) if others else People([])
    rows = []
    for source, given in by_source.items():
        people = known.listed(source) if source in lists else rest
        documents = [
            Document(row[0], row[4], frozenset(), (Text("", "opener", row[3], fold(row[3])),)) for row in given
        ]
        for row, mentions in zip(given, PersonRecogniser(people).recognise(documents), strict=True):
            persons = {mention.person for mention in mentions}
            if len(persons) == 1 and (person := mentions[0].person) is not None:
                rows.append((*row[:3], person, mentions[0].confidence, mentions[0].how, None, None))
    columns = {"record": TEXT, "role": TEXT, "n": INTEGER, "person": TEXT, "confidence": FLOAT, "how": TEXT}
    create_table(db, "link_corresponding", columns | {"source_file": TEXT, "source_line": INTEGER}, rows)
