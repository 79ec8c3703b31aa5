"""``withheld.csv``: what a publisher has withdrawn, whole records or fields of them, with reason and date."""

from __future__ import annotations

import csv
import datetime
from dataclasses import dataclass
from pathlib import Path

from cablegraph.errors import InputError

_COLUMNS = ("record", "field", "reason", "date")


@dataclass(frozen=True)
class Withholding:
    """One line: ``record`` is an IRI, a key or ``source/document``; ``field`` is empty where the whole record is withheld.

    ``date`` is the day of the decision (``YYYY-MM-DD``), ``place`` the file and line, for errors.
    """

    record: str
    field: str
    reason: str
    date: str
    place: tuple[str, int]


def read_withheld(path: Path) -> list[Withholding]:
    """Read the list (CSV: record, field, reason, date); nothing where there is no file.

    Raises:
        InputError: the file cannot be read, lacks a column, or a line has no record, no reason or no date.
    """
    if not path.exists():
        return []
    found = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != _COLUMNS:
                raise InputError(f"must have the columns {', '.join(_COLUMNS)}", file=str(path), line=1)
            for row in reader:
                place = str(path), reader.line_num
                cells = {name: (row[name] or "").strip() for name in _COLUMNS}
                for name in ("record", "reason", "date"):
                    if not cells[name]:
                        raise InputError(
                            "is empty; nothing is withheld without it", file=place[0], line=place[1], field=name
                        )
                try:
                    datetime.date.fromisoformat(cells["date"])
                except ValueError as error:
                    raise InputError(
                        f"{cells['date']!r} is no date", file=place[0], line=place[1], field="date", hint="YYYY-MM-DD"
                    ) from error
                if None in row:
                    raise InputError("the line has more cells than columns", file=place[0], line=place[1])
                found.append(Withholding(**cells, place=place))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError("the list of what is withheld cannot be read", file=str(path), hint=str(error)) from error
    return found
