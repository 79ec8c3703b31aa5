"""Functions and conditions of YARRRML."""

from __future__ import annotations

from collections.abc import Mapping

from cablegraph.mapping.document import Node
from cablegraph.mapping.functions import FUNCTIONS, find_function, in_order
from cablegraph.mapping.plan import Call, Expression
from cablegraph.mapping.template import Templates

#: The spellings of what a function is written with.
FUNCTION_KEYS = {
    "function": "function",
    "f": "function",
    "fn": "function",
    "parameters": "parameters",
    "pms": "parameters",
}
#: How deep functions may be nested: aliases in YAML could make a short file an endless one.
_DEPTH = 8


class Calls:
    """Reads functions of one mapping, with its prefixes."""

    def __init__(self, read: Templates) -> None:
        self._read = read

    def condition(self, node: Node) -> Call:
        """A function that answers yes or no.

        Raises:
            InputError: it answers something else, or is not valid.
        """
        call = self.call(node)
        function = find_function(call.function)
        if function is None or not function.boolean:
            raise node.fail(f"{call.function} answers no yes or no; a condition needs equal, notEqual, isNull, …")
        return call

    def call(self, node: Node, depth: int = 1) -> Call:
        """A function with its parameters, which may be functions again.

        Raises:
            InputError: there is no such function, or it takes other parameters.
        """
        return self.call_of(node.table("a function", FUNCTION_KEYS), node, depth)

    def call_of(self, parts: Mapping[str, Node], node: Node, depth: int = 1) -> Call:
        """The same, of a table that is already read."""
        if "function" not in parts:
            raise node.fail("the function has no name")
        if depth > _DEPTH:
            raise node.fail(f"functions are nested more than {_DEPTH} deep")
        name = parts["function"].text()
        function = find_function(name) or find_function(self._read.expanded(name) or "")
        if function is None:
            raise parts["function"].fail(f"there is no function {name!r}", f"expected one of {', '.join(FUNCTIONS)}")
        arguments: list[Expression] = []
        names: list[str] = []
        for item in parts["parameters"].items() if "parameters" in parts else ():
            parameter, value = self._parameter(item)
            names.append(self._read.expanded(parameter) or parameter)
            arguments.append(self.call(value, depth + 1) if value.is_table else self._read.literal(value, value.text()))
        if len(arguments) != function.arity:
            raise node.fail(f"{name} takes {function.arity} parameters, not {len(arguments)}")
        order = in_order(function, names)
        return Call(function.name, tuple(arguments[order.index(place)] for place in range(len(arguments))))

    @staticmethod
    def _parameter(node: Node) -> tuple[str, Node]:
        """Return name and value of a parameter, given as [name, value], {parameter: …, value: …} or the value alone."""
        if node.is_list:
            items = node.items()
            # The third says of which side of a join the value is; the second parameter is of the other mapping.
            if len(items) != 2 and not (len(items) == 3 and items[2].text() in ("s", "o")):
                raise node.fail("expected a parameter as [name, value]")
            return items[0].text(), items[1]
        if not node.is_table:
            return "", node
        pairs = dict(node.pairs("a parameter"))
        return pairs["parameter"].text() if "parameter" in pairs else "", pairs.get("value", node)
