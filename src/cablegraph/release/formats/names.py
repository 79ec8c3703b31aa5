"""Names in the dumps: prefixes, IRIs relative to the base, and the SQL that shortens terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cablegraph import folders
from cablegraph.relations import Connection, quote_text
from cablegraph.vocabularies import BASE as VOCABULARY

#: Prefixes of our dumps, beside one for each vocabulary; the publication's own IRIs are relative to its base.
PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "dipl": "https://w3id.org/diplomatic-records/ontology#",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "oa": "http://www.w3.org/ns/oa#",
    "premis": "http://www.loc.gov/premis/rdf/v3/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "rico": "https://www.ica.org/standards/RiC/ontology#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
} | {path.stem: f"{VOCABULARY}{path.stem}/" for path in sorted((folders.ONTOLOGY / "vocabularies").glob("*.ttl"))}


@dataclass(frozen=True)
class Names:
    """What shortens IRIs in a dump: the ``base`` that the publication's own are relative to, and prefixes (prefix → namespace)."""

    base: str
    prefixes: Mapping[str, str]


@dataclass(frozen=True)
class Part:
    """What goes into one file: its name within the dump (empty where there is one file), and the rows, as they stand behind FROM.

    ``triples`` are rows (s, p, o) of which each triple has one, ``quads`` (s, p, o, g) all, both in the order of quads;
    ``graphs`` are all (s, p, o, g) graph by graph, the default graph first, and within it in that order.
    """

    name: str
    triples: str
    quads: str
    graphs: str


#: Writes a part into an open file. Its macros stay until another writer is made, so that one is used at a time.
Writer = Callable[[Part, Any], None]


@dataclass(frozen=True)
class Pages:
    """A format, a file a resource.

    ``query`` gives a resource (column ``r`` of what it reads) and a text a row, resource by resource; ``text`` makes a
    file of the texts of one, one behind the other.
    """

    query: str
    text: Callable[[str], str]


def used_prefixes(names: Names, text: str) -> dict[str, str]:
    """The prefixes that a text may use: each that stands in it before a colon."""
    return {prefix: iri for prefix, iri in sorted(names.prefixes.items()) if f"{prefix}:" in text}


def predicates(db: Connection) -> list[str]:
    """All predicates (IRIs) of the table ``quads`` in order, so that each can be named once."""
    return [p[1:-1] for (p,) in db.execute("SELECT DISTINCT p FROM quads ORDER BY p").fetchall()]


def map_of(pairs: Iterable[tuple[str, str]]) -> str:
    """A constant MAP of texts. DuckDB looks a value up once for all rows of a block that share it."""
    entries = ", ".join(f"{quote_text(key)}: {quote_text(value)}" for key, value in pairs)
    return f"MAP {{{entries}}}" if entries else "CAST(MAP {} AS MAP(VARCHAR, VARCHAR))"


def define_names(db: Connection, names: Names) -> None:
    """Define the macros that the formats share, over terms in N-Triples syntax.

    ``local_name(t)`` is what of an IRI may stand behind a prefix, in any format and for any parser; ``prefixed(t)`` the IRI
    by its prefix, null without one; ``is_own(t)`` says that it resolves against the base to itself; ``relative(t)`` is it then,
    without brackets. ``lexical(t)`` is the text of a literal, with its escapes; ``datatype_of(t)`` its datatype (an IRI in
    brackets), ``language_of(t)`` its language tag, both empty without one.
    """
    pairs = sorted((iri, f"{prefix}:") for prefix, iri in names.prefixes.items())
    # Relative IRIs only where resolving them gives the same IRI again: from a folder, by a path without dot segments.
    plain = names.base.endswith("/") and "?" not in names.base and not re.search(r"/\.{1,2}/", names.base)
    own = quote_text(f"^<{re.escape(names.base)}[A-Za-z]+[/>]")
    for macro in (
        # Only what stands at the end is matched: a pattern that also takes what is before it needs five times as long.
        r"local_name(t) AS regexp_extract(t, '[#/]([A-Za-z_][A-Za-z0-9_-]*)>$', 1)",
        f"prefix_of(namespace) AS {map_of(pairs)}[namespace]",
        "prefixed(t) AS prefix_of(substr(t, 2, length(t) - length(local_name(t)) - 2)) || local_name(t)",
        f"is_own(t) AS {plain} AND regexp_matches(t, {own}) "
        r"AND NOT (contains(t, '/.') AND regexp_matches(t, '/[.][.]?[/?#>]')) AND NOT contains(t, '\')",
        f"relative(t) AS substr(t, {len(names.base) + 2}, length(t) - {len(names.base) + 2})",
        "datatype_of(t) AS CASE WHEN ends_with(t, '>') THEN split_part(t, '^^', -1) ELSE '' END",
        "language_of(t) AS CASE WHEN ends_with(t, '>') OR ends_with(t, '\"') THEN '' ELSE split_part(t, '@', -1) END",
        """lexical(t) AS substr(t, 2, length(t) - 2 - CASE
            WHEN ends_with(t, '"') THEN 0
            WHEN ends_with(t, '>') THEN length(datatype_of(t)) + 2
            ELSE length(language_of(t)) + 1 END)""",
    ):
        db.execute(f"CREATE OR REPLACE MACRO {macro}")
