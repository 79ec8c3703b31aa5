"""Message reference numbers: the own one in its canonical form, and those of the telegrams that a cable refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cablegraph.sources.telegram import DEPARTMENT_KEY, is_mission, post_of
from cablegraph.vocabularies import vocabulary

#: Figures of the number in a canonical message reference number.
FIGURES = 6
#: The archive keeps this many characters of a station's name, blanks among them: ``NEW DE`` for New Delhi.
_STATION_WIDTH = 6
_MRN = re.compile(r"(?P<year>(?:19|20)\d\d)\s?(?P<station>[A-Z][A-Z .'/-]{0,14}?)\s?(?P<number>\d{1,6})")
_YEAR = r"(?:(?:19)?(?P<year>\d\d)\s*)?"
_NAME = r"(?P<station>[A-Z][A-Z.'/-]{0,14}(?: [A-Z.'/-]{1,14}){0,3})"
_REFERENCE = re.compile(rf"{_YEAR}{_NAME}\s*(?P<airgram>\bA-)?(?P<number>\d{{1,6}})")
_BARE = re.compile(r"\d{3,6}")
#: What parts references: commas, semicolons, lines, "and", and letters such as ``(A)`` and ``B.``.
_PARTED = re.compile(r"[,;\n]|\bAND\b|(?:(?<=\s)|^)(?:\([A-Z]\)|[A-Z][.)](?=\s))")
_NOT_TO_ALL = re.compile(r"\(?\bNOTAL\b\)?|\(?\bPOUCHED\b\)?")
#: Words of a field of references that say nothing of a number.
_SILENT = ("REF", "REFS", "REFTEL", "REFTELS", "REFERENCE", "N/A")
#: A field of references is read up to this length; what stands behind is reported.
_LONGEST = 4000


@dataclass(frozen=True)
class Mrn:
    """A message reference number: year, station without blanks, and the number in figures."""

    year: str
    station: str
    number: str

    def __str__(self) -> str:
        return f"{self.year}{self.station}{self.number.zfill(FIGURES)}"


@dataclass(frozen=True)
class Reference:
    """A telegram that is referred to: ``surface`` as printed; ``how`` where something had to be taken from elsewhere."""

    surface: str
    station: str
    number: str
    series: str | None
    post: str | None
    direction: str | None
    year: str | None = None
    how: str | None = None

    @property
    def key(self) -> tuple[str | None, str | None, str | None, str]:
        """What two references to one telegram have in common."""
        return self.series, self.post, self.direction, self.number


def read_mrn(text: str) -> Mrn | None:
    """Read a message reference number such as ``1974STATE062519`` or ``1973ABIDJA00073``."""
    match = _MRN.fullmatch(text.strip().upper()) if len(text) <= 60 else None
    if match is None:
        return None
    return Mrn(match["year"], match["station"].replace(" ", ""), match["number"])


def mrn_of(year: str, station: str, number: str) -> Mrn:
    """Make the message reference number of a cable from the station's name as the cable prints it."""
    return Mrn(year, station[:_STATION_WIDTH].replace(" ", ""), number.lstrip("0") or "0")


def same_station(one: str, other: str) -> bool:
    """Tell whether two names of a station, of which either may be cut short, are one."""
    first, second = (re.sub(r"[^A-Z]", "", name.upper())[:_STATION_WIDTH] for name in (one, other))
    return first.startswith(second) or second.startswith(first)


def plain_number(text: str) -> str:
    """The number without leading zeros, as the register keeps it."""
    return text.lstrip("0") or "0"


def series_of(station: str) -> str | None:
    """The series that stands where a station would: ``SECTO``; None for a post's plain numbering."""
    concept = vocabulary("series").find(station)
    if concept is None or concept.plain or post_of(station):
        return None
    return concept.label


def read_references(text: str) -> Iterator[Reference | str]:
    """Read a field of references; what is not understood comes as it stands."""
    last: Reference | None = None
    if len(text) > _LONGEST:
        yield text[_LONGEST:]
    for piece in _PARTED.split(text[:_LONGEST]):
        surface = piece.strip(" .:")
        item = _NOT_TO_ALL.sub("", surface).strip(" .:")
        if not item or item in _SILENT:
            continue
        match = _REFERENCE.fullmatch(item)
        if match and (found := _named(surface, match)):
            last = found
            yield found
        elif last is not None and _BARE.fullmatch(item):
            how = "the station of the reference before it"
            yield Reference(
                surface, last.station, plain_number(item), last.series, last.post, last.direction, last.year, how
            )
        else:
            yield surface


def _named(surface: str, match: re.Match[str]) -> Reference | None:
    station, number = match["station"].strip(), plain_number(match["number"])
    year = f"19{match['year']}" if match["year"] else None
    post, series = post_of(station), series_of(station)
    if post is None and series is None:
        return None
    if match["airgram"]:
        series = "A"
    concept = vocabulary("series").find(station) if series and post is None else None
    if post == DEPARTMENT_KEY:
        # The Department's numbers run over all posts; which one it wrote to is not said.
        return Reference(surface, station, number, series, None, "outgoing", year)
    direction = concept.direction if concept else "incoming" if is_mission(post) else None
    return Reference(surface, station, number, series, concept.field_post if concept else post, direction, year)
