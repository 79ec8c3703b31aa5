"""Registers kept as sheets."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from material import Tables, kinds, read, readings, record

from cablegraph.errors import InputError
from cablegraph.sources.sheet import looks_like_sheet, read_sheet
from cablegraph.sources.source import Source

HEADER = "document,number,from_text,to_text,sent,subjects,pages\n"
ROW = "a1,12,Moscow,Department of State,1963-03-03T23:00,Ships|Harbors,2\n"


def sheet(text: str | bytes, **settings: Any) -> Tables:
    """Read a sheet."""
    return read(text, "sheet", **settings)


def test_a_row_is_a_record() -> None:
    """A row of the sheet is a record with its ends, its number and its entry in the register."""
    tables = sheet(HEADER + ROW)
    row = record(tables)
    assert (row["record"], row["document"], row["kind"], row["direction"]) == ("t/a1", "a1", "telegram", "incoming")
    assert (row["sent"], row["subjects"], row["pages"]) == ("1963-03-03T23:00:00", ["Ships", "Harbors"], 2)
    assert (row["from_post"], row["to_post"], row["source_line"]) == ("moscow", "department-of-state", 2)
    assert [number["number"] for number in tables["numbers"]] == ["12"]
    assert [entry["kind"] for entry in tables["instantiations"]] == ["register entry"]
    assert tables["findings"] == []


def test_others_who_had_the_text_are_correspondents() -> None:
    """Posts to which a telegram was repeated or also sent stand beside its addressee, with their keys."""
    tables = sheet(HEADER.replace("pages", "repeated_to") + ROW.replace(",2\n", ",London|CINCLANT\n"))
    others = [
        (row["role"], row["text"], row["post"]) for row in tables["correspondents"] if row["role"] not in ("from", "to")
    ]
    assert others == [("repeated to", "London", "london"), ("repeated to", "CINCLANT", "cinclant")]


@pytest.mark.parametrize("cell", ["PFOR, CY", "PFOR|CY", "PFOR,CY|"])
def test_tags_are_parted_by_commas_too(cell: str) -> None:
    """As lists of electronic telegrams have them; subjects keep their commas."""
    tables = sheet(
        HEADER.replace("pages", "tags") + ROW.replace(",2\n", f',"{cell}"\n').replace("Ships|", "Ships; sea|")
    )
    assert (record(tables)["tags"], record(tables)["subjects"]) == (["PFOR", "CY"], ["Ships; sea", "Harbors"])


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_delimiters(mark: str) -> None:
    """Commas, tabs and semicolons are told from the header."""
    assert record(sheet((HEADER + ROW).replace(",", mark))) == record(sheet(HEADER + ROW))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    """UTF-8 with and without its mark, UTF-16 and Windows-1252 are told from the bytes."""
    text = HEADER + ROW.replace("Moscow", "Asunción")
    assert record(sheet(text.encode(encoding)))["from_text"] == "Asunción"


def test_json_lines() -> None:
    """JSON Lines give the same rows as a delimited sheet; lists may be lists."""
    names = HEADER.strip().split(",")
    cells: dict[str, Any] = dict(zip(names, ROW.strip().split(","), strict=True))
    cells |= {"subjects": ["Ships", "Harbors"], "pages": 2}
    row = record(sheet(json.dumps(cells) + "\n"))
    assert row | {"source_line": 2} == record(sheet(HEADER + ROW))


def test_line_separators_inside_json() -> None:
    """Characters that other software takes for line ends do not end a line of JSON."""
    tables = sheet('{"document": "a", "title": "x\u2028y\x85z"}\n{"document": "b", "title": "w"}\n')
    assert [(row["title"], row["source_line"]) for row in tables["records"]] == [("x\u2028y\x85z", 1), ("w", 2)]


def test_ragged_rows() -> None:
    """A row with too few or too many cells is read, and is a finding with its line."""
    tables = sheet(HEADER + "a1,12,Moscow\n" + ROW.replace("a1", "a2") + ROW.replace("a1", "a3").strip() + ",more,\n")
    assert [row["document"] for row in tables["records"]] == ["a1", "a2", "a3"]
    ragged = [(row["source_line"], row["record"]) for row in tables["findings"] if row["kind"] == "ragged row"]
    assert ragged == [(2, "t/a1"), (4, "t/a3")]
    assert any(row["value"] == "more|" for row in tables["findings"])


def test_lines_of_rows_with_line_ends_in_cells() -> None:
    """The line of a row is the one where it begins, whatever line ends stand in cells before it."""
    tables = sheet(HEADER + 'a1,12,"Mos\n\ncow",x,1963,s,1\n\n' + ROW.replace("a1", "a2"))
    assert [row["source_line"] for row in tables["records"]] == [2, 6]


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [("pages", "two", None), ("pages", "1_000", None), ("pages", "99999999999", None), ("sent", "March 3", "March 3"),
     ("sent", "1963-3-3", "1963-3-3")],
)  # fmt: skip
def test_cells_that_do_not_fit(column: str, cell: str, value: object) -> None:
    """A cell that does not fit its column is a finding with the line, the column and the cell."""
    tables = sheet(f"document,{column}\na1,{cell}\n")
    assert record(tables)[column] == value
    (finding,) = [row for row in tables["findings"] if row["kind"] == "value does not fit"]
    assert (finding["field"], finding["value"], finding["source_line"]) == (column, cell, 2)


def test_columns_without_a_place() -> None:
    """A column that the register does not know, or that has no name, is kept as readings."""
    tables = sheet("document,shelf,\na1,North,left\n")
    assert [row["value"] for row in readings(tables, "shelf")] == ["North"]
    assert [row["value"] for row in readings(tables, "column_3")] == ["left"]
    assert kinds(tables) == {"unknown column"}


def test_columns_by_table() -> None:
    """Columns with other names are matched by the source's table of columns."""
    tables = sheet("Nr,From where\na1,Moscow\n", columns={"Nr": "document", "From where": "from_text"})
    assert (record(tables)["document"], record(tables)["from_text"]) == ("a1", "Moscow")


