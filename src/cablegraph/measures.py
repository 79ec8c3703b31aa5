"""Measures of quality, counted on a linked register: how much of what should be said is known, of records year by year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cablegraph import relations


@dataclass(frozen=True)
class Measure:
    """One measure: of ``whole`` things ``known`` have it. ``years`` are (year, known, whole), as far as these belong to dated records."""

    key: str
    label: str
    known: int
    whole: int
    years: tuple[tuple[str, int, int], ...]

    @property
    def share(self) -> float:
        """``known`` as a part of ``whole``, 0 where there is nothing."""
        return self.known / self.whole if self.whole else 0.0


#: What is counted: a row each, with the year of the record that it belongs to. Stubs are known by a reference alone and are left
#: out, and so are records that are held back; of directories only those count that the records lead to.
_ROWS = {
    "records": "SELECT *, left(sent, 4) AS year FROM measured",
    "references": "SELECT r.how, m.year FROM resolutions r JOIN showing m USING (record)",
    "events": "SELECT e.*, m.year FROM events e JOIN showing m USING (record)",
    "persons": "SELECT *, NULL AS year FROM persons WHERE {used}",
    "posts": "SELECT *, NULL AS year FROM posts WHERE {used}",
    "files": "SELECT file, any_value(scheme) AS scheme, any_value(subject) AS subject, NULL AS year FROM filings WHERE file IS NOT NULL GROUP BY file",
}  # fmt: skip
_USED = "directory IS NULL OR key IN (SELECT key FROM in_use)"

#: Key, what it says, what is counted, of which of them, and which of those count as known.
_MEASURES = (
    ("number", "Records with a number", "records", "true", "number IS NOT NULL"),
    ("sent", "Records with the date of sending", "records", "true", "sent IS NOT NULL"),
    ("sent-minute", "Dated records with the time to the minute", "records", "sent IS NOT NULL", "length(sent) > 10"),
    ("received", "Records with the date of receipt", "records", "true", "received IS NOT NULL"),
    ("sender", "Records with a sender", "records", "true", "from_text IS NOT NULL"),
    ("sender-resolved", "Senders that are resolved to a post", "records", "from_text IS NOT NULL", "from_post IS NOT NULL"),
    ("addressee", "Records with an addressee", "records", "true", "to_text IS NOT NULL"),
    ("addressee-resolved", "Addressees that are resolved to a post", "records", "to_text IS NOT NULL", "to_post IS NOT NULL"),
    ("signatory", "Records with a signature", "records", "true", "signatory_text IS NOT NULL"),
    ("signatory-resolved", "Signatures that are resolved to a person", "records", "signatory_text IS NOT NULL", "signatory IS NOT NULL"),
    ("classification", "Records with a classification", "records", "true", "classification IS NOT NULL"),
    ("file-number", "Records with a file number", "records", "true", "file_number IS NOT NULL"),
    ("reference-resolved", "References that are resolved to a record of the release", "references", "true", "how NOT IN ('unresolved', 'stub')"),
    ("reference-named", "References that are resolved, if only to a number and a post", "references", "true", "how <> 'unresolved'"),
    ("event-dated", "Events with a date", "events", "true", '"at" IS NOT NULL'),
    ("event-minute", "Dated events with the time to the minute", "events", '"at" IS NOT NULL', 'length("at") > 10'),
    ("event-agent", "Events with who took part", "events", "true", "agent IS NOT NULL"),
    ("person-identified", "Persons with an identifier elsewhere", "persons", "true", "key IN (SELECT entity FROM identifiers)"),
    ("person-dated", "Persons with years of life or office", "persons", "true", "coalesce(valid_from, valid_to) IS NOT NULL"),
    ("person-office", "Persons with an appointment", "persons", "true", "key IN (SELECT person FROM appointments)"),
    ("post-placed", "Posts with a place", "posts", "true", "place IS NOT NULL"),
    ("post-identified", "Posts with an identifier elsewhere", "posts", "true", "key IN (SELECT entity FROM identifiers)"),
    ("file-subject", "Files whose subject is known", "files", "true", "subject IS NOT NULL"),
)  # fmt: skip


def measure(register: Path, without: Iterable[str] = ()) -> tuple[Measure, ...]:
    """Measure a linked register; ``without`` are keys of telegrams that are held back."""
    db = relations.connect([register])
    try:
        for table in (
            "telegrams",
            "identity",
            "resolutions",
            "events",
            "persons",
            "posts",
            "filings",
            "identifiers",
            "appointments",
            "in_use",
        ):
            relations.view_parquet(db, table, register / f"{table}.parquet")
        relations.create_table(db, "held_back", {"telegram": relations.TEXT}, [(key,) for key in without])
        db.execute(
            "CREATE VIEW measured AS FROM telegrams ANTI JOIN held_back USING (telegram) WHERE coalesce(stub, '') <> 'true'"
        )
        db.execute(
            "CREATE VIEW showing AS SELECT i.record, left(m.sent, 4) AS year FROM identity i JOIN measured m USING (telegram)"
        )
        counted = {what: _count(db, what, relation.format(used=_USED)) for what, relation in _ROWS.items()}
    finally:
        db.close()
    return tuple(counted[what][key] for key, _, what, _, _ in _MEASURES)


def _count(db: relations.Connection, what: str, relation: str) -> dict[str, Measure]:
    """All measures of one kind of thing, in one pass."""
    of = [(key, label, whole, known) for key, label, kind, whole, known in _MEASURES if kind == what]
    counts = ", ".join(f"count(*) FILTER ({known} AND {whole}), count(*) FILTER ({whole})" for _, _, whole, known in of)
    rows = db.execute(f"SELECT year, {counts} FROM ({relation}) GROUP BY year ORDER BY year NULLS LAST").fetchall()
    found = {}
    for number, (key, label, _, _) in enumerate(of):
        at = 1 + 2 * number
        years = tuple((row[0], row[at], row[at + 1]) for row in rows if row[0] is not None)
        found[key] = Measure(key, label, sum(row[at] for row in rows), sum(row[at + 1] for row in rows), years)
    return found
