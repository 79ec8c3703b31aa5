"""Signatures: a surname is the officer who held a position at the sending post that day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from registers import Tables, linked, telegram

PERSONS = [
    {"key": "stevenson-adlai", "label": "Adlai E. Stevenson, Jr.", "variants": ["Ambassador Stevenson"]},
    {"key": "stevenson-other", "label": "Other Stevenson", "variants": None},
    {"key": "kohler", "label": "Foy D. Kohler", "variants": ["Kohler"]},
]
APPOINTMENTS = [
    {
        "key": "1",
        "person": "stevenson-adlai",
        "position": "us-representative",
        "post": "usun",
        "start": "1961-01-23",
        "end": "1965-07-14",
    },
    {"key": "2", "person": "kohler", "position": "ambassador", "post": "moscow", "start": "1962-09-27", "end": None},
]


def signed(tmp_path: Path, appointments: list[dict[str, Any]] | None = None, **values: Any) -> Tables:
    return linked(
        tmp_path, [telegram("1", signatory_text="STEVENSON", **values)],
        persons=[dict(row) for row in PERSONS], appointments=[dict(row) for row in (APPOINTMENTS if appointments is None else appointments)],
    )  # fmt: skip


def test_the_officer_of_that_day_signed(tmp_path: Path) -> None:
    """A surname means the one of that name who was appointed to the sending post on the day, with the evidence."""
    found = signed(tmp_path)
    assert found["telegrams"][0]["signatory"] == "stevenson-adlai"
    (row,) = found["links"]
    assert (row["subject_id"], row["predicate_id"], row["object_id"]) == (
        "record:a/1#signature",
        "dipl:signedBy",
        "person:stevenson-adlai",
    )


@pytest.mark.parametrize(
    "values",
    [
        {"sent": "1961-01-22"},
        {"sent": "1965-07-15"},
        {"sent": None},
        {"from_post": "moscow"},
        {"direction": "outgoing"},
    ],
)
def test_without_an_appointment_nobody_signed(tmp_path: Path, values: dict[str, Any]) -> None:
    """Before or after the appointment, at another post, or without a day nobody is named."""
    assert signed(tmp_path, **values)["telegrams"][0]["signatory"] is None


def test_two_of_one_name_are_nobody(tmp_path: Path) -> None:
    """Where two of the name held positions at the post that day nobody is named."""
    both = [
        *APPOINTMENTS,
        {
            "key": "3",
            "person": "stevenson-other",
            "position": "x",
            "post": "usun",
            "start": "1962-01-01",
            "end": "1963-01-01",
        },
    ]
    assert signed(tmp_path, both)["telegrams"][0]["signatory"] is None


def test_an_appointment_without_dates_proves_nothing(tmp_path: Path) -> None:
    """An appointment that says neither when it began nor when it ended names nobody; one end is enough."""
    row = {"key": "1", "person": "stevenson-adlai", "position": "x", "post": "usun", "start": None, "end": None}
    assert signed(tmp_path / "1", [row])["telegrams"][0]["signatory"] is None
    assert signed(tmp_path / "2", [row | {"start": "1961"}])["telegrams"][0]["signatory"] == "stevenson-adlai"
