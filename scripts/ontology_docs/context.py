"""The JSON-LD context: the prefixes of the dumps, and of which kind the values of properties are, by the ontology and the shapes."""

from __future__ import annotations

import json
from collections import defaultdict

from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Node

from cablegraph.release.formats import PREFIXES


def context(ontology: Graph, shapes: Graph) -> str:
    """The file: a property whose values are IRIs, or literals of one datatype that is no text, needs no more than the value in JSON."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for node in ontology.subjects(RDF.type, OWL.ObjectProperty):
        kinds[str(node)].add("@id")
    for node, kind in ontology.subject_objects(RDFS.range):
        if (node, RDF.type, OWL.DatatypeProperty) in ontology:
            kinds[str(node)].add(_short(str(kind)))
    for shape, path in shapes.subject_objects(SH.path):
        if isinstance(path, URIRef):
            kinds[str(path)] |= _kinds_of(shapes, shape)
    typed = {
        _short(iri): {"@id": _short(iri), "@type": next(iter(found))}
        for iri, found in sorted(kinds.items())
        if len(found) == 1 and iri != str(RDF.type) and _short(iri) != iri and _is_told(next(iter(found)))
    }
    return json.dumps({"@context": {"@version": 1.1} | dict(sorted(PREFIXES.items())) | typed}, indent=1) + "\n"


def _is_told(kind: str) -> bool:
    return kind == "@id" or (kind.startswith("xsd:") and kind != "xsd:string")


def _kinds_of(shapes: Graph, shape: Node) -> set[str]:
    """What a property shape says of the values: IRIs, a datatype, or several (which are told apart by no context)."""
    kinds = {_short(str(datatype)) for datatype in shapes.objects(shape, SH.datatype)}
    for choice in shapes.objects(shape, SH["or"]):
        kinds |= {kind for each in shapes.items(choice) for kind in _kinds_of(shapes, each)}
    if (shape, SH.nodeKind, SH.IRI) in shapes or (shape, SH["class"], None) in shapes:
        kinds.add("@id")
    return kinds


def _short(iri: str) -> str:
    """The name by its prefix, the IRI where none fits."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
