"""Agents, places, positions, appointments, concepts, files, sources: right passes, wrong fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CAPTIONS = "<https://w3id.org/diplomatic-records/vocabulary/captions>"
VOCABULARY = "https://w3id.org/diplomatic-records/vocabulary/"
FILE = f"""ex:f a rico:RecordSet ; rdfs:label '737.56361' ; rico:hasOrHadMainSubject <{VOCABULARY}decimal-file/1950-7-563> ;
  rico:hasOrHadSubject <{VOCABULARY}filing-countries/cuba> ."""
HELD = "ex:h a rico:PositionHoldingRelation ; rdfs:label 'h' ; rico:relationHasSource ex:a"

CASES = [
    (
        "agent",
        "ex:b a rico:CorporateBody ; rdfs:label 'Mission' ; rico:agentHasOrHadLocation ex:p .",
        "ex:b a rico:CorporateBody ; rdfs:label 'Mission' ; rico:agentHasOrHadLocation 'New York' .",
        "agent-location",
    ),
    (
        "agent",
        "ex:b a rico:CorporateBody ; rdfs:label 'Mission' .",
        "ex:b a rico:CorporateBody .",
        "agent-label",
    ),
    (
        "named-agent",
        "ex:b a rico:Agent ; rdfs:label 'Somebody' .",
        "ex:b a rico:Agent .",
        "agent-label",
    ),
    (
        "person",
        "ex:a a rico:Person ; rdfs:label 'A' .",
        "ex:a a rico:Person ; rdfs:label '' .",
        "person-label",
    ),
    (
        "person",
        "ex:a a rico:Person ; rdfs:label 'A' .",
        "ex:a a rico:Person, rico:Position ; rdfs:label 'A' .",
        "person-notCorporate",
    ),
    (
        "place",
        "ex:p a rico:Place ; rdfs:label 'P' ; geo:lat 40.7 ; geo:long -74.0 .",
        "ex:p a rico:Place ; geo:lat 91.0 .",
        "place-latitude",
    ),
    (
        "position",
        "ex:o a rico:Position ; rdfs:label 'Secretary' ; rico:existsOrExistedIn ex:b .",
        "ex:o a rico:Position ; rdfs:label 'Secretary' ; rico:existsOrExistedIn 'Department' .",
        "position-body",
    ),
    (
        "appointment",
        f"{HELD} ; rico:relationHasTarget ex:o ; dipl:heldFrom '1961-01-23'^^xsd:date .",
        f"{HELD} .",
        "appointment-position",
    ),
    (
        "appointment",
        f"{HELD} ; rico:relationHasTarget ex:o ; dipl:heldUntil '1965'^^xsd:gYear .",
        f"{HELD} ; rico:relationHasTarget ex:o ; dipl:heldUntil 'later' .",
        "appointment-until-understood",
    ),
    *(
        (
            shape,
            f"{start} ; {path} ex:known . ex:known a {of} ; rdfs:label 'Known' .",
            f"{start} ; {path} ex:r .",
            refused_by,
        )
        for shape, start, path, of, refused_by in (
            (
                "agent",
                "ex:b a rico:CorporateBody ; rdfs:label 'Mission'",
                "rico:agentHasOrHadLocation",
                "rico:Place",
                "agent-location",
            ),
            (
                "position",
                "ex:o a rico:Position ; rdfs:label 'Secretary'",
                "rico:existsOrExistedIn",
                "rico:Agent",
                "position-body",
            ),
            ("place", "ex:p a rico:Place ; rdfs:label 'P'", "rico:followsInTime", "rico:Place", "place-predecessor"),
            (
                "appointment",
                f"{HELD} ; rico:relationHasTarget ex:o",
                "dipl:atPost",
                "rico:CorporateBody",
                "appointment-post",
            ),
            ("appointment", HELD, "rico:relationHasTarget", "rico:Position", "appointment-position"),
            (
                "appointment",
                f"{HELD.replace('relationHasSource ex:a', 'relationHasTarget ex:o')}",
                "rico:relationHasSource",
                "rico:Person",
                "appointment-person",
            ),
        )
    ),
    (
        "concept",
        "ex:k a skos:Concept ; skos:prefLabel 'Cuba' .",
        "ex:k a skos:Concept .",
        "concept-prefLabel",
    ),
    (
        "concept",
        f"ex:k a skos:Concept ; skos:prefLabel 'IVORY' ; skos:inScheme {CAPTIONS} ; dipl:provisional true .",
        "ex:k a skos:Concept ; skos:prefLabel 'IVORY' ; dipl:provisional true .",
        "concept",
    ),
    ("file", FILE, "ex:f a rico:RecordSet .", "file-label"),
    ("file", FILE, f"{FILE} ex:f rico:hasOrHadMainSubject 'bases' .", "file-subject"),
    ("file", FILE, f"{FILE} ex:f rico:hasOrHadMainSubject <{VOCABULARY}decimal-file/1950-7> .", "file-subject"),
    ("file", FILE, f"{FILE} ex:f rico:hasOrHadSubject <https://example.org/cuba> .", "file-country"),
    (
        "source",
        "ex:v a prov:Entity ; rdfs:label 'Volume' .",
        "ex:v a prov:Entity ; rdfs:label 5 .",
        "source-label",
    ),
]


@pytest.mark.parametrize(("shape", "good", "bad", "refused_by"), CASES, ids=[f"{c[0]}:{c[3]}" for c in CASES])
def test_shape_accepts_and_refuses(
    hold: Callable[[str, str, str, str], None], shape: str, good: str, bad: str, refused_by: str
) -> None:
    """A shape accepts the right example and refuses the wrong one, and both engines report the same."""
    hold(shape, good, bad, refused_by)
