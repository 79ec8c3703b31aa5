"""Words that have lost a letter, told from the words of the project's own vocabularies: ``MINISTY`` is no word, MINISTRY is.

This shows that a transcript is damaged; no word of the text is changed by it.
"""

from __future__ import annotations

import re
from functools import cache

from cablegraph import folders

_WORD = re.compile(r"[A-Za-z]+")
_QUOTED = re.compile(r'"([^"\n]{2,2000})"(?:@en)?')
#: Shorter words have too many neighbors.
_SHORTEST = 6
#: A text this long is a sentence.
_SENTENCE = 40
#: Common words that the vocabularies may lack.
_COMMON = [
    "which",
    "would",
    "should",
    "could",
    "there",
    "their",
    "before",
    "between",
    "against",
    "however",
    "whether",
    "government",
    "president",
    "though",
    "forth",
    "judgment",
    "weeks",
    "price",
    "paras",
    "neighbors",
    "tends",
    "noting",
    "handing",
    "phases",
    "evens",
    "marshal",
    "traveling",
    "heath",
    "waning",
]


def lost_letter(word: str) -> str | None:
    """The known word that this unknown one is when a letter within it is put back; None where there is none."""
    word = word.casefold()
    if len(word) < _SHORTEST - 1 or word in _words():
        return None
    return _shortened().get(word)


@cache
def _words(shortest: int = 0) -> frozenset[str]:
    """The words of all texts of the vocabularies that are so long: names are short, definitions are sentences."""
    texts = (path.read_text(encoding="utf-8") for path in sorted((folders.ONTOLOGY / "vocabularies").glob("*.ttl")))
    quoted = (match[1] for text in texts for match in _QUOTED.finditer(text) if len(match[1]) >= shortest)
    return frozenset(word.casefold() for text in quoted for word in _WORD.findall(text)) | frozenset(_COMMON)


@cache
def _shortened() -> dict[str, str]:
    """Every word of a definition with a letter within it left out."""
    found: dict[str, str] = {}
    for word in sorted(_words(_SENTENCE)):
        if len(word) >= _SHORTEST:
            for at in range(1, len(word) - 1):
                found.setdefault(word[:at] + word[at + 1 :], word)
    return found
