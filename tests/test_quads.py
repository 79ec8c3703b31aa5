"""The quad relation: whatever goes in comes out as N-Quads and N-Triples that mean the same."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cablegraph import quads, relations
from cablegraph.errors import InputError

BASE = "https://example.org/sample/"

STEPS = st.lists(
    st.sampled_from(["a", "Z9", "-", "_", ".", "..", "~", "/", "?", "é", "漢", "%25", ":", "record", "x.y"]), max_size=6
).map("".join)
IRIS = st.one_of(
    st.builds(
        "{}{}".format,
        st.sampled_from([BASE, f"{BASE}record/", "http://ex.org/", "urn:x:", "https://example.org/"]),
        STEPS,
    ),
    st.builds(
        "{}#{}".format, st.sampled_from([f"{BASE}record/x", "https://example.org/vocabulary", "http://ex.org/"]), STEPS
    ),
).map(ox.NamedNode)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    [
        "x> .",
        "a <x> .",
        '" <http://x> .',
        'x"^^<http://x>',
        "x@en",
        "\\",
        "\\u0041",
        "line\nline\r\n",
        "tab\t",
        " .",
        "'''",
        '"""',
        "\0",
        "\x7f",
    ]
)
LITERALS = st.one_of(
    st.builds(ox.Literal, TEXT),
    st.builds(
        lambda text, tag: ox.Literal(text, language=tag), TEXT, st.sampled_from(["en", "en-US", "zh-Hant-TW", "x-own"])
    ),
    st.builds(lambda text, kind: ox.Literal(text, datatype=kind), TEXT, IRIS),
)
QUADS = st.lists(
    st.builds(ox.Quad, IRIS, IRIS | st.just(ox.NamedNode(quads.RDF_TYPE.strip("<>"))), IRIS | LITERALS, IRIS | st.just(ox.DefaultGraph())),
    min_size=1, max_size=30,
)  # fmt: skip


def line(quad: ox.Quad) -> str:
    graph = "" if quad.graph_name == ox.DefaultGraph() else f" {quad.graph_name}"
    return f"{quad.subject} {quad.predicate} {quad.object}{graph} .\n"


def written(folder: Path, lines: Sequence[str]) -> dict[str, Path]:
    """Load lines and write them as N-Quads and N-Triples."""
    (folder / "in.nq").write_text("".join(lines), encoding="utf-8", newline="")
    out = {ending: folder / f"out.{ending}" for ending in ("nq", "nt")}
    with relations.connect([folder]) as db:
        quads.load_quads(db, quads.file_lines(folder / "in.nq"))
        quads.write_lines(db, quads.nquads(), out["nq"])
        quads.write_lines(db, quads.ntriples(), out["nt"])
    return out


def triples(path: Path) -> set[ox.Triple]:
    return {
        ox.Triple(q.subject, q.predicate, q.object) for q in ox.parse(path=str(path), format=quads.rdf_format(path))
    }


@given(QUADS)
@settings(max_examples=60, deadline=None)
def test_what_is_loaded_is_written(given_quads: list[ox.Quad]) -> None:
    """N-Quads and N-Triples hold the very terms that were loaded, each once."""
    with tempfile.TemporaryDirectory() as name:
        out = written(Path(name), [line(quad) for quad in given_quads])
        assert set(ox.parse(path=str(out["nq"]), format=ox.RdfFormat.N_QUADS)) == set(given_quads)
        expected = {ox.Triple(q.subject, q.predicate, q.object) for q in given_quads}
        assert triples(out["nt"]) == expected
        assert len(out["nq"].read_bytes().split(b"\n")) == len(set(given_quads)) + 1
        assert len(out["nt"].read_bytes().split(b"\n")) == len(expected) + 1


def test_lexical_forms_survive(tmp_path: Path) -> None:
    """Lexical forms that a store would rewrite, and language tags in capitals, come out as they went in."""
    forms = [
        '"007"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '"+1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>',
        '"x"@EN-us',
        '"24:00:00"',
        '"\\u000b"',
    ]
    out = written(tmp_path, [f"<{BASE}a> <http://ex.org/p> {form} <{BASE}g> .\n" for form in forms])
    text = {ending: path.read_text(encoding="utf-8") for ending, path in out.items()}
    for form in forms:
        assert f" {form} <{BASE}g> .\n" in text["nq"]
        assert f" {form} .\n" in text["nt"]


def test_long_literals(tmp_path: Path) -> None:
    """A literal of several megabytes passes through."""
    out = written(tmp_path, [f'<{BASE}a> <http://ex.org/p> "{"x" * 5_000_000}" .\n'])
    assert out["nq"].stat().st_size > 5_000_000


def test_nothing_makes_empty_files(tmp_path: Path) -> None:
    """No quads make empty dumps."""
    out = written(tmp_path, [])
    assert out["nq"].read_bytes() == out["nt"].read_bytes() == b""


def test_formats_by_ending(tmp_path: Path) -> None:
    """The format of an RDF file follows its ending; another is refused with the list of those known."""
    assert quads.rdf_format(Path("x.TTL")) == ox.RdfFormat.TURTLE
    with pytest.raises(InputError, match="is no RDF file by its ending"):
        quads.rdf_format(tmp_path / "x.docx")
