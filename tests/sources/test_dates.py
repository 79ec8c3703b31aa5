"""Dates and times as printed."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.sources.dates import (
    MONTHS,
    PrintedDate,
    date_and_time,
    find_date,
    find_date_time_group,
    find_time,
)

days = st.dates(datetime.date(1800, 1, 1), datetime.date(2099, 12, 31))
FORMS = ["{Month} {day}, {year}", "{MONTH} {day}, {year}", "{Mon}. {day}, {year}", "{day} {Month} {year}", "{day} {Mon}. {year}",
         "{year}-{mm}-{dd}", "{year}/{mm}/{dd}", "{Month} {day} {year}"]  # fmt: skip


def printed(day: datetime.date, form: str) -> str:
    """A day in one of the printed forms."""
    name = MONTHS[day.month - 1]
    return form.format(
        Month=name.capitalize(), MONTH=name.upper(), Mon=name[:3].capitalize(), day=day.day, year=day.year,
        mm=f"{day.month:02}", dd=f"{day.day:02}",
    )  # fmt: skip


@given(days, st.sampled_from(FORMS), st.sampled_from(["", "NOTE: ", "sent ", "("]))
def test_a_printed_date_is_found(day: datetime.date, form: str, before: str) -> None:
    """A date in any printed form is found as that day, at its place."""
    text = printed(day, form)
    found = find_date(f"{before}{text} and later")
    assert found is not None
    assert found.edtf == day.isoformat()
    assert f"{before}{text} and later"[found.start : found.end].rstrip(".") == text.rstrip(".")


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(1999, 12, 31)), st.sampled_from("/-"))
def test_two_figures_of_a_year(day: datetime.date, between: str) -> None:
    """Month, day and two figures of a year are a day of the twentieth century, and the date says that it is short."""
    found = find_date(f"{day.month}{between}{day.day}{between}{day.year % 100:02}")
    assert found is not None
    assert (found.edtf, found.short_year) == (day.isoformat(), True)


@given(days)
def test_nothing_is_completed(day: datetime.date) -> None:
    """A date without a year is no EDTF; a month and a year have no day."""
    name = MONTHS[day.month - 1].capitalize()
    without_year = find_date(f"{name} {day.day}")
    assert without_year is not None
    assert (without_year.day, without_year.edtf) == (day.day, None)
    assert without_year.with_year(day.year).edtf == day.isoformat()
    month = find_date(f"{name} {day.year}")
    assert month is not None
    assert month.edtf == f"{day.year:04}-{day.month:02}"


@pytest.mark.parametrize("text", ["", "no date", "13/45/62", "1862", "31", "Marching 12", "may we ask", "2222"])
def test_no_date(text: str) -> None:
    """Figures and words that are no date are none; a bare month name has no day and no year."""
    found = find_date(text)
    assert found is None or found.edtf is None


def test_no_such_day() -> None:
    """A day that the month does not have is no date in EDTF."""
    found = find_date("February 30, 1962")
    assert found is not None
    assert found.edtf is None


@given(st.times(), st.sampled_from(["{h}:{m:02} {half}.m.", "{h}:{m:02} {HALF}M", "{h}.{m:02} {half}m"]))
def test_a_printed_time_is_found(time: datetime.time, form: str) -> None:
    """A time of day in any printed form is found to the minute, without a zone."""
    half = "p" if time.hour >= 12 else "a"
    text = form.format(h=(time.hour - 1) % 12 + 1, m=time.minute, half=half, HALF=half.upper())
    found = find_time(f"at {text} precisely")
    assert found is not None
    assert (found.clock, found.zone) == (f"{time.hour:02}:{time.minute:02}:00", None)


@pytest.mark.parametrize(
    ("text", "clock", "zone"),
    [("8 PM", "20:00:00", None), ("noon", "12:00:00", None), ("midnight", "00:00:00", None), ("12 p.m.", "12:00:00", None),
     ("12 a.m.", "00:00:00", None), ("2246Z", "22:46:00", "Z"), ("0015Z", "00:15:00", "Z")],
)  # fmt: skip
def test_times(text: str, clock: str, zone: str | None) -> None:
    """Whole hours, noon, midnight and times of Greenwich."""
    found = find_time(text)
    assert found is not None
    assert (found.clock, found.zone) == (clock, zone)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("December 9, 1975, 4:15–4:49 p.m.", "16:15:00"), ("3–4:30 p.m.", "15:00:00"), ("8-9 a.m.", "08:00:00"),
        ("11:30–1 p.m.", "11:30:00"), ("12:45–1:15 p.m.", "12:45:00"), ("10:30 a.m.–noon", "10:30:00"), ("10–12 p.m.", "10:00:00"),
        ("November 19–8 p.m.", "20:00:00"), ("14 April 1951—11 a. m.", "11:00:00"), ("11 p.m.–1 a.m.", "23:00:00"),
    ],
)  # fmt: skip
def test_of_a_span_the_beginning(text: str, clock: str) -> None:
    """A conversation is dated by when it began; the half of the day stands at the end of the span only."""
    found = find_time(text)
    assert found is not None and found.clock == clock


@pytest.mark.parametrize("text", ["", "13 PM", "8:75 PM", "2562Z", "1862", "0 AM"])
def test_no_time(text: str) -> None:
    """What no clock shows is no time."""
    assert find_time(text) is None


def test_date_and_time() -> None:
    """A time is joined to a whole day only."""
    time = find_time("8 PM")
    assert date_and_time(PrintedDate(1962, 11, 19, 0, 0), time) == "1962-11-19T20:00:00"
    assert date_and_time(PrintedDate(1962, 11, None, 0, 0), time) == "1962-11"
    assert date_and_time(PrintedDate(None, 11, 19, 0, 0), time) is None
    assert date_and_time(None, time) is None


@given(st.datetimes(datetime.datetime(1900, 1, 1), datetime.datetime(1999, 12, 31)))
def test_date_time_groups(moment: datetime.datetime) -> None:
    """A date-time group with month and year is that minute."""
    month = MONTHS[moment.month - 1][:3].upper()
    group = f"{moment.day:02}{moment.hour:02}{moment.minute:02}Z {month} {moment.year % 100:02}"
    assert find_date_time_group(f"P {group}") == (group, moment.strftime("%Y-%m-%dT%H:%M:00"))


@pytest.mark.parametrize(("text", "found"), [("262340Z", ("262340Z", None)), ("322340Z JAN 77", None), ("WORDS", None)])
def test_incomplete_groups(text: str, found: object) -> None:
    """A group without month and year has no date; one of no such day is none."""
    assert find_date_time_group(text) == found


@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    """Any text has a date or none, at a place inside it."""
    for found in (find_date(text), find_time(text)):
        assert found is None or 0 <= found.start < found.end <= len(text)
    find_date_time_group(text)
