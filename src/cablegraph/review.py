"""What a person is to decide: the candidates of a linked register, with what is known of both sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cablegraph import relations
from cablegraph.errors import InputError
from cablegraph.sssom import SssomMapping, read_mapping_set

#: What is shown of a subject or an object, by the kind that its identifier begins with: its key and one line.
_SHOWN = """
SELECT 'person:' || key AS id, concat_ws('; ', label, valid_from || '–' || coalesce(valid_to, ''), source) AS shown FROM persons
UNION ALL SELECT 'record:' || telegram, concat_ws('; ', label, record) FROM telegrams
"""


@dataclass(frozen=True)
class Candidate:
    """A link that may hold: identifiers, what is shown of both, how likely it is, and why."""

    subject_id: str
    subject: str
    predicate_id: str
    object_id: str
    object: str
    confidence: float | None
    comment: str

    @property
    def sure(self) -> str:
        """The confidence as it is written; empty where nobody has one."""
        return "" if self.confidence is None else f"{self.confidence:.2f}"

    def row(self) -> dict[str, str]:
        """The candidate by the names of its columns."""
        return {
            "subject_id": self.subject_id, "subject": self.subject, "predicate_id": self.predicate_id, "object_id": self.object_id,
            "object": self.object, "confidence": self.sure, "comment": self.comment,
        }  # fmt: skip


def decision(candidate: Candidate, accepted: bool, reviewer: str, day: str) -> SssomMapping:
    """The mapping that says what ``reviewer`` decided on ``day`` (a date)."""
    return SssomMapping(
        subject_id=candidate.subject_id,
        subject_label=candidate.subject,
        predicate_id=candidate.predicate_id,
        predicate_modifier="" if accepted else "Not",
        object_id=candidate.object_id,
        object_label=candidate.object,
        mapping_justification="semapv:ManualMappingCuration",
        reviewer_id=reviewer,
        mapping_date=day,
        confidence=candidate.sure,
        comment=candidate.comment,
    )


def identifiers(register: Path) -> dict[str, str]:
    """What may be a subject or an object in a linked register, by identifier, with what is shown of it."""
    db = relations.connect([register])
    try:
        for table in ("persons", "telegrams"):
            relations.view_parquet(db, table, register / f"{table}.parquet")
        return dict(db.execute(_SHOWN).fetchall())
    finally:
        db.close()


def candidates(register: Path, decisions: Path) -> Iterator[Candidate]:
    """The candidates of a linked register of which ``decisions`` (a mapping set, perhaps not yet there) say nothing.

    Once one candidate of a subject is accepted, the others of the same predicate are not asked either.

    Raises:
        InputError: the register is not linked, or the decisions cannot be read.
    """
    if not (register / "candidates.parquet").is_file():
        raise InputError("is not linked: it has no candidates", file=str(register), hint="cablegraph link makes them")
    made = read_mapping_set(decisions) if decisions.exists() else []
    decided = {(mapping.subject_id, mapping.object_id) for mapping in made}
    settled = {(mapping.subject_id, mapping.predicate_id) for mapping in made if mapping.holds}
    db = relations.connect([register])
    try:
        for table in ("candidates", "persons", "telegrams"):
            relations.view_parquet(db, table, register / f"{table}.parquet")
        rows = db.execute(
            f"""WITH shown AS ({_SHOWN})
            SELECT c.subject_id, coalesce(s.shown, ''), c.predicate_id, c.object_id, coalesce(o.shown, ''), c.confidence, coalesce(c.comment, '')
            FROM candidates c LEFT JOIN shown s ON s.id = c.subject_id LEFT JOIN shown o ON o.id = c.object_id
            ORDER BY c.subject_id, c.confidence DESC, c.object_id"""
        ).fetchall()
    finally:
        db.close()
    for row in rows:
        candidate = Candidate(*row)
        if (candidate.subject_id, candidate.object_id) in decided or (
            candidate.subject_id,
            candidate.predicate_id,
        ) in settled:
            continue
        yield candidate
