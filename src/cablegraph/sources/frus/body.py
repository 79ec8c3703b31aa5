"""The text of a printed document as parts: head, opener, paragraphs, lists, attachments, signature, footnotes.

A footnote is a part tied to its place: ``parent`` is the part where its mark stands, ``anchor`` the offset there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cablegraph.register import Entry
from cablegraph.sources.frus.cable_head import Address, list_role, read_addresses
from cablegraph.sources.frus.context import Context
from cablegraph.sources.frus.flow import Flow
from cablegraph.sources.frus.lacunae import find_lacunae, gap_kind
from cablegraph.sources.frus.references import find_references
from cablegraph.sources.xml_tree import Element

_LABEL = re.compile(r"(?P<label>\(?(?:\d{1,2}|[A-Z]|[a-z]|[IVX]{1,5})[.)])\s")
#: More figures than this are no page number (and do not fit the register's 32 bits).
_LONGEST_NUMBER = 9
#: Lists that are one part; the items of others are parts.
_WHOLE = ("subject", "participants", "reference")
#: Lists that the record itself needs.
_TOLD = ("subject", "tags", "to", "info")


class Body:
    """Walks a document once; ``entries`` are rows, the rest is what the record needs of the text."""

    def __init__(self, context: Context, element: Element) -> None:
        self._context = context
        self._page = _number(context.page)
        self._keys: dict[str, int] = {}
        self._rank = 0
        self.entries: list[Entry] = []
        self.head: Flow | None = None
        self.head_notes: list[str] = []
        self.source_note: tuple[str, bool, Element] | None = None
        self.datelines: list[Element] = []
        self.openers: list[Flow] = []
        self.opener_elements: list[Element] = []
        self.paragraphs: list[tuple[str, str]] = []
        self.signature: str | None = None
        self.subjects: list[str] = []
        self.tags: list[str] = []
        self.addresses: list[Address] = []
        self._children(element, None)

    def _children(self, element: Element, parent: str | None) -> None:
        above: str | None = parent
        for child in element.children():
            name = child.name
            if name == "head":
                self._head(child, parent)
            elif name == "note":
                self._note_of_document(child, parent)
            elif name in ("opener", "dateline"):
                self._opener(child, parent)
            elif name == "pb":
                self._break(child, None, None)
            elif name == "list":
                self._list(child, above, parent)
            elif name == "closer":
                self._closer(child, parent)
            elif name in ("attachment", "div") and child.get("type") != "document":
                self._attachment(child, parent)
            elif name == "gap":
                self._gap(child, None, None)
            elif name not in ("file", "pdf", "div"):
                kind = "table" if name == "table" else "paragraph"
                above = self._part(child, kind, "p" if kind == "paragraph" else "table", parent).key

    def _head(self, child: Element, parent: str | None) -> None:
        part = self._part(child, "head", "head", parent)
        if self.head is None and parent is None:
            self.head = part.flow

    def _note_of_document(self, child: Element, parent: str | None) -> None:
        if child.get("rend") == "inline":
            flow = Flow(child)
            if self.source_note is None:
                self.source_note = (flow.text, True, child)
            self._rows_of(child, flow, None)
        else:
            self._note(child, parent, 0)

    def _opener(self, child: Element, parent: str | None) -> None:
        part = self._part(child, "opener", "opener", parent)
        if parent is None:
            self.openers.append(part.flow)
            self.opener_elements.append(child)
            datelines = [child] if child.name == "dateline" else list(child.iter("dateline"))
            self.datelines += datelines

    def _list(self, child: Element, above: str | None, parent: str | None) -> None:
        heading = child.first("head")
        role = list_role((child.get("type") or "").strip(), None if heading is None else Flow(heading).text)
        if parent is None:
            self._head_list(child, role)
        if role not in _WHOLE:
            for item in _labelled(child):
                if item.name == "pb":
                    self._break(item, None, None)
                else:
                    self._part(item, "paragraph", "item", above)
            return
        self._part(child, role, role, parent)

    def _head_list(self, child: Element, role: str | None) -> None:
        if role not in _TOLD:
            return
        items = [text for item in child.children() if item.name == "item" and (text := Flow(item).text)]
        if role == "subject":
            self.subjects += items
        elif role == "tags":
            self.tags += [tag for item in items for tag in re.split(r"[,\s]+", item) if tag]
        elif role:
            self.addresses += [address for item in items for address in read_addresses(role, item)]

    def _closer(self, child: Element, parent: str | None) -> None:
        part = self._part(child, "signature", "signature", parent)
        signed = child.first("signed")
        if self.signature is None and parent is None:
            self.signature = (Flow(_first_line(signed)).text if signed is not None else part.flow.text) or None

    def _attachment(self, child: Element, parent: str | None) -> None:
        kind = "attachment" if child.name == "attachment" else "section"
        key = self._key(child.id or kind)
        self._add_part(child, key, kind, None, parent, None, None)
        self._children(child, key)

    def _part(self, element: Element, kind: str, stem: str, parent: str | None) -> _Part:
        key = self._key(stem)
        flow = Flow(element)
        text = flow.text
        label = _LABEL.match(text) if kind == "paragraph" else None
        self._add_part(element, key, kind, label["label"].rstrip(".") if label else None, parent, None, text or None)
        if kind == "paragraph" and parent is None:
            self.paragraphs.append((key, text))
        self._rows_of(element, flow, key, kind)
        return _Part(key, flow)

    def _add_part(
        self,
        element: Element,
        key: str,
        kind: str,
        label: str | None,
        parent: str | None,
        anchor: int | None,
        text: str | None,
    ) -> None:
        self._rank += 1
        self.entries.append(
            ("parts", {"record": self._context.record, "part": key, "rank": self._rank, "label": label, "kind": kind, "parent": parent,
                       "anchor": anchor, "page": self._page, "text": text, **self._context.place(element)})
        )  # fmt: skip

    def _rows_of(self, element: Element, flow: Flow, key: str | None, kind: str | None = None) -> None:
        """Rows of what is marked in a text: mentions, links, struck words, page breaks, withheld lines, footnotes."""
        record, text, place = self._context.record, flow.text, self._context.place(element)
        volume = self._context.source.name
        for mention in flow.mentions:
            if mention.kind != "end":
                entity = f"{volume}#{mention.target}" if mention.target else None
                self.entries.append(
                    ("mentions", {"record": record, "part": key, "start": mention.start, "end": mention.end,
                                  "surface": text[mention.start : mention.end], "kind": mention.kind, "entity": entity,
                                  "confidence": 1.0 if entity else None, "by": "editors", **place})
                )  # fmt: skip
        for row in find_references(text, flow.links, volume, listed=kind == "reference"):
            self.entries.append(
                ("references", {"record": record, "part": key, "editors": kind is None, **row, **place})
            )
        for struck in flow.struck:
            self.entries.append(
                ("edits", {"record": record, "part": key, "start": struck.start, "end": struck.end, "kind": "deletion",
                           "text": text[struck.start : struck.end], **place})
            )  # fmt: skip
        for gap in find_lacunae(text) if "[" in text else ():
            self._marking(gap.kind, element, text[gap.start : gap.end], key, gap.start, gap.extent)
        for gap_element, offset in flow.gaps:
            self._gap(gap_element, key, offset)
        for page in flow.breaks:
            self._page = _number(page.number) or self._page
            self._page_row(page.number, page.facsimile, key, page.offset, place)
        for note, anchor in flow.notes:
            self._note(note, key, anchor)

    def _note(self, note: Element, parent: str | None, anchor: int) -> None:
        flow = Flow(note)
        is_source = note.get("type") == "source" or (
            parent == "head" and self.source_note is None and flow.text.startswith("Source:")
        )
        label = "source" if is_source else note.get("n")
        key = self._key(note.id or "fn")
        self._add_part(note, key, "footnote", label, parent, anchor, flow.text or None)
        if is_source and self.source_note is None:
            self.source_note = (flow.text, False, note)
        elif parent == "head":
            self.head_notes.append(flow.text)
        self._rows_of(note, flow, key)

    def _break(self, element: Element, part: str | None, anchor: int | None) -> None:
        self._page = _number(element.get("n")) or self._page
        self._page_row(element.get("n"), element.get("facs"), part, anchor, self._context.place(element))

    def _page_row(
        self, number: str | None, facsimile: str | None, part: str | None, anchor: int | None, place: dict[str, Any]
    ) -> None:
        record = self._context.record
        self.entries.append(
            ("markings", {"record": record, "page": _number(number), "kind": "page number", "text": number or "?", "part": part,
                          "anchor": anchor, **place})
        )  # fmt: skip
        if facsimile:
            self.entries.append(
                ("instantiations", {"record": record, "kind": "facsimile", "locator": facsimile, "pages": 1, **place})
            )

    def _gap(self, gap: Element, part: str | None, anchor: int | None) -> None:
        reason = gap.get("reason") or ""
        self._marking(gap_kind(reason), gap, reason or "gap", part, anchor, _extent(gap))

    def _marking(
        self, kind: str, element: Element, text: str, part: str | None, anchor: int | None, extent: str | None
    ) -> None:
        self.entries.append(
            ("markings", {"record": self._context.record, "page": self._page, "kind": kind, "text": text, "extent": extent,
                          "part": part, "anchor": anchor, **self._context.place(element)})
        )  # fmt: skip

    def _key(self, stem: str) -> str:
        """A key that is unique in the record: ``head``, ``p1``, ``p2``, …, or an id of the file."""
        numbered = stem in ("p", "item", "fn", "table")
        count = self._keys[stem] = self._keys.get(stem, 0) + 1
        if numbered:
            return f"{stem}{count}"
        return stem if count == 1 else f"{stem}~{count}"

    def rows(self) -> Iterator[Entry]:
        """The rows, in the order of the text."""
        return iter(self.entries)


def _first_line(signed: Element) -> Element:
    """The first line of a signature that has several: below the name stand a title and who got copies."""
    breaks = [at for at, item in enumerate(signed.content) if item.__class__ is Element and item.name == "lb"]
    at = next(
        (at for at in breaks if any(not isinstance(item, str) or item.strip() for item in signed.content[:at])), None
    )
    if at is None:
        return signed
    line = Element(signed.namespace, signed.name, signed.attributes, signed.line)
    line.content = signed.content[:at]
    return line


def _labelled(of: Element) -> Iterator[Element]:
    """The children of a list, each ``label`` joined to the item that it labels: ``a.`` and what stands behind it."""
    label: Element | None = None
    for child in of.children():
        if label is not None and child.name != "item":
            yield label
            label = None
        if child.name == "label":
            label = child
        elif label is not None:
            joined = Element(child.namespace, child.name, child.attributes, label.line)
            joined.content = [*label.content, " ", *child.content]
            label = None
            yield joined
        else:
            yield child
    if label is not None:
        yield label


class _Part:
    __slots__ = ("flow", "key")

    def __init__(self, key: str, flow: Flow) -> None:
        self.key = key
        self.flow = flow


def _extent(gap: Element) -> str | None:
    """The extent of a TEI gap, ``2 lines``."""
    extent = gap.get("extent") or " ".join(filter(None, (gap.get("quantity"), gap.get("unit"))))
    return extent or None


def _number(page: str | None) -> int | None:
    """The number of a page; Roman numerals, letters and what no page has are none."""
    return int(page) if page and page.isdecimal() and len(page) <= _LONGEST_NUMBER else None
