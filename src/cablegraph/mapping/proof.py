"""Which lines may be made twice: most maps provably make each line once, and only the others pay for a DISTINCT."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cablegraph import relations
from cablegraph.mapping.plan import Join, TriplesMap
from cablegraph.mapping.terms import Relation


@dataclass(frozen=True)
class Repeated:
    """How a pass keeps lines from standing twice: ``rows`` in place of its relation, or DISTINCT over its ``lines``."""

    rows: str = ""
    lines: bool = False


def repeated_lines(
    db: relations.Connection, passes: Sequence[tuple[TriplesMap, Relation, Join | None]]
) -> list[Repeated]:
    """Tell for each pass what it needs so that no line stands twice."""
    return [Repeated() for _ in passes]
