"""Validation in partitions finds what validation of the whole finds, wherever the cuts are."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner
from generated import NODES, PREFIXES, SHAPES, TRIPLES, VALUES
from hypothesis import given, settings
from hypothesis import strategies as st

from cablegraph import quads
from cablegraph.cli import cli
from cablegraph.errors import InputError
from cablegraph.policy import Policy
from cablegraph.validation import Result, check_any, partitions, read_shapes, validate
from cablegraph.validation.reach import bounds_of_shapes

#: Nodes of every kind, beside those of all generated graphs.
BLANK = ["_:x", "_:y"]
CLASSES = ["<http://x/C>", "<http://x/D>", "<http://x/E>"]
MORE = st.one_of(
    st.tuples(st.sampled_from(NODES + BLANK), st.sampled_from(["<http://x/p>", "<http://x/q>"]), st.sampled_from(NODES + BLANK + VALUES)),
    st.tuples(st.sampled_from(CLASSES), st.just("<http://www.w3.org/2000/01/rdf-schema#subClassOf>"), st.sampled_from(CLASSES)),
    st.tuples(st.sampled_from(NODES + BLANK), st.just(quads.RDF_TYPE), st.sampled_from(CLASSES)),
)  # fmt: skip
CUTS = st.sets(st.sampled_from([*NODES, *VALUES, *BLANK, *CLASSES, "<", "_", "<http://x/o"]), max_size=5).map(sorted)


def split_up(folder: Path, data: str, shapes: str, cuts: list[str]) -> tuple[list[list[Path]], str]:
    """The files of partitions with these cuts, dealt in two spans, and the shapes for them."""
    folder.mkdir(exist_ok=True)
    (folder / "data.nq").write_text(data, encoding="utf-8", newline="")
    bounds = bounds_of_shapes(shapes)
    assert bounds is not None
    with ThreadPoolExecutor(1) as pool:
        parts = partitions.split(folder / "data.nq", bounds, [cut.encode() for cut in cuts], folder, pool, jobs=2)
    return parts, bounds.shapes


def split_results(folder: Path, data: str, shapes: str, cuts: list[str]) -> list[Result]:
    """The results of partitions with these cuts, one after another."""
    parts, told = split_up(folder, data, shapes, cuts)
    return partitions.sorted_results(
        result for files in parts for result in partitions.validate_part(files, told, "shacl")
    )


@given(shapes=SHAPES, triples=st.sets(TRIPLES | MORE, max_size=16), cuts=CUTS)
@settings(max_examples=120, deadline=None)
def test_any_partition_of_any_graph_has_the_results_of_the_whole(
    tmp_path_factory: pytest.TempPathFactory, shapes: str, triples: set[tuple[str, str, str]], cuts: list[str]
) -> None:
    """Random graphs, random shapes, cuts anywhere: the same results, each as often."""
    folder = tmp_path_factory.getbasetemp() / "split"
    folder.mkdir(exist_ok=True)
    (folder / "shapes.ttl").write_text(PREFIXES + shapes, encoding="utf-8")
    text = read_shapes([folder / "shapes.ttl"])
    data = "".join(f"{' '.join(triple)} .\n" for triple in sorted(triples))
    assert split_results(folder / "work", data, text, cuts) == validate(data, text)


FAR = """
    <http://x/a> <http://x/p> <http://x/b> .
    <http://x/b> <http://x/p> <http://x/c> .
    <http://x/c> <http://x/p> <http://x/d> .
    <http://x/d> <http://x/q> "1"@EN-us .
    <http://x/z> <http://x/q> "1"@EN-us .
    <http://x/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://x/E> .
    <http://x/E> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <http://x/D> .
    <http://x/D> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <http://x/C> .
