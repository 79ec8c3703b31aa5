"""Every term of another vocabulary that the project uses exists in that vocabulary as published."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from rdflib import DC, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, VANN, XSD, Graph, URIRef
from rdflib.namespace import DefinedNamespace

ROOT = Path(__file__).parents[2]
PUBLISHED = {
    "rico": ("https://www.ica.org/standards/RiC/ontology#", "RiC-O_1-1.rdf", "xml"),
    "dcat": ("http://www.w3.org/ns/dcat#", "dcat3.ttl", "turtle"),
    "oa": ("http://www.w3.org/ns/oa#", "oa.ttl", "turtle"),
    "premis": ("http://www.loc.gov/premis/rdf/v3/", "premis3.owl", "xml"),
    "void": ("http://rdfs.org/ns/void#", "void.ttl", "turtle"),
}
CLOSED: list[type[DefinedNamespace]] = [DC, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SH, SKOS, VANN, XSD]
#: Terms that no file here and no namespace of rdflib lists, as their publishers do.
LISTED: dict[str, tuple[str, set[str]]] = {
    # WGS84 Geo Positioning, W3C Semantic Web Interest Group, 2003
    "geo": ("http://www.w3.org/2003/01/geo/wgs84_pos#", {"lat", "long", "SpatialThing"}),
    # Activity Vocabulary, W3C Recommendation, 23 May 2017
    "as": ("https://www.w3.org/ns/activitystreams#", {"Tombstone", "formerType"}),
    # Provenance, Authoring and Versioning 2.3
    "pav": ("http://purl.org/pav/", {"createdWith", "version"}),
    # SPDX Specification 2.3, RDF terms; the algorithms are its individuals
    "spdx": (
        "http://spdx.org/rdf/terms#",
        {"Checksum", "ChecksumAlgorithm", "checksum", "algorithm", "checksumValue", "checksumAlgorithm_sha256"},
    ),
    # Asset Description Metadata Schema, W3C Working Group Note, 1 August 2013, with what DCAT 3 takes from it
    "adms": ("http://www.w3.org/ns/adms#", {"versionNotes"}),
    # SPARQL 1.1 Service Description, W3C Recommendation, 21 March 2013
    "sd": (
        "http://www.w3.org/ns/sparql-service-description#",
        {
            "Dataset", "Graph", "NamedGraph", "SPARQL11Query", "Service", "UnionDefaultGraph", "defaultDataset", "defaultGraph",
            "endpoint", "feature", "name", "namedGraph", "supportedLanguage",
        },
    ),
    # Open Archives Initiative Object Reuse and Exchange, Vocabulary, 17 October 2008
    "ore": ("http://www.openarchives.org/ore/terms/", {"Aggregation"}),
    # Data Quality Vocabulary, W3C Working Group Note, 15 December 2016, and its dimensions after ISO/IEC 25012
    "dqv": (
        "http://www.w3.org/ns/dqv#",
        {
            "Metric", "QualityMeasurement", "computedOn", "expectedDataType", "hasQualityMeasurement", "inDimension",
            "isMeasurementOf", "value",
        },
    ),
    "ldqd": ("http://www.w3.org/2016/05/ldqd#", {"completeness"}),
    # vCard Ontology, W3C Interest Group Note, 22 May 2014
    "vcard": ("http://www.w3.org/2006/vcard/ns#", {"Kind", "Organization", "fn", "hasEmail"}),
    # CIDOC CRM, version 7.1.3 (February 2024), RDFS encoding
    "crm": (
        "http://www.cidoc-crm.org/cidoc-crm/",
        {
            "E5_Event", "E13_Attribute_Assignment", "E21_Person", "E29_Design_or_Procedure", "E33_Linguistic_Object",
            "E37_Mark", "E39_Actor", "E42_Identifier", "E52_Time-Span", "E53_Place", "E73_Information_Object", "E74_Group",
            "P1_is_identified_by", "P2_has_type", "P3_has_note", "P12i_was_present_at", "P65_shows_visual_item",
            "P67_refers_to", "P106_is_composed_of", "P128i_is_carried_by", "P140i_was_attributed_by", "P141_assigned",
            "P177_assigned_property_of_type", "P190_has_symbolic_content",
        },
    ),
    # Definition of the Europeana Data Model, version 5.2.8 (October 2017)
    "edm": (
        "http://www.europeana.eu/schemas/edm/",
        {
            "Agent", "Event", "Place", "ProvidedCHO", "TimeSpan", "WebResource", "hasMet", "hasType", "isRelatedTo",
            "isRepresentationOf", "wasPresentAt", "aggregatedCHO", "begin", "dataProvider", "end", "isShownAt", "provider", "rights",
            "type",
        },
    ),
}  # fmt: skip
#: What may stand in our files beside terms: things, not vocabularies.
THINGS = re.compile(
    r"https://w3id\.org/diplomatic-records/|https?://creativecommons\.org/|https://crisis\.example/|http://www\.w3\.org/ns/(formats|prov-o)"
    r"|https://history\.state\.gov/|https?://www\.iana\.org/|http://id\.loc\.gov/vocabulary/|http://publications\.europa\.eu/|mailto:|http://viaf\.org/|urn:cablegraph:|http://www\.openarchives\.org/rs/|https://w3id\.org/ldes/specification$|https://www\.ica\.org/standards/RiC/ontology$"
)
GONE = "https://www.ica.org/standards/RiC/ontology#"
RDF_FILES = {".ttl": "turtle", ".nt": "nt", ".jsonld": "json-ld"}
FOLDERS = ("ontology", "shapes", "output", "mappings", "src")


@cache
def used(folder: str) -> frozenset[tuple[str, str]]:
    """The IRIs that the files of a folder use, each with the name of the file."""
    found: set[tuple[str, str]] = set()
    for path in sorted((ROOT / folder).rglob("*")):
        if path.suffix in RDF_FILES:
            graph = Graph().parse(path, format=RDF_FILES[path.suffix])
            found |= {(str(n), path.name) for t in graph for n in t if isinstance(n, URIRef)}
        elif path.suffix in {".yml", ".yaml", ".py"}:
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
    if folder == "shapes":  # a shape finds what is left of these older classes
        assert not {GONE + name for name in ("SingleDate", "DateRange")} & terms
        wrong = [(i, f) for i, f in wrong if i not in {GONE + "SingleDate", GONE + "DateRange"}]
    assert not wrong, sorted(wrong)


@pytest.mark.parametrize("folder", FOLDERS[:3])
@pytest.mark.parametrize("namespace", CLOSED, ids=lambda n: n.__name__)
def test_terms_exist_in_rdflib_closed_namespaces(namespace: type[DefinedNamespace], folder: str) -> None:
    """Every term of PROV, SKOS, Dublin Core and the like in use is one that rdflib knows."""
    base = str(namespace._NS)  # the only place where rdflib keeps the namespace's address
    wrong = [(i, f) for i, f in used(folder) if i.startswith(base) and i[len(base) :] and URIRef(i) not in namespace]
    assert not wrong, sorted(wrong)


def test_schema_org_terms_exist() -> None:
    """Every schema.org term in use is one that rdflib knows, or one of the two that describe properties."""
    describing = {"https://schema.org/domainIncludes", "https://schema.org/rangeIncludes"}
    for folder in FOLDERS[:3]:
        for iri, name in used(folder):
            if iri.startswith("https://schema.org/") and iri not in describing | {"https://schema.org/"}:
                assert URIRef(iri) in SDO, (iri, name)


def test_own_dcat_terms_are_of_version_3(shared: Path) -> None:
    """The published DCAT that terms are held against is version 3."""
    assert "http://www.w3.org/ns/dcat#DatasetSeries" in published(shared, "dcat")


def test_superterms_have_a_fitting_kind(shared: Path) -> None:
    """A subclass of a RiC-O class names a class, and a property under one of RiC-O is of its kind."""
    own_kinds = Graph().parse(ROOT / "ontology" / "diplomatic-records.ttl")
    namespace, rico = PUBLISHED["rico"][0], graph_of(shared, "rico")
    for path in [
        ROOT / "ontology" / "diplomatic-records.ttl",
        *sorted((ROOT / "ontology" / "alignments").glob("*.ttl")),
    ]:
        graph = Graph().parse(path)
        for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
            for own, term in graph.subject_objects(predicate):
                if str(term).startswith(namespace):
                    (kind,) = set(own_kinds.objects(own, RDF.type)) & {
                        OWL.Class,
                        OWL.ObjectProperty,
                        OWL.DatatypeProperty,
                    }
                    assert (term, RDF.type, kind) in rico, (path.name, term)


@pytest.mark.parametrize("folder", FOLDERS[:3])
def test_terms_of_other_vocabularies_stand_in_the_list(folder: str) -> None:
    """Every term of a vocabulary that is neither stored nor known to rdflib is in the list, which names its source."""
    for iri, name in used(folder):
        for namespace, terms in LISTED.values():
            if iri.startswith(namespace):
                assert iri[len(namespace) :] in terms | {""}, (iri, name)


@pytest.mark.parametrize("folder", FOLDERS[:3])
def test_no_vocabulary_is_used_that_is_not_held(folder: str) -> None:
    """Every IRI is of a vocabulary that one of these tests holds, or names a thing."""
    held = [namespace for namespace, *_ in (*PUBLISHED.values(), *LISTED.values())]
    held += [str(namespace._NS) for namespace in CLOSED] + ["https://schema.org/"]
    strange = {iri for iri, _ in used(folder) if not iri.startswith(tuple(held)) and not THINGS.match(iri)}
    assert not strange, sorted(strange)
