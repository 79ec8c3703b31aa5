"""RML as a front end: what each construct means, over JSON; the W3C's own cases are in tests/conformance."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from mapped import quads

from cablegraph.errors import InputError
from cablegraph.mapping import map_files, read_mappings

BASE = "http://base.org/"
HEAD = """@prefix rml: <http://w3id.org/rml/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://ex.org/> .
"""
ROWS = [{"id": 1, "name": "Ada Lovelace", "tags": ["x", "y"]}, {"id": 2, "name": "Bo", "tags": []}]


def source(path: str = "rows.json", iterator: str = "$[*]") -> str:
    return (
        "rml:logicalSource [ rml:source [ a rml:RelativePathSource ; rml:root rml:MappingDirectory ; "
        f'rml:path "{path}" ] ; rml:referenceFormulation rml:JSONPath ; rml:iterator "{iterator}" ]'
    )


def triples_map(subject: str, *statements: str, name: str = "ex:map", more: str = "", given: str = source()) -> str:
    """A triples map: the inside of its subject map, and those of its predicate-object maps."""
    lines = "".join(f" ;\n  rml:predicateObjectMap [ {statement} ]" for statement in statements)
    return f"{name} a rml:TriplesMap ;\n  {given} ;\n  {more}rml:subjectMap [ {subject} ]{lines} .\n"


def run(mapping: str, rows: Any = None, **files: Any) -> str:
    """Map rows (``rows.json``) and other JSON files; the lines."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in {"rows": ROWS if rows is None else rows, **files}.items():
            (folder / f"{file}.json").write_text(json.dumps(content), encoding="utf-8")
        (folder / "mapping.ttl").write_text(HEAD + mapping, encoding="utf-8")
        plan = read_mappings(folder / "mapping.ttl", BASE)
        map_files(plan, folder / "mapping.ttl", {}, folder / "out.nq", folder)
        return (folder / "out.nq").read_text(encoding="utf-8")


