"""What is recognised in: documents with their texts, and what is known of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from cablegraph.linking.recognition.folding import fold
from cablegraph.relations import Connection


@dataclass(frozen=True, slots=True)
class Text:
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
_QUERY = """
SELECT p.record, p.part, p.kind, p.text, p.source_file, p.source_line, r.sent, concat_ws(' ', r.from_text, r.place_text) AS sender
FROM parts p JOIN records r USING (record) WHERE r.source IN (SELECT unnest($sources)) AND p.text IS NOT NULL
ORDER BY p.record, p.rank, p.part
"""
_WORD = re.compile(r"[^\W\d_]+")
#: Words of a sender's name that say nothing of him.
_PLAIN = frozenset(["department", "in", "of", "state", "the", "to"])


def documents(db: Connection, sources: Sequence[str]) -> Iterator[list[Document]]:
    """The documents of sources with their texts, in batches that bound the memory, in the order of their keys."""
    rows = db.cursor().execute(_QUERY, {"sources": list(sources)})
    batch: list[Document] = []
    size = 0
    for _, group in groupby(_stream(rows), key=itemgetter(0)):
        texts = list(group)
        words = (word.casefold() for word in _WORD.findall(texts[0][7]))
        batch.append(
            Document(
                texts[0][0],
                texts[0][6],
                frozenset(words) - _PLAIN,
                tuple(Text(*row[1:4], fold(row[3]), *row[4:6]) for row in texts),
            )
        )
        size += sum(len(row[3]) for row in texts)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _stream(rows: Connection) -> Iterator[tuple[str, str, str, str, str | None, int | None, str | None, str]]:
    while block := rows.fetchmany(2000):
        yield from block
