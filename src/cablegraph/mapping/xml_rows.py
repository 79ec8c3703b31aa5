"""XML as rows: the elements that an iterator leads to, streamed; memory follows the largest of them, not the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import BinaryIO
from xml.etree.ElementTree import Element
from xml.parsers import expat

from cablegraph.errors import InputError
from cablegraph.mapping.xpath import Path, Step

_BLOCK = 1 << 16


def read_elements(file: FilePath, iterator: Path, encoding: str | None = None) -> Iterator[Element]:
    """Yield the elements that an iterator leads to, in the order of the document; ``encoding`` overrides its own.

    Raises:
        InputError: the file is not well-formed, or declares entities or markup of its own, which is never read.
    """
    reader = _Reader(file.name, iterator.steps, encoding)
    with file.open("rb") as source:
        for block in _blocks(source):
            yield from reader.feed(block)


def _blocks(source: BinaryIO) -> Iterator[bytes]:
    while block := source.read(_BLOCK):
        yield block
    yield b""


class _Reader:
    def __init__(self, file: str, steps: tuple[Step, ...], encoding: str | None) -> None:
        self._file = file
        self._steps = steps
        self._parser = parser = expat.ParserCreate(encoding, namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.SkippedEntityHandler = self._skipped
        # For each open element: how many steps lead to it, which steps may begin anywhere in it, and itself if kept.
        self._open: list[tuple[set[int], set[int], Element | None]] = [({0}, self._deep({0}), None)]
        self._waiting: list[Element] = []  # found, but the one around them is still open
        self._ready: list[Element] = []
        self._around = 0

    def feed(self, block: bytes) -> list[Element]:
        try:
            self._parser.Parse(block, not block)
        except expat.ExpatError as error:
            message = expat.errors.messages.get(error.code, str(error))
            raise InputError(f"is not well-formed XML: {message}", file=self._file, line=error.lineno) from error
        ready, self._ready = self._ready, []
        return ready

    def _deep(self, reached: set[int]) -> set[int]:
        return {n for n in reached if n < len(self._steps) and self._steps[n].deep}

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        reached, deep, around = self._open[-1]
        element = Element(name, attributes)
        near = {n for n in reached if n < len(self._steps) and not self._steps[n].deep}
        here = {n + 1 for n in near | deep if self._leads(n, element)}
        found = len(self._steps) in here
        if around is not None:
            around.append(element)
        if found:
            self._waiting.append(element)
            self._around += 1
        keep = found or around is not None
        self._open.append((here, deep | self._deep(here), element if keep else None))

    def _leads(self, number: int, element: Element) -> bool:
        step = self._steps[number]
        if number == len(self._steps) - 1:  # what stands in it is known only at its end
            return step.name in ("*", element.tag)
        return step.fits(element)

    def _end(self, _: str) -> None:
        here, _deep, element = self._open.pop()
        if element is not None and len(self._steps) in here:
            self._around -= 1
            if not self._steps[-1].fits(element):
                self._waiting.remove(element)
            if self._around == 0:
                self._ready += self._waiting
                self._waiting = []

    def _text(self, data: str) -> None:
        element = self._open[-1][2]
        if element is None:
            return
        if len(element):
            element[-1].tail = (element[-1].tail or "") + data
        else:
            element.text = (element.text or "") + data

    def _doctype(self, name: str, system: str | None, public: str | None, internal: int) -> None:
        if internal:
            raise InputError(
                "the document type declares entities or markup of its own, which is never read",
                file=self._file, line=self._parser.CurrentLineNumber, hint="remove the internal subset of the DOCTYPE",
            )  # fmt: skip

    def _skipped(self, name: str, _: bool) -> None:
        raise InputError(
            f"the entity {name} would be declared by an external document type, which is never read",
            file=self._file, line=self._parser.CurrentLineNumber, hint="write the character in the place of the entity",
        )  # fmt: skip
