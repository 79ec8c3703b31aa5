"""When the releases of a publication appeared in its feeds: ``feeds/releases.csv``, which every release hands on to the next."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cablegraph.earlier import VERSION, Earlier
from cablegraph.errors import InputError
from cablegraph.publication import Publication

_NAME = "releases.csv"
_COLUMNS = ["version", "time", "address"]
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_IS_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass(frozen=True)
class Appearance:
    """A release in the feeds: its version and its time (``YYYY-MM-DDThh:mm:ssZ``, UTC)."""

    version: str
    time: str


@dataclass(frozen=True)
class Appearances:
    """The releases of the feeds: ``this`` one, and those ``before`` it in their order. ``address`` is where their files are served.

    ``is_again`` says that the release before has the version of this one: what is there already is published once more.
    """

    this: Appearance
    before: tuple[Appearance, ...]
    address: str
    is_again: bool = False

    @property
    def all(self) -> tuple[Appearance, ...]:
        """All of them, in their order."""
        return (*self.before, self.this)


def read_appearances(earlier: Earlier | None, feeds: Path | None, publication: Publication, issued: str) -> Appearances:
    """Tell the releases of the feeds, of which the release before may have some in its folder ``feeds``.

    The time of this one is midnight of the day ``issued`` (the first one of a month or year); where that is no later than
    the one before, it is one second after it, since members of an event stream are ordered by their times.

    Raises:
        InputError: the list of the release before is none of ours.
    """
    address, version = publication.address, publication.version
    known = [] if feeds is None or not (feeds / _NAME).is_file() else _read(feeds / _NAME)
    goes_on = earlier is not None and known and known[-1][0].version == earlier.version and known[-1][1] == address
    before = [appearance for appearance, _ in known] if goes_on else []
    if before and before[-1].version == version:
        return Appearances(before[-1], tuple(before[:-1]), address, is_again=True)
    time = f"{issued}{'-01-01'[len(issued) - 4 :]}T00:00:00Z"
    if before and time <= before[-1].time:
        time = (datetime.strptime(before[-1].time, _TIME) + timedelta(seconds=1)).strftime(_TIME)
    return Appearances(Appearance(version, time), tuple(before), address)


def write_appearances(feeds: Path, appearances: Appearances) -> None:
    """Write ``releases.csv`` (version, time, address), a row a release."""
    with (feeds / _NAME).open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(_COLUMNS)
        rows.writerows([each.version, each.time, appearances.address] for each in appearances.all)


def _read(path: Path) -> list[tuple[Appearance, str]]:
    """The releases with their addresses."""
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            version, time, address = (row.get(column) or "" for column in _COLUMNS)
            if not VERSION.fullmatch(version) or not _IS_TIME.fullmatch(time):
                raise InputError(
                    "is no release of a feed: version, time and address are needed",
                    file=str(path), line=number, hint="publish the earlier release once more",
                )  # fmt: skip
            found.append((Appearance(version, time), address))
    return found
