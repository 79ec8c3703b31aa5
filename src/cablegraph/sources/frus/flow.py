"""Running text out of TEI: one string with white space folded, and what the editors marked in it, by offset."""

from __future__ import annotations

from typing import NamedTuple

from cablegraph.sources.xml_tree import Element

#: Elements that end a word: a cell, an item or a line is never glued to the next.
_BLOCKS = frozenset(
    (
        "p",
        "item",
        "cell",
        "row",
        "list",
        "table",
        "lb",
        "head",
        "label",
        "quote",
        "opener",
        "dateline",
        "closer",
        "signed",
        "salute",
    )
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


#: Stands in the raw text where something begins, ends or is set aside; no XML can hold it, and it is no white space.
_MARK = "\x01"


class Flow:
    """The text of one element and what is marked in it. Footnotes are set aside, each with its place in the text.

    While the element is walked its raw text is gathered with a mark at every place that matters; then white space is
    folded in one go and the marks turn into offsets.
    """

    __slots__ = ("_open", "_raw", "breaks", "gaps", "links", "mentions", "notes", "struck", "text")

    def __init__(self, element: Element) -> None:
        self._raw: list[str] = []
        #: What each mark means, in the order of the marks: ("start" | "end" | "note" | "gap" | "break", element, …).
        self._open: list[tuple[str, Element]] = []
        self.mentions: list[Mention] = []
        self.links: list[Link] = []
        self.notes: list[tuple[Element, int]] = []
        self.gaps: list[tuple[Element, int]] = []
        self.breaks: list[Break] = []
        self.struck: list[Struck] = []
        self._walk(element)
        self.text = self._fold()

    def _walk(self, element: Element) -> None:
        raw = self._raw
        for item in element.content:
            if isinstance(item, str):
                raw.append(item)
                continue
            name = item.name
            if name == "hi":
                self._walk(item)
            elif name in _MARKED:
                self._mark("start", item)
                self._walk(item)
                self._mark("end", item)
            elif name == "note" and item.get("rend") != "inline":
                self._mark("note", item)
            elif name == "pb":
                raw.append(" ")
                self._mark("break", item)
            elif name == "gap":
                self._mark("gap", item)
            elif name in _BLOCKS:
                raw.append(" ")
                self._walk(item)
                raw.append(" ")
            else:
                self._walk(item)

    def _mark(self, what: str, element: Element) -> None:
        self._raw.append(_MARK)
        self._open.append((what, element))

    def _fold(self) -> str:
        """Fold white space, take the marks out and note where they stood."""
        folded = " ".join("".join(self._raw).split())
        if not self._open:
            return folded
        pieces = folded.split(_MARK)
        text: list[str] = []
        length, gap = 0, False  # gap: white space is waiting for the next word
        starts: list[int] = []
        last = len(pieces) - 1
        for number, piece in enumerate(pieces):
            words = piece.strip(" ")
            if words:
                if length and (gap or piece[0] == " "):
                    text.append(" ")
                    length += 1
                text.append(words)
                length += len(words)
                gap = piece[-1] == " "
            elif piece:
                gap = True
            if number == last:
                break
            what, element = self._open[number]
            if what == "start":
                if gap and length:
                    text.append(" ")
                    length += 1
                    gap = False
                starts.append(length)
            elif what == "end":
                self._ended(element, starts.pop(), length)
            elif what == "note":
                self.notes.append((element, length))
            elif what == "gap":
                self.gaps.append((element, length))
            else:
                self.breaks.append(Break(length, element.get("n"), element.get("facs")))
        return "".join(text).rstrip()

    def _ended(self, element: Element, start: int, end: int) -> None:
        name = element.name
        if name == "persName":
            self.mentions.append(Mention("person", start, end, _target(element.get("corresp")), element.get("type")))
        elif name == "gloss":
            target = _target(element.get("target"))
            if target or element.get("type"):
                self.mentions.append(Mention("term" if target else "end", start, end, target, element.get("type")))
        elif name == "ref":
            if target := element.get("target"):
                self.links.append(Link(start, end, target))
        elif name == "placeName":
            self.mentions.append(Mention("place", start, end, None, None))
        else:
            self.struck.append(Struck(start, end))


_MARKED = frozenset(("persName", "gloss", "placeName", "ref", "del"))


def _target(pointer: str | None) -> str | None:
    return pointer.lstrip("#") or None if pointer else None
