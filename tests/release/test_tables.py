"""The register as CSV, with its description as CSVW: read by the specification, it holds what Parquet holds."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from published import ALSO, GOOD, publish, sheet

from cablegraph.errors import InputError
from cablegraph.publication import SourceEntry
from cablegraph.register import LINK_TABLES, READ_TABLES, TABLES
from cablegraph.release.csvw import DESCRIPTIONS, KEYS

SAMPLE = Path(__file__).resolve().parents[2] / "output" / "register"
#: The built-in datatypes that we use, and what they are in Python.
DATATYPES = {"string": str, "int": int, "double": float}


def read_by_metadata(folder: Path, table: dict[str, Any]) -> list[dict[str, Any]]:
    """Read a table as sections 6 and 8 of the Model for Tabular Data say: nulls, separators, datatypes."""
    columns = table["tableSchema"]["columns"]
    with (folder / table["url"]).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, strict=True)
    assert header == [column["titles"] for column in columns]
    return [{c["name"]: value_of(cell, c) for c, cell in zip(columns, row, strict=True)} for row in rows]


def value_of(cell: str, column: dict[str, Any]) -> Any:
    kind = DATATYPES[column["datatype"]]
    if "separator" in column:
        return [kind(item) for item in cell.split(column["separator"])] if cell else []
    return None if cell == column["null"] else kind(cell)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release with both kinds of tables."""
    folder = tmp_path_factory.mktemp("tables")
    publish(sheet(folder / "p", GOOD, ALSO, tables=("parquet", "csv")), folder / "out")
    return folder / "out" / "register"


def group(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "csv-metadata.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("folder", [SAMPLE, None], ids=["sample", "small"])
def test_keys_hold(folder: Path | None, release: Path) -> None:
    """Primary keys are filled and unique, foreign keys lead to a row, in the sample as in a small release."""
    folder = folder or release
    tables = {table["url"]: table for table in group(folder)["tables"]}
    rows = {url: read_by_metadata(folder, table) for url, table in tables.items()}
    assert len(rows["telegrams.csv"]) >= 2
    for url, table in tables.items():
        key = table["tableSchema"].get("primaryKey", [])
        found = [tuple(row[name] for name in key) for row in rows[url]]
        assert not key or (len(set(found)) == len(found) and None not in {cell for each in found for cell in each}), url
        for foreign in table["tableSchema"].get("foreignKeys", []):
            column, reference = foreign["columnReference"], foreign["reference"]
            known = {row[reference["columnReference"]] for row in rows[reference["resource"]]}
            assert {row[column] for row in rows[url]} - {None} <= known, url


def test_csv_holds_what_parquet_holds(release: Path) -> None:
    """Read by its description, each table of CSV has the rows of the Parquet file; an empty list and none are the same there."""
    for table in group(release)["tables"]:
        name = table["url"].removesuffix(".csv")
        rows = pq.read_table(release / f"{name}.parquet").to_pylist()
        lists = {column["name"] for column in table["tableSchema"]["columns"] if "separator" in column}
        expected = [
            {key: (value or []) if key in lists else None if value == "" else value for key, value in row.items()}
            for row in rows
        ]
        assert read_by_metadata(release, table) == expected, name


def test_the_description_is_csvw(release: Path) -> None:
    """The description follows the Metadata Vocabulary for Tabular Data: its context, names, datatypes, and references to what is there."""
    described = group(release)
    assert described["@context"][0] == "http://www.w3.org/ns/csvw"
    tables = {table["url"]: table["tableSchema"] for table in described["tables"]}
    assert tables.keys() == {f"{name}.csv" for name in TABLES} == {path.name for path in release.glob("*.csv")}
    allowed = {"name", "titles", "datatype", "null", "separator", "dc:description"}
    for schema in tables.values():
        names = [column["name"] for column in schema["columns"]]
        assert len(set(names)) == len(names)
        assert not any(name.startswith("_") for name in names)
        assert all(column["datatype"] in DATATYPES and column.keys() <= allowed for column in schema["columns"])
        assert set(schema.get("primaryKey", [])) <= set(names)
        for foreign in schema.get("foreignKeys", []):
            assert foreign["columnReference"] in names
            reference = foreign["reference"]
            assert reference["columnReference"] in tables[reference["resource"]]["primaryKey"]
    assert DESCRIPTIONS.keys() == TABLES.keys() == (READ_TABLES | LINK_TABLES).keys()
    assert KEYS.keys() <= TABLES.keys()


def test_an_item_with_the_separator_is_refused(tmp_path: Path) -> None:
    """An item of a list that holds | cannot be told from two: with CSV that is an error with its place, Parquet holds it."""
    lines = tmp_path / "telegrams.jsonl"
    row = {
        "document": "1",
        "number": "1862",
        "direction": "incoming",
        "from_text": "USUN",
        "sent": "1962-11-19",
        "subjects": ["Cuba|Missiles"],
    }
    lines.write_text(json.dumps(row) + "\n")
    given = sheet(tmp_path / "p", sources=(SourceEntry(lines, "sheet"),), tables=("csv",))
    with pytest.raises(InputError, match=r"records\.subjects holds '\|'") as caught:
        publish(given, tmp_path / "out")
    assert (caught.value.file, caught.value.line) == ("telegrams.jsonl", 1)
    publish(replace(given, tables=("parquet",)), tmp_path / "out")
    (found,) = pq.read_table(tmp_path / "out" / "register" / "records.parquet", columns=["subjects"]).to_pylist()
    assert found == {"subjects": ["Cuba|Missiles"]}
