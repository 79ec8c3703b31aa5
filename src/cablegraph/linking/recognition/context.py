"""What stands around a name: given names, titles and suffixes that belong to it, and signs that it is no person's name."""

from __future__ import annotations

import re
from collections.abc import Container, Set
from dataclasses import dataclass

from cablegraph.linking.recognition.people import Meaning, Person, agrees
from cablegraph.person_names import is_title

#: Before a name: up to five words that begin with a capital, or initials.
_BEFORE = re.compile(r"(?:[A-Z][\w'-]*\.?(?:[A-Z]\.)*[ ]+){1,5}$")
#: So many characters before a name are looked at.
_REACH = 48
_INITIAL = re.compile(r"(?:[A-Z]\.?){1,3}")
_SUFFIX = re.compile(r",? ?\b(Jr|jr|JR|Sr|II|III|IV)\b\.?")
_SENTENCE_START = re.compile(r"(?:^|[.?!:;]['\")\]]*|[\"“(\[])\s*$")
#: A surname here is part of the name of a library, a house, a place.
_NO_PERSON_AFTER = re.compile(
    r"['’]?s? (?:Library|LIBRARY|Papers|PAPERS|Materials?|House|HOUSE|Office Files?|Street|Avenue|University|College|Islands?|Bay|Valley|Hotel"
    r"|Airport|Hall|Building)\b"
)
_NO_PERSON_BEFORE = re.compile(
    r"\b(?:Camp|Fort|Ft\.|Mount|Mt\.|Lake|Ciudad|Port|Cape|New|North|South|East|West|Santo|San|Santa|CAMP|FORT|NEW|[Tt]he|THE|[Aa]n?) $"
)
_MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
_OF_DATE_AFTER = re.compile(r",? \d|-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|/\d")
_OF_DATE_BEFORE = re.compile(
    r"\d(?:st|nd|rd|th)? $|\b(?:of|in|by|from|until|since|during|early|late|mid-?|last|next|this) $"
)
_LONGER_AFTER = re.compile(r"(?:[ -])[A-Z][\w']*")
_LONGER_BEFORE = re.compile(r"[A-Z][\w']*[ -]$")
#: Surnames that capitals-only texts do not tell from words.
_WORDS = frozenset(
    [
        "ball",
        "bean",
        "bell",
        "best",
        "black",
        "bond",
        "book",
        "bridge",
        "bridges",
        "brown",
        "bush",
        "case",
        "church",
        "cross",
        "day",
        "early",
        "field",
        "fields",
        "fish",
        "ford",
        "forest",
        "fox",
        "gates",
        "good",
        "grant",
        "gray",
        "green",
        "grey",
        "hall",
        "hand",
        "hare",
        "hart",
        "head",
        "high",
        "hill",
        "holland",
        "home",
        "hood",
        "hope",
        "house",
        "hunt",
        "hunter",
        "judge",
        "just",
        "king",
        "knight",
        "lake",
        "land",
        "lane",
        "law",
        "lay",
        "little",
        "lodge",
        "long",
        "lord",
        "love",
        "low",
        "major",
        "march",
        "marine",
        "mark",
        "marks",
        "marshall",
        "martin",
        "mason",
        "may",
        "merchant",
        "miles",
        "mills",
        "moose",
        "moss",
        "noble",
        "north",
        "page",
        "parks",
        "park",
        "peace",
        "persons",
        "place",
        "poole",
        "pope",
        "post",
        "power",
        "powers",
        "price",
        "prince",
        "read",
        "reed",
        "rice",
        "rich",
        "richards",
        "rivers",
        "root",
        "rose",
        "rush",
        "sharp",
        "ship",
        "short",
        "small",
        "snow",
        "south",
        "spain",
        "speaker",
        "staff",
        "stark",
        "steel",
        "stone",
        "street",
        "strong",
        "summers",
        "swift",
        "town",
        "trend",
        "turkey",
        "turner",
        "walker",
        "wall",
        "ward",
        "waters",
        "way",
        "weeks",
        "west",
        "white",
        "wilde",
        "wise",
        "wood",
        "woods",
        "young",
    ]
)


