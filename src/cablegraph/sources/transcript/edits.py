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


_MARKED = re.compile(r"~~(?P<struck>.+?)~~|(?<!\*)\*(?P<inserted>[^*\s](?:[^*]*[^*\s])?)\*(?!\*)")
_SLIP = re.compile(r"\b(?=[A-Za-z]*[A-Z])(?=(?:[A-Za-z]*[a-z]){2})[A-Za-z]{3,}\b")


def clean(raw: str) -> tuple[str, list[Edit]]:
    """Take the marks out of a paragraph; returns the typed text and the edits in it."""
    text = ""
    edits: list[Edit] = []
    place = 0
    for match in _MARKED.finditer(raw):
        text = _join(text, raw[place : match.start()])
        if match["struck"]:
            words = " ".join(match["struck"].split())
            if text and not text.endswith(" ") and raw[match.start() - 1].isspace():
                text += " "
            edits.append(Edit(len(text), len(text) + len(words), "deletion", words))
            text += words
        else:
            edits.append(Edit(len(text), len(text), "insertion", match["inserted"]))
        place = match.end()
    text = _join(text, raw[place:])
    stripped = text.rstrip()
    edits = [Edit(min(e.start, len(stripped)), min(e.end, len(stripped)), e.kind, e.text) for e in edits]
    return stripped, edits


def _join(text: str, more: str) -> str:
    """Append running text, spaces folded, none doubled where an insertion was taken out."""
    folded = re.sub(r"\s+", " ", more)
    if not text or text.endswith(" "):
        folded = folded.lstrip()
    return text + folded


def slips(text: str) -> list[Edit]:
    """Find words of mixed case in a text typed in capitals: ``REcede`` is read as ``RECEDE``."""
    letters = [mark for mark in text if mark.isalpha()]
    if not letters or sum(mark.isupper() for mark in letters) < 0.9 * len(letters):
        return []
    return [Edit(m.start(), m.end(), "correction", m.group().upper()) for m in _SLIP.finditer(text)]
