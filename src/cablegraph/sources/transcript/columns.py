"""Columns of a form that a scan ran together into one line: ``Control: 6946   FROM: NEW YORK``.

A line is parted only where what stands on both sides is known: a label of the form, a classification, a precedence,
a caption, a title. Text of the telegram is never parted.
"""

from __future__ import annotations

import re
from functools import cache

from cablegraph.sources.transcript.repairs import label
from cablegraph.vocabularies import normalise, vocabulary

#: Labels of a form, in the order in which they are tried, with the name of the field.
LABELS = {
    "control": "control", "rec'd": "received", "rec’d": "received", "recd": "received", "received": "received",
    "sent to": "to", "from": "from", "to": "to", "number": "number", "no": "number",
    "reference": "reference", "ref": "reference", "subject": "subject", "subj": "subject",
    "rptd info": "repeated", "rptd to": "repeated", "repeated info": "repeated", "repeated to": "repeated",
    "repeated": "repeated", "rptd": "repeated", "info": "info", "action": "action", "origin": "origin",
    "tags": "tags", "drafted by": "drafted", "cleared by": "cleared", "clearances": "cleared",
    "approved by": "approved",
}  # fmt: skip
_ANY = "|".join(label(name) for name in sorted(LABELS, key=len, reverse=True))
LABELLED = re.compile(rf"(?P<label>{_ANY})\s*[:;]\s*(?P<value>.*)", re.IGNORECASE | re.DOTALL)
#: ``NO. 1862`` has a full stop where others have a colon.
NUMBERED = re.compile(rf"(?P<label>{label('no')})\.\s*(?P<value>[\dOIl]{{2,6}}\b.*)", re.IGNORECASE)
TITLE = re.compile(r"(?P<direction>INCOMING|OUTGOING)\s+(?P<kind>TELEGRAM|AIRGRAM|MESSAGE)", re.IGNORECASE)
DEPARTMENT = re.compile(r"Department\s+of\s+State", re.IGNORECASE)
_START = re.compile(rf"(?<!\S)(?:{_ANY})\s*:", re.IGNORECASE)
#: Labels that one space is enough to part from another field.
_STRICT = re.compile(rf"(?<!\S)(?:{'|'.join(label(w) for w in ('control', 'from', 'to', 'no'))})\s*:", re.IGNORECASE)
#: Labels whose value ends at a wide gap, whatever stands behind it.
_ENDS = re.compile(rf"(?:{'|'.join(label(w) for w in ('control', 'from', 'to'))})\s*:", re.IGNORECASE)
_STRAY = re.compile(r"(?:ACTION|INFO)(?:\s+[A-Z/]{1,4})?|[A-Z]{1,2}|[A-Z]{0,3}[ -]?\d[\d/.-]*", re.IGNORECASE)
_COPY = re.compile(r"(?:ACTION|PERMANENT RECORD|INFORMATION|RECORD|FILE)\s+COPY\b", re.IGNORECASE)
_SECTION = re.compile(r"SECTION\s+\w+\s+OF\s+\w+", re.IGNORECASE)
_SCHEMES = ("classification", "precedence", "captions")
_FIRST_WORDS = frozenset(
    ["incoming", "outgoing", "department", "action", "permanent", "information", "record", "file", "section"]
)
_GAP = re.compile(r"\s\s|\t")
#: A line longer than this is text.
_LONG = 160


def columns(text: str) -> list[str]:
    """Part a line into the columns that ran together in it; most lines are one column."""
    if not text or len(text) > _LONG or not (":" in text or _GAP.search(text) or _opens_with_mark(text)):
        return [text]
    cells: list[str] = []
    for cell in (part for piece in _at_labels(text) for part in _at_gaps(piece)):
        units = _units(cell)
        cells += units if len(units) > 1 and not cell.endswith(".") else [cell]
    return cells


def _at_labels(text: str) -> list[str]:
    cuts = [0]
    for match in _START.finditer(text):
        before = text[cuts[-1] : match.start()]
        if not before.strip():
            continue
        wide = re.search(r"[^.?!\s](?:\s{2,}|\t)$", before) is not None
        strict = _STRICT.match(text, match.start()) is not None
        if wide or (strict and (LABELLED.match(before) or _known(before.strip()))):
            cuts.append(match.start())
    return [text[start:end].strip() for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _at_gaps(text: str) -> list[str]:
    """Part a field, or a mark of the form, from what stands behind a wide gap."""
    pieces = re.split(r"(?:(?<=[^\s.?!,;:])\s{2,}|\t)(?=\S)", text)
    if len(pieces) == 1 or ("\t" in text and not LABELLED.match(text)):
        return [text]  # tabs part the boxes of a form
    if all(_known(piece.strip()) for piece in pieces[1:]) and (LABELLED.match(text) or _known(pieces[0])):
        return [piece.strip() for piece in pieces]
    if match := _ENDS.match(text):
        first = text[match.end() :].lstrip()
        short = re.split(r"\s{2,}|\t", first, maxsplit=1)
        return [text[: len(text) - len(first)] + short[0], *(piece.strip() for piece in short[1:])]
    return [text]


def _known(text: str) -> bool:
    return bool(_units(text)) or _unit(text) == len(text) or _STRAY.fullmatch(text) is not None


def _units(text: str) -> list[str]:
    """Part ``TOP SECRET PRIORITY EYES ONLY FOR SECRETARY`` into its marks; empty where a word is none."""
    units: list[str] = []
    place = 0
    while place < len(text):
        end = _unit(text[place:])
        if not end:
            return []
        units.append(text[place : place + end].strip())
        place += end
        place += len(text[place:]) - len(text[place:].lstrip(" \t,;/."))
    return units


def _unit(text: str) -> int:
    """How long the mark of a form is that opens the text; 0 where none does."""
    for pattern in (TITLE, DEPARTMENT, _COPY, _SECTION):
        if match := pattern.match(text):
            return match.end()
    best = 0
    for scheme in _SCHEMES:
        if found := vocabulary(scheme).leading(text):
            end = found[1]
            if scheme == "captions" and re.match(r"\s*FOR\b|.*\bFOR$", text[end:] or text[:end], re.IGNORECASE):
                end = len(text)
            best = max(best, end)
    return best


def _opens_with_mark(text: str) -> bool:
    return normalise(text).partition(" ")[0] in _first_words()


@cache
def _first_words() -> frozenset[str]:
    """The first words of everything that may run together with something else."""
    labels = (form for name in _SCHEMES for concept in vocabulary(name) for form in concept.labels)
    return frozenset(normalise(form).partition(" ")[0] for form in labels) | _FIRST_WORDS
