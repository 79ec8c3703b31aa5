"""The form of the shapes: every one can be named in a report, and says what is wrong."""

from __future__ import annotations

import re
import runpy
from collections.abc import Callable
from pathlib import Path

import pytest
import shacl
from rdflib import RDF, SH, BNode, Graph, URIRef

FOLDER = Path(__file__).parents[2] / "shapes"
FILES = sorted(FOLDER.glob("*.ttl"))
SHAPE = "https://w3id.org/diplomatic-records/shapes#"


def test_every_shape_has_an_iri_a_message_and_a_severity(shapes: Graph) -> None:
    """Every node shape and property shape has an IRI, one message of one sentence, and a severity."""
    for kind in (SH.NodeShape, SH.PropertyShape):
        for shape in shapes.subjects(RDF.type, kind):
            assert isinstance(shape, URIRef) and shape.startswith(SHAPE), shape
            messages = list(shapes.objects(shape, SH.message))
            assert len(messages) == 1 and re.fullmatch(r"[^.]*(\.[^ .][^.]*)*\.", str(messages[0])), (
                shape,
                messages,
            )
            assert shapes.value(shape, SH.severity) in (SH.Violation, SH.Warning, SH.Info), shape


def test_no_property_shape_is_a_blank_node(shapes: Graph) -> None:
    """What has a path has an IRI and is declared a property shape, and each is used by a node shape."""
    for shape in shapes.subjects(SH.path):
        assert not isinstance(shape, BNode)
        assert (shape, RDF.type, SH.PropertyShape) in shapes, shape
        assert list(shapes.subjects(SH.property, shape)), shape


def test_targets_are_classes(shapes: Graph) -> None:
    """Every node shape targets exactly one class, and no shape needs SPARQL."""
    for shape in shapes.subjects(RDF.type, SH.NodeShape):
        assert len(list(shapes.objects(shape, SH.targetClass))) == 1, shape
    assert not list(shapes.subject_objects(SH.sparql))
    for predicate in (SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf):
        assert not list(shapes.subject_objects(predicate))


def test_shapes_are_declared_once() -> None:
    """No two files declare the same shape."""
    seen: dict[object, str] = {}
    for path in FILES:
        graph = Graph().parse(path)
        for kind in (SH.NodeShape, SH.PropertyShape):
            for shape in graph.subjects(RDF.type, kind):
                assert seen.setdefault(shape, path.name) == path.name, shape


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_file_compiles_alone(path: Path) -> None:
    """Each file is complete by itself: it compiles, and each property shape that it uses is in it."""
    assert len(shacl.Shapes.from_file(str(path))) > 0
    graph = Graph().parse(path)
    for shape in graph.objects(None, SH.property):
        assert (shape, RDF.type, SH.PropertyShape) in graph, shape


def test_every_node_shape_has_an_example(shapes: Graph) -> None:
    """Each node shape has a passing and a failing example in the tests."""
    tested = {
        case[0]
        for p in Path(__file__).parent.glob("test_shapes_*.py")
        for case in runpy.run_path(str(p)).get("CASES", [])
    }
    shapes_named = {str(s).removeprefix(SHAPE) for s in shapes.subjects(RDF.type, SH.NodeShape)}
    assert tested == shapes_named


def test_faults_of_a_source_are_warnings(
    check: Callable[[str], dict[tuple[str, str, str, str], int]],
) -> None:
    """A telegram without number, date, classification or posts gives warnings and no violation."""
    assert {result[3] for result in check("")} == {"Warning"}


def test_stubs_need_no_more_than_their_number(
    check: Callable[[str], dict[tuple[str, str, str, str], int]],
) -> None:
    """A stub with label and number gives no result at all."""
    report = check('ex:s a rico:Record, dipl:Telegram, dipl:Stub ; rdfs:label "Telegram 2" ; dipl:messageNumber "2" .')
    assert not [result for result in report if result[0] == "https://example.org/s"]
