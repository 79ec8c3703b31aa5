"""Generated graphs and shapes: few nodes, many kinds of value, every kind of constraint and path."""

from __future__ import annotations

from hypothesis import strategies as st

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
