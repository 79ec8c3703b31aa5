"""Answers to queries as CSV, JSON and Parquet."""

from __future__ import annotations

import csv
import io
import json

import pyarrow.parquet as pq

from cablegraph.answers import ANSWER_WRITERS, Answer, Cell, as_csv, as_json, as_parquet

XSD = "http://www.w3.org/2001/XMLSchema#"
ANSWER = Answer(
    ("a", "b"),
    (
        (Cell("uri", "http://x/é"), Cell("literal", 'say "x",\r\nthen', f"{XSD}string")),
        (Cell("bnode", "n1"), Cell("literal", "007", f"{XSD}integer")),
        (None, Cell("literal", "x", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString", "en")),
        (Cell("literal", "", f"{XSD}string"), None),
    ),
)


def test_csv_is_that_of_sparql() -> None:
    """CSV has a header, CRLF, quotes where needed, nothing for unbound, and comes back as it was."""
    rows = list(csv.reader(io.StringIO(as_csv(ANSWER).decode(), newline="")))
    assert rows == [["a", "b"], ["http://x/é", 'say "x",\r\nthen'], ["_:n1", "007"], ["", "x"], ["", ""]]
    assert as_csv(ANSWER).endswith(b"\r\n")


def test_json_is_that_of_sparql() -> None:
    """JSON names type, language and datatype of each value and leaves unbound ones out."""
    document = json.loads(as_json(ANSWER))
    assert document["head"] == {"vars": ["a", "b"]}
    assert document["results"]["bindings"] == [
        {"a": {"type": "uri", "value": "http://x/é"}, "b": {"type": "literal", "value": 'say "x",\r\nthen'}},
        {"a": {"type": "bnode", "value": "n1"}, "b": {"type": "literal", "value": "007", "datatype": f"{XSD}integer"}},
        {"b": {"type": "literal", "value": "x", "xml:lang": "en"}},
        {"a": {"type": "literal", "value": ""}},
    ]


def test_yes_and_no() -> None:
    """The answer of an ASK is a boolean in JSON."""
    assert json.loads(as_json(Answer(("answer",), ((Cell("literal", "true"),),), True))) == {
        "head": {},
        "boolean": True,
    }


def test_parquet_keeps_unbound_apart_from_empty() -> None:
    """Parquet has a text column a variable; unbound is null, an empty string is empty."""
    table = pq.read_table(io.BytesIO(as_parquet(ANSWER)))
    assert table.to_pydict() == {"a": ["http://x/é", "n1", None, ""], "b": ['say "x",\r\nthen', "007", "x", None]}


def test_an_answer_without_rows() -> None:
    """An answer without rows is a header in every form."""
    for write in ANSWER_WRITERS.values():
        assert write(Answer(("a",), ()))
