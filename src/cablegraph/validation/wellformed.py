"""Shapes that are ill-formed by SHACL, appendix A, or use unknown terms: what an engine would pass over in silence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pyoxigraph as ox

from cablegraph.quads import RDF_TYPE, Term
from cablegraph.validation.queries import hides_focus_node
from cablegraph.validation.terms import (
    ENGINE_TERMS,
    NAMES,
    PROPERTY_ONLY,
    REPORT_CLASSES,
    SH,
    SHAPE_LISTS,
    SHAPE_VALUED,
    SINGLE,
    TRUE_OR_FALSE,
)

Node = ox.NamedNode | ox.BlankNode
#: What is said of each node: values by predicate, of SHACL's own by local name.
Said = dict[Node, dict[str, list[Term]]]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_TYPE = RDF_TYPE[1:-1]
#: The classes of classes.
CLASSES = ("http://www.w3.org/2000/01/rdf-schema#Class", "http://www.w3.org/2002/07/owl#Class")
#: The predicates whose values are terms of SHACL itself.
_KEYWORDS = (_TYPE, "nodeKind", "severity")
_XSD_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"


class Fault(NamedTuple):
    """What is wrong with a node: the predicate concerned, the term to blame, what about it, and why it matters."""

    node: Node
    predicate: str
    term: str
    text: str
    hint: str = "SHACL, appendix A"


def said_of(triples: Iterable[tuple[Node, ox.NamedNode, Term]]) -> Said:
    """Gather triples by subject and predicate; a value that is said twice (in two files) counts once."""
    said: Said = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in triples:
        values = said[subject][predicate.value.removeprefix(SH)]
        if value not in values:
            values.append(value)
    return said


def unknown_terms(said: Said, engine: str) -> Iterator[Fault]:
    """Tell the terms of SHACL that the engine does not know, in the order of the nodes."""
    known = ENGINE_TERMS[engine]
    shapes = {value for about in said.values() for _, value in _named_shapes(said, about)}
    for node, about in said.items():
        if node not in shapes and _is_no_shape(about, known):
            continue
        for predicate, values in about.items():
            words = (
                values if predicate in _KEYWORDS else ()
            )  # elsewhere a term is data, such as the path that is checked
            for name in (f"{SH}{predicate}", *(value.value for value in words if isinstance(value, ox.NamedNode))):
                term = name.removeprefix(SH)
                if name.startswith(SH) and ":" not in term and term not in known:
                    text = f"sh:{term} is not a term that the engine knows"
                    yield Fault(node, predicate, term, text, "a misspelt or unsupported term would pass in silence")


def _is_no_shape(about: dict[str, list[Term]], known: frozenset[str]) -> bool:
    """Whether a node is described as something else: a result of a report, or a thing of the data beside the shapes."""
    types = {value.value for value in about.get(_TYPE, ()) if isinstance(value, ox.NamedNode)}
    if types & {SH + name for name in REPORT_CLASSES}:
        return True
    of_shapes = any(name in known for name in about) or any(name.startswith(SH) or name in CLASSES for name in types)
    return bool(types) and not of_shapes


def faults(said: Said) -> Iterator[Fault]:
    """Tell what is ill-formed, in the order of the nodes."""
    properties = {value for about in said.values() for value in about.get("property", ())}
    for node, about in said.items():
        types = {str(getattr(value, "value", "")).removeprefix(SH) for value in about.get(_TYPE, ())}
        yield from (Fault(node, name, name, text) for name, text in _values(about))
        yield from (Fault(node, name, name, text) for name, text in _shapes(said, about))
        is_property = node in properties or "PropertyShape" in types
        if is_property and not about.get("path"):
            yield Fault(node, "path", "path", "a property shape has no sh:path")
        if not is_property and not about.get("path"):
            for name in PROPERTY_ONLY:
                if name in about:
                    yield Fault(node, name, name, f"sh:{name} stands at a shape that has no sh:path")


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
    for name in ("select", "ask"):
        if any(isinstance(query, ox.Literal) and hides_focus_node(query.value) for query in about.get(name, ())):
            yield name, "a nested SELECT does not return $this"
    if "qualifiedValueShape" in about and not ("qualifiedMinCount" in about or "qualifiedMaxCount" in about):
        yield "qualifiedValueShape", "sh:qualifiedValueShape has neither sh:qualifiedMinCount nor sh:qualifiedMaxCount"


def _is_boolean(value: Term) -> bool:
    return isinstance(value, ox.Literal) and value.datatype.value == _XSD_BOOLEAN


def _shapes(said: Said, about: dict[str, list[Term]]) -> Iterator[tuple[str, str]]:
    """Shapes that are named but described nowhere: they would hold of everything."""
    for name, value in _named_shapes(said, about):
        if isinstance(value, ox.Literal | ox.Triple):
            yield name, f"sh:{name} must be a shape"
        elif name != "property" and _is_nowhere(value, said):
            yield name, f"sh:{name} names {value}, which is described nowhere"


def lost_properties(said: Said) -> Iterator[tuple[Fault, Term]]:
    """Tell the property shapes that are named but described nowhere, each with its name.

    Published profiles have some (DCAT-AP 3.0.1 has); unlike other shapes they only add to what is checked.
    """
    for node, about in said.items():
        for value in about.get("property", ()):
            if _is_nowhere(value, said):
                text = f"sh:property names {value}, which is described nowhere and checks nothing"
                yield Fault(node, "property", "property", text), value


def _is_nowhere(shape: Term, said: Said) -> bool:
    return isinstance(shape, ox.NamedNode) and shape not in said


def _named_shapes(said: Said, about: dict[str, list[Term]]) -> Iterator[tuple[str, Term]]:
    """The shapes that a shape refers to, each with the parameter that does so."""
    yield from ((name, value) for name in SHAPE_VALUED for value in about.get(name, ()))
    yield from ((name, item) for name in SHAPE_LISTS for value in about.get(name, ()) for item in items(said, value))


def items(said: Said, head: Term) -> Iterator[Term]:
    """The items of a list; a list that is broken or returns into itself ends there."""
    met: set[Term] = set()
    while isinstance(head, ox.NamedNode | ox.BlankNode) and head in said and head not in met:
        met.add(head)
        yield from said[head].get(f"{_RDF}first", ())
        head = next(iter(said[head].get(f"{_RDF}rest", ())), ox.NamedNode(f"{_RDF}nil"))
