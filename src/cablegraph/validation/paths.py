"""Property paths of shapes in the words of SPARQL, as the engine for volume writes them, and in RDF, as reports have them."""

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


def path_turtle(text: str) -> str:
    """Write a path that :func:`path_text` wrote in Turtle, blank nodes and lists."""
    node, rest = _parsed(text)
    if rest:
        raise ValueError(f"no path: {text!r}")
    return node


def _parsed(text: str) -> tuple[str, str]:
    """The path that a text begins with in Turtle, and the rest of the text."""
    if text.startswith("<"):
        end = text.index(">") + 1
        return text[:end], text[end:]
    if text.startswith("^"):
        step, rest = _parsed(text[1:])
        return f"[ sh:inversePath {step} ]", rest
    step, rest = _parsed(text[1:])
    steps, by = [step], rest[0]
    while rest[0] in "/|":
        step, rest = _parsed(rest[1:])
        steps.append(step)
    rest = rest[1:]
    for predicate, mark in _REPEATED:
        if by == ")" and rest.startswith(mark):
            return f"[ sh:{predicate.removeprefix(str(SH))} {steps[0]} ]", rest[1:]
    listed = f"( {' '.join(steps)} )"
    return (f"[ sh:alternativePath {listed} ]" if by == "|" else listed), rest
