"""Telegrams named by their relation to the one that names them: reftel, septel, your message, mytel.

Drafters name what both ends have on the desk without its number. Four sorts are told apart, by the word that the
telegraphese of the time had for each: ``reftel`` (what the line of references or the text has named), ``septel`` (a
telegram sent beside this one), ``urtel`` (one of the addressee's) and ``mytel`` (another of the sender's).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_MESSAGE = r"(?:telegrams?|tels?|messages?|msgs?|cables?|airgrams?)"
_LATE = r"(?:(?:last|latest|recent|preceding|previous|earlier|immediately\s(?:preceding|following))\s)?"
_RELATIVE = re.compile(
    rf"""\b(?:
        (?P<septel>sep\s?tels?|separate\s{_MESSAGE})
      | (?P<urtel>ur(?:[ -]?tels?|[ -]?msgs?)|your(?:tels?|\s{_LATE}{_MESSAGE}))
      | (?P<mytel>my(?:tels?|\s{_LATE}{_MESSAGE})|our(?:tels?|\s{_LATE}{_MESSAGE}))
      | (?P<reftel>ref\s?(?:tels?|msgs?|airs?)|referenced?\s{_MESSAGE}|{_MESSAGE}\s(?:under\sreference|in\sreference|cited|referred\sto))
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
#: The name of one telegram ends with its number; those have their own rows.
_NUMBERED = re.compile(r"\.?,?\s(?:numbers?\s|nos?\.?\s)?(?:[A-Z]{1,3}-)?\d", re.IGNORECASE)
#: Words without which a text names no telegram in this way; looking for them is quick.
_SOME = re.compile("(?i)tel|message|msg|cable|airgram|refair")
_OWNERS = {"urtel": "your", "mytel": "own", "septel": "own"}


class Relative(NamedTuple):
    """Words that name a telegram without its number; ``sort`` is reftel, septel, urtel or mytel."""

    start: int
    end: int
    sort: str

    @property
    def whose(self) -> str | None:
        """Whose telegram it is, seen from the one that names it: "your", "own", or not said."""
        return _OWNERS.get(self.sort)


def find_relative(text: str) -> Iterator[Relative]:
    """Find the telegrams that a text names without a number, in the order of the text."""
    if _SOME.search(text) is None:
        return
    for match in _RELATIVE.finditer(text):
        if match.lastgroup and _NUMBERED.match(text, match.end()) is None:
            yield Relative(match.start(), match.end(), match.lastgroup)


def ends_of(whose: str | None, cited_in: dict[str, Any]) -> dict[str, str | None]:
    """Direction and post of a telegram that is "your" or "own", as seen from the row of ``records`` that cites it.

    Empty where nobody's is said, or the direction of the citing telegram is not known.
    """
    direction = cited_in["direction"]
    if not whose or not direction:
        return {}
    back = {"incoming": "outgoing", "outgoing": "incoming"}
    return {
        "direction": back[direction] if whose == "your" else direction,
        "post": cited_in["from_post"] if direction == "incoming" else cited_in["to_post"],
    }


def relative_rows(text: str, cited_in: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The columns of ``references`` for each such telegram in a text of the record whose row is ``cited_in``."""
    for found in find_relative(text):
        place = {"start": found.start, "end": found.end, "surface": text[found.start : found.end]}
        yield place | ends_of(found.whose, cited_in) | {"how": found.sort}
