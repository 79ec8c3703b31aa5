"""Counts of a volume by plain lxml and XPath, independent of the reader; definitions as in the description of the sources.

Documents are ``div[@type="document"]``, nested ones too. Footnotes are every ``note`` in a document that is not inline.
Mention links are distinct pairs of document and id in ``persName/@corresp``. Cross references are ``ref`` to ``#dN`` or
``#dNfnM``. A telegram says so at the beginning of its head or at the end of its inline note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

_TEI = {"t": "http://www.tei-c.org/ns/1.0"}
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_HEAD = re.compile(r"\s*(?:No\.\s*)?\d*[A-Z]?\.?\s*(?:Circular )?Telegram\b", re.IGNORECASE)
_NOTE = re.compile(r"(?:circular )?telegrams?\s*$", re.IGNORECASE)
_CROSS = re.compile(r"#d\d+[A-Za-z]?(?:fn\d+)?$")


@dataclass(frozen=True)
class Counts:
    """What is counted in one volume."""

    documents: int
    telegrams: int
    footnotes: int
    mention_links: int
    cross_references: int


def count_volume(path: Path) -> Counts:
    """Count one volume."""
    tree = etree.parse(str(path), etree.XMLParser(collect_ids=False, huge_tree=True))
    documents = tree.xpath("//t:div[@type='document']", namespaces=_TEI)
    mentions, cross, footnotes, telegrams = set(), 0, 0, 0
    for number, document in enumerate(documents):
        footnotes += len(document.xpath(".//t:note[not(@rend='inline')]", namespaces=_TEI))
        for person in document.xpath(".//t:persName[@corresp]", namespaces=_TEI):
            mentions.add((number, person.get("corresp").lstrip("#")))
        cross += sum(
            _CROSS.match(ref.get("target")) is not None for ref in document.xpath(".//t:ref[@target]", namespaces=_TEI)
        )
        telegrams += is_telegram(document)
    return Counts(len(documents), telegrams, footnotes, len(mentions), cross)


def is_telegram(document: etree._Element) -> bool:
    """Tell from head and inline note alone whether a document is a telegram."""
    heads = document.xpath("t:head", namespaces=_TEI)
    head = "".join(text for h in heads[:1] for text in h.xpath(".//text()[not(ancestor::t:note)]", namespaces=_TEI))
    inline = "".join(document.xpath("t:note[@rend='inline'][1]//text()", namespaces=_TEI))
    return _HEAD.match(head) is not None or _NOTE.search(inline.replace("TeI", "Tel")) is not None
