"""What a mapping tells of its triples before anything runs: which can never be the same, and which keys make a subject.

It rests on the encoding of IRIs: a value within a template gives no reserved character, so what stands between the
values can be told from them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cablegraph.mapping.functions import XSD_STRING
from cablegraph.mapping.plan import (
    DEFAULT_GRAPH,
    Constant,
    Expression,
    Join,
    Reference,
    Template,
    TermMap,
    TermType,
)

#: What an encoded value may hold: unreserved characters, those of other scripts, and %XX.
_IN_VALUES = re.compile(r"[A-Za-z0-9\-._~%]|[^\x00-\x7F]")
_DEFAULT = TermMap(Constant(DEFAULT_GRAPH), TermType.IRI)


@dataclass(frozen=True)
class Pattern:
    """The terms of a triple as a mapping makes them; no graph is the default graph."""

    subject: TermMap
    predicate: TermMap
    object: TermMap | Join
    graph: TermMap | None

    def differs(self, other: Pattern) -> bool:
        """Whether no triple of the one can be one of the other."""
        pairs = (
            (self.subject, other.subject), (self.predicate, other.predicate), (_term(self.object), _term(other.object)),
            (self.graph or _DEFAULT, other.graph or _DEFAULT),
        )  # fmt: skip
        return any(_differ(one, another) for one, another in pairs)


def _term(item: TermMap | Join) -> TermMap:
    return item.subject if isinstance(item, Join) else item


def _differ(one: TermMap, other: TermMap) -> bool:
    if one.type.is_iri and other.type.is_iri:
        return _iris_differ(one, other)
    if one.type.is_iri or other.type.is_iri or one.type is not other.type:
        return True
    if one.type is TermType.BLANK:
        return False
    kinds = _kind(one), _kind(other)
    if None not in kinds and kinds[0] != kinds[1]:
        return True
    both = isinstance(one.expression, Constant) and isinstance(other.expression, Constant)
    return both and one.expression != other.expression


def _kind(term: TermMap) -> tuple[str, str] | None:
    """Language and datatype of a literal, where the mapping alone says them."""
    if term.natural:
        return None
    if isinstance(term.language, Constant):
        return term.language.value.casefold(), ""
    if isinstance(term.datatype, Constant):
        return "", term.datatype.value
    return ("", XSD_STRING) if term.language is None and term.datatype is None else None


def _iris_differ(one: TermMap, other: TermMap) -> bool:
    first, second = _parts(one), _parts(other)
    if not first or not second:
        return False
    if _marks(first) != _marks(second):
        return True
    starts = _start(first), _start(second)
    if len(first) == 1 and len(second) == 1 and first[0] != second[0]:
        return isinstance(first[0], Constant) and isinstance(second[0], Constant)
    return not starts[0].startswith(starts[1]) and not starts[1].startswith(starts[0])


def _parts(term: TermMap) -> tuple[Constant | Reference, ...]:
    """The parts of an IRI whose values are encoded; none where they are not."""
    match term.expression:
        case Constant():
            return (term.expression,)
        case Template(parts) if term.type is not TermType.UNSAFE_IRI and isinstance(parts[0], Constant):
            return parts
        case _:
            return ()


def _marks(parts: tuple[Constant | Reference, ...]) -> str:
    """The reserved characters, in their order: the same for all IRIs of a template."""
    return "".join(_IN_VALUES.sub("", part.value) for part in parts if isinstance(part, Constant))


def _start(parts: tuple[Constant | Reference, ...]) -> str:
    return parts[0].value if isinstance(parts[0], Constant) else ""


def key_of(term: TermMap) -> frozenset[str] | None:
    """The columns of which each combination makes a term of its own; None where that cannot be told."""
    if term.type is TermType.BLANK and isinstance(term.expression, Reference):
        return frozenset({term.expression.column})
    parts = _parts(term) if term.type.is_iri else ()
    if not parts or isinstance(term.expression, Constant):
        return None
    between: Expression | None = None
    for part in parts:
        if isinstance(part, Reference):
            if isinstance(between, Reference):
                return None
            between = part
        elif _IN_VALUES.sub("", part.value):
            between = None
    return frozenset(part.column for part in parts if isinstance(part, Reference))
