"""The validation report of SHACL, as its specification has it (section 3.6), through the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import SH, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

from cablegraph.cli import cli

PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n@prefix ex: <http://x/> .\n"
EX = "http://x/"


def report(folder: Path, text: str, *options: str, code: int = 1) -> Graph:
    """The report on a file that is data and shapes at once."""
    (folder / "both.ttl").write_text(PREFIXES + text, encoding="utf-8")
    done = CliRunner().invoke(cli, ["check", str(folder / "both.ttl"), "--format", "turtle", *options])
    assert done.exit_code == code, done.output
    return Graph().parse(data=done.stdout, format="turtle")


def told(graph: Graph, *names: str) -> list[tuple[Node | None, ...]]:
    """These properties of each result."""
    return sorted(
        (tuple(graph.value(result, SH[name]) for name in names) for result in graph.objects(None, SH.result)), key=str
    )


def test_a_message_keeps_its_language(tmp_path: Path) -> None:
    """All messages of a shape are in the result, each with its language (3.6.2.6)."""
    graph = report(tmp_path, 'ex:S sh:targetNode ex:a ; sh:nodeKind sh:BlankNode ; sh:message "no"@en, "nein"@de .')
    (result,) = graph.objects(None, SH.result)
    assert set(graph.objects(result, SH.resultMessage)) == {Literal("no", lang="en"), Literal("nein", lang="de")}


def test_two_values_of_one_parameter_make_two_results(tmp_path: Path) -> None:
    """A node that is in neither of two classes has two results, although they say the same (2.1.1)."""
    graph = report(tmp_path, "ex:S sh:targetNode ex:a ; sh:class ex:C, ex:D .")
    assert (
        told(graph, "focusNode", "sourceConstraintComponent") == [(URIRef(f"{EX}a"), SH.ClassConstraintComponent)] * 2
    )


PATHS = [
    "ex:p", "[ sh:inversePath ex:p ]", "( ex:p ex:q )", "[ sh:alternativePath ( ex:p ex:q ) ]", "[ sh:zeroOrMorePath ex:p ]", "[ sh:oneOrMorePath ex:p ]",
    "[ sh:zeroOrOnePath ex:p ]", "( [ sh:inversePath ex:p ] [ sh:zeroOrMorePath [ sh:alternativePath ( ex:p ( ex:q ex:p ) ) ] ] )",
    "[ sh:inversePath ( ex:p [ sh:inversePath ex:q ] ) ]", "[ sh:alternativePath ( [ sh:oneOrMorePath ( ex:p ex:q ) ] [ sh:inversePath [ sh:zeroOrOnePath ex:q ] ] ) ]",
    "<http://x/a(b)/c*+d>",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("engine", ["shacl", "pyshacl"])
def test_the_path_of_a_result_is_that_of_the_shape(tmp_path: Path, path: str, engine: str) -> None:
    """Paths of every kind come back as they stand in the shape (3.6.2.2)."""
    graph = report(tmp_path, f"ex:S sh:targetNode ex:a ; sh:path {path} ; sh:minCount 9 .", "--engine", engine)
    (found,) = graph.objects(None, SH.resultPath)
    expected = Graph().parse(data=f"{PREFIXES}ex:r sh:resultPath {path} .", format="turtle")
    only = Graph()
    only.add((URIRef(f"{EX}r"), SH.resultPath, found))
    open_, met = [found], set()
    while open_:
        node = open_.pop()
        if isinstance(node, BNode) and node not in met:
            met.add(node)
            for triple in graph.triples((node, None, None)):
                only.add(triple)
                open_.append(triple[2])
    assert isomorphic(only, expected)


def test_severities_of_their_own(tmp_path: Path) -> None:
    """A severity that shapes define themselves is in the report as it is, and as grave as a violation (2.1.4)."""
    graph = report(tmp_path, "ex:S sh:targetNode ex:a ; sh:nodeKind sh:BlankNode ; sh:severity ex:Mine .")
    assert told(graph, "resultSeverity") == [(URIRef(f"{EX}Mine"),)]
    graph = report(tmp_path, "ex:S sh:targetNode ex:a ; sh:nodeKind sh:BlankNode ; sh:severity sh:Info .", code=0)
    assert told(graph, "resultSeverity") == [(SH.Info,)]
    assert list(graph.objects(None, SH.conforms)) == [Literal(False)]


def test_focus_nodes_and_shapes_without_a_name(tmp_path: Path) -> None:
    """Blank nodes are focus nodes and values under one name; shapes without a name stay blank nodes, and one shape is one."""
    text = "[] ex:p [ ex:q 1 ] . [] a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:nodeKind sh:IRI ; sh:property [ sh:path ex:p ; sh:nodeKind sh:IRI ; sh:minCount 2 ] ."
    graph = report(tmp_path, text)
    found = told(graph, "sourceShape", "focusNode", "resultPath", "value")
    assert all(isinstance(node, BNode) for row in found for node in row[:2])
    assert len({row[1] for row in found}) == 1
    assert len({row[0] for row in found}) == 2
    assert len({row[3] for row in found} - {None}) == 2


def test_literals_are_focus_nodes(tmp_path: Path) -> None:
    """A target may be a literal, and its lexical form stays (2.1.3.1)."""
    graph = report(tmp_path, 'ex:S sh:targetNode 7, "07"^^xsd:integer, "a"@en ; sh:nodeKind sh:IRI .')
    assert {node.n3() for (node,) in told(graph, "focusNode")} >= {'"a"@en'}
    assert len(told(graph, "focusNode")) == 3


def test_a_constraint_in_sparql_is_named(tmp_path: Path) -> None:
    """The result of a SPARQL constraint names it, and fills in its message (5.3.2)."""
    text = "ex:a ex:p 7 . ex:S sh:targetNode ex:a ; sh:sparql ex:Q . ex:Q sh:message 'not {?value}'@en ; sh:select 'SELECT $this ?value WHERE { $this <http://x/p> ?value }' ."
    graph = report(tmp_path, text)
    assert told(graph, "sourceConstraint", "value", "resultMessage") == [
        (URIRef(f"{EX}Q"), Literal(7), Literal("not 7", lang="en"))
    ]


def test_classes_that_are_shapes(tmp_path: Path) -> None:
    """A class that is a shape has its instances and those of its subclasses as targets (2.1.3.3)."""
    rdfs = "<http://www.w3.org/2000/01/rdf-schema#Class>"
    sub = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
    text = (
        f"ex:C a {rdfs}, sh:NodeShape ; sh:property [ sh:path ex:p ; sh:minCount 1 ] . ex:D {sub} ex:C . ex:a a ex:D ."
    )
    assert told(report(tmp_path, text), "focusNode") == [(URIRef(f"{EX}a"),)]


def test_what_is_off_says_nothing_and_imports_are_not_fetched(tmp_path: Path) -> None:
    """A deactivated shape has no results (2.1.6), and ``owl:imports`` names a place that is never asked."""
    text = "<> <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:9/none> . ex:S sh:targetNode ex:a ; sh:nodeKind sh:BlankNode ; sh:deactivated true ."
    graph = report(tmp_path, text, code=0)
    assert list(graph.objects(None, SH.conforms)) == [Literal(True)]


def test_relative_names_are_resolved_against_the_file(tmp_path: Path) -> None:
    """In data and shapes alike."""
    graph = report(
        tmp_path, "<#a> ex:p 1 . ex:S sh:targetNode <#a> ; sh:property [ sh:path ex:p ; sh:hasValue <#b> ] ."
    )
    assert told(graph, "focusNode") == [(URIRef(f"{(tmp_path / 'both.ttl').as_uri()}#a"),)]


def test_a_report_may_stand_beside_the_shapes(tmp_path: Path) -> None:
    """The expected report of a test case, in the same file, is data like other data."""
    text = "ex:S sh:targetNode ex:a ; sh:nodeKind sh:BlankNode . [] a sh:ValidationReport ; sh:conforms false ; sh:result [ a sh:ValidationResult ; sh:resultPath ( ex:p ) ] ."
    assert len(told(report(tmp_path, text), "focusNode")) == 1


def test_the_place_is_a_note_on_the_result(tmp_path: Path) -> None:
    """SHACL has no word for the place in a file: it stands in a note that has the result as target."""
    graph = report(
        tmp_path, "ex:a ex:p 1 ;\n  ex:p 2 .\nex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:in ( 1 ) ] ."
    )
    oa = "http://www.w3.org/ns/oa#"
    (note,) = graph.subjects(URIRef(f"{oa}hasTarget"), next(graph.objects(None, SH.result)))
    assert str(graph.value(note, URIRef(f"{oa}bodyValue"))).endswith("both.ttl:5.")
