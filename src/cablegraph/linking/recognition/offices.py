"""Offices named instead of persons: "the Secretary" in a telegram of a day means whoever held the office on that day."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from cablegraph.linking.recognition.folding import fold
from cablegraph.relations import Connection
from cablegraph.vocabularies import Concept, vocabulary

#: In mixed case one word is an office only behind an article: "the Secretary", not "Secretary Rusk" or "Party Secretary".
_ARTICLE = re.compile(r"\b[Tt]he $")
#: The words go on: "President of the Council", "Secretary Rusk".
_GOES_ON = re.compile(r" (?:of|for|[A-Z])|['’]s? [A-Z]|-[A-Za-z]")
_GOES_ON_IN_CAPITALS = re.compile(r" (?:OF|FOR) |-[A-Z]")


class Offices:
    """Who held which office when."""

    def __init__(self, db: Connection) -> None:
        self._terms: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        self._holders: dict[tuple[str, str], str | None] = {}
        query = """SELECT a.position, a.start, coalesce(a."end", '9999'), a.person FROM appointments a JOIN persons p ON p.key = a.person
            WHERE a.start IS NOT NULL ORDER BY ALL"""
        for position, start, end, person in db.execute(query).fetchall():
            self._terms[position].append((start, end, person))

    def holder(self, position: str, day: str | None) -> str | None:
        """Who held an office on a day (EDTF), or acted in it; nobody where several did or the day is not known."""
        if day is None or len(day) < len("1962-11-19"):
            return None
        day = day[: len("1962-11-19")]
        if (position, day) not in self._holders:
            self._holders[position, day] = self._held(position, day)
        return self._holders[position, day]

    def _held(self, position: str, day: str) -> str | None:
        for key in (position, f"acting-{position}"):
            held = {
                person
                for start, end, person in self._terms.get(key, ())
                if start <= day[: len(start)] and day[: len(end)] <= end
            }
            if len(held) == 1:
                return next(iter(held))
        return None


def offices() -> Iterator[tuple[str, Concept]]:
    """The offices that one person holds at a time, by their names: those at a post of the vocabulary."""
    for concept in vocabulary("positions"):
        if concept.post is not None:
            for label in concept.labels:
                yield fold(label).removeprefix("The "), concept


def stands_for_itself(text: str, start: int, end: int) -> bool:
    """Whether the name of an office in a folded text means its holder, and is no title and no piece of a longer name."""
    words = text[start:end]
    if words.isupper():
        return not _GOES_ON_IN_CAPITALS.match(text, end)
    if " " in words or "-" in words:
        return True
    return bool(_ARTICLE.search(text, max(0, start - 4), start)) and not _GOES_ON.match(text, end)
