"""A FRUS volume in a stream: every ``div[@type="document"]`` in document order, memory bound by the largest one."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from lxml import etree

from cablegraph.errors import InputError
from cablegraph.register import Entry
from cablegraph.sources.frus.context import TAGS, Chapter, Context
from cablegraph.sources.frus.document import read_document
from cablegraph.sources.frus.flow import Flow, local
from cablegraph.sources.frus.lists import read_list_entries
from cablegraph.sources.source import Documents, Source, finding
from cablegraph.sources.xml_lines import TagLines

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_ROOTS = ("TEI", "teiCorpus")


@dataclass
class _Open:
    """A div that is not closed yet; ``page`` is the page in force where it begins."""

    element: etree._Element
    line: int
    page: str | None
    head: str = ""

    @property
    def is_document(self) -> bool:
        return self.element.get("type") == "document"


def read_volume(source: Source) -> Iterator[Entry]:
    """Read one volume.

    Yields rows of ``records`` and what belongs to them, the volume's own lists of persons and terms, and a finding for
    whatever was not understood.

    Raises:
        InputError: the file is no well-formed XML, no TEI or declares entities.
    """
    return _Volume(source).read()


class _Volume:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._documents = Documents(source)
        self._open: list[_Open] = []
        self._count = 0
        self._root_line = 0
        self._page: str | None = None
        self._lines = TagLines((*_ROOTS, *TAGS), source.file)

    def read(self) -> Iterator[Entry]:
        blocks = self._source.blocks()
        first = next(blocks, b"")
        if not first.strip():
            raise InputError("is empty", file=self._source.file, line=1)
        decoder = _decoder(first)
        parser = etree.XMLPullParser(
            events=("start", "end"),
            tag=tuple(f"{{*}}{name}" for name in (*_ROOTS, "div", "head", "pb")),
            encoding="utf-8" if decoder else None,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            collect_ids=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            for block in chain((first,), blocks):
                data = decoder.decode(block).encode() if decoder else block
                self._lines.feed(data)
                parser.feed(data)
                yield from self._events(parser)
            parser.close()
            yield from self._events(parser)
        except etree.XMLSyntaxError as error:
            line = error.lineno or 1
            raise InputError(f"is not well-formed XML: {error.msg}", file=self._source.file, line=line) from error
        except UnicodeDecodeError as error:
            raise InputError("is not in the encoding that it begins with", file=self._source.file, line=1) from error
        if not self._count:
            yield finding(
                self._source, self._root_line, "no documents", "warning", None, None, None,
                'The volume holds no div of type "document": nothing was read from it.',
            )  # fmt: skip

    def _events(self, parser: etree.XMLPullParser) -> Iterator[Entry]:
        for event, element in parser.read_events():
            if not self._root_line:
                self._check_root(element)
            name = local(element.tag)
            if event == "start":
                if name == "pb":
                    self._page = element.get("n") or self._page
                elif name == "div":
                    self._start(element)
            elif name == "head" and self._open and element.getparent() is self._open[-1].element:
                if not self._inside_document():
                    self._open[-1].head = self._open[-1].head or Flow(element).text
            elif name == "div":
                yield from self._close(element)

    def _check_root(self, element: etree._Element) -> None:
        root = element.getroottree().getroot()
        if root.tag not in {f"{TEI}{name}" for name in _ROOTS}:
            raise InputError(
                f"is no TEI volume: the root is {root.tag}",
                file=self._source.file,
                line=root.sourceline or 1,
                hint=f"expected TEI in the namespace {TEI.strip('{}')}",
            )
        self._root_line = self._lines.take(local(root.tag))

    def _inside_document(self) -> bool:
        return any(opened.is_document for opened in self._open)

    def _start(self, element: etree._Element) -> None:
        # Lines of tags inside a document are taken when it is complete; here they would be passed over.
        line = 0 if self._inside_document() else self._lines.take("div")
        self._open.append(_Open(element, line, self._page))

    def _close(self, element: etree._Element) -> Iterator[Entry]:
        opened = self._open.pop()
        if self._inside_document():
            return  # read with the document around it
        if opened.is_document:
            chapters = [Chapter(above.head, above.line) for above in self._open]
            lines = {element: opened.line}
            lines |= {tag: self._lines.take() for tag in element.iter(*(f"{{*}}{name}" for name in TAGS)) if tag is not element}
            pages = {element: opened.page}
            for document in element.iter(f"{TEI}div"):
                if document.get("type") == "document":
                    yield from self._document(document, lines, chapters, pages.get(document, opened.page))
        else:
            yield from read_list_entries(self._source, element, opened.line)
        _forget(element)

    def _document(
        self, element: etree._Element, lines: dict[etree._Element, int], chapters: list[Chapter], page: str | None
    ) -> Iterator[Entry]:
        self._count += 1
        line = lines[element]
        record, document, findings = self._documents.take(element.get(XML_ID) or f"document-{self._count}", line)
        yield from findings
        yield from read_document(Context(self._source, record, document, lines, chapters, page), element)


def _forget(element: etree._Element) -> None:
    """Free an element that was read, and whatever stands before it."""
    tail = element.tail
    element.clear()
    element.tail = tail
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _decoder(first: bytes) -> codecs.IncrementalDecoder | None:
    """Return a decoder for UTF-16 input, which the search for tags by their bytes cannot read as it is."""
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return codecs.getincrementaldecoder("utf-16")()
    return None
