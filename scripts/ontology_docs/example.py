"""The worked example: the telegram USUN 1862 of the sample's release, drawn as a graph."""

from __future__ import annotations

from pathlib import Path

from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.term import Node
from scripts.ontology_docs.drawing import Box, draw
from scripts.ontology_docs.names import DIPL, VOCABULARY, curie

_LONGEST = 44
_MESSAGE_NUMBER = URIRef(f"{DIPL}messageNumber")
_TELEGRAM = URIRef(f"{DIPL}Telegram")
_RECORD = URIRef("https://www.ica.org/standards/RiC/ontology#Record")


def example(dump: Path) -> str:
    """Draw the record, the things that it names, and the things that these name: one of each kind where there are many."""
    graph = Graph().parse(dump)
    (record,) = (
        s for s in graph.subjects(_MESSAGE_NUMBER, Literal("1862")) if (s, RDF.type, _TELEGRAM) in graph and "usun" in s
    )
    titles: dict[Node, str] = {record: "the telegram"}
    columns = [[_box(graph, record, titles)]]
    placed = {record}
    for _ in range(2):
        ahead = [node for box in columns[-1] for node in _named(box, titles) if node not in placed]
        ahead = [
            node
            for node in dict.fromkeys(ahead)
            if not (placed > {record} and _RECORD in graph.objects(node, RDF.type))
        ]
        columns.append([_box(graph, node, titles) for node in ahead])
        placed |= set(ahead)
    drawn = {box.title for column in columns for box in column}
    for column in columns:
        for box in column:
            box.rows = [(text, end if end in drawn else None) for text, end in box.rows]
    title = "Telegram 1862 from the Mission to the United Nations, 19 November 1962, as a graph"
    return draw(columns, title, "The record on the left, what it names to the right, as the sample's release has it.")


def _box(graph: Graph, node: Node, titles: dict[Node, str]) -> Box:
    """A node as a box; of a property with several values the first is shown, and how many more there are."""
    box = Box(titles[node])
    for predicate in sorted(set(graph.predicates(node))):
        values = sorted(graph.objects(node, predicate))
        if predicate == RDF.type:
            box.rows.append(("a " + ", ".join(curie(value) for value in values), None))
            continue
        value = values[0]
        more = f" and {len(values) - 1} more" if len(values) > 1 else ""
        described = isinstance(value, URIRef) and (value, RDF.type, None) in graph and predicate != OWL.sameAs
        if described and value not in titles:
            titles[value] = _title(graph, value, titles)
        shown = "→" if described else _short(value)
        box.rows.append((f"{curie(predicate)} {shown}{more}", titles[value] if described else None))
    return box


def _named(box: Box, titles: dict[Node, str]) -> list[Node]:
    nodes = {title: node for node, title in titles.items()}
    return [nodes[end] for _, end in box.rows if end]


def _title(graph: Graph, node: Node, titles: dict[Node, str]) -> str:
    label = graph.value(node, RDFS.label) or str(node).rsplit("/", 1)[-1].rsplit("#", 1)[-1]
    kind = curie(sorted(graph.objects(node, RDF.type))[-1])
    title = f"{kind} {_short(Literal(label))}"
    return title if title not in titles.values() else f"{title} ({len(titles)})"


def _short(value: Node) -> str:
    text = str(value).removeprefix(VOCABULARY) if isinstance(value, URIRef) else f'"{value}"'
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
