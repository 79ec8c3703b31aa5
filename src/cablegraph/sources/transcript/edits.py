"""Struck and inserted words, slips of the typist or of the OCR: the printed text stays, edits lie beside it.

A transcript marks struck words ``~~so~~`` and words written in by hand ``*so*``. The text of a part is what was typed:
struck words stand in it, inserted ones do not. An edit's ``start`` and ``end`` are offsets into that text; for an
insertion they are equal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Edit:
    """A deletion, insertion or correction in the text of a part."""

    start: int
    end: int
    kind: str
    text: str


_MARKED = re.compile(r"~~(?P<struck>[^~]+(?:~[^~]+)*)~~|(?<!\*)\*(?P<inserted>[^*\s](?:[^*]*[^*\s])?)\*(?!\*)")
_WORD = re.compile(r"\b[A-Za-z]{3,30}\b")


def clean(raw: str) -> tuple[str, list[Edit]]:
    """Take the marks out of a paragraph; returns the typed text and the edits in it."""
    typed = _Typed()
    edits: list[Edit] = []
    place = 0
    for match in _MARKED.finditer(raw):
        typed.run(raw[place : match.start()])
        place = match.end()
        if match["inserted"]:
            edits.append(Edit(typed.length, typed.length, "insertion", match["inserted"]))
        elif words := " ".join(match["struck"].split()):
            start = typed.length
            typed.add(words)
            edits.append(Edit(start, typed.length, "deletion", words))
    typed.run(raw[place:])
    text = typed.text.rstrip()
    return text, [Edit(min(e.start, len(text)), min(e.end, len(text)), e.kind, e.text) for e in edits]


class _Typed:
    """Running text, spaces folded, none doubled where an insertion was taken out."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.length = 0
        self._spaced = True

    def run(self, text: str) -> None:
        folded = re.sub(r"\s+", " ", text)
        self.add(folded.lstrip(" ") if self._spaced else folded)

    def add(self, text: str) -> None:
        if text:
            self._pieces.append(text)
            self.length += len(text)
            self._spaced = text.endswith(" ")

    @property
    def text(self) -> str:
        return "".join(self._pieces)


def slips(text: str) -> list[Edit]:
    """Find words of mixed case in a text typed in capitals: ``REcede`` is read as ``RECEDE``."""
    letters = [mark for mark in text if mark.isalpha()]
    if not letters or sum(mark.isupper() for mark in letters) < 0.9 * len(letters):
        return []
    return [
        Edit(match.start(), match.end(), "correction", match.group().upper())
        for match in _WORD.finditer(text)
        if sum(mark.islower() for mark in match.group()) >= 2 and any(mark.isupper() for mark in match.group())
    ]


def revised(raw: str) -> str:
    """The text as the hand that made the edits wanted it: struck words out, inserted words in."""
    return " ".join(_MARKED.sub(lambda match: match["inserted"] or " ", raw).split())
