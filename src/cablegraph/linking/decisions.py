"""What people have decided: mapping sets that say who is whom, and who is not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cablegraph.relations import FLOAT, INTEGER, TEXT, Connection, create_table
from cablegraph.sssom import SssomMapping, read_mapping_set

#: Subjects of the publication, by the prefix of their identifiers, and the tables that describe them.
_SUBJECTS = {
    "person": "SELECT key FROM persons",
    "post": "SELECT key FROM posts",
    "place": "SELECT key FROM places",
    "organisation": "SELECT key FROM organisations",
    "record": "SELECT telegram FROM identified UNION SELECT old FROM link_replaced",
}


def read_decisions(db: Connection, mapping_sets: Sequence[Path]) -> None:
    """Make ``decided``: a row a mapping, ``holds`` or not.

    Raises:
        InputError: a mapping set cannot be used.
    """
    mappings = [mapping for path in mapping_sets for mapping in read_mapping_set(path)]
    columns = {
        "subject_id": TEXT, "predicate_id": TEXT, "object_id": TEXT, "holds": TEXT, "mapping_justification": TEXT, "confidence": FLOAT,
        "author_id": TEXT, "reviewer_id": TEXT, "mapping_date": TEXT, "comment": TEXT, "source_file": TEXT, "source_line": INTEGER,
    }  # fmt: skip
    create_table(db, "decided", columns, map(_row, mappings))


def check_decisions(db: Connection) -> None:
    """Make ``decision_findings`` of subjects and objects of the publication that nobody describes."""
    known = " UNION ALL ".join(
        f"SELECT '{prefix}:' || key FROM ({query.replace('telegram', 'telegram AS key')})"
        for prefix, query in _SUBJECTS.items()
    )
    db.execute(
        f"""CREATE TABLE decision_findings AS
        WITH known AS ({known})
        SELECT 'unknown key' AS kind, 'warning' AS severity, NULL AS record, field, value,
            'A mapping set maps something that this publication does not describe; correct it there, or take the row away.' AS message,
            source_file, source_line
        FROM (SELECT 'subject_id' AS field, subject_id AS value, source_file, source_line FROM decided
            UNION ALL SELECT 'object_id', object_id, source_file, source_line FROM decided WHERE starts_with(object_id, 'record:'))
        WHERE value NOT IN (FROM known)"""
    )


def _row(mapping: SssomMapping) -> tuple[object, ...]:
    return (
        mapping.subject_id, mapping.predicate_id, mapping.object_id, "true" if mapping.holds else "false", mapping.mapping_justification or None,
        float(mapping.confidence) if mapping.confidence else None, mapping.author_id or None, mapping.reviewer_id or None, mapping.mapping_date or None,
        mapping.comment or None, mapping.file, mapping.line,
    )  # fmt: skip
