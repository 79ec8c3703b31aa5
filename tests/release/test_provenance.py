"""provenance.ttl tells how a release came to be: from what, by which stages and plans, and what each stage counted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from published import sha256
from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef

from cablegraph import folders
from cablegraph.release.provenance import describe_provenance
from registers import BASE

PROV = Namespace("http://www.w3.org/ns/prov#")
PAV = Namespace("http://purl.org/pav/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
DQV = Namespace("http://www.w3.org/ns/dqv#")
SCHEMA = Namespace("https://schema.org/")


def node(name: str) -> URIRef:
    return URIRef(f"{BASE}dataset#{name}")


@pytest.fixture(scope="module")
def released(good: Path) -> tuple[Path, Graph, dict[str, Any]]:
    """The release, its provenance and its manifest."""
    return (
        good,
        Graph().parse(good / "provenance.ttl"),
        json.loads((good / "manifest.json").read_text(encoding="utf-8")),
    )


def checksum(graph: Graph, of: URIRef) -> str:
    value = graph.value(graph.value(of, SPDX.checksum), SPDX.checksumValue)
    assert isinstance(value, Literal)
    return str(value).lower()


def count(graph: Graph, key: str) -> int:
    value = graph.value(node(f"count-{key}"), DQV.value)
    assert isinstance(value, Literal)
    return int(value)


def test_the_stages_lead_from_the_sources_to_the_release(released: tuple[Path, Graph, dict[str, Any]]) -> None:
    """Backwards from the release, by what was generated and used, one comes to the source."""
    _, graph, manifest = released
    reached, todo = set(), [node("version-2.0.0")]
    while todo:
        entity = todo.pop()
        reached.add(entity)
        used = {
            each for stage in graph.objects(entity, PROV.wasGeneratedBy) for each in graph.objects(stage, PROV.used)
        }
        todo += [each for each in used if isinstance(each, URIRef) and each not in reached]
    assert URIRef(f"{BASE}source/telegrams") in reached
    for stage in ("read", "link", "map", "check", "release"):
        association = graph.value(node(f"stage-{stage}"), PROV.qualifiedAssociation)
        agent, plan = graph.value(association, PROV.agent), graph.value(association, PROV.hadPlan)
        assert str(graph.value(agent, SCHEMA.softwareVersion)) == manifest["cablegraph"]
        assert (plan, RDF.type, PROV.Plan) in graph


def test_sources_plans_and_dumps_bear_their_hashes(released: tuple[Path, Graph, dict[str, Any]]) -> None:
    release, graph, _ = released
    assert checksum(graph, URIRef(f"{BASE}source/telegrams")) == sha256(release.parent / "telegrams.csv")
    assert checksum(graph, node("shapes-shapes.ttl")) == sha256(release.parent / "shapes.ttl")
    assert checksum(graph, node("mappings-instantiations.yml")) == sha256(folders.MAPPINGS / "instantiations.yml")
    assert checksum(graph, URIRef(f"{BASE}dumps/test.nq")) == sha256(release / "dumps" / "test.nq")
    assert checksum(graph, node("quads")) == sha256(release / "dumps" / "test.nq")


def test_the_counts_are_those_of_the_manifest(released: tuple[Path, Graph, dict[str, Any]]) -> None:
    _, graph, manifest = released
    assert [count(graph, key) for key in ("documents", "records", "quarantined", "complaints-violation")] == [
        4,
        4,
        1,
        1,
    ]
    for key in ("merged", "withheld", "stubs", "quads", "triples"):
        assert count(graph, key) == manifest["counts"][key]


def test_the_release_is_a_revision_of_the_one_before(released: tuple[Path, Graph, dict[str, Any]]) -> None:
    _, graph, _ = released
    assert set(graph.objects(node("version-2.0.0"), PROV.wasRevisionOf)) == {node("version-1.0.0")}
    assert str(graph.value(node("version-1.0.0"), PAV.version)) == "1.0.0"


def test_there_are_no_blank_nodes_and_what_is_held_back_is_not_named(
    released: tuple[Path, Graph, dict[str, Any]],
) -> None:
    release, graph, manifest = released
    assert not any(isinstance(term, BNode) for triple in graph for term in triple)
    [key] = manifest["quarantined"]
    assert key not in (release / "provenance.ttl").read_text(encoding="utf-8")


def test_the_same_manifest_gives_the_same_bytes(released: tuple[Path, Graph, dict[str, Any]]) -> None:
    """It follows from the manifest alone, which the release has."""
    release, _, _ = released
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    assert describe_provenance(manifest) == (release / "provenance.ttl").read_text(encoding="utf-8")
