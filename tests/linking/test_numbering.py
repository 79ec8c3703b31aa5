"""One number a post, series and numbering period; what contradicts that is a finding at each of the documents."""

from __future__ import annotations

import pytest

from cablegraph import relations
from cablegraph.linking.numbering import check_numbers

ROW = {
    "record": "s/d1", "sent": "1962-11-19", "kind": "telegram", "direction": "incoming", "series": None, "number": "1862", "from_post": "usun",
    "to_post": None, "stub": None, "source_file": "s.xml", "source_line": 7,
}  # fmt: skip


def findings(**changes: str | None) -> list[tuple[str, str, str]]:
    """Record, value and message of the findings about USUN 1862 and another document."""
    db = relations.connect([])
    columns = {name: relations.INTEGER if name == "source_line" else relations.TEXT for name in ROW}
    rows = [tuple(ROW.values()), tuple((ROW | {"record": "s/d2", "sent": "1962-08-01"} | changes).values())]
    relations.create_table(db, "link_telegrams", columns, rows)
    check_numbers(db)
    return db.execute("SELECT record, value, message FROM number_findings ORDER BY record").fetchall()


def test_a_number_that_comes_twice_in_one_period_is_told_of_both() -> None:
    """Each row names the other document with its date."""
    (one, other) = findings()
    assert (one[:2], other[:2]) == (("s/d1", "1862"), ("s/d2", "1862"))
    assert "s/d2 (1962-08-01)" in one[2]
    assert "s/d1 (1962-11-19)" in other[2]


@pytest.mark.parametrize(
    "changes",
    [
        {"number": "1863"}, {"from_post": "london"}, {"from_post": None}, {"kind": "airgram"}, {"series": "Secto"}, {"stub": "true"}, {"sent": None},
        {"direction": "outgoing", "to_post": "usun"}, {"sent": "1962"},
    ],
)  # fmt: skip
def test_other_posts_series_and_kinds_have_numbers_of_their_own(changes: dict[str, str | None]) -> None:
    """So has the other direction; a stub is known by its number alone, and a year may hold two periods."""
    assert findings(**changes) == []


@pytest.mark.parametrize(
    ("sent", "found"), [("1962-07-01", 2), ("1962-12", 2), ("1962-06-30", 0), ("1963-01-01", 0), ("1961-11-19", 0)]
)
def test_numbers_begin_anew_with_the_fiscal_or_the_calendar_year(sent: str, found: int) -> None:
    """Only what lies in one half of a calendar year is in one period for certain."""
    assert len(findings(sent=sent)) == found


def test_a_conference_series_begins_anew_with_each_conference() -> None:
    """Secto 4 of another week may be of another conference."""
    db = relations.connect([])
    columns = {name: relations.INTEGER if name == "source_line" else relations.TEXT for name in ROW}
    sent = {"s/d1": "1959-02-05", "s/d2": "1959-02-06", "s/d3": "1959-04-28"}
    rows = [tuple((ROW | {"record": record, "series": "Secto", "sent": day}).values()) for record, day in sent.items()]
    relations.create_table(db, "link_telegrams", columns, rows)
    check_numbers(db)
    found = db.execute("SELECT record, value FROM number_findings ORDER BY record").fetchall()
    assert found == [("s/d1", "Secto 1862"), ("s/d2", "Secto 1862")]
