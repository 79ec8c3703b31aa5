"""Everything that a careful reader finds in the first transcript is in the register and in the RDF."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from cablegraph import folders, pipeline
from cablegraph.publication import CONFIG_NAME, read_publication
from cablegraph.register import rows
from cablegraph.sources import READERS, entries_from

_PREFIXES = """
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX dipl: <https://w3id.org/diplomatic-records/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX rico: <https://www.ica.org/standards/RiC/ontology#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX v: <https://w3id.org/diplomatic-records/vocabulary/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
Gold = dict[str, Any]


@dataclass(frozen=True)
class Check:
    """One element of the gold file: what it is, and whether the register and the RDF have it."""

    name: str
    register: bool
    rdf: bool


class Release:
    """The release of the seed and the volume: the rows of the seed's record, and the RDF about it."""

    def __init__(self, folder: Path, seed: str) -> None:
        self._folder = folder
        self._seed = seed
        self._store = ox.Store()
        for dump in folder.glob("dumps/*.nq"):
            self._store.bulk_load(path=str(dump), format=ox.RdfFormat.N_QUADS)
        self.record = f"{seed}/1"
        (telegram,) = {
            row["telegram"] for row in rows(folder / "register", "identity") if row["record"] == self.record
        }
        self.telegram = telegram
        self._tables: dict[str, list[dict[str, Any]]] = {}

    def rows(self, table: str, **wanted: Any) -> list[dict[str, Any]]:
        """Rows of the seed's record that have these values."""
        if table not in self._tables:
            found = rows(self._folder / "register", table)
            self._tables[table] = [row for row in found if row.get("record", self.record) == self.record]
        return [row for row in self._tables[table] if all(row[key] == value for key, value in wanted.items())]

    def has(self, table: str, **wanted: Any) -> bool:
        """Whether the register has such a row of the seed's record."""
        return bool(self.rows(table, **wanted))

    def values(self, pattern: str, *names: str) -> list[str]:
        """The values of ``?x`` in a pattern; ``?r`` is the telegram, ``?i`` the seed's showing of it."""
        fixed = f'?i rico:isOrWasInstantiationOf ?r ; dipl:sourceFile "{self._seed}.txt" .'
        query = f"{_PREFIXES} SELECT ?x {{ {fixed} {pattern} }}"
        answer = self._store.query(query, use_default_graph_as_union=True)
        return [solution["x"].value for solution in answer]  # type: ignore[union-attr]

    def ask(self, pattern: str) -> bool:
        """Whether the RDF has a pattern."""
        fixed = f'?i rico:isOrWasInstantiationOf ?r ; dipl:sourceFile "{self._seed}.txt" .'
        query = f"{_PREFIXES} ASK {{ {fixed} {pattern} }}"
        return bool(self._store.query(query, use_default_graph_as_union=True))


def _text(value: str) -> str:
    """A literal of SPARQL."""
    return json.dumps(value, ensure_ascii=False)


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
        *_metadata(release, gold["metadata"]),
        *_references(release, gold["metadata"]),
        *_structure(release, gold["structure"]),
        *_page_breaks(release, gold["structure"]),
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


def _field(release: Release, name: str, column: str, value: Any, pattern: str) -> Check:
    """An element that is one column of ``records``."""
    return Check(name, release.rows("records")[0][column] == value, release.ask(pattern))


