"""JSONPath (RFC 9535) as a model: what a path selects, whatever reads it and whatever runs it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Name:
    """The member of an object that is called so."""

    name: str


@dataclass(frozen=True)
class Index:
    """An item of a list, counted from 0, or from the end where negative."""

    index: int


@dataclass(frozen=True)
class Slice:
    """Every ``step``-th item of a list from ``start`` to before ``stop``; backwards where ``step`` is negative."""

    start: int | None
    stop: int | None
    step: int


@dataclass(frozen=True)
class Every:
    """All items of a list or members of an object."""


@dataclass(frozen=True)
class Filter:
    """The items or members for which a test holds."""

    test: Test


Selector = Name | Index | Slice | Every | Filter


@dataclass(frozen=True)
class Segment:
    """What is selected in each node that the path has come to, by any of its selectors; ``deep`` at any depth."""

    selectors: tuple[Selector, ...]
    deep: bool = False


Path = tuple[Segment, ...]


@dataclass(frozen=True)
class Query:
    """A path within a filter: from the node that is tested (``@``), or from the root (``$``)."""

    path: Path
    relative: bool


@dataclass(frozen=True)
class Given:
    """A value that stands in the filter."""

    value: str | int | float | bool | None


@dataclass(frozen=True)
class Function:
    """One of the functions of :data:`FUNCTIONS`, with its arguments."""

    name: str
    arguments: tuple[Operand, ...]


Operand = Query | Given | Function


@dataclass(frozen=True)
class Comparison:
    """Two values held against each other; nothing is equal to nothing alone."""

    one: Operand
    operator: str
    other: Operand


@dataclass(frozen=True)
class Holds:
    """A query finds something, or a function says yes."""

    what: Query | Function


@dataclass(frozen=True)
class Not:
    """A test does not hold."""

    test: Test


@dataclass(frozen=True)
class Both:
    """All tests hold (``&&``), or with ``any`` one of them (``||``)."""

    tests: tuple[Test, ...]
    any: bool = False


Test = Comparison | Holds | Not | Both

#: The functions of the RFC: the kinds of their arguments ("nodes": a path; "value": what has one value), and of the result.
FUNCTIONS = {
    "length": (("value",), "value"), "count": (("nodes",), "value"), "value": (("nodes",), "value"),
    "match": (("value", "value"), "yes or no"), "search": (("value", "value"), "yes or no"),
}  # fmt: skip


def names_root(part: Test | Operand) -> bool:
    """Whether a filter, or a part of one, says ``$``: then it cannot be tested on an item alone."""
    match part:
        case Query(path, relative):
            filters = (s for segment in path for s in segment.selectors if isinstance(s, Filter))
            return not relative or any(names_root(inner.test) for inner in filters)
        case Both(tests):
            return any(names_root(test) for test in tests)
        case Not(inner):
            return names_root(inner)
        case Holds(what):
            return names_root(what)
        case Comparison(one, _, other):
            return names_root(one) or names_root(other)
        case Function(_, arguments):
            return any(names_root(argument) for argument in arguments)
        case Given():
            return False


def is_plural(path: Path) -> bool:
    """Whether a path may lead to several values."""
    return any(
        segment.deep or len(segment.selectors) > 1 or not isinstance(segment.selectors[0], Name | Index)
        for segment in path
    )
