"""What the parts of the reader share: where an entry stands, keys that are given once, dates, and findings."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree.ElementTree import Element

from cablegraph.register import Entry
from cablegraph.sources.authorities.trees import line_of
from cablegraph.sources.source import Source, finding
from cablegraph.vocabularies import slug

#: What may be part of an IRI and of the register's keys, in which "#", "/" and "~" have a meaning.
_KEY = re.compile(r"[^\W_][\w.-]{0,199}")
_STEM = re.compile(r"([^/!]*?)(?:\.xml)?(?:\.(?:gz|zst))?")
#: How the directories say that something has not ended.
_OPEN = "9999"


class Place(NamedTuple):
    """Where an entry stands."""

    source: Source
    line: int

    @property
    def columns(self) -> dict[str, object]:
        """The columns of a row that say so."""
        return {"source_file": self.source.file, "source_line": self.line}

    @property
    def order(self) -> tuple[str, int, str]:
        """The order of entries of one id: by the file's name, which is the same however the file is given."""
        return self.stem, self.line, self.source.file

    @property
    def stem(self) -> str:
        """The file's name without folder and ending."""
        found = _STEM.fullmatch(re.split("[/!]", self.source.file)[-1])
        return found[1] if found else ""


def place_of(element: Element, source: Source) -> Place:
    """Where an element stands."""
    return Place(source, line_of(element))


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when, in EDTF; None where it is not known or still lasts."""

    since: str | None = None
    until: str | None = None

    def covers(self, year: int) -> bool:
        """Whether a year lies in it."""
        return (not self.since or int(self.since) <= year) and (not self.until or year <= int(self.until))


class Ledger:
    """Takes down findings and gives out keys."""

    def __init__(self) -> None:
        self._findings: list[Entry] = []
        self._taken: dict[tuple[str, str], int] = {}

    def tell(self, place: Place, kind: str, field: str, value: str, message: str, severity: str = "warning") -> None:
        """Take down a finding."""
        self._findings.append(finding(place.source, place.line, kind, severity, None, field, value or None, message))

    def findings(self) -> list[Entry]:
        """All findings, by file and line."""

        def order(entry: Entry) -> tuple[str, int, list[str]]:
            row = entry[1]
            return row["source_file"], row["source_line"], [row[name] or "" for name in ("kind", "field", "value")]

        return sorted(self._findings, key=order)

    def id_of(self, text: str, place: Place, field: str, *, named: bool = True) -> str:
        """An id that can serve as a key: the one that stands there, or what can be made of it or of the file's name.

        ``named`` says that the file ought to be named by the id.
        """
        if _KEY.fullmatch(text):
            if named and text != place.stem:
                message = f"The file is named {place.stem!r}, its entry {text!r}; the entry's id serves, correct one of the two."
                self.tell(place, "id unlike the file name", field, text, message)
            return text
        made = slug(text)[:200] or slug(place.stem)[:200] or "unnamed"
        message = (
            f"The id is missing, or none that can be part of an address; {made!r} serves in its place. Correct it."
        )
        self.tell(place, "unusable id", field, text, message)
        return made

    def take(self, table: str, key: str, place: Place) -> str:
        """A key that no other row of the table has: a repeated one gets ``~2``, ``~3``, …, and a finding."""
        count = self._taken[table, key] = self._taken.get((table, key), 0) + 1
        if count == 1:
            return key
        unique = f"{key}~{count}"
        message = f"Another entry has this id; this one is kept as {unique}. Give each its own."
        self.tell(place, "repeated id", f"{table}.key", key, message)
        return unique

    def year(self, text: str, place: Place, field: str) -> str | None:
        """A year as EDTF; 9999 stands for none."""
        if text in ("", _OPEN):
            return None
        if re.fullmatch(r"-?[0-9]{1,4}", text):
            return f"{int(text):05}" if text.startswith("-") else f"{int(text):04}"
        self.tell(place, "no date", field, text, f"{text!r} is no year; it is left out. Correct it.")
        return None

    def span(self, since: str, until: str, place: Place, field: str) -> Span:
        """From one year to another; the order is held against sense, the years are kept as they stand."""
        span = Span(self.year(since, place, field), self.year(until, place, field))
        if span.since and span.until and int(span.since) > int(span.until):
            message = f"It ends ({span.until}) before it begins ({span.since}); both are kept, correct one of them."
            self.tell(place, "dates disagree", field, f"{since}–{until}", message)
        return span

    def date(self, text: str, place: Place, field: str) -> str | None:
        """A date as EDTF (a day, a month or a year), never completed."""
        if not text:
            return None
        if found := re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text):
            try:
                datetime.date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
                return text
            except ValueError:
                pass
        self.tell(place, "no date", field, text, f"{text!r} is no date; it stands in the note only. Correct it.")
        return None


def without_repeats(texts: list[str], *others: str) -> list[str]:
    """The texts in their order, each once, without ``others``."""
    return [text for text in dict.fromkeys(texts) if text and text not in others]
