"""``cablegraph map``: any mapping over files beside it or given by name, and nothing else."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
from mapped import BASE, XSD, objects, quads, run_in, same_graph

from cablegraph.errors import InputError
from cablegraph.mapping import map_files, read_mappings

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = sorted(path.name for path in GOLDEN.iterdir() if (path / "mapping.yml").is_file())


def mapping(access: str, formulation: str = "csv") -> str:
    return f"mappings:\n  m:\n    sources: [[{json.dumps(f'{access}~{formulation}')}]]\n    s: r/$(id)\n    po: [[http://ex.org/p, $(v)]]\n"


@pytest.mark.parametrize("case", CASES)
def test_golden_cases(case: str, tmp_path: Path) -> None:
    """Each folder of tests/golden gives the graph that stands in its expected.nq."""
    folder = GOLDEN / case
    out = tmp_path / "out.nq"
    map_files(read_mappings(folder / "mapping.yml", BASE), folder / "mapping.yml", {}, out, tmp_path)
    assert same_graph(out.read_text(encoding="utf-8"), (folder / "expected.nq").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "access",
    [
        "../secret.csv",
        "/etc/passwd",
        "sub/../../secret.csv",
        "http://127.0.0.1:9/x.csv",
        "file:///etc/passwd",
        "s3://bucket/x.csv",
    ],
)
def test_paths_that_lead_out_are_refused(tmp_path: Path, access: str) -> None:
    """Absolute paths, .. and URLs are refused, with file, line and what to do."""
    (tmp_path / "secret.csv").write_text("id,v\n1,secret\n")
    folder = tmp_path / "m"
    (folder / "sub").mkdir(parents=True)
    with pytest.raises(InputError, match="leads out of the mapping's folder") as caught:
        run_in(folder, mapping(access))
    assert (caught.value.file, caught.value.line) == ("mapping.yml", 3)
    assert not (folder / "out.nq").exists()


def test_links_that_lead_out_are_refused(tmp_path: Path) -> None:
    """A link to a file or folder outside is refused; one that stays inside is followed."""
    (tmp_path / "secret.csv").write_text("id,v\n1,secret\n")
    folder = tmp_path / "m"
    folder.mkdir()
    (folder / "link.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "up").symlink_to(tmp_path)
    for access in ("link.csv", "up/secret.csv"):
        with pytest.raises(InputError, match="is a link out of the mapping's folder"):
            run_in(folder, mapping(access))
    (folder / "real.csv").write_text("id,v\n1,x\n")
    (folder / "inside.csv").symlink_to(folder / "real.csv")
    assert objects(run_in(folder, mapping("inside.csv"))) == ["x"]


def test_a_given_source_may_stand_anywhere(tmp_path: Path) -> None:
    """What the user names on the command line is read wherever it stands, by the source's name or its access."""
    (tmp_path / "elsewhere.csv").write_text("id,v\n1,x\n")
    folder = tmp_path / "m"
    folder.mkdir()
    assert objects(run_in(folder, mapping("data.csv"), **{"data.csv": tmp_path / "elsewhere.csv"})) == ["x"]
    with pytest.raises(InputError, match="does not exist"):
        run_in(folder, mapping("data.csv"), **{"data.csv": tmp_path / "none.csv"})


@pytest.mark.parametrize(
    "name",
    [
        "a'b.csv",
        'a"b.csv',
        "x'); COPY (SELECT 1) TO 'evil.csv'; --.csv",
        "[ab].csv",
        "a*.csv",
        "a?.csv",
        "year=1962.csv",
        "é 漢.csv",
    ],
)
def test_file_names_are_never_sql_and_never_patterns(tmp_path: Path, name: str) -> None:
    """A file is read by its very name; quotes, patterns and name=value mean nothing."""
    for other in ("a.csv", "aa.csv", "ab.csv", "b.csv"):
        (tmp_path / other).write_text("id,v\n1,another\n")
    (tmp_path / name).write_text("id,v\n1,x\n")
    assert objects(run_in(tmp_path, mapping(name))) == ["x"]
    assert not list(tmp_path.rglob("evil.csv"))


def test_a_pattern_names_no_files(tmp_path: Path) -> None:
    """A name with * is the name of one file, which is not there."""
    (tmp_path / "a.csv").write_text("id,v\n1,x\n")
    with pytest.raises(InputError, match="does not exist"):
        run_in(tmp_path, mapping("*.csv"))


