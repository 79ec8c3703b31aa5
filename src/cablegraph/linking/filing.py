"""File numbers of the Department of State taken apart: class, countries and the date on which a paper was filed.

Two systems followed each other: the Central Decimal File (1910–63; its classes and country numbers changed in 1950) and
the Subject-Numeric File (1963–73). ``737.56361/11–1962`` is class 7**.563 (military bases), country 37 (Cuba), country
61 (the Soviet Union), filed on 19 November 1962; ``POL 18 Cyp`` is subject POL 18, country CYP. What a number means
stands in the vocabularies; here is only how one is written.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cache

from cablegraph.relations import BOOLEAN, INTEGER, TEXT, TEXTS, Connection, create_table
from cablegraph.vocabularies import vocabulary

_DASH = r"\s*[-–—]\s*"
_DECIMAL = re.compile(r"(?P<file>\d{3}[A-Z]?(?:[. ]\S.*?)?)\s*/\s*(?P<rest>[^/]+)")
_DATE = re.compile(rf"(?P<month>\d{{1,2}}){_DASH}(?P<day>\d{{1,2}})(?P<year>\d{{2}})(?:\s?[A-Z]{{1,2}})?")
_SUFFIX = re.compile(r"(\.\d+)\s+([A-Z]{2,4})$")
_SERIAL = re.compile(r"\d+(?:½)?[a-z]?")
_SUBJECT = re.compile(
    rf"(?P<subject>[A-Z]{{1,5}}(?:\s\d{{1,2}}(?:{_DASH}\d{{1,2}})?)?)(?P<rest>\s+[A-Z(/].*)?", re.DOTALL
)
#: A paper may be filed under an older one; where the years lie further apart, the number is misprinted.
_MOST_YEARS = 2
_COUNTRY = r"(\d\d[A-Z]?)"


@dataclass(frozen=True)
class Edition:
    """One edition of the decimal file: its years, the datatypes (local names) of its notations for classes and countries."""

    years: str
    classes: str
    countries: str


_EDITION_1910 = Edition("1910-49", "decimalFileClass1910", "decimalFileNumber1910")
_EDITION_1950 = Edition("1950-63", "decimalFileClass", "decimalFileNumber")


@dataclass(frozen=True)
class Filing:
    """One file number, read: ``file`` is the number without its date, the rest keys of concepts in the vocabularies.

    ``file`` is spelled in one way, however it is printed: with hyphens ("737.5-MSP"), designators in capitals ("POL 18 CYP").
    ``filed`` is a date (``YYYY-MM-DD``), None where none is written; ``faulty`` says that one is and that there is no
    such day. ``scheme`` is "decimal-file" or "subject-numeric", ``subject`` a concept of it; ``edition`` is that of a
    decimal file, "1910-49" or "1950-63": one number means two files in the two.
    """

    file: str
    filed: str | None = None
    faulty: bool = False
    scheme: str | None = None
    subject: str | None = None
    countries: tuple[str, ...] = ()
    edition: str | None = None


def read_file_number(text: str, written: int | None = None) -> Filing:
    """Read a file number; one of no known form is a file of that name.

    ``written`` is the year of the paper: it tells the edition of a decimal file where the number itself has no date, or
    one that cannot be right.
    """
    text = text.strip(" .")
    if match := _DECIMAL.fullmatch(text):
        date = _DATE.fullmatch(match["rest"])
        if date or _SERIAL.fullmatch(match["rest"]):
            return _decimal(match["file"], date, written)
    if match := _SUBJECT.fullmatch(text):
        return _subject_numeric(text, match["subject"], match["rest"] or "")
    return Filing(text)


def _decimal(file: str, date: re.Match[str] | None, written: int | None) -> Filing:
    filed, faulty, year = None, False, written
    if date:
        year = 1900 + int(date["year"])
        try:
            filed = datetime.date(year, int(date["month"]), int(date["day"])).isoformat()
        except ValueError:
            faulty = True
        if written and (faulty or abs(written - year) > _MOST_YEARS):
            year = written
    edition = _EDITION_1950 if year and year >= 1950 else _EDITION_1910
    file = _SUFFIX.sub(r"\1-\2", re.sub(_DASH, "-", file))
    number = file.replace(" ", "")
    for pattern, subject in _decimal_classes(edition.classes):
        if match := pattern.match(number):
            codes = [_first_country(number, edition), *match.groups(), _trailing_country(number, match)]
            countries = _countries(codes, edition.countries)
            return Filing(file, filed, faulty, "decimal-file", subject, countries, edition.years)
    return Filing(file, filed, faulty, edition=edition.years)


def _first_country(number: str, edition: Edition) -> str | None:
    """The country behind the digit of a class that is divided by countries, as its notation ``6**`` says."""
    divided = f"{number[0]}**" in _by_notation("decimal-file", edition.classes)
    return number.partition(".")[0][1:] if divided else None


def _trailing_country(number: str, match: re.Match[str]) -> str | None:
    """The country that ends a number of the classes 7 and 8: bases (563) in Cuba (37) of the Soviet Union (61)."""
    subject = match.group().partition(".")[2]
    rest = number[match.end() :]
    ends = number[0] in "78" and len(subject) > 2 and re.fullmatch(_COUNTRY, rest)
    return rest if ends else None


def _subject_numeric(text: str, subject: str, rest: str) -> Filing:
    subjects = _by_notation("subject-numeric", "")
    wanted = re.sub(_DASH, "-", subject)
    while wanted not in subjects:  # "POL 15-1" is a part of POL 15, and that of POL
        shorter = re.sub(r"(?:-\d+|\s\d+)$", "", wanted)
        if shorter == wanted:
            return Filing(text)
        wanted = shorter
    places = rest.split("/", maxsplit=1)[0].strip()
    # "CHICOM-US" is a pair, "ASIA-SE" may be one code.
    countries = _countries([places], "subjectNumericCode") or _countries(re.split(_DASH, places), "subjectNumericCode")
    file = re.sub(_DASH, "-", " ".join(text.upper().split()))
    return Filing(file, scheme="subject-numeric", subject=subjects[wanted], countries=countries)


def _countries(codes: list[str | None], system: str) -> tuple[str, ...]:
    known = _by_notation("filing-countries", system)
    found = [known.get(code.strip().upper()) for code in codes if code]
    return tuple(dict.fromkeys(key for key in found if key))


@cache
def _by_notation(scheme: str, system: str) -> dict[str, str]:
    """The keys of concepts by notation; ``system`` is the local name of the notation's datatype, empty for plain ones."""
    return {
        value.upper(): concept.key
        for concept in vocabulary(scheme)
        for kind, value in concept.notations
        if kind == system
    }