def _metadata(release: Release, gold: Gold) -> Iterator[Check]:
    record = release.rows("records")[0]
    yield _field(release, "kind", "kind", gold["kind"], "?r a dipl:Telegram ; rico:hasDocumentaryFormType ?k . ?k ^dct:type|^rico:hasDocumentaryFormType ?r")
    yield _field(release, "direction", "direction", gold["direction"], f"?r dipl:direction {_text(gold['direction'])}")
    for title in gold["form_title"].split(", "):
        yield _marking(release, f"form_title {title}", "form", title)
    for copy in gold["copy"].split("; "):
        yield _marking(release, f"copy {copy}", "copy", copy)
    yield Check("series", record["series"] is None and gold["series"] == "", not release.ask("?r dipl:series ?s"))
    yield _field(release, "number", "number", gold["number"], f"?r dipl:messageNumber {_text(gold['number'])}")
    for end, name in (("from", "post"), ("to", "office")):
        told = gold[end]
        written, place = _text(told["as_written"]), _text(told["place"])
        yield _field(release, f"{end} as written", f"{end}_text", told["as_written"], f"?r dipl:{end}Text {written}")
        holder = {row["key"]: row["place"] for row in release.rows("posts")}
        places = {row["key"]: row["label"] for row in release.rows("places")}
        post = record[f"{end}_post"]
        at = f"?r dipl:{end}Post ?p . ?p rico:agentHasOrHadLocation ?l . ?l rdfs:label {place}"
        yield Check(f"{end} place", places.get(holder.get(post)) == told["place"], release.ask(at))
        office = _text(told[name].split(" (")[0])
        who = "?r rico:hasSender ?p . ?p rdfs:label|skos:altLabel ?o" if end == "from" else "?r rico:hasAddressee ?p . ?p rdfs:label ?o"
        known = release.has("correspondents", role=end, text=told["as_written"]) and post is not None
        yield Check(f"{end} {name}", known, release.ask(f"{who} FILTER(CONTAINS(STR(?o), {office}))"))
    yield Check("date", record["sent"][:10] == gold["date"], release.ask(f"?r dipl:sentAt ?t FILTER(STRSTARTS(STR(?t), {_text(gold['date'])}))"))
    for name in ("sent", "received"):
        told = gold[name]
        written, local = _text(told["as_written"]), f"{_text(told['local'])}^^xsd:dateTime"
        event = {"sent": "transmitted", "received": "received"}[name]
        dated = f"?r dipl:hasEvent ?e . ?e rico:hasEventType v:event-types\\/{event} ; rico:occurredAtDate ?d . ?d rico:expressedDate {written}"
        yield _field(release, f"{name} as written", f"{name}_text", told["as_written"], dated)
        yield _field(release, f"{name} local", name, told["local"], f"?r dipl:{name}At {local}")
    for how in ("received line", "stamp"):
        yield _reading(release, f"year from the {how}", "sent", f"year from {'a' if how == 'stamp' else 'the'} {how}")
    zone = "?i dipl:hasReading ?g . ?g dipl:field 'received_utc' ; dipl:how ?h FILTER(CONTAINS(?h, 'zone inferred'))"
    yield _field(release, "received zone not stated", "received_zone", None, zone)
    yield _field(release, "control number", "control_number", gold["control_number"], _identifier("control-number", gold["control_number"]))
    yield _field(release, "precedence", "precedence", [gold["precedence"]], _concept("precedence", gold["precedence"]))
    yield _field(release, "classification", "classification", gold["classification"], _concept("classification", gold["classification"]))
    ruled = " . ".join(f"?r rico:isOrWasRegulatedBy [ rdfs:label {_text(caption)} ]" for caption in gold["captions"])
    yield _field(release, "captions", "captions", gold["captions"], f"{ruled} . ?r dipl:caption ?c")
    for routing in gold["routing"]:
        yield _marking(release, f"routing {routing}", "routing", routing)
        agent = routing.split("PASS ")[1]
        yield _event(release, f"routing requested {agent}", "passed", agent, "requested")
    yield _field(release, "subject", "subjects", [gold["subject"]], f"?r rico:hasOrHadMainSubject [ skos:prefLabel ?s ] FILTER(STR(?s) = {_text(gold['subject'])})")
    yield _field(release, "action office", "action_office", gold["action_office"], f"?r dipl:actionOffice {_text(gold['action_office'])}")
    yield Check("info is blank", record["info_office"] is None and release.has("readings", field="info_office", value=None), release.ask("?i dipl:hasReading ?g . ?g dipl:field 'info_office' ; dipl:printedText 'Info' FILTER NOT EXISTS { ?g dipl:value ?n } FILTER NOT EXISTS { ?r dipl:infoOffice ?o }"))
    yield _field(release, "signatory", "signatory_text", gold["signatory"], f"?r dipl:signatureText {_text(gold['signatory'])}")
    (person,) = [row["signatory"] for row in rows_of_telegram(release)]
    first, last = gold["signatory_person"].split()[0], gold["signatory_person"].split()[-1]
    labels = [row["label"] for row in release.rows("persons", key=person)]
    named = f"?r dipl:signedBy [ rdfs:label ?n ] FILTER(STRSTARTS(?n, {_text(first)}) && STRENDS(?n, {_text(last)}))"
    yield Check("signatory person", any(n.startswith(first) and n.endswith(last) for n in labels), release.ask(named))
    yield _marking(release, "operator", "operator", gold["operator"])
    yield _field(release, "pages", "pages", gold["pages"], f"?i dipl:pageCount '{gold['pages']}'^^xsd:int")
    (whole,) = rows_of_telegram(release)
    yield Check("file number", whole["file_number"] == gold["file_number_from_frus"], release.ask(f"?r dipl:fileNumber {_text(gold['file_number_from_frus'])}"))
    yield _marking(release, "form number", "form", gold["form_number"])
    yield _marking(release, "microfiche number", "stamp", gold["microfiche_number"])
    yield _event(release, "declassified", "declassified", None, "done")
    yield _reading(release, "series note: the post is told from the place", "from_post", "the post that telegrams from this place come from")
    yield Check("series note: plain numbering", release.has("numbers", post=record["from_post"], number=gold["number"], series=None, role="own"), release.ask(f"{_identifier('message-number', gold['number'])} FILTER NOT EXISTS {{ ?n dipl:series ?s }}"))


