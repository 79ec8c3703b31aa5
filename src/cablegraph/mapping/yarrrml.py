"""YARRRML, the language of our mappings: a front end that makes a plan.

Specification: https://rml.io/yarrrml/spec/. Our extensions, documented in docs/mappings.md: the reference formulation
``register`` (a table of the register), and a datatype given by a function of the value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from cablegraph.mapping.document import Node, read_yaml
from cablegraph.mapping.plan import (
    Call,
    Constant,
    Expression,
    LogicalSource,
    Plan,
    PredicateObjects,
    Reference,
    Template,
    TermMap,
    TermType,
    TriplesMap,
    find_function,
)

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
_REFERENCE = re.compile(r"\\\\|\\[(){}$]|\$\((?P<column>(?:\\.|[^\\)])+)\)")
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
    return _Document(read_yaml(path, file), base).plan()


class _Document:
    def __init__(self, root: Node, base: str) -> None:
        parts = root.table("a YARRRML document", _KEYS["document"])
        self._root = root
        self._base = parts["base"].text() if "base" in parts else base
        self._prefixes = dict(_PREFIXES)
        if "prefixes" in parts:
            self._prefixes |= {name: node.text() for name, node in parts["prefixes"].pairs("prefixes")}
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
            access, _, formulation = items[0].text().partition("~")
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
            raise node.fail(f"unknown reference formulation {formulation!r}", f"expected one of {', '.join(FORMULATIONS)}")
        return LogicalSource(name, access, formulation, iterator, node.line)

    def _maps(self, name: str, node: Node) -> list[TriplesMap]:
        node = Node(node.raw, node.file, f"map {name}")
        parts = node.table("a mapping", _KEYS["mapping"])
        for key in ("sources", "subjects"):
            if key not in parts:
                raise node.fail(f"the mapping has no {key}")
        sources = [self._used_source(item) for item in self._listed(parts["sources"])]
        subjects = [self._iri_or_blank(item) for item in self._listed(parts["subjects"])]
        graphs = tuple(self._iri(item) for item in self._listed(parts["graphs"])) if "graphs" in parts else ()
        condition = self._condition(parts["condition"]) if "condition" in parts else None
        statements = tuple(self._statement(item) for item in parts["predicateobjects"].items()) if "predicateobjects" in parts else ()
        return [
            TriplesMap(name, source, subject, statements, graphs, condition, self._base, node.file, node.line)
            for source in sources
            for subject in subjects
        ]

    @staticmethod
    def _listed(node: Node) -> list[Node]:
        return node.items()

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
            more = items[2] if len(items) == 3 else None
            objects = tuple(self._object(item, more) for item in self._listed(items[1]))
            return self._checked(tuple(self._predicate(item) for item in self._listed(items[0])), objects, (), None)
        parts = node.table("predicate objects", _KEYS["predicate objects"])
        for key in ("predicates", "objects"):
            if key not in parts:
                raise node.fail(f"the predicate-object has no {key}")
        return self._checked(
            tuple(self._predicate(item) for item in self._listed(parts["predicates"])),
            tuple(self._object(item, None) for item in self._objects(parts["objects"])),
            tuple(self._iri(item) for item in self._listed(parts["graphs"])) if "graphs" in parts else (),
            self._condition(parts["condition"]) if "condition" in parts else None,
        )

    @staticmethod
    def _objects(node: Node) -> list[Node]:
        """Objects may be one, a list, or one in the short form [value, datatype]."""
        if not node.is_list:
            return [node]
        items = node.items()
        short = len(items) == 2 and all(item.is_text for item in items) and "$(" in items[0].text() and "$(" not in items[1].text()
        return [node] if short else items

    @staticmethod
    def _checked(
        predicates: tuple[TermMap, ...], objects: tuple[TermMap, ...], graphs: tuple[TermMap, ...], condition: Call | None
    ) -> PredicateObjects:
        is_type = any(term.expression == Constant(RDF_TYPE) for term in predicates)
        if is_type:  # the object of "a" is a class
            objects = tuple(TermMap(term.expression, TermType.IRI, line=term.line) for term in objects)
        return PredicateObjects(predicates, objects, graphs, condition)

    def _predicate(self, node: Node) -> TermMap:
        return TermMap(Constant(RDF_TYPE), TermType.IRI, line=node.line) if node.text() == "a" else self._iri(node)

    def _iri_or_blank(self, node: Node) -> TermMap:
        if node.is_text and node.text().startswith("_:"):
            return TermMap(self._expression(node, node.text()[2:], iri=False), TermType.BLANK, line=node.line)
        return self._iri(node)

    def _iri(self, node: Node) -> TermMap:
        if node.is_table:
            return TermMap(self._call(node), TermType.IRI, line=node.line)
        return TermMap(self._expression(node, node.text().removesuffix("~iri"), iri=True), TermType.IRI, line=node.line)

    def _object(self, node: Node, more: Node | None) -> TermMap:
        if node.is_list:
            items = node.items()
            return self._object(items[0], items[1])
        if node.is_table:
            return self._long_object(node)
        text = node.text()
        if text.endswith("~iri"):
            return self._iri(node)
        expression = self._expression(node, text, iri=False)
        if more is None:
            # A constant in the form prefix:name is an IRI, as everywhere in YARRRML.
            if isinstance(expression, Constant) and (iri := self._expanded(text)) is not None:
                return TermMap(Constant(iri), TermType.IRI, line=node.line)
            return TermMap(expression, TermType.LITERAL, line=node.line)
        return self._typed(expression, more, node.line)

    def _typed(self, expression: Expression, more: Node, line: int) -> TermMap:
        if more.is_text and more.text().endswith("~lang"):
            language = self._expression(more, more.text().removesuffix("~lang"), iri=False)
            return TermMap(expression, TermType.LITERAL, language=language, line=line)
        return TermMap(expression, TermType.LITERAL, datatype=self._datatype(more), line=line)

    def _long_object(self, node: Node) -> TermMap:
        parts = node.table("an object", _KEYS["object"])
        if "function" in parts:
            expression: Expression = self._call_of(parts, node)
        elif "value" in parts:
            expression = self._expression(parts["value"], parts["value"].text(), iri=False)
        else:
            raise node.fail("the object has neither a value nor a function")
        kind = parts["type"].text() if "type" in parts else "literal"
        if kind not in ("iri", "literal", "blank"):
            raise parts["type"].fail(f"unknown term type {kind!r}", "expected iri, literal or blank")
        if kind == "iri" and "value" in parts:
            return self._iri(parts["value"])
        language = self._expression(parts["language"], parts["language"].text(), iri=False) if "language" in parts else None
        datatype = self._datatype(parts["datatype"]) if "datatype" in parts else None
        if (language or datatype) and kind != "literal":
            raise node.fail("a datatype or language goes with a literal")
        if language and datatype:
            raise node.fail("a literal has a datatype or a language, not both")
        return TermMap(expression, TermType(kind), datatype, language, node.line)

    def _datatype(self, node: Node) -> Expression:
        return self._call(node) if node.is_table else self._expression(node, node.text(), iri=True)

    def _condition(self, node: Node) -> Call:
        call = self._call(node)
        function = find_function(call.function)
        if function is None or not function.boolean:
            raise node.fail(f"{call.function} answers no yes or no; a condition needs equal, notEqual, isNull, …")
        return call

    def _call(self, node: Node) -> Call:
        return self._call_of(node.table("a function", _KEYS["function"]), node)

    def _call_of(self, parts: Mapping[str, Node], node: Node) -> Call:
        if "function" not in parts:
            raise node.fail("the function has no name")
        name = parts["function"].text()
        function = find_function(name) or find_function(self._expanded(name) or "")
        if function is None:
            raise parts["function"].fail(f"there is no function {name!r}")
        arguments: list[Expression] = []
        for item in parts["parameters"].items() if "parameters" in parts else ():
            value = self._parameter(item)
            arguments.append(self._call(value) if value.is_table else self._expression(value, value.text(), iri=False))
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
        if node.is_table:
            parts = dict(node.pairs("a parameter"))
            return parts["value"] if "value" in parts else node
        return node

    def _expression(self, node: Node, text: str, *, iri: bool) -> Expression:
        parts: list[Constant | Reference] = []
        literal, place = "", 0
        for match in _REFERENCE.finditer(text):
            literal += text[place : match.start()]
            place = match.end()
            if match["column"] is None:
                literal += match.group()[-1]
            else:
                if literal:
                    parts.append(Constant(literal))
                    literal = ""
                parts.append(Reference(re.sub(r"\\(.)", r"\1", match["column"])))
        literal += text[place:]
        if "$(" in literal:
            raise node.fail(f"a reference is not closed in {text!r}", "write $(column)")
        if literal or not parts:
            parts.append(Constant(literal))
        if not any(isinstance(part, Reference) for part in parts):
            return Constant(self._absolute(node, literal) if iri else literal)
        if len(parts) == 1:
            return parts[0]
        if iri and isinstance(parts[0], Constant):
            parts[0] = Constant(self._absolute(node, parts[0].value))
        elif iri:
            parts.insert(0, Constant(self._base))
        return Template(tuple(parts))

    def _expanded(self, text: str) -> str | None:
        prefix, colon, name = text.partition(":")
        if colon and prefix in self._prefixes and not name.startswith("//"):
            return self._prefixes[prefix] + name
        return None

    def _absolute(self, node: Node, text: str) -> str:
        expanded = self._expanded(text)
        if expanded is not None:
            return expanded
        scheme = re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text)
        if scheme is None:
            return self._base + text
        if "://" not in text and scheme.group() not in ("urn:", "mailto:", "tel:", "tag:", "data:"):
            raise node.fail(f"the prefix {scheme.group()!r} is not defined", f"defined: {', '.join(sorted(self._prefixes))}")
        return text
