"""Where the shapes lie, and what every example begins with."""

from __future__ import annotations

from pathlib import Path

SHAPES = Path(__file__).parents[2] / "shapes"
SHAPE = "https://w3id.org/diplomatic-records/shapes#"
PREFIXES = """
@prefix as: <https://www.w3.org/ns/activitystreams#> .
@prefix c: <https://w3id.org/diplomatic-records/vocabulary/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dipl: <https://w3id.org/diplomatic-records/ontology#> .
@prefix ex: <https://example.org/> .
@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix premis: <http://www.loc.gov/premis/rdf/v3/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rico: <https://www.ica.org/standards/RiC/ontology#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:r a rico:Record, dipl:Telegram ; rdfs:label "Telegram 1" .
"""
