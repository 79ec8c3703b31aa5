"""One source: what a reader is given, and the names under which its documents go."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from cablegraph.errors import InputError
from cablegraph.register import Entry
from cablegraph.sources.archives import Packed, unpack

BLOCK = 1 << 16


@dataclass(frozen=True)
class Source:
    """A file to read, or a member of an archive.

    ``name`` is the file's name without folder and ending, made unique in a run; ``file`` is how the file is named in
    the register (relative to the publication's folder, else the base name; never absolute), a member as
    ``archive.zip!member.xml``. ``packed`` says how the bytes lie in ``path`` or ``content`` where they are compressed.
    ``additions`` are sheets whose rows belong to the documents of this one. ``members`` are what is read as one: the
    directories of authorities, each with its files.
    """

    name: str
    file: str
    path: Path | None
    reader: str
    content: bytes | None = None
    table: str = "records"
    columns: dict[str, str] = field(default_factory=dict)
    graph: str | None = None
    licence: str | None = None
    additions: tuple[Source, ...] = ()
    packed: Packed | None = None
    members: tuple[Source, ...] = ()

    def open(self) -> BinaryIO:
        """Open the bytes of the source, unpacked in the stream.

        Raises:
            InputError: the file cannot be opened; what is packed may also raise it on reading.
        """
        if self.packed is not None:
            return unpack(
                self.packed, self.path if self.content is None and self.path else self.content or b"", self.file
            )
        if self.content is not None or self.path is None:
            return io.BytesIO(self.content or b"")
        try:
            return self.path.open("rb")
        except OSError as error:
            raise InputError("cannot be read", file=self.file, hint=error.strerror or "") from error

    def blocks(self) -> Iterator[bytes]:
        """Read the source block by block."""
        with self.open() as stream:
            while block := stream.read(BLOCK):
                yield block


class Documents:
    """Hands out record ids: ``<source>/<document>``, a repeated document id gets ``~2``, ``~3``, …."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._seen: dict[str, int] = {}

    def take(self, document: str, line: int) -> tuple[str, str, list[Entry]]:
        """Return the record id, the document id that stands in it, and a finding where the id came twice."""
        count = self._seen[document] = self._seen.get(document, 0) + 1
        unique = document if count == 1 else f"{document}~{count}"
        record = f"{self._source.name}/{unique}"
        if count == 1:
            return record, unique, []
        message = f"The document id {document} was met before in this source; this one is kept as {unique}."
        return (
            record,
            unique,
            [finding(self._source, line, "repeated id", "warning", record, "document", document, message)],
        )


def finding(
    source: Source,
    line: int,
    kind: str,
    severity: str,
    record: str | None,
    field: str | None,
    value: str | None,
    message: str,
) -> Entry:
    """Make a row of ``findings``: what was not understood, where, and what to do about it."""
    return (
        "findings",
        {
            "kind": kind,
            "severity": severity,
            "record": record,
            "field": field,
            "value": value,
            "message": message,
            "source_file": source.file,
            "source_line": line,
        },
    )


def reading(
    source: Source,
    line: int,
    record: str,
    field: str,
    value: str | None,
    surface: str | None,
    how: str,
    confidence: float,
    part: str | None = None,
) -> Entry:
    """Make a row of ``readings``: how a value came about that is implied, inferred, repaired or uncertain."""
    return (
        "readings",
        {
            "record": record,
            "field": field,
            "value": value,
            "surface": surface,
            "part": part,
            "how": how,
            "confidence": confidence,
            "source_file": source.file,
            "source_line": line,
        },
    )