def test_folders_called_name_is_value_add_no_column(tmp_path: Path) -> None:
    """A folder such as v=secret does not become a column."""
    folder = tmp_path / "v=secret"
    folder.mkdir()
    for formulation, name in (("csv", "a.csv"), ("parquet", "a.parquet"), ("jsonlines", "a.jsonl")):
        (folder / "a.csv").write_text("id,w\n1,x\n")
        (folder / "a.jsonl").write_text('{"id": "1"}\n')
        pq.write_table(pa.table({"id": ["1"]}), folder / "a.parquet")
        with pytest.raises(InputError, match="has no column 'v'"):
            run_in(folder, mapping(name, formulation))


def test_csv_is_taken_as_it_is(tmp_path: Path) -> None:
    """Nothing is guessed: semicolons, numbers, NA and dates stay text; an empty cell is no value; quotes may hold line ends."""
    (tmp_path / "a.csv").write_text(
        'id,v\n1,a;b\n2,007\n3,NA\n4,\n5,"two\nlines, ""quoted"""\n6,# no comment\n7,1962-11-19\n', newline=""
    )
    assert objects(run_in(tmp_path, mapping("a.csv"))) == [
        "# no comment",
        "007",
        "1962-11-19",
        "NA",
        "a;b",
        'two\nlines, "quoted"',
    ]


def test_a_ragged_csv_is_refused_by_name(tmp_path: Path) -> None:
    """A file that does not fit its map ends in a message with its name, and leaves nothing half-written."""
    (tmp_path / "a.csv").write_text("id,v\n" + "1,x\n" * 100 + "2\n")
    (tmp_path / "out.nq").write_text("the last one\n")
    with pytest.raises(InputError, match="cannot be run over it as csv") as caught:
        run_in(tmp_path, mapping("a.csv"))
    assert caught.value.file == "a.csv"
    assert "more or fewer cells" in (caught.value.hint or "")
    (tmp_path / "a.csv").write_bytes(b"id,v\n1,\xe9\n")
    with pytest.raises(InputError, match="not utf-8 encoded"):
        run_in(tmp_path, mapping("a.csv"))
    assert (tmp_path / "out.nq").read_text() == "the last one\n"
    (tmp_path / "b.parquet").write_bytes(b"PAR1 no parquet")
    with pytest.raises(InputError, match="as parquet"):
        run_in(tmp_path, mapping("b.parquet", "parquet"))


def test_a_pattern_that_is_none_is_refused(tmp_path: Path) -> None:
    """A regular expression that cannot be read ends in a message, not in a fault."""
    (tmp_path / "a.csv").write_text("id,v\n1,x\n")
    text = mapping("a.csv") + "    condition: { function: matches, parameters: [$(v), '['] }\n"
    with pytest.raises(InputError, match="cannot be run"):
        run_in(tmp_path, text)


def test_json_lines_and_parquet_keep_lists_and_types(tmp_path: Path) -> None:
    """Lists of JSON Lines and Parquet give a triple an item; numbers come with their datatype, in its canonical form."""
    (tmp_path / "a.jsonl").write_text('{"id": 1, "v": ["x", "y"]}\n{"id": 2, "v": null}\n')
    assert objects(run_in(tmp_path, mapping("a.jsonl", "jsonlines"))) == ["x", "y"]
    pq.write_table(pa.table({"id": [1, 2], "v": [1.5, 2.0]}), tmp_path / "a.parquet")
    found = {quad.object for quad in quads(run_in(tmp_path, mapping("a.parquet", "parquet")))}
    assert found == {ox.Literal(text, datatype=ox.NamedNode(f"{XSD}double")) for text in ("1.5E0", "2.0E0")}


def test_format_and_compression_follow_the_name(tmp_path: Path) -> None:
    """.nt holds no graphs, .nq does; .gz and .zst hold the same lines; any other name is refused."""
    (tmp_path / "a.csv").write_text("id,v\n1,x\n2,y\n")
    text = mapping("a.csv") + "    graphs: g\n"
    plain = run_in(tmp_path, text)
    assert {str(quad.graph_name) for quad in quads(plain)} == {f"<{BASE}g>"}
    assert run_in(tmp_path, text, "nt") == plain.replace(f" <{BASE}g>", "")
    for ending in ("nq.gz", "nq.zst"):
        with pytest.raises(UnicodeDecodeError):
            run_in(tmp_path, text, ending)
    assert gzip.decompress((tmp_path / "out.nq.gz").read_bytes()).decode() == plain
    assert pa.CompressedInputStream(str(tmp_path / "out.nq.zst"), "zstd").read().decode() == plain
    for ending in ("ttl", "txt", "gz"):
        with pytest.raises(InputError, match="names no format"):
            run_in(tmp_path, text, ending)


def test_no_rows_make_an_empty_file(tmp_path: Path) -> None:
    """A table without rows makes an empty file."""
    (tmp_path / "a.csv").write_text("id,v\n")
    assert run_in(tmp_path, mapping("a.csv")) == ""
