"""Letters that the typist or the OCR took for figures, and the other way: O and 0, I, l and 1.

Only where a figure must stand: in numbers, dates and times of the form. Whoever uses a repaired value says so in
``readings``, with the text as printed.
"""

from __future__ import annotations

import re

from cablegraph.sources.dates import MONTHS

_FIGURES = str.maketrans("OoIl|", "00111")
_LETTERS = str.maketrans("01", "OI")
_NUMBER = re.compile(r"(?<![A-Za-z0-9])[0-9OoIl|]*[0-9][0-9OoIl|]*(?![A-Za-z0-9])")
_WORD = re.compile(r"\b[A-Za-z]+[01][A-Za-z01]*\b")
_MONTH = rf"(?:{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)})"
_DAY = re.compile(rf"\b({_MONTH}\.?\s+)([OIl|]{{1,2}})(?![A-Za-z0-9])", re.IGNORECASE)


def figures(text: str) -> str:
    """Write figures where a figure must stand: ``I862, N0VEMBER I9, 8:2O PM`` is ``1862, NOVEMBER 19, 8:20 PM``."""
    text = _WORD.sub(_month, text)
    text = _DAY.sub(lambda match: match[1] + match[2].translate(_FIGURES), text)
    return _NUMBER.sub(lambda match: match.group().translate(_FIGURES), text)


def _month(match: re.Match[str]) -> str:
    word = match.group().translate(_LETTERS)
    return word if re.fullmatch(_MONTH, word, re.IGNORECASE) else match.group()


def label(text: str) -> str:
    """The pattern of a printed label in which O may be 0 and I or l may be 1."""
    doubtful = {"o": "[o0]", "i": "[i1l]", "l": "[l1i]", " ": r"\s*"}
    return "".join(doubtful.get(mark, re.escape(mark)) for mark in text.casefold())