def rows_of_telegram(release: Release) -> list[dict[str, Any]]:
    """The row of ``telegrams`` that the seed's record is part of."""
    return [row for row in release.rows("telegrams") if row["telegram"] == release.telegram]


def _identifier(kind: str, value: str) -> str:
    return f"?r rico:hasOrHadIdentifier ?n . ?n rico:hasIdentifierType v:identifier-types\\/{kind} ; rico:textualValue {_text(value)}"


def _concept(scheme: str, label: str) -> str:
    key = label.casefold().replace(" ", "-")
    return f"?r dipl:{scheme} v:{scheme}\\/{key}"


def _marking(release: Release, name: str, kind: str, text: str) -> Check:
    found = release.has("markings", kind=kind, text=text)
    return Check(name, found, release.ask(f"?i dipl:hasMarking [ dipl:markingText {_text(text)} ; dct:type v:marking-kinds\\/{kind} ]"))


def _reading(release: Release, name: str, field: str, how: str) -> Check:
    found = f"?i dipl:hasReading [ dipl:field {_text(field)} ; dipl:how {_text(how)} ]"
    return Check(name, release.has("readings", field=field, how=how), release.ask(found))


def _event(release: Release, name: str, kind: str, agent: str | None, state: str, at: str | None = None) -> Check:
    events = release.rows("events", kind=kind, requested_or_done=state)
    found = [
        row
        for row in events
        if (agent is None or row["agent"].casefold() == agent.casefold()) and (at is None or row["at"] == at)
    ]
    pattern = f"?r dipl:hasEvent ?e . ?e rico:hasEventType v:event-types\\/{kind.replace(' ', '-')} ; dipl:eventStatus v:event-status\\/{state} . "
    if agent:
        pattern += f"?e rico:hasOrHadParticipant [ rdfs:label|skos:altLabel ?a ] FILTER(LCASE(STR(?a)) = {_text(agent.casefold())}) "
    if at:
        pattern += f"?e rico:occurredAtDate [ rico:normalizedDateValue ?t ] FILTER(STR(?t) = {_text(at)}) "
    return Check(name, bool(found), release.ask(pattern))


def _references(release: Release, gold: Gold) -> Iterator[Check]:
    found = release.rows("references")
    printed = release.values("?r dipl:hasReference ?f . ?f dipl:printedText ?x")
    for told in gold["references"]:
        count = told.get("count", 1)
        texts = [row["text"] or "" for row in release.rows("parts") if row["anchor"] is None]
        inside = sum(told["as_written"] in text for text in texts)
        published = [text for text in release.values("?p dipl:shownBy ?i ; schema:text ?x") if told["as_written"] in text]
        surfaces = [row for row in found if row["surface"] in told["as_written"] and row["number"] == told.get("number", row["number"])]
        yield Check(f"reference {told['as_written']}", inside == count and len(surfaces) >= count, len(published) == count and len(printed) >= count)
        if "post" in told:
            (post,) = {row["post"] for row in surfaces}
            yield Check("reference post", post == told["post"].casefold() and all(row["series"] is None for row in surfaces), release.ask(f"?r dct:references [ dipl:messageNumber {_text(told['number'])} ; dipl:fromPost ?p ]"))


