"""Labels of sections and paragraphs: ``I.``, ``1.``, ``(1)``, ``(A)``, ``A.``; and labels that were misread.

I, l and 1 look alike on a bad copy. A label is repaired only where the labels around it leave one reading, and the
label as printed is kept beside it.
"""

from __future__ import annotations

import re

LABEL = re.compile(
    r"(?P<label>\d{1,2}\.|\d[OIl]\.|[OIl]\d\.|[IVX]{1,5}\.|l\.|\(\d{1,2}\)|\([A-Za-z]\)|[A-Z]\.)\s+(?=\S)"
)
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_ONES = {"1.", "I.", "l."}
_FIGURES = str.maketrans("OIl", "011")


def repair(labels: list[str | None]) -> list[str | None]:
    """Read labels by the structure in which they stand; each that is no slip comes back as it was."""
    read = [_figured(label) for label in labels]
    numbered = [(at, label) for at, label in enumerate(read) if label]
    romans = {label for _, label in numbered if label.rstrip(".") in ROMAN[1:]}
    for order, (at, label) in enumerate(numbered):
        after = numbered[order + 1][1] if order + 1 < len(numbered) else None
        if label in _ONES:
            read[at] = _one(label, after, "II." in romans, first=order == 0)
        elif label in ("(I)", "(l)", "(i)") and after == "(2)":
            read[at] = "(1)"
    return read


def _figured(label: str | None) -> str | None:
    """``1O.`` is ``10.``: a letter beside a figure is one."""
    if label and re.fullmatch(r"\d[OIl]\.|[OIl]\d\.", label):
        return label.translate(_FIGURES)
    return label


def _one(label: str, after: str | None, sections: bool, *, first: bool) -> str:
    if after == "II.":
        return "I."
    if after == "2.":
        return "1."
    if first and sections and after in _ONES:
        return "I."  # a list 1, 2, … follows inside, and the sections go on with II
    return "1." if label == "l." else label


def style(label: str, sections: int) -> str:
    """The style of a label, named by its first member; ``sections`` is how many sections came before."""
    if label.startswith("("):
        return "(1)" if label[1].isdigit() else "(A)"
    name = label.rstrip(".")
    if name.isdigit():
        return "1."
    if name in ROMAN and (name == ROMAN[min(sections, len(ROMAN) - 1)] or len(name) > 1):
        return "I."
    return "A."
