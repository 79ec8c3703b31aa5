"""JSON-LD 1.1: graph by graph, an object a subject, with the context of the ontology in the file, so that it needs no network."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from cablegraph import folders
from cablegraph.quads import RDF_TYPE
from cablegraph.relations import Connection, write_texts
from cablegraph.release.formats.names import Names, Pages, Part, Writer, define_names, map_of, used_prefixes

CONTEXT = folders.ONTOLOGY / "context.jsonld"


def jsonld_writer(db: Connection, names: Names) -> Writer:
    """Write the quads of a part as JSON-LD; the terms are those of ``ontology/context.jsonld``."""
    context = _context(db)
    _define(db, names, context)
    text = json.dumps({"@base": names.base} | context, ensure_ascii=False, indent=1)

    def write(part: Part, out: Any) -> None:
        out.write(f'{{\n"@context": {text},\n"@graph": [\n'.encode())
        write_texts(db, _objects(part.graphs), out)
        out.write(b"\n]\n}\n")

    return write


def jsonld_pages(db: Connection, names: Names, rows: str) -> Pages:
    """Pages of the triples of ``rows`` (r, s, p, o, and an empty g), as :func:`jsonld_writer` writes them.

    Each has what it uses of the context.
    """
    context = _context(db)
    _define(db, names, context)
    terms = {term: meaning for term, meaning in context.items() if isinstance(meaning, dict)}
    plain = {term: meaning for term, meaning in context.items() if isinstance(meaning, str)}
    shortened = Names(names.base, {term: iri for term, iri in plain.items() if not term.startswith("@")})

    def text(texts: str) -> str:
        objects = texts.removeprefix(_NEXT)
        used = {key: terms[key] for key in sorted(set(_KEY.findall(objects))) if key in terms}
        needed = objects + "".join(meaning["@type"] for meaning in used.values())
        whole = {"@version": 1.1, "@base": names.base} | used_prefixes(shortened, needed) | used
        return f'{{\n"@context": {json.dumps(whole, ensure_ascii=False)},\n"@graph": [\n{objects}\n]\n}}\n'

    return Pages(_objects(rows, "r"), text)


#: What parts objects, in the first piece of a page as of any object.
_NEXT = ",\n"
#: The keys of objects: each begins a line.
_KEY = re.compile(r'\n "([^"]+)": ')


def _context(db: Connection) -> dict[str, Any]:
    """The context without the prefixes that are schemes of IRIs in the data, which would be taken for these."""
    context: dict[str, Any] = json.loads(CONTEXT.read_text(encoding="utf-8"))["@context"]
    iris = [f"SELECT {column} AS iri FROM quads WHERE starts_with({column}, '<')" for column in ("s", "p", "o", "g")]
    iris.append("SELECT split_part(o, '^^', -1) AS iri FROM quads WHERE starts_with(o, '\"') AND ends_with(o, '>')")
    schemes = set()
    for each in iris:
        query = (
            f"SELECT DISTINCT regexp_extract(iri, '^<([^:]*):', 1) FROM ({each}) WHERE NOT starts_with(iri, '<http')"
        )
        schemes |= {scheme for (scheme,) in db.execute(query).fetchall()}
    return {
        term: meaning
        for term, meaning in context.items()
        if schemes.isdisjoint(
            name.partition(":")[0] for name in (term, *(meaning.values() if isinstance(meaning, dict) else ()))
        )
    }


def _define(db: Connection, names: Names, context: Mapping[str, Any]) -> None:
    """Define the macros that write terms in JSON."""
    prefixes = {term: iri for term, iri in context.items() if isinstance(iri, str) and iri[-1] in "#/"}
    define_names(db, Names(names.base, prefixes))
    kinds = [
        (f"<{_expanded(term, prefixes)}>", "@id" if kind == "@id" else f"<{_expanded(kind, prefixes)}>")
        for term, meaning in context.items()
        if isinstance(meaning, dict)
        for kind in [meaning["@type"]]
    ]
    # Each argument is written out wherever its macro names it, so that texts are put together in one place.
    for macro in (
        r"""code_of(each) AS CASE WHEN starts_with(each, '\') THEN CAST('0x' || substr(each, 3) AS INTEGER) ELSE ord(each) END""",
        r"""json_escape(each) AS CASE WHEN code_of(each) > 65535 THEN chr(code_of(each)) ELSE format('\u{:04x}', code_of(each)) END""",
        r"""respelt(t) AS list_reduce(list_distinct(regexp_extract_all(t, '\\U[0-9A-Fa-f]{8}|[\x00-\x0c\x0e-\x1f]')),
            lambda text, each: replace(text, each, json_escape(each)), t)""",
        # What N-Quads spells otherwise than JSON. No line holds a raw carriage return, so it can stand for an escaped
        # backslash meanwhile.
        r"""json_text(t) AS CASE WHEN regexp_matches(t, '\\[U'']|[\x00-\x1f]')
            THEN replace(respelt(replace(replace(t, '\\', chr(13)), '\''', '''')), chr(13), '\\') ELSE t END""",
        "whole(t) AS CASE WHEN starts_with(t, '<') THEN substr(t, 2, length(t) - 2) ELSE t END",
        r"""json_name(t) AS CASE WHEN contains(t, '\U') THEN concat('"', respelt(whole(t)), '"')
            ELSE concat('"', coalesce(prefixed(t), whole(t)), '"') END""",
        # With a colon it would be taken for an IRI that is whole; of two slashes, and of an empty query or parameter,
        # rdflib leaves something out.
        "is_simple(t) AS NOT (contains(relative(t), ':') OR contains(relative(t), '//') OR contains(t, ';') OR contains(t, '?'))",
        """json_id(t) AS CASE WHEN is_own(t) AND is_simple(t) THEN concat('"', relative(t), '"') ELSE json_name(t) END""",
        f"kind_of(p) AS {map_of(kinds)}[p]",
        f"""json_key(p, o) AS CASE WHEN p = '{RDF_TYPE}' AND NOT starts_with(o, '"') THEN '"@type"' ELSE json_name(p) END""",
        # A literal without language is a mere string where it is of the datatype that the context gives.
        """json_literal(kind, o) AS CASE
            WHEN (ends_with(o, '"') OR ends_with(o, '>')) AND datatype_of(o) = coalesce(kind, '') THEN concat('"', json_text(lexical(o)), '"')
            ELSE concat('{"@value": "', json_text(lexical(o)), CASE WHEN ends_with(o, '"') THEN '"}'
                WHEN ends_with(o, '>') THEN concat('", "@type": ', json_name(datatype_of(o)), '}')
                ELSE concat('", "@language": "', language_of(o), '"}') END) END""",
        f"""json_value(p, o) AS CASE
            WHEN starts_with(o, '"') THEN json_literal(kind_of(p), o)
            WHEN p = '{RDF_TYPE}' THEN json_name(o)
            WHEN kind_of(p) = '@id' THEN json_id(o)
            ELSE concat('{{"@id": ', json_id(o), '}}') END""",
    ):
        db.execute(f"CREATE OR REPLACE MACRO {macro}")


