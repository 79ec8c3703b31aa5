"""What is said of one resource: its statements, those of its parts, and what leads to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Statement = tuple[str, str]
"""A property and a value, both as in N-Triples."""


class Incoming(NamedTuple):
    """A link from elsewhere: its property and subject, as in N-Triples, and how many links by that property there are."""

    property: str
    subject: str
    number: int


@dataclass
class Description:
    """A resource (``iri``), its ``statements``, and by IRI those of its ``parts`` (IRIs with a fragment), in the order of quads.

    ``incoming`` leads to it from other resources, in the order of properties; of many links by one property some are there.
    """

    iri: str
    statements: list[Statement] = field(default_factory=list)
    parts: dict[str, list[Statement]] = field(default_factory=dict)
    incoming: Sequence[Incoming] = ()

    def values(self, property_: str, part: str | None = None) -> list[str]:
        """The values of a property, of the resource or of a part."""
        statements = self.statements if part is None else self.parts.get(part, [])
        return [value for name, value in statements if name == property_]


def describe(iri: str, triples: Iterable[tuple[str, str, str]], incoming: Sequence[Incoming] = ()) -> Description:
    """Put together the description of a resource from its triples, each once, in the order of quads."""
    found = Description(iri, incoming=incoming)
    own = last = f"<{iri}>"
    statements = found.statements
    for s, p, o in triples:
        if s != last:
            last, statements = s, found.statements if s == own else found.parts.setdefault(s[1:-1], [])
        statements.append((p, o))
    return found
