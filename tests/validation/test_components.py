"""Each constraint component, target and path of SHACL, by its section of the specification, through the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cablegraph.cli import cli
from cablegraph.validation import ENGINES

PREFIXES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix ex: <http://x/> .
"""
#: Long terms of the results, as the cases write them.
SHORT = (
    ("http://www.w3.org/2001/XMLSchema#", "xsd:"), ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf:"), ("http://x/", "ex:"),
)  # fmt: skip

Case = tuple[str, str, set[str]]


def on_values(parameters: str, more: str = "") -> str:
    """A property shape on ex:p of everything of class ex:C."""
    return f"ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:P . ex:P a sh:PropertyShape ; sh:path ex:p ; {parameters} . {more}"


def on_nodes(parameters: str, target: str = "sh:targetClass ex:C") -> str:
    """A node shape."""
    return f"ex:S a sh:NodeShape ; {target} ; {parameters} ."


#: Shapes, data, and what is expected: "focus path value Component", - for none.
CORE: dict[str, Case] = {
    "2.1.3.1 targetNode": (on_nodes("sh:class ex:D", "sh:targetNode ex:a, ex:b"), "ex:a a ex:D .", {"ex:b - ex:b Class"}),
    "2.1.3.2 targetClass, with subclasses": (
        on_nodes("sh:nodeKind sh:Literal"), "ex:a a ex:C . ex:b a ex:D . ex:D rdfs:subClassOf ex:C . ex:c a ex:E .",
        {"ex:a - ex:a NodeKind", "ex:b - ex:b NodeKind"},
    ),
    "2.1.3.3 implicit class targets": ("ex:C a sh:NodeShape, rdfs:Class ; sh:nodeKind sh:Literal .", "ex:a a ex:C .", {"ex:a - ex:a NodeKind"}),
    "2.1.3.4 targetSubjectsOf": (on_nodes("sh:class ex:D", "sh:targetSubjectsOf ex:p"), "ex:a ex:p ex:b .", {"ex:a - ex:a Class"}),
    "2.1.3.5 targetObjectsOf": (on_nodes("sh:class ex:D", "sh:targetObjectsOf ex:p"), "ex:a ex:p ex:b .", {"ex:b - ex:b Class"}),
    "2.1.6 deactivated": (on_values("sh:minCount 1 ; sh:deactivated true"), "ex:a a ex:C .", set()),
    "2.3.1.1 predicate path, of a property shape with a target": (
        "ex:P a sh:PropertyShape ; sh:targetClass ex:C ; sh:path ex:p ; sh:minCount 1 .", "ex:a a ex:C .", {"ex:a ex:p - MinCount"},
    ),
    "2.3.1.2 sequence path": (
        on_nodes("sh:property [ sh:path ( ex:p ex:q ) ; sh:maxCount 0 ]"), "ex:a a ex:C ; ex:p ex:b . ex:b ex:q 1 .", {"ex:a (ex:p/ex:q) - MaxCount"},
    ),
    "2.3.1.3 alternative path": (
        on_nodes("sh:property [ sh:path [ sh:alternativePath ( ex:p ex:q ) ] ; sh:maxCount 1 ]"), "ex:a a ex:C ; ex:p 1 ; ex:q 2 .", {"ex:a (ex:p|ex:q) - MaxCount"},
    ),
    "2.3.1.4 inverse path": (on_nodes("sh:property [ sh:path [ sh:inversePath ex:p ] ; sh:maxCount 0 ]"), "ex:a a ex:C . ex:b ex:p ex:a .", {"ex:a ^ex:p - MaxCount"}),
    "2.3.1.5 zero-or-more path": (
        on_nodes("sh:property [ sh:path [ sh:zeroOrMorePath ex:p ] ; sh:class ex:C ]"), "ex:a a ex:C ; ex:p ex:b . ex:b ex:p ex:c .",
        {"ex:a (ex:p)* ex:b Class", "ex:a (ex:p)* ex:c Class"},
    ),
    "2.3.1.6 one-or-more path": (
        on_nodes("sh:property [ sh:path [ sh:oneOrMorePath ex:p ] ; sh:class ex:C ]"), "ex:a a ex:C ; ex:p ex:b . ex:b ex:p ex:b .", {"ex:a (ex:p)+ ex:b Class"},
    ),
    "2.3.1.7 zero-or-one path": (
        on_nodes("sh:property [ sh:path [ sh:zeroOrOnePath ex:p ] ; sh:class ex:D ]"), "ex:a a ex:C ; ex:p ex:b . ex:b ex:p ex:c .",
        {"ex:a (ex:p)? ex:a Class", "ex:a (ex:p)? ex:b Class"},
    ),
    "4.1.1 class": (
        on_values("sh:class ex:D"), "ex:a a ex:C ; ex:p ex:b, ex:c, 1 . ex:b a ex:E . ex:E rdfs:subClassOf ex:D .",
        {"ex:a ex:p ex:c Class", 'ex:a ex:p "1"^^xsd:integer Class'},
    ),
    "4.1.2 datatype, and ill-typed literals": (
        on_values("sh:datatype xsd:integer"), 'ex:a a ex:C ; ex:p 1, "x"^^xsd:integer, "y", ex:b .',
        {'ex:a ex:p "x"^^xsd:integer Datatype', 'ex:a ex:p "y" Datatype', "ex:a ex:p ex:b Datatype"},
    ),
    "4.1.3 nodeKind": (on_values("sh:nodeKind sh:BlankNodeOrIRI"), "ex:a a ex:C ; ex:p 1, ex:b, [] .", {'ex:a ex:p "1"^^xsd:integer NodeKind'}),
    "4.2.1 minCount": (on_values("sh:minCount 2"), "ex:a a ex:C ; ex:p 1 . ex:b a ex:C ; ex:p 1, 2 .", {"ex:a ex:p - MinCount"}),
    "4.2.2 maxCount": (on_values("sh:maxCount 1"), "ex:a a ex:C ; ex:p 1 . ex:b a ex:C ; ex:p 1, 2 .", {"ex:b ex:p - MaxCount"}),
    "4.3.1 minExclusive": (on_values("sh:minExclusive 1"), "ex:a a ex:C ; ex:p 1, 1.5 .", {'ex:a ex:p "1"^^xsd:integer MinExclusive'}),
    "4.3.2 minInclusive, and what cannot be compared": (
        on_values("sh:minInclusive 1"), 'ex:a a ex:C ; ex:p 1, 0.5, "z" .', {'ex:a ex:p "0.5"^^xsd:decimal MinInclusive', 'ex:a ex:p "z" MinInclusive'},
    ),
    "4.3.3 maxExclusive": (on_values('sh:maxExclusive "1963-01-01"^^xsd:date'), 'ex:a a ex:C ; ex:p "1962-12-31"^^xsd:date, "1963-01-01"^^xsd:date .', {'ex:a ex:p "1963-01-01"^^xsd:date MaxExclusive'}),
    "4.3.4 maxInclusive": (on_values("sh:maxInclusive 2"), "ex:a a ex:C ; ex:p 2, 3 .", {'ex:a ex:p "3"^^xsd:integer MaxInclusive'}),
    "4.4.1 minLength": (on_values("sh:minLength 3"), 'ex:a a ex:C ; ex:p "ab", "abc"@en, 12, ex:b .', {'ex:a ex:p "ab" MinLength', 'ex:a ex:p "12"^^xsd:integer MinLength'}),
    "4.4.2 maxLength, never of blank nodes": (on_values("sh:maxLength 3"), 'ex:a a ex:C ; ex:p "abcd", "abc" .', {'ex:a ex:p "abcd" MaxLength'}),
    "4.4.3 pattern, with flags, of text and IRIs": (
        on_values("sh:pattern '^a|X$' ; sh:flags 'i'"), 'ex:a a ex:C ; ex:p "A", "b", ex:x, ex:y .', {'ex:a ex:p "b" Pattern', "ex:a ex:p ex:y Pattern"},
    ),
    "4.4.4 languageIn": (on_values("sh:languageIn ( 'en' 'de' )"), 'ex:a a ex:C ; ex:p "a"@en-GB, "b"@fr, "c" .', {'ex:a ex:p "b"@fr LanguageIn', 'ex:a ex:p "c" LanguageIn'}),
    "4.4.5 uniqueLang": (on_values("sh:uniqueLang true"), 'ex:a a ex:C ; ex:p "a"@en, "b"@en, "c", "d" .', {"ex:a ex:p - UniqueLang"}),
    "4.5.1 equals": (
        on_values("sh:equals ex:q"), 'ex:a a ex:C ; ex:p "1", "2" ; ex:q "2", "3" .', {'ex:a ex:p "1" Equals', 'ex:a ex:p "3" Equals'},
    ),
    "4.5.2 disjoint": (on_values("sh:disjoint ex:q"), 'ex:a a ex:C ; ex:p "1", "2" ; ex:q "2" .', {'ex:a ex:p "2" Disjoint'}),
    "4.5.3 lessThan": (on_values("sh:lessThan ex:q"), "ex:a a ex:C ; ex:p 1, 2 ; ex:q 2 .", {'ex:a ex:p "2"^^xsd:integer LessThan'}),
    "4.5.4 lessThanOrEquals": (on_values("sh:lessThanOrEquals ex:q"), "ex:a a ex:C ; ex:p 2, 3 ; ex:q 2 .", {'ex:a ex:p "3"^^xsd:integer LessThanOrEquals'}),
    "4.6.1 not": (on_values("sh:not [ sh:nodeKind sh:IRI ]"), "ex:a a ex:C ; ex:p 1, ex:b .", {"ex:a ex:p ex:b Not"}),
    "4.6.2 and": (on_values("sh:and ( [ sh:nodeKind sh:Literal ] [ sh:minLength 2 ] )"), 'ex:a a ex:C ; ex:p "a", "ab", ex:b .', {'ex:a ex:p "a" And', "ex:a ex:p ex:b And"}),
    "4.6.3 or": (on_values("sh:or ( [ sh:nodeKind sh:IRI ] [ sh:minLength 2 ] )"), 'ex:a a ex:C ; ex:p "a", "ab", ex:b .', {'ex:a ex:p "a" Or'}),
    "4.6.4 xone": (on_values("sh:xone ( [ sh:nodeKind sh:Literal ] [ sh:minLength 2 ] )"), 'ex:a a ex:C ; ex:p "a", "ab" .', {'ex:a ex:p "ab" Xone'}),
    "4.7.1 node": (
        on_values("sh:node ex:N", "ex:N a sh:NodeShape ; sh:property [ sh:path ex:q ; sh:minCount 1 ] ."), "ex:a a ex:C ; ex:p ex:b, ex:c . ex:b ex:q 1 .", {"ex:a ex:p ex:c Node"},
    ),
    "4.7.2 property, of the values": (
        on_values("sh:property ex:Q", "ex:Q a sh:PropertyShape ; sh:path ex:q ; sh:minCount 1 ."), "ex:a a ex:C ; ex:p ex:b, ex:c . ex:b ex:q 1 .", {"ex:c ex:q - MinCount"},
    ),
    "4.7.3 qualifiedValueShape": (
        on_values("sh:qualifiedValueShape [ sh:class ex:D ] ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1"),
        "ex:a a ex:C ; ex:p ex:b . ex:c a ex:C ; ex:p ex:d, ex:e . ex:d a ex:D . ex:e a ex:D .", {"ex:a ex:p - QualifiedMinCount", "ex:c ex:p - QualifiedMaxCount"},
    ),
    "4.7.3 qualifiedValueShapesDisjoint": (
        on_nodes("sh:property [ sh:path ex:p ; sh:qualifiedValueShapesDisjoint true ; sh:qualifiedValueShape [ sh:class ex:D ] ; sh:qualifiedMinCount 1 ], "
                 "[ sh:path ex:p ; sh:qualifiedValueShapesDisjoint true ; sh:qualifiedValueShape [ sh:class ex:E ] ; sh:qualifiedMinCount 1 ]"),
        "ex:a a ex:C ; ex:p ex:b, ex:c . ex:b a ex:D, ex:E . ex:c a ex:E .", {"ex:a ex:p - QualifiedMinCount"},
    ),
    "4.8.1 closed, ignoredProperties": (
        on_nodes("sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path ex:p ]"), 'ex:a a ex:C ; ex:p "1" ; ex:q "2" .', {'ex:a ex:q "2" Closed'},
    ),
    "4.8.2 hasValue": (on_values("sh:hasValue ex:b"), "ex:a a ex:C ; ex:p ex:b, ex:c . ex:d a ex:C ; ex:p ex:c .", {"ex:d ex:p - HasValue"}),
    "4.8.3 in, by term": (on_values("sh:in ( 1 ex:b )"), 'ex:a a ex:C ; ex:p 1, ex:b, "01"^^xsd:integer .', {'ex:a ex:p "01"^^xsd:integer In'}),
}  # fmt: skip

