"""Every term of another vocabulary that the project uses exists in that vocabulary as published."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from rdflib import DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, VANN, XSD, Graph, URIRef
from rdflib.namespace import DefinedNamespace

ROOT = Path(__file__).parents[2]
PUBLISHED = {
    "rico": ("https://www.ica.org/standards/RiC/ontology#", "RiC-O_1-1.rdf", "xml"),
    "dcat": ("http://www.w3.org/ns/dcat#", "dcat3.ttl", "turtle"),
    "oa": ("http://www.w3.org/ns/oa#", "oa.ttl", "turtle"),
    "premis": ("http://www.loc.gov/premis/rdf/v3/", "premis3.owl", "xml"),
    "void": ("http://rdfs.org/ns/void#", "void.ttl", "turtle"),
}
CLOSED: list[type[DefinedNamespace]] = [DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SH, SKOS, VANN, XSD]
FOLDERS = ("ontology", "shapes", "mappings")


@cache
def used(folder: str) -> frozenset[tuple[str, str]]:
    """The IRIs that the files of a folder use, each with the name of the file."""
    found: set[tuple[str, str]] = set()
    for path in sorted((ROOT / folder).rglob("*")):
        if path.suffix == ".ttl":
            found |= {(str(n), path.name) for t in Graph().parse(path) for n in t if isinstance(n, URIRef)}
        elif path.suffix in {".yml", ".yaml"}:
            text = path.read_text(encoding="utf-8")
            for prefix, (namespace, _, _) in PUBLISHED.items():
                names = re.findall(rf"(?<![\w:/]){prefix}:([A-Za-z]\w*)", text)
                names += re.findall(re.escape(namespace) + r"([A-Za-z]\w*)", text)
                found |= {(namespace + name, path.name) for name in names}
    return frozenset(found)


@cache
def graph_of(shared: Path, prefix: str) -> Graph:
    """A vocabulary as published."""
    _, name, syntax = PUBLISHED[prefix]
    return Graph().parse(shared / "vocab" / name, format=syntax)


def published(shared: Path, prefix: str) -> frozenset[str]:
    """The terms that a vocabulary declares, as published."""
    namespace = PUBLISHED[prefix][0]
    declared = graph_of(shared, prefix).subjects(RDF.type)
    return frozenset(str(term) for term in declared if str(term).startswith(namespace))


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("prefix", sorted(PUBLISHED))
def test_terms_exist_in_the_published_vocabulary(shared: Path, prefix: str, folder: str) -> None:
    """Every term of RiC-O, DCAT, Web Annotation, PREMIS and VoID in use is declared there."""
    terms = published(shared, prefix)
    assert len(terms) > 20
    namespace = PUBLISHED[prefix][0]
    wrong = [(i, f) for i, f in used(folder) if i.startswith(namespace) and i != namespace and i not in terms]
    assert not wrong, sorted(wrong)


@pytest.mark.parametrize("folder", FOLDERS[:2])
@pytest.mark.parametrize("namespace", CLOSED, ids=lambda n: n.__name__)
def test_terms_exist_in_rdflib_closed_namespaces(namespace: type[DefinedNamespace], folder: str) -> None:
    """Every term of PROV, SKOS, Dublin Core and the like in use is one that rdflib knows."""
    base = str(namespace._NS)  # the only place where rdflib keeps the namespace's address
    wrong = [(i, f) for i, f in used(folder) if i.startswith(base) and i[len(base) :] and URIRef(i) not in namespace]
    assert not wrong, sorted(wrong)


def test_schema_org_terms_exist() -> None:
    """Every schema.org term in use is one that rdflib knows, or one of the two that describe properties."""
    describing = {"https://schema.org/domainIncludes", "https://schema.org/rangeIncludes"}
    for folder in FOLDERS[:2]:
        for iri, name in used(folder):
            if iri.startswith("https://schema.org/") and iri not in describing:
                assert URIRef(iri) in SDO, (iri, name)


def test_own_dcat_terms_are_of_version_3(shared: Path) -> None:
    """The published DCAT that terms are held against is version 3."""
    assert "http://www.w3.org/ns/dcat#DatasetSeries" in published(shared, "dcat")


def test_superterms_have_a_fitting_kind(shared: Path) -> None:
    """A subclass of a RiC-O class names a class, and a subproperty of a RiC-O property an object property."""
    namespace, rico = PUBLISHED["rico"][0], graph_of(shared, "rico")
    for path in [
        ROOT / "ontology" / "diplomatic-records.ttl",
        *sorted((ROOT / "ontology" / "alignments").glob("*.ttl")),
    ]:
        graph = Graph().parse(path)
        for predicate, kind in ((RDFS.subClassOf, OWL.Class), (RDFS.subPropertyOf, OWL.ObjectProperty)):
            for term in graph.objects(None, predicate):
                if str(term).startswith(namespace):
                    assert (term, RDF.type, kind) in rico, (path.name, term)
