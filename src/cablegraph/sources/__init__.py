"""Readers: from sources to rows of the register.

``READERS`` is the one table of them; the command line's choices are read from it.
"""

from __future__ import annotations

import gc
import hashlib
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

import pyarrow.parquet as pq

from cablegraph.errors import InputError
from cablegraph.parts import PartWriter, join_parts
from cablegraph.publication import Publication
from cablegraph.register import AUTHORITY_TABLES, Entry
from cablegraph.reuse import Kept, key_of
from cablegraph.sources.authorities import looks_like_authority, read_authorities
from cablegraph.sources.cables import looks_like_cables, read_cables
from cablegraph.sources.cells import looks_like_table
from cablegraph.sources.frus import edition_date, read_volume
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
    "cables": read_cables,
    "authorities": read_authorities,
}

#: How sources of a reader state when they were published; others do not.
DATED: dict[str, Callable[[Source], str | None]] = {"frus": edition_date}

_BINARY = {b"%PDF": "a PDF", b"PK\x03\x04": "a ZIP archive", b"\x1f\x8b": "gzip", b"\x89PNG": "a PNG image",
           b"\xff\xd8\xff": "a JPEG image", b"\xd0\xcf\x11\xe0": "an old Office file", b"II*\x00": "a TIFF image",
           b"\x28\xb5\x2f\xfd": "zstd", b"\xfd7zXZ\x00": "xz", b"7z\xbc\xaf": "a 7z archive"}  # fmt: skip


def detect(head: bytes, file: str) -> str:
    """Tell the reader from the first bytes of a file.

    Raises:
        InputError: nothing that a reader knows begins so.
    """
    if not head.strip():
        raise InputError("is empty", file=file, line=1)
    if looks_like_table(head):
        return "sheet"
    for magic, name in _BINARY.items():
        if head.startswith(magic):
            raise InputError(
                f"is {name}, which no reader reads", file=file, line=1, hint=f"readers: {', '.join(READERS)}"
            )
    text = decode(head)
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        return "authorities" if looks_like_authority(head) else "frus"
    if looks_like_sheet(text):
        return "sheet"
    if looks_like_cables(text):
        return "cables"
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
    kept: Kept | None = None,
    tell: Callable[[str], None] = lambda message: None,
) -> dict[str, int]:
    """Read every source of a publication and its authorities into a register.

    In a batch a source that cannot be read becomes a finding and the rest goes on, unless ``strict``. The bytes are the
    same for any number of ``jobs``: each source is read into a part of its own, and parts are joined in the order given.
    The part of a source that has not changed since an earlier run is taken from what that run ``kept``.

    Returns the number of rows a table.

    Raises:
        InputError: no source can be read, or one cannot with ``strict``, or an authority cannot.
    """
    sources, complaints = sources_of(publication, READERS, detect)
    if not sources:
        raise InputError("there is nothing to read: no SOURCE was given and none is configured")
    work = register.with_name(f"{register.name}.parts")
    work.mkdir()
    tasks = [_Task(source, work / f"{number:05}.part", kept) for number, source in enumerate(sources)]
    parts: list[Path] = []
    failures: list[InputError] = []
    try:
        for source, (part, error) in zip(sources, _run(tasks, jobs), strict=True):
            if error is not None:
                if strict or len(sources) == 1:
                    raise error
                failures.append(error)
                tell(str(error))
            elif part is not None:
                parts.append(part)
                tell(f"{'read' if part.parent == work else 'kept, since nothing changed:'} {source.file}")
        if len(failures) == len(sources):
            raise failures[0]
        last = work / "authorities.part"
        with PartWriter(last) as writer:
            for table, path in publication.authorities.items():
                writer.extend(_authority(table, path, publication.folder))
            for file, message in complaints:
                writer.extend([_complaint("input", "warning", f"{file} {message}.", file, 1)])
            for error in failures:
                writer.extend([_complaint("unreadable source", "error", error.message, error.file, error.line or 1)])
        join_parts([*parts, last], register)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return counts(register)


def _complaint(kind: str, severity: str, message: str, file: str | None, line: int) -> Entry:
    return "findings", {
        "kind": kind, "severity": severity, "message": message, "source_file": file, "source_line": line,
    }  # fmt: skip


def counts(register: Path) -> dict[str, int]:
    """Count the rows of every table of a register."""
    return {path.stem: pq.read_metadata(path).num_rows for path in sorted(register.glob("*.parquet"))}


@dataclass(frozen=True)
class _Task:
    """One source to read into a part, unless an earlier run kept it."""

    source: Source
    part: Path
    kept: Kept | None


def _run(tasks: list[_Task], jobs: int) -> Iterator[tuple[Path | None, InputError | None]]:
    if jobs <= 1 or len(tasks) == 1:
        yield from map(_read_one, tasks)
        return
    with ProcessPoolExecutor(min(jobs, len(tasks)), mp_context=get_context("spawn")) as pool:
        yield from pool.map(_read_one, tasks)


def _read_one(task: _Task) -> tuple[Path | None, InputError | None]:
    """Read one source into a part, or take the part that was kept; a source that cannot be used leaves none."""
    source, part = task.source, task.part
    try:
        if not source.reader:
            with source.open() as stream:
                source = replace(source, reader=detect(stream.read(65536), source.file))
        given = source.members or (source,)
        contents = [_content(one) for one in given]
        if task.kept is not None:
            key = f"{key_of('read', _facts(source), contents)}.part"
            if found := task.kept.take(key):
                return found, None
        with PartWriter(part) as writer, _without_collector():
            writer.extend(READERS[source.reader](source))
            for one, (digest, sizes) in zip(given, contents, strict=True):
                writer.add(
                    "sources",
                    {
                        "source": one.name, "reader": one.reader, "sha256": digest, "bytes": sum(sizes),
                        "documents": writer.counts["records"], "licence": one.licence, "graph": one.graph,
                        "dated": DATED[one.reader](one) if one.reader in DATED else None,
                        "source_file": one.file, "source_line": 1,
                    },
                )  # fmt: skip
        if task.kept is not None:
            task.kept.keep(key, part)
    except InputError as error:
        part.unlink(missing_ok=True)
        return None, error
    return part, None


@contextmanager
def _without_collector() -> Iterator[None]:
    """Pause Python's search for cycles: readers make millions of objects and none, and it takes a sixth of their time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _content(source: Source) -> tuple[str, list[int]]:
    """SHA-256 of a source and its additions together, and the size of each in bytes; of a folder, of the files in it."""
    digest, sizes = hashlib.sha256(), []
    for one in source.members if source.path is None and source.members else (source, *source.additions):
        sizes.append(0)
        for block in one.blocks():
            digest.update(block)
            sizes[-1] += len(block)
    return digest.hexdigest(), sizes


def _facts(source: Source) -> list[object]:
    """All but the content that the rows of a source follow from."""
    return [
        source.name, source.file, source.reader, source.table, source.columns, source.graph, source.licence,
        [_facts(addition) for addition in source.additions], [_facts(member) for member in source.members],
    ]  # fmt: skip


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
