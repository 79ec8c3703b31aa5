"""The items of a list, or members of an object, within a document of JSON as JSON Lines: memory follows the largest of them.

DuckDB reads a document that is one object whole, with some forty times its size in memory. This looks for brackets, strings
and commas only; what an item is made of is checked where the lines are read.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import BinaryIO

from cablegraph.errors import InputError

_BLOCK = 1 << 20
_BLANK = re.compile(rb"[ \t\r\n]*")
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_SCALAR = re.compile(rb'[^\s\[\]{},:"]+')
#: All up to the next bracket that stands in no string.
_TO_BRACKET = re.compile(rb'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+")*+[\[\]{}]', re.DOTALL)


def write_items(file: Path, names: tuple[str, ...], to: Path, largest: int) -> Path:
    """Write each item or member of what names lead to from the root as a line of ``to``; of what is missing, none.

    Raises:
        InputError: the brackets or strings of the document do not close, something stands where JSON has none of it, or a
            value has more than ``largest`` bytes.
    """
    with file.open("rb") as source, to.open("wb") as out:
        reader = _Reader(source, file.name, largest)
        reader.skip_mark()
        reader.follow(names, out)
        reader.end()
    return to


class _Reader:
    def __init__(self, source: BinaryIO, file: str, largest: int) -> None:
        self._source = source
        self._file = file
        self._largest = largest
        self._buffer = b""
        self._place = 0
        self._before = 0  # bytes of the file that are no longer in the buffer

    def skip_mark(self) -> None:
        """Skip the mark of the byte order."""
        self._more(0)
        self._place = len(b"\xef\xbb\xbf") if self._buffer.startswith(b"\xef\xbb\xbf") else 0

    def follow(self, names: tuple[str, ...], out: BinaryIO) -> None:
        """Read one value; of the first member of each name go on, and write the items or members of the one at the end."""
        opening = self._next()
        if opening not in ((b"{",) if names else (b"{", b"[")):
            self._value()
            return
        closing = b"}" if opening == b"{" else b"]"
        self._place += 1
        found = False
        if self._next() == closing:
            self._place += 1
            return
        while True:
            name = None
            if opening == b"{":
                name = json.loads(self._matched(_STRING))
                self._takes(b":")
            if names and name == names[0] and not found:
                found = True
                self.follow(names[1:], out)
            elif names:
                self._value()
            else:
                out.write(self._value().replace(b"\n", b" ").replace(b"\r", b" ") + b"\n")
            if self._next() == closing:
                self._place += 1
                return
            self._takes(b",")
            self._next()

    def end(self) -> None:
        """Refuse what stands behind the document."""
        if self._next():
            raise self._wrong("something stands behind the document")

    def _value(self) -> bytes:
        """Read one value, and return it as it is written."""
        first = self._next()
        if first == b'"':
            return self._matched(_STRING)
        if first not in (b"{", b"["):
            return self._matched(_SCALAR)
        start, depth = self._place, 0
        while True:
            bracket = _TO_BRACKET.match(self._buffer, self._place)
            if bracket is None:
                if not self._more(start):
                    raise self._wrong("a string or a bracket is not closed")
                start, self._place = 0, self._place - start
                continue
            self._place = bracket.end()
            depth += 1 if self._buffer[self._place - 1] in b"[{" else -1
            if depth == 0:
                return self._buffer[start : self._place]

    def _matched(self, pattern: re.Pattern[bytes]) -> bytes:
        while True:
            found = pattern.match(self._buffer, self._place)
            if found is not None and (found.end() < len(self._buffer) or pattern is _STRING):
                break
            if not self._more(self._place):
                break
            self._place = 0
        if found is None:
            raise self._wrong("a value or a name is expected")
        self._place = found.end()
        return found.group()

    def _next(self) -> bytes:
        """The next sign that is no blank; nothing at the end."""
        while True:
            self._place = _BLANK.match(self._buffer, self._place).end()  # type: ignore[union-attr]
            if self._place < len(self._buffer) or not self._more(self._place):
                return self._buffer[self._place : self._place + 1]
            self._place = 0

    def _takes(self, sign: bytes) -> None:
        if self._next() != sign:
            raise self._wrong(f"{sign.decode()} is expected")
        self._place += 1
        self._next()

    def _more(self, start: int) -> bool:
        """Read on, dropping what stands before ``start``; that is 0 then, unless the file is at its end."""
        if len(self._buffer) - start > self._largest:
            raise self._wrong(f"a value has more than {self._largest >> 20} MB")
        block = self._source.read(_BLOCK)
        if block:
            self._before += start
            self._buffer = self._buffer[start:] + block
        return bool(block)

    def _wrong(self, message: str) -> InputError:
        return InputError(f"is no valid JSON at byte {self._before + self._place}: {message}", file=self._file)
