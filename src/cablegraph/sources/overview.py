"""Overview sheets of the State Department's electronic telegrams: date, doc_no, film_no, subject, tags, sender, recipient.

Their columns go by the archive's names. Message reference numbers are brought to their canonical form, the archive's
null date is no date, and the film number is where the telegram stands on microfilm.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cablegraph.sources.cables.numbers import plain_number, read_mrn
from cablegraph.sources.dates import find_date

#: The archive's columns, and those of the register that they are.
COLUMNS = {
    "doc_no": "mrn", "date": "sent", "subject": "subjects", "sender": "from_text", "recipient": "to_text", "film_no": "film_no",
}  # fmt: skip
#: The column by which an overview is known.
KEY = "doc_no"
FILM = "film_no"
_NULL_DATE = "1960-01-01"
_WRITTEN = re.compile(r"\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{4}(?: 00:00(?::00)?)?")
_MIDNIGHT = re.compile(r"[T ]00:00(?::00)?$")


@dataclass
class Overview:
    """A row of an overview in the register's columns; what was changed in it, and what is no date."""

    cells: dict[str, Any]
    #: (column, value, as printed, how) of values that stand otherwise in the sheet.
    changed: list[tuple[str, str, str, str]] = field(default_factory=list)
    #: Columns whose date is the archive's null date, as printed.
    undated: list[tuple[str, str]] = field(default_factory=list)
    film: str | None = None


def is_overview(names: Iterable[str]) -> bool:
    """Tell whether columns are those of an overview: the number of the telegram and one more of the archive's names."""
    known = set(names)
    return KEY in known and len(known & COLUMNS.keys()) > 1


def read_overview(cells: dict[str, Any]) -> Overview:
    """Bring a row of an overview to the register's columns; a column of the register that is there, too, goes before."""
    row = Overview({name: cell for name, cell in cells.items() if name not in COLUMNS})
    for name, cell in cells.items():
        if name in COLUMNS and row.cells.get(COLUMNS[name]) in (None, ""):
            row.cells[COLUMNS[name]] = cell
    film = row.cells.pop(FILM, None)
    row.film = str(film).strip() or None if film is not None else None
    for name in ("sent", "received"):
        _date(row, name)
    _number(row)
    return row


def _date(row: Overview, name: str) -> None:
    printed = row.cells.get(name)
    if not isinstance(printed, str) or not printed.strip():
        return
    text = _MIDNIGHT.sub("", printed.strip())
    found = find_date(text.replace("-", " ")) if _WRITTEN.fullmatch(text) else None
    date = found.edtf if found else text
    if date == _NULL_DATE:
        row.cells[name] = None
        row.undated.append((name, printed))
    elif date is not None and date != printed:
        row.cells[name] = date
        row.changed.append((name, date, printed, "a date as the archive writes it"))


def _number(row: Overview) -> None:
    printed = row.cells.get("mrn")
    mrn = read_mrn(printed) if isinstance(printed, str) else None
    if mrn is None:
        return
    row.cells["mrn"] = str(mrn)
    if printed != str(mrn):
        row.changed.append(("mrn", str(mrn), str(printed), "its canonical form: six figures, no blanks"))
    if row.cells.get("number") in (None, ""):
        number = plain_number(mrn.number)
        row.cells["number"] = number
        row.changed.append(("number", number, str(printed), "the number within the message reference number"))
    if row.cells.get("document") in (None, ""):
        row.cells["document"] = str(mrn)
