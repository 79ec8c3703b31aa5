"""The lines of a transcript, and what each line is: text of the telegram, or the furniture of a page.

Furniture is what the form, the clerks and the archive put around the text: page heads, classification lines, stamps,
declassification marks, the boxes of the form. It never becomes text of the telegram, and it is never lost: it ends
up in ``markings``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache

from cablegraph.errors import InputError
from cablegraph.sources.source import Source
from cablegraph.sources.text import read_text
from cablegraph.sources.transcript.columns import columns, known
from cablegraph.sources.transcript.labels import labelled
from cablegraph.sources.transcript.likeness import Likeness, phrases, words
from cablegraph.sources.transcript.page_heads import read_page_head
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
    ORDER = auto()
    RULE = auto()


@dataclass(slots=True)
class Line:
    """A line of the transcript: its 1-based number, its text without mark-up of the whole line, its page.

    Where columns of the form ran together into one line, each column is a line of its own with the same number;
    ``typed`` is the whole line, in the first of them only. ``text`` may be restored: then ``given`` is how it stands in
    the transcript, ``how`` says what was done, and ``confidence`` how sure that is. ``parted`` says that a page or a
    document ends before the line; ``ends`` is the column where the line ends.
    """

    number: int
    text: str
    kind: Kind = Kind.TEXT
    page: int = 1
    typed: str | None = None
    given: str | None = None
    how: str | None = None
    confidence: float = 1.0
    parted: bool = False
    ends: int = 0

    def become(self, text: str, how: str, confidence: float) -> None:
        """Restore the line: its text is another one than the transcript has."""
        self.given = self.text if self.given is None else self.given
        self.text, self.confidence = text, min(confidence, self.confidence)
        self.how = how if self.how is None or how in self.how else f"{self.how}; {how}"

    def as_given(self) -> Line:
        """The line as it stands in the transcript."""
        if self.given is None:
            return self
        return replace(self, text=self.given, kind=kind_of(self.given), given=None, how=None, confidence=1.0)


_BOLD = re.compile(r"\*\*(?=[^*]*[^*\s])([^*]+)\*\*")
_DECLASSIFIED = re.compile(r"[\"“'”]?\s{0,4}declassified\b", re.IGNORECASE)
_COPY = re.compile(r"(?:[A-Z]+ )*COPY\b", re.IGNORECASE)
_FORM_NUMBER = re.compile(r"(?:GPO|FORM|DS|OF)[ -]\S*\d\S*", re.IGNORECASE)
_CODE = re.compile(r"[A-Z'’]{0,5}(?:[ -][A-Z]{1,3})?[ -]?\d[\dA-Z]*(?:[-/.]\d+)*")
_OPERATOR = re.compile(r"[A-Z]{2,4}/\d{1,3}|BT|NNNN?|#\d+|CFN [\d ,/-]{1,40}")
_ISO_STAMP = re.compile(r"(?:1[89]|20)\d\d[/-]\d\d[/-]\d\d")
_EXECUTIVE_ORDER = re.compile(r"E\.?\s?[O0]\.?\s?\d{5}\b.{0,60}", re.IGNORECASE)
#: What parts documents in a file: a new page, or a rule across it.
_RULE = re.compile(r"\f.*|[=*_#]{5,}|[-–—]{20,}", re.DOTALL)
#: The rule of a cable, with the number that the machine gave it.
_SEAM = re.compile(r"[-–—_=.]{6,}(?:\s{1,9}\d{4,6})?")
#: A line longer than this is text.
_LONG = 200
#: Marks that are not seen: byte order marks, soft hyphens, marks of direction.
_UNSEEN = dict.fromkeys([0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)])
#: A file larger than this, or of more lines, is no transcript: some thousand pages.
_MOST_BYTES, _MOST_LINES = 32 << 20, 100_000
#: Page heads, classifications, stamps and codes are shorter.
_MARK = 90


def read_lines(source: Source) -> list[Line]:
    """Read the lines of a transcript and tell what each one is, in the order of the file, all on page 1.

    Raises:
        InputError: the file is empty or no text, or larger than any transcript.
    """
    lines: list[Line] = []
    typed = re.split(r"\r\n|\n|\r", _text(source))
    if len(typed) > _MOST_LINES:
        message = f"has {len(typed)} lines; a transcript has at most {_MOST_LINES}"
        hint = "give the telegrams in several files"
        raise InputError(message, file=source.file, line=_MOST_LINES + 1, hint=hint)
    wholes = [_BOLD.sub(r"\1", line).strip() for line in typed]
    boxed = _boxed(wholes)
    for number, (line, whole) in enumerate(zip(typed, wholes, strict=True), 1):
        seen = whole if whole.isascii() else whole.translate(_UNSEEN).strip()
        cells = [seen] if number in boxed else [_one_column(cell) for cell in columns(seen)]
        for at, cell in enumerate(cells):
            lines.append(Line(number, cell, typed=None if at else whole, ends=len(line.rstrip())))
        lines[-len(cells)].parted = _RULE.fullmatch(line) is not None if len(line) < _LONG else line.startswith("\f")
    if not any(line.text for line in lines):
        raise InputError("is empty", file=source.file, line=1)
    going_on = 0
    for line in lines:
        if going_on or "eclassified" in line.text or "ECLASSIFIED" in line.text:
            line.kind, going_on = _kind(line.text, going_on)
        else:
            line.kind = kind_of(line.text)
    return lines


def _text(source: Source) -> str:
    with source.open() as stream:
        data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise InputError(
            f"is larger than {_MOST_BYTES} bytes, the most that a transcript has", file=source.file, line=1
        )
    if not data.strip():
        raise InputError("is empty", file=source.file, line=1)
    text, encoding = read_text(data)
    if "\0" in text:
        place = len(re.findall(r"\r\n|\n|\r", text[: text.index("\0")])) + 1
        raise InputError("is no text: it holds NUL bytes", file=source.file, line=place)
    return text if encoding in ("UTF-8", "Windows-1252") else text.removeprefix("\ufeff")


def _boxed(lines: list[str]) -> set[int]:
    """Numbers of lines that are rows of a box of the form: a run of tabbed lines with an empty cell, or of unknown ones."""
    boxed: set[int] = set()
    run: list[int] = []
    for number, line in enumerate([*lines, ""], 1):
        if "\t" in line:
            run.append(number)
            continue
        rows = [lines[row - 1] for row in run]
        if len(run) > 1 and (
            any("\t\t" in row for row in rows) or not any(known(cell) for row in rows for cell in columns(row))
        ):
            boxed.update(run)
        run = []
    return boxed


def _one_column(text: str) -> str:
    """A cell with single spaces; several tabs are those of a box."""
    if text.count("\t") > 1 and not labelled(text) and not phrases().nearest(text.replace("\t", " "), near=False):
        return text
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def kind_of(text: str) -> Kind:
    """Tell what a single line is."""
    return _kind(text, 0)[0]


def _kind(text: str, going_on: int) -> tuple[Kind, int]:
    """Tell what a line is; the second value counts the lines for which a quoted declassification mark may go on."""
    if going_on and text:
        return Kind.DECLASSIFICATION, 0 if _closes(text) else going_on - 1
    if not text:
        return Kind.BLANK, 0
    if _DECLASSIFIED.match(text):
        return Kind.DECLASSIFICATION, 0 if text[0] not in "\"“'" or _closes(text) else 2
    if len(text) > _MARK:
        return (Kind.FORM if "\t" in text or text.count("|") > 1 else Kind.TEXT), 0
    if read_page_head(text):
        return Kind.PAGE_HEAD, 0
    if is_classification(text):
        return Kind.CLASSIFICATION, 0
    if _EXECUTIVE_ORDER.fullmatch(text):
        return Kind.ORDER, 0
    if "\t" in text or text.count("|") > 1 or _FORM_NUMBER.fullmatch(text):
        return Kind.FORM, 0
    if text.upper().startswith("MICROFILMED"):
        return Kind.MICROFILM, 0
    if len(text) <= 60 and _COPY.fullmatch(text):
        return Kind.COPY, 0
    if _RULE.fullmatch(text) or _SEAM.fullmatch(text):
        return Kind.RULE, 0
    if _OPERATOR.fullmatch(text):
        return Kind.OPERATOR, 0
    if len(text) <= 20 and (_CODE.fullmatch(text) or _ISO_STAMP.fullmatch(text)):
        return Kind.CODE, 0
    return Kind.TEXT, 0


def _closes(text: str) -> bool:
    return text.rstrip().endswith(('"', "”", "'"))


def is_classification(text: str) -> bool:
    """Tell whether a whole line is a classification, perhaps with the X that a clerk typed before it, perhaps damaged."""
    return len(text) <= 60 and (vocabulary("classification").find(_unspaced(text)) or level_like(text)) is not None


def level_like(text: str) -> Likeness | None:
    """The classification that a damaged line of capitals is like; None where it is printed plainly, or is none."""
    plain = re.sub(r"^[xX]\s+", "", text)
    if not 4 < len(plain) <= 40 or plain != plain.upper() or vocabulary("classification").find(_unspaced(text)):
        return None
    return words("classification").nearest(plain)


def level_of(text: str) -> str:
    """The classification in a line as printed or repaired, without the clerk's X and the spaces between its letters."""
    like = level_like(text)
    return like.form if like else _unspaced(text)


def _unspaced(text: str) -> str:
    text = re.sub(r"^[xX]\s+", "", text).strip(" .,'`~^|_;*")
    return text.replace(" ", "") if re.fullmatch(r"[A-Z](?: [A-Z])+", text) else text
