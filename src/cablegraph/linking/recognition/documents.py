"""What is recognised in: documents with their texts, and what is known of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from cablegraph.linking.recognition.folding import fold
from cablegraph.relations import Connection


class Text(NamedTuple):
    """A text of a document: the key of its part, the kind of the part, the text as it is and folded, and where it stands."""

    part: str
    kind: str
    text: str
    folded: str
    file: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document: the key of its record, its day (EDTF, as far as known), words of its sender's name, and its texts."""

    record: str
    day: str | None
    sender: frozenset[str]
    texts: tuple[Text, ...]

    @property
    def year(self) -> int | None:
        """The year, where one is known."""
        return int(self.day[:4]) if self.day and self.day[:4].isdecimal() else None


#: So much text is held at a time, in characters.
_BATCH = 4_000_000
#: A record is called after its source; the range spares the rows of others, which the join would have to read first.
_QUERY = """
SELECT p.record, r.sent, concat_ws(' ', r.from_text, r.place_text) AS sender, p.part, p.kind, p.text, p.source_file, p.source_line
FROM parts p JOIN records r USING (record)
WHERE r.source IN (SELECT unnest($sources)) AND p.record BETWEEN $first AND $last AND p.text IS NOT NULL
ORDER BY p.record, p.rank, p.part
"""
_WORD = re.compile(r"[^\W\d_]+")
#: Words of a sender's name that say nothing of him.
_PLAIN = frozenset(["department", "in", "of", "state", "the", "to"])


def documents(db: Connection, sources: Sequence[str]) -> Iterator[list[Document]]:
    """The documents of sources with their texts, in batches that bound the memory, in the order of their keys."""
    span = {
        "first": min(f"{one}/" for one in sources),
        "last": max(f"{one}0" for one in sources),
    }  # "0" comes after "/"
    rows = db.cursor().execute(_QUERY, {"sources": list(sources), **span})
    batch: list[Document] = []
    size = 0
    for (record, day, sender), group in groupby(_stream(rows), key=itemgetter(0, 1, 2)):
        texts = tuple(Text(part, kind, text, fold(text), file, line) for *_, part, kind, text, file, line in group)
        words = (word.casefold() for word in _WORD.findall(sender))
        batch.append(Document(record, day, frozenset(words) - _PLAIN, texts))
        size += sum(len(text.text) for text in texts)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _stream(rows: Connection) -> Iterator[tuple[str, str | None, str, str, str, str, str | None, int | None]]:
    while block := rows.fetchmany(2000):
        yield from block
