"""Names from outside matched with what a linked register describes, in the forms of the Reconciliation Service API 0.2.

A client such as OpenRefine asks in batches (``{"q0": {"query": "Lodge, Henry Cabot", "type": "person"}}``) and gets
candidates. Their identifiers are those of our mapping sets (``person:3``, ``post:athens``); a concept of a vocabulary has
its IRI. Persons are scored as linking scores them, everything else by its labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz import fuzz, process

from cablegraph.errors import InputError
from cablegraph.linking.directories import see_directories
from cablegraph.linking.queries import SCHEMES, TYPES, Query, read_query
from cablegraph.linking.recognition.folding import fold
from cablegraph.linking.recognition.known import Known
from cablegraph.linking.recognition.people import Person
from cablegraph.linking.reconciliation import Match, blocked, compare, leads, reconciled
from cablegraph.person_names import is_title, parse_name
from cablegraph.relations import Connection
from cablegraph.vocabularies import normalise, vocabulary

#: Labels less alike than this (of 100) are no candidates.
_ALIKE = 80
#: A name as it is spoken, perhaps with what follows it; any other comma stands behind a surname.
_SPOKEN = re.compile(r"(?P<words>[^,]+?)(?:,? (?P<suffix>[JS]r|II|III|IV)\.?)?$")

#: The tables that describe what has labels; agents of whom nothing but a printed name is known are not among them.
_LABELLED = """
SELECT 'post' AS type, key, label, variants, valid_from, valid_to, source FROM posts
UNION ALL BY NAME SELECT 'post' AS type, key, label FROM linked_posts WHERE described = 'true'
UNION ALL BY NAME SELECT 'organisation' AS type, key, label, variants, valid_from, valid_to, source FROM organisations
UNION ALL BY NAME SELECT 'position' AS type, key, label, variants, valid_from, valid_to, source FROM positions
UNION ALL BY NAME SELECT 'place' AS type, key, label, variants, valid_from, valid_to, source FROM places
ORDER BY type, key
"""


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that may be meant: identifier, type, label, one line about it, and when it existed (EDTF)."""

    id: str
    type: str
    label: str
    about: str = ""
    valid: tuple[str | None, str | None] = (None, None)

    def existed(self, on: str | None) -> bool:
        """Whether it existed on a day, or in some part of a year."""
        first, last = self.valid
        return on is None or not (
            (first and on[: len(first)] < first[: len(on)]) or (last and on[: len(last)] > last[: len(on)])
        )


