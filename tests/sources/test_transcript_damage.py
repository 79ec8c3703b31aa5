"""How sure the reader is: signs of damage, the right margin, places that agree or not, fields that are missing."""

from __future__ import annotations

import pytest
from forms import CABLE_FORM, INCOMING_FORM, OUTGOING_FORM
from material import INCOMING, kinds, not_found, read, readings, record

PAGE = "-2- 1582, APRIL 26, 5 PM FROM ANKARA"


def how(text: str, field: str) -> dict[str, float]:
    """How the values of a field came about, and how sure that is."""
    return {row["how"]: row["confidence"] for row in readings(read(text), field)}


def test_plain_fields_have_no_reading() -> None:
    """In a whole transcript a field behind its own label has no reading: it is printed so."""
    fields = {row["field"] for row in read(INCOMING)["readings"]}
    assert not fields & {
        "number",
        "control_number",
        "received",
        "classification",
        "precedence",
        "captions",
        "signatory_text",
    }


def test_damage_elsewhere_makes_fields_doubtful() -> None:
    """Where a transcript shows damage, a field that nothing confirms is told as less sure."""
    text = INCOMING.replace("THE MINISTRY ASKED TODAY", "THE M1NISTRY ASKED TODAY")
    assert how(text, "control_number") == {"printed so, in a transcript that shows damage": 0.85}
    assert how(text, "number") == {}  # the head of page 2 has it, too
    assert how(text, "classification") == {}  # it stands on every page


@pytest.mark.parametrize(
    "words",
    [
        "THE HARB0R IS 0PEN",
        "THE GOVERMENT AND THE EMBASY SAID",
        "WHCH THT",
        "THE MI~NISTRY",
        "THE HARBOR \ufffd IS OPEN",
        "IN I9O2 AND 19O3",
    ],
)
def test_signs_of_damage(words: str) -> None:
    """Figures in words, letters in numbers, words without a letter, specks and unreadable marks are signs."""
    assert how(INCOMING.replace("THE MINISTRY ASKED", f"{words}. THE MINISTRY ASKED"), "control_number")


def test_value_that_the_margin_cuts() -> None:
    """Where most long lines end at the right margin it cut them, and values that end there may go on."""
    cut = "\n".join(line[:22] for line in INCOMING_FORM.split("\n"))
    tables = read(cut)
    assert record(tables)["from_text"] == "ANKARA"
    assert record(tables)["sent"] == "1961-04-26"
    assert {row["confidence"] for row in readings(tables, "sent") if "margin" in row["how"]} == {0.5}


def test_page_heads_that_outvote_the_first_page() -> None:
    """A number that two page heads contradict is theirs, with a reading and a finding."""
    tables = read(INCOMING_FORM.replace("NO: 1582", "NO: 158"))
    assert record(tables)["number"] == "1582"
    assert [(row["how"], row["confidence"]) for row in readings(tables, "number")] == [
        ("from the head of a later page", 0.67)
    ]


def test_page_head_that_is_outvoted() -> None:
    """One page head among several places is overruled; the value is told as less sure."""
    tables = read(INCOMING_FORM.replace(PAGE, PAGE.replace("1582", "1587")))
    assert record(tables)["number"] == "1582"
    assert "page heads disagree" in kinds(tables)
    assert [row["confidence"] for row in readings(tables, "number")] == [0.67]


def test_repaired_number_that_page_heads_confirm() -> None:
    """A repaired number that the page heads have, too, is as sure as printed."""
    assert how(INCOMING_FORM.replace("NO: 1582", "NO: I5B2"), "number") == {
        "letters read as the figures that they look like": 0.95
    }


def test_dates_that_cannot_be() -> None:
    """A telegram received weeks before it was sent has a date that is misread: a finding, and both are doubted."""
    text = OUTGOING_FORM.replace("OUTGOING", "INCOMING").replace(
        "SENT TO: Amembassy MOSCOW", "FROM: MOSCOW\n\nTO: Secretary of State"
    )
    text = text.replace("MARCH 1, 1963, 7:14 PM", "NO: 12, MARCH 21, 8 PM\n\nRec'd: MARCH 1, 1963, 7:14 PM")
    tables = read(text)
    assert "dates disagree" in kinds(tables)
    assert min(row["confidence"] for row in readings(tables, "received")) == 0.5


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("NO: 1582, APRIL 26, 5 PM", "NO: 15 82, APRIL 26, 5 PM", "number"),
        ("Control: 17805", "Control: 178 05", "control_number"),
        ("11:18 AM", "11:1 8 AM", "received"),
    ],
)
def test_figures_that_are_part_of_nothing(old: str, new: str, field: str) -> None:
    """Figures that are left over beside a value make it doubtful."""
    text = INCOMING_FORM.replace(old, new)
    assert min(how(text, field).values()) <= 0.67


def test_missing_fields_are_told() -> None:
    """Each field that a telegram ought to have, or that most have, is told where it is missing."""
    text = "INCOMING TELEGRAM\n\nFROM: ANKARA\n\n1. NOTHING ELSE OF THE HEAD WAS LEFT WHEN THE PAGE WAS FOUND IN THE BOX.\n"
    assert not_found(read(text)) == {
        "number", "sent", "to_text", "classification", "received", "precedence", "captions", "subjects", "references",
        "signatory_text", "control_number", "action_office",
    }  # fmt: skip


def test_page_without_its_head() -> None:
    """A page that ends in the middle of the text without a page head behind it is a finding, and the pages are doubted."""
    tables = read(INCOMING_FORM.replace("-3- 1582, APRIL 26, 5 PM FROM ANKARA\n", ""))
    assert "page not found" in kinds(tables)
    assert [row["confidence"] for row in readings(tables, "pages")] == [0.5]


def test_names_that_nobody_knows() -> None:
    """A sender or addressee that no vocabulary knows is told."""
    assert how(INCOMING.replace("TO: Secretary of State", "TO: The Harbor Master"), "to_text") == {
        "a name that no vocabulary knows": 0.8
    }


@pytest.mark.parametrize("lost", ["P 262340Z JAN 77\n", "FM AMEMBASSY MOSCOW\n", "TO SECSTATE WASHDC PRIORITY 3310\n"])
def test_cable_without_a_line_of_its_head(lost: str) -> None:
    """A cable whose head lacks a line is still read; what stood there is told."""
    tables = read(CABLE_FORM.replace(lost, ""))
    assert record(tables)["number"] == "1234"
    assert not_found(tables)
