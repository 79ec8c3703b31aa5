"""VoID: what is in the data, counted; and the SPARQL endpoint over it as the service description has it."""

from __future__ import annotations

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, RDFS

from cablegraph.release.descriptions.facts import SD, VOID, Facts, new_graph, write_turtle

_RESTRICTED = "Of this source only identifiers and links are published, since no licence is stated."


def describe_void(facts: Facts, path: str) -> str:
    """Write the VoID file that is served at ``path`` of the release, as Turtle."""
    graph = new_graph(void=VOID, dcterms=DCTERMS, foaf=FOAF, sd=SD)
    document, about = facts.address(path), facts.publication
    graph.add((document, RDF.type, VOID.DatasetDescription))
    graph.add((document, DCTERMS.title, Literal(f"{about.title}: description", lang=about.language)))
    graph.add((document, DCTERMS.creator, facts.publisher))
    graph.add((document, FOAF.primaryTopic, facts.dataset))
    graph.add((facts.dataset, DCTERMS.title, Literal(about.title, lang=about.language)))
    graph.add((facts.dataset, DCTERMS.description, Literal(about.description, lang=about.language)))
    graph.add((facts.dataset, DCTERMS.license, URIRef(about.licence)))
    graph.add((facts.dataset, DCTERMS.publisher, facts.publisher))
    graph.add((facts.dataset, DCTERMS.issued, facts.date))
    graph.add((facts.publisher, RDF.type, FOAF.Agent))
    graph.add((facts.publisher, FOAF.name, Literal(about.publisher.name)))
    add_void(graph, facts)
    return write_turtle(graph)


def add_void(graph: Graph, facts: Facts) -> None:
    """Add counts, partitions, linksets, named graphs, vocabularies, examples, dumps and the endpoint of the data set."""
    dataset, counts, about = facts.dataset, facts.counts, facts.publication
    graph.add((dataset, RDF.type, VOID.Dataset))
    graph.add((dataset, VOID.uriSpace, Literal(about.base)))
    graph.add((dataset, FOAF.homepage, facts.address("")))
    for dump in facts.dumps:
        graph.add((dataset, VOID.dataDump, facts.address(dump.path)))
    for vocabulary in counts.vocabularies:
        graph.add((dataset, VOID.vocabulary, URIRef(vocabulary)))
    for example in counts.examples:
        graph.add((dataset, VOID.exampleResource, URIRef(example)))
    if about.catalogue.endpoint:
        graph.add((dataset, VOID.sparqlEndpoint, URIRef(about.catalogue.endpoint)))
    _add_counts(graph, facts)
    _add_linksets(graph, facts)
    _add_graphs(graph, facts)


def describe_service(facts: Facts) -> str:
    """Write the description of the SPARQL endpoint (SPARQL 1.1 Service Description), as Turtle.

    Its default graph is the union of the named ones.
    """
    graph = new_graph(sd=SD, void=VOID, dcterms=DCTERMS)
    about = facts.publication
    endpoint = URIRef(about.catalogue.endpoint)
    service, dataset, union = (URIRef(f"{facts.dataset}#{name}") for name in ("service", "served", "union"))
    graph.add((service, RDF.type, SD.Service))
    graph.add((service, DCTERMS.title, Literal(f"{about.title}: SPARQL", lang=about.language)))
    graph.add((service, SD.endpoint, endpoint))
    graph.add((service, SD.supportedLanguage, SD.SPARQL11Query))
    graph.add((service, SD.feature, SD.UnionDefaultGraph))
    graph.add((service, SD.defaultDataset, dataset))
    graph.add((dataset, RDF.type, SD.Dataset))
    graph.add((dataset, SD.defaultGraph, union))
    graph.add((union, RDF.type, SD.Graph))
    graph.add((union, RDF.type, VOID.Dataset))
    graph.add((union, VOID.triples, Literal(facts.counts.triples)))
    for name in facts.counts.graphs:
        graph.add((dataset, SD.namedGraph, URIRef(name)))
    _add_graphs(graph, facts)
    return write_turtle(graph)


def _add_counts(graph: Graph, facts: Facts) -> None:
    dataset, counts = facts.dataset, facts.counts
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


def _add_linksets(graph: Graph, facts: Facts) -> None:
    """One linkset a predicate and target; the target is known by its namespace."""
    dataset, targets = facts.dataset, sorted({each.target for each in facts.counts.linksets})
    for number, link in enumerate(facts.counts.linksets, 1):
        linkset = URIRef(f"{dataset}#linkset-{number}")
        target = URIRef(f"{dataset}#target-{targets.index(link.target) + 1}")
        graph.add((dataset, VOID.subset, linkset))
        graph.add((linkset, RDF.type, VOID.Linkset))
        graph.add((linkset, VOID.linkPredicate, URIRef(link.predicate)))
        graph.add((linkset, VOID.subjectsTarget, dataset))
        graph.add((linkset, VOID.objectsTarget, target))
        graph.add((linkset, VOID.triples, Literal(link.triples)))
        graph.add((target, RDF.type, VOID.Dataset))
        graph.add((target, RDFS.label, Literal(link.target)))
        graph.add((target, VOID.uriSpace, Literal(link.target)))


def _add_graphs(graph: Graph, facts: Facts) -> None:
    """Each named graph with its triples and licence; a source without one says what is published of it."""
    about = facts.publication
    for iri, named in facts.counts.graphs.items():
        node = URIRef(iri)
        graph.add((facts.dataset, VOID.subset, node))
        graph.add((node, RDF.type, SD.NamedGraph))
        graph.add((node, RDF.type, VOID.Dataset))
        graph.add((node, SD.name, node))
        graph.add((node, DCTERMS.title, Literal(iri.removeprefix(f"{about.base}graph/"))))
        graph.add((node, VOID.triples, Literal(named.triples)))
        if named.of_source and not named.licences and about.unlicensed != "full":
            graph.add((node, DCTERMS.description, Literal(_RESTRICTED, lang="en")))
            continue
        for licence in named.licences or (about.licence,):
            graph.add((node, DCTERMS.license, URIRef(licence)))