SPARQL: dict[str, Case] = {
    "5.1 sparql at a node shape, with prefixes": (
        'ex: sh:declare [ sh:prefix "x" ; sh:namespace "http://x/"^^xsd:anyURI ] . '
        + on_nodes('sh:sparql [ a sh:SPARQLConstraint ; sh:prefixes ex: ; sh:select "SELECT $this ?value WHERE { $this x:p ?value FILTER (?value > 1) }" ]'),
        "ex:a a ex:C ; ex:p 1, 2 .", {'ex:a - "2"^^xsd:integer SPARQL'},
    ),
    "5.2.1 sparql at a property shape, with $PATH": (
        on_values('sh:sparql [ sh:select "SELECT $this ?value WHERE { $this $PATH ?value FILTER (?value > 1) }" ]'), "ex:a a ex:C ; ex:p 1, 2 .", {'ex:a ex:p "2"^^xsd:integer SPARQL'},
    ),
    "5.2.1 sparql that is deactivated": (
        on_nodes('sh:sparql [ sh:deactivated true ; sh:select "SELECT $this WHERE { $this ?p ?o }" ]'), "ex:a a ex:C .", set(),
    ),
    "5.3.2 ?path of a solution": (
        on_nodes('sh:sparql [ sh:select "SELECT $this ?path ?value WHERE { $this ?path ?value FILTER (isLiteral(?value)) }" ]'), "ex:a a ex:C ; ex:p 1 .", {'ex:a ex:p "1"^^xsd:integer SPARQL'},
    ),
    "6.2.3 component with SELECT validators": (
        'ex:K a sh:ConstraintComponent ; sh:parameter [ sh:path ex:k ] ; '
        'sh:nodeValidator [ a sh:SPARQLSelectValidator ; sh:select "SELECT $this WHERE { FILTER NOT EXISTS { $this $k ?x } }" ] ; '
        'sh:propertyValidator [ a sh:SPARQLSelectValidator ; sh:select "SELECT $this ?value WHERE { $this $PATH ?value FILTER NOT EXISTS { ?value $k ?x } }" ] . '
        "ex:N a sh:NodeShape ; sh:targetClass ex:C ; ex:k ex:z . " + on_values("ex:k ex:q"),
        "ex:a a ex:C ; ex:p ex:b, ex:c . ex:b ex:q 1 .", {"ex:a - ex:a ex:K", "ex:a ex:p ex:c ex:K"},
    ),
}  # fmt: skip

