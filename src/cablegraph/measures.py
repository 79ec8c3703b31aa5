"""Measures of quality, counted on a linked register: how much of what a record should say is known, year by year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cablegraph import relations


@dataclass(frozen=True)
class Measure:
    """One measure: of ``whole`` records ``known`` have it. ``years`` are (year, known, whole), as far as records are dated."""

    key: str
    label: str
    known: int
    whole: int
    years: tuple[tuple[str, int, int], ...]

    @property
    def share(self) -> float:
        """``known`` as a part of ``whole``, 0 where there is nothing."""
        return self.known / self.whole if self.whole else 0.0


#: Key, what it says, of which records, and which of them count. Stubs are known by a reference alone and are left out.
_MEASURES = (
    ("number", "Records with a number", "true", "number IS NOT NULL"),
    ("sent", "Records with the date of sending", "true", "sent IS NOT NULL"),
    ("sent-minute", "Dated records with the time to the minute", "sent IS NOT NULL", "length(sent) > 10"),
    ("received", "Records with the date of receipt", "true", "received IS NOT NULL"),
    ("sender", "Records with a sender", "true", "from_text IS NOT NULL"),
    ("sender-resolved", "Senders that are resolved to a post", "from_text IS NOT NULL", "from_post IS NOT NULL"),
    ("addressee", "Records with an addressee", "true", "to_text IS NOT NULL"),
    ("addressee-resolved", "Addressees that are resolved to a post", "to_text IS NOT NULL", "to_post IS NOT NULL"),
    ("signatory", "Records with a signature", "true", "signatory_text IS NOT NULL"),
    ("signatory-resolved", "Signatures that are resolved to a person", "signatory_text IS NOT NULL", "signatory IS NOT NULL"),
    ("classification", "Records with a classification", "true", "classification IS NOT NULL"),
    ("file-number", "Records with a file number", "true", "file_number IS NOT NULL"),
)  # fmt: skip


def measure(register: Path, without: Iterable[str] = ()) -> tuple[Measure, ...]:
    """Measure the records of a linked register; ``without`` are keys of telegrams that are held back."""
    counts = ", ".join(
        f"count(*) FILTER ({known} AND {whole}), count(*) FILTER ({whole})" for _, _, whole, known in _MEASURES
    )
    db = relations.connect([register])
    try:
        relations.create_table(db, "held_back", {"telegram": relations.TEXT}, [(key,) for key in without])
        rows = db.execute(
            f"""SELECT left(sent, 4) AS year, {counts}
            FROM {relations.read_parquet(register / "telegrams.parquet")} ANTI JOIN held_back USING (telegram)
            WHERE coalesce(stub, '') <> 'true' GROUP BY year ORDER BY year NULLS LAST"""
        ).fetchall()
    finally:
        db.close()
    found = []
    for number, (key, label, _, _) in enumerate(_MEASURES):
        at = 1 + 2 * number
        years = tuple((row[0], row[at], row[at + 1]) for row in rows if row[0] is not None)
        found.append(Measure(key, label, sum(row[at] for row in rows), sum(row[at + 1] for row in rows), years))
    return tuple(found)
