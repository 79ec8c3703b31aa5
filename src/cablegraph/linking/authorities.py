"""Authorities that contradict themselves: keys that are named but not described, appointments that cannot all be true.

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
    """Make ``authority_findings``: one row a key that no authority describes, or an appointment that cannot be true."""
    pieces = [
        f"""SELECT 'unknown key' AS kind, 'warning' AS severity, NULL AS record, '{table}.{column}' AS field, {column} AS value,
        'No authority describes this key; add it, or correct it here.' AS message, source_file, source_line
        FROM {table} WHERE {column} IS NOT NULL AND {column} NOT IN ({known})
            {"AND directory IS NULL" if table in DIRECTORY_TABLES else ""}"""
        for table, column, known in _KEYS
    ]
    db.execute(f"CREATE TABLE authority_findings AS {' UNION ALL '.join([*pieces, _ENDS, _HOLDERS])}")


#: Compared as far as both dates go: the year of an end is not before a day of that year.
_ENDS = """SELECT 'out of order', 'warning', NULL, 'appointments.end', "end",
    'The appointment ends before it starts (' || start || '); compare both dates with the source.', source_file, source_line
    FROM appointments WHERE directory IS NULL AND left("end", length(start)) < left(start, length("end"))"""

#: Some positions have several holders, and a successor may take up the post before the one before has left it: a month is let be.
_HOLDERS = """SELECT * FROM (
    WITH dated AS (
        SELECT * REPLACE (try_cast(start AS DATE) AS start, try_cast("end" AS DATE) AS "end") FROM appointments
        WHERE directory IS NULL AND try_cast(start AS DATE) IS NOT NULL AND try_cast("end" AS DATE) IS NOT NULL)
    SELECT 'two holders', 'info', NULL, 'appointments.position', a.position,
    'The appointments of ' || string_agg(DISTINCT b.person, ', ' ORDER BY b.person)
        || ' to this position overlap with this one by more than a month; correct the dates, unless it has several holders.', a.source_file, a.source_line
    FROM dated a JOIN dated b ON a.position = b.position AND a.post IS NOT DISTINCT FROM b.post AND a.person <> b.person
    WHERE date_diff('day', greatest(a.start, b.start), least(a."end", b."end")) > 31
    GROUP BY a.position, a.key, a.source_file, a.source_line)"""
