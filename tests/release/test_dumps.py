"""The files of dumps: whole or in parts, plain or compressed, always the same bytes, and read again by whatever reads releases."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from published import everything, publish, sha256, sheet
from rdflib import Graph, URIRef

from cablegraph import quads, relations, store
from cablegraph.errors import InputError
from cablegraph.policy import Policy
from cablegraph.release.differences import comparable, differences
from cablegraph.release.dumps import Dump, graph_names, parts_of, write_dumps
from cablegraph.release.formats import FORMATS
from cablegraph.validation.anything import check_any
from registers import publication

BASE = "https://example.org/"
ENDINGS = {"none": "", "gzip": ".gz", "zstd": ".zst"}
#: Records with fragments in several graphs, a name that sorts between a record and its fragments, and the default graph.
LINES = sorted(
    f'<{BASE}record/{name}> <http://ex.org/p{n}> "{n}"{graph} .\n'
    for name in ("a", "a#x", "a!", "a#y/1", "b", "c", "c#x", "d", "e")
    for n in (1, 2)
    for graph in ("", f" <{BASE}graph/one>", f" <{BASE}graph/two>")
)


def released(folder: Path, **values: Any) -> list[Dump]:
    """A folder that is known as a release and has dumps of the lines."""
    folder.mkdir()
    (folder / "manifest.json").write_text("{}")
    source = folder.parent / "lines.nq"
    source.write_text("".join(LINES))
    with relations.connect([folder], files=[source]) as db:
        quads.load_quads(db, quads.file_lines(source))
        return write_dumps(db, folder, publication(folder, **({"name": "d", "base": BASE} | values)))


def said(path: Path) -> set[str]:
    """All quads that the store holds of a release; triples of the default graph as they are."""
    return {str(quad) for quad in store.open_store(path)}


@pytest.mark.parametrize(("compress", "split"), [("none", "source"), ("none", 2), ("gzip", 2), ("zstd", "none")])
def test_every_form_is_the_same_dump(tmp_path: Path, compress: str, split: str | int) -> None:
    """Whatever the compression and the parts, each format loads into the same store as the plain dump, and the bytes are the same each time."""
    released(tmp_path / "plain", dumps=("nq",))
    whole = said(tmp_path / "plain")
    union = {line for line in whole if "/graph/" not in line}
    for ending in FORMATS:
        out = tmp_path / ending
        dumps = released(out, dumps=(ending,), compress=compress, split=split)
        assert [out / dump.path for dump in dumps] == list(store.dump_of(out))
        assert all(dump.path.endswith(f".{ending}{ENDINGS[compress]}") for dump in dumps)
        assert (len(dumps) > 1) is (split != "none")
        found = said(out)
        assert found == (whole if ending in ("nq", "trig", "jsonld") else union), ending
        again = released(tmp_path / f"{ending}-again", dumps=(ending,), compress=compress, split=split)
        assert again == dumps


@pytest.mark.parametrize(("compress", "split"), [("zstd", "none"), ("gzip", 2), ("zstd", "source"), ("none", 1)])
def test_releases_in_any_form_are_compared(tmp_path: Path, compress: str, split: str | int) -> None:
    """Dumps in parts and compressed compare with a plain one, as N-Quads and as Turtle."""
    released(tmp_path / "plain", dumps=("nq",))
    released(tmp_path / "nq", dumps=("nq", "ttl"), compress=compress, split=split)
    (tmp_path / "work").mkdir()
    first, second = comparable(tmp_path / "plain", tmp_path / "nq", tmp_path / "work")
    assert first.read_bytes() == second.read_bytes()
    released(tmp_path / "ttl", dumps=("ttl",), compress=compress, split=split)
    with comparable(tmp_path / "nq", tmp_path / "ttl", tmp_path / "work")[0].open("rb") as old:
        assert len(set(old)) == len(LINES) // 3
    first, second = comparable(tmp_path / "nq", tmp_path / "ttl", tmp_path / "work")
    with first.open("rb") as old, second.open("rb") as new:
        assert list(differences(old, new)) == []


def test_a_record_is_never_torn(tmp_path: Path) -> None:
    """In parts by number, all that is said of a record and its fragments stands in one file, in each format, and the parts are full."""
    for size in (1, 2, 3):
        out = tmp_path / str(size)
        released(out, dumps=("nq", "trig", "ttl"), split=size)
        for ending in ("nq", "trig", "ttl"):
            seen: dict[str, Path] = {}
            files = [file for file in sorted((out / "dumps").iterdir()) if file.suffix == f".{ending}"]
            for file in files:
                form = quads.rdf_format(file)
                for quad in ox.parse(path=str(file), format=form):
                    record = str(quad.subject).partition("#")[0].rstrip(">")
                    assert seen.setdefault(record, file) == file
            assert len(files) == -(-5 // size)  # a and a! cannot be parted


def test_parts_have_names_in_order(tmp_path: Path) -> None:
    """Parts are numbered so that names sort as numbers do; those of graphs are called by the graphs."""
    paths = [dump.path for dump in released(tmp_path / "n", dumps=("nq",), split=2)]
    assert paths == ["dumps/d.part-0001.nq", "dumps/d.part-0002.nq", "dumps/d.part-0003.nq"]
    plain = "".join((tmp_path / "n" / path).read_text() for path in paths)
    (whole,) = released(tmp_path / "w", dumps=("nq",))
    assert plain == (tmp_path / "w" / whole.path).read_text()
    paths = [dump.path for dump in released(tmp_path / "g", dumps=("ttl",), split="source", compress="zstd")]
    assert paths == ["dumps/d.default.ttl.zst", "dumps/d.one.ttl.zst", "dumps/d.two.ttl.zst"]
    with relations.connect([tmp_path]) as db:
        (tmp_path / "none.nq").write_text("")
        quads.load_quads(db, quads.file_lines(tmp_path / "none.nq"))
        assert [[part.name for part in parts_of(db, split)] for split in ("source", 3)] == [[""], [""]]


def test_names_of_graphs_are_safe_and_different() -> None:
    """Whatever a graph is called, its file's name leads nowhere and differs from all others, on any file system."""
    names = [
        "one",
        "One",
        "..",
        "",
        "a/b",
        "a\\b",
        "é",
        "part-0001",
        "x" * 300,
        "one.nq",
        "con:",
        "a b",
        ".",
        "-",
        "one-0123456789abcdef",
        "default",
        "%2e%2e",
    ]
    graphs = ["", *(f"<{BASE}graph/{name}>" for name in names), f"<{BASE}other/one>", "_:b"]
    found = graph_names(graphs)
    assert len({name.casefold() for name in found}) == len(graphs)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*", name) and len(name) < 130 for name in found)
    assert not any(re.fullmatch(r"part-\d+", name) for name in found)
    assert graph_names([f"<{BASE}graph/frus1961-63v11>", f"<{BASE}graph/x.y>"]) == ["frus1961-63v11", "x.y"]
    assert graph_names(["<urn:a/One>", "<urn:b/one>"])[0].startswith("One-")


