"""When a printed document was received: what is printed of the day, and what follows from the day of sending."""

from __future__ import annotations

import pytest

from cablegraph.sources.frus.dating import Received, Sent, read_received

PARIS, WASHINGTON = "Europe/Paris", "America/New_York"


@pytest.mark.parametrize(
    ("text", "sent", "edtf", "inferred"),
    [
        ("4:30 p.m., December 13, 1956", "1956-12-13T20:00:00", "1956-12-13T16:30:00", None),
        ("4:30 p.m., December 13", "1956-12-13T20:00:00", "1956-12-13T16:30:00", "year not printed: that of sending"),
        ("1:10 a.m., January 1", "1956-12-31T23:00:00", "1957-01-01T01:10:00", "year not printed: the one after sending"),
        ("4:30 p.m.", "1956-12-13T20:00:00", "1956-12-13T16:30:00", "day not printed: that of sending"),
        ("12:05 a.m.", "1956-12-13T20:00:00", "1956-12-14T00:05:00", "day not printed: the one after sending"),
        ("12:05 a.m.", "1956-12-31T20:00:00", "1957-01-01T00:05:00", "day not printed: the one after sending"),
        ("12:05 a.m.", "1956-12-13", "1956-12-13T00:05:00", "day not printed: that of sending"),
    ],
)  # fmt: skip
def test_what_is_not_printed_follows_from_sending(text: str, sent: str, edtf: str, inferred: str | None) -> None:
    """A telegram is not received before it was sent, in UTC; the zones are those of the post and of Washington."""
    assert read_received(text, Sent(sent), PARIS, WASHINGTON) == Received(edtf, inferred)


def test_without_a_zone_the_day_is_that_of_sending() -> None:
    """Where the zone of the sender is unknown the two times cannot be compared, and nothing more is inferred."""
    assert read_received("12:05 a.m.", Sent("1956-12-13T20:00:00"), None, WASHINGTON).edtf == "1956-12-13T00:05:00"


@pytest.mark.parametrize("sent", [Sent(), Sent("1956-12"), Sent("1956")])
def test_no_day_of_sending_no_time_of_receipt(sent: Sent) -> None:
    """A day is never made up: without that of sending there is none to infer it from."""
    assert read_received("4:30 p.m.", sent, PARIS, WASHINGTON) == Received()


def test_there_is_no_day_after_the_last() -> None:
    """A file that dates a telegram on the last day that a computer knows is read."""
    assert read_received("1 a.m.", Sent("9999-12-31T05:00:00", None, "Z"), None, "Asia/Tokyo") == Received()


def test_a_day_that_does_not_exist_is_no_time_of_receipt() -> None:
    """February 30 is a fault of the print."""
    assert read_received("4:30 p.m., February 30", Sent("1956-02-28"), PARIS, WASHINGTON) == Received()
