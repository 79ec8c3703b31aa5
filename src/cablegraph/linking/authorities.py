"""Authorities that contradict themselves: keys that are named but not described.

Of directories their reader has told so.
"""

from __future__ import annotations

from cablegraph.register import DIRECTORY_TABLES
from cablegraph.relations import Connection

#: Table, column, and where the key that stands there is described.
_KEYS = (
    ("appointments", "person", "SELECT key FROM persons"),
    ("appointments", "position", "SELECT key FROM positions"),
    ("appointments", "post", "SELECT key FROM posts UNION SELECT key FROM organisations"),
    ("posts", "place", "SELECT key FROM places"),
    ("positions", "post", "SELECT key FROM posts UNION SELECT key FROM organisations"),
    ("places", "broader", "SELECT key FROM places"),
    (
        "identifiers",
        "entity",
        "SELECT key FROM persons UNION SELECT key FROM posts UNION SELECT key FROM organisations "
        "UNION SELECT key FROM places UNION SELECT key FROM positions",
    ),
)


def check_authorities(db: Connection) -> None:
    """Make ``authority_findings``: one row a key that no authority describes."""
    pieces = [
        f"""SELECT 'unknown key' AS kind, 'warning' AS severity, NULL AS record, '{table}.{column}' AS field, {column} AS value,
        'No authority describes this key; add it, or correct it here.' AS message, source_file, source_line
        FROM {table} WHERE {column} IS NOT NULL AND {column} NOT IN ({known})
            {"AND directory IS NULL" if table in DIRECTORY_TABLES else ""}"""
        for table, column, known in _KEYS
    ]
    db.execute(f"CREATE TABLE authority_findings AS {' UNION ALL '.join(pieces)}")