#: As 6.2.3 has it; pySHACL leaves the value out (docs/shapes.md).
ASK: dict[str, Case] = {
    "6.2.3 component with an ASK validator and an optional parameter": (
        "ex:K a sh:ConstraintComponent ; sh:parameter [ sh:path ex:k ], [ sh:path ex:o ; sh:optional true ] ; "
        'sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { FILTER (STRSTARTS(STR($value), $k)) }" ] . ' + on_values("ex:k 'a'"),
        'ex:a a ex:C ; ex:p "a", "b" .', {'ex:a ex:p "b" ex:K'},
    ),
}  # fmt: skip


def shown(row: dict[str, str | None]) -> str:
    component = (row["component"] or "").removesuffix("ConstraintComponent")
    text = " ".join([row["focus"] or "-", row["field"] or "-", row["value"] or "-", component])
    for long, short in SHORT:
        text = text.replace(f"<{long}", f"<{short}").replace(f" {long}", f" {short}")
    return text.replace("<", "").replace(">", "")


def check(folder: Path, shapes: str, data: str, engine: str) -> tuple[int, list[dict[str, str | None]]]:
    (folder / "shapes.ttl").write_text(PREFIXES + shapes, encoding="utf-8")
    (folder / "data.ttl").write_text(PREFIXES + data, encoding="utf-8")
    command = ["check", str(folder / "data.ttl"), "--shapes", str(folder / "shapes.ttl"), "--engine", engine, "--json"]
    done = CliRunner().invoke(cli, command, standalone_mode=False)
    assert done.exception is None, done.exception
    return int(done.return_value or 0), [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("engine", "case"),
    [(engine, case) for engine in ENGINES for case in (CORE | SPARQL).items()] + [("shacl", case) for case in ASK.items()],
    ids=lambda value: value if isinstance(value, str) else value[0],
)  # fmt: skip
def test_each_component_finds_what_its_section_says(tmp_path: Path, engine: str, case: tuple[str, Case]) -> None:
    """The results are those of the specification, with the exit code that goes with them, and each has a message."""
    shapes, data, expected = case[1]
    code, rows = check(tmp_path, shapes, data, engine)
    assert {shown(row) for row in rows} == expected
    assert code == bool(expected)
    assert all(row["message"] and row["rule"] and not row["rule"].startswith("_:") for row in rows)
    assert {row["severity"] for row in rows} <= {"violation"}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("severity", "code"), [("Violation", 1), ("Warning", 0), ("Info", 0)])
def test_the_severity_decides_on_the_exit_code(tmp_path: Path, engine: str, severity: str, code: int) -> None:
    """Section 2.1.4: results have the severity of their shape; only violations end with exit code 1."""
    done, rows = check(tmp_path, on_values(f"sh:minCount 1 ; sh:severity sh:{severity}"), "ex:a a ex:C .", engine)
    assert (done, [row["severity"] for row in rows]) == (code, [severity.casefold()])
