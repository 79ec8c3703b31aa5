"""Compressed files and archives, read in the stream: nothing is unpacked to disk, and no member's name is used as a path.

A zip has a checksum a member, so a bad member is refused alone. A tar has none: one that is damaged is refused whole.
Archives inside archives are not opened.
"""

from __future__ import annotations

import functools
import io
import re
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyarrow as pa

from cablegraph.errors import InputError
from cablegraph.publication import Limits
from cablegraph.sources.gzip_marks import Gzip, Marks

#: Endings of one compressed file, and of archives that become one source a member.
COMPRESSED = (".gz", ".zst")
ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz")
_NESTED = (*COMPRESSED, *ARCHIVES, ".bz2", ".xz", ".7z", ".rar")
#: Bytes from which on the ratio is looked at: a short text of few words may well shrink more.
ALLOWANCE = 4 << 20
#: No header of a tar is longer but one that is to fill the memory.
_LONGEST_HEADER = 1 << 20
_BLOCK = 1 << 16
#: What damaged, encrypted or strange packed input raises; each becomes an InputError that names the file (see _told).
_DAMAGE = (
    tarfile.TarError, zipfile.BadZipFile, zlib.error, pa.ArrowException, struct.error, EOFError, NotImplementedError,
    RuntimeError, ValueError, OverflowError,
)  # fmt: skip

#: The parts of a member's cleaned name (none: the archive itself, which has a fault), and how to open it.
Member = tuple[tuple[str, ...], "Packed"]


@dataclass(frozen=True)
class Packed:
    """How the bytes of a source are packed: what a worker needs to open them anew.

    ``form`` is gzip, zstd, zip or tar (the plain one). ``member`` counts the entries of a zip; ``start`` cuts one out of a
    tar; ``length`` is that of its content, in bytes. A ``fault`` says why it cannot be opened at all, and ``hint`` what to do.
    """

    form: str
    limits: Limits
    member: int = 0
    start: int = 0
    length: int | None = None
    fault: str = ""
    hint: str = ""

    def with_fault(self, error: InputError) -> Packed:
        """Return what tells this error as soon as it is opened."""
        return replace(self, fault=error.message, hint=error.hint or "")


