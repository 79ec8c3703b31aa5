"""The engine for volume and the reference find the same in generated graphs, with generated shapes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cablegraph.validation import Result, read_shapes, validate

PREFIXES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix ex: <http://x/> .
"""
NODES = [f"<http://x/n{number}>" for number in range(4)]
VALUES = [
    '"a"', '"ab"', '"A"', '"a"@en', '"b"@en', '"b"@de', '"1"', *(f'"{n}"^^<http://www.w3.org/2001/XMLSchema#integer>' for n in ("0", "1", "01", "7")),
    '"1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"x"^^<http://www.w3.org/2001/XMLSchema#integer>', '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>',
    '"1962-11-19"^^<http://www.w3.org/2001/XMLSchema#date>', '"1962-02-30"^^<http://www.w3.org/2001/XMLSchema#date>', '"1962"^^<http://www.w3.org/2001/XMLSchema#gYear>',
]  # fmt: skip
PATHS = ["ex:p", "ex:q", "[ sh:inversePath ex:p ]", "( ex:p ex:q )", "[ sh:alternativePath ( ex:p ex:q ) ]", "( ex:p [ sh:inversePath ex:q ] )",
         "[ sh:zeroOrMorePath ex:p ]", "[ sh:oneOrMorePath ex:q ]", "[ sh:zeroOrOnePath ex:p ]"]  # fmt: skip
#: Constraints that any shape may have, and those of property shapes.
ANYWHERE = [
    "sh:class ex:C", "sh:class ex:C, ex:D", "sh:datatype xsd:string", "sh:datatype xsd:integer", "sh:datatype xsd:date", "sh:datatype rdf:langString", "sh:nodeKind sh:IRI",
    "sh:nodeKind sh:Literal", "sh:minLength 2", "sh:maxLength 1", "sh:pattern '^a'", "sh:pattern 'A' ; sh:flags 'i'", "sh:languageIn ( 'en' )", "sh:in ( 1 'a' ex:n0 )",
    "sh:hasValue 1", "sh:hasValue ex:n1", "sh:equals ex:q", "sh:disjoint ex:q", "sh:not [ sh:class ex:C ]", "sh:and ( [ sh:class ex:C ] [ sh:class ex:D ] )",
    "sh:or ( [ sh:class ex:C ] [ sh:datatype xsd:string ] )", "sh:xone ( [ sh:class ex:C ] [ sh:class ex:D ] )", "sh:node ex:N", "sh:property ex:Q", "sh:minInclusive 1",
    "sh:maxExclusive 2", "sh:maxInclusive '1962-11-18'^^xsd:date",
]  # fmt: skip
OF_PROPERTIES = [
    "sh:minCount 1", "sh:minCount 2", "sh:maxCount 0", "sh:maxCount 1", "sh:uniqueLang true",
    "sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount 1", "sh:qualifiedValueShape ex:N ; sh:qualifiedMaxCount 1",
]  # fmt: skip
TARGETS = ["sh:targetClass ex:C", "sh:targetNode ex:n0, ex:n3", "sh:targetSubjectsOf ex:p", "sh:targetObjectsOf ex:q"]
SEVERITIES = st.sampled_from(["", "sh:severity sh:Violation", "sh:severity sh:Warning", "sh:severity sh:Info"])
MORE = "ex:N a sh:NodeShape ; sh:class ex:D . ex:Q a sh:PropertyShape ; sh:path ex:q ; sh:minCount 1 ."


def joined(*parts: str) -> str:
    """Parameters in one list; one that may stand once only does."""
    said: dict[str, str] = {}
    for part in parts:
        if part:
            said.setdefault(part.split(" ", 1)[0], part)
    return " ; ".join(said.values())


