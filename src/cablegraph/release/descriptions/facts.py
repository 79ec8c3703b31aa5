"""What all descriptions of a release say: the facts, and the IRIs that they say them of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import XSD, DefinedNamespace, Namespace

from cablegraph.catalogue import Creator, canonical_licence
from cablegraph.measures import Measure
from cablegraph.publication import Publication
from cablegraph.release.descriptions.counts import Counts
from cablegraph.release.dumps import Dump
from cablegraph.release.history import History

# rdflib's own DCAT namespace is older than DCAT 3.
DCAT = Namespace("http://www.w3.org/ns/dcat#")
VOID = Namespace("http://rdfs.org/ns/void#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")


@dataclass(frozen=True)
class Facts:
    """A release as descriptions tell it. ``issued`` is its date (a year, a month or a day), ``records`` their number without stubs."""

    publication: Publication
    issued: str
    records: int
    counts: Counts
    dumps: Sequence[Dump]
    measures: Sequence[Measure]
    history: History

    @property
    def dataset(self) -> URIRef:
        """The data set."""
        return URIRef(f"{self.publication.base}dataset")

    @property
    def publisher(self) -> URIRef:
        """Who publishes it."""
        return URIRef(self.publication.publisher.iri or f"{self.publication.base}publisher")

    @property
    def creators(self) -> list[tuple[URIRef, Creator]]:
        """Who made it: the publisher, where nobody is named."""
        named = self.publication.catalogue.creators
        if not named:
            return [(self.publisher, Creator(self.publication.publisher.name))]
        return [(URIRef(each.iri or f"{self.dataset}#creator-{n}"), each) for n, each in enumerate(named, 1)]

    @property
    def licence(self) -> str:
        """The licence by its canonical address."""
        return canonical_licence(self.publication.licence)

    @property
    def date(self) -> Literal:
        """The date of the release, with the datatype of its form."""
        return date_of(self.issued)

    @property
    def day(self) -> str:
        """The date of the release where it is a day, else nothing: some formats know days only."""
        return self.issued if len(self.issued) == 10 else ""

    def address(self, path: str) -> URIRef:
        """Where a file of the release is served."""
        return URIRef(f"{self.publication.address}{quote(path)}")

    @property
    def citation(self) -> str:
        """How to cite the release, as DataCite recommends: creator (year): title. Version. Publisher. Kind. Identifier."""
        about = self.publication
        names = "; ".join(each.name for _, each in self.creators)
        identifier = f"https://doi.org/{about.catalogue.doi}" if about.catalogue.doi else str(self.dataset)
        return (
            f"{names} ({self.issued[:4]}): {about.title}. Version {about.version}. {about.publisher.name}. "
            f"Dataset. {identifier}"
        )

    @property
    def version_notes(self) -> str:
        """What the last step changed, in words; nothing where no earlier release is known."""
        if not self.history.steps:
            return ""
        step = self.history.steps[-1]
        text = f"Against {step['from']}: {step['added']} quads added, {step['removed']} removed"
        if records := step.get("records"):
            text += "; records: " + ", ".join(f"{number} {change}" for change, number in records.items())
        return f"{text}."


def date_of(text: str) -> Literal:
    """A year, a month or a day as a literal with its datatype; other text as it is."""
    known = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
    return (
        Literal(text, datatype=known[len(text)]) if len(text) in known and re.match(r"\d{4}", text) else Literal(text)
    )


def new_graph(**prefixes: Namespace | type[DefinedNamespace] | str) -> Graph:
    """An empty graph that is written with these prefixes."""
    graph = Graph()
    for prefix, namespace in prefixes.items():
        graph.bind(prefix, str(namespace))
    return graph


def write_turtle(graph: Graph) -> str:
    """Turtle, the same for the same graph; there are no blank nodes in it."""
    return graph.serialize(format="turtle")
