"""Who handled a document, in the editors' words: drafted, cleared and approved it, and who else was sent it.

From 1955 on it is said in the source note; before that in a footnote of the head (``Drafted by Allison and cleared with
Dulles; repeated to Tokyo.``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from cablegraph.sources.dates import find_time


class CopyNumber(NamedTuple):
    """The number that a copy bears: ``role`` is "sent to" or "repeated to", ``name`` who got it."""

    role: str
    name: str
    number: str
    series: str | None = None


@dataclass
class Handling:
    """Names as printed; when it was received, as printed; the numbers of copies; what the Department was asked to do; in how many sections it went."""

    drafted_by: list[str] = field(default_factory=list)
    cleared_by: list[str] = field(default_factory=list)
    approved_by: list[str] = field(default_factory=list)
    repeated_to: list[str] = field(default_factory=list)
    also_sent_to: list[str] = field(default_factory=list)
    passed_to: list[str] = field(default_factory=list)
    pouched_to: list[str] = field(default_factory=list)
    numbers: list[CopyNumber] = field(default_factory=list)
    requested: list[tuple[str, str]] = field(default_factory=list)
    received_text: str | None = None
    sections: int | None = None


_INITIAL = r"(?<![ .(][A-Z])(?<!^[A-Z])(?<!\bNo)(?<!\bJr)(?<!\bGen)(?<!\bvol)(?<!\bAmb)(?<!\bCol)(?<!\bMr)(?<!\bDr)(?<!\bAdm)(?<!\bMaj)"
_SENTENCE = re.compile(
    rf"{_INITIAL}\.(?=\s+[A-Z“\[(]|$)|(?<=[a-z]{{3}})\.(?=[A-Z][a-z])|(?<=\bJr)\.(?=\s+(?:Also|Approved|Cleared|Drafted|In|No|Received|Repeated|Sent|The|This)\b)"
)
_ACTS = r"(?:drafted|cleared|approved)"
#: What may stand between an act and the names: "approved for transmission by", "cleared in substance with".
_MANNER = r"(?:(?:for transmission|in (?:draft|substance|form)(?: form)?|by (?:tele)?phone|prior to [\w ]{1,40}?|on [A-Z][a-z]+\.? \d+)\s+)*"
_CLAUSE = re.compile(
    rf"\b(?<!\bnot )(?P<verbs>{_ACTS}(?:(?:,| and|, and)\s+(?:drafted|cleared|approved|signed|initialed))*)\s+{_MANNER}"
    r"(?P<way>by|with|in)\s+(?P<names>.+?)"
    r"(?=(?:[;,:]|,?\s+and|,?\s+but|\s(?=cleared\b|approved\b))\s*(?:was |were )?(?:also |not )?(?:in draft )?"
    r"(?:drafted|cleared|approved|signed|initialed|transmitted|concurred|sent|repeated|marked|attached|routed|circulated|revised|retyped)\b|$)",
    re.IGNORECASE,
)
#: What may stand before the first such clause of a sentence, where it speaks of this document and not of another one.
_BEFORE_CLAUSE = re.compile(
    r"(?:^|;\s*|\band\s+|Apparently\s+|\b(?:it|[Tt]his [a-z]+,?(?: which)?|[Tt]he (?:memorandum|telegram|message|letter|paper|report|conversation)(?: and [a-z]+)?)"
    r"\s+(?:was|were)\s+)$"
)
_WHO = re.compile(
    r"\b(?P<how>also sent|sent|repeated|passed|(?:air)?pouched)\s+(?P<manner>(?:[A-Za-z]+\s+){0,3}?)to\s+(?P<names>.+?)"
    r"(?=(?:[;,]|,?\s+and)\s+(?:also )?(?:sent|repeated|passed|(?:air)?pouched|relayed|drafted|cleared|approved)\b|;|$)",
    re.IGNORECASE,
)
#: A footnote of the head speaks of the document itself where it begins so.
_OF_ITSELF = re.compile(
    r"(?:(?:This|The) (?:telegram|circular telegram|cable|message|airgram|despatch|instruction)(?: itself)? was (?:also )?(?=sent|repeated|passed)"
    r"|This (?:telegram|memorandum|document|letter|paper|message|airgram|despatch|instruction) was (?=drafted|cleared|approved))?"
    r"(?:also )?(?:drafted|cleared|approved|sent|repeated|passed|(?:air)?pouched|received)\b",
    re.IGNORECASE,
)
_ALSO_SENT = re.compile(r"(?:Also )?Sent\b")
_SENT = re.compile(r"(?:Also )?Sent\b|(?:This|The) [a-z ]+ was (?:also )?sent\b", re.IGNORECASE)
_RECEIVED = re.compile(r"\bReceived(?: in the Department)?(?: at| on)?\s+(?P<when>.+)$", re.IGNORECASE)
_SECTIONS = re.compile(r"\b(?:sent|transmitted|received) in (?P<count>\w+) (?:sections|parts)\b", re.IGNORECASE)
_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SOURCE_TEXT = re.compile(r",? which is the source text,?", re.IGNORECASE)
_BEARING = r"\s+as\s+(?:(?:Department|Embassy)(?:’s)? )?(?:telegrams?|airgrams?|numbers?|Nos?\.)?\s*"
_NUMBERED = re.compile(rf"{_BEARING}(?P<number>\d[\w-]*)$")
_RESPECTIVELY = re.compile(rf"{_BEARING}(?P<numbers>\d[\w-]*(?:(?:,| and|, and)\s+\d[\w-]*)+)(?:,?\s+respectively)?$")
#: Where the names of a list end, though the sentence does not.
_ASIDE = re.compile(
    r"\s+(?:although|marked|attached|under (?:a|cover)|with (?:the )?instruction|at (?:a|the) meeting|after (?:a|the|his)|as an attachment|between)\b.*$"
    r"|,? which (?:is|was|are)\b.*$|(?<=\bin [A-Z])\.\s.*$"
)
_SPLIT = re.compile(
    r"(?<!in Chief),\s+(?:and,?\s+)?(?!(?:Jr|Sr|II|III|IV)\b)|;\s+(?:and\s+)?"
    r"|\s+and\s+(?!(?:[A-Z][\w-]+ ){1,3}Affairs\b|Research\b)"
)
#: What is said of the person named before: no name.
_SAID_OF = re.compile(
    r"(?:who|whom|which|after|before|at|upon|of|subject to|to which)\s|(?:USN|USA|USAF|USMC|him|her|them|not|and|respectively)$",
    re.IGNORECASE,
)
#: The office of the person named before, without a person's name behind it.
_APPOSITION = re.compile(
    r"(?:(?:Acting|Deputy|Assistant|Special|Executive|Associate|Public Affairs)\s+)*"
    r"(?:Officer in Charge|Officer|Director|Chief|Adviser|Advisor|Secretary|Assistant|Counselor|Consultant)\b.*"
    r"\b(?:Affairs|Staff|Office|Division|Bureau|State|Defense|Policy|[A-Z]{2,5})$"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_TRAILING = re.compile(
    rf",?\s+(?:on|dated)\s+{_MONTH} \d{{1,2}}(?:, \d{{4}})?|,?\s+{_MONTH} \d{{1,2}}(?:, \d{{4}})?$|,?\s+who signed for .*$|\s+for information$"
    r"|,?(?:\s+eyes only)?\s+for\s+(?:the\s+)?[A-Z]\w+$|\s+in (?:draft|substance)[”\"]?$|\s+\((?:copy|copies) to [^)]*\)$"
)
#: "in NA by Cronk", "by him with ED": the names stand behind the last preposition.
_INNER = re.compile(
    r"^(?:[A-Z][A-Za-z]{0,5}(?:/[A-Z-]+)*|the (?:Office|Bureau|Division|Department) of [A-Z][\w ]*?)\s+(?:by|with)\s+"
)
_PRONOUN = re.compile(r"^(?:him|her|them)\s+(?:by|with)\s+")


def first_sentence(text: str) -> tuple[str, str]:
    """Part the first sentence from the rest; full stops of initials and titles end none."""
    match = _SENTENCE.search(text)
    return (text[: match.start()], text[match.end() :]) if match else (text, "")


def read_handling(handling: Handling, text: str) -> None:
    """Read the sentences of a source note behind its marks."""
    while text.strip():
        sentence, text = first_sentence(text)
        _read_sentence(handling, sentence.strip(" ."))


def read_head_note(handling: Handling, text: str) -> None:
    """Read a footnote of the head: only those of its sentences that speak of the document itself."""
    while text.strip():
        sentence, text = first_sentence(text)
        sentence = sentence.strip(" .")
        if _OF_ITSELF.match(sentence):
            _read_sentence(handling, sentence, itself=True)


def _read_sentence(handling: Handling, sentence: str, *, itself: bool = False) -> None:
    for n, clause in enumerate(_CLAUSE.finditer(sentence)):
        before = sentence[: clause.start()]
        if n == 0 and not (
            _BEFORE_CLAUSE.search(before) or (clause["verbs"][0].isupper() and not before.endswith("“"))
        ):
            break
        text = _PRONOUN.sub("", clause["names"])
        names = split_names(_INNER.sub("", text) if clause["way"] == "in" else text)
        people = [name for at, name in enumerate(names) if not (at and _APPOSITION.match(name))]
        for verb in re.findall(_ACTS, clause["verbs"], re.IGNORECASE):
            _add(getattr(handling, f"{verb.casefold()}_by"), people)
    if received := _RECEIVED.search(sentence):
        when = received["when"]
        if handling.received_text is None and find_time(when):
            handling.received_text = when.strip(" .,")
    if (sections := _SECTIONS.search(sentence)) and handling.sections is None:
        handling.sections = _counted(sections["count"])
    for who in _WHO.finditer(sentence):
        if who["how"].casefold() != "sent" or (_SENT if itself else _ALSO_SENT).match(sentence):
            _read_copy(handling, who)


def _counted(text: str) -> int | None:
    """``two`` or ``2``."""
    if text.isdecimal() and len(text) <= 3:
        return int(text)
    return _COUNTS.index(text.casefold()) + 1 if text.casefold() in _COUNTS else None


def _read_copy(handling: Handling, who: re.Match[str]) -> None:
    manner, how = who["manner"].casefold(), who["how"].casefold()
    if "to" in manner.split():
        return
    copies = list(_names_and_numbers(who["names"]))
    # From the 1970s on "sent for information to" is what "repeated to" was before.
    kinds = {"repeated": "repeated_to", "passed": "passed_to", "pouched": "pouched_to", "airpouched": "pouched_to"}
    kind = kinds.get(how, "repeated_to" if "information" in manner else "also_sent_to")
    _add(getattr(handling, kind), [name for name, _ in copies])
    role = {"repeated_to": "repeated to", "also_sent_to": "sent to"}.get(kind)
    if role:
        handling.numbers += [CopyNumber(role, name, number) for name, number in copies if number]


def _names_and_numbers(text: str) -> Iterator[tuple[str, str | None]]:
    """``Karachi and London as telegrams 440 and 4834, respectively``: each with its number, as far as they have one."""
    text = _SOURCE_TEXT.sub(",", text.strip(" .;")).strip(" ,")
    if several := _RESPECTIVELY.search(text):
        names = split_names(text[: several.start()])
        numbers: list[str | None] = list(re.findall(r"\d[\w-]*", several["numbers"]))
        yield from zip(names, numbers if len(numbers) == len(names) else [None] * len(names), strict=True)
        return
    for name in split_names(text):
        match = _NUMBERED.search(name)
        yield (_named(name[: match.start()]), match["number"]) if match else (name, None)


def _add(target: list[str], names: list[str]) -> None:
    target += [name for name in dict.fromkeys(names) if name not in target]


def split_names(text: str) -> list[str]:
    """Split ``Jernegan, Murphy (G), and Hoover``; what stands in brackets is not split."""
    text = _TRAILING.sub("", _ASIDE.sub("", text.strip(" .;")))
    hidden = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", lambda match: "\0" * len(match.group()), text)
    names, place = [], 0
    for match in _SPLIT.finditer(hidden):
        names.append(text[place : match.start()])
        place = match.end()
    names.append(text[place:])
    return [name for raw in names if (name := _named(raw)) and not _SAID_OF.match(name)]


def _named(raw: str) -> str:
    """A piece of a list without the words around the name; the full stop of "Jr." is part of it."""
    name = _TRAILING.sub("", raw.strip(" .;,"))
    if name.startswith("in "):
        name = _INNER.sub("", name.removeprefix("in "))
    name = re.sub(r"^(?:(?:the|by|with|in|to|also|(?:draft|substance)(?= (?:by|with)\b))\s+)+", "", name).strip(" ”")
    return f"{name}." if re.search(r"\b(?:Jr|Sr)$", name) else name
