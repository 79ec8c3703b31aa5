"""Term maps of RML: what a term may be by its position, its datatype and its language."""

from __future__ import annotations

import pyoxigraph as ox

from cablegraph.mapping.functions import XSD_STRING
from cablegraph.mapping.iris import LANGUAGE_TAG, is_iri
from cablegraph.mapping.plan import Constant, EachRow, Expression, Reference, TermMap, TermType
from cablegraph.mapping.rml_expressions import EXPRESSIONS, Expressions
from cablegraph.mapping.turtle import Node

_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_IRIS = {
    "IRI": TermType.IRI, "URI": TermType.URI, "UnsafeIRI": TermType.UNSAFE_IRI, "UnsafeURI": TermType.UNSAFE_IRI,
}  # fmt: skip
_BLANK, _LITERAL = {"BlankNode": TermType.BLANK}, {"Literal": TermType.LITERAL}
#: What a term may be, by its position (RML-Core, section Term types).
_TERM_TYPES = {
    "subject": _IRIS | _BLANK,
    "predicate": _IRIS,
    "object": _IRIS | _BLANK | _LITERAL,
    "graph": _IRIS | _BLANK,
    "datatype": _IRIS,
}


class TermMaker:
    """Makes the terms of the triples map at ``line``, whose expressions ``read`` reads; relative IRIs stand on ``base``."""

    def __init__(self, read: Expressions, base: str, line: int, *, strict: bool) -> None:
        self._line = line
        self._read = read
        self._base = base
        self._strict = strict

    def term(self, node: Node, position: str) -> TermMap:
        constant = node.one("constant")
        if constant is not None:
            if node.all("reference", "template", "column"):
                raise node.fail("the term map has several expressions", "expected one")
            return self.constant(constant, position, node)
        kind = self._type(node, position)
        if kind is TermType.BLANK and not node.all(*EXPRESSIONS):
            expression: Expression = EachRow(f"{self._line}.{node.line}.")
        elif kind is TermType.LITERAL or kind is TermType.BLANK:
            expression = self._read.expression(node)
        else:
            expression = self._read.iri(node, kind)
        language, datatype = self._language(node), self._datatype(node)
        if (language is not None or datatype is not None) and kind is not TermType.LITERAL:
            raise node.fail("a language or datatype goes with a literal")
        if language is not None and datatype is not None:
            raise node.fail("a literal has a language or a datatype, not both")
        natural = (
            kind is TermType.LITERAL and isinstance(expression, Reference) and language is None and datatype is None
        )
        return TermMap(expression, kind, datatype, language, natural, self._base, node.line)

    def _type(self, node: Node, position: str) -> TermType:
        named = node.one("termType")
        known = _TERM_TYPES[position]
        if named is not None:
            kind = (named.iri or "").removeprefix(node.graph.namespace)
            if kind not in known:
                raise named.fail(
                    f"{named.iri or named.term} is no term type of a {position}",
                    f"expected one of rml:{', rml:'.join(known)}",
                )
            return known[kind]
        values = node.all("reference", "column", "functionExecution", "functionValue")
        typed = node.all("language", "languageMap", "datatype", "datatypeMap")
        return TermType.LITERAL if position == "object" and (values or typed) else TermType.IRI

    def constant(self, node: Node, position: str, term: Node | None = None) -> TermMap:
        """A constant: its kind is that of the value, and a term type says nothing (RML-Core, section Term types)."""
        value = node.term
        if isinstance(value, ox.NamedNode):
            return TermMap(Constant(value.value), TermType.IRI, line=node.line)
        if not isinstance(value, ox.Literal):
            raise node.fail("a blank node is no constant", "expected an IRI or a text")
        kind = term.one("termType") if term is not None else None
        wants_iri = position != "object" or (kind is not None and kind.iri == f"{node.graph.namespace}IRI")
        if wants_iri and not self._strict and is_iri(value.value):
            return TermMap(Constant(value.value), TermType.IRI, line=node.line)
        if position != "object":
            raise node.fail(f"a {position} is no literal", "expected an IRI")
        language: Expression | None = Constant(value.language) if value.language else None
        datatype: Expression | None = (
            Constant(value.datatype.value) if value.datatype.value not in (XSD_STRING, _LANG_STRING) else None
        )
        if term is not None and language is None and datatype is None:
            language, datatype = self._language(term), self._datatype(term)
        return TermMap(Constant(value.value), TermType.LITERAL, datatype, language, line=node.line)

    def _language(self, node: Node) -> Expression | None:
        named = node.one("language", "languageMap")
        if named is None:
            return None
        expression = Constant(named.text()) if named.is_literal else self._read.expression(named)
        if isinstance(expression, Constant) and not LANGUAGE_TAG.fullmatch(expression.value):
            raise named.fail(f"{expression.value!r} is no language tag", "expected one such as en or pt-BR")
        return expression

    def _datatype(self, node: Node) -> Expression | None:
        constant, mapped = node.one("datatype"), node.one("datatypeMap")
        if constant is not None and mapped is not None:
            raise mapped.fail("the term map has two datatypes", "expected one")
        if constant is not None:
            if constant.iri is None:
                raise constant.fail("a datatype is an IRI")
            return Constant(constant.iri)
        return self.term(mapped, "datatype").expression if mapped is not None else None
