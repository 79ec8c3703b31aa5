"""The policy of a publication: what complaints mean for a release, and the known faults that it has accepted."""

from __future__ import annotations

import csv
import datetime
from dataclasses import dataclass, replace
from pathlib import Path

from cablegraph.errors import InputError

#: How grave a complaint is, the gravest first: violations are of the RDF, the others of the sources.
SEVERITIES = ("violation", "error", "warning", "info")


@dataclass(frozen=True)
class Policy:
    """Severities by what they lead to, and the file of accepted faults.

    ``stop``: nothing is released. ``quarantine``: the record is held back. ``ratchet``: a kind of fault (a rule) that
    ``accepted`` does not name at all stops the release, however few there are; kinds that it names do not.
    """

    stop: tuple[str, ...] = ("violation",)
    quarantine: tuple[str, ...] = ()
    ratchet: tuple[str, ...] = ()
    accepted: Path | None = None

    def with_violations(self, what: str) -> Policy:
        """The same policy, but violations lead to ``stop`` or ``quarantine``."""
        stop, quarantine = (
            tuple(s for s in SEVERITIES if (s in named and s != "violation") or (s == "violation" and what == key))
            for key, named in (("stop", self.stop), ("quarantine", self.quarantine))
        )
        return replace(self, stop=stop, quarantine=quarantine)


@dataclass(frozen=True)
class Acceptance:
    """One accepted fault: complaints of ``rule`` about the records (or focus nodes) that the pattern ``record`` fits."""

    rule: str
    record: str
    reason: str
    date: str
    by: str
    line: int

    def why(self) -> str:
        """The reason as the report tells it."""
        return f"{self.reason} ({self.by}, {self.date})"


_COLUMNS = ("rule", "record", "reason", "date", "by")


def read_accepted(path: Path | None) -> list[Acceptance]:
    """Read a file of accepted faults (CSV: rule, record, reason, date, by); none where there is no file to read.

    Raises:
        InputError: the file cannot be read, lacks a column, or has a row without reason, with a date that is none, or
            with another empty cell; with its line.
    """
    if path is None:
        return []
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if reader.fieldnames is None or not set(_COLUMNS) <= set(reader.fieldnames):
                raise InputError(f"must have the columns {', '.join(_COLUMNS)}", file=str(path), line=1)
            return [_acceptance(row, path, reader.line_num) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError("the accepted faults cannot be read", file=str(path), hint=str(error)) from error


def _acceptance(row: dict[str, str | None], path: Path, line: int) -> Acceptance:
    cells = {column: (row[column] or "").strip() for column in _COLUMNS}
    for column, cell in cells.items():
        if not cell:
            hint = (
                "* is every record" if column == "record" else "a fault is accepted for a reason, on a day, by somebody"
            )
            raise InputError("an accepted fault must say it", file=str(path), line=line, field=column, hint=hint)
    try:
        datetime.date.fromisoformat(cells["date"])
    except ValueError as error:
        hint = "write it as 2026-11-24"
        raise InputError(f"{cells['date']!r} is no date", file=str(path), line=line, field="date", hint=hint) from error
    return Acceptance(**cells, line=line)
