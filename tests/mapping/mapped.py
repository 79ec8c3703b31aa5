"""Runs a mapping over rows held in memory, and reads what comes out with two parsers."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyoxigraph as ox
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from cablegraph.mapping import map_files, read_mappings
from cablegraph.mapping.plan import Plan

BASE = "https://example.org/"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
XSD = "http://www.w3.org/2001/XMLSchema#"


def run(mapping: str, rows: Sequence[Mapping[str, Any]], schema: pa.Schema | None = None, ending: str = "nq") -> str:
    """Map rows (the Parquet file ``rows.parquet`` of the mapping) and return the lines."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), folder / "rows.parquet")
        return run_in(folder, mapping, ending)


def run_in(folder: Path, mapping: str, ending: str = "nq", **sources: Path) -> str:
    """Map the files of a folder; ``mapping`` is written beside them."""
    (folder / "mapping.yml").write_text(mapping, encoding="utf-8")
    work = folder / "work"
    work.mkdir(exist_ok=True)
    out = folder / f"out.{ending}"
    plan = read_mappings(folder / "mapping.yml", BASE)
    map_files(plan, folder / "mapping.yml", sources, out, work)
    return out.read_bytes().decode()


def plan_of(mapping: str) -> Plan:
    """A mapping as a plan."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "mapping.yml"
        path.write_text(mapping, encoding="utf-8")
        return read_mappings(path, BASE)


def one_map(*statements: str, subject: str = "ex:$(id)", condition: str = "") -> str:
    """A mapping of ``rows.parquet`` with these predicate-objects, each a line of YAML."""
    lines = "".join(f"\n      - {statement}" for statement in statements)
    more = f"\n    condition: {condition}" if condition else ""
    return (
        "prefixes:\n  ex: http://ex.org/\n  fn: https://w3id.org/diplomatic-records/function#\n"
        "mappings:\n  thing:\n    sources: [[rows.parquet~parquet]]\n"
        f"    s: {json.dumps(subject)}{more}\n    po:{lines}\n"
    )


def quads(text: str) -> set[ox.Quad]:
    """The quads of N-Quads, by pyoxigraph."""
    return set(ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS))


def objects(text: str) -> list[str]:
    """The values of all objects, sorted."""
    return sorted(quad.object.value for quad in quads(text))


def same_graph(one: str, other: str) -> bool:
    """Whether two texts of N-Quads are the same dataset, by rdflib."""
    first, second = (Dataset().parse(data=text, format="nquads") for text in (one, other))
    names = {str(graph.identifier) for graph in first.graphs()} | {str(graph.identifier) for graph in second.graphs()}
    return all(isomorphic(_graph(first, name), _graph(second, name)) for name in names)


def _graph(dataset: Dataset, name: str) -> Graph:
    graph = Graph()
    for triple in dataset.graph(name):
        graph.add(triple)
    return graph
