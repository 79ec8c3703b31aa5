"""From the bytes of a sheet to its rows: CSV, TSV, JSON Lines, Parquet, and workbooks (XLSX, XLS, ODS).

A row is the line where it begins, its cells by the header's names, and the cells beyond the header. In a workbook the
line is the number of the row, in Parquet, which has no header, that of the record counted from 1. Dates of workbooks
and Parquet become EDTF.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineWorkbook

from cablegraph.errors import InputError
from cablegraph.sources.text import read_text

#: What a row is before it is understood: its first line, its cells by column, and cells beyond the header.
Raw = tuple[int, dict[str, Any], list[str]]
#: In the cells of a row that is shorter than the header: how many there are.
MISSING = "\0missing"
#: Bytes of a workbook when it is unpacked; more is no register.
_MOST = 1 << 30
_PARQUET, _ZIP, _OLE = b"PAR1", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
csv.field_size_limit(1 << 26)


@dataclass
class Cells:
    """The bytes of one sheet. ``named`` turns a printed column into one of ours, ``check`` refuses a header that does not fit."""

    data: bytes
    file: str
    named: Callable[[str], str]
    check: Callable[[list[str]], None]
    #: Names of further sheets of a workbook that hold something and are not read; known when the rows are.
    unread: tuple[str, ...] = ()
    text: str = field(init=False)
    #: None where the bytes are no text.
    encoding: str | None = field(init=False)

    def __post_init__(self) -> None:
        binary = self.data.startswith((_PARQUET, _ZIP, _OLE))
        self.text, self.encoding = ("", None) if binary else read_text(self.data)

    def rows(self) -> Iterator[Raw]:
        """Read the rows.

        Raises:
            InputError: the bytes are no sheet of the kind that they begin like.
        """
        data = self.data
        if data.startswith(_PARQUET):
            return self._parquet()
        if data.startswith((_ZIP, _OLE)):
            return self._workbook()
        text = self.text
        return self._json(text) if text.lstrip().startswith("{") else self._delimited(text)

    def _delimited(self, text: str) -> Iterator[Raw]:
        first = text.split("\n", 1)[0]
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(first), strict=False)

        def lines() -> Iterator[tuple[int, list[Any]]]:
            line = 1
            for cells in reader:
                start, line = line, reader.line_num + 1
                yield start, [printable(cell) for cell in cells]

        try:
            yield from self._under_header(lines())
        except csv.Error as error:
            raise InputError(f"is no valid CSV: {error}", file=self.file, line=reader.line_num or 1) from error

    def _under_header(self, lines: Iterable[tuple[int, list[Any]]]) -> Iterator[Raw]:
        header: list[str] | None = None
        for line, cells in lines:
            if header is None:
                header = [self.named(str(name)) or f"column_{at}" for at, name in enumerate(cells, 1)]
                self.check(header)
            elif any(str(cell).strip() for cell in cells if cell is not None):
                named: dict[str, Any] = dict(zip(header, cells, strict=False))
                if len(cells) < len(header):
                    named[MISSING] = f"{len(cells)} of {len(header)}"
                yield line, named, [str(cell) for cell in cells[len(header) :]]

    def _json(self, text: str) -> Iterator[Raw]:
        for line, row in enumerate(text.split("\n"), 1):
            if not row.strip():
                continue
            try:
                value = printable(json.loads(row))
            except (ValueError, RecursionError) as error:
                raise InputError(f"is no valid JSON Lines: {error}", file=self.file, line=line) from error
            if not isinstance(value, dict):
                raise InputError("a line is no JSON object", file=self.file, line=line)
            yield line, {self.named(name): cell for name, cell in value.items()}, []

    def _parquet(self) -> Iterator[Raw]:
        line = 0
        try:
            table = pq.ParquetFile(io.BytesIO(self.data))
            self.check([self.named(name) for name in table.schema_arrow.names])
            for batch in table.iter_batches(1024):
                for row in batch.to_pylist():
                    line += 1
                    yield line, {self.named(name): _plain(value) for name, value in row.items()}, []
        except (pa.ArrowException, OSError) as error:
            raise InputError(f"is no valid Parquet: {error}", file=self.file, line=line + 1) from error

    def _workbook(self) -> Iterator[Raw]:
        self._refuse_bomb()
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(self.data))
            filled = [name for name in book.sheet_names if (sheet := book.get_sheet_by_name(name)).total_height]
            if not filled:
                raise InputError("is a workbook without a filled sheet", file=self.file, line=1)
            self.unread = tuple(filled[1:])
            sheet = book.get_sheet_by_name(filled[0])
            first = sheet.start[0] if sheet.start else 0
            rows = [(first + n, [_plain(cell) for cell in cells]) for n, cells in enumerate(sheet.iter_rows(), 1)]
        except (CalamineError, ValueError, OSError) as error:
            raise InputError(f"is no workbook that can be read: {error}", file=self.file, line=1) from error
        yield from self._under_header(rows)

    def _refuse_bomb(self) -> None:
        if not self.data.startswith(_ZIP):
            return
        try:
            size = sum(member.file_size for member in zipfile.ZipFile(io.BytesIO(self.data)).infolist())
        except (zipfile.BadZipFile, NotImplementedError) as error:  # the second: of a zip of another kind
            raise InputError(f"is no workbook that can be read: {error}", file=self.file, line=1) from error
        if size > _MOST:
            raise InputError(f"is a workbook of {size} bytes unpacked; the most is {_MOST}", file=self.file, line=1)


def looks_like_table(head: bytes) -> bool:
    """Tell whether bytes begin like Parquet or a workbook (a ZIP archive whose first member says so)."""
    if head.startswith(_PARQUET):
        return True
    first = head[:512]
    return head.startswith(_ZIP) and any(
        name in first
        for name in (b"[Content_Types].xml", b"_rels/.rels", b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet")
    )


def delimiter(first: str) -> str:
    """The sign that parts the cells of a header: tab, semicolon or comma, whichever is there most."""
    return "\t" if first.count("\t") > first.count(",") else (";" if first.count(";") > first.count(",") else ",")


def printable(value: Any) -> Any:
    """The value without what no text may hold: NUL characters and halves of surrogate pairs."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode() if not value.isprintable() else value
    if isinstance(value, list):
        return [printable(item) for item in value]
    if isinstance(value, dict):
        return {printable(name): printable(item) for name, item in value.items()}
    return value


def _plain(value: Any) -> Any:
    """A typed cell as JSON would have it: dates as EDTF, whole numbers without a point."""
    if isinstance(value, datetime.datetime):
        text = value.replace(microsecond=0).isoformat()
        return re.sub(r"\+00:00$", "Z", text)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Decimal | datetime.timedelta):
        return str(value)
    if isinstance(value, bytes):
        return printable(value.decode("utf-8", "replace"))
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return printable(value)
