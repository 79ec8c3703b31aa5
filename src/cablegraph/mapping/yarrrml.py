"""YARRRML, the language of our mappings: a front end that makes a plan.

Specification: https://rml.io/yarrrml/spec/. Our extensions, documented in docs/mappings.md: the reference formulation
``register`` (a table of the register), and a datatype given by a function of the value.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cablegraph.errors import InputError
from cablegraph.mapping.document import Node, read_yaml
from cablegraph.mapping.plan import (
    FUNCTIONS,
    Call,
    Constant,
    Expression,
    LogicalSource,
    Plan,
    PredicateObjects,
    TermMap,
    TermType,
    TriplesMap,
    find_function,
)
from cablegraph.mapping.template import Templates

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_KEYS = {
    "mapping": {
        "s": "subjects", "subject": "subjects", "subjects": "subjects", "po": "predicateobjects",
        "predicateobject": "predicateobjects", "predicateobjects": "predicateobjects", "source": "sources",
        "sources": "sources", "graph": "graphs", "graphs": "graphs", "condition": "condition", "conditions": "condition",
    },
    "predicate objects": {
        "p": "predicates", "predicate": "predicates", "predicates": "predicates", "o": "objects", "object": "objects",
        "objects": "objects", "graph": "graphs", "graphs": "graphs", "condition": "condition", "conditions": "condition",
    },
    "object": {"value": "value", "v": "value", "type": "type", "datatype": "datatype", "language": "language",
               "function": "function", "f": "function", "fn": "function", "parameters": "parameters", "pms": "parameters"},
    "function": {"function": "function", "f": "function", "fn": "function", "parameters": "parameters", "pms": "parameters"},
    "source": {"access": "access", "referenceFormulation": "formulation", "iterator": "iterator"},
    "document": {"prefixes": "prefixes", "base": "base", "sources": "sources", "mappings": "mappings", "authors": "authors"},
}  # fmt: skip
#: How deep functions may be nested: aliases in YAML could make a short file an endless one.
_DEPTH = 8
FORMULATIONS = ("register", "csv", "parquet", "jsonlines")
_PREFIXES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def read_yarrrml(path: Path, file: str, base: str) -> Plan:
    """Read one YARRRML file into a plan; relative IRIs are resolved against ``base``.

    Raises:
        InputError: the file is no valid YARRRML; the message names file, line, map and term, and what was expected.
    """
    try:
        return _Document(read_yaml(path, file), base).plan()
    except RecursionError as error:
        raise InputError("the mapping refers to itself without end", file=file) from error


class _Document:
    def __init__(self, root: Node, base: str) -> None:
        parts = root.table("a YARRRML document", _KEYS["document"])
        self._root = root
        prefixes = dict(_PREFIXES)
        if "prefixes" in parts:
            prefixes |= {name: node.text() for name, node in parts["prefixes"].pairs("prefixes")}
        self._read = Templates(prefixes, parts["base"].text() if "base" in parts else base)
        self._sources: dict[str, LogicalSource] = {}
        if "sources" in parts:
            self._sources = {name: self._source(name, node) for name, node in parts["sources"].pairs("sources")}
        self._mappings = parts.get("mappings")

    def plan(self) -> Plan:
        if self._mappings is None:
            raise self._root.fail("the document has no mappings")
        maps: list[TriplesMap] = []
        for name, node in self._mappings.pairs("mappings"):
            maps += self._maps(name, node)
        return Plan(tuple(maps), (self._root.file,))

    def _source(self, name: str, node: Node) -> LogicalSource:
        if node.is_list:
            items = node.items()
            if not items:
                raise node.fail("a source needs an access such as ['parts~register']")
            access, _, formulation = (
                items[0].text().rpartition("~") if "~" in items[0].text() else (items[0].text(), "", "")
            )
            iterator = items[1].text() if len(items) > 1 else None
        else:
            parts = node.table("a source", _KEYS["source"])
            if "access" not in parts:
                raise node.fail("the source has no access")
            access = parts["access"].text()
            formulation = parts["formulation"].text() if "formulation" in parts else ""
            iterator = parts["iterator"].text() if "iterator" in parts else None
        formulation = formulation or Path(access).suffix.lstrip(".")
        if formulation not in FORMULATIONS:
            raise node.fail(
                f"unknown reference formulation {formulation!r}", f"expected one of {', '.join(FORMULATIONS)}"
            )
        return LogicalSource(name, access, formulation, iterator, node.line)

    def _maps(self, name: str, node: Node) -> list[TriplesMap]:
        node = Node(node.raw, node.file, f"map {name}")
        parts = node.table("a mapping", _KEYS["mapping"])
        for key in ("sources", "subjects"):
            if key not in parts:
                raise node.fail(f"the mapping has no {key}")
        sources = [self._used_source(item) for item in parts["sources"].items()]
        subjects = [self._iri_or_blank(item) for item in parts["subjects"].items()]
        graphs = tuple(self._iri(item) for item in parts["graphs"].items()) if "graphs" in parts else ()
        condition = self._condition(parts["condition"]) if "condition" in parts else None
        statements = (
            tuple(self._statement(item) for item in parts["predicateobjects"].items())
            if "predicateobjects" in parts
            else ()
        )
        return [
            TriplesMap(name, source, subject, statements, graphs, condition, self._read.base, node.file, node.line)
            for source in sources
            for subject in subjects
        ]

    def _used_source(self, node: Node) -> LogicalSource:
        if node.is_text:
            name = node.text()
            if name not in self._sources:
                raise node.fail(f"there is no source {name!r}", f"defined: {', '.join(self._sources) or 'none'}")
            return self._sources[name]
        return self._source("", node)

    def _statement(self, node: Node) -> PredicateObjects:
        if node.is_list:  # the short form [predicate, object, datatype or language]
            items = node.items()
            if len(items) not in (2, 3):
                raise node.fail("expected [predicate, object] or [predicate, object, datatype or language~lang]")
            predicates = tuple(self._predicate(item) for item in items[0].items())
            objects = tuple(
                self._object(item, items[2] if len(items) == 3 else None, predicates) for item in items[1].items()
            )
            return PredicateObjects(predicates, objects)
        parts = node.table("predicate objects", _KEYS["predicate objects"])
        for key in ("predicates", "objects"):
            if key not in parts:
                raise node.fail(f"the predicate-object has no {key}")
        predicates = tuple(self._predicate(item) for item in parts["predicates"].items())
        return PredicateObjects(
            predicates,
            tuple(self._object(item, None, predicates) for item in self._objects(parts["objects"])),
            tuple(self._iri(item) for item in parts["graphs"].items()) if "graphs" in parts else (),
            self._condition(parts["condition"]) if "condition" in parts else None,
        )

    @staticmethod
    def _objects(node: Node) -> list[Node]:
        """Objects may be one, a list, or one in the short form [value, datatype]."""
        if not node.is_list:
            return [node]
        items = node.items()
        short = (
            len(items) == 2
            and all(item.is_text for item in items)
            and "$(" in items[0].text()
            and "$(" not in items[1].text()
        )
        return [node] if short else items

    def _predicate(self, node: Node) -> TermMap:
        return TermMap(Constant(RDF_TYPE), TermType.IRI, line=node.line) if node.text() == "a" else self._iri(node)

    def _iri_or_blank(self, node: Node) -> TermMap:
        if node.is_text and node.text().startswith("_:"):
            return TermMap(self._read.literal(node, node.text()[2:]), TermType.BLANK, line=node.line)
        return self._iri(node)

    def _iri(self, node: Node) -> TermMap:
        if node.is_table:
            return TermMap(self._call(node), TermType.IRI, line=node.line)
        return TermMap(self._read.iri(node, node.text().removesuffix("~iri")), TermType.IRI, line=node.line)

    def _object(self, node: Node, more: Node | None, predicates: tuple[TermMap, ...]) -> TermMap:
        if node.is_list:
            items = node.items()
            if len(items) not in (1, 2) or (more is not None and len(items) == 2):
                raise node.fail("expected an object as [value, datatype or language~lang]")
            return self._object(items[0], items[1] if len(items) == 2 else more, predicates)
        if any(term.expression == Constant(RDF_TYPE) for term in predicates) and node.is_text:
            if more is not None:
                raise more.fail("a class has no datatype and no language")
            return self._iri(node)  # the object of "a" is a class
        if node.is_table:
            return self._long_object(node)
        text = node.text()
        if text.endswith("~iri"):
            if more is not None:
                raise more.fail("an IRI has no datatype and no language")
            return self._iri(node)
        expression = self._read.literal(node, text)
        if more is not None:
            return self._typed(expression, more, node.line)
        # A constant in the form prefix:name is an IRI, as everywhere in YARRRML.
        if isinstance(expression, Constant) and self._read.expanded(text) is not None:
            return self._iri(node)
        return TermMap(expression, TermType.LITERAL, line=node.line)

    def _typed(self, expression: Expression, more: Node, line: int) -> TermMap:
        if more.is_text and more.text().endswith("~lang"):
            language = self._read.language(more, more.text().removesuffix("~lang"))
            return TermMap(expression, TermType.LITERAL, language=language, line=line)
        return TermMap(expression, TermType.LITERAL, datatype=self._datatype(more), line=line)

    def _long_object(self, node: Node) -> TermMap:
        parts = node.table("an object", _KEYS["object"])
        if "function" in parts:
            expression: Expression = self._call_of(parts, node)
        elif "value" in parts:
            expression = self._read.literal(parts["value"], parts["value"].text())
        else:
            raise node.fail("the object has neither a value nor a function")
        kind = parts["type"].text() if "type" in parts else "literal"
        if kind not in ("iri", "literal", "blank"):
            raise parts["type"].fail(f"unknown term type {kind!r}", "expected iri, literal or blank")
        if kind != "literal" and ("language" in parts or "datatype" in parts):
            raise node.fail("a datatype or language goes with a literal")
        if kind == "iri" and "value" in parts:
            return self._iri(parts["value"])
        if "language" in parts and "datatype" in parts:
            raise node.fail("a literal has a datatype or a language, not both")
        language = None
        if "language" in parts:
            language = self._read.language(parts["language"], parts["language"].text().removesuffix("~lang"))
        datatype = self._datatype(parts["datatype"]) if "datatype" in parts else None
        return TermMap(expression, TermType(kind), datatype, language, node.line)

    def _datatype(self, node: Node) -> Expression:
        return self._call(node) if node.is_table else self._read.iri(node, node.text())

    def _condition(self, node: Node) -> Call:
        call = self._call(node)
        function = find_function(call.function)
        if function is None or not function.boolean:
            raise node.fail(f"{call.function} answers no yes or no; a condition needs equal, notEqual, isNull, …")
        return call

    def _call(self, node: Node, depth: int = 1) -> Call:
        return self._call_of(node.table("a function", _KEYS["function"]), node, depth)

    def _call_of(self, parts: Mapping[str, Node], node: Node, depth: int = 1) -> Call:
        if "function" not in parts:
            raise node.fail("the function has no name")
        if depth > _DEPTH:
            raise node.fail(f"functions are nested more than {_DEPTH} deep")
        name = parts["function"].text()
        function = find_function(name) or find_function(self._read.expanded(name) or "")
        if function is None:
            raise parts["function"].fail(f"there is no function {name!r}", f"expected one of {', '.join(FUNCTIONS)}")
        arguments: list[Expression] = []
        for item in parts["parameters"].items() if "parameters" in parts else ():
            value = self._parameter(item)
            arguments.append(
                self._call(value, depth + 1) if value.is_table else self._read.literal(value, value.text())
            )
        if len(arguments) != function.arity:
            raise node.fail(f"{name} takes {function.arity} parameters, not {len(arguments)}")
        return Call(function.name, tuple(arguments))

    @staticmethod
    def _parameter(node: Node) -> Node:
        """Return the value of a parameter, given as [name, value], {parameter: …, value: …} or the value alone."""
        if node.is_list:
            items = node.items()
            if len(items) != 2:
                raise node.fail("expected a parameter as [name, value]")
            return items[1]
        return dict(node.pairs("a parameter")).get("value", node) if node.is_table else node
