"""Functions of mappings: in YARRRML, in RML-FNML, and in the form before it, with parameters by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from mapped import XSD, objects, one_map, quads, run

from cablegraph.errors import InputError
from cablegraph.mapping import map_files, read_mappings
from cablegraph.mapping.plan import Call, Constant, Reference, TermMap

HEAD = """@prefix rml: <http://w3id.org/rml/> . @prefix ex: <http://ex.org/> .
@prefix grel: <http://users.ugent.be/~bjdmeest/function/grel.ttl#> . @prefix idlab: <https://w3id.org/imec/idlab/function#> .
@prefix fn: <https://w3id.org/diplomatic-records/function#> .
ex:map a rml:TriplesMap ; rml:logicalSource [ rml:source [ rml:path "rows.csv" ] ; rml:referenceFormulation rml:CSV ] ;
  rml:subjectMap [ rml:template "http://ex.org/{id}" ] ;
"""


def mapped(tmp_path: Path, statement: str, rows: str = "id,v\n1, Secto 12 \n2,x\n") -> set[tuple[str, str]]:
    """Last letter of the subject and value of the object of each triple."""
    (tmp_path / "rows.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "m.ttl").write_text(
        f"{HEAD}  rml:predicateObjectMap [ rml:predicate ex:p ; {statement} ] .", encoding="utf-8"
    )
    map_files(read_mappings(tmp_path / "m.ttl", "http://b/"), tmp_path / "m.ttl", {}, tmp_path / "o.nq", tmp_path)
    return {(q.subject.value[-1], q.object.value) for q in quads((tmp_path / "o.nq").read_text(encoding="utf-8"))}


def execution(function: str, *inputs: tuple[str, str]) -> str:
    given = ", ".join(f"[ rml:parameter {name} ; {value} ]" for name, value in inputs)
    return f"rml:functionExecution [ rml:function {function} ; rml:input {given} ]"


V = 'rml:inputValueMap [ rml:reference "v" ]'


def test_fnml(tmp_path: Path) -> None:
    """A function execution gives the value of a map; executions nest."""
    upper = execution("grel:toUpperCase", ("grel:valueParameter", V))
    assert mapped(tmp_path, f"rml:objectMap [ {upper} ]") == {("1", " SECTO 12 "), ("2", "X")}
    trimmed = execution("grel:string_trim", ("grel:valueParameter", f"rml:inputValueMap [ {upper} ]"))
    assert mapped(tmp_path, f"rml:objectMap [ {trimmed} ; rml:return grel:stringOut ]") == {
        ("1", "SECTO 12"),
        ("2", "X"),
    }
    long = (
        "rml:functionExecution [ rml:functionMap [ rml:constant fn:slug ] ; "
        'rml:input [ rml:parameterMap [ rml:constant fn:value ] ; rml:inputValueMap [ rml:template "a {v}" ] ] ]'
    )
    assert mapped(tmp_path, f"rml:objectMap [ {long} ]") == {("1", "a-secto-12"), ("2", "a-x")}


def test_parameters_are_told_by_their_names(tmp_path: Path) -> None:
    """The order of inputs says nothing, since RDF has none; their names do."""
    inputs = [
        ("grel:p_string_replace", 'rml:inputValue "B"'), ("grel:valueParameter", V), ("grel:p_string_find", 'rml:inputValue "x"'),
    ]  # fmt: skip
    replaced = execution("grel:string_replace", *inputs)
    assert ("2", "B") in mapped(tmp_path, f"rml:objectMap [ {replaced} ]")


def test_conditions_in_rml(tmp_path: Path) -> None:
    """idlab:trueCondition gives a value where a test holds; our fn:condition asks for a whole statement or map."""
    test = execution("grel:boolean_equal", ("grel:valueParameter", V), ("grel:valueParameter2", 'rml:inputValue "x"'))
    true = execution(
        "idlab:trueCondition",
        ("idlab:strBoolean", f"rml:inputValueMap [ {test} ]"),
        ("idlab:str", 'rml:inputValueMap [ rml:reference "id" ]'),
    )
    assert mapped(tmp_path, f"rml:objectMap [ {true} ]") == {("2", "2")}
    asked = test.replace("rml:functionExecution", "fn:condition")
    assert mapped(tmp_path, f"rml:object 'y' ; {asked}") == {("2", "y")}


def test_a_datatype_by_value_in_rml(tmp_path: Path) -> None:
    """A datatype map with a function tells the datatype of each value."""
    dated = execution("fn:dateDatatype", ("fn:value", V))
    mapped(
        tmp_path,
        f'rml:objectMap [ rml:reference "v" ; rml:datatypeMap [ {dated} ] ]',
        "id,v\n1,1962\n2,1962-11-19\n3,x\n",
    )
    found = {q.object.value: q.object.datatype.value for q in quads((tmp_path / "o.nq").read_text(encoding="utf-8"))}
    assert found == {"1962": f"{XSD}gYear", "1962-11-19": f"{XSD}date", "x": f"{XSD}string"}


def test_the_form_of_functions_before(tmp_path: Path) -> None:
    """fnml:functionValue with fno:executes means the same."""
    old = (
        "<http://semweb.mmlab.be/ns/fnml#functionValue> [ rml:predicateObjectMap "
        "[ rml:predicate <https://w3id.org/function/ontology#executes> ; rml:objectMap [ rml:constant grel:toUpperCase ] ], "
        '[ rml:predicate grel:valueParameter ; rml:objectMap [ rml:reference "v" ] ] ]'
    )
    assert mapped(tmp_path, f"rml:objectMap [ {old} ]") == {("1", " SECTO 12 "), ("2", "X")}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (execution("ex:nope", ("ex:p", V)), "there is no function"),
        (execution("fn:upper", ("fn:value", V), ("fn:other", V)), "upper takes 1 parameters, not 2"),
        (
            "rml:functionExecution [ rml:function fn:upper ; rml:input [ rml:parameter fn:value ] ]",
            "the input has no value",
        ),
        (
            "rml:functionExecution _:a ] ; fn:condition [ rml:function fn:upper ; rml:input [ rml:parameter fn:value ; rml:inputValue 'x' ]",
            "there is no function",
        ),
    ],
)
def test_what_is_wrong_with_a_function_is_told(tmp_path: Path, call: str, message: str) -> None:
    """Unknown functions, wrong numbers of parameters and missing values are refused with their place."""
    with pytest.raises(InputError, match=message) as caught:
        mapped(tmp_path, f"rml:objectMap [ {call} ]")
    assert caught.value.line is not None
    assert "map http://ex.org/map" in (caught.value.field or "")


def test_named_parameters_in_yarrrml(tmp_path: Path) -> None:
    """Parameters that bear the names of the function's own stand in any order; others count by their place."""
    path = tmp_path / "m.yml"
    head = "prefixes: { fn: 'https://w3id.org/diplomatic-records/function#', ex: 'http://ex.org/' }\nmappings: { m: { sources: [[a.csv~csv]], s: ex:x, po: [{ p: ex:p, o: "
    for parameters in ("[[fn:by, B], [fn:value, $(v)], [fn:find, x]]", "[[a, $(v)], [b, x], [c, B]]", "[$(v), x, B]"):
        path.write_text(f"{head}{{ function: replace, parameters: {parameters} }} }}] }} }}", encoding="utf-8")
        found = read_mappings(path, "http://b/").maps[0].statements[0].objects[0]
        assert isinstance(found, TermMap)
        assert found.expression == Call("replace", (Reference("v"), Constant("x"), Constant("B")))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("19 November 1962", "1962-11-19"), ("November 19, 1962", "1962-11-19"), ("Nov. 19, 1962", "1962-11-19"), ("1st Sept 1962", "1962-09-01"),
        ("november 1962", "1962-11"), ("November, 1962", "1962-11"), ("1962", "1962"), ("1962-11-19", "1962-11-19"), ("29 February 1964", "1964-02-29"),
        ("31 June 1962", None), ("19/11/1962", None), ("Novembre 1962", None), ("0000", None), ("19 November 1962, noon", None),
    ],
)  # fmt: skip
def test_dates_in_words(value: str, expected: str | None) -> None:
    """``date`` gives a date in English words as ISO 8601 has it; what is none, or might be two, gives nothing."""
    text = run(one_map("{ p: ex:p, o: { function: date, parameters: [$(v)] } }"), [{"id": "1", "v": value}])
    assert objects(text) == ([] if expected is None else [expected])


def test_a_join_in_yarrrml(tmp_path: Path) -> None:
    """An object may be the subjects of another mapping, where values are equal."""
    (tmp_path / "a.csv").write_text("id,post\n1,p\n2,q\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("key,name\np,Paris\nr,Rome\n", encoding="utf-8")
    (tmp_path / "m.yml").write_text(
        "prefixes: { ex: 'http://ex.org/' }\nmappings:\n  telegram:\n    sources: [[a.csv~csv]]\n    s: ex:$(id)\n    po:\n"
        "      - p: ex:from\n        o: { mapping: post, condition: { function: equal, parameters: [[str1, $(post)], [str2, $(key)]] } }\n"
        "  post: { sources: [[b.csv~csv]], s: ex:post/$(name) }\n",
        encoding="utf-8",
    )
    map_files(read_mappings(tmp_path / "m.yml", "http://b/"), tmp_path / "m.yml", {}, tmp_path / "o.nq", tmp_path)
    assert objects((tmp_path / "o.nq").read_text()) == ["http://ex.org/post/Paris"]
