"""A source as a plain file in UTF-8: what is compressed, packed or in another encoding is written anew, in the stream."""

from __future__ import annotations

import codecs
import gzip
import re
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from cablegraph.errors import InputError
from cablegraph.mapping.plan import LogicalSource

#: Compressions by the names that RML-IO has for them, and the one that it lacks.
COMPRESSIONS = ("none", "gzip", "zip", "targz", "tarxz", "zstd")
_BY_ENDING = {".gz": "gzip", ".zst": "zstd"}
#: Encodings of text; Python also calls other things so (base64, rot13, idna).
_ENCODINGS = re.compile(
    r"ascii|utf-(8|16|32)(-[bl]e)?|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|(shift_jis|euc_|iso2022_|gb|big5|hz|johab|tis-620|ptcp154|kz1048)\w*"
)
#: DuckDB itself reads these compressed, by the ending of their name.
_READ_COMPRESSED = ("csv", "tsv", "jsonlines")
_BLOCK = 1 << 20
#: What unpacks to more than this, and to this many times its size, is taken for a bomb.
_LARGEST, _RATIO = 256 << 20, 200


def known_encoding(name: str) -> str | None:
    """The canonical name of an encoding of text, None for UTF-8 itself.

    Raises:
        ValueError: there is none of that name.
    """
    try:
        found = codecs.lookup(name).name
    except LookupError:
        found = ""
    if not _ENCODINGS.fullmatch(found):
        raise ValueError(f"{name!r} is no encoding of text that is known")
    return None if found == "utf-8" else found


def plain_file(source: LogicalSource, file: Path, to: Path) -> Path:
    """The file itself where it is plain or DuckDB reads it as it is, else ``to``, which is written.

    Raises:
        InputError: it cannot be unpacked or decoded, or holds several files.
    """
    by_ending = _BY_ENDING.get(file.suffix, "none")
    compression = source.compression or by_ending
    read_as_it_is = compression == by_ending and source.formulation in _READ_COMPRESSED
    if source.encoding is None and (compression == "none" or read_as_it_is):
        return file
    try:
        with _unpacked(file, compression) as packed, to.open("wb") as out:
            decoder = None
            written = 0
            for block in _blocks(packed):
                if source.encoding is not None:
                    decoder = decoder or _decoder(source.encoding, block)
                    out.write(decoder.decode(block).encode())
                else:
                    out.write(block)
                written += len(block)
                if written > max(_LARGEST, _RATIO * file.stat().st_size):
                    raise InputError(
                        f"unpacks to more than {_RATIO} times its size", file=file.name, hint="unpack it first"
                    )
            out.write(decoder.decode(b"", final=True).encode() if decoder is not None else b"")
    except UnicodeDecodeError as error:
        raise InputError(f"is not in the encoding {source.encoding}", file=file.name, hint=str(error.reason)) from error
    except (
        OSError,
        EOFError,
        ValueError,
        zipfile.BadZipFile,
        tarfile.TarError,
        pa.ArrowException,
        NotImplementedError,
    ) as error:
        raise InputError(
            f"cannot be unpacked as {compression}", file=file.name, hint=str(error).split("\n", 1)[0]
        ) from error
    return to


def _decoder(encoding: str, start: bytes) -> codecs.IncrementalDecoder:
    """A decoder; without a mark of the byte order UTF-16 and UTF-32 begin with the lower byte (WHATWG's Encoding Standard)."""
    if encoding in ("utf-16", "utf-32") and not start.startswith(
        (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
    ):
        encoding += "-le"
    return codecs.getincrementaldecoder(encoding)()


def _blocks(packed: IO[bytes]) -> Iterator[bytes]:
    while block := packed.read(_BLOCK):
        yield block


@contextmanager
def _unpacked(file: Path, compression: str) -> Iterator[IO[bytes]]:
    opened: Any
    if compression == "zip":
        with zipfile.ZipFile(file) as archive:
            (name,) = _only([member.filename for member in archive.infolist() if not member.is_dir()], file)
            with archive.open(name) as opened:
                yield opened
    elif compression in ("targz", "tarxz"):
        with tarfile.open(file, "r:*") as archive:
            (member,) = _only([member for member in archive if member.isfile()], file)
            opened = archive.extractfile(member)
            yield opened
    elif compression == "gzip":
        with gzip.open(file) as opened:
            yield opened
    else:
        with pa.input_stream(str(file), compression="zstd" if compression == "zstd" else None) as opened:
            yield opened


def _only(members: list[Any], file: Path) -> list[Any]:
    if len(members) != 1:
        raise InputError(f"holds {len(members)} files, not one", file=file.name, hint="unpack it first")
    return members
