"""Compiled mappings: what a row becomes, whatever stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mapped import BASE, XSD, objects, one_map, plan_of, quads, run
from rdflib import Dataset, Literal

from cablegraph import relations
from cablegraph.errors import InputError
from cablegraph.mapping.macros import MACROS
from cablegraph.mapping.sql import MapQuery
from cablegraph.mapping.terms import Relation

HOSTILE = [
    'say "no"', "back\\slash", "line\nfeed", "carriage\rreturn", "tab\t", "nul\0", "bell\x07", "esc\x1b", "del\x7f", "c1\x85",
    "%", "100%25", "😀", "e\u0301", "é", "NA", "nan", "None", "null", "NULL", "", " ", "  two  ", "\u200fright to left\u202e",
    "\u2028", "\ufeff", "\ufffe", "\U0010ffff", "<http://evil> .\n<a> <b> <c>", '" .\n<x:a> <x:b> "', "'; DROP TABLE rows; --",
    "$(id)", "\\u0041", "{}", "x" * 1_000_000, '"\\\n' * 300_000,
]  # fmt: skip
#: Marks that turn the direction of text.
MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: Text as Arrow can hold it: no lone surrogates.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_literals_mean_what_the_cell_holds(value: str) -> None:
    """A literal holds exactly the characters of its cell, as two parsers read it; a cell may hold a megabyte."""
    text = run(one_map("[ex:p, $(v)]"), [{"id": "1", "v": value}])
    assert objects(text) == [value]
    if len(value) < 1000:  # rdflib needs the square of a line's length
        (quad,) = Dataset().parse(data=text, format="nquads").quads()
        assert quad[2] == Literal(value)


@given(st.lists(TEXT, min_size=1, max_size=20))
@settings(max_examples=25, deadline=None)
def test_any_text_survives(values: list[str]) -> None:
    """Whatever text cells hold, each value comes out as it is."""
    text = run(one_map("[ex:p, $(v)]"), [{"id": str(n), "v": value} for n, value in enumerate(values)])
    found = {quad.subject.value: quad.object.value for quad in quads(text)}
    assert found == {f"http://ex.org/{n}": value for n, value in enumerate(values)}


@given(st.lists(TEXT, min_size=1, max_size=20, unique=True))
@settings(max_examples=30, deadline=None)
def test_distinct_keys_stay_distinct(values: list[str]) -> None:
    """Distinct keys make distinct IRIs and distinct blank nodes, and both parsers take them."""
    rows = [{"id": value, "n": str(n)} for n, value in enumerate(values)]
    text = run(one_map("[ex:p, $(n)]"), rows)
    found = [quad.subject.value for quad in quads(text)]
    assert len(set(found)) == len(found)
    assert {str(quad[0]) for quad in Dataset().parse(data=text, format="nquads").quads()} == set(found)
    safe = [value for value in values if value not in ("", ".", "..") and not set(value) & MARKS]
    assert len(found) == len(safe)
    blank = run(one_map("[ex:p, $(n)]", subject="_:$(id)"), rows)
    assert len({quad.subject for quad in quads(blank)}) == len(values)


def encoded(value: str) -> str | None:
    with relations.connect([]) as db:
        db.execute(MACROS)
        row = db.execute("SELECT iri_part($v)", {"v": value}).fetchone()
    assert row is not None
    return row[0]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("AZaz09-._~", "AZaz09-._~"), ("a b/c?d#e", "a%20b%2Fc%3Fd%23e"), ("100%", "100%25"), ("a:b@c", "a%3Ab%40c"), ("é–漢", "é–漢"),
        ("é b", "é%20b"), ("\0\n\x7f", "%00%0A%7F"), ("\x85é", "%C2%85%C3%A9"), ("\ue000", "%EE%80%80"), ("\U0001f600", "\U0001f600"),
        ("..a", "..a"), ("", None), (".", None), ("..", None), ("a\u202eb", None), ("a\xa0b", "a%C2%A0b"), ("\u061c", None), (" ", "%20"),
    ],
)  # fmt: skip
def test_keys_are_encoded_by_rfc_3987(value: str, expected: str | None) -> None:
    """Unreserved characters and other scripts stay; the rest is percent-encoded; what cannot be made safe makes nothing."""
    assert encoded(value) == expected


def oracle(value: str) -> bool:
    """Whether pyoxigraph takes a text as an IRI, without the marks, spaces and private characters that we refuse."""
    if any(c in MARKS or c.isspace() or 0xE000 <= ord(c) <= 0xF8FF or ord(c) >= 0x3FFFE for c in value):
        return False
    try:
        (quad,) = ox.parse(f'<{value}> <x:p> "" .'.encode(), format=ox.RdfFormat.N_QUADS)
    except (SyntaxError, ValueError):
        return False
    return quad.subject.value == value


IRI_TEXT = st.builds(
    lambda scheme, rest: f"{scheme}:{rest}",
    st.sampled_from(["http", "urn", "a"]),
    st.text(st.sampled_from("ab1:/?#[]@!$&'()*+,;=%0Aé \"<>\\^`{|}~.-_\u200e\ue000\u3000"), max_size=12)
    | st.builds(lambda host, rest: f"//{host}{rest}", st.text(st.sampled_from("a1.:@[]%é-"), max_size=6), st.text(st.sampled_from("/a?#%20é:@"), max_size=8)),
)  # fmt: skip


@given(st.lists(IRI_TEXT, min_size=1, max_size=60))
@settings(max_examples=30, deadline=None)
def test_whole_iris_are_valid_or_nothing(values: list[str]) -> None:
    """A column that holds whole IRIs makes triples of exactly those that are IRIs."""
    text = run(one_map("[ex:p, $(v)~iri]"), [{"id": str(n), "v": value} for n, value in enumerate(values)])
    found = {int(quad.subject.value.rsplit("/", 1)[1]) for quad in quads(text)}
    assert found == {n for n, value in enumerate(values) if oracle(value)}


def test_relative_values_stand_on_the_base() -> None:
    """A value without a scheme is relative to the base; one that is no IRI makes nothing."""
    rows = [{"id": "1", "v": "agent/x"}, {"id": "2", "v": "urn:x:y"}, {"id": "3", "v": "a b"}, {"id": "4", "v": ""}]
    assert objects(run(one_map("[ex:p, $(v)~iri]"), rows)) == [f"{BASE}agent/x", "urn:x:y"]


def test_null_makes_no_triple() -> None:
    """A missing value makes no triple, in the subject, a key, a literal, a graph, a datatype or a language."""
    rows: list[dict[str, Any]] = [
        {"id": None, "v": "x", "w": "y"},
        {"id": "2", "v": None, "w": None},
        {"id": "3", "v": "z", "w": "w"},
    ]
    schema = pa.schema([("id", pa.string()), ("v", pa.string()), ("w", pa.string())])
    mapping = one_map(
        "[ex:p, $(v)]", "[ex:q, 'ex:$(v)~iri']", "[ex:r, '$(v) and $(w)']", "[ex:s, constant]",
        "{ p: ex:t, o: $(v), graphs: 'ex:$(w)' }", "[ex:u, $(id), '$(w)~lang']",
    )  # fmt: skip
    assert [(q.subject.value[-1], q.predicate.value[-1]) for q in sorted(quads(run(mapping, rows, schema)), key=str)] == [
        ("2", "s"), ("3", "p"), ("3", "q"), ("3", "r"), ("3", "s"), ("3", "t"),
    ]  # fmt: skip


def test_lists_give_a_triple_an_item() -> None:
    """A list makes one triple an item, in order, leaving out nulls; an empty list and a missing one make none."""
    rows = [{"id": "1", "v": ["a", None, "b", ""]}, {"id": "2", "v": []}, {"id": "3", "v": None}]
    schema = pa.schema([("id", pa.string()), ("v", pa.list_(pa.string()))])
    assert objects(run(one_map("[ex:p, $(v)]"), rows, schema)) == ["", "a", "b"]
    assert objects(run(one_map("[ex:p, 'ex:$(id)/$(v)~iri']"), rows, schema)) == [
        "http://ex.org/1/a",
        "http://ex.org/1/b",
    ]
    assert objects(run(one_map("{ p: ex:p, o: { function: upper, parameters: [$(v)] } }"), rows, schema)) == [
        "",
        "A",
        "B",
    ]


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        (one_map("[ex:p, x]", condition="{ function: equal, parameters: [$(v), a] }"), "'v' is a list"),
        (one_map("[ex:p, $(nope)]"), "has no column 'nope'"),
    ],
)
def test_what_cannot_be_compiled_is_refused(mapping: str, message: str) -> None:
    """A list where one value is needed, and a column that is not there, are refused with map and line."""
    schema = pa.schema([("id", pa.string()), ("v", pa.list_(pa.string())), ("w", pa.list_(pa.string()))])
    with pytest.raises(InputError, match=message) as caught:
        run(mapping, [{"id": "1", "v": ["a"], "w": ["b"]}], schema)
    assert caught.value.field == "map thing"
    assert caught.value.line is not None


def test_lists_may_stand_anywhere_and_multiply() -> None:
    """A list in a subject, a predicate, a graph or a template gives a triple for each combination of items."""
    schema = pa.schema([("id", pa.string()), ("v", pa.list_(pa.string())), ("w", pa.list_(pa.string()))])
    rows = [{"id": "1", "v": ["a", "b"], "w": ["c", "d"]}, {"id": "2", "v": ["e"], "w": []}]
    assert objects(run(one_map("[ex:p, '$(v)$(w)$(v)']"), rows, schema)) == ["aca", "ada", "bcb", "bdb"]
    everywhere = one_map("{ p: 'ex:$(w)', o: $(id), graphs: ['ex:$(w)', ex:g] }", subject="ex:$(v)")
    found = {tuple(term.value[-1] for term in quad) for quad in quads(run(everywhere, rows, schema))}
    assert found == {(s, p, "1", g) for s in "ab" for p in "cd" for g in "cdg"}


def test_conditions() -> None:
    """A condition on a map or a statement lets rows through where it is true, not where it is false or unknown."""
    rows = [{"id": "1", "v": "a"}, {"id": "2", "v": "b"}, {"id": "3", "v": None}]

    def ids(condition: str) -> str:
        whole = quads(run(one_map("[ex:p, x]", condition=condition), rows))
        part = quads(run(one_map(f"{{ p: ex:p, o: x, condition: {condition} }}"), rows))
        assert whole == part
        return "".join(sorted(quad.subject.value[-1] for quad in whole))

    assert ids("{ function: equal, parameters: [$(v), a] }") == "1"
    assert ids("{ function: notEqual, parameters: [$(v), a] }") == "2"
    assert ids("{ function: isNull, parameters: [$(v)] }") == "3"
    assert ids("{ function: isNotNull, parameters: [$(v)] }") == "12"
    assert ids("{ function: matches, parameters: [$(v), '[ab]'] }") == "12"
    assert ids("{ function: equal, parameters: ['$(v)$(id)', b2] }") == "2"
    assert ids("{ function: equal, parameters: [{ function: upper, parameters: [$(v)] }, A] }") == "1"


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("{ function: upper, parameters: [$(v)] }", " SECTO 12/É "),
        ("{ function: lower, parameters: [$(v)] }", " secto 12/é "),
        ("{ function: trim, parameters: [$(v)] }", "Secto 12/é"),
        ("{ function: replace, parameters: [$(v), ' ', _] }", "_Secto_12/é_"),
        ("{ function: slug, parameters: [$(v)] }", "secto-12-é"),
        ("{ function: isNull, parameters: [$(v)] }", "false"),
        ("{ function: upper, parameters: [{ function: equal, parameters: [$(v), x] }] }", "FALSE"),
    ],
)
def test_functions(call: str, expected: str) -> None:
    """Each function gives what its name says; yes and no as a value are true and false."""
    assert objects(run(one_map(f"{{ p: ex:p, o: {call} }}"), [{"id": "1", "v": " Secto 12/é "}])) == [expected]


DATES = {
    "1962": "gYear", "1962-11": "gYearMonth", "1962-11-19": "date", "1962-11-19T20:00:00": "dateTime", "1964-02-29": "date",
    "1962-11-19T20:00:00Z": "dateTime", "1962-11-19T20:00:00-05:00": "dateTime", "1962-11-19T20:00:00+14:00": "dateTime",
    "1962-02-30": "string", "1963-02-29": "string", "1962-13": "string", "1962-00": "string", "62": "string", "": "string",
    "1962-11-19T24:00:00": "string", "1962-11-19T20:60:00": "string", "1962-11-19T20:00": "string", "0000": "string", "1962-11-19 ": "string",
    "0000-01-01": "string", "1962-11-19T20:00:00+14:30": "string", "-1962": "string", "１９６２": "string", "1962\n": "string", "19621119": "string",
}  # fmt: skip


@pytest.mark.parametrize(("value", "kind"), DATES.items())
def test_the_datatype_of_a_date_follows_its_form(value: str, kind: str) -> None:
    """A year, month, day or time gets its own datatype; what is no valid date stays plain text."""
    call = "{ function: fn:dateDatatype, parameters: [$(v)] }"
    text = run(one_map(f"{{ p: ex:p, o: {{ value: $(v), datatype: {call} }} }}"), [{"id": "1", "v": value}])
    (quad,) = quads(text)
    assert (quad.object.value, quad.object.datatype.value) == (value, f"{XSD}{kind}")


def test_datatypes_and_languages_from_columns() -> None:
    """Datatypes and languages may stand in columns; what is no IRI or no tag makes no triple and no broken line."""
    rows: list[Mapping[str, Any]] = [
        {"id": "1", "t": f"{XSD}int", "l": "pt-BR"}, {"id": "2", "t": '> "x" .\n<a:b> <a:b> <a:b', "l": 'en .\n<a:b> <a:b> "x"@en'},
        {"id": "3", "t": "rel", "l": "e n"}, {"id": "4", "t": None, "l": "en-a"}, {"id": "5", "t": "a b", "l": "i"}, {"id": "6", "t": "", "l": "de-CH-1996"},
    ]  # fmt: skip
    found = quads(run(one_map("[ex:p, x, $(t)]", "[ex:q, x, $(l)~lang]", "[ex:r, x, 'ex:$(id)']"), rows))
    assert {q.object.datatype.value for q in found if q.predicate.value.endswith("p")} == {f"{XSD}int", f"{BASE}rel"}
    assert {q.object.language for q in found if q.predicate.value.endswith("q")} == {"pt-br", "de-ch-1996"}
    assert len([q for q in found if q.predicate.value.endswith("r")]) == 6


def test_constants_are_escaped_as_values_are() -> None:
    """A constant with quotes, line ends and other marks comes out as it stands in the mapping."""
    text = run(one_map('[ex:p, "a \\"b\\" \\\\ \\n \\r \\t \\0 \\x07 é \'"]'), [{"id": "1"}])
    assert objects(text) == ['a "b" \\ \n \r \t \0 \x07 é \'']


@pytest.mark.parametrize(
    "name",
    [
        'a"b',
        "a'b",
        "a;b",
        "select",
        "*",
        "a b",
        "a\\b",
        "é",
        'x"); DROP TABLE rows; --',
        "\x01" + "0",
        "a\nb",
        "lines",
        "item",
    ],
)
def test_column_names_are_never_sql(name: str) -> None:
    """Whatever a column is called, a mapping can name it, alone and as a list."""
    escaped = name.replace("\\", "\\\\").replace(")", "\\)")
    reference = (
        f'"$({escaped})"'.replace("\\", "\\\\").replace('b"', 'b\\"').replace('a"', 'a\\"').replace('x"', 'x\\"')
    )
    reference = reference.replace("\n", "\\n").replace("\x01", "\\x01")
    assert objects(run(one_map(f"[ex:p, {reference}]"), [{"id": "1", name: "v"}])) == ["v"]
    assert objects(run(one_map(f"[ex:p, {reference}]"), [{"id": "1", name: ["v", "w"]}])) == ["v", "w"]


ROWS = st.lists(st.tuples(st.sampled_from(["1", "2", "3", ".."]), st.sampled_from(["a", "b", None])), max_size=12)


@given(ROWS, ROWS)
@settings(max_examples=40, deadline=None)
def test_rows_that_are_known_are_not_mapped_again(before: list[tuple[str, str]], now: list[tuple[str, str]]) -> None:
    """With what an earlier run mapped the lines are those of a fresh run, and known rows are taken as they were kept."""
    maps, columns = plan_of(one_map("[ex:p, $(v)]")).maps, {"id": "VARCHAR", "v": "VARCHAR"}
    with relations.connect([]) as db:
        db.execute(MACROS)
        for name, rows in (("earlier_rows", before), ("rows_now", now)):
            relations.create_table(db, name, {"id": relations.TEXT, "v": relations.TEXT}, rows)
        db.execute(f"CREATE TABLE kept AS {MapQuery(maps, Relation('earlier_rows', columns)).distinct_lines(None)}")
        query = MapQuery(maps, Relation("rows_now", columns))
        fresh = db.execute(query.distinct_lines(None)).fetchall()
        assert db.execute(query.distinct_lines("kept")).fetchall() == fresh
        db.execute("UPDATE kept SET lines = 'as it was kept'")
        taken = db.execute(query.distinct_lines("kept")).fetchall()
        assert sum(lines == "as it was kept" for _, lines in taken) == len(set(before) & set(now))
