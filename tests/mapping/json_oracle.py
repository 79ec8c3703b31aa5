"""An interpreter of JSONPath, value by value, as RFC 9535 tells it; what DuckDB finds is held against it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

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
    Selector,
    Slice,
    Test,
)

NOTHING = object()


def find(path: Path, value: Any, root: Any) -> list[Any]:
    """All values that a path leads to."""
    found = [value]
    for segment in path:
        within = [node for one in found for node in (_descendants(one) if segment.deep else [one])]
        found = [node for one in within for selector in segment.selectors for node in _select(selector, one, root)]
    return found


def _descendants(value: Any) -> Iterator[Any]:
    yield value
    for child in _children(value):
        yield from _descendants(child)


def _children(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []


def _select(selector: Selector, value: Any, root: Any) -> list[Any]:
    match selector:
        case Name(name):
            return [value[name]] if isinstance(value, dict) and name in value else []
        case Index(index):
            inside = isinstance(value, list) and -len(value) <= index < len(value)
            return [value[index]] if inside else []
        case Slice(start, stop, step):
            return value[slice(start, stop, step)] if isinstance(value, list) and step else []
        case Every():
            return _children(value)
        case Filter(test):
            return [child for child in _children(value) if _holds(test, child, root)]


def _holds(test: Test, node: Any, root: Any) -> bool:
    match test:
        case Both(tests, any=some):
            return (any if some else all)(_holds(one, node, root) for one in tests)
        case Not(inner):
            return not _holds(inner, node, root)
        case Holds(Query(path, relative)):
            return bool(find(path, node if relative else root, root))
        case Holds(Function(name, (value, Given(pattern)))):
            text = _value(value, node, root)
            search = re.fullmatch if name == "match" else re.search
            return isinstance(text, str) and isinstance(pattern, str) and bool(search(pattern, text))
        case Comparison(one, operator, other):
            first, second = _value(one, node, root), _value(other, node, root)
            same, less, more = _same(first, second), _less(first, second), _less(second, first)
            return {"==": same, "!=": not same, "<": less, ">": more, "<=": less or same, ">=": more or same}[operator]
    raise AssertionError(test)


def _value(operand: Operand, node: Any, root: Any) -> Any:
    match operand:
        case Given(value):
            return value
        case Query(path, relative):
            return next(iter(find(path, node if relative else root, root)), NOTHING)
        case Function("length", (inner,)):
            value = _value(inner, node, root)
            return len(value) if isinstance(value, str | list | dict) else NOTHING
        case Function(name, (Query(path, relative),)):
            found = find(path, node if relative else root, root)
            return len(found) if name == "count" else found[0] if len(found) == 1 else NOTHING
    raise AssertionError(operand)


def _kind(value: Any) -> object:
    return "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value)


def _same(one: Any, other: Any) -> bool:
    return _kind(one) == _kind(other) and bool(one == other)


def _less(one: Any, other: Any) -> bool:
    return _kind(one) == _kind(other) and _kind(one) in ("number", str) and bool(one < other)
