"""Damaged words and the known ones that they may have been."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.sources.transcript.ends import read_end
from cablegraph.sources.transcript.likeness import Forms, allowance, distance, fold, phrases
from cablegraph.sources.transcript.repairs import dated, lettered
from cablegraph.sources.transcript.spelling import lost_letter

LETTERS = st.text("ABCD", max_size=8)


@pytest.mark.parametrize(
    ("printed", "form"),
    [
        ("1NC0MING TELEGRAM", "INCOMING TELEGRAM"),
        ("INCOMNG TELEGRAM", "INCOMING TELEGRAM"),
        ("T0PSECRET", "TOP SECRET"),
        ("CONFIDNTIAL", "CONFIDENTIAL"),
        ("PRI0RITY", "PRIORITY"),
        ("EYES ONLY FOR 5ECRETARY", "EYES ONLY FOR SECRETARY"),
        ("DEPARTMNT PASS WHITE HOUSE", "DEPARTMENT PASS WHITE HOUSE"),
    ],
)
def test_damaged_phrases(printed: str, form: str) -> None:
    """A phrase of the form with letters exchanged, lost or run together is the known one, in its case."""
    like = phrases().nearest(printed)
    assert like is not None
    assert like.form.upper() == form
    assert like.confidence < 1


@pytest.mark.parametrize("text", ["FISHERIES", "CUBA", "THE SHIPS LEFT THE HARBOR", "12345", "SS", "", "A" * 100])
def test_other_words(text: str) -> None:
    """What is like no phrase of the form is none."""
    assert phrases().nearest(text) is None


def test_two_forms_that_are_as_near() -> None:
    """A word that may be two known ones is neither."""
    forms = Forms([("MARTIN", "one"), ("MARTEN", "other")])
    assert forms.nearest("MARTN") is None
    assert Forms([("MARTIN", "one"), ("MARTEN", "one")]).nearest("MARTN") is not None


def test_short_words_have_no_neighbors() -> None:
    """A short word is only itself, since other words lie near it."""
    assert Forms([("ROME", "rome")]).nearest("LOME") is None
    assert Forms([("OSLO", "oslo")]).nearest("05LO") is not None


@given(LETTERS, LETTERS, LETTERS)
def test_distance(one: str, two: str, three: str) -> None:
    """The distance of words is none to themselves, the same both ways, and at most the longer word's length."""
    assert distance(one, one, 8) == 0
    assert distance(one, two, 8) == distance(two, one, 8) <= max(len(one), len(two))
    assert distance(one, two, 2) == min(3, distance(one, two, 8)) or distance(one, two, 8) > 2


@given(st.text("ABCDEFGH", min_size=5, max_size=20), st.integers(0, 19))
def test_a_lost_letter_is_found(word: str, at: int) -> None:
    """A known word without one of its letters is found, whichever it is."""
    lost = word[: at % len(word)] + word[at % len(word) + 1 :]
    found = Forms([(word, word)]).nearest(lost)
    assert found is not None
    assert found.form == word


@given(st.text(max_size=40))
def test_folding(text: str) -> None:
    """A folded text has letters only, and folds to itself."""
    folded = fold(text)
    assert all(mark.isalpha() for mark in folded)
    assert allowance(len(folded)) <= 3


@pytest.mark.parametrize(
    ("printed", "text", "post", "number"),
    [
        ("NEW Y0RK", "NEW YORK", "usun", None),
        ("MOSCW", "MOSCOW", "moscow", None),
        ("AMEMBASSYANKARA", "AMEMBASSY ANKARA", "ankara", None),
        ("Amembassy M0SCOW PRI0RITY 19O1", "Amembassy MOSCOW", "moscow", "1901"),
        ("Secretry of State", "Secretary of State", "department-of-state", None),
        ("Mr. Smith", "Mr. Smith", None, None),
    ],
)
def test_damaged_ends(printed: str, text: str, post: str | None, number: str | None) -> None:
    """A damaged post, mission or office is known, with what stands behind it; any other name stays as it is."""
    end = read_end(printed)
    assert (end.who.text.casefold(), end.who.post, end.who.number) == (text.casefold(), post, number)
    assert (end.like is not None) == (post is not None)


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("N0VEMBER I9, B PM", "NOVEMBER 19, 8 PM"),
        ("NOVEMBR 19,8 PM", "NOVEMBER 19,8 PM"),
        ("NOVEMBER19, 8:2O PM", "NOVEMBER 19, 8:20 PM"),
        ("19 0CT 1962", "19 OCT 1962"),
        ("MARCH 3", "MARCH 3"),
    ],
)
def test_damaged_dates(printed: str, date: str) -> None:
    """Months and figures of a date are repaired, and the space between them."""
    assert dated(printed) == date


def test_letters_in_words() -> None:
    """Figures in a word are letters; names with a number stay."""
    assert lettered("F1SHER1ES AND HARB0R5") == "FISHERIES AND HARBORS"
    assert lettered("IL-28 1962 U-2 B52") == "IL-28 1962 U-2 B52"


def test_lost_letters() -> None:
    """A word without one of its letters is told from the words of the vocabularies; words and names are not."""
    assert lost_letter("GOVERMENT") == "government"
    assert [lost_letter(word) for word in ("GOVERNMENT", "weeks", "STEVENSON", "THE")] == [None] * 4
