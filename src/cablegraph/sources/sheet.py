"""Registers kept as sheets: CSV, TSV, JSON Lines, Parquet or a workbook, one row a telegram (or a row of another table).

Columns are matched to the register by name, or by the source's ``columns`` table in cablegraph.toml. Several values
in one cell are parted by ``|``. A cell that does not fit is a finding with its line and column; a column that has no
place in the register is kept in ``readings``.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from cablegraph.errors import InputError
from cablegraph.register import READ_TABLES, Entry
from cablegraph.sources.cells import MISSING, Cells, delimiter
from cablegraph.sources.overview import Overview, is_overview, read_overview
from cablegraph.sources.source import Documents, Source, finding, reading
from cablegraph.sources.telegram import correspondent, direction_of, own_number, post_of, sent_and_received

_EDTF = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?)?)?")
_DATED = {"records": ("sent", "received"), "events": ("at",), "references": ("date",), "appointments": ("start", "end")}
_OWN = {"records": ("source_file", "source_line", "source", "record"), "sources": ("source",)}
_PLACE = ("source_file", "source_line", "record", "n")


def read_sheet(source: Source) -> Iterator[Entry]:
    """Read a sheet and the sheets that add to it.

    Raises:
        InputError: the file is empty, has no header that fits, or is no valid CSV or JSON Lines.
    """
    documents = Documents(source)
    known: dict[str, str] = {}
    yield from _Sheet(source, source, documents, known).read()
    for addition in source.additions:
        yield from _Sheet(addition, source, documents, known).read()


def looks_like_sheet(text: str) -> bool:
    """Tell whether a text begins like a sheet of the register: JSON objects, or a header with two known columns."""
    first = text.lstrip("\ufeff").split("\n", 1)[0].strip()
    if first.startswith("{"):
        return True
    try:
        names = {_column(name) for name in next(csv.reader([first], delimiter=delimiter(first)), [])}
    except csv.Error:
        return False
    return is_overview(names) or any(
        len(names & (set(schema.names) | {"document"})) >= 2 for schema in READ_TABLES.values()
    )


class _Sheet:
    def __init__(self, source: Source, owner: Source, documents: Documents, known: dict[str, str]) -> None:
        if source.table not in READ_TABLES:
            raise InputError(
                f"{source.table!r} is no table of the register",
                file=source.file,
                hint=f"known: {', '.join(READ_TABLES)}",
            )
        self._source = source
        self._owner = owner
        self._documents = documents
        self._known = known
        self._schema = READ_TABLES[source.table]
        self._spare: set[str] = set()
        self._own = _OWN.get(source.table, _PLACE)

    def read(self) -> Iterator[Entry]:
        with self._source.open() as stream:
            data = stream.read()
        if not data.strip():
            raise InputError("is empty", file=self._source.file, line=1)
        cells = Cells(data, self._source.file, self._named, self._check_header)
        if cells.encoding in ("UTF-8", "Windows-1252") and b"\0" in data:
            line = data.count(b"\n", 0, data.index(b"\0")) + 1
            raise InputError("is no sheet: it holds NUL bytes", file=self._source.file, line=line)
        if cells.encoding not in (None, "UTF-8"):
            message = f"The sheet is no UTF-8; it is read as {cells.encoding}."
            yield finding(self._source, 1, "encoding", "info", None, None, cells.encoding, message)
        for count, (line, row, beyond) in enumerate(cells.rows(), 1):
            yield from self._row(count, line, row, beyond)
        for name in cells.unread:
            message = f"The workbook's sheet {name!r} is not read; the first sheet is."
            yield finding(self._source, 1, "unread sheet", "warning", None, None, name, message)

    def _named(self, name: str) -> str:
        return self._source.columns.get(name.strip(), _column(name))

    def _check_header(self, header: list[str]) -> None:
        if not set(header) & (set(self._schema.names) | {"document"}) and not is_overview(header):
            raise InputError(
                f"no column of the header is one of the table {self._source.table}",
                file=self._source.file,
                line=1,
                hint="name the columns as the register does, or add a [source.columns] table to cablegraph.toml",
            )
        twice = {name for name in header if header.count(name) > 1}
        if twice:
            raise InputError(f"the column {sorted(twice)[0]} stands twice", file=self._source.file, line=1)

    def _row(self, count: int, line: int, cells: dict[str, Any], beyond: list[str]) -> Iterator[Entry]:
        place = {"source_file": self._source.file, "source_line": line}
        overview = (
            read_overview(cells)
            if self._source.table == "records" and (is_overview(cells) or "mrn" in cells)
            else Overview(cells)
        )
        cells = overview.cells
        row: dict[str, Any] = {}
        findings: list[tuple[str, str, str | None, str]] = []
        spare: dict[str, str] = {}
        missing = cells.pop(MISSING, None)
        if missing:
            findings.append(
                ("ragged row", "", missing, f"The row has {missing} cells; the missing ones are taken as empty.")
            )
        if beyond and any(cell.strip() for cell in beyond):
            message = f"The row has {len(beyond)} cells beyond the header; they are kept here and mapped nowhere."
            findings.append(("ragged row", "", "|".join(beyond), message))
        for name, cell in cells.items():
            if name == "document":
                continue
            if name not in self._schema.names or name in self._own:
                if cell not in (None, ""):
                    spare[name] = cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False)
                continue
            value, complaint = self._value(name, cell)
            row[name] = value
            if complaint:
                findings.append(("value does not fit", name, _shown(cell), complaint))
        document = str(cells.get("document") or "").strip()
        if "record" in self._schema.names:
            yield from self._of_record(count, line, document, row, spare, place)
        else:
            yield self._source.table, row | place
        record = row.get("record")
        for kind, field, value, message in findings:
            yield finding(self._source, line, kind, "warning", record, field or None, value, message)
        yield from self._of_overview(line, record, overview)
        for name in spare.keys() - self._spare:
            self._spare.add(name)
            message = f"The column {name!r} has no place in the register; its values are kept as readings."
            yield finding(self._source, 1, "unknown column", "info", None, name, None, message)

    def _of_overview(self, line: int, record: str | None, overview: Overview) -> Iterator[Entry]:
        """What an overview of telegrams says otherwise than the register does, and the place on microfilm."""
        for name, printed in overview.undated:
            message = "The archive's null date stands for no date; the field stays empty."
            yield finding(self._source, line, "null date", "info", record, name, printed, message)
        if record is None:
            return
        for name, value, printed, how in overview.changed:
            yield reading(self._source, line, record, name, value, printed, how, 0.99)
        if overview.film:
            place = {"source_file": self._source.file, "source_line": line}
            yield (
                "instantiations",
                {"record": record, "kind": "microfilm", "locator": overview.film, "pages": None, **place},
            )

    def _of_record(
        self, count: int, line: int, document: str, row: dict[str, Any], spare: dict[str, str], place: dict[str, Any]
    ) -> Iterator[Entry]:
        if self._source.table == "records":
            wanted = document or str(count)
            record, unique, repeated = self._documents.take(wanted, line)
            self._known.setdefault(wanted, record)
            row |= {"record": record, "source": self._source.name, "document": unique, **place}
            yield from self._telegram(row, place)
            yield from repeated
        else:
            record = self._known.get(document, "")
            if not record:
                message = f"The sheet {self._owner.file} has no document {document!r}; the row is left out."
                yield finding(self._source, line, "no such document", "error", None, "document", document, message)
                return
            row |= {"record": record, **place}
            yield self._source.table, row
        for name, value in sorted(spare.items()):
            how = "column of the sheet without a place in the register"
            yield reading(self._source, line, record, name, value, value, how, 1.0)

    def _telegram(self, row: dict[str, Any], place: dict[str, Any]) -> Iterator[Entry]:
        row["kind"] = row.get("kind") or "telegram"
        for end in ("from", "to"):
            row[f"{end}_post"] = row.get(f"{end}_post") or post_of(row.get(f"{end}_text"))
        row["direction"] = row.get("direction") or direction_of(row["from_post"], row["to_post"])
        yield "records", row
        for end in ("from", "to"):
            if row.get(f"{end}_text"):
                yield correspondent(row["record"], end, row[f"{end}_text"], row[f"{end}_post"], place)
        for role in ("repeated to", "also sent to"):
            for name in row.get(role.replace(" ", "_")) or ():
                yield correspondent(row["record"], role, name, post_of(name), place)
        yield from own_number(row, place)
        yield from sent_and_received(row, place, place)
        yield "instantiations", {"record": row["record"], "kind": "register entry", "pages": None, **place}

    def _value(self, name: str, cell: Any) -> tuple[Any, str | None]:
        """Turn a cell into the column's type; the second value is a complaint where it does not fit."""
        kind = self._schema.field(name).type
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            return ([] if pa.types.is_list(kind) else None), None
        if pa.types.is_list(kind):
            # Codes of TAGS are parted by commas in every list of telegrams; in other cells a comma is part of the text.
            items = cell if isinstance(cell, list) else re.split(r"[|,]" if name == "tags" else r"\|", str(cell))
            return [str(item).strip() for item in items if str(item).strip()], None
        text = _shown(cell).strip()
        if pa.types.is_integer(kind) or pa.types.is_floating(kind):
            number = _number(text, whole=pa.types.is_integer(kind))
            return number, None if number is not None else f"{text!r} is no number; the cell is left empty."
        if name in _DATED.get(self._source.table, ()):
            if not _EDTF.fullmatch(text):
                return text, f"{text!r} is no EDTF date such as 1962-11-19T20:00:00; it is published as plain text."
            if re.fullmatch(r".*T\d{2}:\d{2}", text):
                return f"{text}:00", None
        return text, None


def _column(name: str) -> str:
    return re.sub(r"[\W]+", "_", name.strip().casefold()).strip("_")


def _number(text: str, *, whole: bool) -> float | int | None:
    if whole:
        return int(text) if re.fullmatch(r"[+-]?[0-9]{1,9}", text) else None
    return float(text) if re.fullmatch(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,20})?", text) else None


def _shown(cell: Any) -> str:
    return cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False)
