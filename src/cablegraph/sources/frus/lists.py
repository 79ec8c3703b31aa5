"""The volume's own lists: persons and terms, to which the documents point."""

from __future__ import annotations

from collections.abc import Iterator

from cablegraph.register import Entry
from cablegraph.sources.frus.flow import Flow
from cablegraph.sources.source import Source
from cablegraph.sources.xml_tree import Element


def read_list_entries(source: Source, division: Element) -> Iterator[Entry]:
    """Read the entries of a division of the front matter: rows of ``persons`` and ``terms``.

    The key is ``<volume>#<id>``, the form in which mentions name the entry. What the list says of a person (offices,
    dates) stands in ``source``, after the name of the list.
    """
    for element, item in _named(division, None):
        identifier = element.id
        if not identifier:
            continue
        label = Flow(element).text.strip(" ,;:")
        said = Flow(item).text.removeprefix(label).strip(" ,;:") if item is not None else ""
        place = {"source_file": source.file, "source_line": element.line}
        table = "persons" if element.name == "persName" else "terms"
        yield table, {
            "key": f"{source.name}#{identifier}", "label": label or identifier,
            "variants": [said] if table == "terms" and said else [],
            "source": f"{source.name}, list of {table}" + (f": {said}" if said and table == "persons" else ""), **place,
        }  # fmt: skip


def _named(element: Element, item: Element | None) -> Iterator[tuple[Element, Element | None]]:
    """The names and terms below an element, each with the item of the list that it stands in."""
    for child in element.children():
        if child.name in ("persName", "term"):
            yield child, item
        yield from _named(child, child if child.name == "item" else item)