def _expanded(name: str, prefixes: Mapping[str, str]) -> str:
    """The IRI of a name with a prefix."""
    prefix, _, local = name.partition(":")
    return prefixes[prefix] + local


def _objects(rows: str, *kept: str) -> str:
    """The query of the texts of quads, graph by graph, behind the columns of ``rows`` that are kept."""
    return f"""
        SELECT {"".join(f"{column}, " for column in kept)}concat(
            CASE WHEN g = g_before THEN '' ELSE concat(CASE WHEN g_before IS NULL THEN '' ELSE ',\n' END,
                CASE g WHEN '' THEN '' ELSE concat('{{"@id": ', json_id(g), ', "@graph": [\n') END) END,
            CASE WHEN is_other THEN concat(CASE WHEN g = g_before THEN ',\n' ELSE '' END, '{{"@id": ', json_id(s)) ELSE '' END,
            CASE WHEN is_first THEN concat(',\n ', k, CASE WHEN is_last THEN ': ' ELSE ': [' END) ELSE ', ' END,
            json_value(p, o),
            CASE WHEN is_last AND NOT is_first THEN ']' ELSE '' END,
            CASE WHEN g = g_after AND s = s_after THEN '' WHEN g = g_after OR g = '' THEN '}}' ELSE '}}\n]}}' END)
        FROM (SELECT *, s_before IS DISTINCT FROM s OR g_before IS DISTINCT FROM g AS is_other,
                is_other OR k_before <> k AS is_first, s_after IS DISTINCT FROM s OR g_after IS DISTINCT FROM g OR k_after <> k AS is_last
            FROM (SELECT *, lag(s) OVER () AS s_before, lead(s) OVER () AS s_after, lag(g) OVER () AS g_before, lead(g) OVER () AS g_after,
                    lag(k) OVER () AS k_before, lead(k) OVER () AS k_after
                FROM (SELECT *, json_key(p, o) AS k FROM {rows})))"""
