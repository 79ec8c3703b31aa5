"""The release as a whole: what is in it is accounted for."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from published import publish, quads_of, sha256
from rdflib import RDF, Graph, URIRef

from cablegraph import folders, store
from cablegraph.publication import CONFIG_NAME, read_publication
from cablegraph.register import LINK_TABLES, READ_TABLES
from cablegraph.release.inventory import SUMS, read_sums
from cablegraph.validation import read_shapes, validate


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
    records = {
        quad.subject
        for quad in found
        if quad.object == ox.NamedNode("https://www.ica.org/standards/RiC/ontology#Record")
    }
    assert counts["records"] + counts["stubs"] == len(records)
    assert {name: table["rows"] for name, table in manifest["tables"].items()} == {
        path.stem: sum(1 for _ in csv.reader(io.StringIO(path.read_bytes().decode(), newline=""))) - 1
        for path in (sample / "register").glob("*.csv")
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
    entries = read_publication(folders.SAMPLE / CONFIG_NAME, folders.SAMPLE).sources
    for source in manifest["sources"]:  # a source is its file and the sheets that add to it
        parts = [folders.SAMPLE / source["file"], *(entry.path for entry in entries if entry.of == source["source"])]
        digest = hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()
        assert digest == source["sha256"]
    for name, digest in manifest["mappings"].items():
        assert sha256(folders.MAPPINGS / name) == digest
    listed = {dump["path"] for dump in manifest["dumps"]} | set(manifest["files"]) | {"manifest.json", "SHA256SUMS"}
    files = {path.relative_to(sample).as_posix() for path in sample.rglob("*") if path.is_file()}
    pages = {name for name in files if not name.startswith("register/")} - listed
    assert len(pages) == manifest["pages"] and {"site.css", "browse/records.html"} < pages
    assert dict(read_sums(sample / SUMS)) == {name: sha256(sample / name) for name in files - {SUMS}}


def test_the_dumps_are_one_graph(sample: Path) -> None:
    """Turtle, N-Triples and N-Quads hold the same triples, and no blank node."""
    (nquads,), (turtle,), (ntriples,) = ((sample / "dumps").glob(f"*.{ending}") for ending in ("nq", "ttl", "nt"))
    triples = {(quad.subject, quad.predicate, quad.object) for quad in quads_of(nquads)}
    for path, form in ((turtle, ox.RdfFormat.TURTLE), (ntriples, ox.RdfFormat.N_TRIPLES)):
        assert {
            (quad.subject, quad.predicate, quad.object) for quad in ox.parse(path=str(path), format=form)
        } == triples
    assert not [term for triple in triples for term in triple if isinstance(term, ox.BlankNode)]


def test_the_description_conforms_and_counts_right(sample: Path, tmp_path: Path) -> None:
    """dataset.ttl conforms to its shapes, which look at something, and counts what is in the dump."""
    store.write_triples([sample / "dataset.ttl"], tmp_path / "dataset.nt")
    text = (tmp_path / "dataset.nt").read_text(encoding="utf-8")
    shapes = read_shapes([folders.SHAPES / "dataset.ttl"])
    for engine in ("shacl", "pyshacl"):
        assert validate(text, shapes, engine) == []
    assert validate(text.replace("http://purl.org/dc/terms/title", "http://purl.org/dc/terms/other"), shapes) != []
    graph = Graph().parse(sample / "dataset.ttl")
    found = quads_of(next((sample / "dumps").glob("*.nq")))
    triples = {(quad.subject, quad.predicate, quad.object) for quad in found}
    (dataset,) = graph.subjects(RDF.type, URIRef("http://www.w3.org/ns/dcat#Dataset"))
    void = {
        name: int(str(graph.value(dataset, URIRef(f"http://rdfs.org/ns/void#{name}"))))
        for name in ("triples", "distinctSubjects", "distinctObjects", "properties", "classes")
    }
    types = [triple for triple in triples if triple[1].value == str(RDF.type)]
    assert void == {
        "triples": len(triples), "distinctSubjects": len({s for s, _, _ in triples}), "distinctObjects": len({o for _, _, o in triples}),
        "properties": len({p for _, p, _ in triples}), "classes": len({o for _, _, o in types}),
    }  # fmt: skip
    partitions = {
        str(graph.value(node, URIRef("http://rdfs.org/ns/void#property"))): int(
            str(graph.value(node, URIRef("http://rdfs.org/ns/void#triples")))
        )
        for node in graph.objects(dataset, URIRef("http://rdfs.org/ns/void#propertyPartition"))
    }
    assert partitions[str(RDF.type)] == len(types)
    assert sum(partitions.values()) == len(triples)
    manifest = json.loads((sample / "manifest.json").read_text())
    sizes = {
        str(graph.value(node, URIRef("http://www.w3.org/ns/dcat#byteSize")))
        for node in graph.objects(dataset, URIRef("http://www.w3.org/ns/dcat#distribution"))
    }
    assert sizes == {str(dump["bytes"]) for dump in manifest["dumps"]}
