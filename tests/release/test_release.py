"""The release as a whole: what it accounts for, what it holds back, and that it is the same every time."""

from __future__ import annotations

import csv
import datetime
import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, URIRef

from cablegraph import folders, pipeline, store
from cablegraph.errors import NotConformingError
from cablegraph.publication import CONFIG_NAME, Publication, SourceEntry, read_publication
from cablegraph.register import LINK_TABLES, READ_TABLES, RegisterWriter
from cablegraph.release import issued_date
from cablegraph.validation import read_shapes, validate
from registers import BASE, publication, telegram, write_register

SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dipl: <https://w3id.org/diplomatic-records/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <https://w3id.org/diplomatic-records/shapes#> .
:telegram a sh:NodeShape ; sh:targetClass dipl:Telegram ; sh:property :number .
:number a sh:PropertyShape ; sh:path dipl:messageNumber ; sh:pattern "^[0-9]+$" ; sh:message "A number is made of digits." .
:concept a sh:NodeShape ; sh:targetClass skos:Concept ; sh:property :prefLabel .
:prefLabel a sh:PropertyShape ; sh:path skos:prefLabel ; sh:pattern "^[A-Z]" ; sh:severity sh:Violation ; sh:message "A label begins with a capital." .
"""
HEADER = "document,number,direction,from_text,to_text,sent,subjects,classification,file_number\n"


def sheet(folder: Path, *lines: str, **values: Any) -> Publication:
    """A publication of one sheet, with shapes of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "telegrams.csv").write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    (folder / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    given = {"sources": (SourceEntry(folder / "telegrams.csv", "sheet"),), "shapes": folder / "shapes.ttl", "text": "full"}
    return publication(folder, **(given | values))


GOOD = "1,1862,incoming,USUN,Department of State,1962-11-19,Cuba|Missiles,Secret,737.56/11-1962"
ALSO = "2,1863,incoming,USUN,Department of State,1962-11-20,Cuba,Secret,737.56/11-2062"
BAD = "3,18x64,incoming,USUN,Department of State,1962-11-21,Cuba|Berlin,Secret,737.56/11-2162"


def publish(publication: Publication, out: Path) -> dict[str, Any]:
    pipeline.publish(publication, out, pipeline.Options())
    manifest: dict[str, Any] = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    return manifest


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def quads_of(path: Path) -> set[ox.Quad]:
    return set(ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled sample with every dump and table."""
    out = tmp_path_factory.mktemp("sample") / "out"
    plain = read_publication(folders.SAMPLE / CONFIG_NAME, folders.SAMPLE)
    publish(replace(plain, dumps=("ttl", "nq", "nt"), tables=("parquet", "csv")), out)
    return out


def test_the_manifest_adds_up(sample: Path) -> None:
    """Documents, records, merges and quads in the manifest are those of sources, register and dumps."""
    manifest = json.loads((sample / "manifest.json").read_text())
    counts, sources = manifest["counts"], manifest["sources"]
    assert counts["documents"] == counts["records"] + counts["merged"] == sum(source["count"] for source in sources)
    assert all(source["count"] == len(source["documents"]) for source in sources)
    assert counts["records"] == len({key for source in sources for key in source["documents"].values()})
    found = quads_of(next((sample / "dumps").glob("*.nq")))
    assert counts["quads"] == len(found)
    assert counts["triples"] == len({(quad.subject, quad.predicate, quad.object) for quad in found})
    records = {quad.subject for quad in found if quad.object == ox.NamedNode("https://www.ica.org/standards/RiC/ontology#Record")}
    assert counts["records"] + counts["stubs"] == len(records)
    assert {name: table["rows"] for name, table in manifest["tables"].items()} == {
        path.stem: sum(1 for _ in csv.reader(path.open(encoding="utf-8", newline=""))) - 1 for path in (sample / "register").glob("*.csv")
    }
    assert set(manifest["tables"]) == set(READ_TABLES) | set(LINK_TABLES)


def test_the_hashes_are_right(sample: Path) -> None:
    """Every file of the release is in the manifest, with the size and hash that it has; the sources' too."""
    manifest = json.loads((sample / "manifest.json").read_text())
    for dump in manifest["dumps"]:
        path = sample / dump["path"]
        assert (path.stat().st_size, sha256(path)) == (dump["bytes"], dump["sha256"])
    for name, digest in manifest["files"].items():
        assert sha256(sample / name) == digest
    assert manifest["nquads_sha256"] == sha256(next((sample / "dumps").glob("*.nq")))
    for source in manifest["sources"]:
        assert sha256(folders.SAMPLE / source["file"]) == source["sha256"]
    for name, digest in manifest["mappings"].items():
        assert sha256(folders.MAPPINGS / name) == digest
    listed = {dump["path"] for dump in manifest["dumps"]} | set(manifest["files"]) | {"manifest.json"}
    files = {path.relative_to(sample).as_posix() for path in sample.rglob("*") if path.is_file()}
    assert {name for name in files if not name.startswith("register/")} == listed


def test_the_dumps_are_one_graph(sample: Path) -> None:
    """Turtle, N-Triples and N-Quads hold the same triples, and no blank node."""
    (nquads,), (turtle,), (ntriples,) = ((sample / "dumps").glob(f"*.{ending}") for ending in ("nq", "ttl", "nt"))
    triples = {(quad.subject, quad.predicate, quad.object) for quad in quads_of(nquads)}
    for path, form in ((turtle, ox.RdfFormat.TURTLE), (ntriples, ox.RdfFormat.N_TRIPLES)):
        assert {(quad.subject, quad.predicate, quad.object) for quad in ox.parse(path=str(path), format=form)} == triples
    assert not [term for triple in triples for term in triple if isinstance(term, ox.BlankNode)]


def test_the_description_conforms_and_counts_right(sample: Path) -> None:
    """dataset.ttl conforms to its shapes, which look at something, and counts what is in the dump."""
    text = store.triples_of(sample / "dataset.ttl")
    shapes = read_shapes([folders.SHAPES / "dataset.ttl"])
    for engine in ("shacl", "pyshacl"):
        assert validate(text, shapes, engine) == []
    assert validate(text.replace("http://purl.org/dc/terms/title", "http://purl.org/dc/terms/other"), shapes) != []
    graph = Graph().parse(sample / "dataset.ttl")
    found = quads_of(next((sample / "dumps").glob("*.nq")))
    triples = {(quad.subject, quad.predicate, quad.object) for quad in found}
    (dataset,) = graph.subjects(RDF.type, URIRef("http://rdfs.org/ns/void#Dataset"))
    void = {name: int(str(graph.value(dataset, URIRef(f"http://rdfs.org/ns/void#{name}")))) for name in ("triples", "distinctSubjects", "distinctObjects", "properties", "classes")}
    types = [triple for triple in triples if triple[1].value == str(RDF.type)]
    assert void == {
        "triples": len(triples), "distinctSubjects": len({s for s, _, _ in triples}), "distinctObjects": len({o for _, _, o in triples}),
        "properties": len({p for _, p, _ in triples}), "classes": len({o for _, _, o in types}),
    }  # fmt: skip
    partitions = {
        str(graph.value(node, URIRef("http://rdfs.org/ns/void#property"))): int(str(graph.value(node, URIRef("http://rdfs.org/ns/void#triples"))))
        for node in graph.objects(dataset, URIRef("http://rdfs.org/ns/void#propertyPartition"))
    }
    assert partitions[str(RDF.type)] == len(types)
    assert sum(partitions.values()) == len(triples)
    manifest = json.loads((sample / "manifest.json").read_text())
    sizes = {str(graph.value(node, URIRef("http://www.w3.org/ns/dcat#byteSize"))) for node in graph.objects(dataset, URIRef("http://www.w3.org/ns/dcat#distribution"))}
    assert sizes == {str(dump["bytes"]) for dump in manifest["dumps"]}


def test_each_result_has_the_place_of_its_record(tmp_path: Path) -> None:
    """A violation stops the release with file and line of its record; the last release stays."""
    out = tmp_path / "out"
    publish(sheet(tmp_path / "p", GOOD), out)
    before = sha256(out / "manifest.json")
    with pytest.raises(NotConformingError) as caught:
        publish(sheet(tmp_path / "p", GOOD, ALSO, BAD), out)
    assert caught.value.exit_code == 1
    assert "telegrams.csv:4" in caught.value.message
    assert "18x64" in caught.value.message
    assert sha256(out / "manifest.json") == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_quarantine_holds_back_the_record_and_nothing_else(tmp_path: Path) -> None:
    """Quarantine holds back the violating record with all its fragments and what it alone names, and releases the rest."""
    held = publish(sheet(tmp_path / "p", GOOD, ALSO, BAD, on_violation="quarantine"), tmp_path / "held")
    publish(sheet(tmp_path / "q", GOOD, ALSO), tmp_path / "without")
    release = quads_of(tmp_path / "held" / "dumps" / "test.nq")
    quarantine = quads_of(tmp_path / "held" / "quarantine" / "quarantine.nq")
    without = quads_of(tmp_path / "without" / "dumps" / "test.nq")
    assert release == without
    assert held["counts"]["quarantined"] == 1
    assert held["quarantined"] == ["in.usun.18x64.1962-11-21"]
    names = {quad.subject.value for quad in quarantine}
    record = f"{BASE}record/in.usun.18x64.1962-11-21"
    assert record in names
    assert {name for name in names if not name.startswith(record)} == {f"{BASE}subject/berlin"}
    rows = [json.loads(line) for line in (tmp_path / "held" / "report" / "report.jsonl").read_text().splitlines()]
    assert {(row["file"], row["line"]) for row in rows if row["severity"] == "violation"} == {("telegrams.csv", 4)}


def test_what_several_records_share_is_held_back_alone(tmp_path: Path) -> None:
    """A violation of a concept that several records name holds back the concept, not the records."""
    lines = [GOOD.replace("Cuba|Missiles", "cuba"), ALSO.replace("Cuba", "cuba")]
    held = publish(sheet(tmp_path / "p", *lines, on_violation="quarantine"), tmp_path / "out")
    quarantine = quads_of(tmp_path / "out" / "quarantine" / "quarantine.nq")
    assert {quad.subject.value for quad in quarantine} == {f"{BASE}subject/cuba"}
    assert held["quarantined"] == [f"<{BASE}subject/cuba>"]


def test_a_date_that_is_none_is_told(tmp_path: Path) -> None:
    """A value that is no valid date leads to a line of the report with its place, and never to a wrong datatype."""
    publish(sheet(tmp_path / "p", GOOD.replace("1962-11-19", "1962-11-31")), tmp_path / "out")
    rows = [json.loads(line) for line in (tmp_path / "out" / "report" / "report.jsonl").read_text().splitlines()]
    assert [row for row in rows if "1962-11-31" in (row["value"] or "") and row["line"] == 2]
    literals = [quad.object for quad in quads_of(tmp_path / "out" / "dumps" / "test.nq") if isinstance(quad.object, ox.Literal)]
    assert {str(literal.datatype) for literal in literals if literal.value == "1962-11-31"} <= {"<http://www.w3.org/2001/XMLSchema#string>"}


def test_publishing_again_changes_no_byte(tmp_path: Path) -> None:
    """The same publication gives the same bytes, also when minted.csv of the release is put beside it."""
    given = sheet(tmp_path / "p", GOOD, ALSO, tables=("parquet", "csv"))
    publish(given, tmp_path / "out")
    before = everything(tmp_path / "out")
    publish(given, tmp_path / "out")
    assert everything(tmp_path / "out") == before
    (tmp_path / "p" / "minted.csv").write_bytes((tmp_path / "out" / "minted.csv").read_bytes())
    publish(given, tmp_path / "out")
    after = everything(tmp_path / "out")
    assert after["minted.csv"] == before["minted.csv"]
    assert after["dumps/test.nq"] == before["dumps/test.nq"]


def test_keys_and_redirects_last(tmp_path: Path) -> None:
    """A corrected record keeps its IRI; a key that was given up redirects in this release and in every later one."""
    folder = tmp_path / "p"
    publish(sheet(folder, GOOD, ALSO), tmp_path / "out")
    old = f"<{BASE}record/in.usun.1863.1962-11-20>"
    redirect = f"{old} <http://purl.org/dc/terms/isReplacedBy> <{BASE}record/in.usun.1862.1962-11-19> <{BASE}graph/links> .\n"
    same = ALSO.replace("1863", "1862").replace("1962-11-20", "1962-11-19")  # the two turn out to be one
    for _ in range(3):
        (folder / "minted.csv").write_bytes((tmp_path / "out" / "minted.csv").read_bytes())
        publish(sheet(folder, GOOD, same), tmp_path / "out")
        assert redirect in (tmp_path / "out" / "dumps" / "test.nq").read_text()
    (folder / "minted.csv").write_bytes((tmp_path / "out" / "minted.csv").read_bytes())
    publish(sheet(folder, GOOD.replace("1962-11-19", "1962-11-18"), same), tmp_path / "out")
    assert f"<{BASE}record/in.usun.1862.1962-11-19>" in (tmp_path / "out" / "dumps" / "test.nq").read_text()


def everything(out: Path) -> dict[str, str]:
    return {path.relative_to(out).as_posix(): sha256(path) for path in sorted(out.rglob("*")) if path.is_file()}


PROGRAM = """
import sys
from dataclasses import replace
from pathlib import Path
from cablegraph import folders, pipeline, register
from cablegraph.publication import CONFIG_NAME, SourceEntry, read_publication

def main():
    out, jobs, sheet = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    publication = read_publication(folders.SAMPLE / CONFIG_NAME, folders.SAMPLE)
    publication = replace(publication, tables=("parquet", "csv"), dumps=("ttl", "nq", "nt"))
    if sheet:
        register._ROWS_A_GROUP = 40  # several row groups a table
        publication = publication.with_sources((SourceEntry(Path(sheet[0]), "sheet"), *publication.sources))
    pipeline.publish(publication, out, pipeline.Options(jobs=jobs))

if __name__ == "__main__":
    main()
"""


@pytest.mark.parametrize("several_row_groups", [False, True])
def test_the_same_bytes_for_any_hash_seed_and_number_of_jobs(tmp_path: Path, several_row_groups: bool) -> None:
    """Two runs with other hash seeds and other numbers of jobs give the same bytes, Parquet too."""
    (tmp_path / "run.py").write_text(PROGRAM)
    arguments = []
    if several_row_groups:
        lines = [f"{n},{n % 70},{'incoming' if n % 3 else 'outgoing'},Moscow,Paris,1962-{n % 12 + 1:02}-{n % 28 + 1:02},Cuba|Berlin {n % 9},Secret,611.{n % 5}/1-162" for n in range(300)]
        (tmp_path / "many.csv").write_text(HEADER + "\n".join(lines) + "\n")
        arguments = [str(tmp_path / "many.csv")]
    found = []
    for seed, jobs in (("1", "1"), ("2", "2")):
        out = tmp_path / f"out{jobs}"
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo" if seed == "2" else "UTC"}
        subprocess.run([sys.executable, str(tmp_path / "run.py"), str(out), jobs, *arguments], env=environment, check=True, capture_output=True)
        found.append(everything(out))
    assert found[0] == found[1]
    assert {"dumps/missile-crisis-telegrams.nq", "register/records.parquet", "register/records.csv"} <= set(found[0])


@pytest.fixture
def dated(tmp_path: Path) -> Path:
    records = [telegram("1", sent="1962-11-19T20:00:00"), telegram("2", sent="1962-13-45"), telegram("3", sent=None, received="1962-11-21"), telegram("4", sent="yesterday")]
    return write_register(tmp_path / "register", records)


def test_the_date_of_a_release(dated: Path, tmp_path: Path) -> None:
    """The date is the configured one, else SOURCE_DATE_EPOCH, else the newest valid date that the sources state; never today."""
    plain = publication(tmp_path)
    assert issued_date(replace(plain, issued="2026-11-24"), dated, "0") == "2026-11-24"
    assert issued_date(plain, dated, "86400") == "1970-01-02"
    assert issued_date(plain, dated, "1795478400") == datetime.date(2026, 11, 24).isoformat()
    for nothing in (None, "", "soon", "-1"):
        assert issued_date(plain, dated, nothing) == "1962-11-21"


def test_the_date_of_a_release_of_undated_records(tmp_path: Path) -> None:
    """Where the sources state no date, or only a year or month, the date says no more."""
    plain = publication(tmp_path)
    for number, (sent, expected) in enumerate(((None, "1970"), ("1962", "1962"), ("1962-11", "1962-11"))):
        register = write_register(tmp_path / str(number), [telegram("1", sent=sent)])
        assert issued_date(plain, register, None) == expected


def test_an_empty_register_is_released(tmp_path: Path) -> None:
    """A register writer that is given nothing makes every table."""
    with RegisterWriter(tmp_path / "r"):
        pass
    assert issued_date(publication(tmp_path), tmp_path / "r", None) == "1970"
