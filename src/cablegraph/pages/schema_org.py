"""What search engines read of a page: its resource in schema.org, as JSON-LD that is embedded."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from cablegraph.pages.description import Description
from cablegraph.pages.terms import text_of

_RICO, _DIPL, _SKOS = (
    "<https://www.ica.org/standards/RiC/ontology#",
    "<https://w3id.org/diplomatic-records/ontology#",
    "<http://www.w3.org/2004/02/skos/core#",
)
_SCHEMA, _GEO = "<https://schema.org/", "<http://www.w3.org/2003/01/geo/wgs84_pos#"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
#: Types of schema.org by ours; the first that a resource has counts.
_TYPES = {
    f"{_SCHEMA}Message>": "Message",
    f"{_RICO}Record>": "ArchiveComponent",
    f"{_RICO}RecordSet>": "ArchiveComponent",
    f"{_RICO}Person>": "Person",
    f"{_RICO}CorporateBody>": "Organization",
    f"{_RICO}Place>": "Place",
    f"{_SKOS}Concept>": "DefinedTerm",
}
#: Properties of schema.org by ours: for messages, and for all else.
_MESSAGE = {
    f"{_DIPL}sentAt>": "dateSent",
    f"{_DIPL}receivedAt>": "dateReceived",
    f"{_RICO}hasSender>": "sender",
    f"{_RICO}hasAddressee>": "recipient",
    f"{_RICO}hasReceiver>": "recipient",
}
_ANY = {
    f"{_DIPL}sentAt>": "dateCreated",
    f"{_DIPL}messageNumber>": "identifier",
    f"{_DIPL}controlNumber>": "identifier",
    f"{_RICO}hasOrHadMainSubject>": "about",
    f"{_RICO}isOrWasIncludedIn>": "isPartOf",
    f"{_RICO}isReplyTo>": "citation",
    f"{_SKOS}altLabel>": "alternateName",
    f"{_SKOS}exactMatch>": "sameAs",
    f"{_GEO}lat>": "latitude",
    f"{_GEO}long>": "longitude",
}


def structured(about: Description, label: str, label_of: Callable[[str], str | None]) -> str:
    """A resource in schema.org, as the text of a script element; links bear the labels of what they lead to.

    ``label`` is that of the resource. What schema.org has no type for is no more than a ``Thing`` with a name.
    """
    types = {value for name, value in about.statements if name == _TYPE}
    kind = next((name for type_, name in _TYPES.items() if type_ in types), "Thing")
    said: dict[str, list[Any]] = {}
    for name, value in about.statements:
        if key := (_MESSAGE.get(name) if kind == "Message" else None) or _ANY.get(name):
            known = said.setdefault(key, [])
            if (shown := _value(value, key, label_of)) not in known:
                known.append(shown)
    data: dict[str, Any] = {"@context": "https://schema.org", "@type": kind, "@id": about.iri, "name": label}
    data |= {key: values[0] if len(values) == 1 else values for key, values in said.items()}
    # In a script element only the end of the element and of comments could be misread.
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")


def _value(value: str, key: str, label_of: Callable[[str], str | None]) -> Any:
    if not value.startswith("<"):
        return text_of(value)[0]
    iri = value[1:-1]
    label = None if key == "sameAs" else label_of(iri)
    return {"@id": iri, "name": label} if label else iri
