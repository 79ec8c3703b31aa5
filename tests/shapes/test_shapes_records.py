"""Records, their copies, parts, dates, events, references, readings: right passes, wrong fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest

STUB = 'ex:s a rico:Record, dipl:Telegram, dipl:Stub ; rdfs:label "Telegram 2" ; dipl:messageNumber "2" .'


def concept(scheme: str, name: str) -> str:
    return f"<https://w3id.org/diplomatic-records/vocabulary/{scheme}/{name}>"


SECRET = concept("classification", "secret")
COPY = f"""ex:i a rico:Instantiation ; dct:type {concept("instantiation-kinds", "transcript")} ;
  rico:isOrWasInstantiationOf ex:r ; prov:wasDerivedFrom ex:source ."""
FULL = f"""ex:r dipl:messageNumber "1" ; dipl:sentAt "1962-11-19T20:00:00"^^xsd:dateTime ;
  dipl:classification {SECRET} ;
  dipl:fromPost ex:usun ; dipl:toPost ex:dos ; rico:hasOrHadInstantiation ex:i ; rico:title "Telegram 1"@en ;
  dipl:precedence {concept("precedence", "priority")}, <https://example.org/concept/precedence/soon> ;
  dipl:filedDate "1962-11-19"^^xsd:date ;
  rico:hasDocumentaryFormType {concept("document-kinds", "telegram")} ; dipl:direction "incoming" ;
  dipl:sentAtUTC "1962-11-20T01:00:00Z"^^xsd:dateTime ;
  dipl:receivedAtUTC "1962-11-20T01:26:00Z"^^xsd:dateTime .
  ex:usun a rico:CorporateBody ; rdfs:label "Mission" .
  ex:dos a rico:CorporateBody ; rdfs:label "Department" . {COPY}"""

PART = f"ex:p a rico:RecordPart ; dct:type {concept('part-kinds', 'section')} ; rico:isOrWasConstituentOf ex:r ;"
EVENT = f"ex:e a rico:Event ; rico:hasEventType {concept('event-types', 'passed')}"
MARK = f"ex:m a dipl:Marking ; dct:type {concept('marking-kinds', 'stamp')} ;"
EXACT = concept("resolutions", "exact")
REF = f"ex:f a dipl:Reference ; dipl:printedText 'USUN 1835' ; dipl:resolution {EXACT}"
NUMBER = concept("identifier-types", "control-number")
GROUP = concept("identifier-types", "date-time-group")
EYES = concept("captions", "eyes-only")
STATUS = f"ex:c a premis:RightsStatus ; rdfs:label 'Secret' ; dipl:classification {SECRET}"
READ = "ex:g a dipl:Reading ; dipl:field 'sent' ; dipl:how 'year from the received line'"

ROLE = f"""ex:v a rico:Event ; rico:hasEventType {concept("event-types", "filed")} ; prov:qualifiedAssociation ex:o .
  ex:o a prov:Association ; prov:hadRole {concept("roles", "drafter")} ; dipl:printedText 'Katz' ; prov:agent ex:katz ."""

PASSED = f"""ex:r dipl:receivedAt '1962-11-19T20:26:00'^^xsd:dateTime ; dipl:hasEvent ex:e .
  ex:e a rico:Event ; rico:hasEventType {concept("event-types", "passed")} ; rico:occurredAtDate ex:d .
  ex:d a rico:Date ; rico:normalizedDateValue '1962-11-19T20:45:00'^^xsd:dateTime ."""
TRANSMITTED = PASSED.replace("types/passed", "types/transmitted")


def number(kind: str, value: str) -> str:
    return f"ex:n a rico:Identifier ; rico:textualValue '{value}' ; rico:hasIdentifierType {concept('identifier-types', kind)} ."


CASES = [
    ("date-order", PASSED, PASSED.replace("T20:45", "T20:15"), "date-order"),
    ("date-order", TRANSMITTED.replace("T20:45", "T20:15"), PASSED.replace("T20:45", "T20:25"), "date-order"),
    (
        "date-order",
        PASSED.replace("1962-11-19T20:45:00'^^xsd:dateTime", "1962-11-18'^^xsd:date"),
        PASSED.replace("T20:45", "T00:15"),
        "date-order",
    ),
    (
        "date-order",
        PASSED.replace("dipl:receivedAt '1962-11-19T20:26:00'^^xsd:dateTime", "dipl:receivedAt '1962-11-19'^^xsd:date"),
        PASSED.replace("T20:26", "T20:46"),
        "date-order",
    ),
    (
        "identifier-messageNumber-syntax",
        "ex:r rico:hasOrHadIdentifier ex:n ; dipl:messageNumber 'A-241' . " + number("message-number", "A-241"),
        number("message-number", "none"),
        "identifier-messageNumber-syntax",
    ),
    (
        "identifier-messageNumber-syntax",
        number("control-number", "X"),
        number("message-number", "18 "),
        "identifier-messageNumber-syntax",
    ),
    (
        "identifier-controlNumber-syntax",
        number("control-number", "6946"),
        number("control-number", "6946?"),
        "identifier-controlNumber-syntax",
    ),
    (
        "identifier-dateTimeGroup-syntax",
        number("date-time-group", "282123Z MAR 74"),
        number("date-time-group", "282523Z"),
        "identifier-dateTimeGroup-syntax",
    ),
    (
        "identifier-dateTimeGroup-syntax",
        number("date-time-group", "222308Z"),
        number("date-time-group", "22308Z"),
        "identifier-dateTimeGroup-syntax",
    ),
    (
        "identifier-referenceNumber-syntax",
        number("message-reference-number", "1974STATE062519"),
        number("message-reference-number", "STATE062519"),
        "identifier-referenceNumber-syntax",
    ),
    ("record", FULL, FULL.replace("classification/secret", "classification/ultra"), "record-classification"),
    ("responsibility", ROLE, f"{ROLE} ex:o prov:agent ex:martin .", "responsibility-agent"),
    ("responsibility", ROLE, f"{ROLE} ex:o dipl:printedText 'Martin' .", "responsibility-text"),
    ("event", ROLE, f"{ROLE} ex:v prov:qualifiedAssociation ex:nothing .", "event-association"),
    ("responsibility", ROLE, ROLE.replace("roles/drafter", "event-types/drafted"), "responsibility-role"),
    ("record", FULL, "ex:r dipl:classification 'Secret' .", "record-classification"),
    ("record", FULL, "ex:x a rico:Record ; rdfs:label 'x' .", "record-kind"),
    ("record", FULL, "ex:x a rico:Record, dipl:Letter .", "record-label"),
    ("record", FULL, "ex:x a rico:Record, dipl:Letter ; rdfs:label 'x', 'y' .", "record-label"),
    ("record", FULL, "[] a rico:Record, dipl:Letter ; rdfs:label 'x' .", "record"),
    ("record", FULL, "ex:r dipl:messageNumber '1', '2' .", "record-messageNumber"),
    ("record", FULL, "ex:r dipl:messageNumber 1862 .", "record-messageNumber"),
    (
        "record",
        FULL + "ex:r rico:recordResourceExtent '2 sections' .",
        "ex:r rico:recordResourceExtent 2 .",
        "record-extent",
    ),
    ("record", FULL, "ex:r dipl:fromPost 'USUN' .", "record-fromPost"),
    ("record", FULL, "ex:r dipl:direction 'in' .", "record-direction"),
    ("record", FULL, f"ex:r dipl:precedence {SECRET} .", "record-precedence"),
    ("record", FULL, "ex:r dipl:sentAt '1962-11-31'^^xsd:date .", "record-sentAt"),
    ("record", FULL, "ex:r dipl:sentAt '19621'^^xsd:gYearMonth .", "record-sentAt"),
    ("record", FULL, "ex:r dipl:sentAt 1962 .", "record-sentAt"),
    ("record", FULL, "ex:r dipl:sentAt 'November 31' .", "record-sentAt-understood"),
    ("record", FULL, "ex:r dipl:sentAtUTC '1962-11-19T20:00:00'^^xsd:dateTime .", "record-sentAtUTC"),
    ("record", FULL, FULL.replace("T01:26:00Z", "T00:26:00Z"), "record-order"),
    ("record", FULL, "ex:r dipl:filedDate '11-19-62'^^xsd:date .", "record-filedDate"),
    ("record", FULL, "ex:r rico:hasOrHadInstantiation ex:nothing .", "record-instantiation"),
    ("record", FULL, "ex:r rico:hasOrHadMainSubject 'Cuba' .", "record-subject"),
    ("telegram-has-messageNumber", FULL, "", "telegram-has-messageNumber"),
    (
        "telegram-has-messageNumber",
        f"ex:r rico:hasOrHadIdentifier ex:n . ex:n a rico:Identifier ; rico:textualValue '222308Z' ; rico:hasIdentifierType {GROUP} .",
        "",
        "telegram-has-messageNumber",
    ),
    ("telegram-has-classification", FULL, "", "telegram-has-classification"),
    ("telegram-has-sender", FULL, "", "telegram-has-sender"),
    ("telegram-has-sender", "ex:r dipl:fromText 'McCone' .", "", "telegram-has-sender"),
    ("telegram-has-addressee", FULL, "", "telegram-has-addressee"),
    ("telegram-sender-identified", FULL, "ex:r dipl:fromText 'McCone' .", "telegram-sender-identified"),
    ("telegram-sender-identified", "", "ex:r dipl:fromText 'McCone' .", "telegram-sender-identified"),
    ("telegram-addressee-identified", FULL, "ex:r dipl:toText 'McCone' .", "telegram-addressee-identified"),
    ("record-has-sentAt", FULL, "", "record-has-sentAt"),
    (
        "record-has-sentAt",
        "ex:r rico:hasCreationDate ex:d . ex:d a rico:Date ; rico:expressedDate 'undated' .",
        "",
        "record-has-sentAt",
    ),
    (
        "record-has-sentAt",
        f"ex:r rico:hasDocumentaryFormType {concept('document-kinds', 'editorial-note')} .",
        "",
        "record-has-sentAt",
    ),
    ("record-has-instantiation", FULL, "", "record-has-instantiation"),
    ("stub", STUB, f"{STUB} ex:s rico:hasOrHadInstantiation ex:i . {COPY}", "stub-noInstantiation"),
    ("stub-known", STUB, STUB.replace(' ; dipl:messageNumber "2"', ""), "stub-known"),
    (
        "stub-known",
        STUB.replace('dipl:messageNumber "2"', "rico:hasOrHadIdentifier ex:n")
        + f"ex:n a rico:Identifier ; rico:textualValue '1' ; rico:hasIdentifierType {NUMBER} .",
        STUB.replace(' ; dipl:messageNumber "2"', ""),
        "stub-known",
    ),
    (
        "identifier",
        f"ex:n a rico:Identifier ; rico:textualValue '1' ; rico:hasIdentifierType {NUMBER} .",
        "ex:n a rico:Identifier ; rico:textualValue '1862' .",
        "identifier-type",
    ),
    (
        "instantiation",
        COPY,
        COPY.replace("prov:wasDerivedFrom ex:source", "dipl:pageCount 5"),
        "instantiation-source",
    ),
    ("instantiation", COPY, COPY.replace("ex:r ;", "ex:nothing ;"), "instantiation-record"),
    ("instantiation", COPY, f"{COPY} ex:i dipl:sourceFile '/home/x.txt' .", "instantiation-sourceFile"),
    ("instantiation", COPY, f"{COPY} ex:i dipl:sourceLine 0 .", "instantiation-sourceLine"),
    (
        "part",
        f"{PART} rico:rankInSequence '1'^^xsd:int ; dipl:label 'I' .",
        f"{PART} rico:rankInSequence 1 .",
        "part-rank",
    ),
    (
        "part",
        f"{PART} rico:rankInSequence '0'^^xsd:int .",
        "ex:p a rico:RecordPart ; rico:isOrWasConstituentOf ex:q .",
        "part-parent",
    ),
    (
        "event",
        f"{EVENT} ; dipl:eventStatus {concept('event-status', 'done')} .",
        f"{EVENT} ; rico:occurredAtDate ex:d .",
        "event-date",
    ),
    ("event", f"{EVENT} .", f"{EVENT}, {concept('event-types', 'received')} .", "event-type"),
    ("event", f"{EVENT} .", f"{EVENT} ; rico:hasOrHadParticipant 'White House' .", "event-participant"),
    (
        "event",
        f"{EVENT} ; rico:hasOrHadParticipant ex:nsc, ex:white-house . ex:nsc a rico:Agent ; rdfs:label 'NSC' .",
        f"{EVENT} ; rico:hasOrHadParticipant ex:r .",
        "event-participant",
    ),
    ("instantiation", COPY, COPY.replace("ex:source", "ex:r"), "instantiation-source"),
    (
        "instantiation",
        f"{COPY[:-1].rstrip()} ; rico:hasOrHadHolder ex:nara . ex:nara a rico:CorporateBody ; rdfs:label 'NARA' .",
        f"{COPY[:-1].rstrip()} ; rico:hasOrHadHolder ex:r .",
        "instantiation-holder",
    ),
    (
        "date",
        "ex:d a rico:Date ; rico:normalizedDateValue '1962-11'^^xsd:gYearMonth .",
        "ex:d a rico:Date .",
        "date",
    ),
    (
        "date",
        "ex:d a rico:Date ; rico:expressedDate 'November 19' .",
        "ex:d a rico:Date ; rico:normalizedDateValue 5 .",
        "date-normalized",
    ),
    (
        "marking",
        f"{MARK} dipl:markingText '545' ; dipl:onPage '1'^^xsd:int .",
        f"{MARK} dipl:markingText '' .",
        "marking-text",
    ),
    (
        "marking",
        f"{MARK} dipl:markingText '[2 lines not declassified]' ; dct:extent '2 lines' .",
        f"{MARK} dipl:markingText '[2 lines not declassified]' ; dct:extent 2 .",
        "marking-extent",
    ),
    (
        "reference",
        f"{REF} ; dct:references ex:r .",
        f"{REF} ; dct:references ex:r, ex:s .",
        "reference-target",
    ),
    ("reference", f"{REF} .", REF.replace("resolutions", "series") + " .", "reference-resolution"),
    ("reading", f"{READ} ; dipl:confidence 0.9 .", f"{READ} ; dipl:confidence 1.5 .", "reading-confidence"),
    ("reading", f"{READ} .", "ex:g a dipl:Reading ; dipl:how 'guessed' .", "reading-field"),
    (
        "rightsStatus",
        f"{STATUS} ; premis:startDate '1962'^^xsd:gYear .",
        "ex:c a premis:RightsStatus ; rdfs:label 'Secret' .",
        "rightsStatus-classification",
    ),
    (
        "rule",
        f"ex:u a rico:Rule ; rdfs:label 'EYES ONLY' ; rico:hasOrHadRuleType {EYES} .",
        "ex:u a rico:Rule ; rdfs:label 'EYES ONLY' .",
        "rule-type",
    ),
    ("links", FULL, "ex:r dipl:fromPost ex:nobody .", "links-fromPost"),
    (
        "links",
        FULL + STUB + "ex:r dct:references ex:s .",
        "ex:r dct:references ex:nothing .",
        "links-references",
    ),
    ("links", FULL + STUB + "ex:r rico:isReplyTo ex:s .", "ex:r rico:isReplyTo ex:nothing .", "links-reply"),
]


@pytest.mark.parametrize(
    ("shape", "good", "bad", "refused_by"), CASES, ids=[f"{c[0]}:{c[3]}:{n}" for n, c in enumerate(CASES)]
)
def test_shape_accepts_and_refuses(
    hold: Callable[[str, str, str, str], None], shape: str, good: str, bad: str, refused_by: str
) -> None:
    """A shape accepts the right example and refuses the wrong one, and both engines report the same."""
    hold(shape, good, bad, refused_by)
