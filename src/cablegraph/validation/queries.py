"""Queries of SHACL-SPARQL: what they may not do and an engine would pass over in silence."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import Any


def hides_focus_node(query: str) -> bool:
    """Whether a nested SELECT does not return ``$this``, so that it would ask about any node (SHACL, section 5.2.1).

    What cannot be parsed is left to the engine, which refuses it.
    """
    from rdflib.plugins.sparql.parser import parseQuery  # noqa: PLC0415  a third of a second, which few shapes are worth

    try:
        parsed = parseQuery(query)
    except Exception:  # the parser raises whatever its library does
        return False
    return any(not _returns_this(part) for part in _parts(parsed) if getattr(part, "name", "") == "SubSelect")


def _returns_this(select: OrderedDict[str, Any]) -> bool:
    if "projection" not in select:  # SELECT *
        return True
    return any("this" in (str(each[name]) for name in ("var", "evar") if name in each) for each in select["projection"])


def _parts(part: object) -> Iterator[OrderedDict[str, Any]]:
    if isinstance(part, OrderedDict):
        yield part
        part = list(part.values())
    if isinstance(part, Iterable) and not isinstance(part, str):
        for each in part:
            yield from _parts(each)
