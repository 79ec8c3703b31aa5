"""``dataset.ttl``: the release described in DCAT 3 and VoID, so that portals and crawlers can take it up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, RDFS, XSD

from cablegraph.measures import Measure
from cablegraph.publication import Publication
from cablegraph.relations import Connection
from cablegraph.release.dumps import Dump
from cablegraph.release.quality import add_measurements

# rdflib's own DCAT namespace is older than DCAT 3.
DCAT = Namespace("http://www.w3.org/ns/dcat#")
VOID = Namespace("http://rdfs.org/ns/void#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_MEDIA = "https://www.iana.org/assignments/media-types/"
_VOCABULARIES = (
    "https://w3id.org/diplomatic-records/ontology#",
    "https://www.ica.org/standards/RiC/ontology#",
    "http://www.w3.org/ns/prov#",
    "http://www.w3.org/2004/02/skos/core#",
)


@dataclass(frozen=True)
class Counts:
    """VoID counts over the union of all graphs: distinct triples, subjects and objects, and partitions."""

    triples: int
    subjects: int
    objects: int
    properties: Mapping[str, int]
    classes: Mapping[str, int]


def count(db: Connection) -> Counts:
    """Count the table ``quads``."""
    union = "(SELECT s, p, o FROM quads WHERE NOT again)"
    row = db.execute(f"SELECT count(*), count(DISTINCT s), count(DISTINCT o) FROM {union}").fetchone()
    triples, subjects, objects = row or (0, 0, 0)
    properties = db.execute(f"SELECT p, count(*) FROM {union} GROUP BY p ORDER BY p").fetchall()
    classes = db.execute(f"SELECT o, count(*) FROM {union} WHERE p = '<{RDF.type}>' GROUP BY o ORDER BY o").fetchall()
    return Counts(
        triples, subjects, objects, {p[1:-1]: n for p, n in properties}, {c[1:-1]: n for c, n in classes if c[0] == "<"}
    )


def describe_dataset(
    publication: Publication, issued: str, counts: Counts, dumps: Iterable[Dump], measures: Iterable[Measure]
) -> str:
    """Write the description as Turtle, the same for the same release; no blank nodes."""
    base, graph = publication.base, Graph()
    for prefix, namespace in (
        ("dcat", DCAT),
        ("void", VOID),
        ("spdx", SPDX),
        ("vcard", VCARD),
        ("dcterms", DCTERMS),
        ("foaf", FOAF),
    ):
        graph.bind(prefix, namespace)
    dataset, licence = URIRef(f"{base}dataset"), URIRef(publication.licence)
    publisher = URIRef(publication.publisher.iri or f"{base}publisher")
    language = publication.language
    graph.add((dataset, RDF.type, DCAT.Dataset))
    graph.add((dataset, RDF.type, VOID.Dataset))
    graph.add((dataset, DCTERMS.title, Literal(publication.title, lang=language)))
    graph.add((dataset, DCTERMS.description, Literal(publication.description, lang=language)))
    graph.add((dataset, DCTERMS.license, licence))
    graph.add((dataset, DCTERMS.publisher, publisher))
    graph.add((dataset, DCTERMS.issued, Literal(issued, datatype=_date_type(issued))))
    graph.add((dataset, DCAT.version, Literal(publication.version)))
    graph.add((publisher, RDF.type, FOAF.Agent))
    graph.add((publisher, FOAF.name, Literal(publication.publisher.name)))
    if publication.publisher.email:
        contact = URIRef(f"{base}contact")
        graph.add((dataset, DCAT.contactPoint, contact))
        graph.add((contact, RDF.type, VCARD.Kind))
        graph.add((contact, VCARD.fn, Literal(publication.publisher.name)))
        graph.add((contact, VCARD.hasEmail, URIRef(f"mailto:{publication.publisher.email}")))
    graph.add((dataset, VOID.uriSpace, Literal(base)))
    for vocabulary in _VOCABULARIES:
        graph.add((dataset, VOID.vocabulary, URIRef(vocabulary)))
    _add_counts(graph, dataset, counts)
    add_measurements(graph, dataset, measures)
    for dump in dumps:
        _add_distribution(graph, dataset, licence, base, dump)
    return graph.serialize(format="turtle")


def _date_type(issued: str) -> URIRef:
    return {4: XSD.gYear, 7: XSD.gYearMonth}.get(len(issued), XSD.date)


def _add_counts(graph: Graph, dataset: URIRef, counts: Counts) -> None:
    graph.add((dataset, VOID.triples, Literal(counts.triples)))
    graph.add((dataset, VOID.distinctSubjects, Literal(counts.subjects)))
    graph.add((dataset, VOID.distinctObjects, Literal(counts.objects)))
    graph.add((dataset, VOID.properties, Literal(len(counts.properties))))
    graph.add((dataset, VOID.classes, Literal(len(counts.classes))))
    for number, (iri, triples) in enumerate(counts.properties.items(), 1):
        partition = URIRef(f"{dataset}#property-{number}")
        graph.add((dataset, VOID.propertyPartition, partition))
        graph.add((partition, VOID.property, URIRef(iri)))
        graph.add((partition, VOID.triples, Literal(triples)))
    for number, (iri, entities) in enumerate(counts.classes.items(), 1):
        partition = URIRef(f"{dataset}#class-{number}")
        graph.add((dataset, VOID.classPartition, partition))
        graph.add((partition, VOID["class"], URIRef(iri)))
        graph.add((partition, VOID.entities, Literal(entities)))


def _add_distribution(graph: Graph, dataset: URIRef, licence: URIRef, base: str, dump: Dump) -> None:
    address, checksum = URIRef(f"{base}{dump.path}"), URIRef(f"{base}{dump.path}#sha256")
    distribution = URIRef(f"{base}{dump.path}#distribution")
    graph.add((dataset, DCAT.distribution, distribution))
    graph.add((dataset, VOID.dataDump, address))
    graph.add((distribution, RDF.type, DCAT.Distribution))
    graph.add((distribution, DCTERMS.title, Literal(dump.path.rsplit("/", 1)[-1])))
    graph.add((distribution, DCAT.accessURL, address))
    graph.add((distribution, DCAT.downloadURL, address))
    graph.add((distribution, DCAT.mediaType, URIRef(_MEDIA + dump.media_type)))
    if dump.compression:
        graph.add((distribution, DCAT.compressFormat, URIRef(f"{_MEDIA}application/{dump.compression}")))
    graph.add((distribution, DCAT.byteSize, Literal(dump.size, datatype=XSD.nonNegativeInteger)))
    graph.add((distribution, DCTERMS.license, licence))
    graph.add((distribution, SPDX.checksum, checksum))
    graph.add((checksum, RDF.type, SPDX.Checksum))
    graph.add((checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
    graph.add((checksum, SPDX.checksumValue, Literal(dump.sha256, datatype=XSD.hexBinary)))
    graph.add((address, RDFS.label, Literal(dump.path)))