PROPERTIES = st.builds(
    lambda path, severity, chosen: f"[ sh:path {path} ; {joined(severity, *chosen)} ]",
    st.sampled_from(PATHS),
    SEVERITIES,
    st.lists(st.sampled_from(ANYWHERE + OF_PROPERTIES), min_size=1, max_size=3),
)
CLOSED = st.sampled_from(["", "sh:closed true", "sh:closed true ; sh:ignoredProperties ( rdf:type )"])
SHAPES = st.builds(
    lambda target, severity, closed, chosen, properties: (
        f"ex:S a sh:NodeShape ; {target} ; {joined(severity, closed, *chosen)} {'; ' if severity or closed or chosen else ''}"
        f"sh:property {', '.join(properties)} . {MORE}"
    ),
    st.sampled_from(TARGETS),
    SEVERITIES,
    CLOSED,
    st.lists(st.sampled_from([part for part in ANYWHERE if not part.startswith("sh:property")]), max_size=2),
    st.lists(PROPERTIES, min_size=1, max_size=3),
)
TRIPLES = st.tuples(
    st.sampled_from(NODES),
    st.sampled_from(["<http://x/p>", "<http://x/q>"]),
    st.sampled_from(NODES + VALUES),
) | st.tuples(
    st.sampled_from(NODES),
    st.just("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"),
    st.sampled_from(["<http://x/C>", "<http://x/D>"]),
)


#: Values that pySHACL compares with numbers; see the known differences.
RANGE, TYPES = re.compile("(Min|Max)(In|Ex)clusive"), re.compile("#(date|gYear|boolean)>$")


def compared(results: list[Result]) -> list[tuple[str, ...]]:
    """Results without their wording."""
    return sorted(
        (r.severity, r.shape, r.focus, r.path or "", r.value or "", r.component)
        for r in results
        if not (RANGE.match(r.component) and TYPES.search(r.value or ""))
    )


@given(shapes=SHAPES, triples=st.sets(TRIPLES, max_size=14))
@settings(max_examples=60, deadline=None)
def test_engines_agree_on_generated_graphs_and_shapes(
    tmp_path_factory: object, shapes: str, triples: set[tuple[str, str, str]]
) -> None:
    """Severity, shape, focus node, path, value and component of every result are the same."""
    file = tmp_path_factory.getbasetemp() / "agreement.ttl"  # type: ignore[attr-defined]
    assert isinstance(file, Path)
    file.write_text(PREFIXES + shapes, encoding="utf-8")
    text = read_shapes([file])
    data = "".join(f"{' '.join(triple)} .\n" for triple in sorted(triples))
    assert compared(validate(data, text, "shacl")) == compared(validate(data, text, "pyshacl"))


ALL = "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:P . ex:P a sh:PropertyShape ; sh:path ex:p ; "
COMPONENT = (
    "ex:K a sh:ConstraintComponent ; sh:parameter [ sh:path ex:k ] ; "
    "sh:validator [ a sh:SPARQLAskValidator ; sh:ask 'ASK { FILTER (STRSTARTS(STR($value), $k)) }' ] . "
)


@pytest.mark.parametrize(
    ("shapes", "value", "volume", "reference"),
    [
        pytest.param(f"{ALL}sh:maxInclusive 1 .", '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>', [True], [], id="values of other types"),
        pytest.param(f"{ALL}sh:datatype <http://www.w3.org/2001/XMLSchema#date> .", '"1962-11-19T"^^<http://www.w3.org/2001/XMLSchema#date>', [True], [], id="rest of a date"),
        pytest.param(f"{COMPONENT}{ALL}ex:k 'a' .", '"b"', [True], [False], id="value of an ASK validator"),
    ],
)  # fmt: skip
def test_known_differences_of_the_engines(
    tmp_path: Path, shapes: str, value: str, volume: list[bool], reference: list[bool]
) -> None:
    """Where the two differ docs/shapes.md tells it: whether there is a result, and whether it has the value."""
    (tmp_path / "shapes.ttl").write_text(PREFIXES + shapes, encoding="utf-8")
    text = read_shapes([tmp_path / "shapes.ttl"])
    data = f"<http://x/a> <http://x/p> {value} .\n<http://x/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://x/C> .\n"
    assert [result.value == value for result in validate(data, text, "shacl")] == volume
    assert [result.value == value for result in validate(data, text, "pyshacl")] == reference


def test_language_tags_are_written_in_lower_case_by_the_engine_for_volume(tmp_path: Path) -> None:
    """Tags of a language are the same in either case; the engine for volume lowers them in its results."""
    (tmp_path / "shapes.ttl").write_text(f"{PREFIXES}{ALL}sh:nodeKind sh:IRI .", encoding="utf-8")
    text = read_shapes([tmp_path / "shapes.ttl"])
    data = '<http://x/a> <http://x/p> "b"@de-AT .\n<http://x/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://x/C> .\n'
    assert [result.value for result in validate(data, text, "shacl")] == ['"b"@de-at']
    assert [result.value for result in validate(data, text, "pyshacl")] == ['"b"@de-AT']
