"""The records prepared for OAI-PMH: identifiers, datestamps, sets, and metadata that a service gives out as it is."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyarrow.parquet
import pyoxigraph as ox
import pytest
from described import OUTPUT, graph_of
from published import quads_of
from rdflib import Graph
from rdflib.compare import isomorphic

from cablegraph import quads, relations
from cablegraph.catalogue import Catalogue, Europeana
from cablegraph.errors import InputError
from cablegraph.publication import Publication, Publisher
from cablegraph.release.feeds.appearances import Appearance, Appearances
from cablegraph.release.feeds.oai_pmh import write_oai_pmh

GOLDEN = Path(__file__).parents[1] / "golden" / "edm"
BASE = "https://data.example/"
TIMES = ["2026-11-24T00:00:00Z", "2026-12-24T00:00:00Z"]
RELEASES = [Appearance(f"1.{number}.0", time) for number, time in enumerate(TIMES)]
#: The schema of oai_dc allows these, in any order and number, with a language.
SIMPLE = {
    "title", "creator", "subject", "description", "publisher", "contributor", "date", "type", "format", "identifier", "source", "language",
    "relation", "coverage", "rights",
}  # fmt: skip


def harvest(folder: Path, lines: str, number: int = 0, before: Path | None = None, **values: Any) -> Path:
    """Write the records of these quads for a release."""
    folder.mkdir()
    (folder / "in.nq").write_text(lines, encoding="utf-8", newline="")
    about = Publication(
        folder, base=BASE, publisher=Publisher("A library"), language="sq",
        licence="https://creativecommons.org/licenses/by/4.0/deed.sq", catalogue=Catalogue(europeana=Europeana(provider="An aggregator")), **values,
    )  # fmt: skip
    with relations.connect([folder]) as db:
        quads.load_quads(db, quads.file_lines(folder / "in.nq"))
        tables = db.execute("SHOW TABLES").fetchall()
        write_oai_pmh(
            db, folder / "oai-pmh", about, Appearances(RELEASES[number], tuple(RELEASES[:number]), BASE), before
        )
        assert db.execute("SHOW TABLES").fetchall() == tables
    return folder / "oai-pmh"


def rows(folder: Path) -> dict[str, dict[str, Any]]:
    """The records by their identifiers."""
    found: list[dict[str, Any]] = pyarrow.parquet.read_table(folder / "records.parquet").to_pylist()
    assert [(row["datestamp"], row["identifier"]) for row in found] == sorted(
        (row["datestamp"], row["identifier"]) for row in found
    )
    return {row["identifier"]: row for row in found}


def golden() -> str:
    return (GOLDEN / "quads.nq").read_text(encoding="utf-8")


def sample() -> Iterator[dict[str, str]]:
    with (OUTPUT / "feeds" / "oai-pmh" / "records.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def test_edm_is_what_the_mapping_says(tmp_path: Path) -> None:
    """All records together say in RDF/XML what the N-Triples for Europeana say."""
    graph = Graph()
    for row in rows(harvest(tmp_path / "a", golden())).values():
        graph.parse(data=row["edm"], format="xml")
    assert isomorphic(graph, graph_of(GOLDEN / "expected.ttl"))


def test_each_record_of_the_sample_has_valid_simple_dublin_core() -> None:
    """Well-formed, of the fifteen elements, with a title, an identifier, a type and the rights."""
    count = 0
    for row in sample():
        root = ElementTree.fromstring(row["oai_dc"])
        assert root.tag == "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc"
        names = [re.sub(r"^\{http://purl\.org/dc/elements/1\.1/\}", "", element.tag) for element in root]
        assert set(names) <= SIMPLE
        assert {"title", "identifier", "language", "publisher", "rights", "type"} <= set(names)
        for element in root:
            assert set(element.attrib) <= {"{http://www.w3.org/XML/1998/namespace}lang"}
            assert element.text
            assert not len(element)
        ElementTree.fromstring(row["edm"])
        assert re.fullmatch(r"oai:crisis\.example:[\w.~%/-]+", row["identifier"])
        assert (row["datestamp"], row["deleted"]) == ("2026-11-24T00:00:00Z", "false")
        count += 1
    edm = (OUTPUT / "descriptions" / "edm.nt").read_text(encoding="utf-8")
    assert count == edm.count("/edm/ProvidedCHO> .")


def test_a_set_is_a_named_graph_that_describes_the_record() -> None:
    with (OUTPUT / "feeds" / "oai-pmh" / "sets.csv").open(encoding="utf-8", newline="") as file:
        graphs = {row["set"]: row["name"] for row in csv.DictReader(file)}
    said: dict[str, set[str]] = {}
    for quad in quads_of(next((OUTPUT / "dumps").glob("*.nq"))):
        said.setdefault(quad.subject.value, set()).add(quad.graph_name.value)
    for row in sample():
        iri = "https://crisis.example/record/" + row["identifier"].removeprefix("oai:crisis.example:")
        assert {graphs[name] for name in row["sets"].split("|")} == said[iri]
        assert all(re.fullmatch(r"[A-Za-z0-9_.!~*'()-]+", name) for name in row["sets"].split("|"))


def test_simple_dublin_core_has_words_for_what_edm_points_to(tmp_path: Path) -> None:
    said = [
        (element.tag.rpartition("}")[2], element.text)
        for row in rows(harvest(tmp_path / "a", golden())).values()
        for element in ElementTree.fromstring(row["oai_dc"])
    ]
    assert ("creator", "Legation in Tirana") in said
    assert ("rights", "http://creativecommons.org/licenses/by/4.0/") in said
    assert ("publisher", "A library") in said
    assert not [
        text for name, text in said if name in ("creator", "subject", "coverage") and str(text).startswith("http")
    ]


@pytest.mark.parametrize("tables", [("parquet",), ("csv",)])
def test_only_what_changed_has_a_new_datestamp(tmp_path: Path, tables: tuple[str, ...]) -> None:
    """A record that is gone is a row without metadata, in the sets that it was in; the same row keeps its datestamp."""
    before = harvest(tmp_path / "a", golden(), tables=tables)
    same = harvest(tmp_path / "b", golden(), 1, before, tables=("parquet",))
    assert {row["datestamp"] for row in rows(same).values()} == {TIMES[0]}
    if tables == ("parquet",):
        assert (same / "records.parquet").read_bytes() == (before / "records.parquet").read_bytes()
    one, *others = sorted(rows(same))
    iri = f"<{BASE}record/{one.rpartition(':')[2]}>"
    left = [line for line in golden().splitlines(keepends=True) if not line.startswith((f"{iri} ", f"{iri[:-1]}#"))]
    stone = f"{iri} {quads.RDF_TYPE} <https://www.w3.org/ns/activitystreams#Tombstone> <{BASE}graph/links> .\n"
    found = rows(harvest(tmp_path / "c", "".join([*left, stone]), 1, before, tables=("parquet",)))
    gone = found.pop(one)
    assert (gone["deleted"], gone["datestamp"], gone["oai_dc"], gone["edm"]) == (True, TIMES[1], None, None)
    assert gone["sets"] == rows(same)[one]["sets"]
    assert sorted(found) == others
    assert not any(row["deleted"] for row in found.values())


def test_what_xml_cannot_say_gives_way_and_the_rest_stays(tmp_path: Path) -> None:
    """A control character is no reason to stop a release; escapes of backslashes are none of control characters."""
    rico = "https://www.ica.org/standards/RiC/ontology#"
    iri = f"<{BASE}record/1>"
    lines = (
        f"{iri} {quads.RDF_TYPE} <{rico}Record> .\n"
        f'{iri} <http://www.w3.org/2000/01/rdf-schema#label> "a\\u0001b\\\\b <c> & \\"d\\"\\n"@en .\n'
    )
    [row] = rows(harvest(tmp_path / "a", lines)).values()
    assert row["identifier"] == "oai:data.example:1"
    titles = [element for element in ElementTree.fromstring(row["oai_dc"]) if element.tag.endswith("title")]
    assert [title.text for title in titles] == ['a\ufffdb\\b <c> & "d"\n']
    assert 'a\ufffdb\\b <c> & "d"\n' in {
        quad.object.value for quad in ox.parse(row["edm"], format=ox.RdfFormat.RDF_XML)
    }


def test_records_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    before = harvest(tmp_path / "a", golden())
    (before / "records.parquet").write_bytes(b"none")
    with pytest.raises(InputError, match="the records of the earlier feed cannot be read"):
        harvest(tmp_path / "b", golden(), 1, before)
