"""Texts brought to one spelling of quotes, dashes, spaces and accents, each character for one: offsets stay."""

from __future__ import annotations

import re
import unicodedata

_SPELLINGS = (("’", "'"), ("‘", "'"), ("–", "-"), ("—", "-"), ("‑", "-"), ("\n", " "), ("\u00a0", " "))
_LATIN = range(0xC0, 0x250)
_ACCENTED = re.compile(f"[{chr(_LATIN.start)}-{chr(_LATIN.stop - 1)}]")
#: Letters that Unicode takes apart into a letter and an accent, and those of the same kind that it does not.
_PLAIN = {
    code: base
    for code in _LATIN
    if (base := unicodedata.normalize("NFD", chr(code))[0]) != chr(code)
} | {ord(letter): base for letter, base in ("ıi", "øo", "ØO", "łl", "ŁL", "đd", "ĐD", "ħh", "ðd")}  # fmt: skip


def fold(text: str) -> str:
    """Spell a text plainly; its length stays, so that offsets into the result are offsets into the text."""
    if text.isascii():
        return text.replace("\n", " ")
    for printed, plain in _SPELLINGS:
        text = text.replace(printed, plain)
    # Most texts have no accent, and a search is far cheaper than a translation.
    return text.translate(_PLAIN) if _ACCENTED.search(text) else text
