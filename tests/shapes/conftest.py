"""Both engines over all shapes: pySHACL, the reference, and the Rust engine that does the volume."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache

import pyshacl
import pytest
import shacl
from rdflib import RDF, SH, BNode, Graph, URIRef
from shaped import PREFIXES, SHAPE, SHAPES

# (focus node, path, shape, severity), each as it stands in a report; a blank node is "_:"
Results = Counter[tuple[str, str, str, str]]


@pytest.fixture(scope="session")
def shapes() -> Graph:
    graph = Graph()
    for path in sorted(SHAPES.glob("*.ttl")):
        graph.parse(path)
    return graph


@pytest.fixture(scope="session")
def compiled(shapes: Graph) -> shacl.Shapes:
    return shacl.Shapes.from_turtle(shapes.serialize(format="turtle"))


def by_reference(turtle: str, shapes: Graph) -> Results:
    """What pySHACL reports."""
    data = Graph().parse(data=turtle, format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph)
    found: Results = Counter()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        path = report.value(result, SH.resultPath)
        severity = str(report.value(result, SH.resultSeverity)).removeprefix(str(SH))
        focus = report.value(result, SH.focusNode)
        name = "_:" if isinstance(focus, BNode) else str(focus)
        found[name, str(path or ""), str(report.value(result, SH.sourceShape)), severity] += 1
    return found


def by_rust(turtle: str, compiled: shacl.Shapes) -> Results:
    """What the Rust engine reports."""
    found: Results = Counter()
    for result in compiled.validate_turtle(turtle).results:
        name = "_:" if result.focus_node.startswith("_:") else result.focus_node.strip("<>")
        path, shape = (result.path or "").strip("<>"), (result.source_shape or "").strip("<>")
        found[name, path, shape, result.severity] += 1
    return found


@pytest.fixture(scope="session")
def check(shapes: Graph, compiled: shacl.Shapes) -> Callable[[str], Results]:
    """Validates Turtle with both engines, holds their reports against each other and returns the report."""

    @cache
    def run(body: str) -> Results:
        reference, rust = by_reference(PREFIXES + body, shapes), by_rust(PREFIXES + body, compiled)
        assert rust == reference
        return reference

    return run


@pytest.fixture(scope="session")
def hold(shapes: Graph, check: Callable[[str], Results]) -> Callable[[str, str, str, str], None]:
    """Checks that a shape accepts one example and that one of its property shapes refuses another."""

    def run(shape: str, good: str, bad: str, refused_by: str) -> None:
        own = {SHAPE + shape} | {str(p) for p in shapes.objects(URIRef(SHAPE + shape), SH.property)}
        passed = check(good)
        assert not [r for r in passed if r[2] in own or r[3] == "Violation"], passed
        assert SHAPE + refused_by in own
        failed = check(bad)
        assert [r for r in failed if r[2] == SHAPE + refused_by], failed

    return run
