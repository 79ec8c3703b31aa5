"""What texts name beside persons: states, places, organisations, posts, treaties, weapon systems, crises and offices.

The forms are the labels of the vocabularies, of the publication's own places and organisations, and what follows from
them: capitals, full stops in abbreviations, posts with their missions. A word stands for a thing only in the case in
which it is written there, so that "Turkey" is a state and "turkey" is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cablegraph.linking.recognition.folding import fold
from cablegraph.linking.recognition.matcher import Matcher
from cablegraph.linking.recognition.offices import offices
from cablegraph.relations import Connection
from cablegraph.vocabularies import Concept, vocabulary

#: The schemes that name things, and the kind of mention that they make; where two have a form, the first one counts.
_SCHEMES = {
    "states": "state",
    "regions": "place",
    "organisations": "organisation",
    "treaties": "treaty",
    "weapon-systems": "weapon",
    "crises": "event",
}
#: An abbreviation stands in no other case; a plural may end it.
_ABBREVIATION = re.compile(r"[A-Z]{2,}[a-z]?[A-Z]*(?:'?s)?|[A-Z]/[A-Z]")
_LETTERS = re.compile(r"[A-Z]{2,5}")
#: The name of a type: Il-28, U-2, MIG-21.
_TYPE = re.compile(r"[A-Z][A-Za-z]{0,2}-\d+[A-Z]?")
_SHORTEST = 3
#: So many years before it exists a thing may be spoken of; names of states and bodies may be older than they.
_FORESEEN = {"weapon": 5, "treaty": 3, "event": 0}
#: What may stand before a country or a city, and together with it names a post.
IN_A_PLACE = (" in ", " at ", " in the ", " IN ", " AT ", " IN THE ")
_MISSION = re.compile(
    r"\b(?i:(?:American )?(?:embassy|legation|consulate(?: general)?|interests section)) (?i:in|at) (?:(?i:the) )?$"
)
#: Names of posts that in a text are words, or the same as a state's.
_NEVER = frozenset({"State", "STATE", "Mission", "MISSION", "Defense", "DEFENSE"})
#: Abbreviations that texts in capitals do not tell from words.
PLAIN_WORDS = frozenset({"AID", "WHO", "IT", "AM", "TOW", "ICE"})


@dataclass(frozen=True, slots=True)
class Thing:
    """What a form means: kind of mention, scheme of the vocabulary (None: a table of the register), key, and when it existed.

    ``lasting`` says that the form means it only while it existed, ``since`` is the first year in which it is spoken of.
    """

    kind: str
    scheme: str | None
    key: str
    concept: Concept | None = None
    lasting: bool = False
    since: int = 0

    def meant_in(self, year: int | None, day: str | None) -> bool:
        """Whether the form can mean this in a document of that year and day."""
        if not (self.since or self.lasting) or year is None or day is None:
            return True
        return year >= self.since and (not self.lasting or self.concept is None or self.concept.existed(day))


def things(db: Connection) -> Matcher[Thing]:
    """Everything that a text may name beside persons, by form."""
    forms: dict[str, Thing] = {}
    for form, thing in (*_of_register(db), *_of_vocabularies(), *_posts()):
        for spelling in _spellings(form):
            if spelling not in _NEVER:
                forms.setdefault(spelling, thing)
    for form, concept in offices():
        for spelling in (form, form.upper()):
            forms.setdefault(spelling, Thing("position", "positions", concept.key, concept))
    return Matcher(forms)


def _of_register(db: Connection) -> Iterator[tuple[str, Thing]]:
    for table, kind in (("places", "place"), ("organisations", "organisation")):
        directory = "WHERE directory IS NULL" if table == "places" else ""
        for key, label, variants in db.execute(
            f"SELECT key, label, variants FROM {table} {directory} ORDER BY key"
        ).fetchall():
            for form in (label, *(variants or ())):
                yield form, Thing(kind, None, key)


def _of_vocabularies() -> Iterator[tuple[str, Thing]]:
    for scheme, kind in _SCHEMES.items():
        for concept in vocabulary(scheme):
            for label in concept.labels:
                first = concept.valid[0] if kind in _FORESEEN else None
                since = int(first[:4]) - _FORESEEN[kind] if first else 0
                yield label, Thing(kind, scheme, concept.key, concept, label in concept.hidden, since)


def _posts() -> Iterator[tuple[str, Thing]]:
    """Cities where a post is, and the names of posts: "Moscow" is a place, "Embassy in Moscow" the post."""
    for concept in vocabulary("posts"):
        for label in concept.labels:
            if label in concept.hidden or len(label) < 3:
                continue
            city = (
                concept.time_zone is not None
                and concept.mission
                and not re.search(r"(?i)embassy|legation|consul|mission|delegation", label)
            )
            yield label, Thing("place" if city else "post", "posts", concept.key, concept)


def _spellings(form: str) -> Iterator[str]:
    """How a form is written: as it is, in capitals, at the start of a sentence; of abbreviations with full stops, of types also in the plural."""
    form = fold(form).removeprefix("the ").removeprefix("The ")
    yield form
    if _LETTERS.fullmatch(form):
        yield ".".join(form) + "."
    elif _TYPE.fullmatch(form):
        for spelling in dict.fromkeys((form, form.upper())):
            yield from (spelling, f"{spelling}s", f"{spelling}'s", f"{spelling}S", f"{spelling}'S")
    elif not _ABBREVIATION.fullmatch(form) and len(form) >= _SHORTEST:
        yield form[0].upper() + form[1:]
        yield form.upper()


def post_named(folded: str, start: int, end: int, day: str | None) -> tuple[int, str] | None:
    """Where the name of a mission in a country or city begins ("Embassy in Greece"), and the key of the post that it was on the day."""
    if (mission := _MISSION.search(folded, max(0, start - 40), start)) is None:
        return None
    post = vocabulary("posts").find(folded[mission.start() : end], day)
    return (mission.start(), post.key) if post else None