def test_compressed_files_hold_no_time_and_no_name(tmp_path: Path) -> None:
    """The head of a gzip file has no time and no name."""
    (dump,) = released(tmp_path / "g", dumps=("nq",), compress="gzip")
    assert (tmp_path / "g" / dump.path).read_bytes()[:8] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00"


@pytest.mark.parametrize("compress", ["gzip", "zstd"])
def test_damaged_dumps_are_refused(tmp_path: Path, compress: str) -> None:
    """A compressed dump that is cut off is an error that names the file."""
    (dump,) = released(tmp_path / "g", dumps=("nq",), compress=compress)
    path = tmp_path / "g" / dump.path
    path.write_bytes(path.read_bytes()[:-20])
    (tmp_path / "work").mkdir()
    for read in (store.open_store, lambda each: comparable(each, each, tmp_path / "work")):
        with pytest.raises(InputError) as caught:
            read(tmp_path / "g")
        assert caught.value.file == str(path)


def test_entities_in_compressed_rdfxml_are_refused(tmp_path: Path) -> None:
    """RDF/XML that is compressed may declare no entities, since they unfold beyond what its size tells."""
    text = '<!DOCTYPE r [\n<!ENTITY x "http://x/">]><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
    with relations.open_output(tmp_path / "x.rdf.gz", "gzip") as out:
        out.write(text.encode())
    with pytest.raises(InputError, match="entity") as caught:
        store.open_store(tmp_path / "x.rdf.gz")
    assert caught.value.line == 2


def test_complaints_name_the_part(tmp_path: Path) -> None:
    """What does not conform in a dump in parts has its file and line."""
    released(tmp_path / "r", dumps=("nq",), split=2, compress="gzip")
    (tmp_path / "s.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n<urn:s> a sh:NodeShape ; sh:targetNode <https://example.org/record/e> ; sh:property <urn:p> .\n"
        '<urn:p> a sh:PropertyShape ; sh:path <http://ex.org/p2> ; sh:pattern "x" ; sh:message "m" .\n'
    )
    report, conforms = check_any(tmp_path / "r", [tmp_path / "s.ttl"], "shacl", Policy())
    assert not conforms
    (row,) = report.rows
    file = tmp_path / "r" / "dumps" / "d.part-0003.nq.gz"
    with quads.open_rdf(file) as lines:
        place = next(n for n, line in enumerate(lines, 1) if b'record/e> <http://ex.org/p2> "2"' in line)
    assert (row.file, row.line) == (str(file), place)


def test_a_release_lists_every_file(tmp_path: Path) -> None:
    """Manifest and description list each file of the dumps with its size, hash, media type and compression; the hash of the quads is that of the plain dump."""
    records = [f"{n},{n},incoming,USUN,Department of State,1962-11-{n},Cuba,Secret," for n in (10, 11, 12)]
    given = sheet(tmp_path / "p", *records, dumps=("ttl", "nq", "jsonld"), compress="zstd", split=2)
    manifest = publish(given, tmp_path / "out")
    files = {path.relative_to(tmp_path / "out").as_posix(): path for path in (tmp_path / "out" / "dumps").iterdir()}
    assert {dump["path"] for dump in manifest["dumps"]} == files.keys()
    assert len(files) > 6
    for dump in manifest["dumps"]:
        path = files[dump["path"]]
        assert (dump["bytes"], dump["sha256"], dump["compression"]) == (path.stat().st_size, sha256(path), "zstd")
    graph = Graph().parse(tmp_path / "out" / "dataset.ttl")
    dcat = "http://www.w3.org/ns/dcat#"
    for dump in manifest["dumps"]:
        (distribution,) = graph.subjects(URIRef(f"{dcat}downloadURL"), URIRef(given.base + dump["path"]))
        told = {str(graph.value(distribution, URIRef(dcat + name))) for name in ("mediaType", "compressFormat")}
        types = "https://www.iana.org/assignments/media-types/"
        assert told == {types + dump["media_type"], f"{types}application/zstd"}
    assert (tmp_path / "out" / "ontology" / "context.jsonld").is_file()
    first = everything(tmp_path / "out")
    publish(given, tmp_path / "out")
    assert everything(tmp_path / "out") == first
    plain = publish(sheet(tmp_path / "p", *records, dumps=("nq",)), tmp_path / "plain")
    assert plain["nquads_sha256"] == manifest["nquads_sha256"]
    assert json.dumps(plain["counts"]) == json.dumps(manifest["counts"])
