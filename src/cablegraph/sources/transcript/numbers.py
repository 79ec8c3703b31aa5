"""Numbers of telegrams: the own one, those of addressees, and those that the text refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cablegraph.sources.dates import find_date, find_time
from cablegraph.sources.telegram import post_of
from cablegraph.sources.transcript.dating import Numbered
from cablegraph.sources.transcript.repairs import figures
from cablegraph.vocabularies import vocabulary

_NUMBERED = re.compile(r"\s*(?:(?P<series>[A-Z][A-Za-z]+)\s+)?(?P<number>[A-Z]{0,4}-?\d[\d/]*)(?P<rest>.*)", re.DOTALL)
_REFERENCE = re.compile(r"\b(?P<series>[A-Z][A-Za-z]{1,11})\s+(?P<number>\d{1,6})(?![\w-])")
_TAIL = re.compile(
    r"(?:\s+(?P<mark>[A-Z]+(?: [A-Z]+)?))??(?:\s+(?P<number>[\dOIl]*\d[\dOIl]*))?(?:\s+(?P<after>[A-Z]+(?: [A-Z]+)?))?\s*"
)


def numbered(text: str) -> tuple[Numbered, str | None]:
    """Take ``1862, NOVEMBER 19, 8 PM`` or ``SECTO 12, …`` apart; the second value is a series that has its own name."""
    plain = figures(text)
    match = _NUMBERED.match(plain)
    if match is None or (match["series"] and not _named(match["series"])):
        rest = text.strip(" ,")
        return Numbered(None, find_date(plain), find_time(plain), rest if find_date(plain) else None), None
    start = match.start("rest")
    rest = plain[start:]
    series = vocabulary("series").find(match["series"])
    printed = Numbered(match["number"], find_date(rest), find_time(rest), text[start:].strip(" ,") or None)
    return printed, series.label if series and not series.plain else None


def _named(word: str) -> bool:
    return vocabulary("series").find(word) is not None or vocabulary("posts").find(word) is not None


def references(text: str) -> Iterator[tuple[str, str, str]]:
    """Find telegrams named in text as (surface, series or post as printed, number): ``USUN 1835``, ``DEPTEL 1147``."""
    for match in _REFERENCE.finditer(text):
        if _named(match["series"]):
            yield match.group(), match["series"], match["number"]


@dataclass(frozen=True)
class Addressee:
    """One to whom a telegram was sent: ``Amembassy MOSCOW PRIORITY 1147``."""

    text: str
    post: str | None
    number: str | None = None
    precedence: str | None = None


def addressee(text: str) -> Addressee:
    """Take an addressee apart: who, and the precedence and number behind it, in either order."""
    text = re.sub(r"^[A-Z]{4,7}/", "", text.strip(" ,;."))
    found = vocabulary("posts").leading(text)
    if found is None:
        return Addressee(text, post_of(text))
    tail = _TAIL.fullmatch(text[found[1] :].replace(",", " "))
    if tail is None:
        return Addressee(text, post_of(text))
    marks = [mark for mark in (tail["mark"], tail["after"]) if mark]
    precedence = next((mark for mark in marks if vocabulary("precedence").find(mark)), None)
    if len(marks) > (precedence is not None):
        return Addressee(text, post_of(text))
    number = figures(tail["number"]).lstrip("0") if tail["number"] else None
    return Addressee(text[: found[1]], found[0].key, number or None, precedence)


def addressees(text: str) -> list[Addressee]:
    """Take a list of addressees apart, parted by commas, semicolons or lines."""
    return [addressee(item) for item in re.split(r"[,;\n]", text) if item.strip()]