@dataclass(slots=True)
class Named:
    """A name in a folded text, with its titles, and the persons who bear it: as a ``whole``, as a ``given`` name alone, else as the surname."""

    kind: str
    part: str
    text: str
    start: int
    end: int
    titles: tuple[str, ...]
    persons: tuple[Person, ...]
    whole: bool
    given: bool = False

    def is_name(self, common: Container[str]) -> bool:
        """Whether the words are a person's name here, and not part of another name, a date or a plain word.

        A surname that is also a word of these texts (``common``) needs a title, a given name or its place in a sentence.
        """
        text, start, end = self.text, self.start, self.end
        if _NO_PERSON_AFTER.match(text, end):
            return False
        if self.whole or self.given or self.titles or text.startswith(":", end):  # who speaks, in minutes
            return True
        word = text[start:end]
        plain = word.casefold()
        before = text[max(0, start - 12) : start]
        if plain in _MONTHS and (_OF_DATE_AFTER.match(text, end) or _OF_DATE_BEFORE.search(before)):
            return False
        if plain in common or (word.isupper() and plain in _WORDS):
            return not (word.isupper() or _NO_PERSON_BEFORE.search(before) or _SENTENCE_START.search(before))
        return True

    def part_of_longer_name(self) -> bool:
        """Whether other words with a capital stand beside it without a title: "Hong Kong", "Press Officer"."""
        word = self.text[self.start : self.end].casefold()
        if word in _MONTHS or is_title(word):
            return True
        if self.titles or self.text[self.start : self.end].isupper():
            return False
        before = self.text[max(0, self.start - 20) : self.start]
        return bool(
            _LONGER_AFTER.match(self.text, self.end)
            or (_LONGER_BEFORE.search(before) and not _SENTENCE_START.search(before.rsplit(" ", 2)[0] + " "))
        )


def look_around(kind: str, part: str, text: str, hit: tuple[int, int, Meaning], given_names: Set[str]) -> Named | None:
    """Take in the given name, the titles and the suffix beside a hit in a folded text; None where they are another person's."""
    start, end, meaning = hit
    whole = bool(meaning.whole)
    persons = meaning.whole or meaning.short
    titles: list[str] = []
    given: list[str] = []
    for word in _words_before(text, start):
        name = word.rstrip(".").casefold()
        if is_title(word):
            titles.append(name)
        elif not titles and len(given) < 3 and (name in given_names or _is_initial(word, text[start:end])):
            given.insert(0, word)
        else:
            break
    if given and not whole:
        persons = tuple(person for person in persons if agrees(given, person.names))
        if not persons:
            return None
        if any(name.given or name.nicknames for person in persons for name in person.names):
            whole = True
            for word in reversed(given):
                start = text.rindex(word, 0, start)
    if (suffix := _SUFFIX.match(text, end)) is not None:
        bearers = tuple(p for p in persons if any(n.suffix.casefold() == suffix[1].casefold() for n in p.names))
        if bearers:
            persons, end = bearers, suffix.end()
    return Named(kind, part, text, start, end, tuple(titles), persons, whole)


#: Behind a given name: a surname, an initial, a particle of a surname.
_SURNAME_AFTER = re.compile(r"[ -](?:[A-Z]|(?:al|de|del|el|ibn|van|von)\b)|['’]?[-\w]")
_ADDRESSED = re.compile(r"(?:^|[.\"“] ?)(?:My )?[Dd]ear (?:Sir )?$|\bSir $")


def given_alone(kind: str, part: str, text: str, hit: tuple[int, int, Meaning]) -> Named | None:
    """A given name that stands for a person: "Dear Jack", "Sir Roger", a letter signed "Bill"; anywhere else it is too unsure."""
    start, end, meaning = hit
    signed = kind == "signature" and text.strip(" .") == text[start:end]
    if _SURNAME_AFTER.match(text, end) or not (signed or _ADDRESSED.search(text, max(0, start - _REACH), start)):
        return None
    return Named(kind, part, text, start, end, (), meaning.given, whole=False, given=True)


def _words_before(text: str, start: int) -> list[str]:
    """The words with a capital that stand right before a name, the nearest first."""
    space = text.rfind(" ", 0, max(start - 1, 0))
    if text[space + 1 : start].islower():  # nearly always, and far cheaper to tell than by the pattern
        return []
    before = _BEFORE.search(text, max(0, start - _REACH), start)
    return before[0].split()[::-1] if before else []


def _is_initial(word: str, surname: str) -> bool:
    """Whether a word is initials; in texts in capitals only full stops say so, since "AS PRICE" is no Mr. Price."""
    return _INITIAL.fullmatch(word) is not None and ("." in word or not surname.isupper())
