"""Readers: from sources to rows of the register.

``READERS`` is the one table of them; the command line's choices are read from it.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

import pyarrow.parquet as pq

from cablegraph.errors import InputError
from cablegraph.publication import Publication
from cablegraph.register import AUTHORITY_TABLES, Entry, RegisterWriter, concatenate
from cablegraph.sources.frus import read_volume
from cablegraph.sources.inputs import entries_from, sources_of
from cablegraph.sources.sheet import looks_like_sheet, read_sheet
from cablegraph.sources.source import Source, finding
from cablegraph.sources.text import decode
from cablegraph.sources.transcript import looks_like_transcript, read_transcript

__all__ = ["READERS", "detect", "entries_from", "read_sources"]

#: The readers by name: a function from a source to entries (table, row).
READERS: dict[str, Callable[[Source], Iterator[Entry]]] = {
    "frus": read_volume,
    "transcript": read_transcript,
    "sheet": read_sheet,
}

_BINARY = {b"%PDF": "a PDF", b"PK\x03\x04": "a ZIP archive", b"\x1f\x8b": "gzip", b"\x89PNG": "a PNG image",
           b"\xff\xd8\xff": "a JPEG image", b"\xd0\xcf\x11\xe0": "an old Office file", b"II*\x00": "a TIFF image"}  # fmt: skip


def detect(head: bytes, file: str) -> str:
    """Tell the reader from the first bytes of a file.

    Raises:
        InputError: nothing that a reader knows begins so.
    """
    if not head.strip():
        raise InputError("is empty", file=file, line=1)
    for magic, name in _BINARY.items():
        if head.startswith(magic):
            raise InputError(
                f"is {name}, which no reader reads", file=file, line=1, hint=f"readers: {', '.join(READERS)}"
            )
    text = decode(head)
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        return "frus"
    if looks_like_sheet(text):
        return "sheet"
    if looks_like_transcript(text):
        return "transcript"
    raise InputError(
        "looks like no source that a reader knows", file=file, line=1, hint="say which reads it, as in transcript:FILE"
    )


def read_sources(
    publication: Publication,
    register: Path,
    *,
    jobs: int = 1,
    strict: bool = False,
    tell: Callable[[str], None] = lambda message: None,
) -> dict[str, int]:
    """Read every source of a publication and its authorities into a register.

    In a batch a source that cannot be read becomes a finding and the rest goes on, unless ``strict``. The bytes are the
    same for any number of ``jobs``: each source is read into tables of its own, which are joined in the order given.

    Returns the number of rows a table.

    Raises:
        InputError: no source can be read, or one cannot with ``strict``, or an authority cannot.
    """
    sources, complaints = sources_of(publication, READERS, detect)
    if not sources:
        raise InputError("there is nothing to read: no SOURCE was given and none is configured")
    work = register.with_name(f"{register.name}.parts")
    folders = [work / f"{number:05}" for number in range(len(sources))]
    failures: list[InputError] = []
    try:
        for source, error in zip(sources, _run(sources, folders, jobs), strict=True):
            if error is not None:
                if strict or len(sources) == 1:
                    raise error
                failures.append(error)
                tell(str(error))
            else:
                tell(f"read {source.file}")
        if len(failures) == len(sources):
            raise failures[0]
        last = work / "authorities"
        with RegisterWriter(last) as writer:
            for table, path in publication.authorities.items():
                writer.extend(_authority(table, path, publication.folder))
            for file, message in complaints:
                writer.add(
                    "findings",
                    {
                        "kind": "input",
                        "severity": "warning",
                        "message": f"{file} {message}.",
                        "source_file": file,
                        "source_line": 1,
                    },
                )
            for error in failures:
                writer.add("findings", {"kind": "unreadable source", "severity": "error", "message": error.message, "source_file": error.file, "source_line": error.line or 1})  # fmt: skip
        concatenate([*(folder for folder in folders if folder.exists()), last], register)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return counts(register)


def counts(register: Path) -> dict[str, int]:
    """Count the rows of every table of a register."""
    return {path.stem: pq.read_metadata(path).num_rows for path in sorted(register.glob("*.parquet"))}


def _run(sources: list[Source], folders: list[Path], jobs: int) -> Iterator[InputError | None]:
    if jobs <= 1 or len(sources) == 1:
        yield from map(_read_one, sources, folders)
        return
    with ProcessPoolExecutor(min(jobs, len(sources)), mp_context=get_context("spawn")) as pool:
        yield from pool.map(_read_one, sources, folders)


def _read_one(source: Source, folder: Path) -> InputError | None:
    """Read one source into a folder of its own; a source that cannot be used leaves no folder."""
    try:
        if not source.reader:
            with source.open() as stream:
                source = replace(source, reader=detect(stream.read(65536), source.file))
        digest = hashlib.sha256()
        size = 0
        for block in chain.from_iterable(part.blocks() for part in (source, *source.additions)):
            digest.update(block)
            size += len(block)
        with RegisterWriter(folder) as writer:
            writer.extend(READERS[source.reader](source))
            writer.add(
                "sources",
                {
                    "source": source.name, "reader": source.reader, "sha256": digest.hexdigest(), "bytes": size,
                    "documents": writer.counts["records"], "licence": source.licence, "graph": source.graph,
                    "source_file": source.file, "source_line": 1,
                },
            )  # fmt: skip
    except InputError as error:
        shutil.rmtree(folder, ignore_errors=True)
        return error
    return None


def _authority(table: str, path: Path, base: Path) -> Iterator[Entry]:
    """Read a sheet of persons, posts, …; its rows form the graph of authorities."""
    file = path.resolve().relative_to(base.resolve()).as_posix()
    source = Source(path.stem, file, path, "sheet", table=table)
    keys: set[str] = set()
    for name, row in read_sheet(source):
        key = row.get("key")
        if name == table and table in AUTHORITY_TABLES and "key" in row:
            if not key or key in keys:
                yield finding(source, row["source_line"], "repeated key", "error", None, "key", key,
                              "The row has no key, or a key that another row has; it is left out.")  # fmt: skip
                continue
            keys.add(key)
        yield name, row
