"""Persons named in the texts of documents: where, and who of those who bear the name.

A name as a whole names its bearer. A surname alone names the one of its bearers for whom most speaks: the whole name
elsewhere in the document, the title or the office before it, who is spoken of in the other documents, and who is named
in volumes of those years. Where nothing tells two bearers apart, nobody is named.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cablegraph.linking.recognition.context import Named, look_around
from cablegraph.linking.recognition.documents import Document, Text
from cablegraph.linking.recognition.people import People, Person


@dataclass(frozen=True, slots=True)
class PersonMention:
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

    people: People
    _spoken_of: Counter[str] = field(default_factory=Counter)
    _as_words: Counter[str] = field(default_factory=Counter)
    _weighed: int = 0
    _volumes: dict[tuple[str, int | None], float] = field(default_factory=dict)

    def recognise(self, documents: Sequence[Document]) -> Iterator[list[PersonMention]]:
        """The persons named in each document, from left to right."""
        named = [[found for text in one.texts for found in self._named(text)] for one in documents]
        for text in (text for one in documents for text in one.texts):
            if self._weighed < _WEIGHED:
                self._weighed += len(text.text)
                self._as_words.update(hit.meaning for hit in self.people.words.find(text.folded))
        common = {word for word, count in self._as_words.items() if count >= _COMMON}
        for found in named:
            self._spoken_of.update(one.persons[0].key for one in found if one.whole and len(one.persons) == 1)
        for document, found in zip(documents, named, strict=True):
            yield self._decide(document, [one for one in found if one.is_name(common)])

    def _named(self, text: Text) -> Iterator[Named]:
        last = 0
        for hit in self.people.matcher.find(text.folded):
            found = look_around(text.kind, text.part, text.folded, hit, self.people.given)
            if found is not None and found.start >= last:
                last = found.end
                yield found

    def _decide(self, document: Document, found: Sequence[Named]) -> list[PersonMention]:
        introduced = {one.persons[0].key for one in found if one.whole and len(one.persons) == 1}
        mentions = (self._mention(one, introduced, document) for one in found)
        return [mention for mention in mentions if mention is not None]

    def _mention(self, found: Named, introduced: set[str], document: Document) -> PersonMention | None:
        persons = [person for person in found.persons if person.lived(document.year)]
        if not persons:
            return None
        alone = len(persons) == 1
        person, lead = persons[0], _MARGIN
        told = found.whole or person.expected or person.key in introduced
        if not (alone and told):
            scored = sorted(
                ((self._score(one, found, introduced, document), one) for one in persons),
                key=lambda pair: (-pair[0], pair[1].key),
            )
            best, person = scored[0]
            lead = _MARGIN if alone else best - scored[1][0]
            told = found.whole or person.expected or person.key in introduced
            # Where nobody has said that this person is spoken of, that few bear the surname says it best.
            if not told and (found.part_of_longer_name() or best + _RARE / len(found.persons) < _ENOUGH):
                return None

        def mention(confidence: float, how: str, named: Person | None = person) -> PersonMention:
            return PersonMention(found.part, found.start, found.end, named.key if named else None, confidence, how)

        if lead < _MARGIN:
            return mention(0.5, "several persons bear the name", None)
        if found.whole:
            return mention(0.99 if alone else 0.9, "whole name")
        if person.key in introduced:
            return mention(0.97 if alone else 0.9, "surname, with the whole name in the document")
        if alone:
            return mention(0.95 if person.expected else 0.8, "the only one of that surname")
        return mention(0.8, "surname, with title, office and frequency")

    def _score(self, person: Person, found: Named, introduced: set[str], document: Document) -> float:
        """How much speaks for a bearer of the name; a unit is about what a title is worth."""
        score = 0.35 * math.log1p(self._spoken_of[person.key]) + self._named_in(person, document.year)
        if person.key in introduced:
            score += 1.5
        for title in found.titles:
            score += 1.0 if _OFFICES.get(title, title) in person.about else -0.2
        if found.kind == "signature":
            score += 0.5 * len(document.sender & person.about)
        return score + (0.4 if person.head else 0.0)

    def _named_in(self, person: Person, year: int | None) -> float:
        """What speaks for a person that volumes of the time name them."""
        worth = self._volumes.get((person.key, year))
        if worth is None:
            worth = self._volumes[person.key, year] = 0.5 * math.log1p(person.named_in(year))
        return worth