def lines(mapping: str, rows: Any = None, **files: Any) -> list[str]:
    """The quads, short: without brackets, ``http://ex.org/`` and XML Schema's namespace."""
    found = []
    for quad in quads(run(mapping, rows, **files)):
        terms = [str(term) for term in (quad.subject, quad.predicate, quad.object)]
        if quad.graph_name != ox.DefaultGraph():
            terms.append(str(quad.graph_name))
        text = " ".join(terms).replace("http://www.w3.org/2001/XMLSchema#", "xsd:").replace("http://ex.org/", "")
        found.append(text.replace("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "a"))
    return sorted(found)


def refused(mapping: str, message: str, rows: Any = None, **files: Any) -> InputError:
    with pytest.raises(InputError, match=message) as caught:
        run(mapping, rows, **files)
    return caught.value


NAME = 'rml:predicate ex:name ; rml:objectMap [ rml:reference "$.name" ]'
ID = 'rml:template "http://ex.org/{$.id}"'


def test_subjects_predicates_objects_and_classes() -> None:
    """Templates, references, constants and classes; several predicates and objects multiply."""
    both = "rml:predicate ex:p, ex:q ; rml:object ex:o, 'text'"
    assert lines(triples_map(f"{ID} ; rml:class ex:A, ex:B", both), ROWS[:1]) == [
        "<1> <a> <A>", "<1> <a> <B>", '<1> <p> "text"', "<1> <p> <o>", '<1> <q> "text"', "<1> <q> <o>",
    ]  # fmt: skip


def test_values_have_the_datatype_that_json_has() -> None:
    """A number without fraction is an integer, with one a double in canonical form, and true and false are booleans."""
    row = {"id": "a", "v": [1, -7, 12345678901234567890123, 1.5, -0.00025, 1e30, 100.0, True, False, "1", "", None]}
    mapping = triples_map(ID, 'rml:predicate ex:v ; rml:objectMap [ rml:reference "$.v[*]" ]')
    assert lines(mapping, [row]) == sorted(
        [f'<a> <v> "{v}"^^<xsd:integer>' for v in ("1", "-7", "12345678901234567890123")]
        + [f'<a> <v> "{v}"^^<xsd:double>' for v in ("1.5E0", "-2.5E-4", "1.0E30", "1.0E2")]
        + [f'<a> <v> "{v}"^^<xsd:boolean>' for v in ("true", "false")]
        + ['<a> <v> "1"', '<a> <v> ""']
    )


def test_datatypes_and_languages() -> None:
    """A datatype or language is a constant, a reference or a template; under a datatype the value stays as it is written."""
    row = {"id": "a", "v": 1.50, "t": "http://ex.org/t", "k": "int", "l": "en", "r": "GB"}
    of_v = [
        "rml:datatype xsd:decimal", "rml:datatypeMap [ rml:constant xsd:float ]", 'rml:datatypeMap [ rml:reference "$.t" ]',
        'rml:datatypeMap [ rml:template "kind#{$.k}" ]', 'rml:language "de"', 'rml:languageMap [ rml:constant "fr" ]',
        'rml:languageMap [ rml:reference "$.l" ]', 'rml:languageMap [ rml:template "{$.l}-{$.r}" ]',
    ]  # fmt: skip
    statements = [f'rml:predicate ex:p ; rml:objectMap [ rml:reference "$.v" ; {more} ]' for more in of_v]
    assert lines(triples_map(ID, *statements), [row]) == sorted(
        f'<a> <p> "1.5"{more}'
        for more in (
            "^^<xsd:decimal>", "^^<xsd:float>", "^^<t>", "^^<http://base.org/kind#int>", "@de", "@fr", "@en", "@en-gb",
        )
    )  # fmt: skip


def test_constants_keep_their_datatype_and_language() -> None:
    """A constant of the mapping is the term that stands there."""
    objects = 'rml:predicate ex:p ; rml:object true, "train"@en, 1.5, "x"^^ex:t, ex:o'
    assert lines(triples_map(ID, objects), ROWS[1:]) == [
        '<2> <p> "1.5"^^<xsd:decimal>', '<2> <p> "train"@en', '<2> <p> "true"^^<xsd:boolean>', '<2> <p> "x"^^<t>', "<2> <p> <o>",
    ]  # fmt: skip
    constant = HEAD + f"ex:map a rml:TriplesMap ; {source()} ; rml:subject ex:s ; rml:predicateObjectMap [ {NAME} ] ."
    assert lines(constant) == ['<s> <name> "Ada Lovelace"', '<s> <name> "Bo"']


def test_term_types() -> None:
    """IRI, URI, UnsafeIRI, BlankNode and Literal; without one the position and the expression tell."""
    row = {"id": "é b/c", "iri": "http://ex.org/é"}

    def of(more: str) -> list[str]:
        return [
            line.split(" ", 2)[2]
            for line in lines(triples_map("rml:constant ex:s", f"rml:predicate ex:p ; rml:objectMap [ {more} ]"), [row])
        ]

    assert of('rml:template "http://ex.org/{$.id}"') == ["<é%20b%2Fc>"]
    assert of('rml:template "http://ex.org/{$.id}" ; rml:termType rml:URI') == ["<%C3%A9%20b%2Fc>"]
    assert of('rml:template "{$.id}!" ; rml:termType rml:Literal') == ['"é b/c!"']
    assert of('rml:template "{$.id}" ; rml:language "en"') == ['"é b/c"@en']
    assert of('rml:reference "$.iri"') == ['"é"']
    assert of('rml:reference "$.iri" ; rml:termType rml:IRI') == ["<é>"]
    unsafe = run(
        triples_map('rml:template "http://ex.org/{$.id}" ; rml:termType rml:UnsafeIRI', NAME.replace("name", "id")),
        [row],
    )
    (quad,) = ox.parse(unsafe.encode(), format=ox.RdfFormat.N_QUADS, lenient=True)
    assert quad.subject.value == "http://ex.org/é b/c"
    hostile = run(
        triples_map('rml:template "http://ex.org/{$.id}" ; rml:termType rml:UnsafeIRI', NAME.replace("name", "id")),
        [{"id": "> <x:y> <x:z> .\n<x:a"}],
    )
    (quad,) = ox.parse(hostile.encode(), format=ox.RdfFormat.N_QUADS, lenient=True)
    assert quad.subject.value == "http://ex.org/> <x:y> <x:z> .\n<x:a"


def test_blank_nodes() -> None:
    """The same value gives the same blank node in every map; without a value each row has one of its own."""
    named = triples_map('rml:template "{$.name}" ; rml:termType rml:BlankNode', NAME)
    again = triples_map(
        'rml:template "{$.name}" ; rml:termType rml:BlankNode', NAME.replace("ex:name", "ex:other"), name="ex:again"
    )
    nodes = {quad.subject for quad in quads(run(named + again))}
    assert len(nodes) == 2
    free = triples_map(
        "rml:termType rml:BlankNode", NAME, 'rml:predicate ex:id ; rml:objectMap [ rml:reference "$.id" ]'
    )
    rows = [{"id": 1, "name": "x"}, {"id": 1, "name": "x"}]
    found = quads(run(free, rows))
    assert len(found) == 4
    assert len({quad.subject for quad in found}) == 2


def test_graphs() -> None:
    """Triples go to the graphs of the subject and of the statement together; rml:defaultGraph is the graph without a name."""
    graph = "rml:graph ex:g"
    assert lines(triples_map(f"{ID} ; rml:class ex:A ; {graph}", f"{NAME} ; rml:graph ex:h"), ROWS[1:]) == [
        "<2> <a> <A> <g>", '<2> <name> "Bo" <g>', '<2> <name> "Bo" <h>',
    ]  # fmt: skip
    assert lines(triples_map(f"{ID} ; {graph}", f"{NAME} ; rml:graph rml:defaultGraph"), ROWS[1:]) == [
        '<2> <name> "Bo"', '<2> <name> "Bo" <g>',
    ]  # fmt: skip
    assert lines(triples_map(f"{ID} ; rml:graph rml:defaultGraph", NAME), ROWS[1:]) == ['<2> <name> "Bo"']
    by_value = 'rml:graphMap [ rml:template "http://ex.org/g/{$.name}" ]'
    assert lines(triples_map(f"{ID} ; {by_value}", NAME), ROWS[1:]) == ['<2> <name> "Bo" <g/Bo>']
    told = 'rml:graphMap [ rml:reference "$.g" ]'
    rows = [{"id": 1, "g": "http://w3id.org/rml/defaultGraph"}, {"id": 2, "g": "http://ex.org/g"}, {"id": 3, "g": None}]
    statement = "rml:predicate ex:p ; rml:object ex:o"
    assert lines(triples_map(f"{ID} ; {told}", statement), rows) == ["<1> <p> <o>", "<2> <p> <o> <g>"]
    blank = 'rml:graphMap [ rml:reference "$.id" ; rml:termType rml:BlankNode ]'
    (quad,) = quads(run(triples_map(f"{ID} ; {blank}", NAME), ROWS[1:]))
    assert isinstance(quad.graph_name, ox.BlankNode)


def test_lists() -> None:
    """``[*]`` gives a term an item, in subject and object; a list where a value is needed is refused."""
    tags = 'rml:predicate ex:tag ; rml:objectMap [ rml:reference "$.tags[*]" ]'
    assert lines(triples_map(ID, tags)) == ['<1> <tag> "x"', '<1> <tag> "y"']
    assert lines(triples_map('rml:template "http://ex.org/{$.tags[*]}"', tags)) == [
        '<x> <tag> "x"', '<x> <tag> "y"', '<y> <tag> "x"', '<y> <tag> "y"',
    ]  # fmt: skip
    error = refused(triples_map(ID, tags.replace("[*]", "")), "cannot be run over it as json")
    assert "a list or an object stands where $.tags needs a value" in (error.hint or "")


def test_relative_iris_stand_on_the_base_of_the_map_or_of_the_run() -> None:
    """A relative IRI, of a template or of the data, stands on rml:baseIRI, else on the base that is given."""
    rows = [{"id": "a"}]
    statement = "rml:predicate ex:p ; rml:object ex:o"
    for subject in ('rml:template "{$.id}"', 'rml:reference "$.id"'):
        assert lines(triples_map(subject, statement), rows) == ["<http://base.org/a> <p> <o>"]
        own = triples_map(subject, statement, more="rml:baseIRI <http://own.org/> ; ")
        assert lines(own, rows) == ["<http://own.org/a> <p> <o>"]
    rows = [{"id": "http://ex.org/a"}]
    assert lines(triples_map('rml:reference "$.id"', statement), rows) == ["<a> <p> <o>"]
    assert lines(triples_map('rml:template "{$.id}"', statement), rows) == [
        "<http://base.org/http%3A%2F%2Fex.org%2Fa> <p> <o>"
    ]
    scheme = triples_map('rml:template "{$.s}://{$.h}/x"', statement)
    assert lines(scheme, [{"s": "https", "h": "a.org"}]) == ["<https://a.org/x> <p> <o>"]


def test_what_is_no_iri_ends_the_run() -> None:
    """A value that ought to be an IRI and is none is a data error; nothing is written."""
    error = refused(
        triples_map('rml:reference "$.name"', NAME), "'\\$.name' has a value that is no IRI: 'Ada Lovelace'"
    )
    assert error.field == "map http://ex.org/map"
    datatype = 'rml:predicate ex:p ; rml:objectMap [ rml:reference "$.name" ; rml:datatype xsd:boolean ]'
    refused(triples_map(ID, datatype), "not of the datatype")
    language = (
        'rml:predicate ex:p ; rml:objectMap [ rml:reference "$.id" ; rml:languageMap [ rml:reference "$.name" ] ]'
    )
    refused(triples_map(ID, language), "no language tag")


def test_null_and_missing_make_no_triple() -> None:
    """Null and a member that is not there make no triple, in whatever term."""
    rows = [{"id": 1, "name": None}, {"id": 2}, {"id": None, "name": "x"}, {"name": "x"}]
    other = 'rml:predicate ex:p ; rml:objectMap [ rml:template "http://ex.org/{$.name}" ]'
    assert lines(triples_map(ID, NAME, other), rows) == []


SPORTS = [{"ID": 100, "name": "Tennis"}, {"ID": 200, "name": "Chess"}]
PLAYERS = [{"id": 1, "sport": 100}, {"id": 2, "sport": 300}, {"id": 3}, {"id": 4, "sport": 200}]


def joined(condition: str, rows: Any = PLAYERS, more: str = "") -> list[str]:
    practises = f"rml:predicate ex:plays ; rml:objectMap [ rml:parentTriplesMap ex:sport ; {condition} ] {more}"
    there = triples_map('rml:template "http://ex.org/s{$.ID}"', name="ex:sport", given=source("sports.json"))
    return lines(triples_map(ID, practises) + there, rows, sports=SPORTS)


def test_joins() -> None:
    """A referencing object map gives the subjects of the rows that fit; sides are references, templates or constants."""
    assert joined('rml:joinCondition [ rml:child "$.sport" ; rml:parent "$.ID" ]') == [
        "<1> <plays> <s100>",
        "<4> <plays> <s200>",
    ]
    maps = 'rml:joinCondition [ rml:childMap [ rml:template "x{$.sport}" ] ; rml:parentMap [ rml:template "x{$.ID}" ] ]'
    assert joined(maps) == ["<1> <plays> <s100>", "<4> <plays> <s200>"]
    constant = 'rml:joinCondition [ rml:child "$.sport" ; rml:parentMap [ rml:constant "100" ] ]'
    assert joined(constant) == ["<1> <plays> <s100>", "<1> <plays> <s200>"]
    constant = 'rml:joinCondition [ rml:childMap [ rml:constant "100" ] ; rml:parent "$.ID" ]'
    assert joined(constant) == [f"<{n}> <plays> <s100>" for n in (1, 2, 3, 4)]
    two = 'rml:joinCondition [ rml:child "$.sport" ; rml:parent "$.ID" ], [ rml:child "$.id" ; rml:parentMap [ rml:constant "4" ] ]'
    assert joined(two) == ["<4> <plays> <s200>"]
    lists = 'rml:joinCondition [ rml:child "$.sports[*]" ; rml:parent "$.ID" ]'
    assert joined(lists, [{"id": 1, "sports": [100, 200, 100]}]) == ["<1> <plays> <s100>", "<1> <plays> <s200>"]
    both = 'rml:joinCondition [ rml:child "$.sports[*]" ; rml:parent "$.ID" ], [ rml:child "$.ids[*]" ; rml:parentMap [ rml:constant "7" ] ]'
    assert joined(both, [{"id": 1, "sports": [300, 100, 200], "ids": [7, 8]}]) == [
        "<1> <plays> <s100>",
        "<1> <plays> <s200>",
    ]
    named = joined('rml:joinCondition [ rml:child "$.sport" ; rml:parent "$.ID" ]', more="; rml:graph ex:g")
    assert named == ["<1> <plays> <s100> <g>", "<4> <plays> <s200> <g>"]


def test_a_reference_to_a_map_of_the_same_source_needs_no_condition() -> None:
    """Without a condition the subject is that of the same row; with another source that is refused."""
    other = triples_map('rml:template "http://ex.org/n/{$.name}"', name="ex:other")
    statement = "rml:predicate ex:named ; rml:objectMap [ rml:parentTriplesMap ex:other ]"
    assert lines(triples_map(ID, statement) + other, ROWS[1:]) == ["<2> <named> <n/Bo>"]
    elsewhere = triples_map('rml:template "http://ex.org/n/{$.name}"', name="ex:other", given=source("else.json"))
    refused(triples_map(ID, statement) + elsewhere, "another source", **{"else": []})


def test_a_map_without_a_source_is_run_once() -> None:
    """Constants need no source."""
    text = (
        "ex:map a rml:TriplesMap ; rml:subject ex:s ; rml:predicateObjectMap [ rml:predicate ex:p ; rml:object ex:o ] ."
    )
    assert lines(text) == ["<s> <p> <o>"]


def test_an_inverse_expression_says_nothing_of_what_is_made() -> None:
    """R2RML has it for engines that look things up."""
    assert lines(triples_map(f'{ID} ; rml:inverseExpression "x"', NAME), ROWS[1:]) == ['<2> <name> "Bo"']


def test_a_constant_subject_needs_its_columns_too(tmp_path: Path) -> None:
    """A column that is not there is refused by name, whatever the subject is made of."""
    (tmp_path / "a.csv").write_text("id\n1\n")
    given = 'rml:logicalSource [ rml:source [ rml:path "a.csv" ] ; rml:referenceFormulation rml:CSV ]'
    mapping = triples_map("rml:constant ex:s", 'rml:predicate ex:p ; rml:objectMap [ rml:reference "v" ]', given=given)
    (tmp_path / "m.ttl").write_text(HEAD + mapping)
    with pytest.raises(InputError, match="has no column 'v'"):
        map_files(read_mappings(tmp_path / "m.ttl", BASE), tmp_path / "m.ttl", {}, tmp_path / "o.nq", tmp_path)


def test_templates_and_their_escapes() -> None:
    """Braces and backslashes stand behind a backslash, also within a reference."""
    row = {"id": "a", "{n}": "x", "ISO 3166": "BO"}
    literal = "rml:predicate ex:p ; rml:objectMap [ rml:template \"\\\\{{$['ISO 3166']}\\\\} \\\\\\\\\" ; rml:termType rml:Literal ]"
    assert lines(triples_map(ID, literal), [row]) == ['<a> <p> "{BO} \\\\"']
    assert lines(triples_map("rml:template \"http://ex.org/{$['\\\\{n\\\\}']}\" ; rml:class ex:A"), [row]) == [
        "<x> <a> <A>"
    ]
    for wrong in ("{{n}}", "{n", "n}", "{}", "{$.a\\\\b}"):
        refused(triples_map(f'rml:template "http://ex.org/{wrong}"'), "brace|backslash")


WRONG = [
    ("", "no triples map"),
    ("ex:map a rml:TriplesMap .", "no subject map"),
    (f"ex:map a rml:TriplesMap ; {source()} ; rml:subjectMap [ {ID} ], [ {ID} ] .", "stands 2 times"),
    (triples_map(f"{ID} ; rml:termType rml:Literal"), "no term type of a subject"),
    (triples_map(f"{ID} ; rml:termType rml:Iri"), "no term type of a subject"),
    (
        triples_map(f'{ID} ; rml:graphMap [ rml:reference "$.id" ; rml:termType rml:Literal ]'),
        "no term type of a graph",
    ),
    (triples_map('rml:constant "School" ; rml:termType rml:BlankNode'), "a subject is no literal"),
    (triples_map("rml:constant _:b"), "a blank node is no constant"),
    (triples_map(f'{ID} ; rml:class "A"'), "a class is an IRI"),
    (triples_map('rml:template "http://ex.org/{$.id}" ; rml:reference "$.id"'), "several values"),
    (triples_map(""), "no value"),
    (triples_map('rml:template "http://ex.org/a b{$.id}"'), "cannot stand in an IRI"),
    (triples_map('rml:template "http://[{$.id}"'), "makes no IRI"),
    (triples_map(ID, "rml:predicate ex:p"), "has no object"),
    (triples_map(ID, "rml:object ex:p"), "has no predicate"),
    (triples_map(ID, 'rml:predicate "p" ; rml:object ex:o'), "a predicate is no literal"),
    (triples_map(ID, f'{NAME[:-2]} ; rml:language "a-english" ]'), "no language tag"),
    (triples_map(ID, f'{NAME[:-2]} ; rml:language "en" ; rml:datatype xsd:int ]'), "not both"),
    (triples_map(ID, f'{NAME[:-2]} ; rml:datatype "int" ]'), "a datatype is an IRI"),
    (triples_map(ID, f'{NAME[:-2]} ; rml:termType rml:IRI ; rml:language "en" ]'), "goes with a literal"),
    (triples_map(ID, f'{NAME[:-2]} ; rml:refrence "$.x" ]'), "'refrence' is no property of a term map"),
    (triples_map(ID, NAME.replace("$.name", "['name']")), "a JSONPath begins with"),
    (triples_map(ID, NAME.replace("$.name", "$.a[?(@.b =~ 'x')]")), "no reference"),
    (triples_map(ID, given=source(iterator="$.students[*]]")), "no iterator"),
    (triples_map(ID, given=source().replace("rml:JSONPath", "rml:Excel")), "no reference formulation"),
    (triples_map(ID, given=source().replace("rml:path", "rml:file")), "'file' is no property of a source"),
    (triples_map(ID, given=source("none.json")), "does not exist"),
    (triples_map(ID, given=source("../rows.json")), "leads out of the mapping's folder"),
    (triples_map(ID, "rml:predicate ex:p ; rml:objectMap [ rml:parentTriplesMap ex:none ]"), "no such triples map"),
    ("ex:map a rml:TriplesMap ; rml:subject ex:s ; rml:predicate [", "no valid Turtle"),
    ('ex:map rml:x "\\a" .', "no valid Turtle"),
]


@pytest.mark.parametrize(("mapping", "message"), WRONG, ids=[f"{n:02}" for n in range(len(WRONG))])
def test_what_is_wrong_is_told_with_its_place(mapping: str, message: str) -> None:
    """Each fault is told with the file and line of the Turtle, and in a map with the map's name."""
    error = refused(mapping, message)
    assert error.file == "mapping.ttl"
    assert error.line is not None
    assert 1 <= error.line <= (HEAD + mapping).count("\n") + 1
    if (
        "no valid Turtle" not in message
        and "no triples map" not in message
        and "exist" not in message
        and "leads" not in message
    ):
        assert "map http://ex.org/map" in (error.field or "")


def test_the_vocabulary_of_before() -> None:
    """R2RML's vocabulary with that of RML before the W3C's group means the same; names need no $, lists no [*]."""
    old = """@prefix rr: <http://www.w3.org/ns/r2rml#> . @prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> . @prefix ex: <http://ex.org/> .
<#map> a rr:TriplesMap ;
  rml:logicalSource [ rml:source "rows.json" ; rml:referenceFormulation ql:JSONPath ; rml:iterator "$.[*]" ] ;
  rr:subjectMap [ rr:template "http://ex.org/{id}" ; rr:class ex:A ; rr:graph rr:defaultGraph ] ;
  rr:predicateObjectMap [ rr:predicate ex:tag ; rr:objectMap [ rml:reference "tags" ] ],
    [ rr:predicate ex:name ; rr:objectMap [ rml:reference "name" ; rr:termType rr:IRI ] ] ."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "rows.json").write_text(json.dumps(ROWS), encoding="utf-8")
        (folder / "m.ttl").write_text(old, encoding="utf-8")
        done = map_files(read_mappings(folder / "m.ttl", BASE), folder / "m.ttl", {}, folder / "o.nq", folder)
        found = {(q.subject.value[-1], q.object.value) for q in quads((folder / "o.nq").read_text(encoding="utf-8"))}
    assert found == {("1", "http://ex.org/A"), ("2", "http://ex.org/A"), ("1", "x"), ("1", "y"), ("2", f"{BASE}Bo")}
    assert [(f.kind, f.field, f.value) for f in done.findings.first] == [("no IRI", "name", "Ada Lovelace")]
