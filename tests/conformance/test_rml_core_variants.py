"""RML-Core by the titles of its test cases, b, c and on: our own mappings and data, one for each thing that a case holds.

The cases of the W3C's group themselves are in :mod:`test_rml_core`; the names here are theirs, so that each can be found.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from test_rml_core import dataset

from cablegraph.errors import InputError
from cablegraph.mapping import map_files, read_mappings

BASE = "http://example.com/"
HEAD = """@prefix rml: <http://w3id.org/rml/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://example.com/> .
"""
XSD = "http://www.w3.org/2001/XMLSchema#"
CABLES: dict[str, Any] = {
    "cables": [
        {"no": 835, "from": "Moscow", "to": "Department of State", "class": "Secret", "lang": "en", "pages": [1, 2]}
    ]
}
POSTS: dict[str, Any] = {"posts": [{"key": "Moscow", "chief": "Kohler"}, {"key": "Havana", "chief": None}]}
SUBJECT = 'rml:template "http://example.com/cable/{$.no}"'
FROM = 'rml:predicate ex:from ; rml:objectMap [ rml:reference "$.from" ]'


def source(file: str = "cables", iterator: str = "$.cables[*]") -> str:
    return (
        f'rml:logicalSource [ a rml:LogicalSource ; rml:iterator "{iterator}" ; rml:referenceFormulation rml:JSONPath ; rml:source '
        f'[ a rml:RelativePathSource ; rml:root rml:MappingDirectory ; rml:path "{file}.json" ] ]'
    )


def triples_map(subject: str, *statements: str, name: str = "cable", given: str = "", more: str = "") -> str:
    written = "".join(f" ;\n  rml:predicateObjectMap [ {statement} ]" for statement in statements)
    return f"<http://example.com/base/{name}> a rml:TriplesMap ;\n  {given or source()} ;\n  {more}rml:subjectMap [ {subject} ]{written} .\n"


def cable(predicate: str, value: str, graph: str = "") -> str:
    """A line that says something of the cable."""
    predicate = f"{BASE}{predicate}" if ":" not in predicate else predicate
    return f"<{BASE}cable/835> <{predicate}> {value}{f' <{graph}>' if graph else ''} .\n"


TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
A_CABLE = cable(TYPE, f"<{BASE}Cable>")
IN_GRAPH = cable("from", '"Moscow"', "http://example.com/g")
POST_MAP = triples_map(
    'rml:template "http://example.com/post/{$.key}"', 'rml:predicate ex:chief ; rml:objectMap [ rml:reference "$.chief" ]',
    name="post", given=source("posts", "$.posts[*]"),
)  # fmt: skip
CHIEFS = f'<{BASE}post/Moscow> <{BASE}chief> "Kohler" .\n'


def joined(child: str, parent: str, graph: str = "") -> str:
    condition = f"rml:joinCondition [ rml:childMap [ {child} ] ; rml:parentMap [ {parent} ] ]"
    refers = f"rml:predicate ex:post ; rml:objectMap [ a rml:RefObjectMap ; rml:parentTriplesMap <http://example.com/base/post> ; {condition} ]{graph}"
    return triples_map(SUBJECT, refers) + POST_MAP


AT_MOSCOW, AT_HAVANA = (cable("post", f"<{BASE}post/{post}>") for post in ("Moscow", "Havana"))


def unsafe(kind: str, value: str) -> str:
    return triples_map(
        f'rml:template "http://example.com/to/{{$.{value}}}" ; rml:termType rml:{kind} ; rml:class ex:To'
    )


def to(name: str) -> str:
    return f"<http://example.com/to/{name}> <{TYPE}> <{BASE}To> .\n"


CASES: dict[str, tuple[str, str]] = {
    "0001b blank node of a reference": (triples_map('rml:template "{$.from}" ; rml:termType rml:BlankNode', FROM), f'_:b <{BASE}from> "Moscow" .\n'),
    "0002b blank node of two references": (triples_map('rml:template "{$.no}-{$.from}" ; rml:termType rml:BlankNode', FROM), f'_:b <{BASE}from> "Moscow" .\n'),
    "0003c template of a literal": (triples_map(SUBJECT, 'rml:predicate ex:way ; rml:objectMap [ rml:template "{$.from} → {$.to}" ; rml:termType rml:Literal ]'), cable("way", '"Moscow → Department of State"')),
    "0007b named graph": (triples_map(f"{SUBJECT} ; rml:class ex:Cable ; rml:graph ex:g", FROM), cable(TYPE, f"<{BASE}Cable>", f"{BASE}g") + IN_GRAPH),
    "0007c several classes": (triples_map(f"{SUBJECT} ; rml:class ex:Cable, ex:Document"), A_CABLE + cable(TYPE, f"<{BASE}Document>")),
    "0007d class by rdf:type": (triples_map(SUBJECT, "rml:predicate rdf:type ; rml:object ex:Cable", FROM), A_CABLE + cable("from", '"Moscow"')),
    "0007e graph map and class": (triples_map(f"{SUBJECT} ; rml:graphMap [ rml:constant ex:g ] ; rml:class ex:Cable", FROM), cable(TYPE, f"<{BASE}Cable>", f"{BASE}g") + IN_GRAPH),
    "0007f graph map and rdf:type": (triples_map(f"{SUBJECT} ; rml:graphMap [ rml:constant ex:g ]", "rml:predicate rdf:type ; rml:object ex:Cable"), cable(TYPE, f"<{BASE}Cable>", f"{BASE}g")),
    "0007g default graph": (triples_map(f"{SUBJECT} ; rml:graph rml:defaultGraph ; rml:class ex:Cable", FROM), A_CABLE + cable("from", '"Moscow"')),
    "0008b reference to a map without join": (triples_map(SUBJECT, "rml:predicate ex:post ; rml:objectMap [ rml:parentTriplesMap <http://example.com/base/other> ]") + triples_map('rml:template "http://example.com/post/{$.from}" ; rml:class ex:Post', name="other"), AT_MOSCOW + f"<{BASE}post/Moscow> <{TYPE}> <{BASE}Post> .\n"),
    "0008c several predicates": (triples_map(SUBJECT, 'rml:predicateMap [ rml:constant ex:from ], [ rml:constant ex:sender ] ; rml:objectMap [ rml:reference "$.from" ]'), cable("from", '"Moscow"') + cable("sender", '"Moscow"')),
    "0009b graphs of parts": (triples_map(f"{SUBJECT} ; rml:class ex:Cable ; rml:graph ex:g", f"{FROM} ; rml:graph ex:h"), cable(TYPE, f"<{BASE}Cable>", f"{BASE}g") + IN_GRAPH + cable("from", '"Moscow"', f"{BASE}h")),
    "0010b special characters": (triples_map('rml:template "http://example.com/{$.to}/{$[\'odd name\']}" ; rml:class ex:To', given=source("odd", "$[*]")), f"<{BASE}A%2C%20%28B%29/x%2Fy> <{TYPE}> <{BASE}To> .\n"),
    "0010c backslashes": (triples_map(SUBJECT, 'rml:predicate ex:p ; rml:objectMap [ rml:template "\\\\{\\\\{ {$.[\'from\']} \\\\}\\\\} \\\\\\\\" ; rml:termType rml:Literal ]'), cable("p", '"{{ Moscow }} \\\\"')),
    "0011b a relation of its own": (triples_map('rml:template "http://example.com/cable/{$.no}"', 'rml:predicate ex:post ; rml:objectMap [ rml:template "http://example.com/post/{$.from}" ]') + POST_MAP, AT_MOSCOW + CHIEFS),
    "0012b the same blank node of two sources": (triples_map('rml:template "{$.from}" ; rml:termType rml:BlankNode', 'rml:predicate ex:no ; rml:objectMap [ rml:reference "$.no" ]') + triples_map('rml:template "{$.key}" ; rml:termType rml:BlankNode', 'rml:predicate ex:chief ; rml:objectMap [ rml:reference "$.chief" ]', name="post", given=source("posts", "$.posts[*]")), f'_:m <{BASE}no> "835"^^<{XSD}integer> .\n_:m <{BASE}chief> "Kohler" .\n'),
    "0013a null makes nothing": (POST_MAP, CHIEFS),
    "0022b datatype of the data": (triples_map(SUBJECT, 'rml:predicate ex:p ; rml:objectMap [ rml:reference "$.no" ; rml:datatypeMap [ rml:template "http://www.w3.org/2001/XMLSchema#{$.type}" ] ]', given=source("typed", "$[*]")), cable("p", f'"835"^^<{XSD}integer>')),
    "0022c datatype on the base": (triples_map(SUBJECT, 'rml:predicate ex:p ; rml:objectMap [ rml:reference "$.no" ; rml:datatypeMap [ rml:template "type#{$.class}" ] ]'), cable("p", f'"835"^^<{BASE}type#Secret>')),
    "0023e escaped braces in a reference": (triples_map('rml:template "http://example.com/{$[\'\\\\{odd\\\\}\']}" ; rml:class ex:To', given=source("odd", "$[*]")), f"<{BASE}z> <{TYPE}> <{BASE}To> .\n"),
    "0023f escaped backslash in a reference": (triples_map('rml:template "http://example.com/{$[\'o\\\\\\\\\\\\\\\\d\']}" ; rml:class ex:To', given=source("odd", "$[*]")), f"<{BASE}w> <{TYPE}> <{BASE}To> .\n"),
    "0026b relative IRIs on the base of the run": (triples_map('rml:template "cable/{$.no}"', FROM), cable("from", '"Moscow"')),
    "0026c each map its base": (triples_map('rml:template "cable/{$.no}"', FROM, more="rml:baseIRI <http://one.org/> ; ") + triples_map('rml:template "cable/{$.no}"', FROM, name="two", more="rml:baseIRI <http://two.org/> ; "), "".join(f'<http://{base}.org/cable/835> <{BASE}from> "Moscow" .\n' for base in ("one", "two"))),
    "0027a URI": (unsafe("URI", "to"), to("Department%20of%20State")),
    "0027b unsafe IRI": (unsafe("UnsafeIRI", "to"), to("Department\\u0020of\\u0020State")),
    "0027c unsafe URI": (unsafe("UnsafeURI", "from"), to("Moscow")),
    "0028b both graphs": (triples_map(f"{SUBJECT} ; rml:class ex:Cable ; rml:graph ex:g", f"{FROM} ; rml:graph rml:defaultGraph"), cable(TYPE, f"<{BASE}Cable>", f"{BASE}g") + IN_GRAPH + cable("from", '"Moscow"')),
    "0028b source and names of before": ('[ a rml:TriplesMap ; rml:logicalSource [ rml:source "cables.json" ; rml:referenceFormulation rml:JSONPath ; rml:iterator "$.cables[*]" ] ;\n rml:subjectMap [ rml:template "http://example.com/cable/{no}" ] ; rml:predicateObjectMap [ rml:predicate ex:from ; rml:objectMap [ rml:reference "from" ] ] ] .'.replace("{{", "{").replace("}}", "}"), cable("from", '"Moscow"')),
    "0029b natural datatypes": (triples_map("rml:constant ex:s", 'rml:predicate ex:p ; rml:objectMap [ rml:reference "$[*]" ]', given=source("natural", "$")), "".join(f"<{BASE}s> <{BASE}p> {value} .\n" for value in (f'"1"^^<{XSD}integer>', f'"1.5E0"^^<{XSD}double>', f'"true"^^<{XSD}boolean>', '"x"'))),
    "0030b join of templates in a graph": (joined('rml:template "x{$.from}"', 'rml:template "x{$.key}"', " ; rml:graph ex:g"), cable("post", f"<{BASE}post/Moscow>", f"{BASE}g") + CHIEFS),
    "0030c join with a constant parent": (joined('rml:reference "$.from"', 'rml:constant "Moscow"'), AT_MOSCOW + AT_HAVANA + CHIEFS),
    "0030d join with a constant parent that none is": (joined('rml:reference "$.from"', 'rml:constant "Bonn"'), CHIEFS),
    "0030e join of reference and template": (joined('rml:reference "$.from"', 'rml:template "{$.key}"'), AT_MOSCOW + CHIEFS),
    "0030f join with a constant child": (joined('rml:constant "Havana"', 'rml:reference "$.key"'), AT_HAVANA + CHIEFS),
    "0031b language of the data": (triples_map(SUBJECT, 'rml:predicate ex:p ; rml:objectMap [ rml:reference "$.from" ; rml:languageMap [ rml:reference "$.lang" ] ]'), cable("p", '"Moscow"@en')),
    "0031c language of a template": (triples_map(SUBJECT, 'rml:predicate ex:p ; rml:objectMap [ rml:reference "$.from" ; rml:languageMap [ rml:template "{$.lang}-US" ] ]'), cable("p", '"Moscow"@en-US')),
}  # fmt: skip

REFUSED: dict[str, tuple[str, str]] = {
    "0002e file that is not there": (triples_map(SUBJECT, FROM, given=source("none")), "does not exist"),
    "0002g iterator that is no JSONPath": (triples_map(SUBJECT, FROM, given=source(iterator="$.cables[*]]")), "no iterator"),
    "0004b literal as subject": (triples_map(f"{SUBJECT} ; rml:termType rml:Literal", FROM), "no term type of a subject"),
    "0007h literal as graph": (triples_map(f'{SUBJECT} ; rml:graphMap [ rml:reference "$.from" ; rml:termType rml:Literal ]', FROM), "no term type of a graph"),
    "0012c no subject map": (f"ex:m a rml:TriplesMap ; {source()} ; rml:predicateObjectMap [ {FROM} ] .", "no subject map"),
    "0012d two subject maps": (triples_map(SUBJECT, FROM).replace("rml:subjectMap [", 'rml:subjectMap [ rml:template "{$.no}" ], [', 1), "stands 2 times"),
    "0015b language tag that is none": (triples_map(SUBJECT, f'{FROM[:-2]} ; rml:language "a-english" ]'), "no language tag"),
    "0019b value that makes no IRI": (triples_map('rml:reference "$.to"', FROM), "no IRI"),
    "0023a braces in braces": (triples_map('rml:template "http://example.com/{{no}}"'), "braces"),
    "0023b brace that is not closed": (triples_map('rml:template "http://example.com/{no"'), "brace"),
    "0023c backslash before a letter": (triples_map('rml:template "http://example.com/{n\\\\o}"'), "backslash"),
    "0023d closing brace escaped": (triples_map('rml:template "http://example.com/{no\\\\}"'), "brace"),
    "0024a constant literal as blank node": (triples_map('rml:constant "School" ; rml:termType rml:BlankNode', FROM), "a subject is no literal"),
    "0025b list where a value is needed": (triples_map(SUBJECT, 'rml:predicate ex:p ; rml:objectMap [ rml:reference "$.pages" ]'), "cannot be run"),
    "0031d language of the data that is none": (triples_map(SUBJECT, 'rml:predicate ex:p ; rml:objectMap [ rml:reference "$.no" ; rml:languageMap [ rml:reference "$.to" ] ]'), "no language tag"),
    "literal as predicate": (triples_map(SUBJECT, 'rml:predicateMap [ rml:reference "$.from" ; rml:termType rml:Literal ] ; rml:object ex:o'), "no term type of a predicate"),
    "blank node as predicate": (triples_map(SUBJECT, 'rml:predicateMap [ rml:reference "$.from" ; rml:termType rml:BlankNode ] ; rml:object ex:o'), "no term type of a predicate"),
    "language and datatype": (triples_map(SUBJECT, f'{FROM[:-2]} ; rml:language "en" ; rml:datatype xsd:string ]'), "not both"),
    "value that is not of its datatype": (triples_map(SUBJECT, f"{FROM[:-2]} ; rml:datatype xsd:integer ]"), "not of the datatype"),
    "no predicate": (triples_map(SUBJECT, "rml:object ex:o"), "has no predicate"),
    "no object": (triples_map(SUBJECT, "rml:predicate ex:p"), "has no object"),
}  # fmt: skip


def run(mapping: str, folder: Path) -> bytes:
    data = {
        "cables": CABLES, "posts": POSTS, "typed": [{"no": 835, "type": "integer"}], "natural": [1, 1.5, True, "x", None],
        "odd": [{"to": "A, (B)", "odd name": "x/y", "{odd}": "z", "o\\d": "w"}],
    }  # fmt: skip
    for name, rows in data.items():
        (folder / f"{name}.json").write_text(json.dumps(rows), encoding="utf-8")
    (folder / "mapping.ttl").write_text(HEAD + mapping, encoding="utf-8")
    map_files(read_mappings(folder / "mapping.ttl", BASE), folder / "mapping.ttl", {}, folder / "out.nq", folder)
    return (folder / "out.nq").read_bytes()


@pytest.mark.parametrize("case", CASES)
def test_a_variant_gives_its_graph(case: str, tmp_path: Path) -> None:
    """The mapping gives the graph that the specification says."""
    mapping, expected = CASES[case]
    assert dataset(run(mapping, tmp_path)) == dataset(expected.encode())


@pytest.mark.parametrize("case", REFUSED)
def test_a_variant_is_refused(case: str, tmp_path: Path) -> None:
    """The mapping, or the data, is refused with file and reason, and nothing is written."""
    mapping, message = REFUSED[case]
    with pytest.raises(InputError, match=message) as caught:
        run(mapping, tmp_path)
    assert caught.value.file is not None
    assert not (tmp_path / "out.nq").exists()
