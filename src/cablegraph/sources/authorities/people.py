"""Persons: those of the people data, and principal officers and chiefs of mission, joined where they are the same.

A record of the people data names its sources by address. One that is the page of an officer says that both are the same
person; one in a volume's list of persons is the key under which that list has the person in the register.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from cablegraph.person_names import natural_order
from cablegraph.register import Entry
from cablegraph.sources.authorities.ledger import Ledger, Place, Span, place_of, without_repeats
from cablegraph.sources.authorities.trees import all_said, said
from cablegraph.sources.source import Source

PEOPLE = "Office of the Historian, people data"
OFFICERS = "Office of the Historian, Principal Officers and Chiefs of Mission"
_SITE = r"https?://history\.state\.gov"
_OFFICER = re.compile(rf"{_SITE}/departmenthistory/people/([^/#?\s]+)")
_LISTED = re.compile(rf"{_SITE}/historicaldocuments/([^/#?\s]+)/persons#(\S+)")


@dataclass(slots=True)
class _Person:
    id: str
    label: str
    names: list[str]
    span: Span
    place: Place
    addresses: list[str] = field(default_factory=list)
    viaf: list[str] = field(default_factory=list)
    old: list[str] = field(default_factory=list)


class Persons:
    """Collects persons; their rows are made when all are known, so that the order of files does not matter."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._people: list[_Person] = []
        self._officers: list[_Person] = []
        #: The key of a person by every id that officers have or had.
        self.keys: dict[str, str] = {}

    def read(self, root: Element, source: Source) -> None:
        """Read a file of either directory, which one its elements tell."""
        if root.find("persName") is not None:
            self._officers.append(self._officer(root, place_of(root, source)))
        else:
            self._people.append(self._of_people(root, place_of(root, source)))

    def _of_people(self, root: Element, place: Place) -> _Person:
        key = self._ledger.id_of(said(root, "id"), place, "persons.key")
        names = [
            *all_said(root, "names/preferred/name"), *all_said(root, "names/alternates/name"),
            *all_said(root, "names/originals/original/name"),
        ]  # fmt: skip
        addresses = without_repeats([" ".join((url.text or "").split()) for url in root.iter("source-url")])
        return _Person(
            key, self._label(natural_order(names[0]) if names else "", key, place), names,
            self._ledger.span(said(root, "birth-year"), said(root, "death-year"), place, "persons.valid_from"), place, addresses,
            all_said(root, "authorities/authority[@service='viaf']"),
        )  # fmt: skip

    def _officer(self, root: Element, place: Place) -> _Person:
        key = self._ledger.id_of(said(root, "id"), place, "persons.key")
        parts = [said(root, f"persName/{part}") for part in ("surname", "forename", "genName")]
        listed = ", ".join(part for part in parts if part)
        names = [*([listed] if listed else []), *all_said(root, "persName/altname")]
        label = self._label(natural_order(listed), key, place)
        life = self._ledger.span(said(root, "birth"), said(root, "death"), place, "persons.valid_from")
        return _Person(key, label, names, life, place, old=all_said(root, "old-ids/old-id"))

    def _label(self, label: str, key: str, place: Place) -> str:
        if not label:
            self._ledger.tell(
                place, "no name", "persons.label", "", "The person has no name; the id stands for it. Add one."
            )
        return label or key

    def rows(self) -> Iterator[Entry]:
        """The rows of ``persons`` and ``identifiers``; afterwards ``keys`` is complete."""
        for group in (self._people, self._officers):
            group.sort(key=lambda person: (person.id, person.place.order))
        officers: dict[str, _Person] = {}
        for officer in self._officers:
            officers.setdefault(officer.id, officer)
        for officer in self._officers:
            for old in officer.old:
                officers.setdefault(old, officer)
        joined: dict[int, str] = {}
        for person in self._people:
            yield from self._person(person, officers, joined)
        for officer in self._officers:
            if id(officer) not in joined:
                key = self._ledger.take("persons", officer.id, officer.place)
                yield self._row(key, officer, officer.names, officer.span, OFFICERS, "pocom")
                yield from self._identifiers(key, officer)

    def _person(self, person: _Person, officers: dict[str, _Person], joined: dict[int, str]) -> Iterator[Entry]:
        key = self._ledger.take("persons", person.id, person.place)
        names, span, sources = list(person.names), person.span, [PEOPLE]
        rows: list[Entry] = []
        for number in person.viaf:
            if number.isascii() and number.isdigit():
                rows.append(_identifier(key, "VIAF", number, PEOPLE, person.place))
            else:
                self._ledger.tell(
                    person.place, "no identifier", "identifiers.value", number, "This is no number of VIAF. Correct it."
                )
        for address in person.addresses:
            if found := _LISTED.fullmatch(address):
                rows.append(_identifier(key, "FRUS", f"{found[1]}#{found[2]}", address, person.place))
            elif found := _OFFICER.fullmatch(address):
                officer = self._same(person, key, found[1], officers, joined)
                if officer is None:
                    rows.append(_identifier(key, "pocom", found[1], address, person.place))
                elif id(officer) not in joined:
                    joined[id(officer)] = key
                    names += officer.names
                    span = self._both(span, officer, person.place)
                    sources.append(OFFICERS)
                    rows += self._identifiers(key, officer)
            else:
                sources.append(address)
        yield self._row(key, person, names, span, "; ".join(without_repeats(sources)), "people")
        yield from rows

    def _same(
        self, person: _Person, key: str, named: str, officers: dict[str, _Person], joined: dict[int, str]
    ) -> _Person | None:
        """The officer whose page a person's record names, unless another record has named him first."""
        officer = officers.get(named)
        self.keys.setdefault(named, key)
        if officer is None and officers:
            message = "No officer has this id, or had it before; correct it, or add the officer."
            self._ledger.tell(person.place, "unknown officer", "identifiers.value", named, message)
        if officer is not None and joined.get(id(officer), key) != key:
            message = f"The person {joined[id(officer)]} names the same officer; join the two records, or correct one."
            self._ledger.tell(person.place, "two persons", "identifiers.value", named, message)
        return officer

    def _both(self, span: Span, officer: _Person, place: Place) -> Span:
        """The years of the people data, else those of the officer; where they differ a finding says so."""
        for column, ours, theirs in (
            ("valid_from", span.since, officer.span.since),
            ("valid_to", span.until, officer.span.until),
        ):
            if ours and theirs and ours != theirs:
                message = f"The record of the officer {officer.id} says {theirs}; {ours} is kept. Compare the two."
                self._ledger.tell(place, "dates disagree", f"persons.{column}", f"{ours}, {theirs}", message)
        return Span(span.since or officer.span.since, span.until or officer.span.until)

    def _identifiers(self, key: str, officer: _Person) -> list[Entry]:
        ids = without_repeats([officer.id, *officer.old])
        for name in ids:
            self.keys.setdefault(name, key)
        return [_identifier(key, "pocom", name, OFFICERS, officer.place) for name in ids]

    def _row(self, key: str, person: _Person, names: list[str], span: Span, source: str, directory: str) -> Entry:
        return "persons", {
            "key": key, "label": person.label, "variants": without_repeats(names, person.label), "valid_from": span.since,
            "valid_to": span.until, "source": source, "directory": directory, **person.place.columns,
        }  # fmt: skip


def _identifier(entity: str, scheme: str, value: str, source: str, place: Place) -> Entry:
    return "identifiers", {
        "entity": entity, "scheme": scheme, "value": value, "source": source, **place.columns,
    }  # fmt: skip
