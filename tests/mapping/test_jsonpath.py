"""JSONPath as RFC 9535 has it: what paths mean, what is refused, and that DuckDB finds what the interpreter finds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from json_oracle import find

from cablegraph import relations
from cablegraph.mapping.json_sql import nodes
from cablegraph.mapping.jsonpath import is_plural
from cablegraph.mapping.jsonpath_reader import parse_jsonpath
from cablegraph.mapping.macros import MACROS


def found(path: str, value: Any, db: relations.Connection) -> list[Any]:
    """What DuckDB finds, as Python values."""
    read = parse_jsonpath(path)
    (row,) = db.execute(
        f"SELECT {nodes('item', read)} FROM (SELECT $v::JSON AS item)", {"v": json.dumps(value)}
    ).fetchall()
    values = (row[0] or []) if is_plural(read) else [] if row[0] is None else [row[0]]
    return [json.loads(one) for one in values]


@pytest.fixture(scope="module")
def db() -> relations.Connection:
    """DuckDB with what mappings need of it."""
    connection = relations.connect([])
    connection.execute(MACROS)
    return connection


POSTS = {
    "posts": [
        {"name": "Moscow", "kind": "Embassy", "staff": 40, "cables": [1, 2, 3]},
        {"name": "Havana", "kind": "Embassy", "closed": True, "cables": []},
        {"name": "Zürich", "kind": "Consulate", "staff": 4.0, "closed": None},
    ],
    "wanted": "Consulate",
    "a b": {"c'd": 1, 'e"f': 2},
}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("$.posts[?@.kind == 'Embassy'].name", ["Moscow", "Havana"]),
        ("$.posts[?(@.kind=='Embassy')].name", ["Moscow", "Havana"]),
        ("$.posts[?@.kind == $.wanted].name", ["Zürich"]),
        ("$.posts[?@.staff > 4 || @.closed].name", ["Moscow", "Havana", "Zürich"]),
        ("$.posts[?@.staff >= 4 && !@.closed].name", ["Moscow"]),
        ("$.posts[?@.staff == 4].name", ["Zürich"]),
        ("$.posts[?@.closed == true].name", ["Havana"]),
        ("$.posts[?@.closed == null].name", ["Zürich"]),
        ("$.posts[?@.none == @.nothing].name", ["Moscow", "Havana", "Zürich"]),
        ("$.posts[?!(@.name < 'N')].name", ["Zürich"]),
        ("$.posts[?count(@.cables[*]) > 1].name", ["Moscow"]),
        ("$.posts[?length(@.name) == 6 && length(@.cables) == 0].name", ["Havana"]),
        ("$.posts[?value(@..staff) == 40].name", ["Moscow"]),
        ("$.posts[?match(@.name, 'M.*|H[a.]vana')].name", ["Moscow", "Havana"]),
        ("$.posts[?search(@.name, 'r.c')].name", ["Zürich"]),
        ("$.posts[?@.cables[?@ == 2]].name", ["Moscow"]),
        ("$.posts[0, -1].name", ["Moscow", "Zürich"]),
        ("$.posts[0]['name', 'kind']", ["Moscow", "Embassy"]),
        ("$.posts[1:].name", ["Havana", "Zürich"]),
        ("$.posts[:-1].name", ["Moscow", "Havana"]),
        ("$.posts[::-1].name", ["Zürich", "Havana", "Moscow"]),
        ("$.posts[0].cables[ 0 : 3 : 2 ]", [1, 3]),
        ("$.posts[0:1, 0].name", ["Moscow", "Moscow"]),
        ("$.posts[::0]", []),
        ("$..cables[-1]", [3]),
        ("$..[?@.staff].name", ["Moscow", "Zürich"]),
        ("$..['staff', 'none']", [40, 4.0]),
        ("$['a b']['c\\'d', \"e\\\"f\"]", [1, 2]),
        ("$ ['a b'] . *", ["refused"]),
        ("a b.*", [1, 2]),
        ("wanted", ["Consulate"]),
        ("$.posts.[0].name", ["Moscow"]),
    ],
)  # fmt: skip
def test_paths(db: relations.Connection, path: str, expected: list[Any]) -> None:
    """Filters, slices, unions, negative indexes and names at any depth; the forms of before the RFC mean the same."""
    if expected == ["refused"]:
        with pytest.raises(ValueError, match="stands behind a dot"):
            parse_jsonpath(path)
        return
    assert found(path, POSTS, db) == expected


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("", "begins with"), ("['a']", "begins with"), ("$.", "ends where"), ("$..", "ends where"), ("$.a ", "no part"), ("$.a]", "no part"),
        ("$.a[*]]", "no part"), ("$.a.length()", "behind a dot"), ("$[(@.length-1)]", "no selector"), ("$[]", "no selector"), ("$[0", "missing|ends"),
        ("$[01]", "no number"), ("$[-0]", "no selector"), ("$[99999999999999999]", "no number"), ("$[?@.a =~ /x/]", "missing"),
        ("$[?@.a in ['x']]", "missing"), ("$[?1]", "a filter tests"), ("$[?length(@)]", "a filter tests"), ("$[?@.* == 1]", "leads to one value"),
        ("$[?length(@.*) == 1]", "leads to one value"), ("$[?count(1) == 1]", "takes a path"), ("$[?match(@.a) == 1]", "takes 2 arguments"),
        ("$[?match(@.a, 'x') == true]", "says yes or no"), ("$[?match(@.a, @.b)]", "pattern"), ("$[?!@.a == 1]", "before a comparison"),
        ("$[?nope(@)]", "nothing that a filter can test"), ("$['\\ud800']", "surrogate"), ("$['\\a']", "means nothing"), ("$[?" + "(" * 60 + "@" + ")" * 60 + "]", "nested"),
    ],
)  # fmt: skip
def test_what_is_no_jsonpath_is_refused(path: str, message: str) -> None:
    """What is no JSONPath, and what other dialects have beside it, is refused with what was expected."""
    with pytest.raises(ValueError, match=message):
        parse_jsonpath(path)


VALUES = st.recursive(
    st.sampled_from([0, 1, 2, -1, 1.0, 2.5, "", "a", "ab", "x\ny", "é", True, False, None]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["a", "b", "d'e", "*", "é"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
NUMBERS = st.sampled_from(["", "-4", "-1", "0", "1", "3"])
SINGLE = st.sampled_from(["@", "@.a", "@[0]", "@.b[-1]", "@['d\\'e'].a", "$", "$.a", "$[0]"])
SLICES = st.tuples(NUMBERS, NUMBERS, st.sampled_from(["", "1", "2", "-1", "-2", "0"])).map(":".join)
PLAIN = st.sampled_from(["'a'", "'b'", '"d\'e"', "'*'", "'é'", "0", "1", "-1", "-3", "*"]) | SLICES


def segments(selectors: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Parts of a path."""
    listed = st.lists(selectors, min_size=1, max_size=2).map(", ".join)
    return st.sampled_from([".a", ".b", ".*", "..a", "..*"]) | listed.map("[{}]".format) | listed.map("..[{}]".format)


