"""A FRUS volume in a stream: every ``div[@type="document"]`` in document order, memory bound by the largest one."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from lxml import etree

from cablegraph.errors import InputError
from cablegraph.register import Entry
from cablegraph.sources.frus.document import Chapter, read_document
from cablegraph.sources.source import Documents, Source, finding
from cablegraph.sources.xml_lines import TagLines

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_ROOTS = ("TEI", "teiCorpus")
_TAGS = (*_ROOTS, "div", "head")


@dataclass
class _Open:
    """A div that is not closed yet."""

    element: etree._Element
    line: int
    head: str = ""


def read_volume(source: Source) -> Iterator[Entry]:
    """Read one volume.

    Yields rows of ``records`` and what belongs to them, a finding for whatever was not understood.

    Raises:
        InputError: the file is no well-formed XML, no TEI, declares entities or holds no document.
    """
    return _Volume(source).read()


class _Volume:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._documents = Documents(source)
        self._open: list[_Open] = []
        self._count = 0
        self._root_seen = False
        self._root_line = 1

    def read(self) -> Iterator[Entry]:
        blocks = self._source.blocks()
        first = next(blocks, b"")
        if not first.strip():
            raise InputError("is empty", file=self._source.file, line=1)
        decoder = _decoder(first)
        parser = etree.XMLPullParser(
            events=("start", "end"),
            tag=tuple(f"{{*}}{name}" for name in _TAGS),
            encoding="utf-8" if decoder else None,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            collect_ids=False,
            remove_comments=True,
            remove_pis=True,
        )
        lines = TagLines(_TAGS, self._source.file)
        try:
            for block in chain((first,), blocks):
                data = decoder.decode(block).encode() if decoder else block
                lines.feed(data)
                parser.feed(data)
                yield from self._events(parser, lines)
            parser.close()
            yield from self._events(parser, lines)
        except etree.XMLSyntaxError as error:
            raise InputError(
                f"is not well-formed XML: {error.msg}", file=self._source.file, line=error.lineno or 1
            ) from error
        except UnicodeDecodeError as error:
            raise InputError("is not in the encoding that it begins with", file=self._source.file, line=1) from error
        if not self._count:
            yield finding(
                self._source, self._root_line, "no documents", "warning", None, None, None,
                'The volume holds no div of type "document": nothing was read from it.',
            )  # fmt: skip

    def _events(self, parser: etree.XMLPullParser, lines: TagLines) -> Iterator[Entry]:
        for event, element in parser.read_events():
            namespace, _, name = element.tag.rpartition("}")
            if event == "start":
                line = lines.take()
                if not self._root_seen:
                    self._check_root(element, line)
                if name == "div" and namespace + "}" == TEI:
                    self._open.append(_Open(element, line))
            elif namespace + "}" != TEI:
                continue
            elif name == "head" and self._open and element.getparent() is self._open[-1].element:
                self._open[-1].head = self._open[-1].head or " ".join("".join(element.itertext()).split())
            elif name == "div":
                yield from self._close(element)

    def _check_root(self, element: etree._Element, line: int) -> None:
        root = element.getroottree().getroot()
        if root.tag not in {f"{TEI}{name}" for name in _ROOTS}:
            raise InputError(
                f"is no TEI volume: the root is {root.tag}",
                file=self._source.file,
                line=root.sourceline or line,
                hint=f"expected TEI in the namespace {TEI.strip('{}')}",
            )
        self._root_seen, self._root_line = True, line

    def _close(self, element: etree._Element) -> Iterator[Entry]:
        opened = self._open.pop()
        if element.get("type") == "document":
            self._count += 1
            chapters = [
                Chapter(above.head, above.line) for above in self._open if above.element.get("type") != "document"
            ]
            document = element.get(XML_ID) or f"document-{self._count}"
            record, document, findings = self._documents.take(document, opened.line)
            yield from findings
            yield from read_document(self._source, element, record, document, opened.line, opened.head, chapters)
        if not any(above.element.get("type") == "document" for above in self._open):
            _forget(element)


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
