"""Europeana: the records as N-Triples in its data model, and the description of that data set as its harvester reads it."""

from __future__ import annotations

from pathlib import Path

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDF

from cablegraph import relations
from cablegraph.catalogue import canonical_licence
from cablegraph.publication import Publication
from cablegraph.release.descriptions.dcat import add_distribution
from cablegraph.release.descriptions.facts import DCAT, SPDX, Facts, new_graph, write_turtle
from cablegraph.release.dumps import Dump
from cablegraph.release.edm import EDM, records_in_edm

MEDIA_TYPE = "application/n-triples"
_MEDIA = "http://www.iana.org/assignments/media-types/"


def write_records(db: relations.Connection, path: Path, publication: Publication) -> None:
    """Write the records of the table ``quads`` as N-Triples in EDM, in the order of their lines."""
    with records_in_edm(db, publication):
        statements = "SELECT s, p, o FROM edm_own UNION ALL SELECT s, p, o FROM edm_said"
        lines = f"SELECT DISTINCT s || ' ' || p || ' ' || o || ' .' AS line FROM ({statements})"
        target = relations.quote_text(str(path.resolve()))
        db.execute(f"COPY ({lines} ORDER BY line) TO {target} {relations.RAW_LINES}")


def describe_for_europeana(facts: Facts, path: str, records: Dump) -> str:
    """Write the description that is served at ``path`` as Turtle: a data set of one distribution, which conforms to EDM.

    Europeana's harvester takes the address that it is given for the data set's IRI, so that this is the file's address. It
    knows media types by IRIs that begin with ``http:``.
    """
    graph = new_graph(dcat=DCAT, dcterms=DCTERMS, spdx=SPDX)
    about, dataset = facts.publication, facts.address(path)
    licence = URIRef(canonical_licence(about.licence, "http"))
    graph.add((dataset, RDF.type, DCAT.Dataset))
    graph.add((dataset, DCTERMS.title, Literal(about.title, lang=about.language)))
    graph.add((dataset, DCTERMS.description, Literal(about.description, lang=about.language)))
    graph.add((dataset, DCTERMS.license, licence))
    graph.add((dataset, DCTERMS.issued, facts.date))
    graph.add((dataset, DCTERMS.source, facts.dataset))
    graph.add((dataset, DCAT.version, Literal(about.version)))
    distribution = add_distribution(graph, facts, dataset, records, licence, _MEDIA)
    graph.add((distribution, DCTERMS.conformsTo, URIRef(EDM)))
    return write_turtle(graph)
