"""Many forms looked for at once: where in a text does one of them stand as whole words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import ahocorasick_rs

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class Hit(Generic[Meaning]):
    """A form in a text, at offsets in code points, with what it may mean."""

    start: int
    end: int
    meaning: Meaning


class Matcher(Generic[Meaning]):
    """Finds forms, spelt as :func:`~cablegraph.linking.recognition.folding.fold` spells, in folded texts."""

    def __init__(self, forms: Mapping[str, Meaning]) -> None:
        self._meanings = list(forms.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(forms)) if forms else None

    def find(self, text: str) -> list[Hit[Meaning]]:
        """The longest forms that stand as whole words, from left to right; none overlaps another."""
        if self._automaton is None:
            return []
        matches = self._automaton.find_matches_as_indexes(text, overlapping=True)
        if not matches:
            return []
        length, found = len(text), []
        for number, start, end in matches:
            if (start == 0 or not text[start - 1].isalnum()) and (end == length or not text[end].isalnum()):
                found.append((start, -end, number))
        found.sort()
        hits, last = [], 0
        for start, end, number in found:
            if start >= last:
                last = -end
                hits.append(Hit(start, last, self._meanings[number]))
        return hits
