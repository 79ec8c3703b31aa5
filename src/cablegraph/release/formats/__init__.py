"""The formats of dumps: each writes a part of the table ``quads`` into an open file, as a stream in the order of quads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cablegraph import quads
from cablegraph.relations import Connection, write_texts
from cablegraph.release.formats.jsonld import jsonld_pages, jsonld_writer
from cablegraph.release.formats.names import PREFIXES, Names, Pages, Part, Writer
from cablegraph.release.formats.rdfxml import rdfxml_writer
from cablegraph.release.formats.turtle import trig_writer, turtle_pages, turtle_writer

__all__ = ["FORMATS", "PREFIXES", "Format", "Names", "Pages", "Part", "jsonld_pages", "turtle_pages"]


@dataclass(frozen=True)
class Format:
    """A format of RDF: its media type, what makes a writer of it, and whether that reads the rows graph by graph.

    Texts go out in blocks, so that memory stays flat.
    """

    media_type: str
    writer: Callable[[Connection, Names], Writer]
    by_graph: bool = False


def _nquads_writer(db: Connection, names: Names) -> Writer:
    def write(part: Part, out: Any) -> None:
        write_texts(db, quads.nquads(part.quads), out)

    return write


def _ntriples_writer(db: Connection, names: Names) -> Writer:
    def write(part: Part, out: Any) -> None:
        write_texts(db, quads.ntriples(part.triples), out)

    return write


#: The formats by the endings of their files. Those without named graphs hold each triple of the union once.
FORMATS = {
    "ttl": Format("text/turtle", turtle_writer),
    "nq": Format("application/n-quads", _nquads_writer),
    "nt": Format("application/n-triples", _ntriples_writer),
    "trig": Format("application/trig", trig_writer, by_graph=True),
    "jsonld": Format("application/ld+json", jsonld_writer, by_graph=True),
    "rdf": Format("application/rdf+xml", rdfxml_writer),
}
