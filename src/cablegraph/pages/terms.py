"""Terms of N-Triples as people read them: the text of a literal, its language or datatype."""

from __future__ import annotations

import re

_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_CHARACTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def text_of(literal: str) -> tuple[str, str, str]:
    """Take a literal apart: its text, language tag and datatype IRI (each empty where there is none)."""
    end = literal.rindex('"')
    text, rest = literal[1:end], literal[end + 1 :]
    if "\\" in text:
        text = _ESCAPED.sub(_unescaped, text)
    return text, rest[1:] if rest.startswith("@") else "", rest[3:-1] if rest.startswith("^^") else ""


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _CHARACTERS.get(match[3], match[3])