def conditions(selectors: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Tests of a filter, with paths of such selectors."""
    path = st.tuples(st.sampled_from("@$"), st.lists(segments(selectors), max_size=2).map("".join)).map("".join)
    operands = SINGLE | st.sampled_from(["1", "2.5", "'a'", "''", "true", "null", "-1"])
    operands |= SINGLE.map("length({})".format) | path.map("count({})".format) | path.map("value({})".format)
    compared = st.tuples(operands, st.sampled_from(["==", "!=", "<", ">", "<=", " >= "]), operands).map("".join)
    asked = st.tuples(st.sampled_from(["match", "search"]), SINGLE, st.sampled_from(["a.*", "[ab]", "x.y", "."]))
    one = path | compared | asked.map(lambda parts: "{}({}, '{}')".format(*parts)) | path.map("!{}".format)
    both = st.tuples(one, st.sampled_from([" && ", "||"]), one).map("".join)
    return one | both | both.map("!({})".format)


ONCE = PLAIN | conditions(PLAIN).map("?{}".format)
PATHS = st.lists(segments(ONCE | conditions(ONCE).map("?{}".format)), max_size=3).map(
    lambda parts: "$" + "".join(parts)
)


@given(PATHS, VALUES)
@settings(max_examples=100, deadline=None)
def test_duckdb_finds_what_the_interpreter_finds(db: relations.Connection, path: str, value: Any) -> None:
    """Whatever the path and the value, both find the same values, as often; in order, too, where the RFC has one."""
    ours, theirs = found(path, value, db), find(parse_jsonpath(path), value, value)
    assert sorted(map(json.dumps, ours)) == sorted(map(json.dumps, theirs))
    if ".." not in path:
        assert list(map(json.dumps, ours)) == list(map(json.dumps, theirs))
