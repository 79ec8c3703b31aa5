"""Measures of quality in the W3C Data Quality Vocabulary (DQV), as a part of ``dataset.ttl``."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, SKOS, XSD

from cablegraph.measures import Measure

# rdflib's own namespace is older than the Note of 2016.
DQV = Namespace("http://www.w3.org/ns/dqv#")
_COMPLETENESS = URIRef("http://www.w3.org/2016/05/ldqd#completeness")


def add_measurements(graph: Graph, dataset: URIRef, measures: Iterable[Measure]) -> None:
    """Add one metric and its measurement, a share from 0 to 1, for each measure that counts anything."""
    graph.bind("dqv", DQV)
    graph.bind("skos", SKOS)
    for measure in measures:
        if not measure.whole:
            continue
        metric, measurement = URIRef(f"{dataset}#metric-{measure.key}"), URIRef(f"{dataset}#measurement-{measure.key}")
        graph.add((dataset, DQV.hasQualityMeasurement, measurement))
        graph.add((measurement, RDF.type, DQV.QualityMeasurement))
        graph.add((measurement, DQV.computedOn, dataset))
        graph.add((measurement, DQV.isMeasurementOf, metric))
        share = Decimal(measure.share).quantize(Decimal("0.0001"))
        graph.add((measurement, DQV.value, Literal(share, datatype=XSD.decimal)))
        graph.add((metric, RDF.type, DQV.Metric))
        graph.add((metric, SKOS.definition, Literal(f"{measure.label}, as a share.", lang="en")))
        graph.add((metric, DQV.expectedDataType, XSD.decimal))
        graph.add((metric, DQV.inDimension, _COMPLETENESS))
