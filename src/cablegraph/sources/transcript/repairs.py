"""Letters that the typist or the OCR took for figures, and the other way: O and 0, I, l and 1, S and 5, B and 8.

Only where a figure must stand: in numbers, dates and times of the form. Whoever uses a repaired value says so in
``readings``, with the text as printed.
"""

from __future__ import annotations

import re

from cablegraph.sources.dates import MONTHS
from cablegraph.sources.transcript.likeness import Forms

_FIGURES = str.maketrans("OoQDIl|!SsBZz", "0000111155822")
_ALIKE = r"0-9OoQDIl|!SBZ"
_LETTERS = str.maketrans("0158", "OISB")
_NUMBER = re.compile(rf"(?<![A-Za-z0-9])[{_ALIKE}]{{0,9}}[0-9][{_ALIKE}]{{0,9}}(?![A-Za-z0-9])")
_WORD = re.compile(r"\b[A-Za-z]{0,12}[0158][A-Za-z0158]{0,12}\b")
_MONTH = rf"(?:{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)})"
_DAY = re.compile(rf"\b({_MONTH}\.?[ \t]{{1,4}})([OIl|SBZ]{{1,2}})(?![A-Za-z0-9])", re.IGNORECASE)
_HOUR = re.compile(r"(?<![A-Za-z0-9:.])([OIl|SBZ]{1,2})(?=(?:[:.][0-9OIl|SBZ]{2})?[ \t]{0,2}[AP]\.?[ \t]?M\b)")
_MINUTE = re.compile(r"(?<=\d[:.])([0-9OIl|SBZ]{2})(?=[ \t]{0,2}[AP]\.?[ \t]?M\b)")
_MONTHS = Forms((form, name) for name in MONTHS for form in (name, name[:3]))
#: A word of at least two letters with a figure or two in it.
_MIXED = re.compile(r"(?<![\w/-])(?=[A-Za-z0158]*[A-Za-z]{2})(?=[A-Za-z]*[0158])[A-Za-z0158]{3,20}(?![\w/-])")
_LETTERED = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0158]{3,10}(?![A-Za-z0-9])")
#: The clock of the telegraph office: ``DEC 5 3 45 PM '62``.
_STAMPED = re.compile(rf"(?i)^({_MONTH}) (\d{{1,2}}) (\d{{1,2}})[ :](\d{{2}} ?[AP]M)[ ,]{{1,3}}'?(\d{{2}})$")
#: A speck of dirt inside a number or a word.
_SPECK = re.compile(r"(?<=\w)[`'’~^|_*;](?=\w)")
_JOINED = re.compile(rf"(?i)(\b{_MONTH})(?=\d)|(\d)(?={_MONTH}\b)")


def figures(text: str) -> str:
    """Write figures where a figure must stand: ``I862, N0VEMBER I9, 8:2O PM`` is ``1862, NOVEMBER 19, 8:20 PM``."""
    if text.isascii() and text.isdigit():
        return text
    text = _WORD.sub(_month, text)
    text = _DAY.sub(lambda match: match[1] + match[2].translate(_FIGURES), text)
    return _NUMBER.sub(lambda match: match.group().translate(_FIGURES), text)


def _month(match: re.Match[str]) -> str:
    word = match.group().translate(_LETTERS)
    return word if re.fullmatch(_MONTH, word, re.IGNORECASE) else match.group()


def dated(text: str) -> str:
    """A text in which a date must stand, as it was before it was damaged: ``NOVEMBFR19,8 PM`` is ``NOVEMBER 19,8 PM``.

    Its places are not those of the printed text.
    """
    text = _SPECK.sub("", text)
    text = _JOINED.sub(lambda match: f"{match.group()} ", text)
    text = _LETTERED.sub(_nearest_month, text)
    text = figures(re.sub(r"[ \t]{2,}", " ", text))
    text = _HOUR.sub(lambda match: match[1].translate(_FIGURES), text)
    return _MINUTE.sub(lambda match: match[1].translate(_FIGURES), text)


def clocked(text: str) -> str:
    """The stamp of a telegraph office in the order of other dates: ``DEC 5 3 45 PM '62`` is ``DEC 5, 1962 3:45 PM``."""
    return _STAMPED.sub(r"\1 \2, 19\5 \3:\4", text)


def _nearest_month(match: re.Match[str]) -> str:
    word = match.group()
    if word.isdigit() or re.fullmatch(_MONTH, word, re.IGNORECASE):
        return word
    found = _MONTHS.nearest(word)
    return found.form if found else word


def lettered(text: str) -> str:
    """Write letters where words must stand: ``F1SHERIES`` is ``FISHERIES``; ``IL-28`` stays."""
    return _MIXED.sub(lambda match: match.group().translate(_LETTERS), text)


def label(text: str) -> str:
    """The pattern of a printed label in which O may be 0, I or l may be 1, S may be 5 and B may be 8."""
    doubtful = {"o": "[o0]", "i": "[i1l]", "l": "[l1i]", "s": "[s5]", "b": "[b8]", " ": r"\s{0,4}"}
    return "".join(doubtful.get(mark, re.escape(mark)) for mark in text.casefold())
