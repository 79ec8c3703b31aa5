"""RiC-O 1.1 itself: data of any publisher that keep to it pass, the usual mistakes fail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyshacl
import pytest
from rdflib import Graph

SHAPES = Path(__file__).parents[2] / "shapes"
SET = "ex:f a rico:RecordSet ; rdfs:label 'F' ."
#: A record of another archive, with nothing of ours.
OTHER = """
ex:a a rico:Record ; rico:title "Minutes" ; rico:conditionsOfAccess "open" ; rico:classification "A.1" ;
  rico:hasCreationDate ex:d ; rico:hasOrHadInstantiation ex:i ; rico:isOrWasIncludedIn ex:s ; rico:hasOrHadIdentifier ex:n .
ex:d a rico:Date ; rico:expressedDate "May 1912" ; rico:normalizedDateValue "1912-05" .
ex:i a rico:Instantiation ; rico:isOrWasInstantiationOf ex:a .
ex:s a rico:RecordSet .
ex:n a rico:Identifier ; rico:textualValue "12" ; rico:hasIdentifierType ex:t .
ex:p a rico:RecordPart ; rico:rankInSequence "1"^^xsd:int .
ex:e a rico:Event ; rico:occurredAtDate ex:d ; rico:hasOrHadParticipant ex:m .
ex:h a rico:PositionHoldingRelation ; rico:relationHasSource ex:m ; rico:relationHasTarget ex:o .
ex:m a rico:Person . ex:o a rico:Position . ex:u a rico:Rule ; rico:hasOrHadRuleType ex:k .
"""

CASES = [
    ("ricoRecord", "ex:r rico:conditionsOfAccess 'open' .", "ex:r rico:conditionsOfAccess ex:open .", "ricoRecord-access"),
    ("ricoRecord", "ex:r rico:conditionsOfUse 'free' .", "ex:r rico:conditionsOfUse ex:free .", "ricoRecord-use"),
    ("ricoRecord", "ex:r rico:classification '7' .", "ex:r rico:classification c:secret .", "ricoRecord-classification"),
    ("ricoRecord", "ex:r rico:scopeAndContent 'x' .", "ex:r rico:scopeAndContent ex:x .", "ricoRecord-scope"),
    ("ricoRecord", "ex:r rico:title 'x'@en .", "ex:r rico:hasCreationDate '1962' .", "ricoRecord-creationDate"),
    ("ricoRecord", "ex:r rico:title 'x'@en .", "ex:r rico:hasOrHadInstantiation ex:none .", "ricoRecord-instantiation"),
    ("ricoRecord", f"{SET} ex:r rico:isOrWasIncludedIn ex:f .", "ex:r rico:isOrWasIncludedIn ex:none .", "ricoRecord-set"),
    ("ricoRecordSet", SET, f"{SET} ex:f rico:isOrWasIncludedIn ex:none .", "ricoRecordSet-set"),
    ("ricoRecordPart", SET, "ex:p a rico:RecordPart ; rico:conditionsOfUse ex:free .", "ricoRecordPart-use"),
    ("ricoInstantiation", SET, "ex:i a rico:Instantiation .", "ricoInstantiation-of"),
    ("ricoPart", SET, "ex:p a rico:RecordPart ; rico:rankInSequence 1 .", "ricoPart-rank"),
    ("ricoEvent", SET, "ex:e a rico:Event ; rico:occurredAtDate '1962' .", "ricoEvent-date"),
    ("ricoEvent", SET, "ex:e a rico:Event ; rico:hasOrHadParticipant 'Rusk' .", "ricoEvent-participant"),
    ("ricoDate", SET, "ex:d a rico:Date ; rico:normalizedDateValue '1962', '1963' .", "ricoDate-normalized"),
    ("ricoDate", SET, "ex:d a rico:Date ; rico:expressedDate ex:d .", "ricoDate-expressed"),
    ("ricoIdentifier", SET, "ex:n a rico:Identifier .", "ricoIdentifier-value"),
    ("ricoIdentifier", SET, "ex:n a rico:Identifier ; rico:hasIdentifierType 'number' .", "ricoIdentifier-type"),
    ("ricoPositionHolding", SET, "ex:h a rico:PositionHoldingRelation ; rico:relationHasSource 'Rusk' .", "ricoPositionHolding-source"),
    ("ricoPositionHolding", SET, "ex:h a rico:PositionHoldingRelation .", "ricoPositionHolding-target"),
    ("ricoRule", SET, "ex:u a rico:Rule ; rico:hasOrHadRuleType 'caption' .", "ricoRule-type"),
    ("ricoRemoved-SingleDate", SET, "ex:d a rico:SingleDate .", "ricoRemoved-SingleDate"),
    ("ricoRemoved-DateRange", SET, "ex:d a rico:DateRange .", "ricoRemoved-DateRange"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("shape", "good", "bad", "refused_by"), CASES, ids=[f"{c[0]}:{c[3]}:{n}" for n, c in enumerate(CASES)]
)
def test_shape_accepts_and_refuses(
    hold: Callable[[str, str, str, str], None], shape: str, good: str, bad: str, refused_by: str
) -> None:
    """A shape accepts the right example and refuses the wrong one, and both engines report the same."""
    hold(shape, good, bad, refused_by)


def test_the_records_of_another_archive_conform() -> None:
    """The file alone asks for nothing that is not RiC-O's own."""
    prefixes = (
        "@prefix ex: <https://example.org/> . @prefix rico: <https://www.ica.org/standards/RiC/ontology#> . "
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
    )
    shapes = Graph().parse(SHAPES / "ric-o.ttl")
    conforms, _, report = pyshacl.validate(Graph().parse(data=prefixes + OTHER, format="turtle"), shacl_graph=shapes)
    assert conforms, report
    assert "diplomatic-records/ontology" not in shapes.serialize()
