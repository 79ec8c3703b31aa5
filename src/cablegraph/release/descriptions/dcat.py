"""``dataset.ttl``: the release described in DCAT 3 and VoID, with measures of its quality."""

from __future__ import annotations

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, RDFS, XSD

from cablegraph.release.descriptions.facts import (
    ADMS,
    DCAT,
    SD,
    SPDX,
    VCARD,
    VOID,
    Facts,
    date_of,
    new_graph,
    write_turtle,
)
from cablegraph.release.descriptions.quality import add_measurements
from cablegraph.release.descriptions.void import add_void
from cablegraph.release.dumps import Dump

_MEDIA = "https://www.iana.org/assignments/media-types/"
_LANGUAGES = "http://id.loc.gov/vocabulary/iso639-1/"
_SPARQL = URIRef("https://www.w3.org/TR/sparql11-protocol/")
_LDES = URIRef("https://w3id.org/ldes/specification")
_RESOURCESYNC = URIRef("http://www.openarchives.org/rs/1.1/resourcesync")


def describe_dataset(facts: Facts) -> str:
    """Write the description as Turtle, the same for the same release; no blank nodes."""
    about = facts.publication
    graph = new_graph(dcat=DCAT, void=VOID, adms=ADMS, sd=SD, spdx=SPDX, vcard=VCARD, dcterms=DCTERMS, foaf=FOAF)
    dataset = facts.dataset
    add_dataset(graph, facts, URIRef(about.licence))
    graph.add((dataset, DCAT.landingPage, facts.address("")))
    language = about.language.partition("-")[0].lower()
    if len(language) == 2:
        graph.add((dataset, DCTERMS.language, URIRef(_LANGUAGES + language)))
    for dump in facts.dumps:
        add_distribution(graph, facts, dataset, dump, URIRef(about.licence), _MEDIA)
    if about.catalogue.endpoint:
        _add_service(graph, dataset, "service", "SPARQL", _SPARQL, URIRef(about.catalogue.endpoint))
    if "ldes" in about.feeds:
        _add_service(graph, dataset, "ldes", "Linked Data Event Stream", _LDES, facts.address("feeds/ldes/index.trig"))
    if "resourcesync" in about.feeds:
        place = facts.address(".well-known/resourcesync")
        _add_service(graph, dataset, "resourcesync", "ResourceSync", _RESOURCESYNC, place)
    _add_previous(graph, facts)
    add_void(graph, facts)
    add_measurements(graph, dataset, facts.measures)
    return write_turtle(graph)


def add_dataset(graph: Graph, facts: Facts, licence: URIRef) -> None:
    """Add what every profile of DCAT says of a data set in the same way: titles, agents, dates, version, keywords, period."""
    about, dataset = facts.publication, facts.dataset
    language = about.language
    graph.add((dataset, RDF.type, DCAT.Dataset))
    graph.add((dataset, DCTERMS.title, Literal(about.title, lang=language)))
    graph.add((dataset, DCTERMS.description, Literal(about.description, lang=language)))
    graph.add((dataset, DCTERMS.license, licence))
    graph.add((dataset, DCTERMS.publisher, facts.publisher))
    graph.add((dataset, DCTERMS.issued, facts.date))
    graph.add((dataset, DCTERMS.bibliographicCitation, Literal(facts.citation)))
    graph.add((dataset, DCAT.version, Literal(about.version)))
    graph.add((dataset, DCTERMS.identifier, Literal(str(dataset))))
    if about.catalogue.doi:
        graph.add((dataset, DCTERMS.identifier, Literal(f"https://doi.org/{about.catalogue.doi}")))
    if facts.version_notes:
        graph.add((dataset, ADMS.versionNotes, Literal(facts.version_notes, lang="en")))
    for word in about.catalogue.keywords:
        graph.add((dataset, DCAT.keyword, Literal(word, lang=language)))
    graph.add((facts.publisher, RDF.type, FOAF.Agent))
    graph.add((facts.publisher, FOAF.name, Literal(about.publisher.name)))
    for node, creator in facts.creators:
        graph.add((dataset, DCTERMS.creator, node))
        graph.add((node, RDF.type, FOAF.Agent))
        graph.add((node, FOAF.name, Literal(creator.name)))
    if about.publisher.email:
        contact = URIRef(f"{about.base}contact")
        graph.add((dataset, DCAT.contactPoint, contact))
        graph.add((contact, RDF.type, VCARD.Kind))
        graph.add((contact, VCARD.fn, Literal(about.publisher.name)))
        graph.add((contact, VCARD.hasEmail, URIRef(f"mailto:{about.publisher.email}")))
    if facts.counts.period:
        period = URIRef(f"{dataset}#period")
        graph.add((dataset, DCTERMS.temporal, period))
        graph.add((period, RDF.type, DCTERMS.PeriodOfTime))
        graph.add((period, DCAT.startDate, date_of(facts.counts.period[0])))
        graph.add((period, DCAT.endDate, date_of(facts.counts.period[1])))


