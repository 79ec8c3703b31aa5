"""Shapes that are ill-formed by SHACL, appendix A, in ways that an engine would pass over in silence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from cablegraph.validation.terms import (
    NAMES,
    PROPERTY_ONLY,
    RESULT_SEVERITIES,
    SH,
    SHAPE_LISTS,
    SHAPE_VALUED,
    SINGLE,
    TRUE_OR_FALSE,
)

Node = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
#: What is said of each node: values by predicate, of SHACL's own by local name.
Said = dict[Node, dict[str, list[Term]]]
#: What is wrong with a node: the parameter concerned, and what about it.
Fault = tuple[Node, str, str]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"


def said_of(triples: Iterable[tuple[Node, ox.NamedNode, Term]]) -> Said:
    """Gather triples by subject and predicate; a value that is said twice (in two files) counts once."""
    said: Said = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in triples:
        values = said[subject][predicate.value.removeprefix(SH)]
        if value not in values:
            values.append(value)
    return said


def faults(said: Said) -> Iterator[Fault]:
    """Tell what is ill-formed, in the order of the nodes."""
    properties = {value for about in said.values() for value in about.get("property", ())}
    for node, about in said.items():
        types = {str(getattr(value, "value", "")).removeprefix(SH) for value in about.get(f"{_RDF}type", ())}
        yield from ((node, name, text) for name, text in _values(about))
        yield from ((node, name, text) for name, text in _shapes(said, about))
        is_property = node in properties or "PropertyShape" in types
        if is_property and not about.get("path"):
            yield node, "path", "a property shape has no sh:path"
        if not is_property and not about.get("path"):
            for name in PROPERTY_ONLY:
                if name in about:
                    yield node, name, f"sh:{name} stands at a shape that has no sh:path"


def _values(about: dict[str, list[Term]]) -> Iterator[tuple[str, str]]:
    """What is wrong with the values of one node's parameters."""
    for name in SINGLE:
        if len(about.get(name, ())) > 1:
            yield name, f"sh:{name} has more than one value"
    for name in TRUE_OR_FALSE:
        if any(not _is_boolean(value) for value in about.get(name, ())):
            yield name, f"sh:{name} must be true or false"
    for name in NAMES:
        if any(not isinstance(value, ox.NamedNode) for value in about.get(name, ())):
            yield name, f"sh:{name} must be an IRI"
    for value in about.get("severity", ()):
        if str(getattr(value, "value", "")).removeprefix(SH) not in RESULT_SEVERITIES:
            yield "severity", f"sh:severity must be one of {', '.join(f'sh:{name}' for name in RESULT_SEVERITIES)}"
    if "qualifiedValueShape" in about and not ("qualifiedMinCount" in about or "qualifiedMaxCount" in about):
        yield "qualifiedValueShape", "sh:qualifiedValueShape has neither sh:qualifiedMinCount nor sh:qualifiedMaxCount"


def _is_boolean(value: Term) -> bool:
    return isinstance(value, ox.Literal) and value.datatype.value == _XSD_BOOLEAN


def _shapes(said: Said, about: dict[str, list[Term]]) -> Iterator[tuple[str, str]]:
    """Shapes that are named but described nowhere: they would hold of everything."""
    named = [(name, value) for name in SHAPE_VALUED for value in about.get(name, ())]
    named += [(name, item) for name in SHAPE_LISTS for value in about.get(name, ()) for item in _items(said, value)]
    for name, value in named:
        if isinstance(value, ox.Literal | ox.Triple):
            yield name, f"sh:{name} must be a shape"
        elif value not in said and isinstance(value, ox.NamedNode):
            yield name, f"sh:{name} names {value}, which is described nowhere"


def _items(said: Said, head: Term) -> Iterator[Term]:
    met: set[Term] = set()
    while isinstance(head, ox.NamedNode | ox.BlankNode) and head in said and head not in met:
        met.add(head)
        yield from said[head].get(f"{_RDF}first", ())
        head = next(iter(said[head].get(f"{_RDF}rest", ())), ox.NamedNode(f"{_RDF}nil"))
