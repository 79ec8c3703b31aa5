"""Signs that a transcript is damaged, and which of its lines the right margin cut off.

In a damaged transcript even what is printed plainly may have lost a letter or a figure; its fields are told as less
sure unless a second place or a closed list of names confirms them.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from cablegraph.sources.transcript.lines import Kind, Line
from cablegraph.sources.transcript.spelling import lost_letter
from cablegraph.sources.transcript.sureness import SIGNS

#: A word with a figure in it that looks like a letter.
_MIXED = re.compile(
    r"(?<![\w/.-])[A-Za-z]{2,}[0158][A-Za-z]+(?![\w/.-])|(?<![\w/.-])[A-Za-z]+[0158][A-Za-z]{2,}(?![\w/.-])"
)
#: A number with a letter in it that looks like a figure.
_NUMBERS = re.compile(r"(?<![\w/.-])\d+[OIlSB]\d+(?![\w/-])")
#: Words of every text, and what is left of them when a letter is lost and that is no other word.
_LOST = frozenset(
    [
        "tht",
        "thta",
        "wth",
        "wih",
        "frm",
        "ths",
        "whch",
        "whih",
        "wich",
        "wuld",
        "woud",
        "wold",
        "hve",
        "ther",
        "thir",
        "thei",
        "teir",
        "bfore",
        "befre",
        "befor",
        "abot",
        "shoud",
        "shuld",
        "coud",
        "culd",
        "aftr",
        "agin",
        "betwen",
    ]
)
#: So many words that are known ones without one letter are a sign; in a long text a single one may be a word by itself.
_UNSPELT, _SHORT = 2, 1200
_WORDS = re.compile(r"[A-Za-z]{3,20}")
#: A speck of dirt within a word.
_SPECK = re.compile(r"[A-Za-z][`~^|_*;][A-Za-z]")
#: So many characters of the text are looked at.
_SAMPLE = 40_000
#: How many lines must end at the right margin for it to have cut them, and which share of the long ones.
_LINES, _SHARE, _LONG = 4, 0.5, 0.8


@dataclass
class Damage:
    """What shows that a transcript is damaged: ``signs`` by line, and the lines that the margin cut."""

    signs: set[int] = field(default_factory=set)
    cut: set[int] = field(default_factory=set)

    @property
    def shown(self) -> bool:
        """Whether there is any sign."""
        return bool(self.signs or self.cut)


def signs_of_damage(lines: list[Line]) -> Damage:
    """Look for damage in the lines of a telegram, its head restored."""
    damage = Damage(cut=_cut(lines))
    unspelt: dict[str, int] = {}
    seen = 0
    for line in lines:
        text = line.text if line.given is None else line.given
        if line.how and any(sign in line.how for sign in SIGNS):
            damage.signs.add(line.number)
        if line.kind in (Kind.TEXT, Kind.PAGE_HEAD, Kind.BLANK) and seen < _SAMPLE:
            seen += len(text)
            words = [match.group() for match in _WORDS.finditer(text[:_SAMPLE])]
            if _damaged(text[:_SAMPLE]) or any(word.casefold() in _LOST for word in words):
                damage.signs.add(line.number)
            unspelt |= {word.casefold(): line.number for word in words if lost_letter(word)}
    if len(unspelt) >= (_UNSPELT if seen > _SHORT else 1):
        damage.signs |= set(unspelt.values())
    return damage


def _damaged(text: str) -> bool:
    return "\ufffd" in text or any(pattern.search(text) for pattern in (_MIXED, _NUMBERS, _SPECK))


def _cut(lines: list[Line]) -> set[int]:
    """The lines that end at the right margin, if most long lines end there, which they never do by themselves."""
    ends = Counter(line.ends for line in lines if line.ends)
    if not ends:
        return set()
    margin = max(ends)
    at_margin = ends[margin] + ends.get(margin - 1, 0)
    long = sum(count for end, count in ends.items() if end >= _LONG * margin)
    if at_margin < _LINES or at_margin < _SHARE * long or margin < 12:
        return set()
    return {line.number for line in lines if line.ends >= margin - 1}
