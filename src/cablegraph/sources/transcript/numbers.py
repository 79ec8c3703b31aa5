"""Numbers of telegrams: the own one, those of addressees, and those that the text refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cablegraph.sources.telegram import post_of
from cablegraph.sources.transcript.dating import Figures, Numbered, read_moment
from cablegraph.sources.transcript.repairs import figures
from cablegraph.vocabularies import vocabulary

_NUMBERED = re.compile(
    r"[\s.`'’~^|_*,]{0,4}(?:(?P<series>[A-Z][A-Za-z]{1,11})\s{1,4})?"
    r"(?P<number>(?:[A-Z]{1,4}-)?\d(?:[\d/]|[`'’~^|_*.](?=\d)){0,11})(?P<rest>.*)",
    re.DOTALL,
)
_CONTROL = re.compile(r"[\s.`'’~^|_*,]{0,4}(?P<number>\d(?:[\d-]|[`'’~^|_*.](?=\d)){0,11})")
#: Figures right beside a number, which may have been part of it; a day of a month is not.
_BESIDE = re.compile(r"\W{0,2}\d(?!\d?,?\s?[A-Z]{3})")
_FIGURE = re.compile(r"\d")
#: Specks of dirt in a number.
_SPECKS = re.compile(r"[`'’~^|_*.]")
#: A number behind up to four words that may name whose it is; letters in it that look like figures are read so.
_REFERENCE = re.compile(
    r"(?P<words>(?<![A-Za-z])[A-Z][A-Za-z.]{1,14}(?:\s{1,4}[A-Z][A-Za-z.]{1,14}){0,3})\s{1,4}"
    r"(?P<number>(?=[OIlSB]{0,5}\d)[\dOIlSB]{1,6}(?:[.,;'`~^|_*](?=[\dOIlSB])[\dOIlSB]{1,4})?)(?![\w-]|[.,;'`~^|_*]\w)"
)
_TAIL = re.compile(
    r"(?:\s+(?P<mark>[A-Za-z]+(?: [A-Za-z]+)?))??(?:\s+(?P<number>[OIlSB]{0,5}\d[\dOIlSB]{0,9}))?(?:\s+(?P<after>[A-Za-z]+(?: [A-Za-z]+)?))?\s*"
)
_GLUED = re.compile(r"(?<![A-Za-z])(?P<series>[A-Z][A-Za-z]{3,8})(?P<number>\d{2,6})(?![\w-])")
#: Numbers of telegrams have no more figures.
_MOST_FIGURES = 6
_COUNTS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SECTIONS = re.compile(r"\bSECTION\s{1,4}\w{1,6}\s{1,4}OF\s{1,4}(?P<count>\d{1,3}|[A-Z]{3,6})\b", re.IGNORECASE)
#: A longer text is no single addressee.
_LONGEST = 200


def numbered(text: str) -> tuple[Numbered, str | None]:
    """Take ``1862, NOVEMBER 19, 8 PM`` or ``SECTO 12, …`` apart; the second value is a series that has its own name."""
    text = text[:_LONGEST]
    plain = figures(text)
    match = _NUMBERED.match(plain)
    if match is None or (match["series"] and not _named(match["series"])):
        moment = read_moment(text)
        return Numbered(None, moment, text.strip(" ,") if moment.date else None), None
    start = match.start("rest")
    moment = read_moment(text[start:])
    broken = _BESIDE.match(plain, start) is not None or (
        moment.date is None and _FIGURE.search(plain, start) is not None
    )
    read = Figures(_SPECKS.sub("", match["number"]), text[match.start("number") : start], broken)
    series = vocabulary("series").find(match["series"])
    return Numbered(
        read, moment, text[start:].strip(" ,") or None
    ), series.label if series and not series.plain else None


def read_figures(text: str) -> Figures | None:
    """Read a control number."""
    plain = figures(text[:_LONGEST]).strip()
    match = _CONTROL.match(plain)
    if match is None:
        return None
    number = _SPECKS.sub("", match["number"])
    broken = _BESIDE.match(plain, match.end()) is not None
    return Figures(number, text.strip()[match.start("number") : match.end("number")], broken)


def _named(word: str) -> bool:
    return vocabulary("series").find(word) is not None or vocabulary("posts").find(word) is not None


def references(text: str) -> Iterator[tuple[str, str, str]]:
    """Find telegrams named in text as (surface, series or post as printed, number): ``USUN 1835``, ``DEPTEL 1147``."""
    found = [(match.start(), *item) for match in _REFERENCE.finditer(text) if (item := _reference(match))]
    found += [(match.start(), *item) for match in _GLUED.finditer(text) if (item := _glued(match))]
    for _, surface, name, number in sorted(found):
        yield surface, name, number


def _reference(match: re.Match[str]) -> tuple[str, str, str] | None:
    words = match["words"]
    for first in re.finditer(r"\S+", words):
        name = words[first.start() :]
        if _named(name):
            return match.group()[first.start() :], " ".join(name.split()), _number(match["number"])
    return None


def _glued(match: re.Match[str]) -> tuple[str, str, str] | None:
    """``DEPTEL1506``: a series and a number that lost the space between them."""
    known = vocabulary("series").find(match["series"]) is not None
    return (match.group(), match["series"], match["number"]) if known else None


def _number(printed: str) -> str:
    """The figures of a number, specks of dirt between them left out; two numbers that ran together are the first."""
    whole = figures(re.sub(r"[.,;'`~^|_*]", "", printed))
    return whole if len(whole) <= _MOST_FIGURES else figures(re.split(r"[.,;'`~^|_*]", printed)[0])


def sections_in(text: str) -> int | None:
    """In how many sections a telegram went: ``SECTION 01 OF 02``, ``(SECTION ONE OF TWO)``."""
    match = _SECTIONS.search(text)
    if match is None:
        return None
    count = match["count"].casefold()
    return int(figures(count)) if figures(count).isdigit() else _COUNTS.index(count) if count in _COUNTS else None


@dataclass(frozen=True)
class Addressee:
    """One to whom a telegram was sent: ``Amembassy MOSCOW PRIORITY 1147``."""

    text: str
    post: str | None
    number: str | None = None
    precedence: str | None = None
    #: A series of its own in which the number stands: ``SecState SECTO 14``.
    series: str | None = None


def addressee(text: str) -> Addressee:
    """Take an addressee apart: who, and the precedence and number behind it, in either order."""
    text = re.sub(r"^[A-Z]{4,7}/", "", text.strip(" ,;."))
    found = vocabulary("posts").leading(text) if len(text) < _LONGEST else None
    if found is None:
        return Addressee(text, post_of(text))
    tail = _TAIL.fullmatch(text[found[1] :].replace(",", " "))
    if tail is None:
        return Addressee(text, post_of(text))
    marks = [mark for mark in (tail["mark"], tail["after"]) if mark]
    precedence = next((mark for mark in marks if vocabulary("precedence").find(mark)), None)
    named = [concept for mark in marks if (concept := vocabulary("series").find(mark)) and not concept.plain]
    series = named[0].label if named else None
    if len(marks) > (precedence is not None) + (series is not None):
        return Addressee(text, post_of(text))
    number = figures(tail["number"]).lstrip("0") if tail["number"] else None
    return Addressee(text[: found[1]], found[0].key, number or None, precedence, series)


def addressees(text: str) -> list[Addressee]:
    """Take a list of addressees apart, parted by commas, semicolons or lines."""
    return [addressee(item) for item in re.split(r"[,;\n]", text) if item.strip()]
