"""What the values of RML are made of: references, templates, constants, and functions (RML-FNML)."""

from __future__ import annotations

import re

import pyoxigraph as ox

from cablegraph.mapping.functions import FUNCTIONS, find_function, in_order
from cablegraph.mapping.iris import NOT_IN_IRI, SCHEME, is_iri, sample
from cablegraph.mapping.paths import check_reference
from cablegraph.mapping.plan import Call, Constant, Expression, LogicalSource, Reference, Template, TermType
from cablegraph.mapping.turtle import Node

#: The properties that give a map its value; exactly one stands in it.
EXPRESSIONS = (
    "constant",
    "reference",
    "column",
    "template",
    "functionExecution",
    "functionValue",
    "return",
    "returnMap",
)
_VALUES = EXPRESSIONS[:6]
#: How deep functions may be nested: a mapping could refer to itself.
_DEPTH = 8
_EXECUTES = ("https://w3id.org/function/ontology#executes", "http://w3id.org/function/ontology#executes")
_TOKEN = re.compile(r"\\(?P<escaped>.)|(?P<open>\{)|(?P<close>\})", re.DOTALL)


class Expressions:
    """Reads expressions over one source; ``base`` is what relative IRIs stand on."""

    def __init__(self, source: LogicalSource, base: str, *, strict: bool) -> None:
        self._source = source
        self._base = base
        self._strict = strict

    def expression(self, node: Node, depth: int = 1) -> Expression:
        """The value of an expression map.

        Raises:
            InputError: it has no value or several, or one that is not valid.
        """
        given = [(name, value) for name in _VALUES for value in node.all(name)]
        if len(given) != 1:
            raise node.fail(
                f"the map has {'several values' if given else 'no value'}",
                "expected one of rml:constant, rml:reference, rml:template, rml:functionExecution",
            )
        name, value = given[0]
        match name:
            case "constant":
                if isinstance(value.term, ox.BlankNode):
                    raise value.fail("a blank node is no constant", "expected an IRI or a text")
                return Constant(value.term.value)
            case "template":
                return self.template(value)
            case "functionExecution" | "functionValue":
                return self._call(value, depth)
            case _:
                return self.reference(value)

    def reference(self, node: Node) -> Reference:
        """A reference: a column, a JSONPath or an XPath, as the source has it."""
        return self._reference(node, node.text())

    def iri(self, node: Node, kind: TermType) -> Expression:
        """The value of a map that makes IRIs; one of a template stands on the base where it is relative."""
        expression = self.expression(node)
        if kind is TermType.UNSAFE_IRI or not isinstance(expression, Template):
            if isinstance(expression, Constant) and not is_iri(expression.value):
                raise node.fail(f"{expression.value!r} is no IRI")
            return expression
        for part in expression.parts:
            if isinstance(part, Constant) and (found := NOT_IN_IRI.search(part.value)):
                raise node.fail(f"{found.group()!r} cannot stand in an IRI", "encode it as %XX")
        resolved = Template(self._resolved(expression.parts))
        if not is_iri(sample(resolved)):
            raise node.fail("the template makes no IRI", "expected an IRI such as http://example.org/{id}")
        return resolved

    def _resolved(self, parts: tuple[Constant | Reference, ...]) -> tuple[Constant | Reference, ...]:
        first = parts[0]
        if isinstance(first, Constant):
            return parts if SCHEME.match(first.value) else (Constant(self._base + first.value), *parts[1:])
        if len(parts) > 1 and isinstance(parts[1], Constant) and parts[1].value.startswith(":"):
            return parts  # the data gives the scheme
        return (Constant(self._base), *parts)

    def template(self, node: Node) -> Template:
        """A string template (RML-Core, section Template): references in braces, a backslash before braces and itself.

        Raises:
            InputError: braces do not match, or a backslash stands before something else.
        """
        text = node.text()
        parts: list[Constant | Reference] = []
        inside, current, place = False, "", 0
        for token in _TOKEN.finditer(text):
            current += text[place : token.start()]
            place = token.end()
            if token["escaped"] is not None:
                if token["escaped"] not in "{}\\" and self._strict:
                    raise node.fail(f"a backslash before {token['escaped']!r} in {text!r}", "expected \\{ \\} or \\\\")
                current += token["escaped"] if token["escaped"] in "{}\\" else token.group()
                continue
            if bool(token["open"]) == inside or (inside and not current):
                raise node.fail(
                    f"the braces of {text!r} do not match or name nothing", "write {reference}, and \\{ for a brace"
                )
            if inside or current:
                parts.append(self._reference(node, current) if inside else Constant(current))
            inside, current = not inside, ""
        current += text[place:]
        if inside:
            raise node.fail(f"a brace of {text!r} is not closed", "write {reference}, and \\{ for a brace")
        if current or not parts:
            parts.append(Constant(current))
        return Template(tuple(parts))

    def _reference(self, node: Node, text: str) -> Reference:
        try:
            check_reference(self._source, text)
        except ValueError as error:
            raise node.fail(f"{text!r} is no reference: {error}") from error
        return Reference(text)

    def condition(self, node: Node) -> Call:
        """A function that answers yes or no.

        Raises:
            InputError: it answers something else.
        """
        call = self._call(node, 1)
        if not FUNCTIONS[call.function].boolean:
            raise node.fail(f"{call.function} answers no yes or no", "a condition needs equal, notEqual, isNull, …")
        return call

    def _call(self, node: Node, depth: int) -> Call:
        if depth > _DEPTH:
            raise node.fail(f"functions are nested more than {_DEPTH} deep")
        named, given = self._inputs(node, depth)
        function = find_function(named.iri or "") if named is not None else None
        if named is None or function is None:
            place = named or node
            known = ", ".join(alias for f in FUNCTIONS.values() for alias in f.aliases)
            raise place.fail(f"there is no function {named.term if named else ''}".rstrip(), f"expected one of {known}")
        if len(given) != function.arity:
            raise node.fail(f"{function.name} takes {function.arity} parameters, not {len(given)}")
        order = in_order(function, [name for name, _ in given])
        return Call(function.name, tuple(given[order.index(place)][1] for place in range(len(given))))

    def _inputs(self, node: Node, depth: int) -> tuple[Node | None, list[tuple[str, Expression]]]:
        """The function of an execution and its arguments by parameter, in RML-FNML or in the form before it."""
        if not node.all("predicateObjectMap"):
            given = [(self._parameter(item), self._value(item, "inputValue", depth)) for item in node.all("input")]
            return self._named(node, "function"), given
        function, given = None, []
        for item in node.all("predicateObjectMap"):
            predicate = self._named(item, "predicate")
            if predicate is not None and predicate.iri in _EXECUTES:
                function = self._named(item, "object")
            else:
                given.append((predicate.iri or "" if predicate else "", self._value(item, "object", depth)))
        return function, given

    def _parameter(self, node: Node) -> str:
        named = self._named(node, "parameter")
        return named.iri or "" if named is not None else ""

    @staticmethod
    def _named(node: Node, what: str) -> Node | None:
        """A constant, given by its shortcut or by a map."""
        mapped = node.one(f"{what}Map")
        return node.one(what) or (mapped.one("constant") if mapped is not None else None)

    def _value(self, node: Node, what: str, depth: int) -> Expression:
        constant, mapped = node.one(what), node.one(f"{what}Map")
        if constant is not None and not isinstance(constant.term, ox.BlankNode):
            return Constant(constant.term.value)
        if mapped is None:
            raise node.fail(f"the input has no value: neither {what} nor {what}Map")
        return self.expression(mapped, depth + 1)
