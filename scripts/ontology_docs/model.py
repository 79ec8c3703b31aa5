"""The diagram of the model: classes with their properties, from the ontology's own domains and ranges."""

from __future__ import annotations

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib.term import Node
from scripts.ontology_docs.drawing import Box, draw
from scripts.ontology_docs.names import DIPL, VOCABULARY, curie

_SDO = Namespace("https://schema.org/")
#: Where each class stands, column by column.
_COLUMNS = (
    ("rico:Agent", "rico:Person", "rico:PositionHoldingRelation", "rico:Identifier", "premis:RightsStatus", "skos:Concept"),
    ("rico:Record", "rico:RecordResource", "rico:RecordPart"),
    ("rico:Instantiation", "rico:Event", "dipl:Reference", "dipl:Reading", "dipl:Marking", "dipl:PageBreak", "oa:Annotation"),
)  # fmt: skip


def model(ontology: Graph) -> str:
    """Draw it.

    Raises:
        KeyError: a class that a property stands on, or leads to, has no place in the diagram.
    """
    boxes = {name: Box(name) for column in _COLUMNS for name in column}
    for child, parent in sorted(ontology.subject_objects(RDFS.subClassOf)):
        if curie(parent) in boxes:
            boxes[curie(parent)].rows.append((f"▹ {curie(child)}{_below(ontology, child)}", None))
    for term in sorted(ontology.subjects(RDF.type, None)):
        kind = ontology.value(term, RDF.type)
        if not str(term).startswith(DIPL) or kind not in (OWL.ObjectProperty, OWL.DatatypeProperty):
            continue
        domains = [curie(domain) for domain in _told(ontology, term, _SDO.domainIncludes, RDFS.domain)]
        if "rico:Record" in domains:
            domains = [domain for domain in domains if domain != "rico:Instantiation"]
        text, end = _values(ontology, term)
        for domain in domains:
            boxes[domain].rows.append((f"{curie(term)} {text}", end))
    boxes["rico:Instantiation"].rows.append(("and those of rico:Record, as this copy shows them", None))
    title = "The model of the diplomatic-records ontology"
    described = "Classes as boxes, their properties as rows, lines from a property to the class of its values."
    return draw([[boxes[name] for name in column] for column in _COLUMNS], title, described)


def _told(ontology: Graph, term: Node, included: URIRef, declared: URIRef) -> list[Node]:
    return sorted(ontology.objects(term, included)) or sorted(ontology.objects(term, declared))


def _values(ontology: Graph, term: Node) -> tuple[str, str | None]:
    """What a row says of the values, and the box to which a line goes; concepts are named by their scheme."""
    values = _told(ontology, term, _SDO.rangeIncludes, RDFS.range)
    scheme = ontology.value(term, RDFS.seeAlso)
    if ontology.value(term, RDF.type) == OWL.DatatypeProperty:
        return ": " + " | ".join(curie(value) for value in values), None
    if values == [SKOS.Concept] and scheme is not None:
        return f"→ {str(scheme).removeprefix(VOCABULARY)}", None
    return "", curie(values[0])


def _below(ontology: Graph, cls: Node) -> str:
    children = sorted(ontology.subjects(RDFS.subClassOf, cls))
    return " ▹ " + ", ".join(curie(child).removeprefix("dipl:") for child in children) if children else ""
