"""Who drafted, cleared and approved a document, as far as the source note's names tell.

A name is the person as whom the source itself marks it; else the one person of that name in the list of persons that the
editors made for the volume; else the one whom the publication's authorities know by it. Offices (S/S, NEA, White House)
are agents by their names. Any other name stays as printed, and nobody is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from cablegraph.linking.names import persons_by_form
from cablegraph.relations import INTEGER, TEXT, Connection, create_table
from cablegraph.vocabularies import normalise, vocabulary

_ROLES = {"drafted_by": "drafted", "cleared_by": "cleared", "approved_by": "approved"}
_REMARK = re.compile(r"\s*\([^)]*\)?\s*$")
_OFFICE_OF = re.compile(r"\s+(?:of|in)\s+.*$")
_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|II|III|IV)\b\.?")
_OFFICE = re.compile(r"[A-Z]{1,6}(?:[/–-][A-Z]{1,6})*")
_MARKED, _LISTED, _KNOWN = (
    "the source marks the name as that person",
    "the only person of that name in the list of persons of the source",
    "the only person of that name in the authorities",
)


def find_responsibilities(db: Connection) -> None:
    """Make ``link_responsibilities``: one row a name, with the person, or the name under which an agent is looked up."""
    marked, listed, known = _marked_persons(db), _listed_persons(db), persons_by_form(db)
    rows = []
    columns = ", ".join(_ROLES)
    query = f"""
    SELECT record, source, {columns}, source_file, source_line FROM records
    WHERE len(drafted_by) > 0 OR len(cleared_by) > 0 OR len(approved_by) > 0 ORDER BY record"""
    for record, source, *lists, file, line in db.execute(query).fetchall():
        for role, names in zip(_ROLES.values(), lists, strict=True):
            for n, text in enumerate(names or (), 1):
                name = _REMARK.sub("", text).strip()
                form = normalise(_OFFICE_OF.sub("", name))
                candidates = [
                    (marked.get((record, form)), _MARKED),
                    (listed.get((source, form)), _LISTED),
                    (known.get(form), _KNOWN),
                ]
                # An office may stand before the name: "Deputy Director Richard N. Goodwin".
                words = form.split()
                tails = [" ".join(words[n:]) for n in range(1, len(words) - 1)]
                candidates += [(marked.get((record, tail)) or listed.get((source, tail)), _LISTED) for tail in tails]
                person, how = next((found for found in candidates if found[0]), (None, None))
                rows.append((record, n, role, text, None if person else _agent(name), person, how, file, line))
    table = dict.fromkeys(("record", "n", "role", "text", "name", "person", "how", "source_file"), TEXT)
    create_table(db, "link_responsibilities", table | {"n": INTEGER, "source_line": INTEGER}, rows)


def _agent(name: str) -> str | None:
    """The name if it is that of a post, a position or, by its form, an office."""
    found = _OFFICE.fullmatch(name) or vocabulary("posts").find(name) or vocabulary("positions").find(name)
    return name if found else None


def _marked_persons(db: Connection) -> dict[Any, str]:
    """Persons by record and printed name, where the source's own marks say one."""
    query = """
    SELECT DISTINCT record, surface, entity FROM mentions JOIN records USING (record)
    WHERE mentions.kind = 'person' AND entity IS NOT NULL
        AND (len(drafted_by) > 0 OR len(cleared_by) > 0 OR len(approved_by) > 0)"""
    return _unique(((record, normalise(surface)), entity) for record, surface, entity in db.execute(query).fetchall())


def _listed_persons(db: Connection) -> dict[Any, str]:
    """Persons by source and form of the name, where the form means one person of the source's list only."""
    found = []
    for key, label in db.execute("SELECT key, label FROM persons WHERE contains(key, '#')").fetchall():
        surname, _, given = _SUFFIX.sub("", label).partition(",")
        words = given.split()
        initials = " ".join(word[0] for word in words)
        source = key.partition("#")[0]
        for form in (surname, f"{given} {surname}", f"{words[0] if words else ''} {surname}", f"{initials} {surname}"):
            found.append(((source, normalise(form)), key))
    return _unique(found)


def _unique(pairs: Iterable[tuple[Any, str]]) -> dict[Any, str]:
    """The values by key, of the keys that have one value only."""
    values: dict[Any, set[str]] = {}
    for key, value in pairs:
        values.setdefault(key, set()).add(value)
    return {key: next(iter(found)) for key, found in values.items() if len(found) == 1}
