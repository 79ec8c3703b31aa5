"""What is proved of a mapping: triples that are never the same, subjects that tell their key, and what that saves."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from mapped import BASE

from cablegraph.mapping import map_files, read_mappings
from cablegraph.mapping.plan import Constant, Reference, Template, TermMap, TermType
from cablegraph.mapping.shapes import Pattern, key_of

P = TermMap(Constant("x:p"), TermType.IRI)


def iri(*parts: str | Reference) -> TermMap:
    made = tuple(Constant(part) if isinstance(part, str) else part for part in parts)
    return TermMap(made[0] if len(made) == 1 else Template(made), TermType.IRI)


A, B = Reference("a"), Reference("b")


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        (iri("x:record/", A), iri("x:agent/", A), True),
        (iri("x:record/", A), iri("x:record/", A, "#part"), True),
        (iri("x:record/", A), iri("x:record/", B), False),
        (iri("x:record/", A), iri("x:rec"), True),
        (iri("x:record/", A), iri("x:record/1"), False),
        (iri("x:a", A), iri("x:ab"), False),
        (iri("x:a"), iri("x:b"), True),
        (TermMap(A, TermType.IRI), iri("x:b"), False),
        (TermMap(A, TermType.LITERAL), iri("x:b"), True),
        (TermMap(A, TermType.LITERAL), TermMap(A, TermType.BLANK), True),
        (TermMap(A, TermType.LITERAL), TermMap(B, TermType.LITERAL), False),
        (TermMap(A, TermType.LITERAL), TermMap(A, TermType.LITERAL, language=Constant("en")), True),
        (TermMap(A, TermType.LITERAL, natural=True), TermMap(A, TermType.LITERAL, datatype=Constant("x:t")), False),
    ],
)
def test_terms_that_are_never_the_same(one: TermMap, other: TermMap, differ: bool) -> None:
    """Kind, start and marks of terms tell that they differ; where nothing tells, they may be the same."""
    assert Pattern(iri("x:s"), P, one, None).differs(Pattern(iri("x:s"), P, other, None)) is differ


@pytest.mark.parametrize(
    ("term", "key"),
    [
        (iri("x:", A), {"a"}),
        (iri("x:", A, "/", B), {"a", "b"}),
        (iri("x:", A, "-", B), None),
        (iri("x:", A, B), None),
        (iri("x:s"), None),
        (TermMap(A, TermType.IRI), None),
        (TermMap(A, TermType.BLANK), {"a"}),
    ],
)
def test_subjects_that_tell_their_key(term: TermMap, key: set[str] | None) -> None:
    """A subject tells its key where reserved characters part the values."""
    assert key_of(term) == (None if key is None else frozenset(key))


def explained(columns: dict[str, list[str]], *maps: str) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pq.write_table(pa.table(columns), folder / "rows.parquet")
        text = "prefixes: { ex: 'http://ex.org/' }\nsources: { rows: [rows.parquet~parquet] }\nmappings:\n" + "\n".join(
            f"  m{n}: {m}" for n, m in enumerate(maps)
        )
        (folder / "m.yml").write_text(text, encoding="utf-8")
        done = map_files(read_mappings(folder / "m.yml", BASE), folder / "m.yml", {}, folder / "out.nq", folder)
        lines = (folder / "out.nq").read_text(encoding="utf-8").splitlines()
        assert len(lines) == len(set(lines))
        return done.sql


def test_only_what_may_stand_twice_is_made_distinct() -> None:
    """A unique key needs no DISTINCT; of a repeated one its few columns are made distinct; lines where other columns speak."""
    record = "{ sources: rows, s: ex:$(id), po: [[a, ex:A], [ex:v, $(v)]] }"
    post = "{ sources: rows, s: ex:post/$(v), po: [[a, ex:B], [ex:name, $(v)]] }"
    other = "{ sources: rows, s: ex:post/$(v), po: [[ex:of, $(id)]] }"
    assert "DISTINCT" not in explained({"id": ["1", "2"], "v": ["x", "y"]}, record)
    assert explained({"id": ["1", "2"], "v": ["x", "x"]}, record, post).count("DISTINCT") == 1
    assert "DISTINCT unnest" not in explained({"id": ["1", "2"], "v": ["x", "x"]}, record, post)
    assert "DISTINCT unnest" in explained({"id": ["1", "2"], "v": ["x", "x"]}, other)
    assert "DISTINCT unnest" in explained({"id": ["1", "1"], "v": ["x", "y"]}, record)
    assert "DISTINCT unnest" in explained(
        {"id": ["1", "2"], "v": ["x", "y"]}, record, "{ sources: rows, s: ex:$(id), po: [[a, ex:A]] }"
    )
