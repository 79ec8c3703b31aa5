"""Letters named by their dates: "his letter of March 3", "letters from the King on Jan 4 and Feb 9, 1957"."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MONTHS = "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
_DATE = re.compile(
    rf"\b(?:of|on|dated|and|OF|ON|DATED|AND) ((?i:{_MONTHS})\.? \d{{1,2}}(?:, ?\d{{4}})?)\b(?! ?[-–]? ?\d)"
)
_LETTER = re.compile(r"\b(?:[Ll]etters?|LETTERS?)\b")
#: So far behind the word dates may stand, of one letter and of several; a sentence ends it.
_REACH, _REACH_OF_SEVERAL = 40, 110
_END = re.compile(r"[;:]|\.(?=\s|$)(?<!\b[A-Z]\.)")


def letters(folded: str) -> Iterator[tuple[int, int]]:
    """Spans of the dates by which a folded text names letters, from left to right."""
    if "etter" not in folded and "ETTER" not in folded:
        return
    last = 0
    for letter in _LETTER.finditer(folded):
        start = max(last, letter.end())
        several = letter[0][-1] in "sS"
        stop = min(letter.end() + (_REACH_OF_SEVERAL if several else _REACH), len(folded))
        if (end := _END.search(folded, start, stop)) is not None:
            stop = end.start()
        for date in _DATE.finditer(folded, start, stop):
            last = date.end()
            yield date.span(1)
