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
    """A line of the transcript: its 1-based number, its text without mark-up of the whole line, its page."""

    number: int
    text: str
    kind: Kind = Kind.TEXT
    page: int = 1


_BOLD = re.compile(r"\*\*(.+?)\*\*")
_PAGE_HEAD = re.compile(r"[-–—]\s*(?P<page>\d{1,3})\s*[-–—](?:\s*,?\s*(?P<rest>\S.*))?")
_DECLASSIFIED = re.compile(r"[\"“'”]?\s*declassified\b", re.IGNORECASE)
_COPY = re.compile(r"(?:[A-Z]+ )*COPY\b", re.IGNORECASE)
_FORM_NUMBER = re.compile(r"(?:GPO|FORM|DS|OF)[ -]\S*\d\S*", re.IGNORECASE)
_CODE = re.compile(r"[A-Z'’]{0,5}(?:[ -][A-Z]{1,3})?[ -]?\d[\dA-Z]*(?:[-/.]\d+)*")
_OPERATOR = re.compile(r"[A-Z]{2,4}/\d{1,3}")
_ISO_STAMP = re.compile(r"(?:1[89]|20)\d\d[/-]\d\d[/-]\d\d")


def read_lines(source: Source) -> list[Line]:
    """Read the lines of a transcript and tell what each one is.

    Raises:
        InputError: the file is empty or no text.
    """
    with source.open() as stream:
        data = stream.read()
    if not data.strip():
        raise InputError("is empty", file=source.file, line=1)
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise InputError("is no text: it holds NUL bytes", file=source.file, line=line)
    lines = [
        Line(number, _BOLD.sub(r"\1", raw).strip())
        for number, raw in enumerate(re.split(r"\r\n|\n|\r", decode(data)), 1)
    ]
    page, inside_quote = 1, False
    for line in lines:
        line.kind, inside_quote = _kind(line.text, inside_quote)
        if line.kind is Kind.PAGE_HEAD and (match := _PAGE_HEAD.fullmatch(line.text)):
            page = int(match["page"])
        line.page = page
    return lines


def _kind(text: str, inside_quote: bool) -> tuple[Kind, bool]:
    """Tell what a line is; the second value says that a quoted declassification mark goes on in the next line."""
    if inside_quote and text:
        return Kind.DECLASSIFICATION, not text.rstrip().endswith(('"', "”", "'"))
    if not text:
        return Kind.BLANK, False
    if _DECLASSIFIED.match(text):
        opens = text[0] in "\"“'"
        return Kind.DECLASSIFICATION, opens and not text.rstrip().endswith(('"', "”", "'"))
    if _PAGE_HEAD.fullmatch(text):
        return Kind.PAGE_HEAD, False
    if is_classification(text):
        return Kind.CLASSIFICATION, False
    if "\t" in text or text.count("|") > 1 or _FORM_NUMBER.fullmatch(text):
        return Kind.FORM, False
    if text.upper().startswith("MICROFILMED"):
        return Kind.MICROFILM, False
    if _COPY.fullmatch(text):
        return Kind.COPY, False
    if _OPERATOR.fullmatch(text):
        return Kind.OPERATOR, False
    if len(text) <= 20 and (_CODE.fullmatch(text) or _ISO_STAMP.fullmatch(text)):
        return Kind.CODE, False
    return Kind.TEXT, False


def is_classification(text: str) -> bool:
    """Tell whether a whole line is a classification, perhaps with the X that a clerk typed before it."""
    return vocabulary("classification").find(re.sub(r"^[xX]\s+", "", text)) is not None
