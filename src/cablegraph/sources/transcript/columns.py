"""Columns of a form that a scan ran together into one line: ``Control: 6946   FROM: NEW YORK``.

A line is parted only where what stands on both sides is known: a label of the form, a classification, a precedence,
a caption, a title. Text of the telegram is never parted.
"""

from __future__ import annotations

import re
from functools import cache

from cablegraph.sources.dates import find_date
from cablegraph.sources.transcript.fitting import fit
from cablegraph.sources.transcript.groups import read_group
from cablegraph.sources.transcript.labels import ANY, LABELLED, labelled
from cablegraph.sources.transcript.likeness import phrases
from cablegraph.sources.transcript.numbers import addressee
from cablegraph.sources.transcript.page_heads import read_page_head
from cablegraph.sources.transcript.repairs import label
from cablegraph.vocabularies import normalise, vocabulary

TITLE = re.compile(r"(?P<direction>INCOMING|OUTGOING)\s+(?P<kind>TELEGRAM|AIRGRAM|MESSAGE)", re.IGNORECASE)
DEPARTMENT = re.compile(r"Department\s+of\s+State", re.IGNORECASE)
_START = re.compile(rf"(?<!\S)(?:{ANY})\s{{0,9}}:", re.IGNORECASE)
#: Labels that one space is enough to part from another field.
_STRICT = re.compile(
    rf"(?<!\S)(?:{'|'.join(label(w) for w in ('control', 'from', 'to', 'no'))})\s{{0,9}}:", re.IGNORECASE
)
#: Labels whose value ends at a wide gap, whatever stands behind it.
_GAPLESS = re.compile(rf"(?:{'|'.join(label(w) for w in ('control', 'from', 'to'))})\s{{0,9}}:", re.IGNORECASE)
#: Fields whose value can be graded: it ends where nothing more of it is found.
_GRADED = ("from", "to", "repeated", "number", "control", "received", "action", "info", "origin")
_STRAY = re.compile(r"(?:ACTION|INFO)(?:\s+[A-Z/]{1,4})?|[A-Z]{1,2}|[A-Z]{0,3}[ -]?\d[\d/.-]*", re.IGNORECASE)
#: What begins a line of a cable head.
_OF_CABLES = re.compile(
    r"(?:FM|TO|INFO|ACTION|ORIGIN|DRAFTED BY|CLEARED BY|APPROVED BY)\s+[A-Z]|E\.?O\.?\s?\d{5}|(?:[A-Z] ){4,}|-{6,}|PAGE \d\d "
)
_COPY = re.compile(r"(?:ACTION|PERMANENT RECORD|INFORMATION|RECORD|FILE)\s+COPY\b", re.IGNORECASE)
_SECTION = re.compile(r"SECTION\s+\w+\s+OF\s+\w+", re.IGNORECASE)
_SCHEMES = ("classification", "precedence", "captions")
_FIRST_WORDS = frozenset(
    ["incoming", "outgoing", "department", "action", "permanent", "information", "record", "file", "section"]
)
#: Wide gaps between single letters: ``C O N F I   D E N T I A L``.
_SPACED = re.compile(r"(?<![A-Za-z])([A-Z])(?:\s{2,9}|\t)(?=[A-Z](?![A-Za-z]))")
_GAP = re.compile(r"\s\s|\t")
_GAPS = re.compile(r"(?:(?<=[^\s.?!;:])[ ]{2,}|\t)(?=\S)")
_WIDE = re.compile(r"(?<=[^\s.?!;:])[ ]{4,}(?=\S)")
_END_LINE = re.compile(r"(?:FM|TO|INFO) (?P<who>[A-Z].{2,80})")
#: A line that is a date and a time, whatever gaps it has.
_DATE_LINE = re.compile(
    r"[A-Z]{3,9}\.? [0-9OIl]{1,2},?(?: [0-9OIl]{4},?)?(?: [0-9OIl]{1,2}(?:[:.][0-9OIl]{2})? ?[AP]\.?M\.?)?",
    re.IGNORECASE,
)
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
        if wide or (strict and (LABELLED.match(before) or known(before.strip()))):
            cuts.append(match.start())
    return [text[start:end].strip() for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _at_gaps(text: str) -> list[str]:
    """Part a field, or a mark of the form, from what stands behind a wide gap."""
    text = _SPACED.sub(r"\1 ", text)
    found = labelled(text)
    pieces = [piece.strip() for piece in _GAPS.split(text)]
    whole = " ".join(text.split())
    if len(pieces) == 1 or (not found and _is_one(whole)):
        return [text]
    if found:
        return _whole_value(found[0], text, pieces)
    if phrases().nearest(pieces[0], near=False):
        return pieces
    if "\t" in text:
        return pieces if all(known(piece) for piece in pieces) else [text]  # tabs part the boxes of a form, too
    if all(known(piece) for piece in pieces):
        return pieces
    wide = [piece.strip() for piece in _WIDE.split(text)]
    return wide if any(known(piece) or labelled(piece) for piece in wide) else [text]


def _is_one(text: str) -> bool:
    """Tell whether a line is one thing, whatever gaps it has: a date, a date-time group, a page head, an addressee, a phrase."""
    end = _END_LINE.fullmatch(text)
    if _DATE_LINE.fullmatch(text) or read_group(text) or read_page_head(text) or phrases().nearest(text, near=False):
        return True
    return end is not None and addressee(end["who"]).post is not None


def _whole_value(name: str, text: str, pieces: list[str]) -> list[str]:
    """A field whose value may go on behind a gap: as long as more of what the label asks for stands there."""
    value, taken = labelled(pieces[0]), 1
    best = fit(name, value[1] if value else "")
    for count in range(2, len(pieces) + 1):
        longer = labelled(" ".join(pieces[:count]))
        grade = fit(name, longer[1] if longer else "")
        if grade > best or (grade == best > 1 and name in ("from", "to") and not known(pieces[count - 1])):
            best, taken = grade, count
    if not best and not _GAPLESS.match(text):
        return [text] if not all(known(piece) for piece in pieces[1:]) else pieces
    if name not in _GRADED:
        while taken < len(pieces) and not known(pieces[taken]):
            taken += 1
    return [" ".join(pieces[:taken]), *pieces[taken:]]


def known(text: str) -> bool:
    """Tell whether a piece by itself is a line of a head: a mark, a field, a line of a cable head, a date, a post."""
    if not text:
        return False
    if (
        phrases().nearest(text, near=False)
        or _units(text)
        or _unit(text) == len(text)
        or _STRAY.fullmatch(text)
        or _OF_CABLES.match(text)
    ):
        return True
    date = find_date(text)
    return (
        (date is not None and date.start == 0)
        or labelled(text) is not None
        or read_group(text) is not None
        or (len(text) < 50 and " " in text and addressee(text).post is not None)
    )


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
            if scheme == "captions" and re.search(r"\bFOR$", text[: end + 4].rstrip(), re.IGNORECASE):
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
