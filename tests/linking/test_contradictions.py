"""Authorities that contradict themselves are told, at the line of the sheet."""

from __future__ import annotations

import pytest

from cablegraph import relations
from cablegraph.linking.authorities import check_authorities

COLUMNS = {
    "appointments": ("key", "person", "position", "post", "start", "end", "directory"), "persons": ("key",), "organisations": ("key",),
    "posts": ("key", "place", "directory"), "positions": ("key", "post", "directory"), "places": ("key", "broader", "directory"),
    "identifiers": ("entity", "directory"),
}  # fmt: skip


def findings(*appointments: tuple[str, str, str | None, str | None]) -> list[tuple[str, str, str, int]]:
    """Kind, field, value and line of the findings about appointments: person, position, start, end."""
    db = relations.connect([])
    rows = {
        "persons": [(name, "p.csv", 2) for name in "abc"],
        "positions": [(name, None, None, "p.csv", 2) for name in "xy"],
    }
    rows["appointments"] = [
        (f"k{line}", person, position, None, start, end, None, "a.csv", line) for line, (person, position, start, end) in enumerate(appointments, 2)
    ]  # fmt: skip
    for table, names in COLUMNS.items():
        columns = dict.fromkeys((*names, "source_file"), relations.TEXT) | {"source_line": relations.INTEGER}
        relations.create_table(db, table, columns, rows.get(table, []))
    check_authorities(db)
    return db.execute("SELECT kind, field, value, source_line FROM authority_findings ORDER BY ALL").fetchall()


def test_a_key_that_nobody_describes_is_told() -> None:
    """It stands at the line that names it."""
    assert findings(("d", "x", None, None)) == [("unknown key", "appointments.person", "d", 2)]


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [("1961-05", "1961-04-30", 1), ("1961", "1960-12-31", 1), ("1961-05-02", "1961-05-02", 0), ("1961-05-02", "1961", 0), ("1961", "1961-01-01", 0), (None, "1961", 0)],
)  # fmt: skip
def test_an_appointment_does_not_end_before_it_starts(start: str | None, end: str, found: int) -> None:
    """Dates are compared as far as both go."""
    assert findings(("a", "x", start, end)) == [("out of order", "appointments.end", end, 2)] * found


def test_two_persons_do_not_hold_one_position_for_months() -> None:
    """Both are told; a month of handing over, another position, and dates that are not known to the day are let be."""
    first = ("a", "x", "1961-01-01", "1962-01-01")
    told = [("two holders", "appointments.position", "x", line) for line in (2, 3)]
    assert findings(first, ("b", "x", "1961-06-01", "1963-01-01")) == told
    for other in (
        ("b", "x", "1961-12-15", "1963-01-01"), ("b", "y", "1961-06-01", "1963-01-01"), ("a", "x", "1961-06-01", "1963-01-01"),
        ("b", "x", "1961", "1963"), ("b", "x", "1961-06-01", None),
    ):  # fmt: skip
        assert findings(first, other) == []
