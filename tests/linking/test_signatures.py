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


CHIEF = {
    "key": "9", "person": "briggs", "position": "ambassador-e-p", "post": "athens", "start": "1959-07-15", "end": "1962-02-01", "directory": "pocom",
}  # fmt: skip


def under_a_chief(tmp_path: Path, chief: dict[str, Any] | None = None, **values: Any) -> Tables:
    """A telegram from Athens of 1961, signed by Bennett, while Briggs was chief of mission."""
    people = [
        {"key": "briggs", "label": "Ellis Briggs", "variants": ["Briggs, Ellis"], "directory": "people"},
        {"key": "a#p_1", "label": "Aide, Alan", "source": "a, list of persons: Chargé d’Affaires at Athens."},
        {"key": "aide", "label": "Alan Aide", "variants": ["Aide"]},
    ]
    served = {
        "key": "8",
        "person": "aide",
        "position": "counselor",
        "post": "athens",
        "start": "1961-01-01",
        "end": "1961-03-01",
    }
    record = {
        "from_post": "athens",
        "from_text": "Embassy in Greece",
        "sent": "1961-10-19T16:00:00",
        "signatory_text": "Bennett",
    }
    return linked(
        tmp_path, [telegram("1", **(record | values))], persons=people, appointments=[chief or dict(CHIEF), served]
    )


@pytest.mark.parametrize(
    ("values", "agreement", "finding"),
    [
        ({"signatory_text": "Briggs"}, "chief of mission", None),
        ({"signatory_text": "Briggs", "from_text": "Chargé in Greece (Briggs)"}, "chief of mission", "chief called chargé"),
        ({"from_text": "Chargé in Greece (Bennett)"}, "chargé", "signed by a chargé"),
        ({"signatory_text": "Bennett, Chargé"}, "chargé", "signed by a chargé"),
        ({"signatory_text": "Aide"}, "chargé", "signed by a chargé"),
        ({}, "another", "signed by another"),
        ({"sent": "1962-03-01"}, "nobody appointed", "nobody appointed"),
        ({"sent": "1962-03-01", "from_text": "Charge in Greece (Bennett)"}, "chargé", None),
    ],
)  # fmt: skip
def test_a_signature_that_disagrees_with_the_chief_of_mission(
    tmp_path: Path, values: dict[str, Any], agreement: str, finding: str | None
) -> None:
    """Who was chief of mission on the day is held against who signed, and what differs is said, with the place."""
    found = under_a_chief(tmp_path, **values)
    (row,) = found["signatures"]
    assert row["agreement"] == agreement
    assert (row["chief"] == "briggs") == ("1959-07-15" in row["how"])
    said = [one for one in found["linked_findings"] if one["field"] == "signatory_text"]
    assert [one["kind"] for one in said] == ([finding] if finding else [])
    assert all((one["severity"], one["source_file"], one["source_line"]) == ("info", "a.csv", 2) for one in said)


def test_an_officer_of_the_post_is_said(tmp_path: Path) -> None:
    """One whom the publication's own sheets have at the post that day is an officer, and nothing is to be looked into."""
    people = [{"key": "kohler", "label": "Foy D. Kohler", "variants": ["Kohler"]}]
    served = {
        "key": "8",
        "person": "kohler",
        "position": "counselor",
        "post": "athens",
        "start": "1961-01-01",
        "end": "1961-12-01",
    }
    found = linked(
        tmp_path,
        [telegram("1", from_post="athens", sent="1961-10-19", signatory_text="KOHLER")],
        persons=people,
        appointments=[dict(CHIEF), served],
    )
    assert [(row["agreement"], row["person"], row["chief"]) for row in found["signatures"]] == [
        ("officer", "kohler", "briggs")
    ]


@pytest.mark.parametrize(
    "values", [{"sent": "1961-10"}, {"sent": "1890-01-01"}, {"from_post": "usun"}, {"signatory_text": None}]
)
def test_where_nothing_can_be_compared_nothing_is_said(tmp_path: Path, values: dict[str, Any]) -> None:
    """Without a day, a signature, or a chief at that post in those years there is no row."""
    found = under_a_chief(tmp_path, **values)
    assert found["signatures"] == []
    assert [row for row in found["linked_findings"] if row["field"] == "signatory_text"] == []
