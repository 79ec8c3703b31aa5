"""Who sent a telegram, and to whom: posts and offices, also where their names were damaged."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from cablegraph.sources.telegram import post_of
from cablegraph.sources.transcript.likeness import Forms, Likeness, words
from cablegraph.sources.transcript.numbers import Addressee, addressee
from cablegraph.sources.transcript.sureness import SPACED
from cablegraph.vocabularies import vocabulary

#: A name of an end has at most so many words.
_MOST_WORDS = 6
#: Words of an addressee that lost the space between them.
_GLUED = re.compile(
    r"(?i)((?:AMEMBASSY|AMCONSUL|AMCONGEN|USMISSION|USINT|SECSTATE))(?=[A-Z]{4})"
    r"|([A-Z]{3})(?=(?:PRIORITY|IMMEDIATE|NIACT|FLASH|ROUTINE)\b)|([A-Z]{3})(?=\d{2,6}$)"
)
#: A point behind a word that is no abbreviation.
_POINTS = re.compile(r"(?<=[A-Za-z]{3})[.,;:'](?=\s)")
_NAME = re.compile(r"[A-Za-z]")


@dataclass(frozen=True)
class End:
    """An end of a telegram; ``like`` says how its name was repaired, ``printed`` is it as the transcript has it."""

    who: Addressee
    printed: str
    like: Likeness | None = field(default=None)


def read_end(text: str) -> End:
    """Read one addressee or sender: who, and the precedence and number behind it."""
    printed = text.strip(" ,;.:'`~^|_*")
    text = printed if len(printed) > 100 else _parted(printed)
    plain = addressee(text)
    if plain.post is not None or len(text) > 100:
        how = Likeness(text, "spaces and marks of a known form", SPACED) if text != printed else None
        return End(plain, printed, how)
    pieces = text.split()
    for count in range(min(_MOST_WORDS, len(pieces)), 0, -1):
        like = known_end(" ".join(pieces[:count]))
        if like is None:
            continue
        who = addressee(" ".join([like.form, *map(_mark, pieces[count:])]))
        if who.post is not None and (count == len(pieces) or who.text != f"{like.form} {' '.join(pieces[count:])}"):
            return End(who, printed, like)
    return End(plain, printed)


def _parted(text: str) -> str:
    return _GLUED.sub(lambda match: f"{match.group()} ", _POINTS.sub("", text))


def read_ends(text: str) -> list[End]:
    """Read a list of addressees, parted by commas, semicolons or lines."""
    return [read_end(item) for item in re.split(r"[,;\n]", text) if _NAME.search(item)]


def known_end(text: str) -> Likeness | None:
    """The known post, office or position that a damaged name is like; None also where it is none as printed."""
    if len(text) > 60:
        return None
    return _positions().nearest(text) or words("posts").nearest(text) or _mission(text)


def _mission(text: str) -> Likeness | None:
    """``AMEMBAS5Y MOSCW``: a kind of mission and a place, either of them damaged."""
    first, _, place = text.partition(" ")
    kind = words("missions").nearest(first)
    where = words("posts").nearest(place) if place else None
    if kind is None or (where is None and post_of(place) is None):
        return None
    form = f"{kind.form} {where.form if where else place}"
    if post_of(form) is None:
        return None
    worst = min((one for one in (kind, where) if one), key=lambda one: one.confidence)
    return Likeness(form, worst.how, worst.confidence)


def _mark(word: str) -> str:
    """A word behind the name: a damaged precedence is repaired, everything else stays."""
    if vocabulary("precedence").find(word):
        return word
    like = words("precedence").nearest(word)
    return like.form if like else word


@cache
def _positions() -> Forms:
    """Offices of the Department that telegrams are addressed to, in one list with the Department itself."""
    forms = [(label, concept.key) for concept in vocabulary("positions") for label in concept.labels]
    return Forms(form for form in forms if len(form[0]) > 5)
