"""Directories of persons, posts and places describe far more than a register names: what of them is in use.

In use is what a record names (also by the key that its volume's list of persons has, which the directory gives as an
identifier), what the publication's own authorities name, and what these lead to: appointments of a person, their
positions and posts, the places of posts, what these lie in and what came before them. Only that is published, unless the
publication wants all. An appointment without any date says that nobody took it up; it is never published.
"""

from __future__ import annotations

from cablegraph.register import DIRECTORY_TABLES
from cablegraph.relations import Connection
from cablegraph.vocabularies import vocabulary


def see_directories(db: Connection) -> None:
    """Put views in the place of the tables with directories: what the publication describes itself comes before them.

    Makes ``directory_findings``: one row an entry that does not count for that reason.
    """
    pieces = []
    for table in DIRECTORY_TABLES:
        own = f"SELECT key FROM read_{table} WHERE directory IS NULL AND key IS NOT NULL"
        db.execute(f"CREATE VIEW {table} AS FROM read_{table} WHERE directory IS NULL OR key NOT IN ({own})")
        pieces.append(
            f"""SELECT 'described twice' AS kind, 'info' AS severity, NULL AS record, '{table}.key' AS field, key AS value,
            'The publication describes this itself; what the directory says is kept in the register and not published.' AS message,
            source_file, source_line FROM read_{table} WHERE directory IS NOT NULL AND key IN ({own})"""
        )
    db.execute(f"CREATE TABLE directory_findings AS {' UNION ALL '.join(pieces)}")


def find_used(db: Connection, publish: str) -> None:
    """Make ``link_in_use``, and add to ``link_linked_posts`` what only appointments of a directory name."""
    db.execute(_PERSONS)
    if publish == "all":
        db.execute("INSERT INTO used_persons SELECT key FROM persons WHERE directory IS NOT NULL")
    db.execute(_OFFICES)
    db.execute(_PLACES)
    for table in ("posts", "positions", "places"):
        if publish == "all":
            db.execute(f"INSERT INTO used_{table} SELECT key FROM {table} WHERE directory IS NOT NULL")
    pieces = [
        f"""SELECT '{table}' AS kind, key, NULL AS source_file, NULL AS source_line
        FROM {table} WHERE directory IS NOT NULL AND key IN (FROM used_{table})"""
        for table in DIRECTORY_TABLES
    ]
    db.execute(f"CREATE TABLE link_in_use AS SELECT * FROM ({' UNION ALL '.join(pieces)}) ORDER BY kind, key")
    known = "SELECT key FROM posts UNION SELECT key FROM organisations UNION SELECT key FROM link_linked_posts"
    missing = f"SELECT DISTINCT key FROM led_to_posts WHERE key IS NOT NULL AND key NOT IN ({known}) ORDER BY 1"
    concepts = vocabulary("posts").concepts
    for (key,) in db.execute(missing).fetchall():
        label, described = (concepts[key].label, "true") if key in concepts else (key, "false")
        db.execute(
            "INSERT INTO link_linked_posts (key, label, described) VALUES ($key, $label, $described)",
            {"key": key, "label": label, "described": described},
        )


_PERSONS = """
CREATE TABLE used_persons AS
WITH named AS (
    SELECT person AS key FROM correspondents UNION SELECT person FROM link_corresponding UNION SELECT signatory FROM records UNION SELECT signatory FROM link_telegrams
    UNION SELECT person FROM link_responsibilities UNION SELECT entity FROM link_names WHERE kind = 'person'
    UNION SELECT entity FROM mentions UNION SELECT entity FROM recognised WHERE kind = 'person' UNION SELECT holder FROM recognised
    UNION SELECT person FROM appointments WHERE directory IS NULL)
SELECT key FROM named WHERE key IS NOT NULL
UNION SELECT person FROM reconciled WHERE subject IN (SELECT key FROM named)
UNION SELECT entity FROM identifiers WHERE scheme = 'FRUS' AND value IN (SELECT key FROM named)
UNION SELECT substr(object_id, 8) FROM decided WHERE holds = 'true' AND starts_with(object_id, 'person:') AND substr(subject_id, 8) IN (SELECT key FROM named)
"""

_OFFICES = """
CREATE TABLE used_appointments AS
SELECT key FROM appointments
WHERE directory IS NOT NULL AND coalesce(start, "end") IS NOT NULL AND person IN (SELECT key FROM used_persons);
CREATE TABLE used_positions AS
SELECT position AS key FROM appointments WHERE position IS NOT NULL AND (directory IS NULL OR key IN (FROM used_appointments))
UNION SELECT position FROM correspondents WHERE position IS NOT NULL
UNION SELECT entity FROM link_names WHERE kind = 'position';
CREATE TABLE led_to_posts AS
SELECT post AS key FROM appointments WHERE key IN (FROM used_appointments)
UNION SELECT post FROM positions WHERE directory IS NOT NULL AND key IN (FROM used_positions);
CREATE TABLE used_posts AS
SELECT key FROM led_to_posts WHERE key IS NOT NULL UNION SELECT key FROM named_agents;
"""

#: Succession may run in a circle where a directory errs; UNION ends it.
_PLACES = """
CREATE TABLE used_places AS
WITH RECURSIVE reached AS (
    SELECT place AS key FROM posts WHERE directory IS NULL OR key IN (FROM used_posts)
    UNION SELECT place FROM records UNION SELECT place FROM events
    UNION SELECT key FROM places WHERE directory IS NULL
    UNION (
        SELECT unnest(list_concat([broader], coalesce(predecessors, []))) FROM places JOIN reached USING (key)))
SELECT key FROM reached WHERE key IS NOT NULL
"""
