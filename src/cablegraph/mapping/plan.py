"""The plan: what a mapping means, whatever language it was written in and whatever engine runs it.

Front ends (YARRRML, RML) make plans; engines (DuckDB) run them. Nothing here knows either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
#: The graph of which a triple that goes there bears no name (RML-Core, section Graph Maps).
DEFAULT_GRAPH = "http://w3id.org/rml/defaultGraph"


@dataclass(frozen=True)
class Constant:
    """A fixed value."""

    value: str


@dataclass(frozen=True)
class Reference:
    """The value of a column, a JSONPath or an XPath; a list gives one term an item, null gives none."""

    column: str


@dataclass(frozen=True)
class Template:
    """Constants and references joined; in an IRI each referenced value is percent-encoded (RFC 3987).

    Several lists multiply; a reference that stands twice has the same value in both places.
    """

    parts: tuple[Constant | Reference, ...]


@dataclass(frozen=True)
class Call:
    """A function of :data:`~cablegraph.mapping.functions.FUNCTIONS` applied to values."""

    function: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True)
class EachRow:
    """A value of its own for each row: a blank node that no data names."""

    name: str


Expression = Constant | Reference | Template | Call | EachRow


class TermType(Enum):
    """The kinds of RDF term; the three kinds of IRI differ in what of a value is percent-encoded."""

    IRI = "iri"  # all but the unreserved characters of RFC 3987: letters of other scripts stay
    URI = "uri"  # all but the unreserved characters of RFC 3986
    UNSAFE_IRI = "unsafe iri"  # nothing
    LITERAL = "literal"
    BLANK = "blank"

    @property
    def is_iri(self) -> bool:
        """Whether it is one of the three kinds of IRI."""
        return self in (TermType.IRI, TermType.URI, TermType.UNSAFE_IRI)


@dataclass(frozen=True)
class TermMap:
    """How a term is made.

    ``datatype`` and ``language`` are for literals and may depend on the row; with ``natural`` a literal that has
    neither gets the datatype that its value has in the source. ``base`` is what relative IRIs of the data stand on.
    """

    expression: Expression
    type: TermType
    datatype: Expression | None = None
    language: Expression | None = None
    natural: bool = False
    base: str = ""
    line: int = 0

    def expressions(self) -> tuple[Expression, ...]:
        """All that the term is made of."""
        return tuple(e for e in (self.expression, self.datatype, self.language) if e is not None)


@dataclass(frozen=True)
class LogicalSource:
    """Where rows come from: ``access`` is a file or a table of the register, read as ``formulation``.

    ``nulls`` are texts that mean no value, beside what the format has for it. ``namespaces`` are the prefixes of
    XPath. No ``encoding`` is UTF-8 (or what XML declares), no ``compression`` what the ending of the file says. A ``strict`` source follows RML-Core: a list or object where a value is needed is an error.
    """

    name: str
    access: str
    formulation: str
    iterator: str | None = None
    nulls: tuple[str, ...] = ()
    delimiter: str | None = None
    namespaces: tuple[tuple[str, str], ...] = ()
    encoding: str | None = None
    compression: str | None = None
    strict: bool = False
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Join:
    """The subjects that another map makes of the rows of its source that fit the row.

    ``conditions`` are pairs of an expression over the row and one over the other source; a pair is met where a value
    of the one is equal to a value of the other.
    """

    source: LogicalSource
    subject: TermMap
    conditions: tuple[tuple[Expression, Expression], ...]
    condition: Call | None = None
    line: int = 0


@dataclass(frozen=True)
class PredicateObjects:
    """Every predicate with every object, in every graph (or the subject's graphs), where the condition holds."""

    predicates: tuple[TermMap, ...]
    objects: tuple[TermMap | Join, ...]
    graphs: tuple[TermMap, ...] = ()
    condition: Call | None = None


@dataclass(frozen=True)
class TriplesMap:
    """One pass over one source: the subjects of a row, and what is said of them.

    A value that makes no valid term makes no triple and a finding; with ``strict`` it ends the run, as RML-Core has it.
    """

    name: str
    source: LogicalSource
    subject: TermMap
    statements: tuple[PredicateObjects, ...]
    graphs: tuple[TermMap, ...] = ()
    condition: Call | None = None
    strict: bool = False
    file: str = ""
    line: int = 0

    def columns(self) -> set[str]:
        """Name every column of its source that the map refers to."""
        found: set[str] = set(references(self.condition))
        for term in (self.subject, *self.graphs):
            found |= columns_of_term(term)
        for statement in self.statements:
            found |= set(references(statement.condition))
            for term in (*statement.predicates, *statement.graphs):
                found |= columns_of_term(term)
            for item in statement.objects:
                if isinstance(item, Join):
                    found |= {name for child, _ in item.conditions for name in references(child)}
                else:
                    found |= columns_of_term(item)
        return found


@dataclass(frozen=True)
class Plan:
    """All triples maps of one or several mapping files, in their order."""

    maps: tuple[TriplesMap, ...]
    files: tuple[str, ...] = field(default=())


def references(expression: Expression | None) -> Iterator[str]:
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


def columns_of_term(term: TermMap) -> set[str]:
    """Name the columns that a term is made of."""
    return {name for expression in term.expressions() for name in references(expression)}
