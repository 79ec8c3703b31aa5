"""SHACL engines: what a result says, and that nothing that they do not know passes in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph.errors import InputError
from cablegraph.validation import ENGINES, read_shapes, validate

PREFIXES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://x/> .
"""
SHAPES = f"""{PREFIXES}
ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:label, ex:number, ex:other, ex:date .
ex:label a sh:PropertyShape ; sh:path ex:label ; sh:datatype xsd:string ; sh:minCount 1 ; sh:maxCount 1 ; sh:pattern "^[a-z]" ; sh:message "A label." .
ex:number a sh:PropertyShape ; sh:path ex:number ; sh:datatype xsd:integer ; sh:minInclusive 1 ; sh:severity sh:Warning ; sh:message "A number." .
ex:other a sh:PropertyShape ; sh:path ex:other ; sh:nodeKind sh:IRI ; sh:class ex:C ; sh:message "Another." .
ex:date a sh:PropertyShape ; sh:path ex:date ; sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:gYear ] ) ; sh:severity sh:Info ; sh:message "A date." .
"""


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> str:
    return shapes_of(tmp_path_factory.mktemp("shapes"), SHAPES)


def shapes_of(folder: Path, *texts: str) -> str:
    for number, text in enumerate(texts):
        (folder / f"{number}.ttl").write_text(text, encoding="utf-8")
    return read_shapes([folder])


def test_a_result_says_what_is_wrong(shapes: str) -> None:
    """A result names severity, shape, focus node, path, value, component and message, in a fixed order."""
    type_, label = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", "<http://x/label>"
    data = f'<http://x/b> {type_} <http://x/C> .\n<http://x/a> {type_} <http://x/C> .\n<http://x/a> {label} "A" .\n'
    for engine in ENGINES:
        found = validate(data, shapes, engine)
        assert [(r.severity, r.shape, r.focus, r.path, r.value, r.message) for r in found] == [
            ("Violation", label, "<http://x/a>", label, '"A"', "A label."), ("Violation", label, "<http://x/b>", label, None, "A label."),
        ]  # fmt: skip
        assert [r.component.rsplit("#", 1)[-1] for r in found] == [
            "PatternConstraintComponent",
            "MinCountConstraintComponent",
        ]


@pytest.mark.parametrize("term", ["sh:minCuont", "sh:nodeKnd", "sh:js", "sh:rule", "sh:expression"])
def test_terms_that_no_engine_knows_are_refused(tmp_path: Path, term: str) -> None:
    """A misspelt or unsupported term is refused by name, with file and line."""
    text = f"{PREFIXES}ex:S a sh:NodeShape ;\n  sh:targetClass ex:C ;\n  {term} 1 .\n"
    with pytest.raises(InputError) as caught:
        shapes_of(tmp_path, text)
    assert (caught.value.file, caught.value.line, caught.value.field) == (str(tmp_path / "0.ttl"), 6, term)


def test_no_shapes_are_an_error(tmp_path: Path) -> None:
    """Validating against nothing would pass everything, so it is refused: no file, no shape, an empty folder."""
    with pytest.raises(InputError, match="no shape is declared"):
        shapes_of(tmp_path, f"{PREFIXES}ex:a ex:b ex:c .")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no shape is declared"):
        read_shapes([tmp_path / "empty"])
    with pytest.raises(InputError, match="cannot be read"):
        read_shapes([tmp_path / "none.ttl"])


def test_broken_shapes_are_refused_with_their_line(tmp_path: Path) -> None:
    """Shapes that are no valid RDF are refused with file and line."""
    with pytest.raises(InputError, match="no valid RDF") as caught:
        shapes_of(tmp_path, f"{PREFIXES}ex:S a sh:NodeShape ;\n  sh:targetClass [ .\n")
    assert caught.value.line == 5


def test_blank_nodes_of_files_stay_apart_and_are_always_called_the_same(tmp_path: Path) -> None:
    """Blank nodes of two files are never mixed up, and their names do not change from run to run."""
    one = (
        f"{PREFIXES}ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property _:p .\n_:p sh:path ex:p ; sh:minCount 1 .\n"
    )
    other = one.replace("ex:S", "ex:T").replace("ex:p", "ex:q").replace("ex:C", "ex:D")
    text = shapes_of(tmp_path, one, other, SHAPES)
    assert text == read_shapes([tmp_path])
    data = "<http://x/d> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://x/D> .\n"
    (found,) = validate(data, text)
    assert found.path == "<http://x/q>"
    assert found == validate(data, read_shapes([tmp_path]))[0]


def test_data_that_is_no_rdf_is_refused(shapes: str) -> None:
    """Data that cannot be parsed ends in a message, not in an empty report."""
    with pytest.raises(InputError, match="the engine cannot run"):
        validate("<http://x/a> <oops\n", shapes)


def test_no_data_conforms(shapes: str) -> None:
    """An empty graph conforms."""
    for engine in ENGINES:
        assert validate("", shapes, engine) == []


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "kind",
    ["<http://www.w3.org/2000/01/rdf-schema#Class>", "<http://www.w3.org/2002/07/owl#Class>", "ex:Meta"],
)
def test_shapes_that_are_classes_have_targets_by_every_engine(tmp_path: Path, kind: str, engine: str) -> None:
    """A class of RDFS, of OWL, or of a class of classes: each targets its instances (SHACL, section 2.1.3.3)."""
    text = f"{PREFIXES}ex:C a sh:NodeShape, {kind} ; sh:nodeKind sh:BlankNode . ex:Meta <http://www.w3.org/2000/01/rdf-schema#subClassOf> <http://www.w3.org/2000/01/rdf-schema#Class> ."
    data = "<http://x/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://x/C> .\n"
    assert len(validate(data, shapes_of(tmp_path, text), engine)) == 1


def test_data_that_an_engine_cannot_read_is_a_message(shapes: str, tmp_path: Path) -> None:
    """A line that is longer than the parser holds, and a file that is no RDF, told with its line."""
    (tmp_path / "long.nt").write_text(f'<http://x/a> <http://x/p> "{"x" * (17 << 20)}" .\n', encoding="utf-8")
    with pytest.raises(InputError, match="cannot read the data"):
        validate(tmp_path / "long.nt", shapes)
    (tmp_path / "broken.nt").write_text('<http://x/a> <http://x/p> "1" .\n<http://x/a> oops\n', encoding="utf-8")
    with pytest.raises(InputError, match="no valid RDF") as caught:
        validate(tmp_path / "broken.nt", shapes)
    assert caught.value.line == 2
