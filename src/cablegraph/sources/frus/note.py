"""The source note of a document: who holds it, under which file number, how secret, who drafted and who was told.

From the 1950s on it is a footnote of the head::

    Source: Department of State, Central Files, 674.84A/9–355. Secret; Niact. Drafted by Wilkins and approved by Allen.

Before that an inline note holds the file number and the kind: ``501.BB/3–748: Telegram``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain

from cablegraph.sources.dates import find_time
from cablegraph.sources.frus.earlier import bracketed
from cablegraph.sources.frus.holding import holder_and_collection
from cablegraph.vocabularies import vocabulary


@dataclass
class SourceNote:
    """What a source note says; names as printed."""

    repository: str | None = None
    collection: str | None = None
    file_number: str | None = None
    kind: str | None = None
    classification: str | None = None
    precedence: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    drafted_by: list[str] = field(default_factory=list)
    cleared_by: list[str] = field(default_factory=list)
    approved_by: list[str] = field(default_factory=list)
    repeated_to: list[str] = field(default_factory=list)
    also_sent_to: list[str] = field(default_factory=list)
    passed_to: list[str] = field(default_factory=list)
    received_text: str | None = None


_INITIAL = r"(?<![ .(][A-Z])(?<!^[A-Z])(?<!\bNo)(?<!\bJr)(?<!\bGen)(?<!\bvol)(?<!\bAmb)(?<!\bCol)(?<!\bMr)(?<!\bDr)"
_SENTENCE = re.compile(
    rf"{_INITIAL}\.(?=\s+[A-Z“\[(]|$)|(?<=\bJr)\.(?=\s+(?:Also|Approved|Cleared|Drafted|In|No|Received|Repeated|Sent|The|This)\b)"
)
_OPENS = re.compile(r"(?:(?<=[.;]\s)|(?<=[”)]\s)|^)(?=[A-Z])")
_FOLLOWS = re.compile(r"(?:(?<=,\s)|(?<=\d\s)|(?<=\d[A-Z]\s))(?=[A-Z])")
_AFTER_LEVEL = re.compile(r"\s*(?:[.;,/]|$)")
#: Where the marks behind a classification end: a full stop, but not one of an initial, or words that tell something.
_END_OF_RUN = re.compile(r"(?<![A-Z])\.(?=\s|[A-Z]|$)")
_TOLD = re.compile(
    r"\b(?:(?:also|not)\s+)?(?:sent|repeated|passed|pouched|relayed|received|transmitted|drafted|cleared|approved|initialed|signed|handled)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"\b(?P<verbs>(?:drafted|cleared|approved)(?:(?:,| and|, and)\s+(?:drafted|cleared|approved|signed|initialed))*)\s+"
    r"(?:in (?:draft|substance)(?: form)? )?(?:by telephone )?(?:on [A-Z][a-z]+ \d+ )?(?:by|with|in)\s+(?P<names>.+?)"
    r"(?=(?:[;,]|,?\s+and|,?\s+but)\s+(?:was |were )?(?:in draft )?(?:drafted|cleared|approved|signed|initialed|transmitted|concurred|sent)\b|$)",
    re.IGNORECASE,
)
#: What may stand before the first such clause of a sentence, where it speaks of this document and not of another one.
_BEFORE_CLAUSE = re.compile(
    r"(?:^|;\s*|\band\s+|Apparently\s+|\b(?:it|[Tt]his [a-z]+,?(?: which)?|[Tt]he (?:memorandum|telegram|message|letter|paper|report|conversation)(?: and [a-z]+)?)"
    r"\s+(?:was|were)\s+)$"
)
_WHO = re.compile(
    r"\b(?P<how>also sent|sent|repeated|passed)\s+(?P<manner>(?:[A-Za-z]+\s+){0,3}?)to\s+(?P<names>.+?)"
    r"(?=(?:[;,]|,?\s+and)\s+(?:also )?(?:sent|repeated|passed|pouched|relayed)\b|;|$)",
    re.IGNORECASE,
)
_RECEIVED = re.compile(r"\bReceived(?: in the Department)?(?: at| on)?\s+(?P<when>.+)$", re.IGNORECASE)
_SPLIT = re.compile(
    r",\s+(?:and\s+)?(?!(?:Jr|Sr|II|III|IV)\b)|;\s+(?:and\s+)?|\s+and\s+(?!(?:[A-Z][\w-]+ ){1,3}Affairs\b)"
)
#: What is said of the person named before: no name.
_SAID_OF = re.compile(r"(?:who|whom|which|after|before|at|upon|of|subject to)\s|(?:USN|USA|USAF|USMC)$", re.IGNORECASE)
_TRAILING = re.compile(
    r",?\s+(?:on|dated)\s+[A-Z][a-z]+\.? \d{1,2}(?:, \d{4})?|,?\s+who signed for .*$|\s+for information$|,?\s+for\s+[A-Z]\w+$"
)
_INLINE = re.compile(r"^(?P<file>.+?)\s*(?::|\s)\s*(?P<kind>[A-Za-z][A-Za-z .]+?)s?\.?$")
_FILE_NO = re.compile(r"^\[?Files? Nos?\.\s*")
_DECIMAL = re.compile(r"^\[?\d{3}")
#: "Source:" as printed and misprinted; a note in brackets is one all the same.
_SOURCE = re.compile(r"^\[?Sources?\s*[:;]\s*", re.IGNORECASE)
_FILES = re.compile(r"^Central (?:Foreign Policy )?Files?\b")


def read_source_note(text: str, *, inline: bool = False) -> SourceNote:
    """Take a source note apart."""
    note = SourceNote()
    if inline:
        _read_inline(note, text)
        return note
    rest = _SOURCE.sub("", text.strip())
    level = _classification(rest)
    if level is None:
        holding, sentences = _first_sentence(rest)
    else:
        start, end = level
        holding = rest[:start].rstrip(" .,;")
        note.classification = rest[start:end]
        run, sentences = _run_of_marks(rest[end:])
        _read_run(note, run)
    _read_holding(note, holding)
    _read_sentences(note, sentences)
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


def _first_sentence(text: str) -> tuple[str, str]:
    match = _SENTENCE.search(text)
    return (text[: match.start()], text[match.end() :]) if match else (text, "")


def _run_of_marks(text: str) -> tuple[str, str]:
    """Part the marks behind a classification from what is told after them, whatever the sign between the two."""
    end = _END_OF_RUN.search(text)
    told = _TOLD.search(text, 0, end.start() if end else len(text))
    if told:
        return text[: told.start()], text[told.start() :]
    return (text[: end.start()], text[end.end() :]) if end else (text, "")


def _read_run(note: SourceNote, run: str) -> None:
    """Read ``; Niact; Limit Distribution``: each entry is a precedence or a caption."""
    for entry in re.split(r"[;,]|—|\s–\s", run.strip(" .;,/")):
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


def _read_sentences(note: SourceNote, text: str) -> None:
    while text.strip():
        sentence, text = _first_sentence(text)
        sentence = sentence.strip(" .")
        for n, clause in enumerate(_CLAUSE.finditer(sentence)):
            before = sentence[: clause.start()]
            if n == 0 and not (
                _BEFORE_CLAUSE.search(before) or (clause["verbs"][0].isupper() and not before.endswith("“"))
            ):
                break
            names = split_names(clause["names"])
            for verb in re.findall(r"drafted|cleared|approved", clause["verbs"], re.IGNORECASE):
                target = getattr(note, f"{verb.casefold()}_by")
                target += [name for name in names if name not in target]
        if received := _RECEIVED.search(sentence):
            when = received["when"]
            if note.received_text is None and find_time(when):
                note.received_text = when.strip(" .,")
        for who in _WHO.finditer(sentence):
            if len(who["manner"].split()) and "to" in who["manner"].split():
                continue
            names = split_names(who["names"])
            how = who["how"].casefold()
            # From the 1970s on "sent for information to" is what "repeated to" was before.
            informed = "information" in who["manner"].casefold()
            field_name = {"repeated": "repeated_to", "passed": "passed_to"}.get(
                how, "repeated_to" if informed else "also_sent_to"
            )
            if how == "sent" and not re.match(r"(?:Also )?Sent\b", sentence):
                continue
            target = getattr(note, field_name)
            target += [name for name in names if name not in target]


def split_names(text: str) -> list[str]:
    """Split ``Jernegan, Murphy (G), and Hoover``; what stands in brackets is not split."""
    text = _TRAILING.sub("", text.strip(" .;"))
    hidden = re.sub(r"\([^)]*\)|\[[^\]]*\]", lambda match: "\0" * len(match.group()), text)
    names, place = [], 0
    for match in _SPLIT.finditer(hidden):
        names.append(text[place : match.start()])
        place = match.end()
    names.append(text[place:])
    return [name for raw in names if (name := _named(raw)) and not _SAID_OF.match(name)]


def _named(raw: str) -> str:
    """A piece of a list without the words around the name; the full stop of "Jr." is part of it."""
    name = re.sub(r"^(?:the|by|with|in)\s+", "", _TRAILING.sub("", raw.strip(" .;"))).strip()
    return f"{name}." if re.search(r"\b(?:Jr|Sr)$", name) else name