def test_repeated_document() -> None:
    """A document id that comes twice is kept twice, the second with a mark, and is a finding."""
    tables = sheet("document,number\na1,1\na1,2\n")
    assert [(row["record"], row["number"]) for row in tables["records"]] == [("t/a1", "1"), ("t/a1~2", "2")]
    assert "repeated id" in kinds(tables)


def test_rows_of_another_table() -> None:
    """A sheet that adds to another gives rows to the documents of that one; a row of no document is a finding."""
    addition = Source("r", "r.csv", None, "sheet", b"document,surface,number\na1,Deptel 9,9\nzz,x,1\n", "references")
    entries = list(read_sheet(Source("t", "t.csv", None, "sheet", b"document,number\na1,1\n", additions=(addition,))))
    assert [row["record"] for table, row in entries if table == "references"] == ["t/a1"]
    (finding,) = [row for table, row in entries if table == "findings"]
    assert (finding["kind"], finding["source_file"], finding["source_line"]) == ("no such document", "r.csv", 3)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "empty"),
        ("\n \n", 1, "empty"),
        ("color,shape\nred,round\n", 1, "no column"),
        ("document,number,number\n", 1, "stands twice"),
        ('{"document": "a"}\n{"document": \n', 2, "JSON Lines"),
        ('{"document": "a"}\n[1]\n', 2, "no JSON object"),
        ("document,number\na,\0\n", 2, "NUL"),
    ],
)
def test_unusable_sheets(text: str, line: int, message: str) -> None:
    """A sheet that cannot be used is refused with the file and the line."""
    with pytest.raises(InputError, match=message) as caught:
        sheet(text)
    assert (caught.value.file, caught.value.line) == ("t.txt", line)


def test_unknown_table() -> None:
    """A table that the register does not have is refused."""
    with pytest.raises(InputError, match="no table"):
        sheet(HEADER, table="ships")


def test_surrogates_and_nul_in_json() -> None:
    """What no text may hold is replaced, so that the row can be written."""
    row = record(sheet('{"document": "a\\ud800", "title": "b\\u0000c"}\n'))
    assert (row["document"], row["title"]) == ("a?", "b\ufffdc")


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@given(
    st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=6),
    st.sampled_from([csv.excel, csv.unix_dialect]),
)
def test_cells_are_read_back(rows: list[list[str]], dialect: type[csv.Dialect]) -> None:
    """A sheet that the csv module wrote is read back cell by cell, white space around cells aside."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, dialect=dialect)
    writer.writerow(["title", "place_text", "head"])
    writer.writerows(rows)
    found = [[row.get(name) for name in ("title", "place_text", "head")] for row in sheet(out.getvalue())["records"]]
    assert found == [[cell.strip() or None for cell in row] for row in rows if any(cell.strip() for cell in row)]


@given(st.binary(max_size=400), st.sampled_from([b"", b"document,number\n", b'{"document": ', b"\xff\xfe"]))
def test_any_bytes(data: bytes, before: bytes) -> None:
    """Arbitrary bytes are read, or refused with an error that names the file."""
    try:
        sheet(before + data)
    except InputError as error:
        assert error.file == "t.txt"
    looks_like_sheet((before + data).decode("latin-1"))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)


@given(
    st.dictionaries(
        st.sampled_from(["document", "number", "subjects", "pages", "sent", "shelf", ""]), json_values, min_size=1
    )
)
def test_any_json(row: dict[str, Any]) -> None:
    """Any JSON object is a row whose values have the types of their columns."""
    tables = sheet(json.dumps(row) + "\n")
    for found in tables["records"]:
        assert found.get("pages") is None or isinstance(found["pages"], int)
        assert isinstance(found.get("subjects") or [], list)
        assert found.get("sent") is None or isinstance(found["sent"], str)
