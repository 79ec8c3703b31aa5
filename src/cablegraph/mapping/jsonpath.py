"""JSONPath (RFC 9535), as far as mappings use it: names, indexes, all children, and names at any depth.

Filters, slices and unions are refused by name. Mappings of before RML-Core write ``name`` or ``a.b`` for ``$.name``; that is
read where it is allowed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Name:
    """A member of an object; with ``deep`` at any depth."""

    name: str
    deep: bool = False


@dataclass(frozen=True)
class Index:
    """An item of a list, counted from 0, or from the end where negative."""

    index: int


@dataclass(frozen=True)
class Every:
    """All items of a list or members of an object."""


Step = Name | Index | Every

_STEP = re.compile(
    r"""\.\.(?:(?P<deep>[^\s.\[\]'"*@?()]+)|\[(?P<deepquote>['"])(?P<deepquoted>(?:\\.|(?!(?P=deepquote))[^\\])*)(?P=deepquote)\])
    |\.?\[\s*(?:(?P<index>-?\d+)|(?P<star>\*)|(?P<quote>['"])(?P<quoted>(?:\\.|(?!(?P=quote))[^\\])*)(?P=quote))\s*\]
    |\.(?P<dotstar>\*)
    |\.(?P<name>[^\s.\[\]'"*@?()]+)""",
    re.VERBOSE | re.DOTALL,
)
#: A name that is written without ``$``: anything up to a dot or a bracket.
_BARE = re.compile(r"[^.\[\]]+")
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def parse_jsonpath(text: str, *, bare: bool = False) -> tuple[Step, ...]:
    """Read a JSONPath; with ``bare`` also one without ``$``, in whose names spaces may stand.

    Raises:
        ValueError: it is none, or has a part that is not supported; the message says which.
    """
    if text.startswith("$"):
        place = 1
        steps: list[Step] = []
    elif bare and (first := _BARE.match(text)):
        place = first.end()
        steps = [] if first.group() == "@" else [Name(first.group())]
    else:
        raise ValueError("a JSONPath begins with $")
    while place < len(text):
        match = _STEP.match(text, place)
        if match is None and bare and text[place] == "." and (name := _BARE.match(text, place + 1)):
            steps.append(Name(name.group()))
            place = name.end()
            continue
        if match is None:
            raise ValueError(
                f"{text[place:]!r} is no part of a JSONPath that is supported: .name ['name'] [0] [*] ..name"
            )
        steps.append(_step(match))
        place = match.end()
    return tuple(steps)


def _step(match: re.Match[str]) -> Step:
    if match["index"] is not None:
        return Index(int(match["index"]))
    if match["star"] or match["dotstar"]:
        return Every()
    if match["deep"] is not None:
        return Name(match["deep"], deep=True)
    if match["deepquoted"] is not None:
        return Name(_unescaped(match["deepquoted"]), deep=True)
    if match["quoted"] is not None:
        return Name(_unescaped(match["quoted"]))
    return Name(match["name"])


def _unescaped(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        return chr(int(match[1], 16)) if match[1] else _ESCAPES.get(match[2], match[2])

    return re.sub(r"\\(?:u([0-9A-Fa-f]{4})|(.))", character, text, flags=re.DOTALL)


def is_plural(steps: tuple[Step, ...]) -> bool:
    """Whether a path may lead to several values."""
    return any(isinstance(step, Every) or (isinstance(step, Name) and step.deep) for step in steps)
