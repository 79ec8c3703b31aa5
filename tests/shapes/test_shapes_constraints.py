"""Every constraint of every shape: something breaks it.

The examples of the other files show what each shape is for, and what passes all its constraints; here these are gone through
one by one. A node of the target's class gets, along the shape's path, each of a pool of awkward values alone, all of them, and none.
"""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import shacl
from rdflib import RDF, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node
from shaped import PREFIXES, SHAPE, SHAPES

EX = "https://example.org/"
#: Parameters that are constraints of their own; most give their name to a component, these do it together with another.
COMPONENTS = {
    name: f"{name[0].upper()}{name[1:]}"
    for name in [
        "minCount",
        "maxCount",
        "datatype",
        "nodeKind",
        "class",
        "pattern",
        "minLength",
        "maxLength",
        "in",
        "hasValue",
        "or",
        "and",
        "not",
        "xone",
        "node",
        "equals",
        "disjoint",
        "lessThan",
        "lessThanOrEquals",
        "uniqueLang",
        "languageIn",
        "minInclusive",
        "maxInclusive",
        "minExclusive",
        "maxExclusive",
        "qualifiedMinCount",
        "qualifiedMaxCount",
        "closed",
    ]
}
#: Described, but as nothing that the model knows.
THING = URIRef(f"{EX}thing")
_NUMBERS = (XSD.int, XSD.integer, XSD.nonNegativeInteger, XSD.decimal, XSD.double, XSD.float)
AWKWARD: list[Node] = [
    URIRef(f"{EX}unknown"), URIRef(f"{EX}another"), THING, BNode("b"), Literal(""), Literal(" "), Literal("x"), Literal("y"), Literal("x", lang="en"),
    Literal("y", lang="en"), Literal("x", datatype=URIRef(f"{EX}odd")), *(Literal(text, datatype=kind) for kind in _NUMBERS for text in ("-9999", "9999")),
    *(Literal(text, datatype=XSD.dateTime) for text in ("0001-01-01T00:00:00", "9999-01-01T00:00:00", "9999-01-01T00:00:00Z")),
    Literal("9999-01-01", datatype=XSD.date), Literal("true", datatype=XSD.boolean),
]  # fmt: skip


@cache
def all_shapes() -> Graph:
    """The shapes; those that are alternatives of another stand also by themselves, since only so they have results."""
    graph = Graph()
    for path in sorted(SHAPES.glob("*.ttl")):
        graph.parse(path)
    for name in (SH["or"], SH.xone, SH["and"]):
        for owner, head in list(graph.subject_objects(name)):
            for alternative in Collection(graph, head):
                for part in (alternative, *graph.objects(alternative, SH["not"])):
                    for shape in graph.objects(part, SH.property):
                        graph.add((owner, SH.property, shape))
    return graph


def constraints() -> list[tuple[str, str]]:
    """Each shape, by its short name, with each of its constraint components."""
    graph = all_shapes()
    return sorted(
        (str(shape).removeprefix(SHAPE), component)
        for name, component in COMPONENTS.items()
        for shape in graph.subjects(SH[name], None, unique=True)
        if isinstance(shape, URIRef)
    )


def along(graph: Graph, path: Node, start: Node, value: Node) -> Iterator[tuple[Node, Node, Node]]:
    """The triples that make a value the value of a path."""
    if isinstance(path, URIRef):
        yield start, path, value
    elif (choice := graph.value(path, SH.alternativePath)) is not None:
        yield from along(graph, Collection(graph, choice)[0], start, value)
    elif (inverse := graph.value(path, SH.inversePath)) is not None:
        yield from along(graph, inverse, value, start)
    else:
        steps = list(Collection(graph, path))
        nodes = [start, *(URIRef(f"{start}-{number}") for number in range(1, len(steps))), value]
        for number, step in enumerate(steps):
            yield from along(graph, step, nodes[number], nodes[number + 1])


@cache
def broken() -> set[tuple[str, str]]:
    """Shapes and components with a result on the awkward examples, or on one of the failing examples of the other files."""
    shapes, data = all_shapes(), Graph()
    data.add((THING, RDF.type, URIRef(f"{EX}Thing")))
    for node_shape in shapes.subjects(RDF.type, SH.NodeShape):
        target = shapes.value(node_shape, SH.targetClass)
        data.add((BNode(), RDF.type, target))  # type: ignore[arg-type]
        for shape in shapes.objects(node_shape, SH.property):
            path = shapes.value(shape, SH.path)
            for number, values in enumerate([[], AWKWARD, *([value] for value in AWKWARD)]):
                focus = URIRef(f"{EX}{str(shape).removeprefix(SHAPE)}/{number}")
                data.add((focus, RDF.type, target))  # type: ignore[arg-type]
                for value in values:
                    for triple in along(shapes, path, focus, value):  # type: ignore[arg-type]
                        if not isinstance(triple[0], Literal):
                            data.add(triple)
    compiled = shacl.Shapes.from_turtle(shapes.serialize(format="turtle"))
    return {
        (
            (found.source_shape or "").strip("<>").removeprefix(SHAPE),
            found.component.removesuffix("ConstraintComponent"),
        )
        for text in (data.serialize(format="turtle"), *(PREFIXES + failing for _, _, failing, _ in cases()))
        for found in compiled.validate_turtle(text).results
    }


def cases() -> list[tuple[str, str, str, str]]:
    """The examples of the other files: shape, what passes, what fails, what refuses it."""
    files = sorted(Path(__file__).parent.glob("test_shapes_*.py"))
    return [case for file in files if file != Path(__file__) for case in runpy.run_path(str(file)).get("CASES", [])]


@pytest.mark.parametrize(("shape", "component"), constraints())
def test_each_constraint_refuses_something(shape: str, component: str) -> None:
    """No constraint is idle: an example is refused by just this component of just this shape."""
    assert (shape, component) in broken()
