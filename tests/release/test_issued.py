"""The date of a release: configured, or stated; never today."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from cablegraph.parts import join_parts
from cablegraph.release import issued_date
from registers import publication, telegram, write_register


@pytest.fixture
def dated(tmp_path: Path) -> Path:
    records = [
        telegram("1", sent="1962-11-19T20:00:00"),
        telegram("2", sent="1962-13-45"),
        telegram("3", sent=None, received="1962-11-21"),
        telegram("4", sent="yesterday"),
    ]
    return write_register(tmp_path / "register", records)


def test_the_date_of_a_release(dated: Path, tmp_path: Path) -> None:
    """The date is the configured one, else SOURCE_DATE_EPOCH, else the newest valid date that the sources state; never today."""
    plain = publication(tmp_path)
    assert issued_date(replace(plain, issued="2026-11-24"), dated, "0") == "2026-11-24"
    assert issued_date(plain, dated, "86400") == "1970-01-02"
    assert issued_date(plain, dated, "1795478400") == datetime.date(2026, 11, 24).isoformat()
    for nothing in (None, "", "soon", "-1"):
        assert issued_date(plain, dated, nothing) == "1962-11-21"


def test_the_date_of_a_release_of_undated_records(tmp_path: Path) -> None:
    """Where the sources state no date, or only a year or month, the date says no more."""
    plain = publication(tmp_path)
    for number, (sent, expected) in enumerate(((None, "1970"), ("1962", "1962"), ("1962-11", "1962-11"))):
        register = write_register(tmp_path / str(number), [telegram("1", sent=sent)])
        assert issued_date(plain, register, None) == expected


def test_an_empty_register_is_released(tmp_path: Path) -> None:
    """No parts make every table."""
    join_parts([], tmp_path / "r")
    assert issued_date(publication(tmp_path), tmp_path / "r", None) == "1970"
