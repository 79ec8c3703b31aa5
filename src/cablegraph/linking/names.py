"""From printed names of senders, addressees, holders, participants and offices to posts, positions and persons."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

from cablegraph.relations import INTEGER, TEXT, Connection, create_table
from cablegraph.vocabularies import normalise, slug, vocabulary

Form = TypeVar("Form", bound=Hashable)

_NAMES = """
SELECT text FROM correspondents
UNION SELECT agent FROM events
UNION SELECT repository FROM records
UNION SELECT unnest(restricted_to) FROM records
UNION SELECT name FROM link_responsibilities
"""


def resolve_names(db: Connection) -> None:
    """Make ``link_names`` (printed text → entity) and ``link_posts``: agents that are known by name only."""
    persons = persons_by_form(db)
    rows: list[tuple[str, str, str]] = []
    named_only: dict[str, str] = {}
    for (text,) in db.execute(f"SELECT DISTINCT text FROM ({_NAMES}) WHERE trim(text) <> '' ORDER BY 1").fetchall():
        if post := vocabulary("posts").find(text):
            rows.append((text, "agent", post.key))
            named_only.setdefault(post.key, post.label)
        elif position := vocabulary("positions").find(text):
            rows.append((text, "position", position.key))
        elif person := persons.get(normalise(text)):
            rows.append((text, "person", person))
        elif key := slug(text):
            rows.append((text, "agent", key))
            named_only.setdefault(key, text)
    for key in _posts_in_use(db):
        concept = vocabulary("posts").concepts.get(key)
        named_only.setdefault(key, concept.label if concept else key)
    place = {"source_file": TEXT, "source_line": INTEGER}
    create_table(
        db, "link_names", {"text": TEXT, "kind": TEXT, "entity": TEXT} | place, [(*row, None, None) for row in rows]
    )
    known = {key for (key,) in db.execute("SELECT key FROM posts UNION SELECT key FROM organisations").fetchall()}
    concepts = vocabulary("posts").concepts
    others = [
        (key, label, "true" if key in concepts else "false", None, None)
        for key, label in sorted(named_only.items())
        if key not in known
    ]
    create_table(db, "link_linked_posts", {"key": TEXT, "label": TEXT, "described": TEXT} | place, others)


def persons_by_form(db: Connection) -> dict[str, str]:
    """Forms of names that mean one person only."""
    persons = db.execute("SELECT key, label, variants FROM persons").fetchall()
    return unambiguous(
        (normalise(form), key) for key, label, variants in persons for form in (label, *(variants or ()))
    )


def unambiguous(pairs: Iterable[tuple[Form, str]]) -> dict[Form, str]:
    """The values by form, of the forms that have one value only."""
    values: dict[Form, set[str]] = {}
    for form, value in pairs:
        values.setdefault(form, set()).add(value)
    return {form: next(iter(found)) for form, found in values.items() if len(found) == 1}


def _posts_in_use(db: Connection) -> list[str]:
    query = """
    SELECT from_post FROM records UNION SELECT to_post FROM records UNION SELECT post FROM "references"
    UNION SELECT post FROM correspondents UNION SELECT post FROM positions UNION SELECT post FROM appointments
    """
    found = {key for (key,) in db.execute(query).fetchall() if key}
    positions = {key for (key,) in db.execute("SELECT DISTINCT position FROM correspondents").fetchall() if key}
    return sorted(
        found | {concept.post for concept in vocabulary("positions") if concept.key in positions and concept.post}
    )
