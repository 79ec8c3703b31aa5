"""The files of a release with SHA-256 and size, each hashed once, and ``SHA256SUMS``, by which anybody can check them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cablegraph.errors import InputError
from cablegraph.release.dumps import sha256_of

#: The list of checksums at the root of a release. It names every other file of it.
SUMS = "SHA256SUMS"

_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_PLAIN = {escape: character for character, escape in _ESCAPES.items()}
_LINE = re.compile(r"(\\?)([0-9a-f]{64}) [ *](.+)", re.DOTALL)


class Entry(NamedTuple):
    """A file: its path in the release (parted by ``/``), its SHA-256 in hexadecimal digits, its size in bytes."""

    path: str
    sha256: str
    size: int


class Inventory:
    """The files of the release in ``folder``: those that their writers tell of, then what else stands there.

    Iterating gives each :class:`Entry`, in the order of paths. 150,000 files take less than 60 MB.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._entries: dict[str, bytes] = {}  # digest and size as bytes: many small objects would take twice as much

    def __len__(self) -> int:
        """How many files are known."""
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        """All files that are known, in the order of paths."""
        yield from filter(None, map(self.get, sorted(self._entries)))

    def get(self, path: str) -> Entry | None:
        """The file of that path, None where none is known."""
        told = self._entries.get(path)
        return None if told is None else Entry(path, told[:32].hex(), int.from_bytes(told[32:]))

    def add(self, path: str, sha256: str, size: int) -> None:
        """Tell of a file whose hash is known to its writer; it is not read again.

        Raises:
            ValueError: there is a file of that name already, so that one has overwritten the other.
        """
        if path in self._entries:
            raise ValueError(f"two files of the release are called {path!r}")
        self._entries[path] = bytes.fromhex(sha256) + size.to_bytes(8)

    def add_file(self, path: Path) -> None:
        """Read and hash a file that stands in the folder."""
        self.add(path.relative_to(self._folder).as_posix(), sha256_of(path), path.stat().st_size)

    def complete(self, work: Path) -> None:
        """Look into the folder and hash what nobody has told of; ``work``, for what is in progress, is no part of it."""
        for above, folders, files in os.walk(self._folder):
            folders[:] = [name for name in folders if Path(above, name) != work]
            for name in files:
                path = Path(above, name)
                if path.relative_to(self._folder).as_posix() not in self._entries:
                    self.add_file(path)

    def write(self) -> None:
        """Write ``SHA256SUMS``, for ``sha256sum -c`` in the release's folder."""
        with (self._folder / SUMS).open("w", encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            file.writelines(line_of(entry.path, entry.sha256) for entry in self)


def line_of(path: str, digest: str) -> str:
    """The line of a file as ``sha256sum`` writes it; a name with a backslash or an end of line is escaped."""
    escaped = re.sub(r"[\\\n\r]", lambda match: _ESCAPES[match[0]], path)
    return f"{'' if escaped == path else chr(92)}{digest}  {escaped}\n"


def read_sums(file: Path) -> Iterator[tuple[str, str]]:
    """Read lines of ``sha256sum``: path and SHA-256 of each file. The paths are as they stand there, wherever they lead.

    Raises:
        InputError: a line is none of that form, with its number.
        OSError: the file cannot be read.
    """
    with file.open(encoding="utf-8", errors="surrogateescape", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            match = _LINE.fullmatch(line.removesuffix("\n"))
            if match is None:
                raise InputError(
                    "is no line of sha256sum", file=str(file), line=number, hint="a digest, two spaces and a path"
                )
            escaped, digest, path = match.groups()
            yield (re.sub(r"\\[\\nr]", lambda each: _PLAIN[each[0]], path) if escaped else path), digest
