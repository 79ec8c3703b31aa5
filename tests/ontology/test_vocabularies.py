"""The vocabularies: each file is one proper SKOS scheme that people and readers can rely on."""

from __future__ import annotations

import datetime
import re
from functools import cache
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from cablegraph.vocabularies import Concept, vocabulary

FOLDER = Path(__file__).parents[2] / "ontology" / "vocabularies"
FILES = sorted(FOLDER.glob("*.ttl"))
BASE = "https://w3id.org/diplomatic-records/vocabulary/"
DIPL = Namespace("https://w3id.org/diplomatic-records/ontology#")
SDO = Namespace("https://schema.org/")
DATE_FORMATS = {XSD.date: "%Y-%m-%d", XSD.gYearMonth: "%Y-%m", XSD.gYear: "%Y"}
SCHEMES = {
    "captions", "classification", "decimal-file", "document-kinds", "event-status", "event-types", "filing-countries",
    "identifier-types", "instantiation-kinds", "marking-kinds", "missions", "part-kinds", "positions", "posts",
    "precedence", "resolutions", "roles", "series", "subject-numeric", "tags", "states", "regions", "organisations", "treaties", "weapon-systems", "crises",
}  # fmt: skip

each = pytest.mark.parametrize("name", [p.stem for p in FILES])


@cache
def read(name: str) -> Graph:
    return Graph().parse(FOLDER / f"{name}.ttl")


def concepts(name: str) -> list[URIRef]:
    return sorted(c for c in read(name).subjects(RDF.type, SKOS.Concept) if isinstance(c, URIRef))


def normalised(label: object) -> str:
    """A label as readers compare it: without case, spaces, hyphens and punctuation."""
    return re.sub(r"[\W_]+", "", str(label).casefold())


def test_every_scheme_is_there() -> None:
    """The vocabularies are the schemes that the mappings link to, one a file."""
    assert {p.stem for p in FILES} == SCHEMES


@each
def test_scheme_is_described(name: str) -> None:
    """A file holds exactly one scheme, named after the file, with title, description, source and licence."""
    graph = read(name)
    scheme = URIRef(BASE + name)
    assert list(graph.subjects(RDF.type, SKOS.ConceptScheme)) == [scheme]
    for predicate in (
        SKOS.prefLabel,
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.source,
        DCTERMS.license,
        OWL.versionInfo,
    ):
        assert graph.value(scheme, predicate), predicate


@each
def test_concepts_are_labelled_and_defined(name: str) -> None:
    """A concept has one preferred label and one definition, both English, and stands in its scheme."""
    graph = read(name)
    assert len(concepts(name)) >= 2
    for concept in concepts(name):
        labels = list(graph.objects(concept, SKOS.prefLabel))
        definitions = list(graph.objects(concept, SKOS.definition))
        assert len(labels) == 1 and Literal(labels[0], lang="en") == labels[0], concept
        assert len(definitions) == 1 and str(definitions[0]).endswith("."), concept
        assert list(graph.objects(concept, SKOS.inScheme)) == [URIRef(BASE + name)], concept


@each
def test_local_names_are_plain_keys(name: str) -> None:
    """The last part of a concept's IRI is lower-case letters, digits and hyphens."""
    for concept in concepts(name):
        assert re.fullmatch(re.escape(f"{BASE}{name}/") + r"[a-z0-9]+(-[a-z0-9]+)*", concept), concept


@each
def test_labels_do_not_collide(name: str) -> None:
    """No two concepts of a scheme bear the same label as readers compare labels."""
    graph = read(name)
    seen: dict[str, URIRef] = {}
    for concept in concepts(name):
        for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
            for label in graph.objects(concept, predicate):
                key = normalised(label)
                assert key, (concept, label)
                assert seen.setdefault(key, concept) == concept, (label, concept, seen[key])


@each
def test_label_kinds_are_disjoint(name: str) -> None:
    """A label of a concept is preferred, alternative or hidden, and not two of these."""
    graph = read(name)
    for concept in concepts(name):
        kinds = [set(graph.objects(concept, p)) for p in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)]
        assert len(set.union(*kinds)) == sum(map(len, kinds)), concept