def form_of(head: bytes) -> str:
    """Tell from the first 512 bytes how a file is packed: gzip, zstd, zip, tar, or not at all (empty)."""
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if re.match(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18", head):
        return "zstd"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    return "tar" if head[257:262] == b"ustar" else ""


def unpack(packed: Packed, given: Path | bytes, file: str) -> BinaryIO:
    """Open what is packed in a file, or in the bytes of standard input, as a stream of the bytes themselves.

    Raises:
        InputError: here or on reading: it cannot be read, is damaged, or unfolds beyond the limits.
    """
    if packed.fault:
        raise InputError(packed.fault, file=file, hint=packed.hint or None)
    with _told(file):
        if packed.form == "zip" and isinstance(given, Path):
            archive = _opened_zip(given, _stamp(given))
            member = archive.open(archive.infolist()[packed.member])
            return io.BufferedReader(_Unpacked(member.read, file, member), _BLOCK)
        raw = given.open("rb") if isinstance(given, Path) else io.BytesIO(given)
        limits: Limits | None = packed.limits
        read: Callable[[int], bytes] = raw.read
        if packed.form == "zstd":
            read = pa.CompressedInputStream(pa.PythonFile(raw, mode="r"), "zstd").read
        elif packed.form == "gzip":
            inflated = Gzip(raw, _marks(given, _stamp(given)) if isinstance(given, Path) else Marks())
            inflated.go_to(packed.start)
            read = inflated.read
        else:
            raw.seek(packed.start)
            limits = None
        unpacked = _Unpacked(read, file, raw, limits=limits, done=packed.start, left=packed.length)
        return io.BufferedReader(unpacked, _BLOCK)


def members_of(form: str, path: Path, file: str, limits: Limits, endings: tuple[str, ...]) -> list[Member]:
    """List the members of an archive that have one of the endings, in the order of their names.

    What cannot be opened is among them, with its fault: a link, an encrypted member, an archive inside the archive, or,
    as the only one and without a name, the archive itself. ``form`` is zip, tar, or gzip for a tar.gz.
    """
    packed = Packed(form, limits)
    try:
        with _told(file):
            found: list[tuple[str, Member]] = []
            for name, one in _in_zip(packed, path) if form == "zip" else _in_tar(packed, path, file):
                parts = _cleaned(name)
                if parts[-1].casefold().endswith(_NESTED):
                    fault = InputError("is packed inside an archive, and not opened", hint="give it by itself")
                    found.append((name, (parts, one.with_fault(fault))))
                elif parts[-1].casefold().endswith(endings) and parts[0] != "__MACOSX":  # no files, but their forks
                    found.append((name, (parts, one)))
            members = [member for _, member in sorted(found, key=lambda named: named[0])]
            if not members:
                raise InputError("the archive holds no file that a reader knows", hint=" ".join(endings))
            if form == "zip":
                _check(limits, sum(one.length or 0 for _, one in members if not one.fault))
    except InputError as error:
        return [((), packed.with_fault(error))]
    return members


def _in_zip(packed: Packed, path: Path) -> Iterator[tuple[str, Packed]]:
    entries = _opened_zip(path, _stamp(path)).infolist()
    if entries[:1] and entries[0].filename == "mimetype":
        raise InputError("is an office document or an e-book, which no reader reads", hint="save it as text")
    if sum(entry.compress_size for entry in entries) > path.stat().st_size:
        raise InputError("the members of the archive overlap: it is a bomb, or damaged")
    for number, entry in enumerate(entries):
        one = replace(packed, member=number, length=entry.file_size)
        try:
            _check_entry(entry, packed.limits)
        except InputError as error:
            one = one.with_fault(error)
        if not entry.is_dir():
            yield entry.filename, one


def _check_entry(entry: zipfile.ZipInfo, limits: Limits) -> None:
    """Refuse what is not opened. The sizes that a zip states can be relied on: zipfile reads no more than they say."""
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise InputError("is a link or a device, which is not followed", hint="put the file itself into the archive")
    if entry.flag_bits & 1:
        raise InputError("is encrypted", hint="unpack it and give the file itself")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise InputError("is compressed by a method that is not read", hint="zip it with deflate, as is usual")
    _check(limits, entry.file_size, entry.compress_size)


def _in_tar(packed: Packed, path: Path, file: str) -> Iterator[tuple[str, Packed]]:
    with unpack(packed, path, file) as stream:
        headers = _Headers(stream)
        tar: Any = tarfile.TarFile(fileobj=cast(Any, headers), encoding="utf-8")
        while (entry := tar.next()) is not None:
            tar.members = []  # else it keeps them all
            if entry.size < 0:
                raise tarfile.ReadError("a member of negative size")
            one = replace(packed, start=entry.offset_data, length=entry.size)
            if not entry.isreg() or entry.issparse():
                fault = "is a link or a device, which is not followed"
                one = one.with_fault(InputError(fault, hint="put the file itself into the archive"))
            if not entry.isdir():
                yield entry.name, one
        if len(headers.last) < tarfile.BLOCKSIZE or headers.last.strip(b"\0"):  # tarfile takes that for the end
            raise EOFError("no end of the archive")
        while stream.read(_BLOCK):  # the checksum comes last
            pass


class _Headers:
    """What tarfile reads headers from: it goes forward only, and hands out no more than a header's length."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._at = 0
        self.last = b""

    def tell(self) -> int:
        return self._at

    def seek(self, position: int) -> None:
        if position < self._at:
            raise tarfile.ReadError("a header that leads back")
        while self._at < position:
            if not (block := self._stream.read(min(_BLOCK, position - self._at))):
                raise EOFError("a member is cut off")
            self._at += len(block)

    def read(self, size: int) -> bytes:
        if size > _LONGEST_HEADER:
            raise tarfile.ReadError("a header is too long")
        self.last = self._stream.read(size)
        self._at += len(self.last)
        return self.last


class _Unpacked(io.RawIOBase):
    """What ``read`` gives: held against the limits, cut to ``left`` bytes, with errors that name the file.

    ``packed`` is the file that it comes from; how far that was read is what the ratio is reckoned by.
    """

    def __init__(
        self, read: Callable[[int], bytes], file: str, packed: Any, *,
        limits: Limits | None = None, done: int = 0, left: int | None = None,
    ) -> None:  # fmt: skip
        self._read, self._file, self._packed, self._limits = read, file, packed, limits
        self._done, self._left = done, left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = len(buffer) if self._left is None else min(len(buffer), self._left)
        with _told(self._file):
            data = self._read(size) if size else b""
            if self._left is not None:
                if size and not data:
                    raise EOFError("a member is cut off")
                self._left -= len(data)
            self._done += len(data)
            if self._limits is not None:
                _check(self._limits, self._done, self._packed.tell())
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._packed.close()
        super().close()


def _check(limits: Limits, size: int, packed: int | None = None) -> None:
    """Hold a size against the limits, and against the size that it was ``packed`` to."""
    if size > limits.size:
        fault = f"unfolds to more than the limit of {limits.size} bytes"
        raise InputError(fault, hint="raise limits.size in cablegraph.toml")
    if packed is not None and size > ALLOWANCE and size > packed * limits.ratio:
        fault = f"unfolds to more than {limits.ratio} times its compressed size"
        raise InputError(fault, hint="if that is right, raise limits.ratio in cablegraph.toml")


@contextmanager
def _told(file: str) -> Iterator[None]:
    """Turn what goes wrong into errors that name the file; the libraries' own words go into the hint."""
    try:
        yield
    except InputError as error:
        raise InputError(error.message, file=file, hint=error.hint) from error
    except (OSError, *_DAMAGE) as error:
        if isinstance(error, OSError) and error.errno is not None:  # pyarrow's, for zstd, have no number
            raise InputError("cannot be read", file=file, hint=error.strerror or "") from error
        raise InputError("is damaged or cut off", file=file, hint=f"fetch it again; {error}") from error


def _cleaned(name: str) -> tuple[str, ...]:
    """The parts of a member's name without all that would make it a path: roots, drives, ``..``, control characters."""
    parts = [re.sub(r"^[A-Za-z]:", "", part).strip() for part in re.split(r"[/\\]", name)]
    kept = [part for part in parts if part not in ("", ".", "..")]
    return tuple("".join(c if c.isprintable() else "_" for c in part) for part in kept) or ("_",)


def _stamp(path: Path) -> tuple[int, int]:
    """What tells that a file is still the one that was opened before."""
    status = path.stat()
    return (status.st_size, status.st_mtime_ns)


@functools.lru_cache(maxsize=1)
def _opened_zip(path: Path, _: tuple[int, int]) -> zipfile.ZipFile:
    """The archive, kept open in each process: its directory is read once and not once a member."""
    return zipfile.ZipFile(path)


@functools.lru_cache(maxsize=1)
def _marks(path: Path, _: tuple[int, int]) -> Marks:
    """The marks in a file, kept in each process from member to member."""
    return Marks()
