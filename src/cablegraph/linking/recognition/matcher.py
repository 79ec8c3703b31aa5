"""Many forms looked for at once: where in a text does one of them stand as whole words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

import ahocorasick_rs

Meaning = TypeVar("Meaning")


class Matcher(Generic[Meaning]):
    """Finds forms, spelt as :func:`~cablegraph.linking.recognition.folding.fold` spells, in folded texts."""

    def __init__(self, forms: Mapping[str, Meaning]) -> None:
        self._meanings = list(forms.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(forms)) if forms else None

    def find(self, text: str) -> list[tuple[int, int, Meaning]]:
        """The longest forms that stand as whole words, from left to right, none overlapping another: start, end (in code points), meaning."""
        if self._automaton is None:
            return []
        matches = self._automaton.find_matches_as_indexes(text, overlapping=True)
        if not matches:
            return []
        spaced = text + " "  # what stands before the first character and behind the last one
        found = [
            (start, -end, number)
            for number, start, end in matches
            if not (spaced[start - 1].isalnum() or spaced[end].isalnum())
        ]
        found.sort()
        hits, last, meanings = [], 0, self._meanings
        for start, end, number in found:
            if start >= last:
                last = -end
                hits.append((start, last, meanings[number]))
        return hits
