"""The lines of a head as they were before they were damaged: labels and known phrases repaired, broken lines joined.

What the head is read from is the restored line; the line as the transcript has it stays beside it, and whatever is
read from a restored line says so. Lines that turn out to be text of the telegram are read as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from cablegraph.sources.telegram import post_of
from cablegraph.sources.transcript.cable import end_line, level_line
from cablegraph.sources.transcript.dating import read_moment
from cablegraph.sources.transcript.fitting import fit, strong
from cablegraph.sources.transcript.groups import read_group
from cablegraph.sources.transcript.labels import LABELLED, LABELS, labelled
from cablegraph.sources.transcript.likeness import Forms, distance, fold, phrases
from cablegraph.sources.transcript.lines import Kind, Line, kind_of
from cablegraph.sources.transcript.marks import CLOCK, is_caption, is_mark, is_subject
from cablegraph.sources.transcript.repairs import dated
from cablegraph.sources.transcript.sureness import ELSEWHERE, LIKE, LOOKALIKE, LOST, SPACED, SPECKS
from cablegraph.vocabularies import vocabulary

#: How many lines of a telegram may be its head, and how long one is at most.
_MOST_LINES, _LONGEST = 150, 110
_OF_CABLES = re.compile(r"(?:FM|TO|INFO|ACTION|ORIGIN) [A-Z]")
_COLON = re.compile(r"\W{0,3}(?P<label>[A-Za-z0-9][\w'’`. ]{0,15}?)\s{0,3}[:;]\s{0,3}(?P<value>.*)", re.DOTALL)
_WORD = re.compile(
    r"\W{0,3}(?P<label>[A-Za-z0-9][\w'’`]{1,10}(?:\s(?:BY|TO|INFO))?)(?:[\s.,]{1,3}|\W)(?P<value>.+)", re.DOTALL
)
#: Marks that no head has, and those that no word has within it.
_DIRT = re.compile(r"[`~^|_*]")
_SPECK_WITHIN = re.compile(r"(?<=[A-Z]);(?=[A-Z])|(?<=[A-Z]{2})'(?=[A-Z]{2})")
_SPECKS = " .,'’`~^|_;*<>=-"
#: A value of words that is shorter than this does not fill its line.
_WORDS = 40
_JOINED = "joined over the end of a line"
_RELABELLED = "its label repaired"
#: Labels so short that another word is near: they are repaired only before a value that is plainly theirs.
_SHORT = 5


def restore(lines: Sequence[Line]) -> None:
    """Repair the lines of a head in their place; ``given`` and ``how`` of a line tell what was done."""
    filled = [line for line in lines if line.kind is not Kind.BLANK and len(line.text) <= _LONGEST][:_MOST_LINES]
    for each in filled:
        _without_specks(each)
        if each.kind in (Kind.TEXT, Kind.CODE, Kind.FORM, Kind.OPERATOR):
            _restore_line(each)
    line: Line | None = None
    last = 0
    for below in filled:
        if line is not None and below.number - last <= 1 and _join(line, below):
            last = below.number
        else:
            line, last = below, below.number


def _restore_line(line: Line) -> None:
    text, bare = line.text, line.text.strip(_SPECKS)
    if labelled(text) or _OF_CABLES.match(text):
        return
    like = phrases().nearest(bare)
    if is_mark(text):
        # A caption may be known, and the office behind it damaged.
        if like is None or not is_caption(text) or like.form.casefold() == bare.casefold():
            return
        line.become(like.form, like.how, like.confidence)
    elif bare != text and (labelled(bare) or is_mark(bare)):
        line.become(bare, SPECKS, SPACED)
    elif like and like.confidence >= LOOKALIKE:
        line.become(like.form, like.how, like.confidence)
    elif found := _relabelled(text):
        line.become(*found)
    elif like:
        line.become(like.form, like.how, like.confidence)
    else:
        return
    line.kind = kind_of(line.text)


def _without_specks(line: Line) -> None:
    """Leave out specks of dirt that were read as marks which stand in no head; struck and inserted words stay."""
    text = line.text
    if "~~" in text or "\t" in text or text.count("|") > 1 or re.search(r"\*[^*]+\*", text):
        return
    clean = _SPECK_WITHIN.sub("", _DIRT.sub("", text)).strip()
    if clean != text and clean:
        line.become(clean, SPECKS, SPACED)
        line.kind = kind_of(clean)


def _relabelled(text: str) -> tuple[str, str, float] | None:
    """A line whose label is damaged or has lost its colon, with the label as it ought to be."""
    for pattern, least in ((_COLON, 1), (_WORD, 2)):
        match = pattern.fullmatch(text)
        if match is None:
            continue
        value = match["value"].strip()
        if like := _labels().nearest(match["label"]):
            name = LABELS[like.form.casefold()]
            exact = like.confidence > LIKE
            sure = least == 1 and (exact or name in ("subject", "tags", "drafted", "approved", "cleared", "reference"))
            if (not value and exact and least == 1) or (sure and value) or strong(name, value):
                how = _RELABELLED if exact else f"{_RELABELLED}: {LOST}"
                return f"{like.form}: {value}", how, like.confidence
        for label, name in (("FROM", "from"), ("TO", "to"), ("NO", "number"), ("REF", "reference"), ("TAGS", "tags")):
            near = distance(fold(match["label"]), fold(label), 1) == 1
            if near and strong(name, value) and (least == 1 or name == "number"):
                return f"{label}: {value}", f"{_RELABELLED}: {LOST}", LIKE
    return None


@cache
def _labels() -> Forms:
    return Forms((form, name) for form, name in LABELS.items() if fold(form))


def _join(line: Line, below: Line) -> bool:
    """Join a line to the one above it, of which it is the rest: together they say more than each by itself."""
    if not below.text or below.kind in (Kind.PAGE_HEAD, Kind.DECLASSIFICATION) or len(below.text) > _LONGEST // 2:
        return False
    together = f"{line.text} {below.text}"
    found = labelled(line.text)
    sure = (
        _field_goes_on(*found, below)
        if found
        else 0.0
        if labelled(below.text)
        else _mark_goes_on(line, below, together)
    )
    if not sure:
        return False
    like = None if found else phrases().nearest(together)
    line.become(like.form if like else together, _JOINED, sure)
    line.kind = kind_of(line.text)
    below.become("", _JOINED, 1.0)
    below.kind = Kind.BLANK
    return True


def _field_goes_on(name: str, value: str, below: Line) -> float:
    """How sure it is that a line goes on with the value of the field above it; 0 where it does not."""
    if labelled(below.text) or is_mark(below.text) or read_group(below.text):
        return 0.0
    if name in ("reference", "tags", "subject"):
        if not value:
            return ELSEWHERE if fit(name, below.text) or (name == "subject" and is_subject(below.text)) else 0.0
        if name == "subject":
            short = len(below.text) < _WORDS or len(value) >= _WORDS  # a long line below a short one is text
            return ELSEWHERE if below.kind is Kind.TEXT and short and is_subject(below.text) else 0.0
    if name == "received" and CLOCK.fullmatch(dated(below.text)):
        return 0.0  # the form has the time in a line of its own
    before, after = fit(name, value), fit(name, f"{value} {below.text}")
    ends = name in ("from", "to", "repeated")
    if after > before > 0 or (ends and value and after > 1 and not before):
        return SPACED
    whole = name in ("from", "to") and after == before == 2 and post_of(f"{value} {below.text}")
    return SPACED if whole and not fit(name, below.text) else 0.0


def _mark_goes_on(line: Line, below: Line, together: str) -> float:
    """How sure it is that two lines are one phrase, one label, or one line of a cable head."""
    if labelled(together) and len(line.text) < _WORDS and not is_mark(line.text):
        label = LABELLED.match(together)
        whole = label["label"] if label else together[: len(line.text) + 3]
        return SPACED if len(whole) > len(line.text) and not line.text.endswith(":") else 0.0
    if group := read_group(together):
        first, second = read_group(line.text), read_group(below.text)
        more = [one for one in (first, second) if one and (one.sent, one.letters) == (group.sent, group.letters)]
        return 0.0 if more else SPACED
    if level_line(together):
        return 0.0 if level_line(line.text) or level_line(below.text) else SPACED
    if end := end_line(together):
        return _end_goes_on(end[1], end_line(line.text), below)
    if CLOCK.fullmatch(dated(together)) or _is_moment(line.text, below.text):
        return SPACED
    if is_mark(line.text) and not re.search(r"\b(?:FOR|ONLY|PASS)$", line.text, re.IGNORECASE):
        return 0.0
    if is_mark(below.text) and line.kind is not Kind.TEXT:
        return 0.0
    like = phrases().nearest(together)
    return like.confidence if like and like.confidence >= LOOKALIKE else _post_goes_on(line, below, together)


def _end_goes_on(who: str, alone: tuple[str, str] | None, below: Line) -> float:
    """``FM AMEMBASSY`` and ``MOSCOW``, ``TO SECSTATE`` and ``WASHDC`` below each other are one line."""
    if fit("to", who) < 2 or end_line(below.text) or level_line(below.text):
        return 0.0
    incomplete = alone is None or fit("to", alone[1]) == 0 or not fit("to", below.text)
    same = alone is not None and post_of(who) is not None and post_of(who) == post_of(alone[1]) == post_of(below.text)
    return SPACED if incomplete or same else 0.0


def _is_moment(date: str, time: str) -> bool:
    """``MARCH 1, 1963,`` and ``7:14 PM`` below each other are one date line."""
    day = read_moment(date)
    starts = day.date is not None and day.date.start == 0 and day.date.day is not None and day.time is None
    return starts and CLOCK.fullmatch(dated(time)) is not None


def _post_goes_on(line: Line, below: Line, together: str) -> float:
    """``AMEMBASSY`` and ``PARIS`` below each other are one addressee."""
    kind = vocabulary("missions").find(line.text)
    return SPACED if kind and post_of(below.text) and post_of(together) else 0.0