def _structure(release: Release, gold: Gold) -> Iterator[Check]:
    for head in gold["page_headers"]:
        found = release.has("markings", kind="page head", text=head)
        published = release.ask(f"?r dipl:pageBreak [ dipl:markingText {_text(head)} ]")
        yield Check(f"page header {head[:3]}", found, published)
    for section in gold["sections"]:
        yield from _section(release, section)
    cells = re.search(r"\((?P<cells>[A-Z /]+)\)", gold["table"])
    assert cells is not None
    tables = [row["text"] for row in release.rows("markings", kind="form")]
    published = release.values("?i dipl:hasMarking [ dct:type v:marking-kinds\\/form ; dipl:markingText ?x ]")
    for cell in cells["cells"].split(" / "):
        yield Check(f"table {cell}", any(cell in text for text in tables), any(cell in text for text in published))
    for printed in gold["line_end_hyphen"]:
        surface = printed.replace("\\n", "\n")
        joined = surface.replace("-\n", "")
        pattern = f"?i dipl:hasReading [ dipl:printedText {_text(surface)} ; dipl:value {_text(joined)} ]"
        whole = any(joined in (row["text"] or "") for row in release.rows("parts"))
        yield Check(f"hyphen {joined}", whole and release.has("readings", surface=surface, value=joined), release.ask(pattern))


def _section(release: Release, gold: Gold) -> Iterator[Check]:
    n = gold["n"]
    own = release.rows("parts", kind="section", label=n)
    section = f"?p a rico:RecordPart ; dct:type v:part-kinds\\/section ; dipl:label {_text(n)} ; dipl:shownBy ?i . "
    opening = f"?p schema:text ?t FILTER(STRSTARTS(?t, {_text(gold['opening'])}))"
    yield Check(f"section {n}", len(own) == 1 and own[0]["text"].startswith(gold["opening"]), release.ask(section + opening))
    if "as_written" in gold:
        pattern = f"?i dipl:hasReading [ dipl:field 'label' ; dipl:value {_text(n)} ; dipl:printedText {_text(gold['as_written'])} ]"
        yield Check(f"section {n} as written", release.has("readings", field="label", value=n, surface=gold["as_written"]), release.ask(pattern))
    inside = _inside(release, own[0]["part"] if own else "")
    labels = [row["label"] for row in inside if row["label"]]
    below = f"{section} ?q rico:isOrWasConstituentOf+ ?p ; dipl:label ?x ; rico:rankInSequence ?k"
    published = release.values(f"{below} }} ORDER BY ?k #")
    for told, label, shown in _paired(gold["paragraphs"] + gold.get("subparagraphs", []), labels, published):
        name, _, text = told.partition(" ")
        row = next((row for row in inside if row["label"] == name), None)
        starts = row is not None and (row["text"] or "").startswith(text)
        pattern = f"{section} ?q rico:isOrWasConstituentOf+ ?p ; dipl:label {_text(name)} ; schema:text ?t FILTER(STRSTARTS(?t, {_text(text)}))"
        yield Check(f"section {n} paragraph {told}", label == name and starts, shown == name and release.ask(pattern))
    count = len(gold["paragraphs"]) + len(gold.get("subparagraphs", []))
    yield Check(f"section {n} has no other paragraphs", len(labels) == count, len(published) == count)
    if closing := gold.get("closing_unnumbered"):
        closes = any(row["label"] is None and row["text"].startswith(closing) for row in inside)
        pattern = f"{section} ?q rico:isOrWasConstituentOf ?p ; schema:text ?t FILTER(STRSTARTS(?t, {_text(closing)})) FILTER NOT EXISTS {{ ?q dipl:label ?l }}"
        yield Check(f"section {n} closing", closes, release.ask(pattern))
    if enclosed := gold.get("enclosed"):
        first, last = re.findall(r"[A-Z][A-Z ]{8,}[A-Z]", enclosed)
        (enclosure,) = release.rows("parts", kind="enclosure")
        texts = [row["text"] for row in release.rows("parts", parent=enclosure["part"])]
        pattern = f"{section} ?c dct:type v:part-kinds\\/enclosure ; rico:isOrWasConstituentOf ?p . ?q rico:isOrWasConstituentOf ?c ; schema:text ?x ; rico:rankInSequence ?k"
        shown = release.values(f"{pattern} }} ORDER BY ?k #")
        yield Check(f"section {n} enclosure begins", texts[0].startswith(first), shown[:1] != [] and shown[0].startswith(first))
        yield Check(f"section {n} enclosure ends", texts[-1].rstrip(".").endswith(last), shown[-1:] != [] and shown[-1].rstrip(".").endswith(last))


def _paired(told: list[str], labels: list[str], published: list[str]) -> Iterator[tuple[str, str, str]]:
    for at, text in enumerate(told):
        yield text, labels[at] if at < len(labels) else "", published[at] if at < len(published) else ""


