"""References: which telegram a citing telegram means."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from registers import linked, telegram

CITING = telegram("1862")


def resolved(tmp_path: Path, others: list[dict[str, Any]], **reference: Any) -> tuple[str, str | None]:
    """How a reference of USUN 1862 is resolved, and to what."""
    row = {
        "record": "a/1862",
        "surface": "USUN 1835",
        "number": "1835",
        "post": "usun",
        "direction": "incoming",
    } | reference
    (found,) = linked(tmp_path, [dict(CITING), *others], references=[row])["resolutions"]
    return found["how"], found["telegram"]


def test_number_and_post_mean_the_nearest_before(tmp_path: Path) -> None:
    """Without a date it is the telegram of that number and post nearest before the citing one, within a year."""
    others = [
        telegram(day, number="1835", sent=day) for day in ("1961-11-30", "1962-03-01", "1962-11-16", "1962-12-01")
    ]
    assert resolved(tmp_path, others) == ("number-and-post", "in.usun.1835.1962-11-16")


def test_a_date_makes_it_exact(tmp_path: Path) -> None:
    """With its date the reference is exact; a day's difference is the nearest by number and post."""
    others = [telegram(day, number="1835", sent=day) for day in ("1962-03-01", "1962-11-16")]
    assert resolved(tmp_path / "1", others, date="1962-03-01") == ("exact", "in.usun.1835.1962-03-01")
    assert resolved(tmp_path / "2", [dict(o) for o in others], date="1962-03-02") == (
        "number-and-post",
        "in.usun.1835.1962-03-01",
    )


def test_a_link_of_the_source_wins(tmp_path: Path) -> None:
    """What the source itself links to is taken, whatever the number says."""
    others = [telegram("2", number="7"), telegram("3", number="1835", sent="1962-11-16")]
    assert resolved(tmp_path, others, target="a/2") == ("document-link", "in.usun.7.1962-11-19")


@pytest.mark.parametrize("target", ["a#d2", "a#d2fn3"])
def test_a_link_leads_to_a_document_or_its_footnote(tmp_path: Path, target: str) -> None:
    """Links are written as the volume has them, with the id of a document or of a footnote in one."""
    others = [telegram("d2", number="7")]
    assert resolved(tmp_path, others, number=None, target=target) == ("document-link", "in.usun.7.1962-11-19")


def test_a_link_to_the_citing_document_is_none(tmp_path: Path) -> None:
    assert resolved(tmp_path, [], number=None, target="a#d1862fn1") == ("unresolved", None)
    assert resolved(tmp_path / "2", [], number=None, target="a/1862") == ("unresolved", None)


def test_what_is_not_here_becomes_a_stub(tmp_path: Path) -> None:
    """A telegram that this publication lacks is a stub, by its full key where it is known, else by source and year."""
    assert resolved(tmp_path / "1", [], date="1962-11-16") == ("stub", "in.usun.1835.1962-11-16")
    assert resolved(tmp_path / "2", []) == ("stub", "a.in.usun.1835.y1963")
    assert resolved(tmp_path / "3", [], direction="outgoing") == ("stub", "a.out.usun.1835.y1963")
    far = [telegram("2", number="1835", sent="1961-01-01")]
    assert resolved(tmp_path / "4", far) == ("stub", "a.in.usun.1835.y1963")


def test_stubs_of_one_telegram_are_one(tmp_path: Path) -> None:
    """Two references to one absent telegram share a stub, which says what is known of it."""
    rows = [{"record": "a/1862", "surface": "USUN 1835", "number": "1835", "post": "usun", "direction": "incoming"}] * 2
    found = linked(tmp_path, [dict(CITING)], references=[dict(row) for row in rows])
    (stub,) = [row for row in found["telegrams"] if row["stub"] == "true"]
    assert (stub["number"], stub["from_post"], stub["showings"]) == ("1835", "usun", 0)


def test_what_names_no_number_stays_unresolved(tmp_path: Path) -> None:
    """A reference without a number or a post is unresolved."""
    assert resolved(tmp_path / "1", [], number=None) == ("unresolved", None)
    assert resolved(tmp_path / "2", [], post=None, direction=None) == ("unresolved", None)


@pytest.mark.parametrize("date", [None, "1962-11-19"])
def test_a_telegram_never_refers_to_itself(tmp_path: Path, date: str | None) -> None:
    """A reference that bears the citing telegram's own number is no link and no stub."""
    assert resolved(tmp_path, [], number="1862", date=date) == ("unresolved", None)


def test_two_that_fit_equally_are_none(tmp_path: Path) -> None:
    """Where two telegrams fit equally well nothing is guessed, and no third is invented."""
    others = [
        telegram("2", number="1835", sent="1962-11-16"),
        telegram("3", number="1835", sent="1962-11-16", kind="airgram"),
    ]
    assert resolved(tmp_path, others) == ("unresolved", None)


def test_series_must_agree(tmp_path: Path) -> None:
    """Secto 5 is not 5; the names of plain numberings (Embtel, Deptel) are no series."""
    others = [
        telegram("2", number="5", sent="1962-11-16"),
        telegram("3", number="5", series="Secto", sent="1962-11-15"),
    ]
    assert resolved(tmp_path / "1", others, number="5", series="Secto") == (
        "number-and-post",
        "in.usun.secto.5.1962-11-15",
    )
    assert resolved(tmp_path / "2", [dict(o) for o in others], number="5", series="Embtel") == (
        "number-and-post",
        "in.usun.5.1962-11-16",
    )


def test_numbers_given_to_other_addressees_count(tmp_path: Path) -> None:
    """A telegram is found by each of its numbers, also one that it bears for another post."""
    other = telegram(
        "2", direction="outgoing", number="10", from_post="department-of-state", to_post="paris", sent="1962-11-16"
    )
    number = {"record": "a/2", "number": "99", "post": "london", "role": "repeated to"}
    row = {"record": "a/1862", "surface": "Deptel 99", "number": "99", "post": "london", "direction": "outgoing"}
    (found,) = linked(tmp_path, [dict(CITING), other], numbers=[number], references=[row])["resolutions"]
    assert (found["how"], found["telegram"]) == ("number-and-post", "out.paris.10.1962-11-16")
