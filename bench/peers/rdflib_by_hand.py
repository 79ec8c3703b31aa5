"""The mapping written by hand in rdflib: ``rdflib_by_hand.py records.csv OUT``."""

import csv
import sys
from urllib.parse import quote

from columns import AGENT, INTEGER, IRIS, LABEL, LITERALS, NS, RECORD, TYPE
from rdflib import Graph, Literal, URIRef


def main(source: str, out: str) -> None:
    graph = Graph()
    with open(source, encoding="utf-8", newline="") as file:  # noqa: PTH123
        for row in csv.DictReader(file):
            subject = URIRef(RECORD + quote(row["record"], safe="~"))
            graph.add((subject, URIRef(TYPE), URIRef(f"{NS}Record")))
            for column, (predicate, end) in LITERALS.items():
                if row[column]:
                    kind = URIRef(INTEGER) if end.startswith("^^") else None
                    graph.add(
                        (
                            subject,
                            URIRef(predicate),
                            Literal(row[column], lang=end[1:] if end.startswith("@") else None, datatype=kind),
                        )
                    )
            for column, (predicate, start) in IRIS.items():
                if row[column]:
                    graph.add((subject, URIRef(predicate), URIRef(start + quote(row[column], safe="~"))))
            if row["from_post"]:
                agent = URIRef(AGENT + quote(row["from_post"], safe="~"))
                graph.add((agent, URIRef(TYPE), URIRef(f"{NS}Agent")))
                graph.add((agent, URIRef(LABEL), Literal(row["from_post"])))
    graph.serialize(out, format="nt", encoding="utf-8")


main(*sys.argv[1:])
