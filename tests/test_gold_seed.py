"""Everything that a careful reader finds in the first transcript is in the register and in the RDF."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cablegraph import folders, pipeline
from cablegraph.publication import CONFIG_NAME, read_publication
from cablegraph.sources import READERS, entries_from
from cablegraph.vocabularies import normalise
from gold import (
    Check,
    Gold,
    Release,
    concept,
    event,
    identifier,
    literal,
    marking,
    reading,
    rows_of_telegram,
    runs_through,
)
from gold_structure import page_breaks, structure


@pytest.fixture(scope="session")
def release(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The volume and the seed, published together with the authorities of the sample, text and all."""
    out = tmp_path_factory.mktemp("gold") / "release"
    publication = read_publication(folders.SAMPLE / CONFIG_NAME, folders.SAMPLE)
    seeds = sorted((shared / "seed").glob("*.txt"))
    volume = shared / "data" / "frus" / "volumes" / "frus1961-63v10-12mSupp.xml"
    entries = entries_from([str(volume), *map(str, seeds)], READERS, shared)
    publication = replace(publication.with_sources(entries), text="full", tables=("parquet",))
    pipeline.publish(publication, out, pipeline.Options())
    return Release(out, seeds[0].stem)


@pytest.fixture(scope="session")
def gold(shared: Path) -> Gold:
    """What a careful reader finds in the seed."""
    loaded: Gold = json.loads((shared / "data" / "gold-seed.json").read_text(encoding="utf-8"))
    return loaded


def test_everything_is_reached(release: Release, gold: Gold, record_property: Callable[[str, object], None]) -> None:
    """Every element under metadata, structure, edits, stamps and notes is in the register and in the RDF."""
    checks = [
        *_identification(release, gold["metadata"]),
        *_ends(release, gold["metadata"]),
        *_times(release, gold["metadata"]),
        *_marks(release, gold["metadata"]),
        *_signature(release, gold["metadata"]),
        *_references(release, gold["metadata"]),
        *structure(release, gold["structure"]),
        *page_breaks(release, gold["structure"]),
        *_edits(release, gold["edits"]),
        *_stamps(release, gold),
        *_notes(release, gold["notes"]),
    ]
    reached = sum(check.register + check.rdf for check in checks)
    share = reached / (2 * len(checks))
    misses = [f"  not in the register: {check.name}" for check in checks if not check.register]
    misses += [f"  not in the RDF: {check.name}" for check in checks if not check.rdf]
    lines = [f"gold of the seed: {reached} of {2 * len(checks)} reached, {share:.1%}", *misses]
    record_property("shown", "\n".join(lines))
    assert not misses
    assert share == 1.0


#: The kinds of mention that a type of entity in the gold file may be.
_KINDS = {
    "person": {"person", "position"}, "person by office": {"position"}, "place": {"place", "state"}, "state": {"state", "place"},
    "organisation": {"organisation", "post"}, "organisation (proposed)": {"organisation"}, "treaty": {"treaty"}, "weapon system": {"weapon"},
    "event": {"event"}, "document": {"document"},
}  # fmt: skip


def test_every_entity_is_recognised_and_nothing_else(release: Release, gold: Gold) -> None:
    """Each of the entities that a careful reader finds is named in the texts or the fields, and nothing is that he does not find."""
    named = release.rows("mentions")
    record = release.rows("records")[0]
    fields = {record["action_office"], record["signatory_text"], *(row["agent"] for row in release.rows("events"))}
    missed, allowed = [], set()
    for entity in gold["entities"]:
        forms = {normalise(form) for form in (*entity["forms"], *_FORM.findall(entity.get("also", "")))}
        allowed |= forms
        found = any(
            row["kind"] in _KINDS[entity["type"]] and any(_within(row["surface"], form) for form in forms)
            for row in named
        )
        if not found and not any(normalise(field or "") in forms for field in fields):
            missed.append(entity["label"])
    false = [row["surface"] for row in named if not any(_within(row["surface"], form) for form in allowed)]
    assert not missed
    assert not false


