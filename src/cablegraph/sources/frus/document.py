"""One document of a volume: rows of the register from a ``div[@type="document"]``."""

from __future__ import annotations

from collections.abc import Iterator

from cablegraph.register import Entry
from cablegraph.sources.frus.context import Context
from cablegraph.sources.frus.microfiche import is_microfiche, read_microfiche
from cablegraph.sources.frus.printed import read_printed
from cablegraph.sources.xml_tree import Element


def read_document(context: Context, element: Element) -> Iterator[Entry]:
    """Read one document into rows of ``records`` and everything that belongs to it."""
    yield from (read_microfiche if is_microfiche(element) else read_printed)(context, element)
