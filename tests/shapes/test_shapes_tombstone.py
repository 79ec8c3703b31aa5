"""What is left of a record: what is right passes, what is wrong fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest

STONE = """ex:gone a as:Tombstone ; rdfs:label 'in.usun.1862.1962-11-19 (withheld)' ; as:formerType rico:Record ;
  dct:modified '2026-11-24'^^xsd:date ; skos:historyNote 'Names an informant'@en ; rico:conditionsOfAccess 'Names an informant'@en ."""

CASES = [
    ("tombstone", STONE, STONE.replace("rdfs:label 'in.usun.1862.1962-11-19 (withheld)' ;", ""), "tombstone-label"),
    ("tombstone", STONE, STONE.replace("as:formerType rico:Record ;", ""), "tombstone-formerType"),
    ("tombstone", STONE, STONE.replace("'2026-11-24'^^xsd:date", "'November'"), "tombstone-date"),
    ("tombstone", STONE, STONE.replace("skos:historyNote 'Names an informant'@en", "skos:historyNote ''@en"), "tombstone-reason"),
    ("tombstone", STONE, STONE.replace("conditionsOfAccess 'Names an informant'@en", "conditionsOfAccess 'Names an informant'"), "tombstone-access"),
    ("tombstone", STONE, STONE + " ex:gone rico:title 'What was to be forgotten' .", "tombstone"),
]  # fmt: skip


@pytest.mark.parametrize(("shape", "good", "bad", "refused_by"), CASES, ids=[f"{c[0]}:{c[3]}" for c in CASES])
def test_shape_accepts_and_refuses(
    hold: Callable[[str, str, str, str], None], shape: str, good: str, bad: str, refused_by: str
) -> None:
    """A shape accepts the right example and refuses the wrong one, and both engines report the same."""
    hold(shape, good, bad, refused_by)