def add_distribution(
    graph: Graph, facts: Facts, dataset: URIRef, dump: Dump, licence: URIRef, media_types: str
) -> URIRef:
    """Add a file as a distribution of a data set; ``media_types`` begins the IRIs of media types. Returns its IRI."""
    address = facts.address(dump.path)
    checksum, distribution = URIRef(f"{address}#sha256"), URIRef(f"{address}#distribution")
    graph.add((dataset, DCAT.distribution, distribution))
    graph.add((distribution, RDF.type, DCAT.Distribution))
    graph.add((distribution, DCTERMS.title, Literal(dump.path.rsplit("/", 1)[-1])))
    graph.add((distribution, DCAT.accessURL, address))
    graph.add((distribution, DCAT.downloadURL, address))
    graph.add((distribution, DCAT.mediaType, URIRef(media_types + dump.media_type)))
    if compression := dump.compression:
        graph.add((distribution, DCAT.compressFormat, URIRef(f"{media_types}application/{compression}")))
    graph.add((distribution, DCAT.byteSize, Literal(dump.size, datatype=XSD.nonNegativeInteger)))
    graph.add((distribution, DCTERMS.license, licence))
    graph.add((distribution, SPDX.checksum, checksum))
    graph.add((checksum, RDF.type, SPDX.Checksum))
    graph.add((checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
    graph.add((checksum, SPDX.checksumValue, Literal(dump.sha256, datatype=XSD.hexBinary)))
    graph.add((address, RDFS.label, Literal(dump.path)))
    return distribution


def _add_service(graph: Graph, dataset: URIRef, name: str, title: str, standard: URIRef, place: URIRef) -> None:
    """What serves the data set by a protocol, at a place."""
    service = URIRef(f"{dataset}#{name}")
    graph.add((service, RDF.type, DCAT.DataService))
    graph.add((service, DCTERMS.title, Literal(title)))
    graph.add((service, DCTERMS.conformsTo, standard))
    graph.add((service, DCAT.endpointURL, place))
    graph.add((service, DCAT.servesDataset, dataset))


def _add_previous(graph: Graph, facts: Facts) -> None:
    """The release before: it is told by version and date only, since its files are not here."""
    if not facts.history.previous:
        return
    version, issued = facts.history.previous["version"], facts.history.previous["issued"]
    previous = URIRef(f"{facts.dataset}#version-{version}")
    graph.add((facts.dataset, DCAT.previousVersion, previous))
    graph.add((previous, RDF.type, DCAT.Resource))
    graph.add((previous, DCTERMS.title, Literal(facts.publication.title, lang=facts.publication.language)))
    graph.add((previous, DCAT.version, Literal(version)))
    graph.add((previous, DCTERMS.issued, date_of(issued)))
