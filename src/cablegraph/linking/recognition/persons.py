"""Persons named in the texts of documents: where, and who of those who bear the name.

A name as a whole names its bearer. A surname alone names the one of its bearers for whom most speaks: the whole name
elsewhere in the document, the title or the office before it, who is spoken of in the other documents, and who is named
in volumes of those years. Where nothing tells two bearers apart, nobody is named.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from cablegraph.linking.recognition.context import Named, given_alone, look_around
from cablegraph.linking.recognition.documents import Document, Text
from cablegraph.linking.recognition.people import People, Person


class PersonMention(NamedTuple):
    """A person named: where, who (None where bearers of the name cannot be told apart), how surely and by what evidence."""

    part: str
    start: int
    end: int
    person: str | None
    confidence: float
    how: str


#: By how much the best bearer must lead the second.
_MARGIN = 0.2
#: What must speak for a person whom neither the publisher nor a list of the source says to be spoken of.
_ENOUGH = 1.6
#: What it is worth that nobody else bears the surname.
_RARE = 1.5
#: So often a surname must stand as a plain word until it needs evidence to be a name.
_COMMON = 3
#: In so many characters of text that is looked for.
_WEIGHED = 2_000_000
#: Short for an office or a rank.
_OFFICES = {
    "amb": "ambassador", "pres": "president", "sec": "secretary", "sen": "senator", "gen": "general", "col": "colonel", "adm": "admiral",
    "min": "minister", "rep": "representative", "lt": "lieutenant", "maj": "major", "gov": "governor", "fr": "father",
}  # fmt: skip


@dataclass
class PersonRecogniser:
    """Recognises persons in documents, batch by batch; it learns from each batch who is spoken of."""

    _spoken_of: Counter[str] = field(default_factory=Counter)
    _volumes: dict[tuple[str, int | None], float] = field(default_factory=dict)

    def recognise(self, documents: Sequence[Document], people: People) -> Iterator[list[PersonMention]]:
        """Those of ``people`` whom each document names, from left to right."""
        words: Counter[str] = Counter()
        weighed, named = 0, []
        for document in documents:
            of_document: list[Named] = []
            for text in document.texts:
                of_document += _named(text, people, words if weighed < _WEIGHED else None)
                weighed += len(text.text)
            named.append(of_document)
            self._spoken_of.update(_introduced(of_document))
        common = {word for word, count in words.items() if count >= _COMMON}
        for document, found in zip(documents, named, strict=True):
            yield self._decide(document, [one for one in found if one.is_name(common)])

    def _decide(self, document: Document, found: Sequence[Named]) -> list[PersonMention]:
        introduced, year = set(_introduced(found)), document.year
        mentions = (self._mention(one, introduced, document, year) for one in found)
        return [mention for mention in mentions if mention is not None]

    def _mention(
        self, found: Named, introduced: Set[str], document: Document, year: int | None
    ) -> PersonMention | None:
        persons = [person for person in found.persons if person.lived(year)]
        if not persons:
            return None
        if found.given:
            return _called(found, persons, introduced)
        alone = len(persons) == 1
        person, lead = persons[0], _MARGIN
        if not (alone and (found.whole or person.expected or person.key in introduced)):
            scored = sorted(
                ((self._score(one, found, introduced, document.sender, year), one) for one in persons),
                key=lambda pair: (-pair[0], pair[1].key),
            )
            best, person = scored[0]
            lead = _MARGIN if alone else best - scored[1][0]
            told = found.whole or person.expected or person.key in introduced
            # Where nobody has said that this person is spoken of, that few bear the surname says it best.
            if not told and (found.part_of_longer_name() or best + _RARE / len(found.persons) < _ENOUGH):
                return None
        key: str | None = person.key
        if lead < _MARGIN:
            key, confidence, how = None, 0.5, "several persons bear the name"
        elif found.whole:
            confidence, how = 0.99 if alone else 0.9, "whole name"
        elif person.key in introduced:
            confidence, how = 0.97 if alone else 0.9, "surname, with the whole name in the document"
        elif alone:
            confidence, how = 0.95 if person.expected else 0.8, "the only one of that surname"
        else:
            confidence, how = 0.8, "surname, with title, office and frequency"
        return PersonMention(found.part, found.start, found.end, key, confidence, how)

    def _score(self, person: Person, found: Named, introduced: Set[str], sender: Set[str], year: int | None) -> float:
        """How much speaks for a bearer of the name; a unit is about what a title is worth."""
        score = 0.35 * math.log1p(self._spoken_of[person.key]) + self._named_in(person, year)
        if person.key in introduced:
            score += 1.5
        for title in found.titles:
            score += 1.0 if _OFFICES.get(title, title) in person.about else -0.2
        if found.kind == "signature":
            score += 0.5 * len(sender & person.about)
        return score + (0.4 if person.head else 0.0)

    def _named_in(self, person: Person, year: int | None) -> float:
        """What speaks for a person that volumes of the time name them."""
        worth = self._volumes.get((person.key, year))
        if worth is None:
            worth = self._volumes[person.key, year] = 0.5 * math.log1p(person.named_in(year))
        return worth


def _named(text: Text, people: People, words: Counter[str] | None) -> Iterator[Named]:
    """The names in a text; plain words that are surnames, too, are counted in ``words``."""
    last, folded = 0, text.folded
    for hit in people.matcher.find(folded):
        start, end, (whole, short, given) = hit
        if whole or short:
            found = look_around(text.kind, text.part, folded, hit, people.given)
        elif given:
            found = given_alone(text.kind, text.part, folded, hit)
        else:
            if words is not None:
                words[folded[start:end]] += 1
            continue
        if found is not None and found.start >= last:
            last = found.end
            yield found


def _introduced(found: Iterable[Named]) -> list[str]:
    """The keys of the persons whose whole names are among these."""
    return [one.persons[0].key for one in found if one.whole and len(one.persons) == 1]


def _called(found: Named, persons: Sequence[Person], introduced: Set[str]) -> PersonMention | None:
    """Whom a given name alone means: of those who bear it the one whom the document names as a whole, else the only one."""
    bearers = [person for person in persons if person.key in introduced] or persons
    if len(bearers) > 1:
        return None
    how = "a given name that only one person here bears"
    return PersonMention(found.part, found.start, found.end, bearers[0].key, 0.8, how)
