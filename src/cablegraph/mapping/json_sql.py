"""JSONPath as SQL: the values that a path leads to in a value of JSON, as DuckDB finds them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from itertools import count, takewhile

from cablegraph.mapping.jsonpath import (
    Both,
    Comparison,
    Every,
    Filter,
    Function,
    Given,
    Holds,
    Index,
    Name,
    Not,
    Operand,
    Path,
    Query,
    Segment,
    Selector,
    Slice,
    Test,
    is_plural,
)
from cablegraph.relations import quote_text

#: Names that DuckDB's own paths cannot hold, or take for patterns; a pointer (RFC 6901) can.
_FOR_POINTER = re.compile(r'["\\*\x00-\x1f]|^$')
#: A full stop of a regular expression that means any character, or what is none of that kind.
_DOT = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|(?P<dot>\.)", re.DOTALL)


def nodes(value: str, path: Path) -> str:
    """SQL of the value that a path leads to from ``value``; of a list of values where the path is plural."""
    writer = _Writer(value)
    found = writer.nodes(value, path)
    for root, variable in reversed(writer.roots.items()):
        found = f"list_transform([{root}], lambda {variable}: {found})[1]"
    return found


@dataclass
class _Writer:
    """Writes one path; ``root`` is what ``$`` means within its filters.

    What filters take from the root is the same for all nodes: ``roots`` has the variable of each such value, which is to be
    computed once, and not from the whole document for each node.
    """

    root: str
    roots: dict[str, str] = field(default_factory=dict)
    _numbers: count[int] = field(default_factory=count)

    def nodes(self, value: str, path: Path) -> str:
        single = tuple(takewhile(lambda segment: not is_plural((segment,)), path))
        value = _single(value, single)
        if len(single) == len(path):
            return value
        values, rest = self._selected(value, path[len(single)]), path[len(single) + 1 :]
        if not rest:
            return values
        variable = self._variable()
        inner = self.nodes(variable, rest)
        each = f"list_transform({values}, lambda {variable}: {inner})"
        return f"flatten({each})" if is_plural(rest) else _known(each)

    def _variable(self) -> str:
        return f"node{next(self._numbers)}"

    def _selected(self, value: str, segment: Segment) -> str:
        match segment:
            case Segment((Name(name),), deep=True) if not _FOR_POINTER.search(name):
                return f"json_extract({value}, {quote_text(f'$..{_quoted(name)}')})"
            case Segment((Every(),), deep=True):
                return f"json_extract({value}, '$..*')"
            case Segment(selectors, deep=True):
                variable = self._variable()
                inner = self._all_selected(variable, selectors)
                return f"flatten(list_transform(list_prepend({value}, json_extract({value}, '$..*')), lambda {variable}: {inner}))"
            case Segment(selectors):
                return self._all_selected(value, selectors)

    def _all_selected(self, value: str, selectors: tuple[Selector, ...]) -> str:
        found = [self._of_selector(value, selector) for selector in selectors]
        return found[0] if len(found) == 1 else f"flatten([{', '.join(found)}])"

    def _of_selector(self, value: str, selector: Selector) -> str:
        match selector:
            case Every():
                return _children(value)
            case Slice():
                return self._slice(f"json_extract({value}, '$[*]')", selector)
            case Filter(test):
                node = self._variable()
                return f"list_filter({_children(value)}, lambda {node}: coalesce({self._test(test, node)}, false))"
            case _:
                return _known(f"[{_single(value, (Segment((selector,)),))}]")

    def _slice(self, items: str, wanted: Slice) -> str:
        """The items of a slice (RFC 9535, section 2.3.4.2.2): places count from 0, negative ones from the end."""
        start, stop, step = wanted.start, wanted.stop, wanted.step
        if step == 0:
            return "[]::JSON[]"
        item, place = self._variable(), self._variable()

        def bound(given: int) -> str:
            return str(given) if given >= 0 else f"len({items}) + {given}"

        tests = []
        if step > 0:
            first = "0" if start is None else f"greatest({bound(start)}, 0)"
            tests.append(f"{place} - 1 >= {first}")
            tests += [] if stop is None else [f"{place} - 1 < {bound(stop)}"]
            tests += [] if step == 1 else [f"({place} - 1 - {first}) % {step} = 0"]
            return f"list_filter({items}, lambda {item}, {place}: {' AND '.join(tests)})"
        first = f"least({bound(-1 if start is None else start)}, len({items}) - 1)"
        tests.append(f"{place} - 1 <= {first}")
        tests += [] if stop is None else [f"{place} - 1 > {bound(stop)}"]
        tests += [] if step == -1 else [f"({first} - {place} + 1) % {-step} = 0"]
        return f"list_reverse(list_filter({items}, lambda {item}, {place}: {' AND '.join(tests)}))"

    def _test(self, test: Test, node: str) -> str:
        match test:
            case Both(tests, any=some):
                return f"({(' OR ' if some else ' AND ').join(f'coalesce({self._test(one, node)}, false)' for one in tests)})"
            case Not(inner):
                return f"NOT coalesce({self._test(inner, node)}, false)"
            case Comparison(one, operator, other):
                return _comparison(operator, self._operand(one, node), self._operand(other, node))
            case Holds(Query() as query):
                found = self._query(query, node)
                return f"len({found}) > 0" if is_plural(query.path) else f"{found} IS NOT NULL"
            case Holds(Function(name, (value, Given(pattern)))):
                macro = "json_match" if name == "match" else "json_search"
                return f"{macro}({self._operand(value, node)}, {quote_text(_expression(pattern))})"
        raise AssertionError(test)

    def _query(self, query: Query, node: str) -> str:
        if query.relative:
            return self.nodes(node, query.path)
        found = self.nodes(self.root, query.path)
        return self.roots.get(found) or self.roots.setdefault(found, self._variable())

    def _operand(self, operand: Operand, node: str) -> str:
        match operand:
            case Given(value):
                return f"{quote_text(json.dumps(value, ensure_ascii=False))}::JSON"
            case Query():
                return self._query(operand, node)
            case Function("length", (value,)):
                return f"json_length_of({self._operand(value, node)})"
            case Function(name, (Query() as query,)):
                found = self._query(query, node)
                if not is_plural(query.path):
                    return found if name == "value" else f"to_json(CASE WHEN {found} IS NULL THEN 0 ELSE 1 END)"
                return (
                    f"CASE WHEN len({found}) = 1 THEN {found}[1] END"
                    if name == "value"
                    else f"to_json(coalesce(len({found}), 0))"
                )
        raise AssertionError(operand)


def _comparison(operator: str, one: str, other: str) -> str:
    match operator:
        case "==":
            return f"json_same({one}, {other})"
        case "!=":
            return f"NOT json_same({one}, {other})"
        case "<" | ">":
            return f"json_less({one}, {other})" if operator == "<" else f"json_less({other}, {one})"
        case _:
            less = f"json_less({one}, {other})" if operator == "<=" else f"json_less({other}, {one})"
            return f"({less} OR json_same({one}, {other}))"


def _expression(pattern: object) -> str:
    """A regular expression of RFC 9485 as RE2 reads it: a full stop is no line end. A value that is no text fits nothing."""
    if not isinstance(pattern, str):
        return "[^\\x{0}-\\x{10FFFF}]"
    return _DOT.sub(lambda match: "[^\\n\\r]" if match["dot"] else match.group(), pattern)


def _children(value: str) -> str:
    return f"CASE json_type({value}) WHEN 'OBJECT' THEN json_extract({value}, '$.*') ELSE json_extract({value}, '$[*]') END"


def _known(values: str) -> str:
    return f"list_filter({values}, lambda node: node IS NOT NULL)"


def _single(value: str, path: Path) -> str:
    """Follow names and indexes, as many as one path of DuckDB can hold at a time."""
    written = "$"
    for segment in path:
        (selector,) = segment.selectors
        if isinstance(selector, Name) and _FOR_POINTER.search(selector.name):
            value = _extracted(value, written)
            pointer = "/" + selector.name.replace("~", "~0").replace("/", "~1")
            value, written = f"json_extract({value}, {quote_text(pointer)})", "$"
        elif isinstance(selector, Name):
            written += f".{_quoted(selector.name)}"
        elif isinstance(selector, Index):
            written += f"[{selector.index}]" if selector.index >= 0 else f"[#{selector.index}]"
    return _extracted(value, written)


def _extracted(value: str, path: str) -> str:
    return value if path == "$" else f"json_extract({value}, {quote_text(path)})"


def _quoted(name: str) -> str:
    return f'"{name}"'