def _inside(release: Release, key: str) -> list[dict[str, Any]]:
    """The parts under a part, in order."""
    below = {key}
    found = []
    for row in release.rows("parts"):
        if row["parent"] in below:
            below.add(row["part"])
            found.append(row)
    return found


def _page_breaks(release: Release, gold: Gold) -> Iterator[Check]:
    for told in gold["page_breaks"]:
        page, splits = told["page"], told["splits"]
        (row,) = release.rows("markings", kind="page head", page=page)
        (part,) = release.rows("parts", part=row["part"])
        match = re.search(r"(?P<label>\(?\d\)?) of section (?P<n>[IV]+)$", splits)
        if match:
            right = (part["label"] or "") == match["label"] and part["part"].split(".")[0] == match["n"]
            text = ""
        else:
            text = splits.removeprefix("before ")
            right = part["text"][row["anchor"] :].startswith(text)
        pattern = f"""?r dipl:pageBreak ?b . ?b dipl:onPage '{page}'^^xsd:int ; oa:hasTarget ?g .
            ?g oa:hasSource ?q ; oa:hasSelector [ oa:start ?s ] . ?q schema:text ?t
            FILTER(STRSTARTS(SUBSTR(?t, xsd:integer(?s) + 1), {_text(text)})) """
        if match:
            pattern += f"?q dipl:label {_text(match['label'])} ; rico:isOrWasConstituentOf+ [ dipl:label {_text(match['n'])} ] "
        yield Check(f"page break {page}", right, release.ask(pattern))


def _edits(release: Release, gold: Gold) -> Iterator[Check]:
    target = "?e oa:hasTarget ?g . ?g oa:hasSource ?p ; oa:hasSelector ?s . ?p dipl:shownBy ?i ; schema:text ?t . ?s oa:start ?a ; oa:end ?z . "
    texts = {row["part"]: row["text"] for row in release.rows("parts")}
    for words in gold["struck"]:
        found = release.rows("edits", kind="deletion", text=words, hand=gold["by"])
        right = len(found) == 1 and texts[found[0]["part"]][found[0]["start"] : found[0]["end"]] == words
        pattern = f"""?e a dipl:Deletion ; dipl:hand {_text(gold['by'])} . {target} ?g oa:hasSelector [ oa:exact {_text(words)} ]
            FILTER(SUBSTR(?t, xsd:integer(?a) + 1, xsd:integer(?z) - xsd:integer(?a)) = {_text(words)})"""
        yield Check(f"struck {words[:20]}", right, release.ask(pattern))
    for words in gold["inserted"]:
        found = release.rows("edits", kind="insertion", text=words, hand=gold["by"])
        right = len(found) == 1 and found[0]["start"] == found[0]["end"] <= len(texts[found[0]["part"]])
        pattern = f"?e a dipl:Insertion ; oa:bodyValue {_text(words)} ; dipl:hand {_text(gold['by'])} . {target} FILTER(?a = ?z)"
        yield Check(f"inserted {words}", right, release.ask(pattern))
    original = gold["original_sentence"].split(" - ")[0]
    yield Check("original sentence", original in texts.values(), release.ask(f"?p dipl:shownBy ?i ; schema:text {_text(original)}"))
    wanted = gold["resulting_sentence"].split(" (insertion")[0].split()
    readings = [row["value"] for row in release.rows("readings", field="revised_text")]
    published = release.values("?i dipl:hasReading [ dipl:field 'revised_text' ; dipl:value ?x ]")
    yield Check("resulting sentence", any(_runs(wanted, text) for text in readings), any(_runs(wanted, text) for text in published))


def _runs(words: list[str], text: str) -> bool:
    """Whether the words stand in the text in this order; words of uncertain place may stand between them."""
    left = iter(text.split())
    return all(word in left for word in words)


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
        pattern = f"?p dct:type v:part-kinds\\/note ; dipl:shownBy ?i ; schema:text {_text(written)}"
        yield Check(f"{written[:12]} text", release.has("parts", kind="note", text=written), release.ask(pattern))
        agents = [note["to"]] if isinstance(note["to"], str) else note["to"]
        for agent in agents:
            at = note.get("time") or note["date"]
            yield _event(release, f"{note['event']} {agent}", note["event"], agent, "done", at)
        if initials := note.get("initials"):
            yield _marking(release, f"initials {initials}", "operator", initials)
