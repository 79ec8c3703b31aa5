"""The source note of a document: who holds it, under which file number, how secret, who drafted and who was told.

From the 1950s on it is a footnote of the head::

    Source: Department of State, Central Files, 674.84A/9–355. Secret; Niact. Drafted by Wilkins and approved by Allen.

Before that an inline note holds the file number and the kind: ``501.BB/3–748: Telegram``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain

from cablegraph.sources.frus.earlier import bracketed
from cablegraph.sources.frus.handling import Handling, first_sentence, read_handling
from cablegraph.sources.frus.holding import holder_and_collection
from cablegraph.vocabularies import vocabulary


@dataclass
class SourceNote(Handling):
    """What a source note says; names as printed."""

    repository: str | None = None
    collection: str | None = None
    file_number: str | None = None
    kind: str | None = None
    classification: str | None = None
    precedence: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)


_OPENS = re.compile(r"(?:(?<=[.;]\s)|(?<=[”)]\s)|^)(?=[A-Z])")
_FOLLOWS = re.compile(r"(?:(?<=,\s)|(?<=\d\s)|(?<=\d[A-Z]\s))(?=[A-Z])")
_AFTER_LEVEL = re.compile(r"\s*(?:[.;,/]|$)")
#: Where the marks behind a classification end: a full stop, but not one of an initial, or words that tell something.
_END_OF_RUN = re.compile(r"(?<![A-Z])\.(?=\s|[A-Z]|$)")
_TOLD = re.compile(
    r"\b(?:(?:also|not)\s+)?(?:sent|repeated|passed|pouched|relayed|received|transmitted|drafted|cleared|approved|initialed|signed|handled)\b",
    re.IGNORECASE,
)
#: What stands behind this many characters of a note is kept and not read; no edition comes near it.
_LONGEST = 50_000
_INLINE = re.compile(r"^(?P<file>.+?)\s*(?::|\s)\s*(?P<kind>[A-Za-z][A-Za-z .]+?)s?\.?$")
_FILE_NO = re.compile(r"^\[?Files? Nos?\.\s*")
_DECIMAL = re.compile(r"^\[?\d{3}")
#: "Source:" as printed and misprinted; a note in brackets is one all the same.
_SOURCE = re.compile(r"^\[?Sources?\s*[:;]\s*", re.IGNORECASE)
_FILES = re.compile(r"^Central (?:Foreign Policy )?Files?\b")


def read_source_note(text: str, *, inline: bool = False) -> SourceNote:
    """Take a source note apart."""
    note = SourceNote()
    text = text[:_LONGEST]
    if inline:
        _read_inline(note, text)
        return note
    rest = _SOURCE.sub("", text.strip())
    level = _classification(rest)
    if level is None:
        holding, sentences = first_sentence(rest)
    else:
        start, end = level
        holding = rest[:start].rstrip(" .,;")
        note.classification = rest[start:end]
        run, sentences = _run_of_marks(rest[end:])
        _read_run(note, run)
    _read_holding(note, holding)
    read_handling(note, sentences)
    return note


def _read_inline(note: SourceNote, text: str) -> None:
    match = _INLINE.match(text)
    # The scans read "TeIegram" now and then.
    kind = vocabulary("document-kinds").find(match["kind"].replace("I", "l").capitalize()) if match else None
    if match and kind:
        note.kind = kind.label.casefold()
    holding = _FILE_NO.sub("", match["file"] if match and kind else text)
    if bracketed(text):
        return
    if _DECIMAL.match(holding) or _FILE_NO.match(text):
        note.file_number = holding.strip(" .[]") or None
    else:
        note.collection = holding.strip() or None


def _classification(text: str) -> tuple[int, int] | None:
    """Where the classification stands: it opens a sentence, else follows the file number, and a mark or an act follows."""
    for match in chain(_OPENS.finditer(text), _FOLLOWS.finditer(text)):
        found = vocabulary("classification").leading(text[match.start() :])
        end = match.start() + found[1] if found else 0
        if found and (_AFTER_LEVEL.match(text, end) or _TOLD.match(text, end + 1)):
            return match.start(), end
    return None


def _run_of_marks(text: str) -> tuple[str, str]:
    """Part the marks behind a classification from what is told after them, whatever the sign between the two."""
    end = _END_OF_RUN.search(text)
    told = _TOLD.search(text, 0, end.start() if end else len(text))
    if told:
        return text[: told.start()], text[told.start() :]
    return (text[: end.start()], text[end.end() :]) if end else (text, "")


def _read_run(note: SourceNote, run: str) -> None:
    """Read ``; Niact; Limit Distribution``: each entry is a precedence or a caption."""
    for written in re.split(r"[;,]|—", run.strip(" .;,/")):
        # A dash parts marks ("Limdis – Noforn"), or belongs to one that the vocabulary knows ("Official – Informal").
        whole = vocabulary("captions").find(written) is not None
        for entry in [written] if whole else re.split(r"\s–\s", written):
            pieces = [piece.strip(" .") for piece in entry.split("/")]
            known = all(vocabulary("precedence").find(piece) or vocabulary("captions").find(piece) for piece in pieces)
            for mark in pieces if known else [entry.strip(" .")]:
                read_mark(note, mark)


def read_mark(note: SourceNote, entry: str) -> None:
    """Read one entry of a run; one that no vocabulary knows is a caption, since captions are an open list.

    What the editors say of a mark that they left out ("[handling restriction not declassified]") is none.
    """
    if not entry or entry.startswith("["):
        return
    if vocabulary("precedence").find(entry):
        note.precedence.append(entry)
    elif vocabulary("captions").find(entry) or len(entry.split()) <= 5:
        note.captions.append(entry)


def _read_holding(note: SourceNote, holding: str) -> None:
    pieces = [piece.strip() for piece in holding.split(",")]
    if not pieces or not pieces[0]:
        return
    note.repository = pieces[0].rstrip(".")
    for index, piece in enumerate(pieces[1:], 1):
        if _FILES.match(piece):
            number = ", ".join(pieces[index + 1 :]).strip(" .")
            note.file_number = number or None
            note.collection = ", ".join(pieces[1 : index + 1])
            return
    collection = ", ".join(pieces[1:]).strip(" .") or None
    note.repository, note.collection = holder_and_collection(note.repository, collection)
