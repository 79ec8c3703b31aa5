"""Europeana: the records in its data model, and the description as its harvester reads it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
from described import OUTPUT, graph_of
from rdflib import DCTERMS, RDF, Graph, Namespace, URIRef
from rdflib.compare import isomorphic

from cablegraph import quads, relations
from cablegraph.catalogue import Catalogue, Europeana
from cablegraph.publication import Publication, Publisher
from cablegraph.release.descriptions.edm import write_records

GOLDEN = Path(__file__).parents[1] / "golden" / "edm"
DCAT = Namespace("http://www.w3.org/ns/dcat#")
EDM = Namespace("http://www.europeana.eu/schemas/edm/")


def test_records_become_objects_aggregations_and_context(tmp_path: Path) -> None:
    """A record is an object with its aggregation; what it leads to is described, a stub and what nothing leads to are not.

    A record that a site shows is shown there, another at its own IRI; one without a kind is a document.
    """
    publication = Publication(
        tmp_path,
        language="sq",
        licence="https://creativecommons.org/licenses/by/4.0/deed.sq",
        publisher=Publisher("A library"),
        catalogue=Catalogue(europeana=Europeana(provider="An aggregator")),
    )
    db = relations.connect([tmp_path, GOLDEN])
    quads.load_quads(db, quads.file_lines(GOLDEN / "quads.nq"))
    before = db.execute("SHOW TABLES").fetchall()
    write_records(db, tmp_path / "edm.nt", publication)
    assert db.execute("SHOW TABLES").fetchall() == before
    assert isomorphic(graph_of(tmp_path / "edm.nt"), graph_of(GOLDEN / "expected.ttl"))
    lines = (tmp_path / "edm.nt").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))


def test_each_record_of_the_sample_is_an_object() -> None:
    """Europeana gets every record but the stubs, and points only to objects that it gets."""
    graph = graph_of(OUTPUT / "descriptions" / "edm.nt")
    rico = "https://www.ica.org/standards/RiC/ontology#Record"
    stub = "https://w3id.org/diplomatic-records/ontology#Stub"
    types = {
        (quad.subject.value, quad.object.value)
        for quad in ox.parse(path=str(next((OUTPUT / "dumps").glob("*.nq"))), format=ox.RdfFormat.N_QUADS)
        if quad.predicate.value == str(RDF.type)
    }
    records = {s for s, o in types if o == rico} - {s for s, o in types if o == stub}
    objects = {str(node) for node in graph.subjects(RDF.type, EDM.ProvidedCHO)}
    assert objects == records
    assert {str(node) for node in graph.objects(None, DCTERMS.references)} <= objects
    described = set(graph.subjects(RDF.type, None))
    own = {node for node in graph.objects() if isinstance(node, URIRef) and node.startswith("https://crisis.example/")}
    assert own <= described


def harvested(path: Path, address: str) -> list[tuple[str, str]]:
    """The files that Europeana's harvester takes from a description at an address: where, and of which media type.

    It looks for the data set whose IRI is the address, and takes distributions that conform to EDM, in a media type that it
    knows by name, by the IRI of IANA's list that begins with http, or by the EU's list.
    """
    known = {
        form: name
        for name in ("application/rdf+xml", "text/turtle", "application/n-triples")
        for form in (name, f"http://www.iana.org/assignments/media-types/{name}")
    }
    graph = Graph().parse(path)
    assert len(set(graph.subjects(RDF.type, DCAT.Dataset))) == 1
    return [
        (str(graph.value(each, DCAT.downloadURL)), known[str(graph.value(each, DCAT.mediaType))])
        for each in graph.objects(URIRef(address), DCAT.distribution)
        if (each, DCTERMS.conformsTo, URIRef(str(EDM))) in graph
    ]


def test_the_harvester_finds_the_records() -> None:
    """From the address of the description the harvester comes to the file of records, of a media type that it reads."""
    address = "https://crisis.example/descriptions/"
    assert harvested(OUTPUT / "descriptions" / "edm.ttl", f"{address}edm.ttl") == [
        (f"{address}edm.nt", "application/n-triples")
    ]
