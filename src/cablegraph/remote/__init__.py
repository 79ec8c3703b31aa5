"""Other people's stores, asked by the SPARQL 1.1 Protocol; the only room that uses the network, when told to."""

from __future__ import annotations

import re
from urllib.error import URLError

from SPARQLWrapper import JSON, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from cablegraph.answers import Answer, Cell
from cablegraph.errors import InputError

_ENDPOINT = re.compile(r"https?://\S+")


def is_endpoint(name: str) -> bool:
    """Tell whether an argument names an endpoint rather than a folder or file."""
    return _ENDPOINT.fullmatch(name) is not None


def ask_endpoint(endpoint: str, query: str, timeout: int = 60) -> Answer:
    """Ask a SELECT or ASK query of an endpoint; ``timeout`` is in seconds.

    Raises:
        InputError: the endpoint does not answer, refuses the query, or answers with something else than results.
    """
    client = SPARQLWrapper(endpoint)
    client.setQuery(query)
    client.setReturnFormat(JSON)
    client.setTimeout(timeout)
    try:
        document = client.query().convert()
    except (SPARQLWrapperException, URLError, OSError, ValueError) as error:
        raise InputError(f"the endpoint gave no answer: {str(error).splitlines()[0]}", file=endpoint) from error
    if not isinstance(document, dict):
        raise InputError(
            "the endpoint answered with no SPARQL results; CONSTRUCT and DESCRIBE are not asked here", file=endpoint
        )
    if "boolean" in document:
        value = bool(document["boolean"])
        return Answer(("answer",), ((Cell("literal", str(value).lower()),),), value)
    columns = tuple(document["head"]["vars"])
    rows = tuple(tuple(_cell(binding.get(name)) for name in columns) for binding in document["results"]["bindings"])
    return Answer(columns, rows)


def _cell(binding: dict[str, str] | None) -> Cell | None:
    if binding is None:
        return None
    kind = "literal" if binding["type"] == "typed-literal" else binding["type"]
    return Cell(kind, binding["value"], binding.get("datatype"), binding.get("xml:lang"))
