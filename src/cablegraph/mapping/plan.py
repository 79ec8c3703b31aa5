"""The plan: what a mapping means, whatever language it was written in and whatever engine runs it.

Front ends (YARRRML, RML) make plans; engines (DuckDB) run them. Nothing here knows either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True)
class Constant:
    """A fixed value."""

    value: str


@dataclass(frozen=True)
class Reference:
    """The value of a column; a list gives one term an item, null gives none."""

    column: str


@dataclass(frozen=True)
class Template:
    """Constants and references joined; in an IRI each referenced value is percent-encoded (RFC 3987)."""

    parts: tuple[Constant | Reference, ...]


@dataclass(frozen=True)
class Call:
    """A function of :data:`FUNCTIONS` applied to values."""

    function: str
    arguments: tuple[Expression, ...]


Expression = Constant | Reference | Template | Call


class TermType(Enum):
    """The three kinds of RDF term."""

    IRI = "iri"
    LITERAL = "literal"
    BLANK = "blank"


@dataclass(frozen=True)
class TermMap:
    """How a term is made; ``datatype`` and ``language`` are for literals and may depend on the row."""

    expression: Expression
    type: TermType
    datatype: Expression | None = None
    language: Expression | None = None
    line: int = 0


@dataclass(frozen=True)
class PredicateObjects:
    """Every predicate with every object, in every graph (or the subject's graphs), where the condition holds."""

    predicates: tuple[TermMap, ...]
    objects: tuple[TermMap, ...]
    graphs: tuple[TermMap, ...] = ()
    condition: Call | None = None


@dataclass(frozen=True)
class LogicalSource:
    """Where rows come from: ``access`` is a file or a table of the register, read as ``formulation``."""

    name: str
    access: str
    formulation: str
    iterator: str | None = None
    line: int = 0


@dataclass(frozen=True)
class TriplesMap:
    """One pass over one source: a subject a row, and what is said of it."""

    name: str
    source: LogicalSource
    subject: TermMap
    statements: tuple[PredicateObjects, ...]
    graphs: tuple[TermMap, ...] = ()
    condition: Call | None = None
    base: str = ""
    file: str = ""
    line: int = 0

    def columns(self) -> set[str]:
        """Name every column that the map refers to."""
        terms = [self.subject, *self.graphs]
        calls = [self.condition]
        for statement in self.statements:
            terms += [*statement.predicates, *statement.objects, *statement.graphs]
            calls.append(statement.condition)
        expressions: list[Expression | None] = [*calls]
        for term in terms:
            expressions += [term.expression, term.datatype, term.language]
        return {name for expression in expressions if expression is not None for name in references(expression)}


@dataclass(frozen=True)
class Plan:
    """All triples maps of one or several mapping files, in their order."""

    maps: tuple[TriplesMap, ...]
    files: tuple[str, ...] = field(default=())


def references(expression: Expression) -> Iterator[str]:
    """Yield the columns that an expression refers to."""
    match expression:
        case Reference(column):
            yield column
        case Template(parts):
            for part in parts:
                yield from references(part)
        case Call(_, arguments):
            for argument in arguments:
                yield from references(argument)


@dataclass(frozen=True)
class Function:
    """A function that mappings may call: its IRIs and short names, how many values it takes, what it answers."""

    name: str
    arity: int
    boolean: bool
    aliases: tuple[str, ...]


XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_IDLAB, _GREL = "http://example.com/idlab/function/", "http://users.ugent.be/~bjdmeest/function/grel.ttl#"
OWN_FUNCTIONS = "https://w3id.org/diplomatic-records/function#"

FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        Function("equal", 2, True, (f"{_IDLAB}equal", f"{_GREL}boolean_equal")),
        Function("notEqual", 2, True, (f"{_IDLAB}notEqual", f"{_GREL}boolean_notEqual")),
        Function("isNotNull", 1, True, (f"{_GREL}boolean_isNotNull", f"{_IDLAB}isNotNull")),
        Function("isNull", 1, True, (f"{_GREL}boolean_isNull", f"{_IDLAB}isNull")),
        Function("matches", 2, True, (f"{OWN_FUNCTIONS}matches",)),
        Function("upper", 1, False, (f"{_GREL}toUpperCase", f"{OWN_FUNCTIONS}upper")),
        Function("lower", 1, False, (f"{_GREL}toLowerCase", f"{OWN_FUNCTIONS}lower")),
        Function("trim", 1, False, (f"{_GREL}string_trim", f"{OWN_FUNCTIONS}trim")),
        Function("replace", 3, False, (f"{_GREL}string_replace", f"{OWN_FUNCTIONS}replace")),
        Function("slug", 1, False, (f"{OWN_FUNCTIONS}slug",)),
        Function("dateDatatype", 1, False, (f"{OWN_FUNCTIONS}dateDatatype",)),
    )
}


def find_function(name: str) -> Function | None:
    """Find a function by its short name or one of its IRIs."""
    if name in FUNCTIONS:
        return FUNCTIONS[name]
    return next((function for function in FUNCTIONS.values() if name in function.aliases), None)
