"""Sheets that are no text: Parquet and workbooks give the rows that a CSV gives."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from material import Tables, read, record

from cablegraph.errors import InputError
from cablegraph.sources import detect
from cablegraph.sources.text import decode, read_text

NAMES = ["document", "number", "from_text", "to_text", "sent", "subjects", "pages"]
SENT = datetime.datetime(1963, 3, 3, 23)
CELLS: list[Any] = ["a1", 12, "Moscow", "Department of State", SENT, "Ships|Harbors", 2]
CSV = ",".join(NAMES) + "\na1,12,Moscow,Department of State,1963-03-03T23:00,Ships|Harbors,2\n"


def parquet(rows: list[dict[str, Any]]) -> bytes:
    """A Parquet file of these rows."""
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), sink)
    return sink.getvalue()


def workbook(*sheets: list[list[Any]]) -> bytes:
    """The smallest XLSX file of these sheets: text as inline strings, numbers, and dates in the second cell format."""
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)] + [("styles", "styles.xml")]
        ),
        "xl/styles.xml": f'<styleSheet {_MAIN}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_DOCUMENT}"><sheets>'
        + "".join(f'<sheet name="Sheet{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(1, len(sheets) + 1))
        + "</sheets></workbook>",
    }
    for n, rows in enumerate(sheets, 1):
        lines = "".join(
            f'<row r="{at}">' + "".join(_cell(cell, f"{chr(64 + to)}{at}") for to, cell in enumerate(row, 1)) + "</row>"
            for at, row in enumerate(rows, 1)
        )
        files[f"xl/worksheets/sheet{n}.xml"] = f"<worksheet {_MAIN}><sheetData>{lines}</sheetData></worksheet>"
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return sink.getvalue()


_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _relations(targets: list[tuple[str, str]]) -> str:
    body = "".join(
        f'<Relationship Id="r{n}" Type="{_DOCUMENT}/{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{body}</Relationships>'


def _cell(value: Any, place: str) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        days = (value - datetime.datetime(1899, 12, 30)) / datetime.timedelta(days=1)
        return f'<c r="{place}" s="1"><v>{days}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def sheet(data: bytes) -> Tables:
    """Read a sheet, by the reader that its bytes tell."""
    assert detect(data[:65536], "t") == "sheet"
    return read(data, "sheet")


def test_a_workbook_reads_like_a_csv() -> None:
    """Numbers lose their point, dates become EDTF; the line is the row's number."""
    assert record(sheet(workbook([NAMES, CELLS]))) == record(read(CSV, "sheet"))


def test_parquet_reads_like_a_csv() -> None:
    """Typed columns come out as the register writes them, lists as lists; a record's number is its line."""
    row = dict(zip(NAMES, CELLS, strict=True)) | {"subjects": ["Ships", "Harbors"]}
    assert record(sheet(parquet([row]))) | {"source_line": 2} == record(read(CSV, "sheet"))


def test_rows_below_an_empty_row_keep_their_number() -> None:
    """A row is found again by the number that the workbook shows."""
    tables = sheet(workbook([NAMES, [None], CELLS, ["a2", 13]]))
    assert [row["source_line"] for row in tables["records"]] == [3, 4]


def test_further_sheets_of_a_workbook_are_told() -> None:
    """The first filled sheet is read; another one that holds something is a finding."""
    tables = sheet(workbook([NAMES, CELLS], [["notes"], ["x"]], []))
    assert [(row["kind"], row["value"]) for row in tables["findings"]] == [("unread sheet", "Sheet2")]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (workbook([]), "without a filled sheet"),
        (workbook([["a", "b"], ["1", "2"]]), "no column of the header"),
        (workbook([NAMES, CELLS])[:300], "no workbook that can be read"),
        (parquet([{"a": 1}]), "no column of the header"),
        (parquet([{"document": "a1"}])[:-8], "no valid Parquet"),
    ],
    ids=["no sheet", "workbook of other columns", "cut workbook", "Parquet of other columns", "cut Parquet"],
)
def test_unusable_tables(data: bytes, message: str) -> None:
    """Empty, of other columns, cut off: the message says so."""
    with pytest.raises(InputError, match=message):
        read(data, "sheet")


@given(st.binary(max_size=400), st.sampled_from([b"PAR1", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]))
def test_any_bytes_end_in_a_message(data: bytes, magic: bytes) -> None:
    """Whatever stands behind the mark of a kind, there is a message and no other error."""
    with pytest.raises(InputError):
        read(magic + data, "sheet")


@pytest.mark.parametrize(
    ("codec", "name", "told"),
    [("utf-8", "UTF-8", 0), ("utf-16", "UTF-16", 1), ("utf-16-le", "UTF-16LE", 1), ("utf-16-be", "UTF-16BE", 1), ("cp1252", "Windows-1252", 1)],
)  # fmt: skip
def test_encodings_are_told_and_reported(codec: str, name: str, told: int) -> None:
    """An encoding that is not UTF-8 is named in a finding; the text is the same."""
    data = CSV.replace("Moscow", "Asunción").encode(codec)
    assert read_text(data)[1] == name
    tables = read(data, "sheet")
    assert record(tables)["from_text"] == "Asunción"
    assert [row["value"] for row in tables["findings"] if row["kind"] == "encoding"] == [name] * told
    assert decode(data).lstrip("\ufeff").startswith("document,")
