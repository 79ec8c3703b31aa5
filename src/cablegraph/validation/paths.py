"""Property paths of shapes in the words of SPARQL, as the engine for volume writes them."""

from __future__ import annotations

from rdflib import Graph
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Node, URIRef

_REPEATED = ((SH.zeroOrMorePath, "*"), (SH.oneOrMorePath, "+"), (SH.zeroOrOnePath, "?"))


def path_text(shapes: Graph, path: Node | None) -> str | None:
    """Write a path (SHACL, section 2.3.1): ``<p>``, ``^<p>``, ``(<p>/<q>)``, ``(<p>|<q>)``, ``(<p>)*``."""
    if path is None:
        return None
    if isinstance(path, URIRef):
        return path.n3()
    if (inverse := shapes.value(path, SH.inversePath)) is not None:
        return f"^{path_text(shapes, inverse)}"
    if (choice := shapes.value(path, SH.alternativePath)) is not None:
        return _joined(shapes, choice, "|")
    for predicate, mark in _REPEATED:
        if (step := shapes.value(path, predicate)) is not None:
            return f"({path_text(shapes, step)}){mark}"
    return _joined(shapes, path, "/") if (path, RDF.first, None) in shapes else None


def _joined(shapes: Graph, head: Node, by: str) -> str:
    return f"({by.join(path_text(shapes, step) or '' for step in Collection(shapes, head))})"
