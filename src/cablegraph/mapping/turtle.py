"""An RML mapping in Turtle as a graph with the line of every statement, so that each complaint has its place.

The parser is handed one line at a time and gives each triple as soon as it is complete: how many lines it has had by
then is the line where the triple ends.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from cablegraph.errors import InputError
from cablegraph.mapping.plan import RDF_TYPE
from cablegraph.quads import LineByLine

Term = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True)
class Node:
    """One resource or literal of the mapping; ``where`` names it in messages ("map …TriplesMap1, objectMap")."""

    term: Term
    graph: Mapping
    line: int
    where: str = ""

    def fail(self, message: str, hint: str | None = None) -> InputError:
        """Make the error that says what is wrong here."""
        return InputError(message, file=self.graph.file, line=self.line, field=self.where or None, hint=hint)

    @property
    def iri(self) -> str | None:
        """The IRI, if it is one."""
        return self.term.value if isinstance(self.term, ox.NamedNode) else None

    @property
    def is_literal(self) -> bool:
        """Whether it is a literal."""
        return isinstance(self.term, ox.Literal)

    def text(self) -> str:
        """The text of a literal.

        Raises:
            InputError: it is none.
        """
        if not isinstance(self.term, ox.Literal):
            raise self.fail("expected a text in quotes")
        return self.term.value

    def all(self, *properties: str) -> list[Node]:
        """The values of properties (local names in RML's namespace, or whole IRIs), in the order of the file."""
        found = self.graph.triples.get(self.term, [])
        wanted = [self.graph.named(name) for name in properties]
        nodes = [
            Node(value, self.graph, line, f"{self.where}, {name.rpartition('#')[2].rpartition('/')[2]}")
            for name, iri in zip(properties, wanted, strict=True)
            for predicate, value, line in found
            if predicate == iri
        ]
        return sorted(nodes, key=lambda node: node.line)

    def one(self, *properties: str) -> Node | None:
        """The only value of properties that mean the same.

        Raises:
            InputError: there are several.
        """
        found = self.all(*properties)
        if len(found) > 1:
            raise found[1].fail(f"{' or '.join(properties)} stands {len(found)} times", "expected one")
        return found[0] if found else None

    def check(self, what: str, known: tuple[str, ...]) -> None:
        """Refuse properties of RML's namespace that are not known here: a misspelt one would say nothing.

        Raises:
            InputError: there is one.
        """
        for predicate, _, line in self.graph.triples.get(self.term, []):
            name = predicate.removeprefix(self.graph.namespace)
            if name != predicate and name not in known:
                place = Node(self.term, self.graph, line, self.where)
                raise place.fail(f"{name!r} is no property of {what}", f"expected one of {', '.join(known)}")

    def types(self) -> set[str]:
        """The IRIs of its classes."""
        return {node.iri or "" for node in self.all(RDF_TYPE)}


@dataclass
class Mapping:
    """The graph of a mapping: subject → (predicate, object, line) in the order of the file.

    ``legacy`` tells that it uses another vocabulary than RML-Core's.
    """

    file: str
    namespace: str
    legacy: bool = False
    triples: dict[Term, list[tuple[str, Term, int]]] = field(default_factory=dict)

    def named(self, name: str) -> str:
        """The IRI of a local name in RML's namespace; of an IRI itself."""
        return name if ":" in name else self.namespace + name

    def subjects(self) -> Iterator[Node]:
        """Every resource of which something is said, in the order of the file."""
        ordered = sorted(self.triples.items(), key=lambda item: min(line for _, _, line in item[1]))
        for subject, found in ordered:
            yield Node(subject, self, min(line for _, _, line in found))


def read_turtle(path: Path, file: str, base: str, namespace: str, renamed: dict[str, str]) -> Mapping:
    """Read a mapping; namespaces of other vocabularies that mean the same are replaced (``renamed``: old → new).

    Raises:
        InputError: the file cannot be read, or is no valid Turtle.
    """
    try:
        text = path.read_bytes()
        text.decode()
    except OSError as error:
        raise InputError("the mapping cannot be read", file=file, hint=error.strerror or "") from error
    except UnicodeDecodeError as error:
        raise InputError("the mapping is not UTF-8", file=file) from error
    mapping, lines = Mapping(file, namespace), LineByLine(io.BytesIO(text))
    try:
        for quad in ox.parse(lines, format=ox.RdfFormat.TURTLE, base_iri=base):  # type: ignore[arg-type]
            predicate, value = _new_name(quad.predicate, renamed), _new_name(quad.object, renamed)
            mapping.legacy |= predicate != quad.predicate
            mapping.triples.setdefault(quad.subject, []).append((predicate.value, value, lines.given))
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise InputError(f"no valid Turtle: {error.args[0]}", file=file, line=line or max(lines.given, 1)) from error
    return mapping


def _new_name(term: Term, renamed: dict[str, str]) -> Term:
    if isinstance(term, ox.NamedNode):
        for old, new in renamed.items():
            if term.value.startswith(old):
                return ox.NamedNode(new + term.value[len(old) :])
    return term
