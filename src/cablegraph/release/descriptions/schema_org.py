"""schema.org's Dataset in JSON-LD: for search engines, and as the Dataset Register of the Dutch Digital Heritage Network (NDE) checks it.

The context is written out, so that no reader has to fetch it.
"""

from __future__ import annotations

import json
from typing import Any

from rdflib import URIRef

from cablegraph.catalogue import Creator
from cablegraph.release.descriptions.facts import Facts
from cablegraph.release.dumps import Dump

_SPARQL = "https://www.w3.org/TR/sparql11-protocol/"


def describe_for_search(facts: Facts) -> dict[str, Any]:
    """The data set as search engines read it; it also stands in the landing page."""
    about = facts.publication
    node = _dataset(facts) | {
        "@context": _context(about.language, "@id"),
        "isAccessibleForFree": True,
        "creditText": facts.citation,
        "distribution": [_download(facts, dump) for dump in facts.dumps],
    }
    return dict(sorted(node.items()))


def describe_for_heritage(facts: Facts) -> dict[str, Any]:
    """The data set as NDE's Requirements for Datasets (1.11) ask for it, in a catalogue of one.

    Addresses of files are literals of ``xsd:anyURI``, each download names its licence, the publisher has a contact and an
    identifier, compression follows the media type with a plus, and a SPARQL endpoint is a distribution that conforms to the protocol.
    """
    about = facts.publication
    distributions = [
        _download(facts, dump)
        | {
            "license": facts.licence,
            "description": f"{dump.media_type}, {dump.size} bytes",
            "encodingFormat": "+".join(filter(None, (dump.media_type, dump.compression))),
        }
        for dump in facts.dumps
    ]
    if about.catalogue.endpoint:
        distributions.append(
            {
                "@id": f"{facts.dataset}#endpoint",
                "@type": "DataDownload",
                "name": "SPARQL",
                "description": "The endpoint for queries in SPARQL 1.1",
                "contentUrl": about.catalogue.endpoint,
                "usageInfo": _SPARQL,
                "license": facts.licence,
            }
        )
    dates = {"datePublished": facts.day, "dateModified": facts.day} if facts.day else {}
    catalogue = {
        "@id": f"{about.base}catalogue",
        "@type": "DataCatalog",
        "name": f"{about.publisher.name}: catalogue",
        "description": about.description,
        "publisher": {"@id": str(facts.publisher)},
    }
    node = _dataset(facts) | dates | {
        "@context": _context(about.language, "xsd:anyURI"),
        "distribution": distributions,
        "includedInDataCatalog": catalogue,
    }  # fmt: skip
    return dict(sorted(node.items()))


def write_json(node: dict[str, Any]) -> str:
    """Write JSON-LD, indented."""
    return json.dumps(node, ensure_ascii=False, indent=1) + "\n"


def _context(language: str, address: str) -> dict[str, Any]:
    """The terms: words in the language of the publication, IRIs, and addresses of files of the given kind."""
    iris = ("license", "mainEntityOfPage", "sameAs", "url", "usageInfo")
    words = ("description", "keywords", "name")
    return {
        "@vocab": "https://schema.org/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "contentUrl": {"@type": address},
        "dateModified": {"@type": "xsd:date"},
        "datePublished": {"@type": "xsd:date"},
    } | {name: {"@type": "@id"} for name in iris} | {name: {"@language": language} for name in words}  # fmt: skip


def _dataset(facts: Facts) -> dict[str, Any]:
    """What both readers take alike."""
    about, page = facts.publication, str(facts.address(""))
    catalogue = about.catalogue
    node: dict[str, Any] = {
        "@id": str(facts.dataset),
        "@type": "Dataset",
        "name": about.title,
        "description": about.description,
        "url": page,
        "mainEntityOfPage": page,
        "identifier": [str(facts.dataset)] + ([f"https://doi.org/{catalogue.doi}"] if catalogue.doi else []),
        "license": facts.licence,
        "version": about.version,
        "inLanguage": about.language,
        "keywords": list(catalogue.keywords),
        "publisher": _publisher(facts),
        "creator": [_creator(facts, iri, each) for iri, each in facts.creators],
    }
    if catalogue.doi:
        node["sameAs"] = f"https://doi.org/{catalogue.doi}"
    if facts.day:
        node["datePublished"] = facts.day
    if facts.counts.period:
        node["temporalCoverage"] = "/".join(facts.counts.period)
    return node


def _publisher(facts: Facts) -> dict[str, Any]:
    publisher = facts.publication.publisher
    node: dict[str, Any] = {
        "@id": str(facts.publisher),
        "@type": "Organization",
        "name": publisher.name,
        "identifier": str(facts.publisher),
    }
    return node | _contact(facts)


def _contact(facts: Facts) -> dict[str, Any]:
    """Whom to ask about the data, where the publisher gives an address."""
    publisher = facts.publication.publisher
    if not publisher.email:
        return {}
    contact = {"@id": f"{facts.publication.base}contact", "@type": "ContactPoint"}
    return {"contactPoint": contact | {"name": publisher.name, "email": publisher.email}}


def _creator(facts: Facts, iri: URIRef, creator: Creator) -> dict[str, Any]:
    if iri == facts.publisher:
        return _publisher(facts)
    node = {"@id": str(iri), "name": creator.name, "identifier": str(iri)}
    return node | ({"@type": "Person"} if creator.person else {"@type": "Organization"} | _contact(facts))


def _download(facts: Facts, dump: Dump) -> dict[str, Any]:
    address, compression = str(facts.address(dump.path)), dump.compression
    return {
        "@id": f"{address}#distribution",
        "@type": "DataDownload",
        "name": dump.path.rsplit("/", 1)[-1],
        "contentUrl": address,
        "encodingFormat": [dump.media_type, f"application/{compression}"] if compression else dump.media_type,
        "contentSize": str(dump.size),
        "sha256": dump.sha256,
    }
