"""What is said of one resource: its statements, those of its parts, and what leads to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Statement = tuple[str, str]
"""A property and a value, both as in N-Triples."""


@dataclass
class Description:
    """A resource (``iri``), its ``statements``, and by IRI those of its ``parts`` (IRIs with a fragment), in the order of quads.

    ``incoming`` are properties and subjects that lead to it from other resources.
    """

    iri: str
    statements: list[Statement] = field(default_factory=list)
    parts: dict[str, list[Statement]] = field(default_factory=dict)
    incoming: Sequence[Statement] = ()

    def values(self, property_: str, part: str | None = None) -> list[str]:
        """The values of a property, of the resource or of a part."""
        statements = self.statements if part is None else self.parts.get(part, [])
        return [value for name, value in statements if name == property_]


def describe(iri: str, triples: Iterable[tuple[str, str, str]], incoming: Sequence[Statement] = ()) -> Description:
    """Put together the description of a resource from its triples, each once, in the order of quads."""
    found = Description(iri, incoming=incoming)
    own = last = f"<{iri}>"
    statements = found.statements
    for s, p, o in triples:
        if s != last:
            last, statements = s, found.statements if s == own else found.parts.setdefault(s[1:-1], [])
        statements.append((p, o))
    return found
