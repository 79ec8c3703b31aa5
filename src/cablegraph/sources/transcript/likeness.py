"""Which known words a damaged one may have been: letters taken for others, lost, doubled, spaces gone.

Only words out of a closed list are repaired: titles and labels of the form, classifications, precedences, captions,
posts, months. A repair that could have been two words is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from cablegraph.sources.transcript.sureness import ALIKE, LIKE, LOOKALIKE, LOST, SPACED
from cablegraph.vocabularies import normalise, vocabulary

#: Letters and figures that look alike on a bad copy, brought to one of them.
_ALIKE = str.maketrans("0q1l|5$826", "ooiiissbzg")
#: Longer texts are no single word or phrase of a form.
_LONGEST = 64
#: How many answers are remembered.
_KEPT = 5000


@dataclass(frozen=True)
class Likeness:
    """The known form that a text is like, in how far, and how sure that is."""

    form: str
    how: str
    confidence: float


def fold(text: str) -> str:
    """Bring a text to what of it survives a bad copy: its letters, those that look alike as one."""
    return "".join(mark for mark in text.casefold().translate(_ALIKE) if mark.isalpha())


def allowance(length: int) -> int:
    """How many letters may differ in a known word of some length: none in a short one, where other words are near."""
    return 0 if length < 5 else 1 if length < 10 else 2 if length < 16 else 3


def distance(one: str, other: str, limit: int) -> int:
    """How many letters must be put in, left out, changed or exchanged to make one word of the other; above ``limit``, more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, mark in enumerate(one, 1):
        before, last, row = row, before, [at]
        for to, letter in enumerate(other, 1):
            cost = min(before[to] + 1, row[-1] + 1, before[to - 1] + (mark != letter))
            if at > 1 and to > 1 and mark == other[to - 2] and one[at - 2] == letter:
                cost = min(cost, last[to - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


class Forms:
    """A closed list of words and phrases, each with what it means, that damaged ones are compared with.

    What is like a form keeps one of its pieces whole, if it is cut into one piece more than letters may differ; so only
    forms that share a piece are compared letter by letter.
    """

    def __init__(self, forms: Iterable[tuple[str, str]]) -> None:
        self._by_fold: dict[str, tuple[str, str]] = {}
        self._by_piece: dict[str, list[str]] = {}
        for form, meaning in forms:
            key = fold(form)
            if key and key not in self._by_fold:
                self._by_fold[key] = (form, meaning)
                for piece in _pieces(key):
                    self._by_piece.setdefault(piece, []).append(key)
        self._sizes = sorted({len(piece) for piece in self._by_piece})
        self._found: dict[str, Likeness | None] = {}

    def nearest(self, text: str, *, near: bool = True) -> Likeness | None:
        """The one form that a text is like, None where there is none or several; ``near`` allows for lost letters."""
        if len(text) > _LONGEST:
            return None
        key = fold(text)
        if 2 * len(key) < sum(mark.isalnum() for mark in text) or not key:
            return None
        if key in self._by_fold:
            form = self._by_fold[key][0]
            same = _letters(form) == _letters(text)
            how = "spaces and marks of a known form" if same else ALIKE
            return Likeness(_in_case(form, text), how, SPACED if same else LOOKALIKE)
        if not near:
            return None
        if len(self._found) > _KEPT:
            self._found.clear()
        if key not in self._found:
            self._found[key] = self._like(key)
        found = self._found[key]
        return found and Likeness(_in_case(found.form, text), found.how, found.confidence)

    def _like(self, key: str) -> Likeness | None:
        candidates = {
            form
            for size in self._sizes
            for at in range(len(key) - size + 1)
            for form in self._by_piece.get(key[at : at + size], ())
        }
        away = {form: distance(key, form, allowance(len(form))) for form in sorted(candidates)}
        fitting = {form: count for form, count in away.items() if count <= allowance(len(form))}
        if not fitting:
            return None
        least = min(fitting.values())
        nearest = [self._by_fold[form] for form, count in fitting.items() if count == least]
        if len({meaning for _, meaning in nearest}) > 1:
            return None
        return Likeness(nearest[0][0], LOST, round(LIKE - 0.1 * (least - 1), 2))


def _pieces(key: str) -> list[str]:
    """Cut a form into pieces of which one stays whole in whatever is like it; none where nothing else may be like it."""
    count = allowance(len(key)) + 1
    if count == 1:
        return []
    cuts = [len(key) * at // count for at in range(count + 1)]
    return [key[start:end] for start, end in pairwise(cuts)]


def _letters(text: str) -> str:
    return normalise(text).replace(" ", "")


def _in_case(form: str, text: str) -> str:
    letters = [mark for mark in text if mark.isalpha()]
    return form.upper() if letters and 4 * sum(mark.isupper() for mark in letters) >= 3 * len(letters) else form


@cache
def phrases() -> Forms:
    """Whole lines of a form that are always the same words."""
    titles = [
        f"{way} {kind}" for way in ("INCOMING", "OUTGOING") for kind in ("TELEGRAM", "AIRGRAM", "MESSAGE")
    ]  # fmt: skip
    titles += ["Department of State", "ACTION COPY", "PERMANENT RECORD COPY", "INFORMATION COPY", "FILE COPY"]
    titles += ["Classification", "PERMANENT RECORD"]
    titles += ["MICROFILMED FOR", "Declassified for publication in", "Foreign Relations of the United States"]
    agents = ("WHITE HOUSE", "DEFENSE", "TREASURY", "USUN", "CINCPAC", "CINCEUR", "CIA", "USIA", "AID", "COMMERCE")
    titles += [f"{who} PASS {agent}" for who in ("DEPARTMENT", "DEPT", "STATE", "PLEASE") for agent in agents]
    forms = [(form, form) for form in titles]
    for scheme in ("classification", "precedence", "captions"):
        forms += [
            (label, f"{scheme} {concept.key}")
            for concept in vocabulary(scheme)
            for label in concept.labels
            if len(fold(label)) > 3
        ]
    holders = [label for concept in vocabulary("positions") for label in concept.labels]
    forms += [(f"Eyes Only {word}{holder}", f"for {holder}") for word in ("for ", "for the ", "") for holder in holders]
    return Forms(forms)


@cache
def words(scheme: str) -> Forms:
    """The printed forms of a vocabulary."""
    return Forms((label, concept.key) for concept in vocabulary(scheme) for label in concept.labels)
