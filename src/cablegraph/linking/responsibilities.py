"""Who drafted, cleared and approved a document, as far as the source note's names tell.

A name is the person as whom the source itself marks it; else the one person of that name in the list of persons that the
editors made for the volume; else the one whom the publication's authorities know by it. Offices (S/S, NEA, White House)
are agents by their names. Any other name stays as printed, and nobody is named.
"""

from __future__ import annotations

import re

from cablegraph.linking.names import KnownPersons, unambiguous
from cablegraph.relations import FLOAT, INTEGER, TEXT, Connection, create_table
from cablegraph.vocabularies import normalise, vocabulary

_ROLES = {"drafted_by": "drafted", "cleared_by": "cleared", "approved_by": "approved"}
_REMARK = re.compile(r"\s*\([^)]*\)?\s*$")
_OFFICE_OF = re.compile(r"\s+(?:of|in)\s+.*$")
_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|II|III|IV)\b\.?")
_OFFICE = re.compile(r"[A-Z]{1,6}(?:[/–-][A-Z]{1,6})*")
#: How a person was found, and how surely.
_MARKED = ("the source marks the name as that person", 1.0)
_LISTED = ("the only person of that name in the list of persons of the source", 0.9)
_KNOWN = ("the only person of that name in the authorities", 0.9)


def find_responsibilities(db: Connection) -> None:
    """Make ``link_responsibilities``: one row a name, with the person, or the name under which an agent is looked up."""
    marked, listed, known = _marked_persons(db), _listed_persons(db), KnownPersons(db)
    rows = []
    columns = ", ".join(_ROLES)
    query = f"""
    SELECT record, source, sent, {columns}, source_file, source_line FROM records
    WHERE len(drafted_by) > 0 OR len(cleared_by) > 0 OR len(approved_by) > 0 ORDER BY record"""
    for record, source, sent, *lists, file, line in db.execute(query).fetchall():
        for role, names in zip(_ROLES.values(), lists, strict=True):
            for n, text in enumerate(names or (), 1):
                name = _REMARK.sub("", text).strip()
                form = normalise(_OFFICE_OF.sub("", name))
                # An office may stand before the name: "Deputy Director Richard N. Goodwin".
                words = form.split()
                forms = [form, *(" ".join(words[at:]) for at in range(1, len(words) - 1))]
                candidates = [
                    *((marked.get((record, one)), _MARKED) for one in forms),
                    *((listed.get((source, one)), _LISTED) for one in forms),
                    (known.find(form, sent), _KNOWN),
                ]
                person, (how, confidence) = next((found for found in candidates if found[0]), (None, (None, None)))
                rows.append(
                    (record, n, role, text, None if person else _agent(name), person, how, confidence, file, line)
                )
    columns_of_table = {
        "record": TEXT, "n": INTEGER, "role": TEXT, "text": TEXT, "name": TEXT, "person": TEXT, "how": TEXT,
        "confidence": FLOAT, "source_file": TEXT, "source_line": INTEGER,
    }  # fmt: skip
    create_table(db, "link_responsibilities", columns_of_table, rows)


def _agent(name: str) -> str | None:
    """The name if it is that of a post, a position or, by its form, an office."""
    found = _OFFICE.fullmatch(name) or vocabulary("posts").find(name) or vocabulary("positions").find(name)
    return name if found else None


def _marked_persons(db: Connection) -> dict[tuple[str, str], str]:
    """Persons by record and printed name, where the source's own marks say one."""
    query = """
    SELECT DISTINCT record, surface, entity FROM mentions JOIN records USING (record)
    WHERE mentions.kind = 'person' AND entity IS NOT NULL
        AND (len(drafted_by) > 0 OR len(cleared_by) > 0 OR len(approved_by) > 0)"""
    return unambiguous(
        ((record, normalise(surface)), entity) for record, surface, entity in db.execute(query).fetchall()
    )


def _listed_persons(db: Connection) -> dict[tuple[str, str], str]:
    """Persons by source and form of the name, where the form means one person of the source's list only."""
    found = []
    for key, label in db.execute("SELECT key, label FROM persons WHERE contains(key, '#')").fetchall():
        surname, _, given = _SUFFIX.sub("", label).partition(",")
        words = given.split()
        initials = " ".join(word[0] for word in words)
        source = key.partition("#")[0]
        for form in (surname, f"{given} {surname}", f"{words[0] if words else ''} {surname}", f"{initials} {surname}"):
            found.append(((source, normalise(form)), key))
    return unambiguous(found)
