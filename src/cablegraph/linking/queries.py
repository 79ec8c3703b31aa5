"""The forms of the Reconciliation Service API 0.2: what may be asked, and how the service describes itself.

See https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cablegraph.errors import InputError

VERSIONS = ("0.2",)
#: Concepts that have an IRI of their own, by vocabulary; posts and positions are described in the register.
SCHEMES = ("states", "regions", "organisations", "treaties", "weapon-systems", "crises")
#: What can be asked for, with its name for people.
TYPES = {
    "person": "Person",
    "post": "Post",
    "organisation": "Organisation",
    "position": "Position",
    "place": "Place",
} | {scheme: scheme.replace("-", " ").capitalize() for scheme in SCHEMES}
#: What may be said beside a name: a day or year in which it was used, an office, years of birth and death.
PROPERTIES = ("date", "office", "born", "died")
#: So many candidates where a query names no limit.
_LIMIT = 5
_FIELDS = {"query", "type", "limit", "properties", "type_strict"}
_STRICTNESS = ("any", "should", "all")


@dataclass(frozen=True, slots=True)
class Query:
    """One query of a batch, checked. ``properties`` are the values by the property's name."""

    query: str
    types: tuple[str, ...]
    limit: int
    properties: Mapping[str, tuple[str, ...]]

    def first(self, name: str) -> str | None:
        """The first value of a property."""
        return next(iter(self.properties.get(name, ())), None)


def manifest(name: str, base: str, view: str | None = None) -> dict[str, Any]:
    """The description of the service, which a client reads first.

    ``base`` is the base IRI of the publication; ``view`` is the address of the page of an entity, with ``{{id}}`` in it.
    """
    described = {
        "versions": list(VERSIONS), "name": name, "identifierSpace": base, "schemaSpace": "https://w3id.org/diplomatic-records/ontology#",
        "defaultTypes": [{"id": key, "name": label} for key, label in TYPES.items()],
    }  # fmt: skip
    return described | ({"view": {"url": view}} if view else {})


def read_query(key: str, query: object) -> Query:
    """Check one query of a batch.

    Raises:
        InputError: it is no query; the message names its key and the field.
    """

    def fail(field: str, message: str, hint: str | None = None) -> InputError:
        return InputError(message, field=f"{key}.{field}" if field else key, hint=hint)

    if not isinstance(query, dict) or not ("query" in query or query.get("properties")):
        raise fail("", "is no query", 'a query is an object that has at least a "query" or "properties"')
    if unknown := sorted(set(query) - _FIELDS):
        raise fail(unknown[0], "is no field of a query", f"fields are {', '.join(sorted(_FIELDS))}")
    if not isinstance(query.get("query", ""), str):
        raise fail("query", "is no text")
    types = query.get("type", list(TYPES))
    types = [types] if isinstance(types, str) else types
    if not isinstance(types, list) or not all(one in TYPES for one in types):
        raise fail("type", f"{types!r} is none of the types", f"types are {', '.join(TYPES)}")
    strict = query.get("type_strict", "any")
    if strict not in _STRICTNESS:
        raise fail("type_strict", f"{strict!r} is none of {', '.join(_STRICTNESS)}")
    limit = query.get("limit", _LIMIT)
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        raise fail("limit", "is no whole number from 1 on")
    # Everything has one type, so nothing has all of several.
    asked = () if strict == "all" and len(set(types)) > 1 else tuple(dict.fromkeys(types))
    return Query(query.get("query", ""), asked, limit, dict(_properties(query.get("properties", []), fail)))


def _properties(given: object, fail: Callable[..., InputError]) -> Iterator[tuple[str, tuple[str, ...]]]:
    if not isinstance(given, list):
        raise fail("properties", "is no list")
    for entry in given:
        if not isinstance(entry, dict) or "pid" not in entry or "v" not in entry:
            raise fail("properties", "a property has no pid or no v")
        if entry["pid"] not in PROPERTIES:
            raise fail("properties", f"{entry['pid']!r} is no property", f"properties are {', '.join(PROPERTIES)}")
        values = entry["v"] if isinstance(entry["v"], list) else [entry["v"]]
        said = [value.get("name", value.get("id", "")) if isinstance(value, dict) else value for value in values]
        yield entry["pid"], tuple(str(value) for value in said if str(value).strip())
