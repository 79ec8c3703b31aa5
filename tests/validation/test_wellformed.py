"""Ill-formed shapes, which an engine would pass over in silence, are refused with the file, the line and the term."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph.errors import InputError
from cablegraph.validation import ENGINES, read_shapes, validate

PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix ex: <http://x/> .\n"
SHAPE = "ex:S a sh:NodeShape ; sh:targetClass ex:C ;\n  sh:property ex:P .\nex:P a sh:PropertyShape ; sh:path ex:p ; "


def read(folder: Path, text: str, engine: str = "shacl") -> str:
    (folder / "shapes.ttl").write_text(PREFIXES + text, encoding="utf-8")
    return read_shapes([folder / "shapes.ttl"], engine)


@pytest.mark.parametrize(
    ("parameters", "term", "message"),
    [
        ("sh:path ex:q", "path", "more than one value"),
        ("sh:datatype ex:d, ex:e", "datatype", "more than one value"),
        ("sh:minCount 1, 2", "minCount", "more than one value"),
        ("sh:pattern 'a', 'b'", "pattern", "more than one value"),
        ("sh:in ( 1 ), ( 2 )", "in", "more than one value"),
        ("sh:minCount 1 ; sh:severity sh:Info, sh:Warning", "severity", "more than one value"),
        ("sh:minCount 1 ; sh:severity 'grave'", "severity", "must be an IRI"),
        (
            "sh:sparql [ sh:select 'SELECT $this WHERE { $this ?p ?o { SELECT ?o WHERE { ?s ?p ?o } } }' ]",
            "select",
            "does not return",
        ),
        ("sh:uniqueLang 1", "uniqueLang", "must be true or false"),
        ("sh:closed 'yes'", "closed", "must be true or false"),
        ("sh:deactivated 'true'", "deactivated", "must be true or false"),
        ("sh:datatype 'text'", "datatype", "must be an IRI"),
        ("sh:node 'text'", "node", "must be a shape"),
        ("sh:node ex:None", "node", "described nowhere"),
        ("sh:or ( [ sh:class ex:D ] ex:None )", "or", "described nowhere"),
        ("sh:qualifiedValueShape [ sh:class ex:D ]", "qualifiedValueShape", "neither"),
        ("sh:property [ sh:minCount 1 ]", "path", "has no sh:path"),
    ],
)
def test_ill_formed_shapes_are_refused(tmp_path: Path, parameters: str, term: str, message: str) -> None:
    """The term, the named shape that it stands in, and the line are told."""
    with pytest.raises(InputError, match=message) as caught:
        read(tmp_path, f"{SHAPE}{parameters} .")
    error = caught.value
    assert (error.file, error.field) == (str(tmp_path / "shapes.ttl"), f"sh:{term}")
    assert error.line == 5
    assert "<http://x/P>" in error.message


def test_an_ill_formed_shape_is_told_at_its_own_line(tmp_path: Path) -> None:
    """The line is that of the parameter, of a nameless shape, too; of the shape, where something is missing."""
    text = "ex:S a sh:NodeShape ; sh:targetClass ex:C ;\n  sh:property [\n    sh:path ex:p ;\n    sh:minCount 1 ;\n    {} ] ."
    for line, parameter in ((7, "sh:closed 1"), (7, "sh:severity 'x'")):
        with pytest.raises(InputError) as caught:
            read(tmp_path, text.replace("{}", parameter))
        assert caught.value.line == line
    with pytest.raises(InputError) as caught:
        read(tmp_path, text.replace("sh:path ex:p", "sh:name 'p'").replace("{}", ""))
    assert caught.value.line == 5


@pytest.mark.parametrize(
    "text",
    [
        "ex:r a sh:ValidationReport ; sh:conforms true ; sh:result [ a sh:ValidationResult ; sh:resultPath ex:p ; sh:value 1 ] .",
        "ex:a a ex:C ; sh:nodeShape ex:S .",
        "ex:Q a sh:NodeShape ; sh:targetSubjectsOf sh:entailment ; sh:property [ sh:path sh:rule ; sh:maxCount 0 ] .",
    ],
)
def test_terms_that_say_nothing_of_a_shape_are_let_through(tmp_path: Path, text: str) -> None:
    """Reports and data may stand beside shapes, and a shape may be about any term: whatever they use of SHACL passes."""
    read(tmp_path, f"{SHAPE}sh:minCount 1 .\n{text}")


@pytest.mark.parametrize(
    "text",
    [
        "ex:Q a sh:NodShape ; sh:proprty ex:P .",
        "ex:D a <http://www.w3.org/2000/01/rdf-schema#Class> ; sh:proprty ex:P .",
        "ex:Q a ex:MyShape ; sh:property ex:P ; sh:minCuont 1 .",
        "ex:T sh:property ex:Q ; sh:targetClass ex:C . ex:Q a ex:MyShape ; sh:pth ex:p .",
        "ex:Q sh:proprty ex:P .",
        "ex:Q a sh:NodeShape ; sh:nodeShape ex:S .",
        "ex:Q a sh:NodeShape ; sh:value 1 .",
        "ex:Q a sh:NodeShape ; sh:nodeKind sh:Iri .",
    ],
)
def test_whatever_may_be_a_shape_uses_terms_that_are_known(tmp_path: Path, text: str) -> None:
    """A misspelt term is refused wherever it could have meant something, with its line."""
    with pytest.raises(InputError, match="is not a term that the engine knows") as caught:
        read(tmp_path, f"{SHAPE}sh:minCount 1 .\n{text}")
    assert caught.value.line == 6


@pytest.mark.parametrize("term", ["minCount 1", "maxCount 1", "uniqueLang true", "lessThan ex:q"])
def test_parameters_of_property_shapes_are_refused_at_node_shapes(tmp_path: Path, term: str) -> None:
    """What needs a path is refused where there is none."""
    with pytest.raises(InputError, match="has no sh:path"):
        read(tmp_path, f"ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:{term} .")


def test_entailment_is_refused(tmp_path: Path) -> None:
    """No engine infers, so shapes that ask for entailment fail (SHACL, section 3.2)."""
    for engine in ENGINES:
        with pytest.raises(InputError) as caught:
            read(
                tmp_path,
                f"<http://s> sh:entailment <http://www.w3.org/ns/entailment/RDFS> .\n{SHAPE}sh:minCount 1 .",
                engine,
            )
        assert (caught.value.field, caught.value.line) == ("sh:entailment", 3)


@pytest.mark.parametrize(
    ("engine", "parameters"),
    [
        ("pyshacl", "sh:pattern '('"),
        ("shacl", "sh:pattern '('"),
        ("shacl", "sh:pattern 'a(?=b)'"),
        ("pyshacl", "sh:pattern '\\\\p{Lu}'"),
        ("shacl", "sh:sparql [ sh:select 'SELECT oops' ]"),
        ("pyshacl", "sh:sparql [ sh:select 'SELECT oops' ]"),
        ("shacl", "sh:sparql [ sh:select 'SELECT $this WHERE { $this ?p ?o MINUS { $this ?q 1 } }' ]"),
        ("pyshacl", "sh:sparql [ sh:select 'SELECT $this WHERE { $this ?p ?o MINUS { $this ?q 1 } }' ]"),
        ("shacl", "sh:sparql [ sh:select 'SELECT $this WHERE { SERVICE <http://127.0.0.1:9/> { $this ?p ?o } }' ]"),
        ("pyshacl", "sh:sparql [ sh:select 'SELECT $this WHERE { SERVICE <http://127.0.0.1:9/> { $this ?p ?o } }' ]"),
    ],
)
def test_what_an_engine_cannot_run_is_a_message(tmp_path: Path, engine: str, parameters: str) -> None:
    """Patterns and queries that an engine cannot run end in a message, never in a fault of ours and never in silence."""
    data = '<http://x/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://x/C> .\n<http://x/a> <http://x/p> "x" .\n'
    shapes = read(tmp_path, f"{SHAPE}{parameters} .", engine)
    with pytest.raises(InputError, match="cannot run"):
        validate(data, shapes, engine)


def test_property_shapes_without_a_name_are_called_by_owner_and_path(tmp_path: Path) -> None:
    """The rule of a nameless property shape is its owner and its path, the same for every engine; others keep their name."""
    nested = "sh:property [ sh:path ex:q ; sh:minCount 1 ], [ sh:path ex:q ; sh:minCount 2 ]"
    text = read(
        tmp_path,
        f"ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ; {nested} ] .",
    )
    data = "<http://x/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://x/C> .\n<http://x/b> <http://x/p> <http://x/c> .\n<http://x/b> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://x/C> .\n"
    for engine in ENGINES:
        assert {result.shape for result in validate(data, text, engine)} == {
            f"<urn:cablegraph:shape:http://x/S!{name}>" for name in ("p", "p!q", "p!q!2")
        }


def test_a_property_shape_that_is_described_nowhere_is_left_out_and_said(tmp_path: Path) -> None:
    """Published profiles name some; the rest of the shape is checked."""
    told: list[str] = []
    shapes = f"{PREFIXES}{SHAPE}sh:minCount 1 .\nex:S sh:property ex:Lost .\n"
    (tmp_path / "shapes.ttl").write_text(shapes, encoding="utf-8")
    text = read_shapes([tmp_path / "shapes.ttl"], tell=told.append)
    assert "Lost" not in text
    assert "minCount" in text
    [message] = told
    assert message.startswith(f"{tmp_path / 'shapes.ttl'}:")
    assert "<http://x/Lost>, which is described nowhere and checks nothing" in message
