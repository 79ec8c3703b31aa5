"""The quad relation: whatever goes in comes out as N-Quads, N-Triples and Turtle that mean the same."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.compare import to_canonical_graph

from cablegraph import quads, relations
from cablegraph.errors import InputError

BASE = "https://example.org/sample/"
PREFIXES = {"ex": "http://ex.org/", "xsd": "http://www.w3.org/2001/XMLSchema#", "v": "https://example.org/vocabulary#"}

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


def written(folder: Path, lines: Sequence[str], base: str = BASE) -> dict[str, Path]:
    """Load lines and write them in all three formats."""
    (folder / "in.nq").write_text("".join(lines), encoding="utf-8", newline="")
    out = {ending: folder / f"out.{ending}" for ending in ("nq", "nt", "ttl")}
    with relations.connect([folder]) as db:
        quads.load_quads(db, quads.file_lines(folder / "in.nq"))
        quads.write_nquads(db, out["nq"])
        quads.write_ntriples(db, out["nt"])
        quads.write_turtle(db, out["ttl"], PREFIXES, base, folder)
    return out


def triples(path: Path) -> set[ox.Triple]:
    return {
        ox.Triple(q.subject, q.predicate, q.object) for q in ox.parse(path=str(path), format=quads.rdf_format(path))
    }


@given(QUADS)
@settings(max_examples=60, deadline=None)
def test_all_formats_mean_the_same(given_quads: list[ox.Quad]) -> None:
    """N-Quads, N-Triples and Turtle hold the very terms that were loaded, each once, as pyoxigraph reads them."""
    with tempfile.TemporaryDirectory() as name:
        out = written(Path(name), [line(quad) for quad in given_quads])
        assert set(ox.parse(path=str(out["nq"]), format=ox.RdfFormat.N_QUADS)) == set(given_quads)
        expected = {ox.Triple(q.subject, q.predicate, q.object) for q in given_quads}
        assert triples(out["nt"]) == triples(out["ttl"]) == expected
        assert len(out["nq"].read_bytes().split(b"\n")) == len(set(given_quads)) + 1
        assert len(out["nt"].read_bytes().split(b"\n")) == len(expected) + 1


@given(QUADS)
@settings(max_examples=25, deadline=None)
def test_rdflib_reads_the_same_graph(given_quads: list[ox.Quad]) -> None:
    """Rdflib reads the same graph from N-Triples and from Turtle."""
    with tempfile.TemporaryDirectory() as name:
        out = written(Path(name), [line(quad) for quad in given_quads])
        one, other = Graph().parse(out["nt"], format="nt"), Graph().parse(out["ttl"], format="turtle")
        assert set(one) == set(other)


@pytest.mark.parametrize("program", ["rapper", "serdi"])
def test_other_parsers_read_the_same_triples(tmp_path: Path, program: str) -> None:
    """The parsers in C read as many triples from Turtle as from N-Triples, where they are installed."""
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed")
    out = written(
        tmp_path, [f'<{BASE}record/{n}> <http://ex.org/p> "a <x> . \\"{n}\\" \\\\ é\\n"@en .\n' for n in range(20)]
    )
    options = ["-q", "-o", "ntriples", "-i"] if program == "rapper" else ["-o", "ntriples", "-i"]
    found = [
        subprocess.run([path, *options, form, str(out[ending])], capture_output=True, check=True).stdout.count(b"\n")
        for form, ending in (("turtle", "ttl"), ("ntriples", "nt"))
    ]
    assert found == [20, 20]


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
    assert '"007"^^xsd:integer' in text["ttl"]
    assert '"x"@EN-us' in text["ttl"]


def test_turtle_is_grouped_by_subject_types_first(tmp_path: Path) -> None:
    """Turtle has one block a subject, a record before its fragments, types first, predicates in order, and prefixes."""
    lines = [
        f'<{BASE}record/x#sent> <http://ex.org/p> "1" .\n', f'<{BASE}record/x> <http://ex.org/b> "2" <{BASE}g> .\n',
        f'<{BASE}record/x> <http://ex.org/b> "1" <{BASE}g> .\n', f"<{BASE}record/x> {quads.RDF_TYPE} <http://ex.org/C> <{BASE}g> .\n",
        f'<{BASE}record/x> <http://ex.org/a> "0" <{BASE}g> .\n', f'<{BASE}record/x> <http://ex.org/a> "0" <{BASE}h> .\n', f'<{BASE}record/w> <http://ex.org/a> "0" .\n',
    ]  # fmt: skip
    body = written(tmp_path, lines)["ttl"].read_text().split("\n\n", 1)[1]
    assert body == (
        '<record/w> ex:a "0" .\n\n'
        '<record/x> a ex:C ;\n    ex:a "0" ;\n    ex:b "1" ,\n        "2" .\n\n'
        '<record/x#sent> ex:p "1" .\n\n'
    )


@pytest.mark.parametrize(
    "base",
    ["https://example.org/sample#", "https://example.org/a/../b/", "https://example.org/?q=/", "https://example.org/"],
)
def test_relative_iris_resolve_to_themselves(tmp_path: Path, base: str) -> None:
    """IRIs in Turtle resolve to what they are, whatever the base is and whatever looks like a dot segment."""
    names = [
        "record/x",
        "record/a/../b",
        "record/./b",
        "record/b/..",
        "record/b/.",
        "record//b",
        "dataset",
        "x:y",
        "record/a#x/../y",
        "a?b/../c",
    ]
    lines = [
        f"<{base}{name}> <http://ex.org/p> <{base}{name}> .\n"
        for name in names
        if base.count("#") + name.count("#") < 2
    ]
    out = written(tmp_path, lines, base)
    assert triples(out["ttl"]) == triples(out["nt"])


def test_long_literals(tmp_path: Path) -> None:
    """A literal of several megabytes passes through."""
    out = written(tmp_path, [f'<{BASE}a> <http://ex.org/p> "{"x" * 5_000_000}" .\n'])
    assert out["nq"].stat().st_size > 5_000_000


def test_nothing_makes_empty_files(tmp_path: Path) -> None:
    """No quads make empty dumps."""
    out = written(tmp_path, [])
    assert out["nq"].read_bytes() == out["nt"].read_bytes() == b""
    assert triples(out["ttl"]) == set()


def test_formats_by_ending(tmp_path: Path) -> None:
    """The format of an RDF file follows its ending; another is refused with the list of those known."""
    assert quads.rdf_format(Path("x.TTL")) == ox.RdfFormat.TURTLE
    with pytest.raises(InputError, match="is no RDF file by its ending"):
        quads.rdf_format(tmp_path / "x.docx")


def test_blank_nodes_pass(tmp_path: Path) -> None:
    """Blank nodes, which our own quads never hold, pass through all formats."""
    out = written(tmp_path, ["_:a <http://ex.org/p> _:b _:g .\n", f"<{BASE}x> <http://ex.org/p> _:a .\n"])
    one, other = Graph().parse(out["nt"], format="nt"), Graph().parse(out["ttl"], format="turtle")
    assert set(to_canonical_graph(one)) == set(to_canonical_graph(other))
    assert len(one) == 2
