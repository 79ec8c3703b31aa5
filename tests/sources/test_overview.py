"""Overview sheets of electronic telegrams."""

from __future__ import annotations

import pytest
from material import Tables, kinds, read, readings, record

from cablegraph.sources import detect
from cablegraph.sources.overview import is_overview

HEADER = "date,doc_no,film_no,subject,tags,sender,recipient\n"
ROW = '1973-01-05,1973ABIDJA00073,D730012-0345,HARBOR PILOTS,"EWWT, IV",ABIDJAN,STATE\n'


def sheet(text: str) -> Tables:
    return read(text, "sheet")


def test_columns_go_by_the_names_of_the_archive() -> None:
    """The archive's columns are the register's; the telegram is known by its message reference number."""
    row = record(sheet(HEADER + ROW))
    assert (row["document"], row["mrn"], row["number"]) == ("1973ABIDJA000073", "1973ABIDJA000073", "73")
    assert (row["sent"], row["subjects"], row["tags"]) == ("1973-01-05", ["HARBOR PILOTS"], ["EWWT", "IV"])
    assert (row["from_text"], row["from_post"], row["to_post"], row["direction"]) == (
        "ABIDJAN", "abidjan", "department-of-state", "incoming",
    )  # fmt: skip


def test_number_in_its_canonical_form() -> None:
    """The message reference number has six figures; the reading keeps it as printed."""
    tables = sheet(HEADER + ROW)
    assert [(row["value"], row["surface"]) for row in readings(tables, "mrn")] == [
        ("1973ABIDJA000073", "1973ABIDJA00073")
    ]
    assert [row["surface"] for row in readings(tables, "number")] == ["1973ABIDJA00073"]
    assert readings(sheet(HEADER + ROW.replace("00073", "000073")), "mrn") == []


@pytest.mark.parametrize("date", ["1960-01-01", "1960-01-01 00:00:00", "01 JAN 1960", "01-JAN-1960"])
def test_null_date(date: str) -> None:
    """The archive's null date is no date, and a finding says so."""
    tables = sheet(HEADER + ROW.replace("1973-01-05", date))
    assert record(tables)["sent"] is None
    assert [row["value"] for row in tables["findings"] if row["kind"] == "null date"] == [date]
    assert not [row for row in tables["events"] if row["kind"] == "transmitted"]


@pytest.mark.parametrize("date", ["05 JAN 1973", "5-Jan-1973", "1973-01-05 00:00"])
def test_dates_of_the_archive(date: str) -> None:
    """Dates as the archive writes them become EDTF, with a reading; midnight is no time of day there."""
    tables = sheet(HEADER + ROW.replace("1973-01-05", date))
    assert record(tables)["sent"] == "1973-01-05"
    assert [row["surface"] for row in readings(tables, "sent")] == [date]
    assert "value does not fit" not in kinds(tables)


def test_film_number() -> None:
    """The film number is the place of a showing on microfilm beside the entry of the sheet."""
    tables = sheet(HEADER + ROW)
    assert [(row["kind"], row.get("locator")) for row in tables["instantiations"]] == [
        ("register entry", None),
        ("microfilm", "D730012-0345"),
    ]
    assert len(sheet(HEADER + ROW.replace("D730012-0345", ""))["instantiations"]) == 1


def test_other_numbers_stay() -> None:
    """What is no message reference number stays as it is, and the row keeps its place as its name."""
    row = record(sheet(HEADER + ROW.replace("1973ABIDJA00073", "P730012-0345")))
    assert (row["document"], row["mrn"], row.get("number")) == ("1", "P730012-0345", None)


def test_columns_of_the_register_go_before() -> None:
    """A column of the register beside the archive's is followed."""
    row = record(sheet("doc_no,film_no,sent,date\n1973ABIDJA00073,,1973-01-06,1973-01-05\n"))
    assert row["sent"] == "1973-01-06"


def test_columns_that_a_publication_names() -> None:
    """The number is canonical where the publication says which column it is, and in the register's own column."""
    tables = read("id,when\n1973ABIDJA00073,1960-01-01\n", "sheet", columns={"id": "mrn", "when": "sent"})
    assert (record(tables)["mrn"], record(tables)["sent"]) == ("1973ABIDJA000073", None)


def test_told_from_the_header() -> None:
    """An overview is told from its header; other sheets are none."""
    assert detect((HEADER + ROW).encode(), "o.csv") == "sheet"
    assert is_overview(["doc_no", "date"])
    assert not is_overview(["doc_no"])
    assert not is_overview(["document", "sent", "date"])
