"""A reasoner (OWL 2 RL) finds ontology, alignments, RiC-O and data consistent, and no class empty by definition."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import owlrl
import pytest
from rdflib import OWL, RDF, RDFS, Dataset, Graph, URIRef

ROOT = Path(__file__).parents[2]
ONTOLOGY = ROOT / "ontology"
DIPL = "https://w3id.org/diplomatic-records/ontology#"
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
#: What is said for people only has no bearing on consistency, and takes most of the time.
FOR_PEOPLE = (
    "http://www.w3.org/2004/02/skos/core#", "http://purl.org/", "https://schema.org/", "http://creativecommons.org/",
)  # fmt: skip


@cache
def theory(shared: Path) -> frozenset[tuple[object, object, object]]:
    graph = Graph().parse(shared / "vocab" / "RiC-O_1-1.rdf", format="xml")
    for path in (ONTOLOGY / "diplomatic-records.ttl", *sorted((ONTOLOGY / "alignments").glob("*.ttl"))):
        graph.parse(path)
    annotations = {RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy}
    return frozenset(t for t in graph if t[1] not in annotations and not str(t[1]).startswith(FOR_PEOPLE))


def contradictions(shared: Path, data: Iterable[tuple[object, object, object]]) -> list[str]:
    """What the reasoner finds wrong with the theory and these data together."""
    graph = Graph()
    for triple in (*theory(shared), *data):
        graph.add(triple)  # type: ignore[arg-type]
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(graph)
    return sorted(str(message) for message in graph.objects(None, ERROR))


def classes() -> list[URIRef]:
    graph = Graph().parse(ONTOLOGY / "diplomatic-records.ttl")
    return sorted(c for c in graph.subjects(RDF.type, OWL.Class) if isinstance(c, URIRef) and c.startswith(DIPL))


def test_every_class_can_have_a_member(shared: Path) -> None:
    """One member of each class of ours contradicts nothing."""
    members = [(URIRef(f"https://example.org/{n}"), RDF.type, c) for n, c in enumerate(classes())]
    assert len(members) > 10
    assert contradictions(shared, members) == []


def test_the_reasoner_sees_a_contradiction(shared: Path) -> None:
    """A telegram that signs is found: who signs is a person, and persons are no documents."""
    telegram, signs = URIRef("https://example.org/x"), URIRef(f"{DIPL}signedBy")
    assert contradictions(shared, [(telegram, RDF.type, URIRef(f"{DIPL}Telegram")), (telegram, signs, telegram)])


@pytest.mark.parametrize("graphs", [("usun-1862",), pytest.param(None, marks=pytest.mark.full)])
def test_the_sample_is_consistent(shared: Path, graphs: tuple[str, ...] | None) -> None:
    """What the sample's release says, the seed's telegram in the short form of this test, contradicts nothing."""
    release = Dataset()
    release.parse(next((ROOT / "output" / "dumps").glob("*.nq")), format="nquads")
    data = {(s, p, o) for s, p, o, g in release.quads() if graphs is None or str(g).endswith(graphs)}
    assert len(data) > 300
    assert contradictions(shared, data) == []