""".replace("\n    ", "\n").lstrip()
EVERY = ["<http://x/D>", "<http://x/E>", "<http://x/a>", "<http://x/b>", "<http://x/c>", "<http://x/d>", "<http://x/z>"]


@pytest.mark.parametrize(
    "shape",
    [
        "sh:targetClass ex:C ; sh:property [ sh:path [ sh:oneOrMorePath ex:p ] ; sh:maxCount 2 ]",
        "sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:property [ sh:path ex:p ; sh:property [ sh:path ex:q ; sh:minCount 1 ] ] ]",
        "a sh:NodeShape . ex:C a sh:NodeShape, <http://www.w3.org/2002/07/owl#Class> ; sh:property [ sh:path ex:q ; sh:minCount 1 ]",
        "sh:targetClass ex:C ; sh:property [ sh:path ( ex:p ex:p ex:p ex:q ) ; sh:maxCount 0 ]",
        "sh:targetClass ex:C ; sh:property [ sh:path ( ex:p ex:p ex:p ex:q [ sh:inversePath ex:q ] ) ; sh:maxCount 0 ]",
        "sh:targetObjectsOf ex:q ; sh:nodeKind sh:IRI",
        "sh:targetObjectsOf ex:q ; sh:property [ sh:path [ sh:inversePath ex:q ] ; sh:maxCount 1 ]",
        "sh:targetNode ex:a, ex:none, ex:zz ; sh:property [ sh:path ex:q ; sh:minCount 1 ]",
        "sh:targetSubjectsOf ex:q ; sh:property [ sh:path ( [ sh:inversePath ex:p ] [ sh:inversePath ex:p ] ) ; sh:class ex:C ]",
        "sh:targetNode ex:d ; sh:property [ sh:path [ sh:zeroOrMorePath [ sh:inversePath ex:p ] ] ; sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMaxCount 0 ]",
        "sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:node [ sh:closed true ; sh:property [ sh:path ex:q ] ] ]",
        "sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:or ( [ sh:property [ sh:path ( ex:p ex:p ) ; sh:maxCount 0 ] ] [ sh:not [ sh:property [ sh:path ex:p ; sh:minCount 1 ] ] ] ) ]",
        "sh:targetNode ex:b ; sh:property [ sh:path [ sh:inversePath ( ex:p ex:p ) ] ; sh:minCount 1 ]",
    ],
)  # fmt: skip
def test_what_shapes_reach_is_in_the_context(tmp_path: Path, shape: str) -> None:
    """Even where each node is a partition of its own: paths of every kind, nested shapes, classes and targets anywhere."""
    (tmp_path / "shapes.ttl").write_text(f"{PREFIXES}ex:S {shape} .", encoding="utf-8")
    text = read_shapes([tmp_path / "shapes.ttl"])
    whole = validate(FAR, text)
    assert whole
    assert split_results(tmp_path / "work", FAR, text, EVERY) == whole


def test_a_context_is_no_greater_than_what_shapes_reach(tmp_path: Path) -> None:
    """A partition holds its own triples and those that lead on, not the whole graph."""
    (tmp_path / "shapes.ttl").write_text(f"{PREFIXES}ex:S sh:targetNode ex:a ; sh:property [ sh:path ( ex:p ex:p ) ; sh:maxCount 0 ] .", encoding="utf-8")  # fmt: skip
    parts, _ = split_up(tmp_path / "work", FAR, read_shapes([tmp_path / "shapes.ttl"]), ["<http://x/b>"])
    held = [line for file in parts[0] for line in file.read_text(encoding="utf-8").splitlines()]
    assert "<http://x/a> <http://x/p> <http://x/b> ." in held
    assert "<http://x/b> <http://x/p> <http://x/c> ." in held
    assert not [line for line in held if line.startswith(("<http://x/c>", "<http://x/d>"))]


def test_what_no_shape_sees_is_given_to_no_engine(tmp_path: Path) -> None:
    """Triples of properties that no path, class or target names need no parsing; a closed shape sees all."""
    for shape, is_seen in (("sh:property [ sh:path ex:q ; sh:maxCount 0 ]", False), ("sh:closed true", True)):
        (tmp_path / "shapes.ttl").write_text(f"{PREFIXES}ex:S sh:targetNode ex:a ; {shape} .", encoding="utf-8")
        parts, _ = split_up(tmp_path / "work", FAR, read_shapes([tmp_path / "shapes.ttl"]), ["<http://x/b>"])
        held = "".join(file.read_text(encoding="utf-8") for files in parts for file in files)
        assert ("<http://x/c> <http://x/p> <http://x/d>" in held) == is_seen
        assert '<http://x/d> <http://x/q> "1"@EN-us' in held


ODD = [
    "<http://x/b><http://x/p><http://x/c>.",
    "<http://x/b><http://x/p> <http://x/c> <http://x/g> .",
    "<http://x/b> <http://x/p><http://x/c> .",
    "<http://x/b>\t<http://x/p>\t<http://x/c>\t.",
    "  <http://x/b>  <http://x/p>  <http://x/c>  .",
    "<http://x/b> <http://x/p> <http://x/c>.",
    "<http://x/b> <http://x/p> <http://x/c> . # <http://x/p> .",
    "# <http://x/b> <http://x/p> .\n<http://x/b> <http://x/p> <http://x/c> .# so .",
    "<http://x/\\u0062> <http://x/p> <http://x/c> .",
    "<http://x/b> <http://x/\\u0070> <http://x/c> .",
    "<http://x/b> <http://x/p> <http://x/\\u0063> .",
    "<http://x/b> <http://x/p> <http://x/c> .\r\n",
    "<http://x/b> <http://x/p> <http://x/c> .\r<http://x/z> <http://x/q> <http://x/c> .",
    "<http://x/b> <http://x/p> <http://x/c><http://x/g> .",
    "<http://x/b> <http://x/p> _:c<http://x/g> .\n_:c <http://x/p> <http://x/b> .",
    '<http://x/b> <http://x/p> "a . b" <http://x/g> .\n<http://x/c> <http://x/p> "\\u0061 . b"^^<http://www.w3.org/2001/XMLSchema#string> .',
]  # fmt: skip


@pytest.mark.parametrize("lines", ODD)
def test_lines_may_be_written_as_nobody_here_writes_them(tmp_path: Path, lines: str) -> None:
    """Any spaces or none, comments, other ends of lines and second spellings of a term: N-Quads all the same."""
    (tmp_path / "shapes.ttl").write_text(
        f"{PREFIXES}ex:S sh:targetSubjectsOf ex:p ; sh:property [ sh:path ( ex:p ex:p ) ; sh:maxCount 0 ] . "
        "ex:T sh:targetObjectsOf ex:p ; sh:property [ sh:path [ sh:inversePath ex:p ] ; sh:maxCount 0 ] .",
        encoding="utf-8",
    )
    text = read_shapes([tmp_path / "shapes.ttl"])
    data = f"{FAR}{lines}\n<http://x/y> <http://x/p> <http://x/z> .\n"
    split = split_results(tmp_path / "work", data, text, EVERY)
    assert split == validate(tmp_path / "work" / "data.nq", text) != validate(FAR, text)


def test_a_line_that_is_no_rdf_is_told_in_the_file_that_was_given(tmp_path: Path) -> None:
    """Whichever partition it falls into, and whether the pass over the lines or the engine meets it."""
    (tmp_path / "shapes.ttl").write_text(f"{PREFIXES}ex:S sh:targetSubjectsOf ex:p ; sh:nodeKind sh:IRI .", encoding="utf-8")  # fmt: skip
    for broken in ("<http://x/y> <http://x/p> <http://x/z>", '<http://x/y> <http://x/p> "z .', "so"):
        (tmp_path / "data.nt").write_text(f"{FAR}{broken}\n{FAR}", encoding="utf-8")
        with pytest.raises(InputError, match=r"data\.nt:(9|10): is no valid RDF"):
            check_any(tmp_path / "data.nt", [tmp_path / "shapes.ttl"], "shacl", Policy(), 1, 200)


def test_the_command_line_is_the_same_in_parts_and_in_processes(tmp_path: Path) -> None:
    """``check`` of a file that is larger than a partition gives the same report, whatever ``--jobs`` says."""
    data = "".join(
        f'<http://x/r{n}> {quads.RDF_TYPE} <http://x/C> .\n<http://x/r{n}> <http://x/p> <http://x/r{n * 7 % 500 + n % 3}> <http://x/g> .\n_:b{n} <http://x/p> "{n} a\\n"@en .\n'
        for n in range(0, 500, 2)
    )
    (tmp_path / "data.nq").write_text(data, encoding="utf-8")
    (tmp_path / "odd.nt").write_text(
        "# made by hand\n" + data.replace(" <http://x/g> .", "\t.").replace("/C>", "/\\u0043>"), encoding="utf-8"
    )
    (tmp_path / "shapes.ttl").write_text(
        f"{PREFIXES}ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:class ex:C ] . ex:T sh:targetSubjectsOf ex:p ; sh:nodeKind sh:IRI .",
        encoding="utf-8",
    )
    for name in ("data.nq", "odd.nt"):
        reports = [
            check_any(tmp_path / name, [tmp_path / "shapes.ttl"], "shacl", Policy(), jobs, size)
            for jobs, size in ((1, 1 << 30), (1, 9000), (2, 9000))
        ]
        assert len(reports[0][0].rows) > 300
        assert reports[0] == reports[1] == reports[2]
    done = CliRunner().invoke(
        cli, ["check", str(tmp_path / "data.nq"), "--shapes", str(tmp_path / "shapes.ttl"), "--jobs", "2"]
    )
    assert done.exit_code == 1


def test_shapes_that_ask_in_sparql_are_run_on_the_whole(tmp_path: Path) -> None:
    """A query may look anywhere, so nothing is cut off from it."""
    (tmp_path / "shapes.ttl").write_text(
        f"{PREFIXES}ex:S sh:targetNode ex:a ; sh:sparql [ sh:select 'SELECT $this WHERE {{ ?x <http://x/q> ?y }}' ] .",
        encoding="utf-8",
    )
    text = read_shapes([tmp_path / "shapes.ttl"])
    assert bounds_of_shapes(text) is None
    (tmp_path / "data.nt").write_text(FAR, encoding="utf-8")
    report, conforms = check_any(tmp_path / "data.nt", [tmp_path / "shapes.ttl"], "shacl", Policy(), 1, 100)  # fmt: skip
    assert not conforms
    assert len(report.rows) == 2
