"""Short names of terms, and what a term is called."""

from __future__ import annotations

from functools import cache

from rdflib import Graph, URIRef
from rdflib.term import Node

IRI = URIRef("https://w3id.org/diplomatic-records/ontology")
DIPL = f"{IRI}#"
VOCABULARY = "https://w3id.org/diplomatic-records/vocabulary/"


@cache
def prefixes() -> dict[str, str]:
    """Namespaces by prefix: those of the files of the ontology."""
    return {
        "crm": "http://www.cidoc-crm.org/cidoc-crm/",
        "dcterms": "http://purl.org/dc/terms/",
        "dipl": DIPL,
        "edm": "http://www.europeana.eu/schemas/edm/",
        "oa": "http://www.w3.org/ns/oa#",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "premis": "http://www.loc.gov/premis/rdf/v3/",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "rico": "https://www.ica.org/standards/RiC/ontology#",
        "schema": "https://schema.org/",
        "semapv": "https://w3id.org/semapv/vocab/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "vocabulary": VOCABULARY,
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }


def curie(node: Node) -> str:
    """The short name of an IRI, or the IRI where no prefix fits."""
    for prefix, namespace in prefixes().items():
        if str(node).startswith(namespace) and str(node) != namespace:
            return f"{prefix}:{str(node)[len(namespace) :]}"
    return str(node)


def text_of(graph: Graph, subject: Node, predicate: URIRef) -> str:
    """The one literal of a property, or nothing."""
    value = graph.value(subject, predicate)
    return "" if value is None else str(value)