_FORM = re.compile(r"[A-Z]{3,}")


def _within(surface: str, form: str) -> bool:
    """Whether a surface is a form, or one of the two is a part of the other in whole words."""
    one, other = f" {normalise(surface)} ", f" {form} "
    return one in other or other in one


def _field(release: Release, column: str, value: Any, pattern: str) -> Check:
    """An element that is one column of ``records``."""
    return Check(column.replace("_", " "), release.rows("records")[0][column] == value, release.ask(pattern))


def _identification(release: Release, gold: Gold) -> Iterator[Check]:
    number, control = literal(gold["number"]), gold["control_number"]
    typed = "?r a dipl:Telegram ; rico:hasDocumentaryFormType v:document-kinds\\/telegram"
    yield _field(release, "kind", gold["kind"], typed)
    yield _field(release, "direction", gold["direction"], f"?r dipl:direction {literal(gold['direction'])}")
    yield _field(release, "number", gold["number"], f"?r dipl:messageNumber {number}")
    yield _field(release, "series", gold["series"] or None, "FILTER NOT EXISTS { ?r dipl:series ?s }")
    yield _field(release, "control_number", control, identifier("control-number", control))
    yield _field(release, "pages", gold["pages"], f"?i dipl:pageCount '{gold['pages']}'^^xsd:int")
    (whole,) = rows_of_telegram(release)
    filed = gold["file_number_from_frus"]
    in_file = release.ask(f"?r dipl:fileNumber {literal(filed)}")
    yield Check("file number", whole["file_number"] == filed, in_file)
    # The note on the series: the number belongs to the post, which the transcript shows only by its place.
    post = release.rows("records")[0]["from_post"]
    plain = release.has("numbers", post=post, number=gold["number"], series=None, role="own")
    own = f"{identifier('message-number', gold['number'])} FILTER NOT EXISTS {{ ?n dipl:series ?s }}"
    yield Check("plain numbering of the post", plain, release.ask(own))
    how = "the post that telegrams from this place come from"
    yield reading(release, "post told from the place", "from_post", how)


def _ends(release: Release, gold: Gold) -> Iterator[Check]:
    record = release.rows("records")[0]
    posts = {row["key"]: row["place"] for row in release.rows("posts")}
    places = {row["key"]: row["label"] for row in release.rows("places")}
    for end, office, link in (("from", "post", "rico:hasSender"), ("to", "office", "rico:hasAddressee")):
        told, post = gold[end], record[f"{end}_post"]
        written = literal(told["as_written"])
        yield _field(release, f"{end}_text", told["as_written"], f"?r dipl:{end}Text {written}")
        place = f"?r dipl:{end}Post [ rico:agentHasOrHadLocation [ rdfs:label {literal(told['place'])} ] ]"
        yield Check(f"{end} place", places.get(posts.get(post)) == told["place"], release.ask(place))
        name = literal(told[office].split(" (")[0])
        who = f"?r {link} [ rdfs:label|skos:altLabel ?o ] FILTER(CONTAINS(STR(?o), {name}))"
        known = post is not None and release.has("correspondents", role=end, text=told["as_written"])
        yield Check(f"{end} {office}", known, release.ask(who))


def _times(release: Release, gold: Gold) -> Iterator[Check]:
    day = literal(gold["date"])
    same_day = release.rows("records")[0]["sent"][:10] == gold["date"]
    yield Check("date", same_day, release.ask(f"?r dipl:sentAt ?t FILTER(STRSTARTS(STR(?t), {day}))"))
    for name, kind in (("sent", "transmitted"), ("received", "received")):
        told = gold[name]
        dated = f"""?r dipl:hasEvent [ rico:hasEventType v:event-types\\/{kind} ;
            rico:occurredAtDate [ rico:expressedDate {literal(told["as_written"])} ] ]"""
        yield _field(release, f"{name}_text", told["as_written"], dated)
        yield _field(release, name, told["local"], f"?r dipl:{name}At {literal(told['local'])}^^xsd:dateTime")
    yield reading(release, "year from the received line", "sent", "year from the received line")
    yield reading(release, "year from the stamp", "sent", "year from a stamp")
    inferred = "?i dipl:hasReading [ dipl:field 'received_utc' ; dipl:how ?h ] FILTER(CONTAINS(?h, 'inferred'))"
    yield _field(release, "received_zone", None, inferred)


