"""Labels of sections and paragraphs: ``I.``, ``1.``, ``(1)``, ``(A)``, ``A.``; and labels that were misread.

I, l and 1 look alike on a bad copy, and so do O and 0, S and 5, B and 8, Z and 2. All labels of a telegram are read
together: of the ways to read them the one is taken that needs the fewest repairs, gaps and fresh starts. The label as
printed is kept beside the repaired one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LABEL = re.compile(
    r"(?P<label>\d{1,2}\.|\d[OIlSBZ]\.|[OIlSBZ]\d\.|[IVX]{1,5}\.|[lI]{1,3}\.|\(\d{1,2}\)|\([A-Za-z]\)|\([ivxlI]{1,4}\)|[A-Z]\.)\s+(?=\S)"
)
#: A label with another mark than a full stop behind it, or parted from it: one only if it goes on with the numbering.
WEAK = re.compile(r"(?P<label>(?:[\dOIlSBZ]{1,2}|[IVX]{1,4})\s?[.,:;'’`]|\d{1,2}(?=\s[A-Z]))\s*(?=[\S])")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_FIGURES = str.maketrans("OIlSBZ", "011582")
_LETTERS = str.maketrans("0158l2", "OISBIZ")
_SMALL = str.maketrans("1lI", "iii")
#: What it costs to read a label otherwise than printed (less where it is I for 1 or the other way), more if a list begins
#: with it, and more again if nothing follows in that list; to begin a list anew; to begin one in the middle; to leave a
#: gap; to take a weak label for text.
_REPAIR, _ONE, _BEGIN, _LONE, _ANEW, _AMID, _GAP, _DROP = 1.0, 0.6, 0.5, 1.0, 0.9, 2.5, 2.0, 1.2
#: How many ways are followed, and how many labels are read together.
_WAYS, _MOST = 12, 1500


@dataclass(frozen=True)
class Reading:
    """One way to read a label: its style, named by its first member; its place in the list; the label in that style."""

    style: str
    value: int
    label: str
    repaired: bool


@dataclass(frozen=True)
class _Way:
    """A way to read the labels up to here: what it costs, the lists that are open, the last reading and the way before."""

    cost: float = 0.0
    open: tuple[tuple[str, int], ...] = ()
    reading: Reading | None = None
    before: _Way | None = None

    def chosen(self) -> list[Reading | None]:
        """The readings in order."""
        found: list[Reading | None] = []
        way = self
        while way.before is not None:
            found.append(way.reading)
            way = way.before
        return found[::-1]

    def total(self) -> float:
        """What the way costs, with the lists that were repaired into being and have one member."""
        chosen = [reading for reading in self.chosen() if reading]
        begun = [reading.style for reading in chosen if reading.repaired and reading.value == 1]
        return self.cost + sum(_LONE for name in begun if not any(r.style == name and r.value == 2 for r in chosen))


def read_labels(printed: list[tuple[str, bool]]) -> list[Reading | None]:
    """Read labels by the structure in which they stand; None for a weak one that does not go on with the numbering.

    Each label comes as printed, and whether it is weak.
    """
    if len(printed) > _MOST:
        return [_plain(label) for label, _ in printed]
    ways = [_Way()]
    for label, weak in printed:
        further = [way for one in ways for way in _further(one, label, weak)]
        further.sort(key=lambda way: way.cost)
        unique: dict[tuple[tuple[str, int], ...], _Way] = {}
        for way in further:
            unique.setdefault(way.open, way)
        ways = list(unique.values())[:_WAYS]
    return min(ways, key=_Way.total).chosen()


def _further(way: _Way, label: str, weak: bool) -> Iterator[_Way]:
    for reading in readings(label):
        cost, lists = _step(way.open, reading)
        if weak and cost:
            continue
        begins = reading.repaired and reading.style not in dict(way.open)
        repair = (_repair(label) if reading.repaired or weak else 0) + (_BEGIN if begins else 0)
        yield _Way(way.cost + cost + repair, lists, reading, way)
    if weak:
        yield _Way(way.cost + _DROP, way.open, None, way)


def _repair(label: str) -> float:
    return _ONE if set(label) <= set("1Il.()") else _REPAIR


def _step(lists: tuple[tuple[str, int], ...], reading: Reading) -> tuple[float, tuple[tuple[str, int], ...]]:
    """What it costs to go on with a label, and the lists that are open then."""
    styles = [style for style, _ in lists]
    here = (reading.style, reading.value)
    if reading.style in styles:
        at = styles.index(reading.style)
        last = lists[at][1]
        cost = 0.0 if reading.value == last + 1 else _ANEW if reading.value == 1 else _GAP
        return cost, (*lists[:at], here)
    outer = () if reading.style == "I." else lists
    return (0.0 if reading.value == 1 else _AMID), (*outer, here)


def readings(label: str) -> list[Reading]:
    """All ways to read a label, those as printed before those with letters and figures exchanged."""
    inner = label.strip("().,:;'’` ")
    paren = label.startswith("(")
    found: list[Reading] = []
    figures = inner.translate(_FIGURES)
    if figures.isdigit() and 0 < int(figures) < 100:
        value = int(figures)
        found.append(Reading("(1)" if paren else "1.", value, f"({value})" if paren else f"{value}.", inner != figures))
        if not paren and value > 1:
            found.append(Reading("(1)", value, f"({value})", True))
    roman = inner.translate(str.maketrans("1l", "II"))
    if not paren and roman in ROMAN:
        found.append(Reading("I.", ROMAN.index(roman) + 1, f"{roman}.", roman != inner))
    small = inner.translate(_SMALL)
    if paren and small.upper() in ROMAN and not inner.isupper():
        found.append(Reading("(i)", ROMAN.index(small.upper()) + 1, f"({small})", small != inner))
    letter = inner.translate(_LETTERS) if not inner.isalpha() else inner
    if len(letter) == 1 and letter.isalpha() and letter != "l":
        found += _lettered(letter, inner, paren=paren)
    return sorted(found, key=lambda reading: reading.repaired)


def _lettered(letter: str, inner: str, *, paren: bool) -> Iterator[Reading]:
    value = ord(letter.upper()) - ord("A") + 1
    if 0 < value < 27:
        style = ("(A)" if letter.isupper() else "(a)") if paren else "A."
        yield Reading(style, value, f"({letter})" if paren else f"{letter}.", letter != inner)


def _plain(label: str) -> Reading | None:
    found = readings(label)
    return found[0] if found else None


def gaps(read: list[Reading | None]) -> list[tuple[int, str]]:
    """Where a number is missing between two labels of one list: the index of the label behind it, and what is missing."""
    lists: tuple[tuple[str, int], ...] = ()
    found: list[tuple[int, str]] = []
    for at, reading in enumerate(read):
        if reading is None:
            continue
        last = dict(lists).get(reading.style, 0)
        if 1 < reading.value - last < 6:
            found.append((at, ", ".join(_member(reading, value) for value in range(last + 1, reading.value))))
        lists = _step(lists, reading)[1]
    return found


def _member(reading: Reading, value: int) -> str:
    if reading.style == "I.":
        return ROMAN[value - 1]
    if reading.style == "(i)":
        return f"({ROMAN[value - 1].lower()})"
    name = str(value) if "1" in reading.style else chr(ord("A" if "A" in reading.style else "a") + value - 1)
    return f"({name})" if reading.style.startswith("(") else name
