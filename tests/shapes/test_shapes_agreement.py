"""Shortcuts agree with the nodes that say the same in full, and follow from them by the rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDFS, SH, Graph, URIRef

from cablegraph import store

ROOT = Path(__file__).parents[2]
DIPL = "https://w3id.org/diplomatic-records/ontology#"
RULES = Graph().parse(ROOT / "ontology" / "rules.ttl")
NAMES = sorted(str(RULES.value(rule, RDFS.label)) for rule in RULES.objects(None, SH.rule))


def concept(scheme: str, key: str) -> str:
    return f"<https://w3id.org/diplomatic-records/vocabulary/{scheme}/{key}>"


SECRET, TOP = concept("classification", "secret"), concept("classification", "top-secret")
STATUS = (
    f"ex:r premis:rightsStatus ex:c . ex:c a premis:RightsStatus ; rdfs:label 'Secret' ; dipl:classification {SECRET} ."
)
EYES, LIMDIS = concept("captions", "eyes-only"), concept("captions", "limdis")
RULE = f"ex:r rico:isOrWasRegulatedBy ex:u . ex:u a rico:Rule ; rdfs:label 'EYES ONLY' ; rico:hasOrHadRuleType {EYES} ."
DATE = "ex:r rico:hasCreationDate ex:d . ex:d a rico:Date ; rico:normalizedDateValue '1962-11-19'^^xsd:date ."
NUMBER = f"""ex:r rico:hasOrHadIdentifier ex:n . ex:n a rico:Identifier ; rico:textualValue '14' ; dipl:series {concept("series", "secto")} ;
  rico:hasIdentifierType {concept("identifier-types", "message-number")} ."""
DRAFTED = f"ex:r dipl:hasEvent ex:e . ex:e a rico:Event ; rico:hasEventType {concept('event-types', 'drafted')} ; rico:hasOrHadParticipant ex:katz ."
RECEIVED = f"""ex:r dipl:hasEvent ex:v . ex:v a rico:Event ; rico:hasEventType {concept("event-types", "received")} ; rico:occurredAtDate ex:d .
  ex:d a rico:Date ; rico:normalizedDateValue '1962-11-19'^^xsd:date ."""
SECTO, POLTO = concept("series", "secto"), concept("series", "polto")

CASES = [
    ("classification-agrees", f"{STATUS} ex:r dipl:classification {SECRET} .", f"{STATUS} ex:r dipl:classification {TOP} .", "classification-agrees"),
    ("classification-agrees", f"ex:r dipl:classification {SECRET} .", STATUS, "classification-agrees"),
    ("caption-agrees", f"{RULE} ex:r dipl:caption {EYES} .", f"{RULE} ex:r dipl:caption {EYES}, {LIMDIS} .", "caption-agrees"),
    ("sentAt-agrees", f"{DATE} ex:r dipl:sentAt '1962-11-19'^^xsd:date .", f"{DATE} ex:r dipl:sentAt '1962-11-20'^^xsd:date .", "sentAt-agrees"),
    ("messageNumber-agrees", f"{NUMBER} ex:r dipl:messageNumber '14' ; dipl:series {SECTO} .", f"{NUMBER} ex:r dipl:messageNumber '15' ; dipl:series {SECTO} .", "messageNumber-agrees"),
    ("messageNumber-agrees", f"{NUMBER.replace('message-number', 'further-number')} ex:r dipl:messageNumber '15' .", NUMBER, "messageNumber-agrees"),
    ("receivedAt-agrees", f"{RECEIVED} ex:r dipl:receivedAt '1962-11-19'^^xsd:date .", f"{RECEIVED} ex:r dipl:receivedAt '1962-11-20'^^xsd:date .", "receivedAt-agrees"),
    ("receivedAt-agrees", f"{RECEIVED.replace('types/received', 'types/filed')} ex:r dipl:receivedAt '1962-11-20'^^xsd:date .", RECEIVED, "receivedAt-agrees"),
    ("draftedBy-agrees", f"{DRAFTED} ex:r dipl:draftedBy ex:katz .", f"{DRAFTED} ex:r dipl:draftedBy ex:martin .", "draftedBy-agrees"),
    ("clearedBy-agrees", f"{DRAFTED.replace('types/drafted', 'types/cleared')} ex:r dipl:clearedBy ex:katz .", DRAFTED.replace("types/drafted", "types/cleared"), "clearedBy-agrees"),
    ("approvedBy-agrees", f"{DRAFTED} ex:r dipl:draftedBy ex:katz .", f"{DRAFTED.replace('types/drafted', 'types/approved')} ex:r dipl:draftedBy ex:katz .", "approvedBy-agrees"),
    ("series-agrees", f"{NUMBER} ex:r dipl:messageNumber '14' ; dipl:series {SECTO} .", f"{NUMBER} ex:r dipl:messageNumber '14' ; dipl:series {POLTO} .", "series-agrees"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("shape", "good", "bad", "refused_by"), CASES, ids=[f"{c[0]}:{n}" for n, c in enumerate(CASES)]
)
def test_shape_accepts_and_refuses(
    hold: Callable[[str, str, str, str], None], shape: str, good: str, bad: str, refused_by: str
) -> None:
    """Data that say the same twice, or only once, conform; data that contradict themselves do not, in both engines."""
    hold(shape, good, bad, refused_by)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_rule_derives_is_what_the_mapping_writes(name: str) -> None:
    """Over the sample each shortcut follows from its full form, and no other value does; stubs have the number alone."""
    sample = store.open_store(ROOT / "output")
    (rule,) = (rule for rule in RULES.objects(None, SH.rule) if str(RULES.value(rule, RDFS.label)) == name)
    derived = sample.query(str(RULES.value(rule, SH.construct)))
    assert isinstance(derived, ox.QueryTriples)
    written = sample.query(
        f"""PREFIX rico: <https://www.ica.org/standards/RiC/ontology#> CONSTRUCT {{ ?record <{DIPL}{name}> ?value }}
        WHERE {{ ?record a rico:Record ; <{DIPL}{name}> ?value
            FILTER NOT EXISTS {{ FILTER("{name}" IN ("messageNumber", "series")) ?record a <{DIPL}Stub> }} }}"""
    )
    assert isinstance(written, ox.QueryTriples)
    assert set(derived) == set(written) != set()


def test_every_rule_has_a_shape_that_checks_it(shapes: Graph) -> None:
    """A shape of the same name holds the shortcut against its full form."""
    for name in NAMES:
        shape = URIRef(f"https://w3id.org/diplomatic-records/shapes#{name}-agrees-equal")
        assert (shape, SH.equals, None) in shapes, name
