"""Who drafted, cleared and approved a document, as far as the source note's names tell.

A name is the person as whom the source itself marks it; else the one person of that name whom recognition finds in the
list of persons that the editors made for the volume; else in the publication's authorities. Offices (S/S, NEA, White
House) are agents by their names. Any other name stays as printed, and nobody is named.
"""

from __future__ import annotations

import re
from typing import Any

from cablegraph.linking.names import unambiguous
from cablegraph.linking.recognition.known import Known
from cablegraph.linking.recognition.printed import persons_told, printed_name
from cablegraph.person_names import natural_order
from cablegraph.relations import FLOAT, INTEGER, TEXT, Connection, create_table
from cablegraph.vocabularies import normalise, vocabulary

_ROLES = {"drafted_by": "drafted", "cleared_by": "cleared", "approved_by": "approved"}
_REMARK = re.compile(r"\s*\([^)]*\)?\s*$")
_OFFICE_OF = re.compile(r"\s+(?:of|in)\s+.*$")
_OFFICE = re.compile(r"[A-Z]{1,6}(?:[/–-][A-Z]{1,6})*")
#: How a person was found, and how surely.
_MARKED = ("the source marks the name as that person", 1.0)
_LISTED = ("the only person of that name in the list of persons of the source", 0.9)
_KNOWN = ("the only person of that name in the authorities", 0.9)
#: What is less sure names nobody here: a surname that several bear is decided by who is spoken of, which drafters are not.
_SURE = 0.9


def find_responsibilities(db: Connection, known: Known) -> None:
    """Make ``link_responsibilities``: one row a name, with the person, or the name under which an agent is looked up."""
    marked, told = _marked_persons(db), _told_persons(db)
    names: list[tuple[Any, ...]] = []
    columns = ", ".join(_ROLES)
    query = f"""
    SELECT record, sent, {columns}, source_file, source_line FROM records
    WHERE len(drafted_by) > 0 OR len(cleared_by) > 0 OR len(approved_by) > 0 ORDER BY record"""
    for record, sent, *lists, file, line in db.execute(query).fetchall():
        for role, texts in zip(_ROLES.values(), lists, strict=True):
            for n, text in enumerate(texts or (), 1):
                name = _REMARK.sub("", text).strip()
                person = next((found for form in _forms(name) if (found := marked.get((record, form)))), None)
                how = _MARKED if person else _LISTED
                person = person or told.get((record, role, n))
                names.append((record, n, role, text, name, person, how, sent, file, line))
    rest = [printed_name(row[0], natural_order(row[4]), row[7]) for row in names if row[5] is None]
    others = persons_told(rest, known.others(rest))
    rows: list[tuple[object, ...]] = []
    for record, n, role, text, name, found, how, _, file, line in names:
        if found is None and (other := next(others)) is not None and other.confidence > _SURE:
            rows.append((record, n, role, text, None, other.person, *_KNOWN, file, line))
        elif found is None:
            rows.append((record, n, role, text, _agent(name), None, None, None, file, line))
        else:
            rows.append((record, n, role, text, None, found, *how, file, line))
    columns_of_table = {
        "record": TEXT, "n": INTEGER, "role": TEXT, "text": TEXT, "name": TEXT, "person": TEXT, "how": TEXT,
        "confidence": FLOAT, "source_file": TEXT, "source_line": INTEGER,
    }  # fmt: skip
    create_table(db, "link_responsibilities", columns_of_table, rows)


def _forms(name: str) -> list[str]:
    """The name without the office behind it; an office may also stand before it: "Deputy Director Richard N. Goodwin"."""
    form = normalise(_OFFICE_OF.sub("", name))
    words = form.split()
    return [form, *(" ".join(words[at:]) for at in range(1, len(words) - 1))]


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


def _told_persons(db: Connection) -> dict[tuple[str, str, int], str]:
    """Persons of the source's list by record, role and number of the name, where recognition is sure."""
    query = (
        f"SELECT record, role, n, person FROM responsible_persons WHERE confidence > {_SURE} AND contains(person, '#')"
    )
    return {(record, role, n): person for record, role, n, person in db.execute(query).fetchall()}
