"""JSON as a relation: an iterator gives the rows, each reference a column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cablegraph.mapping.jsonpath import Every, Index, Name, Step, is_plural
from cablegraph.relations import quote_text

#: Names that DuckDB's own paths cannot hold, or take for patterns; a pointer (RFC 6901) can.
_FOR_POINTER = re.compile(r'["\\*\x00-\x1f]|^$')


def nodes(value: str, steps: Sequence[Step]) -> str:
    """SQL of the value that a path leads to; of a list of values where the path is plural."""
    path: list[Step] = []
    for place, step in enumerate(steps):
        if not isinstance(step, Every) and not (isinstance(step, Name) and step.deep):
            path.append(step)
            continue
        values = _children(_single(value, path), step)
        rest = steps[place + 1 :]
        if not rest:
            return values
        variable = f"node{len(rest)}"
        inner = nodes(variable, rest)
        each = f"list_transform({values}, lambda {variable}: {inner})"
        return f"flatten({each})" if is_plural(tuple(rest)) else f"list_filter({each}, lambda node: node IS NOT NULL)"
    return _single(value, path)


def _children(value: str, step: Step) -> str:
    if isinstance(step, Name):
        return f"json_extract({value}, {quote_text(f'$..{_quoted(step.name)}')})"
    return f"CASE json_type({value}) WHEN 'OBJECT' THEN json_extract({value}, '$.*') ELSE json_extract({value}, '$[*]') END"


def _single(value: str, steps: Sequence[Step]) -> str:
    """Follow names and indexes, as many as one path of DuckDB can hold at a time."""
    path = "$"
    for step in steps:
        if isinstance(step, Name) and _FOR_POINTER.search(step.name):
            value = _extracted(value, path)
            pointer = "/" + step.name.replace("~", "~0").replace("/", "~1")
            value, path = f"json_extract({value}, {quote_text(pointer)})", "$"
        elif isinstance(step, Name):
            path += f".{_quoted(step.name)}"
        elif isinstance(step, Index):
            path += f"[{step.index}]" if step.index >= 0 else f"[#{step.index}]"
    return _extracted(value, path)


def _extracted(value: str, path: str) -> str:
    return value if path == "$" else f"json_extract({value}, {quote_text(path)})"


def _quoted(name: str) -> str:
    return f'"{name}"'
