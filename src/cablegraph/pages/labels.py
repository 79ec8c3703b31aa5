"""What people call terms and things: labels of properties, classes and concepts."""

from __future__ import annotations

import re
from functools import cache

import pyoxigraph as ox

from cablegraph import folders
from cablegraph.vocabularies import BASE, vocabulary

_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
#: Terms of other vocabularies whose names, taken apart, say too little.
_SAID = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": "kind",
    "http://www.w3.org/2000/01/rdf-schema#label": "label",
    "http://purl.org/dc/terms/license": "licence",
    "http://purl.org/dc/terms/type": "kind",
    "http://purl.org/dc/terms/references": "refers to",
    "http://purl.org/dc/terms/isReplacedBy": "is now",
    "http://www.w3.org/ns/prov#wasDerivedFrom": "read from",
    "http://www.w3.org/2003/01/geo/wgs84_pos#lat": "latitude",
    "http://www.w3.org/2003/01/geo/wgs84_pos#long": "longitude",
    "http://www.w3.org/2004/02/skos/core#altLabel": "also called",
    "http://www.w3.org/2004/02/skos/core#closeMatch": "nearly the same as",
    "http://www.w3.org/2004/02/skos/core#exactMatch": "the same as",
    "http://www.w3.org/2004/02/skos/core#prefLabel": "label",
    "https://schema.org/text": "text",
    "https://www.ica.org/standards/RiC/ontology#agentHasOrHadLocation": "place",
    "https://www.ica.org/standards/RiC/ontology#hasContentWhichRepresents": "names",
    "https://www.ica.org/standards/RiC/ontology#hasOrHadIdentifier": "identifier",
    "https://www.ica.org/standards/RiC/ontology#hasOrHadInstantiation": "shown by",
    "https://www.ica.org/standards/RiC/ontology#hasOrHadConstituent": "part",
    "https://www.ica.org/standards/RiC/ontology#hasOrHadHolder": "held by",
    "https://www.ica.org/standards/RiC/ontology#hasCreationDate": "date",
    "https://www.ica.org/standards/RiC/ontology#hasDocumentaryFormType": "form",
    "https://www.ica.org/standards/RiC/ontology#hasOrHadSubject": "subject",
    "https://www.ica.org/standards/RiC/ontology#isOrWasIncludedIn": "filed in",
    "https://www.ica.org/standards/RiC/ontology#isReplyTo": "answers",
    "https://www.ica.org/standards/RiC/ontology#recordResourceExtent": "extent",
}
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_-]+")


@cache
def _own() -> dict[str, str]:
    """The English labels of our ontology."""
    found = {}
    for quad in ox.parse(path=str(folders.ONTOLOGY / "diplomatic-records.ttl")):
        if (
            quad.predicate.value == _LABEL
            and isinstance(quad.subject, ox.NamedNode)
            and isinstance(quad.object, ox.Literal)
            and quad.object.language == "en"
        ):
            found[quad.subject.value] = quad.object.value
    return found


@cache
def term_label(iri: str) -> str:
    """The label of a property or class: our ontology's, else the words of its name."""
    if iri in _SAID:
        return _SAID[iri]
    if iri in _own():
        return _own()[iri]
    name = re.split(r"[/#]", iri.rstrip("/#"))[-1]
    return (
        _WORDS.sub(" ", name)
        .lower()
        .replace(" or had ", " ")
        .replace("is or was ", "is ")
        .replace("has or had ", "has ")
    )


@cache
def concept_label(iri: str) -> str | None:
    """The label of a concept of the shipped vocabularies; None for any other IRI."""
    scheme, key = concept_of(iri)
    return _concepts(scheme).get(key)


def concept_of(iri: str) -> tuple[str, str]:
    """The scheme and the key of a concept of the shipped vocabularies; both empty for any other IRI."""
    if not iri.startswith(BASE):
        return "", ""
    scheme, _, key = iri[len(BASE) :].partition("/")
    return (scheme, key) if key in _concepts(scheme) else ("", "")


@cache
def _concepts(scheme: str) -> dict[str, str]:
    if not (folders.ONTOLOGY / "vocabularies" / f"{scheme}.ttl").is_file():
        return {}
    return {concept.key: concept.label for concept in vocabulary(scheme)}
