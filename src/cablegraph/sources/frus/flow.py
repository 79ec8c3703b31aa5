"""Running text out of TEI: one string with white space folded, and what the editors marked in it, by offset."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

#: Elements that end a word: a cell, an item or a line is never glued to the next.
_BLOCKS = frozenset(
    ("p", "item", "cell", "row", "list", "table", "lb", "head", "label", "quote", "opener", "dateline", "closer", "signed", "salute")
)


class Mention(NamedTuple):
    """A person, term or place that the editors marked; ``target`` is the id in the volume's list, without ``#``."""

    kind: str
    start: int
    end: int
    target: str | None
    role: str | None


class Link(NamedTuple):
    """A cross reference: ``target`` as it stands in the file."""

    start: int
    end: int
    target: str


class Break(NamedTuple):
    """A page break: the printed number of the page that begins, and its facsimile."""

    offset: int
    number: str | None
    facsimile: str | None


class Struck(NamedTuple):
    """Words that the source has struck out."""

    start: int
    end: int


_LOCAL: dict[str, str] = {}


def local(tag: str) -> str:
    """The name of an element without its namespace."""
    name = _LOCAL.get(tag)
    if name is None:
        name = _LOCAL[tag] = tag.rpartition("}")[2]
    return name


class Flow:
    """The text of one element and what is marked in it. Footnotes are set aside, each with its place in the text."""

    __slots__ = ("_blank", "_pieces", "_space", "breaks", "length", "links", "mentions", "notes", "struck")

    def __init__(self, element: etree._Element | None = None) -> None:
        self._pieces: list[str] = []
        self._space = False
        self._blank = True
        self.length = 0
        self.mentions: list[Mention] = []
        self.links: list[Link] = []
        self.notes: list[tuple[etree._Element, int]] = []
        self.breaks: list[Break] = []
        self.struck: list[Struck] = []
        if element is not None:
            self.walk(element)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._pieces).rstrip()

    def add(self, text: str | None) -> None:
        """Append running text; any white space counts as one space, none at the beginning."""
        if not text:
            return
        words = text.split()
        if words:
            if text[0].isspace() or self._space:
                self._pad()
            joined = " ".join(words)
            self._pieces.append(joined)
            self.length += len(joined)
            self._blank = False
            self._space = text[-1].isspace()
        else:
            self._space = True

    def _pad(self) -> None:
        if not self._blank:
            self._pieces.append(" ")
            self.length += 1
            self._blank = True
        self._space = False

    def walk(self, element: etree._Element) -> None:
        """Append an element's text."""
        self.add(element.text)
        for child in element:
            name = local(child.tag)
            if name == "hi":
                self.walk(child)
            elif name in ("persName", "gloss", "placeName", "ref", "del"):
                self._marked(name, child)
            elif name == "note" and child.get("rend") != "inline":
                self.notes.append((child, self.length))
            elif name == "pb":
                self._space = True
                self.breaks.append(Break(self.length, child.get("n"), child.get("facs")))
            elif name in _BLOCKS:
                self._space = True
                self.walk(child)
                self._space = True
            else:
                self.walk(child)
            self.add(child.tail)

    def _marked(self, name: str, child: etree._Element) -> None:
        if self._space:
            self._pad()
        start = self.length
        self.walk(child)
        end = self.length
        if name == "persName":
            self.mentions.append(Mention("person", start, end, _target(child.get("corresp")), child.get("type")))
        elif name == "gloss":
            target = _target(child.get("target"))
            if target or child.get("type"):
                self.mentions.append(Mention("term" if target else "end", start, end, target, child.get("type")))
        elif name == "ref":
            if target := child.get("target"):
                self.links.append(Link(start, end, target))
        elif name == "placeName":
            self.mentions.append(Mention("place", start, end, None, None))
        else:
            self.struck.append(Struck(start, end))


def _target(pointer: str | None) -> str | None:
    return pointer.lstrip("#") or None if pointer else None
