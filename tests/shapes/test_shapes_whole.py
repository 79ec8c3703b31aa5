"""One telegram with everything that the mappings emit passes all shapes at once."""

from __future__ import annotations

from collections.abc import Callable

VOCABULARY = "https://w3id.org/diplomatic-records/vocabulary/"
SCHEMES = (
    "captions", "classification", "document-kinds", "event-status", "event-types", "identifier-types",
    "instantiation-kinds", "marking-kinds", "part-kinds", "precedence", "resolutions",
)  # fmt: skip
PREFIXES = "".join(f"@prefix {scheme}: <{VOCABULARY}{scheme}/> .\n" for scheme in SCHEMES)
TELEGRAM = """
@base <https://example.org/> .
<t> a rico:Record, schema:Message, dipl:Telegram ; rdfs:label "Telegram 1862" ; rico:title "Cuba" ;
  dipl:fromText "NEW YORK" ; dipl:toText "Secretary of State" ; dipl:fromPost <usun> ; dipl:toPost <dos> ;
  rico:hasSender <usun> ; rico:hasAddressee <secretary> ; rico:hasReceiver <dos> ; dipl:direction "incoming" ;
  rico:hasDocumentaryFormType document-kinds:telegram ; dipl:messageNumber "1862" ;
  dipl:classification classification:top-secret ; dipl:precedence precedence:priority ;
  dipl:caption captions:eyes-only ; dipl:restrictedToText "SECRETARY" ; dipl:restrictedTo <secretary> ;
  dipl:sentAt "1962-11-19T20:00:00"^^xsd:dateTime ; dipl:sentAtUTC "1962-11-20T01:00:00Z"^^xsd:dateTime ;
  dipl:receivedAt "1962-11-19T20:26:00"^^xsd:dateTime ;
  dipl:receivedAtUTC "1962-11-20T01:26:00Z"^^xsd:dateTime ;
  rico:hasCreationDate <t#sent> ; rico:hasOrHadMainSubject <cuba> ; dipl:actionOffice "SS" ;
  dipl:signatureText "STEVENSON" ; dipl:signedBy <stevenson> ; dipl:fileNumber "737.56361/11–1962" ;
  dipl:filedDate "1962-11-19"^^xsd:date ; rico:isOrWasIncludedIn <file> ;
  rico:hasOrHadIdentifier <t#n> ; rico:hasOrHadInstantiation <t#c> ; rico:hasOrHadConstituent <t#p> ;
  dipl:hasEvent <t#e> ; dipl:pageBreak <t#b> ; dipl:hasReference <t#f> ; dct:references <u> ;
  rico:isRecordResourceAssociatedWithRecordResource <u> ; premis:rightsStatus <t#s> ;
  rico:isOrWasRegulatedBy <t#r> .
<u> a rico:Record, dipl:Telegram, dipl:Stub ; rdfs:label "Telegram 1835" ; dipl:messageNumber "1835" ;
  dipl:fromPost <usun> .
<t#sent> a rico:Date ; rico:expressedDate "NOVEMBER 19, 8 PM" ;
  rico:normalizedDateValue "1962-11-19T20:00:00"^^xsd:dateTime .
<t#n> a rico:Identifier ; rico:textualValue "1862" ; rico:hasIdentifierType identifier-types:message-number .
<t#c> a rico:Instantiation ; rico:isOrWasInstantiationOf <t> ; dct:type instantiation-kinds:transcript ;
  prov:wasDerivedFrom <source> ; dipl:locator "d545" ; dipl:pageCount "5"^^xsd:int ;
  rico:hasOrHadHolder <dos> ;
  dipl:sourceFile "usun-1862.txt" ; dipl:sourceLine "1"^^xsd:int ;
  dipl:hasMarking <t#m> ; dipl:hasReading <t#g> .
<t#p> a rico:RecordPart ; dct:type part-kinds:section ; rico:rankInSequence "1"^^xsd:int ; dipl:label "I" ;
  rico:isOrWasConstituentOf <t> ; dipl:onPage "1"^^xsd:int ; dipl:shownBy <t#c> ; schema:text "…" .
<t#e> a rico:Event ; rico:hasEventType event-types:passed ; dipl:eventStatus event-status:done ;
  rico:occurredAtDate <t#e-date> ; rico:hasOrHadParticipant <white-house> .
<t#e-date> a rico:Date ; rico:expressedDate "11/19/62, 8:45 PM" ;
  rico:normalizedDateValue "1962-11-19T20:45:00"^^xsd:dateTime .
<t#a> a oa:Annotation, dipl:Deletion ; oa:motivatedBy oa:editing ; oa:hasTarget <t#a-target> ;
  dipl:hand "unknown hand" .
<t#a-target> a oa:SpecificResource ; oa:hasSource <t#p> ; oa:hasSelector <t#a-position>, <t#a-quote> .
<t#a-position> a oa:TextPositionSelector ; oa:start "0"^^xsd:nonNegativeInteger ;
  oa:end "3"^^xsd:nonNegativeInteger .
<t#a-quote> a oa:TextQuoteSelector ; oa:exact "AND" .
<t#b> a oa:Annotation, dipl:PageBreak ; oa:motivatedBy oa:describing ; oa:hasTarget <t#p> ;
  dipl:onPage "2"^^xsd:int ; dipl:markingText "-2- 1862" .
<t#f> a dipl:Reference ; dipl:printedText "USUN 1835" ; dipl:messageNumber "1835" ;
  dipl:resolution resolutions:stub ; dct:references <u> .
<t#m> a dipl:Marking ; dct:type marking-kinds:stamp ; dipl:markingText "545" ; dipl:onPage "1"^^xsd:int ;
  dipl:markingDate "1964-05"^^xsd:gYearMonth .
<t#g> a dipl:Reading ; dipl:field "sent" ; dipl:value "1962" ; dipl:how "year from the received line" ;
  dipl:confidence 1.0 .
<t#s> a premis:RightsStatus ; rdfs:label "Top Secret" ; dipl:classification classification:top-secret ;
  premis:startDate "1962-11-19T20:00:00"^^xsd:dateTime .
<t#r> a rico:Rule ; rdfs:label "EYES ONLY FOR SECRETARY" ; rico:hasOrHadRuleType captions:eyes-only .
<usun> a rico:CorporateBody ; rdfs:label "Mission to the United Nations" ;
  rico:agentHasOrHadLocation <new-york> .
<new-york> a rico:Place ; rdfs:label "New York" ; geo:lat 40.7 ; geo:long -74.0 .
<dos> a rico:CorporateBody ; rdfs:label "Department of State" .
<white-house> a rico:CorporateBody ; rdfs:label "White House" .
<secretary> a rico:Position ; rdfs:label "Secretary of State" ; rico:existsOrExistedIn <dos> .
<representative> a rico:Position ; rdfs:label "Representative to the United Nations" ;
  rico:existsOrExistedIn <usun> .
<stevenson> a rico:Person ; rdfs:label "Adlai E. Stevenson" .
<file> a rico:RecordSet ; rdfs:label "737.56361" .
<source> a prov:Entity ; rdfs:label "Transcript" .
<cuba> a skos:Concept ; skos:prefLabel "Cuba" .
<held> a rico:PositionHoldingRelation ; rdfs:label "Held" ; rico:relationHasSource <stevenson> ;
  rico:relationHasTarget <representative> ; dipl:atPost <usun> ; dipl:heldFrom "1961"^^xsd:gYear .
"""


def test_complete_telegram_conforms(check: Callable[[str], dict[tuple[str, str, str, str], int]]) -> None:
    """A telegram with all its events, parts, edits, marks and links gives no result, not even a warning."""
    report = check(PREFIXES + TELEGRAM)
    own = {result for result in report if result[0] != "https://example.org/r"}
    assert not own