def _marks(release: Release, gold: Gold) -> Iterator[Check]:
    for title in gold["form_title"].split(", "):
        yield marking(release, f"form title {title}", "form", title)
    for copy in gold["copy"].split("; "):
        yield marking(release, f"copy {copy}", "copy", copy)
    yield _field(release, "precedence", [gold["precedence"]], concept("precedence", gold["precedence"]))
    level = gold["classification"]
    yield _field(release, "classification", level, concept("classification", level))
    ruled = " ".join(f"?r rico:isOrWasRegulatedBy [ rdfs:label {literal(text)} ] ." for text in gold["captions"])
    yield _field(release, "captions", gold["captions"], f"{ruled} ?r dipl:caption ?c")
    for routing in gold["routing"]:
        yield marking(release, f"routing {routing}", "routing", routing)
        yield event(release, f"asked {routing}", "passed", routing.split("PASS ")[1], "requested")
    subject = f"?r rico:hasOrHadMainSubject [ skos:prefLabel ?s ] FILTER(STR(?s) = {literal(gold['subject'])})"
    yield _field(release, "subjects", [gold["subject"]], subject)
    office = gold["action_office"]
    yield _field(release, "action_office", office, f"?r dipl:actionOffice {literal(office)}")
    blank = """?i dipl:hasReading ?g . ?g dipl:field 'info_office' ; dipl:printedText 'Info'
        FILTER NOT EXISTS { ?g dipl:value ?n } FILTER NOT EXISTS { ?r dipl:infoOffice ?o }"""
    noted = release.has("readings", field="info_office", value=None, surface="Info")
    yield Check("info is blank", noted and release.has("records", info_office=None), release.ask(blank))
    for name, kind in (("operator", "operator"), ("form_number", "form"), ("microfiche_number", "stamp")):
        yield marking(release, name, kind, gold[name])
    yield event(release, "declassified", "declassified", None, "done")


def _signature(release: Release, gold: Gold) -> Iterator[Check]:
    sign = gold["signatory"]
    yield _field(release, "signatory_text", sign, f"?r dipl:signatureText {literal(sign)}")
    (whole,) = rows_of_telegram(release)
    first, last = gold["signatory_person"].split()[0], gold["signatory_person"].split()[-1]
    labels = [row["label"] for row in release.rows("persons", key=whole["signatory"])]
    known = any(label.startswith(first) and label.endswith(last) for label in labels)
    tests = f"STRSTARTS(?n, {literal(first)}) && STRENDS(?n, {literal(last)})"
    yield Check("signatory person", known, release.ask(f"?r dipl:signedBy [ rdfs:label ?n ] FILTER({tests})"))


def _references(release: Release, gold: Gold) -> Iterator[Check]:
    found = release.rows("references")
    printed = release.values("?r dipl:hasReference ?f . ?f dipl:printedText ?x")
    for told in gold["references"]:
        count = told.get("count", 1)
        texts = [row["text"] or "" for row in release.rows("parts") if row["anchor"] is None]
        inside = sum(told["as_written"] in text for text in texts)
        published = [
            text for text in release.values("?p dipl:shownBy ?i ; schema:text ?x") if told["as_written"] in text
        ]
        surfaces = [
            row
            for row in found
            if row["surface"] in told["as_written"] and row["number"] == told.get("number", row["number"])
        ]
        yield Check(
            f"reference {told['as_written']}",
            inside == count and len(surfaces) >= count,
            len(published) == count and len(printed) >= count,
        )
        if "post" in told:
            (post,) = {row["post"] for row in surfaces}
            yield Check(
                "reference post",
                post == told["post"].casefold() and all(row["series"] is None for row in surfaces),
                release.ask(f"?r dct:references [ dipl:messageNumber {literal(told['number'])} ; dipl:fromPost ?p ]"),
            )


