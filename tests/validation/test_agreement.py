"""The engine for volume and the reference find the same in generated graphs, with generated shapes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from generated import PREFIXES, SHAPES, TRIPLES
from hypothesis import given, settings
from hypothesis import strategies as st

from cablegraph.validation import Result, read_shapes, validate

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
