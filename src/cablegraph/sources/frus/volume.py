"""A FRUS volume in a stream: every ``div[@type="document"]`` in document order, memory bound by the largest one."""

from __future__ import annotations

from collections.abc import Iterator

from cablegraph.errors import InputError
from cablegraph.register import Entry
from cablegraph.sources.frus.context import Chapter, Context
from cablegraph.sources.frus.document import read_document
from cablegraph.sources.frus.flow import Flow
from cablegraph.sources.frus.lists import read_list_entries
from cablegraph.sources.source import Documents, Source, finding
from cablegraph.sources.xml_tree import Element, stream

TEI = "http://www.tei-c.org/ns/1.0"
_ROOTS = ("TEI", "teiCorpus")


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
        self._open: list[tuple[Element, str | None]] = []  # divs, each with the page in force where it begins
        self._heads: dict[int, str] = {}
        self._complete: list[tuple[Element, str | None, list[Chapter]]] = []
        self._root_line = 0
        self._page: str | None = None
        self._count = 0
        self._documents_open = 0

    def read(self) -> Iterator[Entry]:
        names = frozenset((*_ROOTS, "div", "head", "pb", "text"))
        for root in stream(self._source, self._opened, self._closed, names):
            if root is not None and not self._root_line:
                self._check_root(root)
            complete, self._complete = self._complete, []
            for division, page, chapters in complete:
                yield from self._division(division, page, chapters)
        if not self._count:
            yield finding(
                self._source, self._root_line, "no documents", "warning", None, None, None,
                'The volume holds no div of type "document": nothing was read from it.',
            )  # fmt: skip

    def _opened(self, element: Element) -> None:
        if element.name == "pb":
            self._page = element.get("n") or self._page
        elif element.name == "div":
            self._open.append((element, self._page))
            self._documents_open += element.get("type") == "document"

    def _check_root(self, root: Element) -> None:
        if root.name not in _ROOTS or root.namespace != TEI:
            raise InputError(
                f"is no TEI volume: the root is {root.name} in the namespace {root.namespace or 'none'}",
                file=self._source.file, line=root.line, hint=f"expected TEI in the namespace {TEI}",
            )  # fmt: skip
        self._root_line = root.line

    def _closed(self, element: Element, parent: Element | None) -> None:
        if element.name == "head":
            if self._open and parent is self._open[-1][0] and not self._inside_document():
                self._heads.setdefault(id(parent), Flow(element).text)
        elif element.name == "div":
            _, page = self._open.pop()
            self._documents_open -= element.get("type") == "document"
            if not self._inside_document():
                chapters = [Chapter(self._heads.get(id(above), ""), above.line) for above, _ in self._open]
                self._heads.pop(id(element), None)
                self._complete.append((element, page, chapters))
                if parent is not None:
                    parent.content.clear()  # read or waiting to be read, and whatever stands before it

    def _inside_document(self) -> bool:
        return self._documents_open > 0

    def _division(self, division: Element, page: str | None, chapters: list[Chapter]) -> Iterator[Entry]:
        if division.get("type") != "document":
            yield from read_list_entries(self._source, division)
            return
        for document in division.iter("div"):
            if document.get("type") == "document":
                self._count += 1
                wanted = document.id or f"document-{self._count}"
                record, name, findings = self._documents.take(wanted, document.line)
                yield from findings
                yield from read_document(Context(self._source, record, name, chapters, page), document)
