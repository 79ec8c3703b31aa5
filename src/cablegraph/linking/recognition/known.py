"""Who may be named in a source: the entries of its own list, or the persons of the publication and of its directories."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from cablegraph.linking.recognition.documents import Document
from cablegraph.linking.recognition.folding import fold
from cablegraph.linking.recognition.people import WORD, People, Person
from cablegraph.person_names import PersonName, parse_name, spoken_name
from cablegraph.relations import Connection

_YEAR = re.compile(r"\b1[89]\d\d\b")
#: The years that a volume covers, in its name: frus1961-63v16.
_YEARS = re.compile(r"frus(\d\d)(\d\d)(?:-(\d\d)(\d\d)?)?")
#: Whom a document means first: the heads of states, governments and foreign ministries.
_HEAD = re.compile(
    r"(?<!Vice )(?<!to the )(?<!Deputy )(?<!Under )(?<!Assistant )\b(?:President|Secretary of State|Prime Minister|Foreign Minister|Minister of Foreign Affairs|King|Shah)\b"
    r"(?! of the [^U])"
)
#: Key, label, variants, years of birth and death.
_Row = tuple[str, str, list[str] | None, str | None, str | None]
#: What a volume's list says of a person stands behind these words (see sources/frus/lists.py).
_LISTED = "list of persons"


class Known:
    """The persons that a register describes, by where they may be named.

    What lists and directories say of the source ``without`` does not count: recognition is judged by what it was not told.
    """

    def __init__(self, db: Connection, without: str = "") -> None:
        self._db = db
        self._exact: dict[str, str] = {}
        self._years: dict[str, set[tuple[str, int, int]]] = defaultdict(set)
        self._offices: dict[str, list[str]] = defaultdict(list)
        self._directory: dict[str, Person] = {}
        for entity, value in db.execute(
            "SELECT entity, value FROM identifiers WHERE scheme = 'FRUS' ORDER BY ALL"
        ).fetchall():
            volume = value.partition("#")[0]
            if volume == without:
                continue
            self._exact[value] = entity
            if (years := years_of(volume)) is not None:
                self._years[entity].add((volume, *years))
        held = """SELECT a.person, coalesce(p.label, replace(a.position, '-', ' ')), left(a.start, 4), left(a."end", 4)
            FROM appointments a LEFT JOIN positions p ON p.key = a.position WHERE coalesce(a.start, a."end") IS NOT NULL ORDER BY ALL"""
        for person, office, start, end in db.execute(held).fetchall():
            self._offices[person].append(office or "")
            self._years[person].add(("", int(start or end), int(end or start)))

    def lists(self) -> list[str]:
        """The sources that have a list of persons of their own, here or in a directory that names its entries."""
        query = """SELECT DISTINCT source FROM records WHERE source IN (
            SELECT split_part(key, '#', 1) FROM persons WHERE contains(key, '#')
            UNION SELECT split_part(value, '#', 1) FROM identifiers WHERE scheme = 'FRUS') ORDER BY 1"""
        return [source for (source,) in self._db.execute(query).fetchall()]

    def listed(self, source: str) -> People:
        """The persons of a source's list; what a directory says of an entry counts as well."""
        query = "SELECT key, label, source FROM persons WHERE starts_with(key, $source || '#') ORDER BY key"
        rows = self._db.execute(query, {"source": source}).fetchall()
        persons = []
        for key, label, about in rows:
            said = (about or "").partition(_LISTED)[2]
            persons.append(self._person(key, [parse_name(fold(label))], [said], self._exact.get(key), expected=True))
        if not persons:
            entries = {entity for value, entity in self._exact.items() if value.startswith(f"{source}#")}
            rows = self._listed_by_directories
            persons = [replace(self._of_directory(row), expected=True) for row in rows if row[0] in entries]
        return People(persons)

    def others(self, documents: Sequence[Document]) -> People:
        """The persons whom documents of sources without a list may name: those of the publication, and of directories those whose surname they have."""
        own = [self._described(row, own=True) for row in self._rows("directory IS NULL AND NOT contains(key, '#')")]
        words = {word for one in documents for text in one.texts for word in WORD.findall(text.folded)}
        borne = sorted({number for word in self._bearers.keys() & words for number in self._bearers[word]})
        theirs = {form for person in own for form in _whole_forms(person)}
        places = {name for (name,) in self._db.execute("SELECT label FROM places").fetchall()}
        directory = (self._of_directory(self._listed_by_directories[number]) for number in borne)
        # What the publisher describes comes before a directory; and directories have entries such as "Emperor of Japan".
        others = (
            person
            for person in directory
            if theirs.isdisjoint(_whole_forms(person) if theirs else ())
            and places.isdisjoint(surname for name in person.names for surname in name.surnames)
        )
        return People([*own, *others], words)

    def directory(self) -> Iterator[Person]:
        """All persons of the directories."""
        return map(self._of_directory, self._listed_by_directories)

    def subjects(self) -> Iterator[tuple[Person, str | None, str | None, int | None]]:
        """The persons of lists and of the publication, with the person whom a directory names for an entry, file and line.

        The years of an entry are those of its volume.
        """
        query = """SELECT key, label, variants, valid_from, valid_to, source, source_file, source_line FROM persons
            WHERE directory IS NULL ORDER BY key"""
        for *row, about, file, line in self._db.execute(query).fetchall():
            volume, entry, _ = row[0].partition("#")
            if entry:
                years = years_of(volume)
                person = self._person(
                    row[0], [parse_name(fold(row[1]))], [(about or "").partition(_LISTED)[2]], None, expected=True
                )
                yield replace(person, years=(years,) if years else ()), self._exact.get(row[0]), file, line
            else:
                yield self._described(tuple(row), own=True), None, file, line

    @cached_property
    def _listed_by_directories(self) -> list[_Row]:
        return self._rows("directory IS NOT NULL")

    @cached_property
    def _bearers(self) -> dict[str, list[int]]:
        """Who bears a surname of which this is a word: directories have thousands whom nobody speaks of."""
        bearers: dict[str, list[int]] = defaultdict(list)
        for number, (_, label, variants, *_) in enumerate(self._listed_by_directories):
            surnames = {form.partition(",")[0] for form in variants or () if "," in form} or {label}
            for word in {word for surname in surnames for word in WORD.findall(fold(surname))}:
                bearers[word].append(number)
                bearers[word.upper()].append(number)
        return bearers

    def _rows(self, condition: str) -> list[_Row]:
        query = f"SELECT key, label, variants, valid_from, valid_to FROM persons WHERE {condition} ORDER BY key"
        return self._db.execute(query).fetchall()

    def _of_directory(self, row: _Row) -> Person:
        if (person := self._directory.get(row[0])) is None:
            person = self._directory[row[0]] = self._described(row, own=False)
        return person

    def _described(self, row: _Row, *, own: bool) -> Person:
        key, label, variants, born, died = row
        forms = [label, *(variants or ())]
        listed = [] if own else [parse_name(fold(form)) for form in forms if "," in form]
        names = listed or [spoken_name(fold(form)) for form in (forms if own else forms[:1])]
        return self._person(key, names, forms, key, expected=own, life=(born, died))

    def _person(
        self,
        key: str,
        names: Sequence[PersonName],
        about: Sequence[str],
        authority: str | None,
        *,
        expected: bool,
        life: tuple[str | None, str | None] = (None, None),
    ) -> Person:
        said = [*about, *self._offices.get(authority or "", ())]
        words = frozenset(word.casefold() for piece in said for word in WORD.findall(piece))
        years = tuple((first, last) for _, first, last in sorted(self._years.get(authority or "", ())))
        born, died = (int(year[:4]) if year and year[:4].isdecimal() else None for year in life)
        return Person(
            key,
            tuple(dict.fromkeys(names)),
            words,
            years,
            (born or 0, died or 9999),
            head=any(_HEAD.search(piece) for piece in said),
            expected=expected,
            named_years=tuple(int(year) for piece in about for year in _YEAR.findall(piece)),
        )


def _whole_forms(person: Person) -> Iterator[str]:
    return (form for name in person.names for form in name.whole_forms())


def years_of(volume: str) -> tuple[int, int] | None:
    """The first and last year that a volume of FRUS covers, from its name: frus1969-76ve04, frus1955-57v14, frus1951v07p2."""
    if (found := _YEARS.match(volume)) is None:
        return None
    century, first, *rest = found.groups()
    last = f"{rest[0]}{rest[1]}" if rest[1] else f"{century}{rest[0] or first}"
    return int(century + first), int(last)
