"""The signature below the text of a telegram: a name in a line of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cablegraph.sources.telegram import post_of
from cablegraph.sources.transcript.labels import LABELS
from cablegraph.sources.transcript.lines import Kind, Line
from cablegraph.sources.transcript.paragraphs import Paragraph
from cablegraph.sources.transcript.sureness import ALIKE, BROKEN, LOOKALIKE, PLACED, SPACED

_SIGNATURE = re.compile(r"[A-Z][A-Za-z.'’-]*(?: [A-Z][A-Za-z.'’-]*){0,3}")
_NO_SIGNATURE = re.compile(r"(?:END|UNQUOTE|QUOTE|TEXT|MESSAGE|COMMENT|NOTE|STOP)\b", re.IGNORECASE)
_LETTERS = str.maketrans("0158", "OISB")
_NOTE = re.compile(r"NOTE\s*[:.;,]", re.IGNORECASE)
_SPECKS = " .,'’`~^|_;*:"
_LONGEST = 40
#: So many short paragraphs may stand behind a signature: initials and marks that were not recognised.
_BEHIND = 2


@dataclass(frozen=True)
class Signature:
    """A signature: the name, the paragraph that it is, and how it was repaired."""

    name: str
    paragraph: Paragraph
    how: str | None = None
    confidence: float = 1.0


def part_signature(lines: list[Line]) -> None:
    """Put a blank line before a signature that stands right below the last line of the text."""
    texts = [at for at, line in enumerate(lines) if line.kind is Kind.TEXT]
    ends = next((n for n, at in enumerate(texts) if _NOTE.match(lines[at].text)), len(texts))
    if ends < 2:
        return
    above, last = texts[ends - 2], texts[ends - 1]
    whole = re.search(r"[.?!)\"”]$", lines[above].text[-1:]) is not None
    if whole and last == above + 1 and _name(lines[last].text):
        lines.insert(last, Line(lines[last].number, "", Kind.BLANK, lines[last].page))


def take_signature(paragraphs: list[Paragraph]) -> Signature | None:
    """Take the signature out of the paragraphs: the last one that is a name, with only short marks behind it."""
    for back in range(1, min(_BEHIND + 1, len(paragraphs) - 1) + 1):
        paragraph = paragraphs[-back]
        found = _name(paragraph.raw) if paragraph.label is None else None
        if found:
            paragraphs.pop(len(paragraphs) - back)
            name, how, confidence = found
            if len(paragraphs) >= back and paragraphs[-back].label is None and _name(paragraphs[-back].raw):
                how, confidence = "another line above it may be the signature, too", BROKEN
            return Signature(name, paragraph, how, confidence)
        if paragraph.length > _LONGEST // 2 or paragraph.label:
            return None
    return None


def _name(raw: str) -> tuple[str, str | None, float] | None:
    if len(raw) > _LONGEST or (raw.endswith(".") and " " in raw):
        return None
    name, how, confidence = raw.strip(_SPECKS), None, 1.0
    if raw.strip() != name:
        how, confidence = "marks around it left out", SPACED
    if any(mark in "0158" for mark in name) and sum(mark.isalpha() for mark in name) >= 3:
        name, how, confidence = name.translate(_LETTERS), ALIKE, LOOKALIKE
    if len(name) <= 3:
        how, confidence = "so short a name may be an office or initials", PLACED
    signs = (
        name.casefold() not in LABELS
        and _SIGNATURE.fullmatch(name)
        and not _NO_SIGNATURE.match(name)
        and post_of(name) is None
        and len(name) > 2
    )
    return (name, how, confidence) if signs else None
