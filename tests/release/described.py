"""Releases whose descriptions are looked at: as the sample is committed, with built-in values, and with everything that may be said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from published import ALSO, GOOD, HEADER, publish, sheet
from pyshacl import validate
from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node

from cablegraph.catalogue import Catalogue, Creator, Europeana
from cablegraph.publication import Publication, Publisher, SourceEntry
from cablegraph.release.descriptions.counts import Counts, NamedGraph
from cablegraph.release.descriptions.facts import Facts
from cablegraph.release.dumps import Dump
from cablegraph.release.history import History

OUTPUT = Path(__file__).parents[2] / "output"
PROFILES = Path(__file__).parent / "profiles"
FORMATS = {".ttl": "turtle", ".nt": "nt", ".jsonld": "json-ld"}
MORE = "3,1864,incoming,USUN,Department of State,1962-11-21,Cuba,Secret,737.56/11-2162"

CATALOGUE = Catalogue(
    landing_page="https://pages.example/telegrams/",
    endpoint="https://pages.example/sparql",
    doi="10.5281/zenodo.1862",
    frequency="annual",
    keywords=("telegrams", "Küba & <missiles>"),
    creators=(
        Creator("Roe, Jane", "https://orcid.org/0000-0002-1825-0097", person=True),
        Creator("Office of Cables", person=False),
    ),
    europeana=Europeana("An archive", "An aggregator", "http://rightsstatements.org/vocab/NoC-OKLR/1.0/"),
)


HOSTILE = "</script><script>alert(\"1\")</script> & <b>'bold'</b>"


def facts(**values: Any) -> Facts:
    """A release of one record, with everything that may be told; values of the publication may be given."""
    given = {
        "title": HOSTILE,
        "description": HOSTILE,
        "publisher": Publisher(HOSTILE, "https://library.example/?a=1&b=\u2019", "ask@library.example"),
        "catalogue": CATALOGUE,
        "unlicensed": "links",
    }
    publication = Publication(Path(), **(given | values))
    graphs = {
        "https://example.org/graph/a": NamedGraph(3, True, ()),
        "https://example.org/graph/links": NamedGraph(1, False, ()),
    }
    counts = Counts(
        4, 2, 3, {"https://schema.org/text": 4}, {}, graphs, (), ("https://example.org/record/1",), ("1962-11", "1963")
    )
    step = {
        "from": "1.0.0",
        "to": "1.1.0",
        "date": "2026-02-03",
        "added": 1234,
        "removed": 5,
        "records": {"created": 1, "changed": 0, "deleted": 0},
    }
    history = History({"version": "1.0.0", "issued": "2026-01-02"}, (step,))
    dumps = [
        Dump("dumps/a b&c.nt", "application/n-triples", 1234567, "ab" * 32),
        Dump("dumps/a.ttl.gz", "text/turtle", 12, "cd" * 32, "gzip"),
    ]
    return Facts(publication, "2026-02-03", 1, counts, dumps, [], history)


def publish_plain(folder: Path) -> Path:
    """A release under built-in values."""
    (folder / "a.csv").parent.mkdir(parents=True, exist_ok=True)
    (folder / "a.csv").write_text(HEADER + GOOD + "\n", encoding="utf-8")
    built_in = Publication(folder, sources=(SourceEntry(folder / "a.csv", "sheet"),), issued="2026-01-02")
    publish(built_in, folder / "out")
    return folder / "out"


def publish_rich(folder: Path) -> Path:
    """The second release of a publication that says everything, with a source without a licence; the first (``one``) asked for no description."""
    values = {
        "catalogue": CATALOGUE,
        "descriptions": ("void", "dcat-ap", "nde", "schema", "edm"),
        "publisher": Publisher("A library <&>", "https://library.example/", "ask@library.example"),
        "title": 'Telegrams "<b>of</b>" & about \u00fcmlauts',
        "description": "Telegrams that were made up for a test, with markup <i>that</i> must be escaped </script>.",
        "licence": "http://creativecommons.org/licenses/by-sa/4.0/deed.de",
        "unlicensed": "links",
        "issued": "2026-01-02",
    }
    first = sheet(
        folder / "first",
        GOOD,
        **(values | {"descriptions": (), "feeds": (), "catalogue": Catalogue()}),
        version="1.0.0",
    )
    publish(first, folder / "one")
    second = sheet(folder / "second", GOOD, ALSO, **(values | {"issued": "2026-02-03"}), version="1.1.0")
    (folder / "second" / "more.csv").write_text(HEADER + MORE + "\n", encoding="utf-8")
    licensed = replace(second.sources[0], licence="https://creativecommons.org/publicdomain/zero/1.0/")
    entries = (licensed, SourceEntry(folder / "second" / "more.csv", "sheet"))
    publish(replace(second, sources=entries, previous=folder / "one"), folder / "two")
    return folder / "two"


@cache
def graph_of(path: Path) -> Graph:
    """The graph of a file by its ending."""
    return Graph().parse(path, format=FORMATS[path.suffix])


@cache
def shapes_of(path: Path) -> Graph:
    """The shapes of a file. DCAT-AP's name a property shape of data services that stands nowhere; engines refuse it."""
    graph = Graph().parse(path)
    for shape, lost in list(graph.subject_objects(SH.property)):
        if (lost, None, None) not in graph:
            graph.remove((shape, SH.property, lost))
    return graph


def complaints(data: Graph, shapes: Path) -> str:
    """What a profile complains about, nothing where the data conform."""
    conforms, _, text = validate(data, shacl_graph=shapes_of(shapes))
    return "" if conforms else str(text)


def targets(shapes: Path) -> set[Node]:
    """The classes that the shapes of a profile look at."""
    return set(shapes_of(shapes).objects(None, SH.targetClass))


def required(shapes: Path) -> Iterator[tuple[Node, Node]]:
    """Each class and property of which a profile wants at least one value."""
    graph = shapes_of(shapes)
    for shape, target in graph.subject_objects(SH.targetClass):
        for property_ in graph.objects(shape, SH.property):
            path = graph.value(property_, SH.path)
            if isinstance(path, URIRef) and graph.value(property_, SH.minCount) == Literal(1):
                yield target, path


def without(data: Graph, target: Node, path: Node) -> Graph:
    """The data with no value of a property at the instances of a class."""
    less = Graph()
    bare = set(data.subjects(RDF.type, target))
    for triple in data:
        if not (triple[0] in bare and triple[1] == path):
            less.add(triple)
    return less