class Matching:
    """Answers queries over a linked register (``db``, of which the tables are views). Only what is published is a candidate."""

    def __init__(self, db: Connection) -> None:
        see_directories(db)
        used = {(kind, key) for kind, key in db.execute("SELECT kind, key FROM in_use").fetchall()}
        self._persons: dict[str, Person] = {}
        self._entities: dict[str, Entity] = {}
        self._forms: dict[str, dict[str, list[str]]] = {name: {} for name in TYPES}
        self._see_persons(db, used)
        self._see_labels(db, used)
        self._blocks = blocked(self._persons.values())

    def answer(self, batch: object) -> dict[str, dict[str, list[dict[str, Any]]]]:
        """The answer to a batch of queries: candidates by the key of the query, those for whom most speaks first.

        Raises:
            InputError: the batch, or a query in it, is none.
        """
        if not isinstance(batch, dict):
            raise InputError(
                "a batch of queries is a JSON object of queries by their keys", hint='{"q0": {"query": "…"}}'
            )
        queries = {str(key): read_query(str(key), query) for key, query in batch.items()}
        return {key: {"result": self._candidates(query)} for key, query in queries.items()}

    def _candidates(self, query: Query) -> list[dict[str, Any]]:
        found = [*self._labelled(query), *(self._named(query) if "person" in query.types else ())]
        found.sort(key=lambda candidate: (-candidate["score"], candidate["id"]))
        if sum(candidate["match"] for candidate in found) > 1:  # of several types, each sure of its own
            found = [candidate | {"match": False} for candidate in found]
        return found[: query.limit]

    def _named(self, query: Query) -> Iterator[dict[str, Any]]:
        """Persons of that name. What is known of them and contradicts makes them no candidates."""
        subject = _asked(query)
        if subject is None:
            return
        for matches in reconciled([subject], self._blocks):
            kept = [match for match in matches if _agrees(self._persons[match.person], query)]
            for match in kept:
                yield self._candidate(
                    match.person,
                    100 * match.confidence,
                    match is kept[0] and leads(kept),
                    _features(subject, self._persons[match.person], match),
                )

    def _labelled(self, query: Query) -> Iterator[dict[str, Any]]:
        """What is called so: a candidate is sure where it alone bears the very form that is asked for."""
        on, form = query.first("date"), normalise(query.query)
        if not form:
            return
        scores: dict[str, float] = {}
        for name in query.types:
            forms = self._forms[name]
            for alike, score, _ in process.extract(
                form, list(forms), scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE, limit=None
            ):
                # Only the very form is worth 100: words in another order are not.
                worth = 100.0 if alike == form else min(score, 99.0)
                for key in forms[alike]:
                    if self._entities[key].existed(on):
                        scores[key] = max(scores.get(key, 0.0), worth)
        composed = vocabulary("posts").find(query.query, on) if "post" in query.types else None
        if composed is not None and (post := f"post:{composed.key}") in self._entities:
            # The vocabulary decides between what directories call alike: of a country's posts, the mission in it.
            scores = {key: min(score, 99.0) if key.startswith("post:") else score for key, score in scores.items()}
            scores[post] = 100.0
        exact = [key for key, score in scores.items() if score == 100.0]
        for key, score in scores.items():
            yield self._candidate(key, score, exact == [key], [{"id": "label", "value": round(score, 1)}])

    def _candidate(self, key: str, score: float, match: bool, features: list[dict[str, Any]]) -> dict[str, Any]:
        entity = self._entities[key]
        described = {"description": entity.about} if entity.about else {}
        kind = [{"id": entity.type, "name": TYPES[entity.type]}]
        return (
            {"id": entity.id, "name": entity.label}
            | described
            | {"type": kind, "score": round(score, 1), "match": match, "features": features}
        )

    def _see_persons(self, db: Connection, used: set[tuple[str, str]]) -> None:
        """An entry of a list that is linked with a person of a directory is that person."""
        linked = {
            entry
            for (entry,) in db.execute(
                "SELECT substr(subject_id, 8) FROM links WHERE predicate_id = 'skos:exactMatch' AND starts_with(object_id, 'person:')"
            ).fetchall()
        }
        known = Known(db)
        described = [*known.directory(), *(person for person, *_ in known.subjects())]
        shown = {
            key: row
            for key, *row in db.execute(
                "SELECT key, label, valid_from, valid_to, source, directory FROM persons"
            ).fetchall()
        }
        for person in described:
            label, born, died, source, directory = shown[person.key]
            if person.key in linked or (directory is not None and ("persons", person.key) not in used):
                continue
            key = f"person:{person.key}"
            life = f"{born or ''}–{died or ''}" if born or died else ""
            self._persons[key] = replace(person, key=key)
            self._entities[key] = Entity(key, "person", label, "; ".join(filter(None, (life, source))))

    def _see_labels(self, db: Connection, used: set[tuple[str, str]]) -> None:
        directories = {"post": "posts", "position": "positions", "place": "places"}
        theirs = {
            (kind, key)
            for kind, table in directories.items()
            for (key,) in db.execute(f"SELECT key FROM {table} WHERE directory IS NOT NULL").fetchall()
        }
        for kind, key, label, variants, first, last, source in db.execute(_LABELLED).fetchall():
            if (kind, key) not in theirs or (directories[kind], key) in used:
                scheme = directories.get(kind)
                concept = vocabulary(scheme).concepts.get(key) if scheme in ("posts", "positions") else None
                forms = (label or key, *(variants or ()), *(concept.labels if concept else ()))
                self._add(Entity(f"{kind}:{key}", kind, label or key, source or "", (first, last)), forms)
        for scheme in SCHEMES:
            for concept in vocabulary(scheme):
                self._add(Entity(concept.iri, scheme, concept.label, "", concept.valid), concept.labels)

    def _add(self, entity: Entity, forms: Iterable[str]) -> None:
        self._entities[entity.id] = entity
        for form in dict.fromkeys(map(normalise, forms)):
            self._forms[entity.type].setdefault(form, []).append(entity.id)


def _asked(query: Query) -> Person | None:
    """The person of whom a query speaks, as linking describes persons; None where it gives no name."""
    name = query.query.strip()
    if not name:
        return None
    year = _year(query.first("date"))
    about = frozenset(
        word.casefold() for office in query.properties.get("office", ()) for word in normalise(office).split()
    )
    return Person("", (parse_name(fold(_as_listed(name))),), about, ((year, year),) if year is not None else ())


def _as_listed(name: str) -> str:
    """A name in the order of lists: "Dr. Edwin M. Martin, Jr." is "Martin, Edwin M., Jr"."""
    spoken = _SPOKEN.match(name)
    if spoken is None:
        return name
    words = spoken["words"].split()
    while len(words) > 1 and is_title(words[0]):
        words.pop(0)
    return ", ".join(filter(None, (words[-1], " ".join(words[:-1]), spoken["suffix"])))


def _agrees(person: Person, query: Query) -> bool:
    """Whether years of birth and death that are asked for and known agree, by a year."""
    for known, asked in zip(person.life, (_year(query.first("born")), _year(query.first("died"))), strict=True):
        if asked is not None and known not in (0, 9999) and abs(known - asked) > 1:
            return False
    return True


def _year(text: str | None) -> int | None:
    return int(text[:4]) if text and text[:4].isdecimal() and len(text) >= 4 else None


def _features(subject: Person, person: Person, match: Match) -> list[dict[str, Any]]:
    """What the name counts, and what years and offices add to it or take away."""
    name = compare(replace(subject, about=frozenset(), years=()), person).score
    return [{"id": "name", "value": round(name, 2)}, {"id": "years and offices", "value": round(match.score - name, 2)}]
