"""The quad relation: N-Quads in and out of DuckDB, the order of quads, and RDF files by their endings.

The text of a term is its N-Quads form, untouched: lexical forms such as ``"01"^^xsd:integer`` pass through as they are.
"""

from __future__ import annotations

import mmap
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from cablegraph import relations
from cablegraph.errors import InputError

RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"

#: RDF formats by the ending of a file, and the media types that go into descriptions.
FORMATS: dict[str, ox.RdfFormat] = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdf": ox.RdfFormat.RDF_XML,
    "owl": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

#: Bytes of an entity in RDF/XML, which stands for a namespace.
_LONGEST_ENTITY = 1000

#: Bytes of the longest line that is read: one literal, escaped.
LONGEST_LINE = 16 << 20

#: The order of quads: a record before its fragments, its types before all else.
ORDER = f"rtrim(s, '>'), p <> '{RDF_TYPE}', p, o"


def rdf_format(path: Path) -> ox.RdfFormat:
    """Tell the RDF format of a file from its ending.

    Raises:
        InputError: the ending is none of :data:`FORMATS`.
    """
    ending = path.suffix.lstrip(".").casefold()
    if ending not in FORMATS:
        raise InputError("is no RDF file by its ending", file=str(path), hint=f"known: {', '.join(FORMATS)}")
    return FORMATS[ending]