@each
def test_notations_are_unique(name: str) -> None:
    """A notation names one concept of its scheme."""
    notations = list(read(name).objects(None, SKOS.notation))
    assert len(notations) == len(set(notations))


@each
def test_hierarchy_is_sound(name: str) -> None:
    """A concept is a top concept or has a broader one in its scheme, and broader never leads back."""
    graph = read(name)
    scheme = URIRef(BASE + name)
    known = set(concepts(name))
    for concept in known:
        top = (scheme, SKOS.hasTopConcept, concept) in graph
        broader = set(graph.objects(concept, SKOS.broader))
        assert top != bool(broader), concept
        assert broader <= known, concept
        assert set(graph.objects(concept, SKOS.related)) <= known, concept
        assert concept not in set(graph.transitive_objects(concept, SKOS.broader)) - {concept}
        for above in broader:
            assert concept not in set(graph.transitive_objects(above, SKOS.broader)), concept


def test_levels_are_ordered() -> None:
    """Classification and precedence are ordered by rank, with Top Secret at the top."""
    graph = read("classification")
    ranks = {str(c).rsplit("/", 1)[1]: graph.value(c, DIPL.rank) for c in concepts("classification")}
    assert ranks["no-marking"] is None
    order = ["top-secret", "secret", "confidential", "restricted", "limited-official-use", "unclassified"]
    values = [int(str(ranks[k])) for k in order]
    assert values == sorted(values, reverse=True) and len(set(values)) == len(values)
    assert all(read("precedence").value(c, DIPL.rank) is not None for c in concepts("precedence"))


def test_series_say_direction_and_known_posts() -> None:
    """A series goes in or out, and its field post is a concept of the vocabulary of posts."""
    graph = read("series")
    assert set(graph.objects(None, DIPL.direction)) <= {Literal("incoming"), Literal("outgoing")}
    assert set(graph.objects(None, DIPL.fieldPost)) <= set(concepts("posts"))
    assert set(graph.objects(None, DIPL.plainNumbering)) == {Literal(True)}


def test_positions_stand_at_known_posts() -> None:
    """The post of a position is a concept of the vocabulary of posts."""
    assert set(read("positions").objects(None, DIPL.positionAt)) <= set(concepts("posts"))


def test_time_zones_are_names_of_the_database() -> None:
    """The time zone of a post has the form of a name in the tz database."""
    zones = set(read("posts").objects(None, DIPL.timeZone))
    assert zones and all(
        re.fullmatch(r"(Africa|America|Asia|Atlantic|Australia|Europe|Pacific)(/[A-Z][A-Za-z_-]+)+", str(z))
        for z in zones
    )


@pytest.mark.parametrize(
    ("name", "words", "key"),
    [
        ("posts", "NEW YORK", "usun"),
        ("posts", "Embassy in Ecuador", "quito"),
        ("posts", "AmEmbassy Quito", "quito"),
        ("posts", "the Department of State".removeprefix("the "), "department-of-state"),
        ("posts", "DOS", "department-of-state"),
        ("posts", "CINCLANT", "cinclant"),
        ("posts", "WHITE HOUSE", "white-house"),
        ("positions", "Secretary of State", "secretary-of-state"),
        ("classification", "TOP SECRET", "top-secret"),
        ("classification", "No classification marking", "no-marking"),
        ("captions", "EYES ONLY", "eyes-only"),
        ("captions", "Limit Distribution", "limdis"),
        ("precedence", "Operational Immediate", "operational-immediate"),
        ("series", "POLTO", "polto"),
        ("document-kinds", "Memorandum of a Conversation", "memorandum-of-conversation"),
    ],
)
def test_words_of_sources_are_recognised(name: str, words: str, key: str) -> None:
    """Words as sources print them lead to the concept that is meant, for the program as for people."""
    found = vocabulary(name).find(words)
    assert found is not None and found.key == key