@cache
def _decimal_classes(system: str) -> list[tuple[re.Pattern[str], str]]:
    """The classes of an edition as patterns, the most exact first: ``**`` is the number of a country."""
    classes = _by_notation("decimal-file", system).items()
    exact = [(notation.replace(" ", ""), key) for notation, key in classes]
    exact.sort(key=lambda item: (-len(item[0].replace("*", "")), -len(item[0]), item[0]))
    return [(re.compile(re.escape(notation).replace(r"\*\*", _COUNTRY), re.IGNORECASE), key) for notation, key in exact]


def read_tags(db: Connection) -> None:
    """Make ``link_tags``: each code of TAGS in use that is known, as a subject (PFOR) or a country (CY)."""
    subjects, countries = _by_notation("tags", ""), _by_notation("filing-countries", "tagsCode")
    rows = []
    for (tag,) in db.execute("SELECT DISTINCT unnest(tags) AS tag FROM records ORDER BY tag").fetchall():
        code = tag.strip().upper()
        if code in subjects:
            rows.append((tag, "tags", subjects[code], None, None))
        elif code in countries:
            rows.append((tag, "filing-countries", countries[code], None, None))
    columns = dict.fromkeys(("tag", "scheme", "concept", "source_file"), TEXT) | {"source_line": INTEGER}
    create_table(db, "link_tags", columns, rows)


def read_file_numbers(db: Connection) -> None:
    """Make ``link_filings``: each file number in use, read."""
    columns = {
        "file_number": TEXT, "file": TEXT, "filed_date": TEXT, "faulty": BOOLEAN, "scheme": TEXT, "subject": TEXT,
        "countries": TEXTS, "edition": TEXT, "source_file": TEXT, "source_line": INTEGER,
    }  # fmt: skip
    query = """
    SELECT file_number, min(try_cast(left(sent, 4) AS INTEGER)), arg_min(source_file, record), arg_min(source_line, record) FROM records
    WHERE trim(file_number) <> '' GROUP BY file_number ORDER BY file_number"""
    rows = []
    for text, written, *place in db.execute(query).fetchall():
        read = read_file_number(text, written)
        concepts = (read.scheme, read.subject, list(read.countries))
        rows.append((text, read.file, read.filed, read.faulty, *concepts, read.edition, *place))
    create_table(db, "link_filings", columns, rows)
