"""From printed names of senders, addressees, holders, participants and offices to posts, positions and persons."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

from cablegraph.person_names import full_names
from cablegraph.relations import INTEGER, TEXT, Connection, create_table
from cablegraph.vocabularies import normalise, slug, vocabulary

Form = TypeVar("Form", bound=Hashable)

_NAMES = """
SELECT text FROM correspondents ANTI JOIN link_corresponding USING (record, role, n)
UNION SELECT agent FROM events
UNION SELECT repository FROM records
UNION SELECT unnest(restricted_to) FROM records
UNION SELECT name FROM link_responsibilities
"""


def resolve_names(db: Connection) -> None:
    """Make ``link_names`` (printed text → entity), ``named_agents`` and ``link_linked_posts``: those known by name only."""
    persons = KnownPersons(db)
    rows: list[tuple[str, str, str]] = []
    named_only: dict[str, str] = {}
    for (text,) in db.execute(f"SELECT DISTINCT text FROM ({_NAMES}) WHERE trim(text) <> '' ORDER BY 1").fetchall():
        if post := vocabulary("posts").find(text):
            rows.append((text, "agent", post.key))
            named_only.setdefault(post.key, post.label)
        elif position := vocabulary("positions").find(text):
            rows.append((text, "position", position.key))
        elif person := persons.find(normalise(text)):
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
    create_table(db, "named_agents", {"key": TEXT}, [(key,) for key in sorted(named_only)])
    known = {key for (key,) in db.execute("SELECT key FROM posts UNION SELECT key FROM organisations").fetchall()}
    concepts = vocabulary("posts").concepts
    others = [
        (key, label, "true" if key in concepts else "false", None, None)
        for key, label in sorted(named_only.items())
        if key not in known
    ]
    create_table(db, "link_linked_posts", {"key": TEXT, "label": TEXT, "described": TEXT} | place, others)


class KnownPersons:
    """Whom a name means: the one person of that name in the publication's own sheets and lists, else in the directories.

    A directory knows thousands, so only whole names count, and only of persons grown up and alive at the time.
    """

    def __init__(self, db: Connection) -> None:
        own: list[tuple[str, str]] = []
        self._listed: dict[str, list[tuple[str, int, int]]] = {}
        query = "SELECT key, label, variants, valid_from, valid_to, directory FROM persons"
        for key, label, variants, born, died, directory in db.execute(query).fetchall():
            if directory is None:
                own += ((normalise(form), key) for form in (label, *(variants or ())))
                continue
            life = (int(born) + _GROWN_UP if born else 0, int(died) if died else _FOREVER)
            for form in full_names(label, variants or ()):
                self._listed.setdefault(form, []).append((key, *life))
        self._claimed = {form for form, _ in own}
        self._own = unambiguous(own)
        span = db.execute(
            "SELECT min(left(sent, 4)), max(left(sent, 4)) FROM records WHERE sent IS NOT NULL"
        ).fetchone()
        self._years = _years(*(span or (None, None)))

    def find(self, form: str, sent: str | None = None) -> str | None:
        """The key of the person whom a normalised name means in a document of that date, or in any of the register."""
        if form in self._claimed:
            return self._own.get(form)
        first, last = _years(sent, sent) if sent else self._years
        alive = {key for key, since, until in self._listed.get(form, ()) if since <= last and first <= until}
        return next(iter(alive)) if len(alive) == 1 else None


_GROWN_UP, _FOREVER = 18, 9999


def _years(first: str | None, last: str | None) -> tuple[int, int]:
    return (
        int(first[:4]) if first and first[:4].isdecimal() else 0, int(last[:4]) if last and last[:4].isdecimal() else _FOREVER
    )  # fmt: skip


def unambiguous(pairs: Iterable[tuple[Form, str]]) -> dict[Form, str]:
    """The values by form, of the forms that have one value only."""
    values: dict[Form, set[str]] = {}
    for form, value in pairs:
        values.setdefault(form, set()).add(value)
    return {form: next(iter(found)) for form, found in values.items() if len(found) == 1}


def _posts_in_use(db: Connection) -> list[str]:
    query = """
    SELECT from_post FROM records UNION SELECT to_post FROM records UNION SELECT post FROM "references"
    UNION SELECT post FROM correspondents UNION SELECT post FROM positions WHERE directory IS NULL
    UNION SELECT post FROM appointments WHERE directory IS NULL
    UNION SELECT entity FROM recognised WHERE kind = 'post'
    """
    found = {key for (key,) in db.execute(query).fetchall() if key}
    positions = {key for (key,) in db.execute("SELECT DISTINCT position FROM correspondents").fetchall() if key}
    return sorted(
        found | {concept.post for concept in vocabulary("positions") if concept.key in positions and concept.post}
    )
