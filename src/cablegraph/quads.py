"""The quad relation: N-Quads in and out of DuckDB, the order of quads, and RDF files by their endings.

The text of a term is its N-Quads form, untouched: lexical forms such as ``"01"^^xsd:integer`` pass through as they are.
"""

from __future__ import annotations

import io
import mmap
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
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

#: How RDF files may be compressed, by the ending behind that of the format.
COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

#: Bytes of an entity in RDF/XML, which stands for a namespace.
_LONGEST_ENTITY = 1000

#: Bytes of the longest line that is read: one literal, escaped.
LONGEST_LINE = 16 << 20

#: The order of quads: a record before its fragments, its types before all else.
ORDER = f"rtrim(s, '>'), p <> '{RDF_TYPE}', p, o"


def ending_of(path: Path) -> str:
    """The ending that tells the format of a file, without the full stop and in small letters; that of a compression does not count."""
    name = path.with_suffix("") if path.suffix in COMPRESSIONS else path
    return name.suffix.lstrip(".").casefold()


def rdf_format(path: Path) -> ox.RdfFormat:
    """Tell the RDF format of a file, which may be compressed, from its ending.

    Raises:
        InputError: the ending is none of :data:`FORMATS`.
    """
    ending = ending_of(path)
    if ending not in FORMATS:
        raise InputError("is no RDF file by its ending", file=str(path), hint=f"known: {', '.join(FORMATS)}")
    return FORMATS[ending]


def open_rdf(path: Path) -> BinaryIO:
    """Open a file for reading; gzip and zstd are unpacked as a stream.

    Raises:
        OSError: the file cannot be read; also while reading, where what is compressed is damaged.
    """
    if path.suffix not in COMPRESSIONS:
        return path.open("rb")
    return io.BufferedReader(pa.CompressedInputStream(str(path), COMPRESSIONS[path.suffix]), 1 << 16)


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
    with open_rdf(path) as file:
        lines = LineByLine(file)
        for quad in ox.parse(lines, format=form, base_iri=base):  # type: ignore[arg-type]
            yield ox.Quad(called(quad.subject), quad.predicate, called(quad.object), quad.graph_name), lines.given  # type: ignore[arg-type]


_ENTITY = re.compile(rb"<!ENTITY\s+[^>\"']*[\"']([^\"']*)")


def refuse_bombs(path: Path, form: ox.RdfFormat | None = None) -> None:
    """Refuse what would take memory or stack without end.

    These are entities of RDF/XML that hold others, or much, and triples (RDF 1.2) that stand one in another thousands deep. Entities for namespaces are short; in what is compressed none is let through.
    ``form`` is the format where the ending does not tell it.

    Raises:
        OSError: the file cannot be read.
        SyntaxError: there is one; of an entity with its line.
    """
    form = form or rdf_format(path)
    if form not in (ox.RdfFormat.RDF_XML, ox.RdfFormat.JSON_LD):
        _refuse_nesting(path)
    if form != ox.RdfFormat.RDF_XML or path.stat().st_size == 0:
        return
    if path.suffix in COMPRESSIONS:
        with open_rdf(path) as lines:
            for number, line in enumerate(lines, 1):
                if b"<!ENTITY" in line:
                    error = SyntaxError("an entity in what is compressed; unpack it first")
                    error.lineno = number
                    raise error
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
        for match in _ENTITY.finditer(text):
            if len(match[1]) > _LONGEST_ENTITY or re.search(rb"&(?!#|amp;|lt;|gt;|quot;|apos;)", match[1]):
                error = SyntaxError("an entity holds others, or too much")
                error.lineno = text[: match.start()].count(b"\n") + 1
                raise error


#: How deep triples may stand in triples; the parser ends the whole process at some thousands.
_DEEPEST = 1000
_SPACE = rb"(?:\s|#[^\n]*\n)*"
_NAME = rb"(?:<[^<>]*>|[^\s<>\"()#]+)"
_IN_EACH_OTHER = re.compile(rb"<<\(" + _SPACE + _NAME + _SPACE + _NAME + _SPACE + rb"(?=<<\()")


def _refuse_nesting(path: Path) -> None:
    """Refuse triples in triples where there are more than :data:`_DEEPEST` of them, one in another or side by side.

    Most files have none, which is seen quickly.
    """
    found, end = 0, b""
    with open_rdf(path) as file:
        while block := file.read(1 << 20):
            if b"<<(" in (text := end + block):
                found += sum(1 for _ in _IN_EACH_OTHER.finditer(text))
                if found > _DEEPEST:
                    raise SyntaxError("triples stand in triples, and these in others, too deep to be read")
            end = block[-_LONGEST_ENTITY:]


def file_lines(*paths: Path) -> str:
    """The relation of the lines (column ``line``) of files of N-Quads or N-Triples, plain or compressed."""
    names = ", ".join(relations.quote_path(path) for path in paths)
    return (
        f"(SELECT line FROM read_csv([{names}], header = false, delim = '', quote = '', escape = '', "
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


def nquads(rows: str = "quads") -> str:
    """The query of the lines of N-Quads, in :data:`ORDER`, of the rows that stand behind FROM."""
    return f"SELECT concat(s, ' ', p, ' ', o, CASE g WHEN '' THEN '' ELSE ' ' END, g, ' .\n') FROM {rows}"


def ntriples(rows: str = "quads WHERE NOT again") -> str:
    """The query of the lines of N-Triples, in :data:`ORDER`; by default of the union of all graphs, each triple once."""
    return f"SELECT concat(s, ' ', p, ' ', o, ' .\n') FROM {rows}"


def write_lines(db: relations.Connection, query: str, path: Path) -> None:
    """Write the lines of a query, such as :func:`nquads`, into a plain file."""
    with relations.open_output(path, None) as out:
        relations.write_texts(db, query, out)
