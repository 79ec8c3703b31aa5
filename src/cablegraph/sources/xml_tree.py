"""XML as light trees, in a stream, with the exact line of every start tag.

Expat tells the line where a tag begins, for files of any length (libxml2 tells where it ends, and nothing true above line
65,535), and does not mind ids that stand twice. Documents that declare entities or markup of their own are refused; nothing
external is ever read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.parsers import expat

from cablegraph.errors import InputError
from cablegraph.sources.source import Source

XML_ID = "http://www.w3.org/XML/1998/namespace}id"
#: Deeper than any edition nests; a tree is walked recursively.
MAX_DEPTH = 200
_START_TAG = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*""")
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([^#;][^;]*);")


class Element:
    """An element: local name, namespace, attributes, line of its ``<``, and content (text and elements in order).

    It does not know what is around it: a tree without cycles goes as soon as nobody holds it.
    """

    __slots__ = ("attributes", "content", "line", "name", "namespace")

    def __init__(self, namespace: str, name: str, attributes: dict[str, str], line: int) -> None:
        self.namespace = namespace
        self.name = name
        self.attributes = attributes
        self.line = line
        self.content: list[str | Element] = []

    def get(self, name: str) -> str | None:
        """The value of an attribute."""
        return self.attributes.get(name)

    @property
    def id(self) -> str | None:
        """``xml:id``."""
        return self.attributes.get(XML_ID)

    def children(self) -> list[Element]:
        """The child elements."""
        return [item for item in self.content if item.__class__ is Element]

    def iter(self, *names: str) -> Iterator[Element]:
        """Yield this element and those below it that have one of the names, in document order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            if element.name in names:
                yield element
            waiting += element.children()[::-1]

    def first(self, name: str) -> Element | None:
        """The first child element of that name."""
        return next((child for child in self.children() if child.name == name), None)


def stream(
    source: Source,
    opened: Callable[[Element], None],
    closed: Callable[[Element, Element | None], None],
    names: frozenset[str],
) -> Iterator[Element | None]:
    """Parse a source block by block; after each block yields the root element, as soon as it is open.

    ``opened`` (with the element) and ``closed`` (with the element and its parent) are called for elements of the given
    local names. What is no longer needed is to be taken
    out of ``content`` by the caller, so that memory follows the largest element that is kept.

    Raises:
        InputError: the source is empty, not well-formed, nested too deeply, declares entities or markup of its
            own, or refers to an entity that an external document type would declare.
    """
    parser = _Parser(source, opened, closed, names)
    empty = True
    for block in source.blocks():
        empty = empty and not block.strip()
        parser.feed(block, last=False)
        yield parser.root
    if empty:
        raise InputError("is empty", file=source.file, line=1)
    parser.feed(b"", last=True)
    yield parser.root


class _Parser:
    def __init__(
        self,
        source: Source,
        opened: Callable[[Element], None],
        closed: Callable[[Element, Element | None], None],
        names: frozenset[str],
    ) -> None:
        self._file = source.file
        self._opened = opened
        self._closed = closed
        self._names = names
        self._split: dict[str, tuple[str, str, bool]] = {}
        self._expat = expat.ParserCreate(namespace_separator="}")
        self._expat.buffer_text = True
        self._expat.buffer_size = 1 << 16
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._text
        self._expat.StartDoctypeDeclHandler = self._doctype
        self._expat.SkippedEntityHandler = self._skipped
        self.root: Element | None = None
        self._open: list[Element] = []

    def feed(self, block: bytes, *, last: bool) -> None:
        try:
            self._expat.Parse(block, last)
        except expat.ExpatError as error:
            message = expat.errors.messages.get(error.code, str(error))
            raise InputError(f"is not well-formed XML: {message}", file=self._file, line=error.lineno) from error
        except (LookupError, ValueError) as error:  # the encoding that the file declares is none, or not of one byte
            hint = "save the file as UTF-8, and let the XML declaration say so"
            raise InputError(
                "declares an encoding that XML parsers do not read", file=self._file, line=1, hint=hint
            ) from error

    def _doctype(self, name: str, system: str | None, public: str | None, internal: int) -> None:
        if internal:
            raise InputError(
                "the document type declares entities or markup of its own, which is never read",
                file=self._file, line=self._expat.CurrentLineNumber, hint="remove the internal subset of the DOCTYPE",
            )  # fmt: skip
        if system is not None:
            self._expat.StartElementHandler = self._start_under_external_type

    def _skipped(self, name: str, _: bool) -> None:
        raise InputError(
            f"the entity {name} would be declared by an external document type, which is never read",
            file=self._file, line=self._expat.CurrentLineNumber, hint="write the character in the place of the entity",
        )  # fmt: skip

    def _start_under_external_type(self, name: str, attributes: dict[str, str]) -> None:
        # Expat does not report an entity that it skips inside the value of an attribute.
        context = (self._expat.GetInputContext() or b"").replace(b"\0", b"")
        tag = _START_TAG.match(context)
        if tag and (entity := _ENTITY.search(tag[0])):
            self._skipped(entity[1].decode("utf-8", "replace"), False)
        self._start(name, attributes)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        split = self._split.get(name)
        if split is None:
            namespace, _, local = name.rpartition("}")
            split = self._split[name] = (namespace, local, local in self._names)
        namespace, local, wanted = split
        element = Element(namespace, local, attributes, self._expat.CurrentLineNumber)
        if self._open:
            self._open[-1].content.append(element)
        elif self.root is None:
            self.root = element
        self._open.append(element)
        if len(self._open) > MAX_DEPTH:
            raise InputError(f"is nested deeper than {MAX_DEPTH} elements", file=self._file, line=element.line)
        if wanted:
            self._opened(element)

    def _end(self, _: str) -> None:
        element = self._open.pop()
        if element.name in self._names:
            self._closed(element, self._open[-1] if self._open else None)

    def _text(self, data: str) -> None:
        if self._open:
            self._open[-1].content.append(data)
