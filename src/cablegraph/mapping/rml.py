"""RML, the mapping language of the W3C's Community Group: a front end that makes a plan.

Specifications: RML-Core, RML-IO (sources that are files) and RML-FNML (functions), namespace http://w3id.org/rml/. The
vocabulary of before (R2RML's with that of http://semweb.mmlab.be/ns/rml#) means the same, but is held less strictly:
lists may stand where a value is expected, and values of which no term can be made are told, not refused.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from cablegraph.mapping.functions import OWN_FUNCTIONS
from cablegraph.mapping.plan import (
    RDF_TYPE,
    Call,
    Constant,
    Expression,
    Join,
    LogicalSource,
    Plan,
    PredicateObjects,
    TermMap,
    TermType,
    TriplesMap,
)
from cablegraph.mapping.rml_expressions import EXPRESSIONS, Expressions
from cablegraph.mapping.rml_sources import read_source
from cablegraph.mapping.rml_terms import TermMaker
from cablegraph.mapping.turtle import Mapping, Node, read_turtle

RML = "http://w3id.org/rml/"
_RENAMED = {
    "http://www.w3.org/ns/r2rml#": RML,
    "http://semweb.mmlab.be/ns/rml#": RML,
    "http://semweb.mmlab.be/ns/ql#": RML,
    "http://semweb.mmlab.be/ns/fnml#": RML,
}
CONDITION = f"{OWN_FUNCTIONS}condition"

#: An inverse expression tells R2RML's engines how to look things up; what is made is the same without it.
_TERM = (*EXPRESSIONS, "inverseExpression", "termType", "language", "languageMap", "datatype", "datatypeMap")
_KNOWN = {
    "a triples map": ("logicalSource", "logicalTable", "subject", "subjectMap", "predicateObjectMap", "baseIRI"),
    "a subject map": (*_TERM, "class", "graph", "graphMap"),
    "a predicate-object map": ("predicate", "predicateMap", "object", "objectMap", "graph", "graphMap"),
    "a term map": _TERM,
    "a referencing object map": ("parentTriplesMap", "joinCondition"),
    "a join condition": ("child", "childMap", "parent", "parentMap"),
}


def read_rml(path: Path, file: str, base: str) -> Plan:
    """Read one RML file into a plan; relative IRIs are resolved against ``base``.

    Raises:
        InputError: the file is no valid RML; the message names file, line, map and term, and what was expected.
    """
    return _Document(read_turtle(path, file, base, RML, _RENAMED), base).plan()


class _Document:
    def __init__(self, graph: Mapping, base: str) -> None:
        self._graph = graph
        self._base = base
        self._strict = not graph.legacy
        called = {
            value for found in graph.triples.values() for name, value, _ in found if name == f"{RML}functionValue"
        }
        self._maps = {
            node.term: Node(node.term, graph, node.line, f"map {node.iri or node.term}")
            for node in graph.subjects()
            if node.term not in called
            and (f"{RML}TriplesMap" in node.types() or node.all("logicalSource", "logicalTable"))
        }

    def plan(self) -> Plan:
        if not self._maps:
            root = Node(ox.NamedNode(RML), self._graph, 1)
            raise root.fail("the mapping has no triples map", "expected an rml:TriplesMap with an rml:logicalSource")
        return Plan(tuple(_TriplesMap(self, node).read() for node in self._maps.values()), (self._graph.file,))

    def triples_map(self, node: Node) -> _TriplesMap:
        """The map that a referencing object map names."""
        if node.term not in self._maps:
            raise node.fail("there is no such triples map", "expected an rml:TriplesMap of this mapping")
        return _TriplesMap(self, self._maps[node.term])

    @property
    def base(self) -> str:
        return self._base

    @property
    def strict(self) -> bool:
        return self._strict


class _TriplesMap:
    """Reads one triples map."""

    def __init__(self, document: _Document, node: Node) -> None:
        self._document = document
        self._node = node
        node.check("a triples map", _KNOWN["a triples map"])
        self.source: LogicalSource = read_source(node, strict=document.strict)
        own = node.one("baseIRI")
        base = (own.iri or own.text()) if own is not None else document.base
        self._read = Expressions(self.source, base, strict=document.strict)
        self._make = TermMaker(self._read, base, node.line, strict=document.strict)

    def read(self) -> TriplesMap:
        subject = self._subject_node()
        graphs = self._terms(subject, "graph") if subject.where.endswith("subjectMap") else ()
        classes = tuple(self._class(node) for node in subject.all("class"))
        statements = [self._statement(node, graphs) for node in self._node.all("predicateObjectMap")]
        if classes:
            kind = TermMap(Constant(RDF_TYPE), TermType.IRI, line=subject.line)
            statements.insert(0, PredicateObjects((kind,), classes, graphs))
        condition = self._node.one(CONDITION)
        return TriplesMap(
            self._node.iri or str(self._node.term),
            self.source,
            self.subject(),
            tuple(statements),
            condition=self._read.condition(condition) if condition is not None else None,
            strict=self._document.strict,
            file=self._node.graph.file,
            line=self._node.line,
        )

    def subject(self) -> TermMap:
        """The subject map."""
        node = self._subject_node()
        if node.where.endswith(", subject"):
            return self._make.constant(node, "subject")
        node.check("a subject map", _KNOWN["a subject map"])
        return self._make.term(node, "subject")

    def _subject_node(self) -> Node:
        node = self._node.one("subjectMap", "subject")
        if node is None:
            raise self._node.fail(
                "the triples map has no subject map", "expected exactly one rml:subjectMap or rml:subject"
            )
        return node

    @staticmethod
    def _class(node: Node) -> TermMap:
        if node.iri is None:
            raise node.fail("a class is an IRI")
        return TermMap(Constant(node.iri), TermType.IRI, line=node.line)

    def _statement(self, node: Node, graphs: tuple[TermMap, ...]) -> PredicateObjects:
        node.check("a predicate-object map", _KNOWN["a predicate-object map"])
        predicates = self._terms(node, "predicate")
        objects = (
            *(self._make.constant(value, "object") for value in node.all("object")),
            *(self._object(value) for value in node.all("objectMap")),
        )
        for found, what in ((predicates, "predicate"), (objects, "object")):
            if not found:
                raise node.fail(f"the predicate-object map has no {what}", f"expected rml:{what} or rml:{what}Map")
        condition = node.one(CONDITION)
        return PredicateObjects(
            predicates,
            objects,
            (*graphs, *self._terms(node, "graph")),
            self._read.condition(condition) if condition is not None else None,
        )

    def _terms(self, node: Node, position: str) -> tuple[TermMap, ...]:
        """The terms of a position, given as constants or as maps."""
        terms = [self._make.constant(value, position) for value in node.all(position)]
        for value in node.all(f"{position}Map"):
            value.check("a term map", _KNOWN["a term map"])
            terms.append(self._make.term(value, position))
        return tuple(terms)

    def _object(self, node: Node) -> TermMap | Join:
        if node.all("parentTriplesMap"):
            return self._join(node)
        node.check("a term map", _KNOWN["a term map"])
        return self._make.term(node, "object")

    def _join(self, node: Node) -> TermMap | Join:
        node.check("a referencing object map", _KNOWN["a referencing object map"])
        named = node.one("parentTriplesMap")
        assert named is not None  # noqa: S101 - the caller has looked
        parent = self._document.triples_map(named)
        conditions = []
        for condition in node.all("joinCondition"):
            condition.check("a join condition", _KNOWN["a join condition"])
            conditions.append(
                (self._side(condition, "child", self._read), self._side(condition, "parent", parent._read))
            )
        if conditions:
            return Join(parent.source, parent.subject(), tuple(conditions), parent.read_condition(), node.line)
        if parent.source != self.source:
            raise node.fail("the other triples map has another source", "expected an rml:joinCondition")
        return parent.subject()

    def read_condition(self) -> Call | None:
        """The condition of the map."""
        condition = self._node.one(CONDITION)
        return self._read.condition(condition) if condition is not None else None

    @staticmethod
    def _side(condition: Node, side: str, read: Expressions) -> Expression:
        node = condition.one(side, f"{side}Map")
        if node is None:
            raise condition.fail(f"the join condition has no {side}", f"expected rml:{side} or rml:{side}Map")
        return read.reference(node) if node.is_literal else read.expression(node)
