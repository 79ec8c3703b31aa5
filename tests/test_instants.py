"""Local times as instants in UTC."""

from __future__ import annotations

import zoneinfo

import pytest

from cablegraph.instants import instant
from cablegraph.vocabularies import vocabulary

NEW_YORK = "America/New_York"


@pytest.mark.parametrize(
    ("value", "printed", "place", "utc", "inferred"),
    [
        ("1962-11-19T20:00:00", None, NEW_YORK, "1962-11-20T01:00:00Z", True),  # standard time
        ("1962-07-19T20:00:00", None, NEW_YORK, "1962-07-20T00:00:00Z", True),  # daylight saving time
        ("1962-10-28T01:30:00", None, NEW_YORK, "1962-10-28T05:30:00Z", True),  # the hour that came twice: the first
        ("1962-11-19T20:00:00", "Z", NEW_YORK, "1962-11-19T20:00:00Z", False),
        ("1962-11-19T20:00:00", "GMT", None, "1962-11-19T20:00:00Z", False),
        ("1962-11-19T20:00:00Z", None, NEW_YORK, "1962-11-19T20:00:00Z", False),
        ("1962-11-19T20:00:00-05:00", "R", None, "1962-11-20T01:00:00Z", False),
        ("0900-01-01T12:00:00", None, "UTC", "0900-01-01T12:00:00Z", True),
    ],
)
def test_instants(value: str, printed: str | None, place: str | None, utc: str, inferred: bool) -> None:
    """A printed Z or offset counts; else the zone follows from the place and the day, and that is a reading."""
    found = instant(value, printed, place)
    assert found is not None
    assert (found[0], found[2]) == (utc, inferred)


@pytest.mark.parametrize(
    ("value", "printed", "place"),
    [
        (None, None, NEW_YORK), ("1962-11-19", None, NEW_YORK), ("1962-11-19T20:00:00", None, None), ("1962-11-19T20:00:00", "EST?", NEW_YORK),
        ("1962-11-31T20:00:00", None, NEW_YORK), ("0001-01-01T00:00:00", None, "Asia/Tokyo"), ("9999-12-31T23:59:59", None, NEW_YORK),
    ],
)  # fmt: skip
def test_no_zone_noinstant(value: str | None, printed: str | None, place: str | None) -> None:
    """Without a zone, with one that is not understood, or without a time of day there is no instant."""
    assert instant(value, printed, place) is None


def test_every_zone_of_a_post_is_known() -> None:
    """Each time zone that the vocabulary of posts names is in the tz database."""
    for concept in vocabulary("posts"):
        if concept.time_zone is not None:
            zoneinfo.ZoneInfo(concept.time_zone)
