"""Turtle and TriG, for people: one block a subject, a record before its fragments, types first, texts as they are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cablegraph.quads import RDF_TYPE
from cablegraph.relations import Connection, write_texts
from cablegraph.release.formats.names import Names, Pages, Part, Writer, define_names, used_prefixes


def turtle_writer(db: Connection, names: Names) -> Writer:
    """Write the triples of a part as Turtle 1.1, in the order of quads; IRIs are relative to the base or by prefix."""
    head = _begin(db, names)

    def write(part: Part, out: Any) -> None:
        out.write(head)
        if write_texts(db, _triples(part.triples), out):
            out.write(b" .\n")

    return write


def trig_writer(db: Connection, names: Names) -> Writer:
    """Write the quads of a part as TriG, graph by graph, each as :func:`turtle_writer` does."""
    head = _begin(db, names)

    def write(part: Part, out: Any) -> None:
        out.write(head)
        if write_texts(db, _graphs(part.graphs), out):
            out.write(b" .\n\n}\n")

    return write


def turtle_pages(db: Connection, names: Names, rows: str) -> Pages:
    """Pages of the triples of ``rows`` (r, s, p, o), as :func:`turtle_writer` writes them, each with the prefixes that it uses."""
    _begin(db, names)

    def text(texts: str) -> str:
        blocks = texts.removeprefix(_NEXT)
        return f"{_head(names.base, used_prefixes(names, blocks))}{blocks} .\n"

    return Pages(_triples(rows, "r"), text)


#: What ends the block before, in the first piece of a page as of any block.
_NEXT = " .\n\n"


def _head(base: str, prefixes: Mapping[str, str]) -> str:
    lines = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(prefixes.items()))
    return f"@base <{base}> .\n{lines}\n"


def _begin(db: Connection, names: Names) -> bytes:
    """Define the macros; returns the lines of the base and the prefixes."""
    define_names(db, names)
    for macro in (
        "short_iri(t) AS CASE WHEN is_own(t) THEN '<' || relative(t) || '>' ELSE coalesce(prefixed(t), t) END",
        f"predicate(t) AS CASE t WHEN '{RDF_TYPE}' THEN 'a' ELSE short_iri(t) END",
        """typed(t) AS CASE WHEN ends_with(t, '>') THEN '^^' || coalesce(prefixed(datatype_of(t)), datatype_of(t))
            WHEN ends_with(t, '"') THEN '' ELSE '@' || language_of(t) END""",
        # No line holds a raw carriage return, so it can stand for an escaped backslash meanwhile. A quote needs its
        # backslash only before another one and at the end; escapes other than those of quotes and line feeds stay.
        r"""readable(text) AS replace(regexp_replace(replace(replace(text, '\\', chr(13)), '\n', chr(10)),
            '\\"([^"\\])', '"\1', 'g'), chr(13), '\\')""",
        r"""short_term(t) AS CASE
            WHEN starts_with(t, '<') THEN short_iri(t)
            WHEN NOT starts_with(t, '"') THEN t
            WHEN contains(t, '\n') THEN concat(repeat('"', 3), readable(lexical(t)), repeat('"', 3), typed(t))
            WHEN ends_with(t, '>') THEN concat('"', lexical(t), '"', typed(t))
            ELSE t END""",
    ):
        db.execute(f"CREATE OR REPLACE MACRO {macro}")
    return _head(names.base, names.prefixes).encode()


# Each row ends what the row before has left open, which spares looking ahead.
def _triples(rows: str, *kept: str) -> str:
    """The query of the texts of triples, behind the columns of ``rows`` that are kept; the last full stop is missing."""
    return f"""
        SELECT {"".join(f"{column}, " for column in kept)}concat(
            CASE WHEN s = s_before THEN CASE WHEN p = p_before THEN ' ,\n        ' ELSE concat(' ;\n    ', predicate(p), ' ') END
                ELSE concat(CASE WHEN s_before IS NULL THEN '' ELSE ' .\n\n' END, short_iri(s), ' ', predicate(p), ' ') END,
            short_term(o))
        FROM (SELECT *, lag(s) OVER () AS s_before, lag(p) OVER () AS p_before FROM {rows})"""


def _graphs(rows: str) -> str:
    """The query of the texts of quads, graph by graph; the last full stop and brace are missing."""
    return f"""
        SELECT concat(
            CASE WHEN g = g_before THEN '' ELSE concat(CASE WHEN g_before IS NULL THEN '' ELSE ' .\n\n}}\n\n' END,
                CASE g WHEN '' THEN '{{\n\n' ELSE concat(short_iri(g), ' {{\n\n') END) END,
            CASE WHEN s = s_before AND g = g_before
                THEN CASE WHEN p = p_before THEN ' ,\n            ' ELSE concat(' ;\n        ', predicate(p), ' ') END
                ELSE concat(CASE WHEN g = g_before THEN ' .\n\n    ' ELSE '    ' END, short_iri(s), ' ', predicate(p), ' ') END,
            short_term(o))
        FROM (SELECT s, p, o, g, lag(s) OVER () AS s_before, lag(p) OVER () AS p_before, lag(g) OVER () AS g_before FROM {rows})"""
