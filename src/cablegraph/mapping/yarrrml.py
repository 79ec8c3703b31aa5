"""YARRRML, the language of our mappings: a front end that makes a plan.

Specification: https://rml.io/yarrrml/spec/. Our extensions, documented in docs/mappings.md: the reference formulations
``register`` (a table of the register), ``tsv``, ``parquet``, ``jsonlines``, ``arrow`` and ``duckdb``, and a datatype given by a function of the
value.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cablegraph.errors import InputError
from cablegraph.mapping.document import Node, read_yaml
from cablegraph.mapping.paths import check_iterator, check_reference
from cablegraph.mapping.plan import (
    RDF_TYPE,
    Constant,
    EachRow,
    Expression,
    Join,
    LogicalSource,
    Plan,
    PredicateObjects,
    Reference,
    TermMap,
    TermType,
    TriplesMap,
)
from cablegraph.mapping.template import Templates
from cablegraph.mapping.yarrrml_calls import FUNCTION_KEYS, Calls
from cablegraph.mapping.yarrrml_sources import read_source

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
               **FUNCTION_KEYS},
    "join": {"mapping": "mapping", "condition": "condition", "conditions": "condition"},
    "document": {"prefixes": "prefixes", "base": "base", "sources": "sources", "mappings": "mappings", "authors": "authors"},
}  # fmt: skip
#: Prefixes that need no declaration, as in the tools that YARRRML comes from; a mapping may declare them otherwise.
_PREFIXES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#", "owl": "http://www.w3.org/2002/07/owl#", "skos": "http://www.w3.org/2004/02/skos/core#",
    "foaf": "http://xmlns.com/foaf/0.1/", "schema": "http://schema.org/", "dc": "http://purl.org/dc/terms/", "void": "http://rdfs.org/ns/void#",
    "grel": "http://users.ugent.be/~bjdmeest/function/grel.ttl#", "idlab-fn": "http://example.com/idlab/function/",
}  # fmt: skip


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
        self._calls = Calls(self._read)
        self._sources: dict[str, LogicalSource] = {}
        if "sources" in parts:
            self._sources = {name: read_source(name, node) for name, node in parts["sources"].pairs("sources")}
        self._mappings = parts.get("mappings")
        self._here: list[LogicalSource] = []  # the sources of the mapping that is being read

    def plan(self) -> Plan:
        if self._mappings is None:
            raise self._root.fail("the document has no mappings")
        maps: list[TriplesMap] = []
        for name, node in self._mappings.pairs("mappings"):
            maps += self._maps(name, node)
        return Plan(tuple(maps), (self._root.file,))

    def _maps(self, name: str, node: Node) -> list[TriplesMap]:
        node = Node(node.raw, node.file, f"map {name}")
        parts = node.table("a mapping", _KEYS["mapping"])
        if "sources" not in parts:
            raise node.fail("the mapping has no sources")
        sources = [self._used_source(item) for item in parts["sources"].items()]
        self._here = sources
        graphs = tuple(self._iri(item) for item in parts["graphs"].items()) if "graphs" in parts else ()
        condition = self._calls.condition(parts["condition"]) if "condition" in parts else None
        statements = (
            tuple(self._statement(item, graphs) for item in parts["predicateobjects"].items())
            if "predicateobjects" in parts
            else ()
        )
        maps = [
            TriplesMap(name, source, subject, statements, graphs, condition, file=node.file, line=node.line)
            for source in sources
            for subject in self._subjects(node, parts, source)
        ]
        for triples_map in maps:
            self._check_paths(node, triples_map.source, triples_map.columns())
        return maps

    def _subjects(self, node: Node, parts: Mapping[str, Node], source: LogicalSource) -> list[TermMap]:
        """The subjects of a mapping; without any each row has a blank node of its own."""
        if "subjects" in parts:
            return [self._iri_or_blank(item) for item in parts["subjects"].items()]
        return [self._term(node, EachRow(f"{node.file}.{node.line}.{source.access}."), TermType.BLANK)]

    @staticmethod
    def _check_paths(node: Node, source: LogicalSource, references: set[str]) -> None:
        try:
            check_iterator(source)
            for reference in sorted(references):
                check_reference(source, reference)
        except ValueError as error:
            raise node.fail(f"the source {source.access!r} has no such path: {error}") from error

    def _used_source(self, node: Node) -> LogicalSource:
        if node.is_text:
            name = node.text()
            if name not in self._sources and "~" in name:
                return read_source("", node)
            if name not in self._sources:
                raise node.fail(f"there is no source {name!r}", f"defined: {', '.join(self._sources) or 'none'}")
            return self._sources[name]
        return read_source("", node)

    def _statement(self, node: Node, graphs: tuple[TermMap, ...]) -> PredicateObjects:
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
            (*(self._iri(item) for item in parts["graphs"].items()), *graphs) if "graphs" in parts else (),
            self._calls.condition(parts["condition"]) if "condition" in parts else None,
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
        return self._term(node, Constant(RDF_TYPE), TermType.IRI) if node.text() == "a" else self._iri(node)

    def _term(self, node: Node, expression: Expression, kind: TermType, **more: Expression | None) -> TermMap:
        # A number of the register is published as it is written, one of a file with its datatype.
        of_file = all(source.formulation != "register" for source in self._here)
        natural = of_file and kind is TermType.LITERAL and isinstance(expression, Reference) and not any(more.values())
        return TermMap(expression, kind, natural=natural, base=self._read.base, line=node.line, **more)

    def _iri_or_blank(self, node: Node) -> TermMap:
        if node.is_text and node.text().startswith("_:"):
            return self._term(node, self._read.literal(node, node.text()[2:]), TermType.BLANK)
        return self._iri(node)

    def _iri(self, node: Node) -> TermMap:
        if node.is_table:
            return self._term(node, self._calls.call(node), TermType.IRI)
        return self._term(node, self._read.iri(node, node.text().removesuffix("~iri")), TermType.IRI)

    def _object(self, node: Node, more: Node | None, predicates: tuple[TermMap, ...]) -> TermMap | Join:
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
            return (
                self._join(node)
                if any(key == "mapping" for key, _ in node.pairs("an object"))
                else self._long_object(node)
            )
        text = node.text()
        if text.endswith("~iri"):
            if more is not None:
                raise more.fail("an IRI has no datatype and no language")
            return self._iri(node)
        expression = self._read.literal(node, text)
        if more is not None:
            return self._typed(expression, more)
        # A constant in the form prefix:name is an IRI, as everywhere in YARRRML.
        if isinstance(expression, Constant) and self._read.expanded(text) is not None:
            return self._iri(node)
        return self._term(node, expression, TermType.LITERAL)

    def _typed(self, expression: Expression, more: Node) -> TermMap:
        if more.is_text and more.text().endswith("~lang"):
            language = self._read.language(more, more.text().removesuffix("~lang"))
            return self._term(more, expression, TermType.LITERAL, language=language)
        return self._term(more, expression, TermType.LITERAL, datatype=self._datatype(more))

    def _join(self, node: Node) -> TermMap | Join:
        """The subjects of another mapping where values are equal; without a condition those of the same row."""
        parts = node.table("a reference to a mapping", _KEYS["join"])
        name = parts["mapping"].text()
        other = dict(self._mappings.pairs("mappings")).get(name) if self._mappings is not None else None
        if other is None:
            raise parts["mapping"].fail(f"there is no mapping {name!r}")
        there = Node(other.raw, other.file, f"map {name}")
        its = there.table("a mapping", _KEYS["mapping"])
        if "sources" not in its:
            raise other.fail("the mapping has no sources")
        source = self._used_source(its["sources"].items()[0])
        subject = self._subjects(there, its, source)[0]
        conditions = [self._calls.call(item) for item in parts["condition"].items()] if "condition" in parts else []
        if not conditions and self._here == [source]:
            return subject
        if not conditions or any(call.function != "equal" for call in conditions):
            raise node.fail(
                "a reference to a mapping of another source needs a condition",
                "write function: equal with $(here) and $(there)",
            )
        return Join(
            source,
            subject,
            tuple((call.arguments[0], call.arguments[1]) for call in conditions),
            self._calls.condition(its["condition"]) if "condition" in its else None,
            node.line,
        )

    def _long_object(self, node: Node) -> TermMap:
        parts = node.table("an object", _KEYS["object"])
        if "function" in parts:
            expression: Expression = self._calls.call_of(parts, node)
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
        return self._term(node, expression, TermType(kind), datatype=datatype, language=language)

    def _datatype(self, node: Node) -> Expression:
        return self._calls.call(node) if node.is_table else self._read.iri(node, node.text())
