"""The order of events: what cannot have happened before a document was sent is a finding, with its place."""

from __future__ import annotations

import pytest

from cablegraph import relations
from cablegraph.linking.order import check_order

TELEGRAM = {
    "telegram": "t", "record": "s/d1", "sent": "1962-11-19T20:00:00", "sent_utc": None, "received": None,
    "received_utc": None, "filed_date": None, "file_number": "737.56361/x", "source_file": "s.xml", "source_line": 7,
}  # fmt: skip


def findings(event: tuple[str, str] | None = None, **changes: str | None) -> list[tuple[str, str, int]]:
    """Kind, field and line of the findings about one document."""
    db = relations.connect([])
    row = TELEGRAM | changes
    columns = {name: relations.INTEGER if name == "source_line" else relations.TEXT for name in row}
    relations.create_table(db, "link_telegrams", columns, [tuple(row.values())])
    relations.create_table(db, "identified", {"record": relations.TEXT, "telegram": relations.TEXT}, [("s/d1", "t")])
    names = dict.fromkeys(("record", "kind", "at", "source_file"), relations.TEXT) | {"source_line": relations.INTEGER}
    relations.create_table(db, "events", names, [("s/d1", *event, "s.xml", 9)] if event else [])
    check_order(db)
    return db.execute("SELECT kind, field, source_line FROM order_findings").fetchall()


@pytest.mark.parametrize("received", ["1962-11-19", "1962-11-18T23:59:00", "1962-11", None])
def test_a_day_is_tolerated(received: str | None) -> None:
    """The day before may be the same moment on the other side of the date line; a month tells nothing."""
    assert findings(received=received) == []


def test_receipt_days_before_sending_is_out_of_order() -> None:
    """Two days are too many, whatever the zones."""
    assert findings(received="1962-11-17") == [("out of order", "received", 7)]


def test_times_in_utc_are_left_to_the_shape() -> None:
    """Where both are known in UTC a shape compares them to the minute, and one complaint is enough."""
    utc = {"sent_utc": "1962-11-20T01:00:00Z", "received_utc": "1962-11-17T01:00:00Z"}
    assert findings(received="1962-11-16T20:00:00", **utc) == []


@pytest.mark.parametrize(("kind", "found"), [("passed", 1), ("microfilmed", 1), ("transmitted", 0)])
def test_an_event_before_sending_is_out_of_order(kind: str, found: int) -> None:
    """It stands at the line of the event."""
    assert findings((kind, "1962-11-10T20:45:00")) == [("out of order", "events", 9)] * found


@pytest.mark.parametrize(
    ("filed", "found"), [("1962-11-19", 0), ("1962-09-01", 0), ("1961-11-19", 1), ("1964-01-01", 1)]
)
def test_a_file_number_of_another_year_is_told(filed: str, found: int) -> None:
    """An answer is filed under the paper that it answers, weeks before; half a year is a slip."""
    assert findings(filed_date=filed) == [("dates disagree", "file_number", 7)] * found
