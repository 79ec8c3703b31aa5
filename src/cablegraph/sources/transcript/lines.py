"""The lines of a transcript, and what each line is: text of the telegram, or the furniture of a page.

Furniture is what the form, the clerks and the archive put around the text: page heads, classification lines, stamps,
declassification marks, the boxes of the form. It never becomes text of the telegram, and it is never lost: it ends
up in ``markings``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from cablegraph.errors import InputError
from cablegraph.sources.source import Source
from cablegraph.sources.text import decode
from cablegraph.sources.transcript.columns import columns
from cablegraph.vocabularies import vocabulary


class Kind(Enum):
    """What a line is."""

    BLANK = auto()
    TEXT = auto()
    PAGE_HEAD = auto()
    CLASSIFICATION = auto()
    DECLASSIFICATION = auto()
    MICROFILM = auto()
    FORM = auto()
    COPY = auto()
    CODE = auto()
    OPERATOR = auto()


@dataclass
class Line:
    """A line of the transcript: its 1-based number, its text without mark-up of the whole line, its page.

    Where columns of the form ran together into one line, each column is a line of its own with the same number;
    ``typed`` is the whole line, in the first of them only.
    """

    number: int
    text: str
    kind: Kind = Kind.TEXT
    page: int = 1
    typed: str | None = None


_BOLD = re.compile(r"\*\*(?=[^*]*[^*\s])([^*]+)\*\*")
_MONTHS = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
PAGE_HEAD = re.compile(
    r"[-–—]\s*(?P<page>[\dOIl]{1,3})\s*[-–—](?:\s*,?\s*(?P<rest>\S.*))?"
    rf"|[-–—]?\s*(?P<page_>\d{{1,2}})\s*[-–—]?\s+(?P<rest_>[\dOIl]+,\s+(?:{_MONTHS}).*\b(?:FROM|TO)\b.*)",
    re.IGNORECASE,
)
_DECLASSIFIED = re.compile(r"[\"“'”]?\s*declassified\b", re.IGNORECASE)
_COPY = re.compile(r"(?:[A-Z]+ )*COPY\b", re.IGNORECASE)
_FORM_NUMBER = re.compile(r"(?:GPO|FORM|DS|OF)[ -]\S*\d\S*", re.IGNORECASE)
_CODE = re.compile(r"[A-Z'’]{0,5}(?:[ -][A-Z]{1,3})?[ -]?\d[\dA-Z]*(?:[-/.]\d+)*")
_OPERATOR = re.compile(r"[A-Z]{2,4}/\d{1,3}|BT|NNNN|#\d+")
_ISO_STAMP = re.compile(r"(?:1[89]|20)\d\d[/-]\d\d[/-]\d\d")


def read_lines(source: Source) -> list[Line]:
    """Read the lines of a transcript and tell what each one is, in the order of the file, all on page 1.

    Raises:
        InputError: the file is empty or no text.
    """
    with source.open() as stream:
        data = stream.read()
    if not data.strip():
        raise InputError("is empty", file=source.file, line=1)
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        place = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise InputError("is no text: it holds NUL bytes", file=source.file, line=place)
    lines: list[Line] = []
    wholes = [_BOLD.sub(r"\1", typed).strip() for typed in re.split(r"\r\n|\n|\r", decode(data))]
    boxed = _boxed(wholes)
    for number, whole in enumerate(wholes, 1):
        cells = [whole] if number in boxed else columns(whole)
        lines += [Line(number, cell, typed=None if at else whole) for at, cell in enumerate(cells)]
    if not any(line.text for line in lines):
        raise InputError("is empty", file=source.file, line=1)
    going_on = 0
    for line in lines:
        line.kind, going_on = _kind(line.text, going_on)
    return lines


def _boxed(lines: list[str]) -> set[int]:
    """Numbers of lines that are rows of a box of the form: a run of tabbed lines of which one is no pair of columns."""
    boxed: set[int] = set()
    run: list[int] = []
    for number, line in enumerate([*lines, ""], 1):
        if "\t" in line:
            run.append(number)
            continue
        if len(run) > 1 and any(len(columns(lines[row - 1])) == 1 for row in run):
            boxed.update(run)
        run = []
    return boxed


def _kind(text: str, going_on: int) -> tuple[Kind, int]:
    """Tell what a line is; the second value counts the lines for which a quoted declassification mark may go on."""
    if going_on and text:
        return Kind.DECLASSIFICATION, 0 if _closes(text) else going_on - 1
    if not text:
        return Kind.BLANK, 0
    if _DECLASSIFIED.match(text):
        return Kind.DECLASSIFICATION, 0 if text[0] not in "\"“'" or _closes(text) else 2
    if PAGE_HEAD.fullmatch(text):
        return Kind.PAGE_HEAD, 0
    if is_classification(text):
        return Kind.CLASSIFICATION, 0
    if "\t" in text or text.count("|") > 1 or _FORM_NUMBER.fullmatch(text):
        return Kind.FORM, 0
    if text.upper().startswith("MICROFILMED"):
        return Kind.MICROFILM, 0
    if len(text) <= 60 and _COPY.fullmatch(text):
        return Kind.COPY, 0
    if _OPERATOR.fullmatch(text):
        return Kind.OPERATOR, 0
    if len(text) <= 20 and (_CODE.fullmatch(text) or _ISO_STAMP.fullmatch(text)):
        return Kind.CODE, 0
    return Kind.TEXT, 0


def _closes(text: str) -> bool:
    return text.rstrip().endswith(('"', "”", "'"))


def is_classification(text: str) -> bool:
    """Tell whether a whole line is a classification, perhaps with the X that a clerk typed before it."""
    return len(text) <= 60 and vocabulary("classification").find(_unspaced(text)) is not None


def level_of(text: str) -> str:
    """The classification in a line as printed, without the clerk's X and the spaces between its letters."""
    return _unspaced(text)


def _unspaced(text: str) -> str:
    text = re.sub(r"^[xX]\s+", "", text)
    return text.replace(" ", "") if re.fullmatch(r"[A-Z](?: [A-Z])+", text) else text
