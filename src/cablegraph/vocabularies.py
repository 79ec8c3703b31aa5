"""The vocabularies of ``ontology/vocabularies``: concepts with the labels by which sources name them.

One truth for people and code: what a librarian adds to a concept as ``skos:altLabel`` is recognised by the readers
from the next run on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from cablegraph import folders
from cablegraph.errors import InputError

BASE = "https://w3id.org/diplomatic-records/vocabulary/"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_DIPL = "https://w3id.org/diplomatic-records/ontology#"
_PREF, _ALT, _HIDDEN = (f"{_SKOS}{name}" for name in ("prefLabel", "altLabel", "hiddenLabel"))
_ACCREDITED = f"{_DIPL}accreditedTo"
_NOTATION = f"{_SKOS}notation"
_VALID = {f"https://schema.org/{name}": name for name in ("validFrom", "validThrough")}
_STRING = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")
#: What else a concept may say, by the name of our property.
_EXTRA = {f"{_DIPL}{name}": name for name in ("timeZone", "positionAt", "fieldPost", "direction", "plainNumbering")}
_MISSION = re.compile(
    r"(?:us |u\.s\. |united states |american |am)?(?:embassy|legation|mission|consulate|delegation|interests section)\b",
    re.IGNORECASE,
)
#: Words of a text that are searched for a form that opens it.
_MOST_WORDS = 30
_NOT_WORD = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Concept:
    """One concept: ``key`` is the last step of its IRI, ``labels`` are all its printed forms, preferred first, ``hidden`` the last of them.

    ``time_zone`` (tz database) is a post's; ``post`` is where a position exists; ``field_post``, ``direction`` and
    ``plain`` are a series': the one post that it belongs to, "incoming" or "outgoing", and whether its name only says
    who sent (Embtel, Deptel) and is no series of its own. ``accredited_to`` are names of the country whose mission a post is.
    ``valid`` are the first and the last year or day on which it existed, as far as they are known.
    ``notations`` are pairs of a system and a code; the system is the local name of the datatype, empty for a plain string.
    """

    scheme: str
    key: str
    label: str
    labels: tuple[str, ...]
    time_zone: str | None = None
    post: str | None = None
    field_post: str | None = None
    direction: str | None = None
    plain: bool = False
    accredited_to: tuple[str, ...] = ()
    notations: tuple[tuple[str, str], ...] = ()
    valid: tuple[str | None, str | None] = (None, None)
    hidden: tuple[str, ...] = ()

    def existed(self, on: str) -> bool:
        """Whether the concept held on a day (EDTF; of a year or month, in some part of it)."""
        first, last = self.valid
        return (first is None or on[: len(first)] >= first[: len(on)]) and (
            last is None or on[: len(last)] <= last[: len(on)]
        )

    @property
    def mission(self) -> bool:
        """Whether the concept is a diplomatic or consular mission, told from its names."""
        return bool(self.accredited_to) or any(_MISSION.match(label) for label in self.labels)

    def spelling(self, form: str) -> str:
        """Spell a printed form as the vocabulary does: small capitals are encoded in lower case."""
        return next((label for label in self.labels if normalise(label) == normalise(form)), form)

    @property
    def iri(self) -> str:
        """The IRI of the concept in the published vocabulary."""
        return f"{BASE}{self.scheme}/{self.key}"


def normalise(text: str) -> str:
    """Bring a printed form to the form in which labels are compared: case, spaces and punctuation do not count."""
    return _NOT_WORD.sub(" ", text.casefold()).strip()


class _Words:
    """A step in a tree of forms: the words that may follow, and the concepts whose form ends here."""

    __slots__ = ("concepts", "following")

    def __init__(self) -> None:
        self.concepts: list[Concept] = []
        self.following: dict[str, _Words] = {}

    def add(self, form: str, concept: Concept) -> None:
        """Add a normalised form."""
        step = self
        for word in form.split():
            step = step.following.setdefault(word, _Words())
        if form:
            step.concepts.append(concept)

    def longest(self, words: Sequence[str], start: int = 0, on: str | None = None) -> tuple[Concept, int] | None:
        """The concept of the longest form that opens ``words`` at ``start``, and the number of the word after it.

        Of several that bear the form it is the first that existed ``on`` the day, where one did.
        """
        step, found = self, None
        for number in range(start, len(words)):
            following = step.following.get(words[number])
            if following is None:
                break
            step = following
            if step.concepts:
                contemporary = (concept for concept in step.concepts if on is None or concept.existed(on))
                found = (next(contemporary, step.concepts[0]), number + 1)
        return found


class Vocabulary:
    """One scheme, searchable by printed form."""

    def __init__(self, scheme: str, concepts: list[Concept]) -> None:
        self.scheme = scheme
        self.concepts = {concept.key: concept for concept in concepts}
        self._by_form: dict[str, Concept] = {}
        for concept in concepts:
            for label in concept.labels:
                self._by_form.setdefault(normalise(label), concept)

    def find(self, text: str | None, on: str | None = None) -> Concept | None:
        """Return the concept that bears this printed form, or None.

        A country has had its mission in several cities: the day (EDTF) tells which one "Embassy in China" was.
        """
        if not text:
            return None
        form = normalise(text)
        return self._by_form.get(form) or self._composed(form, on)

    def leading(self, text: str) -> tuple[Concept, int] | None:
        """Return the concept whose longest form opens the text, and where that form ends; only whole words count."""
        opening = _WORD.match(text)
        if opening is None or not self._opens(opening.group().casefold()):
            return None
        places = [(match.group().casefold(), match.end()) for match in islice(_WORD.finditer(text), _MOST_WORDS)]
        words = [word for word, _ in places]
        hits = [hit for hit in (self._tree.longest(words), self._composition(words)) if hit is not None]
        if not hits:
            return None
        concept, count = max(hits, key=lambda hit: hit[1])
        return concept, places[count - 1][1]

    def _opens(self, word: str) -> bool:
        """Whether a form of the scheme, simple or composed, may begin with this word: most texts open with another."""
        if word in self._tree.following:
            return True
        return bool(self._places.following) and word in vocabulary("missions")._tree.following

    @cached_property
    def _tree(self) -> _Words:
        tree = _Words()
        for form, concept in self._by_form.items():
            tree.add(form, concept)
        return tree

    @cached_property
    def _places(self) -> _Words:
        """Countries and cities of posts: what may stand behind "Embassy in"; other schemes have none."""
        tree = _Words()
        for concept in self:
            for name in (*concept.accredited_to, *concept.labels):
                if concept.accredited_to or concept.time_zone:
                    tree.add(normalise(name), concept)
        return tree

    def _composed(self, form: str, on: str | None) -> Concept | None:
        words = form.split()
        found = self._composition(words, on)
        return found[0] if found and found[1] == len(words) else None

    def _composition(self, words: Sequence[str], on: str | None = None) -> tuple[Concept, int] | None:
        """Read a form made of a mission or its head and a place: "Embassy in Greece", "Consul General at Salonika"."""
        if not self._places.following:
            return None
        kind = vocabulary("missions")._tree.longest(words)
        if kind is None:
            return None
        start = kind[1]
        if start < len(words) and words[start] in ("in", "at", "to"):
            start += 1
        if start < len(words) and words[start] == "the":
            start += 1
        return self._places.longest(words, start, on)

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts.values())


@cache
def vocabulary(scheme: str) -> Vocabulary:
    """Read a scheme by its name, which is its file's name.

    Raises:
        InputError: the file is missing or no valid Turtle.
    """
    return read_vocabulary(folders.ONTOLOGY / "vocabularies" / f"{scheme}.ttl")


def read_vocabulary(path: Path) -> Vocabulary:
    """Read one SKOS file; concepts keep the order of the file.

    Raises:
        InputError: the file is missing or no valid Turtle.
    """
    scheme = path.stem
    prefix = f"{BASE}{scheme}/"
    labels: dict[str, dict[str, list[str]]] = {}
    others: dict[str, dict[str, str]] = {}
    countries: dict[str, list[str]] = {}
    notations: dict[str, list[tuple[str, str]]] = {}
    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            subject, predicate, value = quad.subject, quad.predicate.value, quad.object
            if not isinstance(subject, ox.NamedNode) or not subject.value.startswith(prefix):
                continue
            key = subject.value.removeprefix(prefix)
            if predicate in (_PREF, _ALT, _HIDDEN) and isinstance(value, ox.Literal):
                labels.setdefault(key, {}).setdefault(predicate, []).append(value.value)
            elif predicate == _ACCREDITED and isinstance(value, ox.Literal):
                countries.setdefault(key, []).append(value.value)
            elif predicate == _NOTATION and isinstance(value, ox.Literal):
                system = value.datatype.value.removeprefix(_DIPL)
                notations.setdefault(key, []).append(("" if value.datatype == _STRING else system, value.value))
            elif predicate in _VALID and isinstance(value, ox.Literal):
                others.setdefault(key, {})[_VALID[predicate]] = value.value
            elif predicate in _EXTRA and isinstance(value, ox.Literal | ox.NamedNode):
                others.setdefault(key, {})[_EXTRA[predicate]] = value.value.removeprefix(f"{BASE}posts/")
    except OSError as error:
        raise InputError("the vocabulary cannot be read", file=str(path), hint=str(error)) from error
    except SyntaxError as error:
        raise InputError("the vocabulary is no valid Turtle", file=str(path), line=error.lineno) from error
    concepts = []
    for key, forms in labels.items():
        if _PREF not in forms:
            raise InputError(f"the concept {key} has no skos:prefLabel", file=str(path))
        ordered = (*forms[_PREF], *forms.get(_ALT, ()), *forms.get(_HIDDEN, ()))
        extra = others.get(key, {})
        concepts.append(
            Concept(
                scheme,
                key,
                forms[_PREF][0],
                ordered,
                time_zone=extra.get("timeZone"),
                post=extra.get("positionAt"),
                field_post=extra.get("fieldPost"),
                direction=extra.get("direction"),
                plain=extra.get("plainNumbering") == "true",
                accredited_to=tuple(countries.get(key, ())),
                notations=tuple(notations.get(key, ())),
                valid=(extra.get("validFrom"), extra.get("validThrough")),
                hidden=tuple(forms.get(_HIDDEN, ())),
            )
        )
    return Vocabulary(scheme, concepts)


def slug(text: str) -> str:
    """Make a key from a printed form: lower case, words joined by hyphens; letters of any script stay."""
    return normalise(text).replace(" ", "-")
