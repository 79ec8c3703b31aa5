"""Dumps: the table ``quads`` as files of the formats that a publication asks for, whole or in parts, plain or compressed."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from cablegraph.publication import Publication
from cablegraph.quads import COMPRESSIONS
from cablegraph.relations import Connection, open_output, quote_text
from cablegraph.release.formats import FORMATS, PREFIXES, Names, Part

_WHOLE = Part("", "quads WHERE NOT again", "quads", "by_graph")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")
_LONGEST_NAME = 100
#: Behind the last row of any table.
_NO_ROW = 1 << 62


@dataclass(frozen=True)
class Dump:
    """One file of a release: its path in it, its media type, size in bytes and SHA-256.

    ``compression`` is gzip or zstd, None for a plain file; the media type is that of what is compressed.
    """

    path: str
    media_type: str
    size: int
    sha256: str
    compression: str | None = None


def write_dumps(db: Connection, folder: Path, publication: Publication) -> list[Dump]:
    """Write the dumps that the publication asks for into ``folder/dumps``.

    A file is called ``<name>[.<part>].<format>[.gz|.zst]``. The same quads give the same bytes: one thread, a fixed level
    of compression, no time and no name inside.

    Raises:
        InputError: a format cannot hold the quads.
    """
    target = folder / "dumps"
    target.mkdir()
    compression = None if publication.compress == "none" else publication.compress
    if publication.split == "source" or any(FORMATS[ending].by_graph for ending in publication.dumps):
        db.execute("CREATE TABLE by_graph AS SELECT s, p, o, g, rowid AS place FROM quads ORDER BY g, rowid")
    parts, names, dumps = parts_of(db, publication.split), Names(publication.base, PREFIXES), []
    for ending in publication.dumps:
        write = FORMATS[ending].writer(db, names)
        for part in parts:
            path = target / dump_name(publication.name, part.name, ending, compression)
            with open_output(path, compression) as out:
                write(part, out)
            dumps.append(describe(folder, path, FORMATS[ending].media_type, compression))
    db.execute("DROP TABLE IF EXISTS by_graph")
    return dumps


def dump_name(name: str, part: str, ending: str, compression: str | None) -> str:
    """The name of a dump's file."""
    suffix = next((suffix for suffix, form in COMPRESSIONS.items() if form == compression), "")
    return f"{name}{part and f'.{part}'}.{ending}{suffix}"


def parts_of(db: Connection, split: str | int) -> list[Part]:
    """The parts of a dump: one ("none"), one a named graph ("source"), or one for so many records.

    A record is a resource with its fragments, and is never torn; agents, places and all else count as records do.
    """
    if split == "source":
        graphs = [g for (g,) in db.execute("SELECT DISTINCT g FROM quads ORDER BY g").fetchall()]
        rows = [f"by_graph WHERE g = {quote_text(graph)}" for graph in graphs]
        found = [Part(name, each, each, each) for name, each in zip(graph_names(graphs), rows, strict=True)]
    elif isinstance(split, int):
        found = _by_records(db, split)
    else:
        found = []
    return found or [_WHOLE]


def _by_records(db: Connection, size: int) -> list[Part]:
    # The rows of a resource may have another's between them: x, x!, x#a. It is cut only where no such run is open.
    starts = db.execute(
        """SELECT first FROM (
            SELECT first, max(last) OVER (ORDER BY first ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
            FROM (SELECT min(rowid) AS first, max(rowid) AS last FROM quads GROUP BY split_part(rtrim(s, '>'), '#', 1)))
        WHERE before IS NULL OR before < first QUALIFY (row_number() OVER (ORDER BY first) - 1) % ? = 0 ORDER BY first""",
        [size],
    ).fetchall()
    digits, parts = max(4, len(str(len(starts)))), []
    for number, (first, end) in enumerate(pairwise([*(first for (first,) in starts), _NO_ROW]), 1):
        rows, graphs = (
            f"{table} WHERE {place} >= {first} AND {place} < {end}"
            for table, place in (("quads", "rowid"), ("by_graph", "place"))
        )
        parts.append(Part(f"part-{number:0{digits}}", f"{rows} AND NOT again", rows, graphs))
    return parts


def graph_names(graphs: Sequence[str]) -> list[str]:
    """Names of files for graphs (terms in brackets, empty for the default graph), safe and different on any file system.

    It is the last segment of the IRI where that is a plain name; else, and where two differ in case only, with a digest of
    the IRI behind it.
    """
    segments = [re.split(r"[/#]", graph[1:-1])[-1] if graph.startswith("<") else graph or "default" for graph in graphs]
    count = Counter(segment.casefold() for segment in segments)
    return [
        segment if count[segment.casefold()] == 1 and _is_plain(segment) else _with_digest(segment, graph)
        for segment, graph in zip(segments, graphs, strict=True)
    ]


def _is_plain(name: str) -> bool:
    """Whether a name can serve as it is: it leads nowhere, and is not that of a part by number or one with a digest."""
    reserved = re.search(r"^part-\d+$|-[0-9a-f]{16}$", name)
    return len(name) <= _LONGEST_NAME and not reserved and _PLAIN_NAME.fullmatch(name) is not None


def _with_digest(segment: str, graph: str) -> str:
    readable = re.sub(r"[^A-Za-z0-9]+", "-", segment)[:_LONGEST_NAME].strip("-") or "graph"
    return f"{readable}-{hashlib.sha256(graph.encode()).hexdigest()[:16]}"


def describe(folder: Path, path: Path, media_type: str, compression: str | None = None) -> Dump:
    """Measure a file of a release."""
    return Dump(path.relative_to(folder).as_posix(), media_type, path.stat().st_size, sha256_of(path), compression)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
