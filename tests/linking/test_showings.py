"""Showings of one telegram merged to one record."""

from __future__ import annotations

from pathlib import Path

import pytest

from registers import linked, telegram


def test_the_best_showing_wins(tmp_path: Path) -> None:
    """A single-valued property comes from the best showing that has one: transcript, edition, microfiche, register."""
    shown = [
        telegram("1", source="register", title="by the register", file_number="737.56/11-1962", sent_text="r"),
        telegram("2", source="fiche", shown="microfiche", title="by the fiche", classification="Secret"),
        telegram("3", source="edition", shown="edition", title="by the edition", sent="1962-11-19"),
        telegram("4", source="transcript", shown="transcript", title=None, sent="1962-11-19T20:00:00"),
    ]
    (row,) = linked(tmp_path, shown)["telegrams"]
    assert (row["record"], row["showings"]) == ("transcript/4", 4)
    assert row["sent"] == "1962-11-19T20:00:00"
    assert row["title"] == "by the edition"
    assert row["classification"] == "Secret"
    assert (row["file_number"], row["file"], row["filed_date"]) == ("737.56/11-1962", "737.56", "1962-11-19")


def test_the_order_of_sources_does_not_matter(tmp_path: Path) -> None:
    """Which showing is the best depends on what it is, not on which was read first."""
    one, other = (
        telegram("1", shown="edition", title="edition"),
        telegram("2", source="b", shown="transcript", title="transcript"),
    )
    for number, records in enumerate(([one, other], [other, one])):
        (row,) = linked(tmp_path / str(number), [dict(record) for record in records])["telegrams"]
        assert row["title"] == "transcript"


def test_contradictions_are_findings_and_readings(tmp_path: Path) -> None:
    """Where a lesser showing contradicts, a finding says what is used; its value stays as a reading of that showing."""
    records = [
        telegram(
            "1",
            shown="transcript",
            sent="1962-11-19T20:00:00",
            classification="Top Secret",
            title="CUBA",
            file_number="737.56361/11–1962",
        ),
        telegram(
            "2", source="b", shown="microfiche", classification="Secret", title="Cuba", file_number="737.56361/11-1962"
        ),
    ]
    found = linked(tmp_path, records)
    assert [
        (row["record"], row["field"], row["value"])
        for row in found["linked_findings"]
        if row["kind"] == "showings disagree"
    ] == [
        ("b/2", "classification", "Secret"),
    ]
    assert "says Top Secret" in found["linked_findings"][-1]["message"]
    readings = {row["field"]: row["value"] for row in found["linked_readings"] if row["record"] == "b/2"}
    assert readings == {
        "classification": "Secret",
        "sent": "1962-11-19",
        "title": "Cuba",
        "file_number": "737.56361/11-1962",
    }


@pytest.mark.parametrize(
    ("mine", "theirs", "contradicts"),
    [
        ({"sent": "1962-11-19T20:00:00"}, {"sent": "1962-11-19T21:00:00"}, True),
        ({"received": "1962-11-19T20:26:00"}, {"received": "1962-11-20"}, True),
        ({"received": "1962-11-19T20:26:00"}, {"received": "1962-11-19"}, False),
        ({"from_text": "NEW YORK"}, {"from_text": "USUN"}, False),
        ({"signatory_text": "STEVENSON"}, {"signatory_text": "Stevenson"}, False),
        ({"signatory_text": "STEVENSON"}, {"signatory_text": "Plimpton"}, True),
        ({"control_number": "6946"}, {"control_number": "6947"}, True),
    ],
)
def test_saying_less_is_no_contradiction(
    tmp_path: Path, mine: dict[str, str], theirs: dict[str, str], contradicts: bool
) -> None:
    """The same said less exactly or in other words is no contradiction; another value is."""
    found = linked(tmp_path, [telegram("1", shown="transcript", **mine), telegram("2", source="b", **theirs)])
    assert bool([row for row in found["linked_findings"] if row["kind"] == "showings disagree"]) is contradicts


def test_a_repeated_record_is_never_overwritten(tmp_path: Path) -> None:
    """Two documents of one number in one source are two records, and both stay."""
    found = linked(tmp_path, [telegram("1", number=None), telegram("1~2", number=None)])
    assert [row["telegram"] for row in found["identity"]] == ["a.1", "a.1~~2"]


def test_labels_say_what_is_known(tmp_path: Path) -> None:
    """A label names kind, series, number, ends and day; a document without a number goes by its head."""
    found = linked(tmp_path, [
        telegram("1"), telegram("2", series="Secto", number="5"), telegram("3", kind="memorandum", number=None, head="12. Memorandum for the record"),
    ])  # fmt: skip
    assert {row["label"] for row in found["telegrams"]} == {
        "Telegram 1862 from USUN to Department of State, 1962-11-19",
        "Telegram Secto 5 from USUN to Department of State, 1962-11-19",
        "Memorandum for the record",
    }


def test_a_file_number_with_no_date_is_a_finding(tmp_path: Path) -> None:
    """A date in a file number that is none is a finding; the number stays as printed."""
    found = linked(tmp_path, [telegram("1", file_number="737.56361/13-4562")])
    (row,) = found["telegrams"]
    assert (row["file_number"], row["filed_date"]) == ("737.56361/13-4562", None)
    assert [row["field"] for row in found["linked_findings"] if row["kind"] == "no date"] == ["file_number"]