class LineByLine:
    """A file that gives one line at a time, whatever is asked for: ``given`` are the lines that a parser has had so far."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        """The next line, nothing at the end."""
        line = self._file.readline()
        self.given += bool(line)
        return line


def parse_with_lines(path: Path, base: str) -> Iterator[tuple[ox.Quad, int]]:
    """Parse an RDF file of any format; each quad comes with the line on which it is complete.

    Parsers give a quad as soon as they can, so what they have read by then is its place. Blank nodes are called by their
    order, except in the formats of lines, where each has a label.

    Raises:
        OSError: the file cannot be read.
        SyntaxError: it is no valid RDF.
    """
    form, names = rdf_format(path), dict[str, ox.BlankNode]()
    kept = form in (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS)

    def called(term: Term) -> Term:
        if kept or not isinstance(term, ox.BlankNode):
            return term
        return names.setdefault(term.value, ox.BlankNode(f"b{len(names)}"))

    refuse_bombs(path)
    with path.open("rb") as file:
        lines = LineByLine(file)
        for quad in ox.parse(lines, format=form, base_iri=base):  # type: ignore[arg-type]
            yield ox.Quad(called(quad.subject), quad.predicate, called(quad.object), quad.graph_name), lines.given  # type: ignore[arg-type]


_ENTITY = re.compile(rb"<!ENTITY\s+[^>\"']*[\"']([^\"']*)")


def refuse_bombs(path: Path) -> None:
    """Refuse entities of RDF/XML that hold others, or much: they unfold without end. Those for namespaces are short.

    Raises:
        SyntaxError: there is one, with its line.
    """
    if rdf_format(path) != ox.RdfFormat.RDF_XML or path.stat().st_size == 0:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
        for match in _ENTITY.finditer(text):
            if len(match[1]) > _LONGEST_ENTITY or re.search(rb"&(?!#|amp;|lt;|gt;|quot;|apos;)", match[1]):
                error = SyntaxError("an entity holds others, or too much")
                error.lineno = text[: match.start()].count(b"\n") + 1
                raise error


def file_lines(path: Path) -> str:
    """The relation of the lines (column ``line``) of a file of N-Quads or N-Triples."""
    return (
        f"(SELECT line FROM read_csv({relations.quote_path(path)}, header = false, delim = '', quote = '', escape = '', "
        "columns = {'line': 'VARCHAR'}, auto_detect = false, strict_mode = false, hive_partitioning = false, "
        f"max_line_size = {LONGEST_LINE}, buffer_size = {LONGEST_LINE}))"
    )


def terms_of(lines: str) -> str:
    """The relation of terms (columns s, p, o and g, which is empty for the default graph) of lines as we write them."""
    # Spaces stand in literals only. The last word before the full stop is a graph unless it closes a literal.
    return (
        """(WITH split AS (
            SELECT line, split_part(line, ' ', 1) AS s, split_part(line, ' ', 2) AS p, split_part(line, ' ', -2) AS last
            FROM """
        + lines
        + """ WHERE line <> ''),
        named AS (
            SELECT line, s, p, length(s) + length(p) + 3 AS start,
                CASE WHEN length(line) > length(s) + length(p) + length(last) + 4 AND NOT contains(last, '"') THEN last ELSE '' END AS g
            FROM split)
        SELECT s, p, substr(line, start, length(line) - start - length(g) - CASE g WHEN '' THEN 1 ELSE 2 END) AS o, g
        FROM named)"""
    )


def load_quads(db: relations.Connection, lines: str) -> None:
    """Load lines of N-Quads or N-Triples as we write them (terms parted by one space, no comments) into the table ``quads``.

    Its columns are s, p, o and g, which is empty for the default graph, and ``again``: whether the triple stands in
    another graph before. Each quad stands once, in :data:`ORDER`; sorting here is the one great sort of a release, and
    everything after reads the table as it stands.
    """
    db.execute(
        f"""CREATE TABLE quads AS
        WITH ordered AS (
            SELECT s, p, o, g, coalesce(lag(s) OVER () = s AND lag(p) OVER () = p AND lag(o) OVER () = o, false) AS again,
                coalesce(lag(g) OVER () = g, false) AS same_graph
            FROM (FROM {terms_of(lines)} ORDER BY {ORDER}, g))
        SELECT s, p, o, g, again FROM ordered WHERE NOT (again AND same_graph)"""
    )


def write_nquads(db: relations.Connection, path: Path, where: str = "true") -> None:
    """Write the quads that a condition holds for as N-Quads, in :data:`ORDER`."""
    query = (
        f"SELECT s || ' ' || p || ' ' || o || CASE g WHEN '' THEN '' ELSE ' ' || g END || ' .' FROM quads WHERE {where}"
    )
    db.execute(f"COPY ({query}) TO {relations.quote_text(str(path.resolve()))} {relations.RAW_LINES}")


def write_ntriples(db: relations.Connection, path: Path) -> None:
    """Write the union of all graphs as N-Triples, each triple once, in :data:`ORDER`."""
    query = "SELECT s || ' ' || p || ' ' || o || ' .' FROM quads WHERE NOT again"
    db.execute(f"COPY ({query}) TO {relations.quote_text(str(path.resolve()))} {relations.RAW_LINES}")


def write_turtle(db: relations.Connection, path: Path, prefixes: Mapping[str, str], base: str, work: Path) -> None:
    """Write the union of all graphs as Turtle for people, in :data:`ORDER`: one block a subject, types first.

    IRIs of the publication are relative to ``base``, others shortened by ``prefixes`` (prefix → namespace).
    """
    body = work / "turtle.body"
    names = ", ".join(
        f"{relations.quote_text(iri)}: {relations.quote_text(f'{prefix}:')}" for prefix, iri in prefixes.items()
    )
    db.execute(f"CREATE OR REPLACE MACRO prefix_of(namespace) AS MAP {{{names}}}[namespace]")
    # Only what stands at the end is matched: a pattern that also takes what is before it needs five times as long.
    db.execute("CREATE OR REPLACE MACRO local_name(t) AS regexp_extract(t, '[#/]([A-Za-z_][A-Za-z0-9_-]*)>$', 1)")
    db.execute("CREATE OR REPLACE MACRO datatype_of(t) AS regexp_extract(t, '<[^<>]*>$')")
    own, start = relations.quote_text(f"<{base}"), len(base) + 2
    # Relative IRIs only where resolving them gives the same IRI again: from a folder, by a path without dot segments.
    plain = "true" if base.endswith("/") and "?" not in base and not re.search(r"/\.{1,2}/", base) else "false"
    db.execute(
        rf"""CREATE OR REPLACE MACRO short_iri(t) AS CASE
            WHEN {plain} AND starts_with(t, {own}) AND regexp_matches(substr(t, {start}), '^[A-Za-z]+[/>]')
                AND NOT regexp_matches(substr(t, {start}), '/[.][.]?[/?#>]') THEN '<' || substr(t, {start})
            ELSE coalesce(prefix_of(substr(t, 2, length(t) - length(local_name(t)) - 2)) || local_name(t), t) END"""
    )
    db.execute(
        r"""CREATE OR REPLACE MACRO short_term(t) AS CASE
            WHEN t[1] = '<' THEN short_iri(t)
            WHEN t[1] = '"' AND t[-1] = '>' THEN left(t, length(t) - length(datatype_of(t))) || short_iri(datatype_of(t))
            ELSE t END"""
    )
    query = """
        WITH ordered AS (
            SELECT s, p, o, lag(s) OVER () AS s_before, lag(p) OVER () AS p_before, lead(s) OVER () AS s_after, lead(p) OVER () AS p_after
            FROM quads WHERE NOT again)
        SELECT CASE WHEN s_before IS DISTINCT FROM s THEN short_iri(s) || ' ' || predicate(p)
                WHEN p_before <> p THEN '    ' || predicate(p) ELSE '       ' END || ' ' || short_term(o)
            || CASE WHEN s_after IS DISTINCT FROM s THEN ' .' || chr(10) WHEN p_after <> p THEN ' ;' ELSE ' ,' END
        FROM ordered"""
    db.execute(f"CREATE OR REPLACE MACRO predicate(t) AS CASE t WHEN '{RDF_TYPE}' THEN 'a' ELSE short_iri(t) END")
    db.execute(f"COPY ({query}) TO {relations.quote_text(str(body.resolve()))} {relations.RAW_LINES}")
    with path.open("wb") as out, body.open("rb") as lines:
        out.write(f"@base <{base}> .\n".encode())
        for prefix, iri in sorted(prefixes.items()):
            out.write(f"@prefix {prefix}: <{iri}> .\n".encode())
        out.write(b"\n")
        shutil.copyfileobj(lines, out, 1 << 20)
    body.unlink()
