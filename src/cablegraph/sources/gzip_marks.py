"""Reading a gzip file from the middle: places to go on from, so that members of a tar.gz are found without starting over."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any, BinaryIO

_BLOCK = 1 << 16
#: Inflate with the header of gzip.
_WINDOW = 16 + zlib.MAX_WBITS


@dataclass(frozen=True)
class Mark:
    """A place: in the content, in the file, the state of inflating there and the bytes that wait to be inflated."""

    position: int
    raw: int
    inflate: Any
    waiting: bytes


class Marks:
    """Places in a gzip file to go on from: up to 64, the wider apart the longer it is, and where a member was last begun.

    So members of a tar.gz are read in any order, by any number of processes, without inflating all before each of them.
    """

    def __init__(self) -> None:
        self._kept: list[Mark] = []
        self._spacing = 1 << 20
        self.last: Mark | None = None

    def before(self, position: int) -> Mark | None:
        """The last place at or before a position of the content."""
        kept = [mark for mark in (*self._kept, self.last) if mark is not None and mark.position <= position]
        return max(kept, key=lambda mark: mark.position, default=None)

    def passed(self, gzip: Gzip) -> None:
        """Keep the place where reading stands, if it is far enough from the last one."""
        if gzip.position >= self._spacing + (self._kept[-1].position if self._kept else 0):
            self._kept.append(gzip.mark())
            if len(self._kept) > 64:
                self._kept, self._spacing = self._kept[1::2], 2 * self._spacing


class Gzip:
    """The content of a gzip file, of all its members one after the other."""

    def __init__(self, raw: BinaryIO, marks: Marks) -> None:
        self._raw, self._marks = raw, marks
        self._inflate, self._waiting, self.position = zlib.decompressobj(_WINDOW), b"", 0

    def mark(self) -> Mark:
        """The place where reading stands."""
        return Mark(self.position, self._raw.tell(), self._inflate.copy(), self._waiting)

    def go_to(self, position: int) -> None:
        """Read on from a position of the content.

        Raises:
            EOFError: the content ends before it.
        """
        if (mark := self._marks.before(position)) is not None:
            self._raw.seek(mark.raw)
            self._inflate, self._waiting, self.position = mark.inflate.copy(), mark.waiting, mark.position
        while self.position < position:
            if not self.read(min(_BLOCK, position - self.position)):
                raise EOFError("a member is cut off")
        self._marks.last = self.mark()

    def read(self, size: int) -> bytes:
        """Read up to ``size`` bytes of the content; nothing at its end.

        Raises:
            EOFError: the data end in the middle.
            zlib.error: the data are damaged.
        """
        data = b""
        while not data:
            block = self._waiting or self._raw.read(_BLOCK // 4)
            if self._inflate.eof:
                if not block:
                    return b""
                self._waiting = block.lstrip(b"\0")  # zeros may fill the last block of a tape
                if self._waiting:
                    self._inflate = zlib.decompressobj(_WINDOW)
                continue
            data = self._inflate.decompress(block, size)
            if not (block or data or self._inflate.eof):
                raise EOFError("the gzip data end in the middle")
            self._waiting = self._inflate.unused_data if self._inflate.eof else self._inflate.unconsumed_tail
        self.position += len(data)
        self._marks.passed(self)
        return data
