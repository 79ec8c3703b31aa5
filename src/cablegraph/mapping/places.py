"""Where in the sources a subject comes from: for complaints, which name file and line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cablegraph import relations
from cablegraph.mapping.plan import Plan
from cablegraph.mapping.run import columns_of, open_for_mapping, query_of, tables_of


@dataclass(frozen=True)
class Place:
    """Where a subject comes from: the key of its record, the source file and the 1-based line."""

    record: str | None
    file: str | None
    line: int | None


def locate(register: Path, plan: Plan, work: Path, subjects: Iterable[str], records: bool = False) -> dict[str, Place]:
    """Tell where in the sources each subject comes from; only now, since few subjects are ever asked for.

    ``subjects`` are IRIs in angle brackets; those that no row makes are left out. A subject that rows of several
    records make (a file, a concept) is of no record. With ``records`` all that is made by the records of ``subjects``
    alone is told as well.
    """
    work.mkdir(parents=True, exist_ok=True)
    db = open_for_mapping(register, work, "none")
    try:
        relations.create_table(
            db, "wanted", {"subject": relations.TEXT}, [(subject,) for subject in sorted(set(subjects))]
        )
        db.execute("CREATE TABLE made (subject VARCHAR, record VARCHAR, source_file VARCHAR, source_line INTEGER)")
        asked = "true" if records else "subject IN (SELECT wanted.subject FROM wanted)"
        for maps in tables_of(plan):
            query, columns = query_of(db, maps), columns_of(db, maps[0].source.access)
            if "source_line" in columns:
                made = query.subjects("telegram" if "telegram" in columns else "NULL::VARCHAR")
                db.execute(f"INSERT INTO made FROM ({made}) WHERE {asked}")
        place = "(source_line IS NULL, source_file, source_line)"
        db.execute(
            f"""CREATE TABLE placed AS SELECT subject, list_sort(list(DISTINCT coalesce(record, ''))) AS records,
                arg_min(source_file, {place}) AS source_file, arg_min(source_line, {place}) AS source_line
            FROM made WHERE subject IS NOT NULL GROUP BY subject"""
        )
        rows = db.execute(
            """WITH held AS (SELECT coalesce(list(DISTINCT records[1]), []) AS records FROM placed SEMI JOIN wanted USING (subject)
                WHERE len(records) = 1 AND records[1] <> '')
            SELECT subject, CASE WHEN len(p.records) = 1 OR w.subject IS NULL THEN nullif(p.records[1], '') END, source_file, source_line
            FROM placed p LEFT JOIN wanted w USING (subject), held
            WHERE w.subject IS NOT NULL OR list_has_all(held.records, p.records) ORDER BY subject"""
        ).fetchall()
        return {subject: Place(record, file, line) for subject, record, file, line in rows}
    finally:
        db.close()
