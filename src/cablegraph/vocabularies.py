"""The vocabularies of ``ontology/vocabularies``: concepts with the labels by which sources name them.

One truth for people and code: what a librarian adds to a concept as ``skos:altLabel`` is recognised by the readers
from the next run on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from cablegraph import folders
from cablegraph.errors import InputError

BASE = "https://w3id.org/diplomatic-records/vocabulary/"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_DIPL = "https://w3id.org/diplomatic-records/ontology#"
_PREF, _ALT, _HIDDEN = (f"{_SKOS}{name}" for name in ("prefLabel", "altLabel", "hiddenLabel"))
#: What else a concept may say, by the name of our property.
_EXTRA = {f"{_DIPL}{name}": name for name in ("timeZone", "positionAt", "fieldPost", "direction", "plainNumbering")}
_MISSION = re.compile(
    r"(?:us |american |am)?(?:embassy|legation|mission|consulate|delegation|interests section)\b", re.IGNORECASE
)
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Concept:
    """One concept: ``key`` is the last step of its IRI, ``labels`` are all its printed forms, preferred first.

    ``time_zone`` (tz database) is a post's; ``post`` is where a position exists; ``field_post``, ``direction`` and
    ``plain`` are a series': the one post that it belongs to, "incoming" or "outgoing", and whether its name only says
    who sent (Embtel, Deptel) and is no series of its own.
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

    @property
    def mission(self) -> bool:
        """Whether the concept is a diplomatic or consular mission, told from its names."""
        return any(_MISSION.match(label) for label in self.labels)

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


class Vocabulary:
    """One scheme, searchable by printed form."""

    def __init__(self, scheme: str, concepts: list[Concept]) -> None:
        self.scheme = scheme
        self.concepts = {concept.key: concept for concept in concepts}
        self._by_form: dict[str, Concept] = {}
        for concept in concepts:
            for label in concept.labels:
                self._by_form.setdefault(normalise(label), concept)
        self._openings: re.Pattern[str] | None = None

    def find(self, text: str | None) -> Concept | None:
        """Return the concept that bears this printed form, or None."""
        return self._by_form.get(normalise(text)) if text else None

    def leading(self, text: str) -> tuple[Concept, int] | None:
        """Return the concept whose longest form opens the text, and where that form ends."""
        if self._openings is None:  # compiled at the first call: most schemes are never searched so
            forms = sorted((form for form in self._by_form if form), key=lambda form: (-len(form), form))
            words = (re.escape(form).replace(r"\ ", r"[\W_]+") for form in forms)
            self._openings = re.compile(rf"(?:{'|'.join(words) or '(?!)'})(?![^\W_])", re.IGNORECASE)
        match = self._openings.match(text)
        if match is None:
            return None
        concept = self.find(match.group())
        return (concept, match.end()) if concept else None

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
    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            subject, predicate, value = quad.subject, quad.predicate.value, quad.object
            if not isinstance(subject, ox.NamedNode) or not subject.value.startswith(prefix):
                continue
            key = subject.value.removeprefix(prefix)
            if predicate in (_PREF, _ALT, _HIDDEN) and isinstance(value, ox.Literal):
                labels.setdefault(key, {}).setdefault(predicate, []).append(value.value)
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
            )
        )
    return Vocabulary(scheme, concepts)


def slug(text: str) -> str:
    """Make a key from a printed form: lower case, words joined by hyphens; letters of any script stay."""
    return normalise(text).replace(" ", "-")
