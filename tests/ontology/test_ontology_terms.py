"""The ontology: every term is labelled, defined and placed, and nothing uses a term that does not exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef

ROOT = Path(__file__).parents[2]
ONTOLOGY = ROOT / "ontology"
DIPL = Namespace("https://w3id.org/diplomatic-records/ontology#")
IRI = URIRef("https://w3id.org/diplomatic-records/ontology")
SDO = Namespace("https://schema.org/")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDFS.Datatype)


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY / "diplomatic-records.ttl")


def own_terms(graph: Graph) -> list[URIRef]:
    return sorted({s for s in graph.subjects() if isinstance(s, URIRef) and s.startswith(DIPL)})


def test_header_says_version_licence_and_prefix(ontology: Graph) -> None:
    """The ontology states its version, licence, creator, title and preferred prefix."""
    vann = Namespace("http://purl.org/vocab/vann/")
    dcterms = Namespace("http://purl.org/dc/terms/")
    assert (IRI, RDF.type, OWL.Ontology) in ontology
    for predicate in (
        OWL.versionIRI,
        OWL.versionInfo,
        dcterms.license,
        dcterms.creator,
        dcterms.title,
        dcterms.description,
    ):
        assert ontology.value(IRI, predicate), predicate
    assert ontology.value(IRI, vann.preferredNamespacePrefix) == Literal("dipl")
    assert ontology.value(IRI, vann.preferredNamespaceUri) == Literal(str(DIPL))


def test_every_term_is_labelled_defined_and_placed(ontology: Graph) -> None:
    """Every term has exactly one kind, one English label and one definition, and says who defines it."""
    for term in own_terms(ontology):
        kinds = [k for k in ontology.objects(term, RDF.type) if k in KINDS]
        labels = list(ontology.objects(term, RDFS.label))
        definitions = list(ontology.objects(term, SKOS.definition))
        assert len(kinds) == 1, term
        assert len(labels) == 1 and Literal(labels[0], lang="en") == labels[0], term
        assert len(definitions) == 1 and Literal(definitions[0], lang="en") == definitions[0], term
        assert str(definitions[0]).endswith("."), term
        assert ontology.value(term, RDFS.isDefinedBy) == IRI, term


def test_labels_are_unique(ontology: Graph) -> None:
    """No two classes, and no two properties, bear the same label."""
    for group in ((OWL.Class,), (OWL.ObjectProperty, OWL.DatatypeProperty)):
        names = [t for k in group for t in ontology.subjects(RDF.type, k) if str(t).startswith(DIPL)]
        labels: dict[str, object] = {}
        for term in names:
            label = str(ontology.value(term, RDFS.label))
            if term in (DIPL.pageBreak, DIPL.PageBreak):
                continue
            assert label not in labels, (label, term, labels.get(label))
            labels[label] = term


def test_every_property_has_domain_and_range(ontology: Graph) -> None:
    """Every property says on what it stands and what its values are, in keeping with its kind."""
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in ontology.subjects(RDF.type, kind):
            if not str(term).startswith(DIPL):
                continue
            assert len(list(ontology.objects(term, RDFS.domain))) == 1, term
            ranges = list(ontology.objects(term, RDFS.range))
            assert len(ranges) == 1, term
            literal = str(ranges[0]).startswith("http://www.w3.org/2001/XMLSchema#") or ranges[0] in (
                RDFS.Literal,
                RDF.langString,
            )
            assert literal == (kind == OWL.DatatypeProperty), term


def test_included_ranges_of_dates_are_datatypes(ontology: Graph) -> None:
    """A property whose range is any literal names the datatypes that are meant."""
    for term in ontology.subjects(RDFS.range, RDFS.Literal):
        assert list(ontology.objects(term, SDO.rangeIncludes)), term


@pytest.mark.parametrize("path", sorted(ONTOLOGY.rglob("*.ttl")), ids=lambda p: p.stem)
def test_no_file_has_blank_nodes(path: Path) -> None:
    """No file of the ontology has a blank node, since releases have none."""
    graph = Graph().parse(path)
    assert len(graph) > 0
    assert not [t for t in graph if any(isinstance(node, BNode) for node in t)]


def test_alignments_speak_only_of_defined_terms(ontology: Graph) -> None:
    """An alignment names no term of ours that the ontology does not define."""
    terms = set(own_terms(ontology))
    for path in sorted((ONTOLOGY / "alignments").glob("*.ttl")):
        for triple in Graph().parse(path):
            for node in triple:
                if str(node).startswith(DIPL):
                    assert node in terms, (path.name, node)


def test_no_literal_property_stands_under_an_object_property(ontology: Graph) -> None:
    """A property and its superproperty are of the same kind."""
    for child, parent in ontology.subject_objects(RDFS.subPropertyOf):
        assert (parent, RDF.type, ontology.value(child, RDF.type)) in ontology, (child, parent)


@pytest.mark.parametrize("folder", ["ontology", "shapes", "mappings"])
def test_every_own_term_in_use_is_defined(ontology: Graph, folder: str) -> None:
    """Every dipl: term that a file of the project uses is defined in the ontology."""
    terms = {str(t)[len(DIPL) :] for t in own_terms(ontology)}
    for path in sorted((ROOT / folder).rglob("*")):
        if path.suffix in {".ttl", ".yml", ".yaml"}:
            text = path.read_text(encoding="utf-8")
            used = set(re.findall(r"(?<![\w:/])dipl:([A-Za-z]\w*)", text)) | set(
                re.findall(re.escape(DIPL) + r"(\w+)", text)
            )
            assert used <= terms, (path.name, sorted(used - terms))
