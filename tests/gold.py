"""The release that a gold file is held against: the rows of one record, the RDF about it, and elements to look for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from cablegraph.register import rows

#: A gold file, or a part of one.
Gold = dict[str, Any]

_PREFIXES = """
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX dipl: <https://w3id.org/diplomatic-records/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX rico: <https://www.ica.org/standards/RiC/ontology#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX v: <https://w3id.org/diplomatic-records/vocabulary/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


@dataclass(frozen=True)
class Check:
    """One element of the gold file: what it is, and whether the register and the RDF have it."""

    name: str
    register: bool
    rdf: bool


class Release:
    """The release of the seed and the volume: the rows of the seed's record, and the RDF about it."""

    def __init__(self, folder: Path, seed: str) -> None:
        self._folder = folder
        self._seed = seed
        self._store = ox.Store()
        for dump in folder.glob("dumps/*.nq"):
            self._store.bulk_load(path=str(dump), format=ox.RdfFormat.N_QUADS)
        self.record = f"{seed}/1"
        (telegram,) = {row["telegram"] for row in rows(folder / "register", "identity") if row["record"] == self.record}
        self.telegram = telegram
        self._tables: dict[str, list[dict[str, Any]]] = {}

    def rows(self, table: str, **wanted: Any) -> list[dict[str, Any]]:
        """Rows of the seed's record that have these values."""
        if table not in self._tables:
            found = rows(self._folder / "register", table)
            self._tables[table] = [row for row in found if row.get("record", self.record) == self.record]
        return [row for row in self._tables[table] if all(row[key] == value for key, value in wanted.items())]

    def has(self, table: str, **wanted: Any) -> bool:
        """Whether the register has such a row of the seed's record."""
        return bool(self.rows(table, **wanted))

    def values(self, pattern: str, *names: str) -> list[str]:
        """The values of ``?x`` in a pattern; ``?r`` is the telegram, ``?i`` the seed's showing of it."""
        fixed = f'?i rico:isOrWasInstantiationOf ?r ; dipl:sourceFile "{self._seed}.txt" .'
        query = f"{_PREFIXES} SELECT ?x {{ {fixed} {pattern} }}"
        answer = self._store.query(query, use_default_graph_as_union=True)
        return [solution["x"].value for solution in answer]  # type: ignore[union-attr]

    def ask(self, pattern: str) -> bool:
        """Whether the RDF has a pattern."""
        fixed = f'?i rico:isOrWasInstantiationOf ?r ; dipl:sourceFile "{self._seed}.txt" .'
        query = f"{_PREFIXES} ASK {{ {fixed} {pattern} }}"
        return bool(self._store.query(query, use_default_graph_as_union=True))


def literal(value: str) -> str:
    """A literal of SPARQL."""
    return json.dumps(value, ensure_ascii=False)


def identifier(kind: str, value: str) -> str:
    return f"?r rico:hasOrHadIdentifier ?n . ?n rico:hasIdentifierType v:identifier-types\\/{kind} ; rico:textualValue {literal(value)}"


def concept(scheme: str, label: str) -> str:
    key = label.casefold().replace(" ", "-")
    return f"?r dipl:{scheme} v:{scheme}\\/{key}"


def marking(release: Release, name: str, kind: str, text: str) -> Check:
    found = release.has("markings", kind=kind, text=text)
    return Check(
        name,
        found,
        release.ask(f"?i dipl:hasMarking [ dipl:markingText {literal(text)} ; dct:type v:marking-kinds\\/{kind} ]"),
    )


def reading(release: Release, name: str, field: str, how: str) -> Check:
    found = f"?i dipl:hasReading [ dipl:field {literal(field)} ; dipl:how {literal(how)} ]"
    return Check(name, release.has("readings", field=field, how=how), release.ask(found))


def event(release: Release, name: str, kind: str, agent: str | None, state: str, at: str | None = None) -> Check:
    events = release.rows("events", kind=kind, requested_or_done=state)
    found = [
        row
        for row in events
        if (agent is None or row["agent"].casefold() == agent.casefold()) and (at is None or row["at"] == at)
    ]
    pattern = f"?r dipl:hasEvent ?e . ?e rico:hasEventType v:event-types\\/{kind.replace(' ', '-')} ; dipl:eventStatus v:event-status\\/{state} . "
    if agent:
        pattern += f"?e rico:hasOrHadParticipant [ rdfs:label|skos:altLabel ?a ] FILTER(CONTAINS(CONCAT(LCASE(STR(?a)), ' '), {literal(agent.casefold() + ' ')})) "
    if at:
        pattern += f"?e rico:occurredAtDate [ rico:normalizedDateValue ?t ] FILTER(STR(?t) = {literal(at)}) "
    return Check(name, bool(found), release.ask(pattern))


def rows_of_telegram(release: Release) -> list[dict[str, Any]]:
    """The row of ``telegrams`` that the seed's record is part of."""
    return [row for row in release.rows("telegrams") if row["telegram"] == release.telegram]


def parts_inside(release: Release, key: str) -> list[dict[str, Any]]:
    """The parts under a part, in order."""
    below = {key}
    found = []
    for row in release.rows("parts"):
        if row["parent"] in below:
            below.add(row["part"])
            found.append(row)
    return found


def runs_through(words: list[str], text: str) -> bool:
    """Whether the words stand in the text in this order; words of uncertain place may stand between them."""
    left = iter(text.split())
    return all(word in left for word in words)


def paired(told: list[str], labels: list[str], published: list[str]) -> Iterator[tuple[str, str, str]]:
    for at, text in enumerate(told):
        yield text, labels[at] if at < len(labels) else "", published[at] if at < len(published) else ""