@pytest.mark.parametrize(
    ("text", "key", "end"),
    [
        ("Embassy in Greece to the Department of State", "athens", "Embassy in Greece"),
        ("Consul General at Salonika (Gibson) to", "thessaloniki", "Consul General at Salonika"),
        ("Chargé in the United Kingdom", "london", "Chargé in the United Kingdom"),
        ("American Consulate Hong Kong 12", "hong-kong", "American Consulate Hong Kong"),
        ("USUN 1862", "usun", "USUN"),
        ("Embassy of a country", None, ""),
        (" Embassy in Greece", None, ""),
    ],
)
def test_a_post_is_a_mission_and_a_place(text: str, key: str | None, end: str) -> None:
    """A kind of mission, or its head, and a country or city make the name of a post; the longest form counts."""
    found = vocabulary("posts").leading(text)
    assert (found[0].key if found else None, text[: found[1]] if found else "") == (key, end)


def test_of_several_posts_in_a_country_the_day_tells_one() -> None:
    """A country is one post's, or all but the last of its posts say when they were: the last is the one at other times."""
    posts: dict[str, dict[str, Concept]] = {}
    for concept in vocabulary("posts"):
        for country in concept.accredited_to:
            posts.setdefault(normalised(country), {})[concept.key] = concept
    for country, several in posts.items():
        assert all(any(concept.valid) for concept in list(several.values())[:-1]), country


def validity(name: str, concept: Node) -> dict[URIRef, tuple[str, str]]:
    """When a concept was in use: for its start and its end the first and the last day that the value allows."""
    dates = {}
    for predicate in (SDO.validFrom, SDO.validThrough):
        for value in read(name).objects(concept, predicate):
            dates[predicate] = (
                str(value) + "-01-01"[len(str(value)) - 4 :],
                str(value) + "-12-31"[len(str(value)) - 4 :],
            )
    return dates


@each
def test_validity_dates_are_dates(name: str) -> None:
    """A concept says at most once from when and until when it was in use, by a day, a month or a year that exists."""
    for predicate in (SDO.validFrom, SDO.validThrough):
        values = list(read(name).subject_objects(predicate))
        assert len({concept for concept, _ in values}) == len(values)
        for concept, value in values:
            assert concept in concepts(name) and isinstance(value, Literal), concept
            assert value.datatype in DATE_FORMATS, (concept, value)
            day = datetime.datetime.strptime(str(value), DATE_FORMATS[value.datatype])
            assert day.strftime(DATE_FORMATS[value.datatype]) == str(value), (concept, value)


@each
def test_validity_does_not_end_before_it_starts(name: str) -> None:
    """A concept that has both dates was in use until its start or later."""
    for concept in concepts(name):
        dates = validity(name, concept)
        if len(dates) == 2:
            assert dates[SDO.validFrom][0] <= dates[SDO.validThrough][1], concept


@each
def test_validity_has_a_source(name: str) -> None:
    """Who says when a concept was in use is named on the concept or, for all that it holds, on the scheme."""
    graph = read(name)
    for concept in concepts(name):
        if validity(name, concept):
            sources = [*graph.objects(concept, DCTERMS.source), *graph.objects(URIRef(BASE + name), DCTERMS.source)]
            assert sources and all(str(source).strip() for source in sources), concept


@pytest.mark.parametrize(
    "name", ["captions", "classification", "decimal-file", "posts", "precedence", "series", "subject-numeric"]
)
def test_schemes_that_changed_have_dates(name: str) -> None:
    """Where names came and went over the years, concepts say when they were in use."""
    assert any(validity(name, concept) for concept in concepts(name))


@each
def test_narrower_validity_lies_within_the_broader(name: str) -> None:
    """A concept was not in use before its broader one began or after that ended, as far as the dates tell."""
    graph = read(name)
    for concept, above in graph.subject_objects(SKOS.broader):
        inner, outer = validity(name, concept), validity(name, above)
        if SDO.validFrom in inner and SDO.validFrom in outer:
            assert inner[SDO.validFrom][1] >= outer[SDO.validFrom][0], concept
        if SDO.validThrough in inner and SDO.validThrough in outer:
            assert inner[SDO.validThrough][0] <= outer[SDO.validThrough][1], concept