def _edits(release: Release, gold: Gold) -> Iterator[Check]:
    target = "?e oa:hasTarget ?g . ?g oa:hasSource ?p ; oa:hasSelector ?s . ?p dipl:shownBy ?i ; schema:text ?t . ?s oa:start ?a ; oa:end ?z . "
    texts = {row["part"]: row["text"] for row in release.rows("parts")}
    for words in gold["struck"]:
        found = release.rows("edits", kind="deletion", text=words, hand=gold["by"])
        right = len(found) == 1 and texts[found[0]["part"]][found[0]["start"] : found[0]["end"]] == words
        pattern = f"""?e a dipl:Deletion ; dipl:hand {literal(gold["by"])} . {target} ?g oa:hasSelector [ oa:exact {literal(words)} ]
            FILTER(SUBSTR(?t, xsd:integer(?a) + 1, xsd:integer(?z) - xsd:integer(?a)) = {literal(words)})"""
        yield Check(f"struck {words[:20]}", right, release.ask(pattern))
    for words in gold["inserted"]:
        found = release.rows("edits", kind="insertion", text=words, hand=gold["by"])
        right = len(found) == 1 and found[0]["start"] == found[0]["end"] <= len(texts[found[0]["part"]])
        pattern = f"?e a dipl:Insertion ; oa:bodyValue {literal(words)} ; dipl:hand {literal(gold['by'])} . {target} FILTER(?a = ?z)"
        yield Check(f"inserted {words}", right, release.ask(pattern))
    original = gold["original_sentence"].split(" - ")[0]
    yield Check(
        "original sentence",
        original in texts.values(),
        release.ask(f"?p dipl:shownBy ?i ; schema:text {literal(original)}"),
    )
    wanted = gold["resulting_sentence"].split(" (insertion")[0].split()
    readings = [row["value"] for row in release.rows("readings", field="revised_text")]
    published = release.values("?i dipl:hasReading [ dipl:field 'revised_text' ; dipl:value ?x ]")
    yield Check(
        "resulting sentence",
        any(runs_through(wanted, text) for text in readings),
        any(runs_through(wanted, text) for text in published),
    )


def _stamps(release: Release, gold: Gold) -> Iterator[Check]:
    texts = [row["text"] for row in release.rows("markings")]
    published = release.values("?i dipl:hasMarking [ dipl:markingText ?x ]")
    for stamp in gold["stamps"]:
        yield Check(f"stamp {stamp}", stamp in texts, stamp in published)
    told = gold["stamp_declassified"]
    for name, found in (("register", texts), ("RDF", published)):
        count = sum(text.casefold() == told["text"].casefold() for text in found)
        right = count == told["count"]
        yield Check(f"{told['count']} declassification stamps in the {name}", right, right)
    kinds = [row["text"] for row in release.rows("markings", kind="classification")]
    shown = release.values("?i dipl:hasMarking ?m . ?m dct:type v:marking-kinds\\/classification ; dipl:markingText ?x")
    right = [sum(text.endswith("TOP SECRET") for text in found) == gold["count_TOP_SECRET"] for found in (kinds, shown)]
    yield Check(f"TOP SECRET stands {gold['count_TOP_SECRET']} times", right[0], right[1])


def _notes(release: Release, notes: list[Gold]) -> Iterator[Check]:
    for note in notes:
        written = note["as_written"]
        pattern = f"?p dct:type v:part-kinds\\/note ; dipl:shownBy ?i ; schema:text {literal(written)}"
        yield Check(f"{written[:12]} text", release.has("parts", kind="note", text=written), release.ask(pattern))
        agents = [note["to"]] if isinstance(note["to"], str) else note["to"]
        for agent in agents:
            at = note.get("time") or note["date"]
            yield event(release, f"{note['event']} {agent}", note["event"], agent, "done", at)
        if initials := note.get("initials"):
            yield marking(release, f"initials {initials}", "operator", initials)
