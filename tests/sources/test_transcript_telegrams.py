"""Several telegrams in a file: where each begins, and whose the stamps above it are."""

from __future__ import annotations

import pytest
from forms import CABLE_FORM, CLEAN, DEPARTMENT_CABLE, INCOMING_FORM, OUTGOING_FORM, Clean
from material import Tables, read

STAMPS = "**00871**\n\n**1961/04/26**\n\n"
OTHER = (
    INCOMING_FORM.replace("1582", "1583")
    .replace("17805", "17806")
    .replace("FROM: ANKARA", "FROM: ATHENS")
    .replace("FROM ANKARA", "FROM ATHENS")
)


def numbers(tables: Tables) -> list[str | None]:
    """The numbers of the telegrams of a file."""
    return [row["number"] for row in tables["records"]]


def told(tables: Tables) -> list[str]:
    """What is said where a further telegram begins."""
    return [row["message"] for row in tables["findings"] if row["kind"] == "several telegrams"]


@pytest.mark.parametrize("second", CLEAN, ids=lambda clean: clean.name)
@pytest.mark.parametrize("first", CLEAN, ids=lambda clean: clean.name)
def test_two_of_any_kind(first: Clean, second: Clean) -> None:
    """Forms and cables in a file are told apart; each has its own fields, signature and text."""
    tables = read(f"{first.text}\n\n{second.text.lstrip()}")
    if first is second:  # one telegram twice is one with pages that stand twice, if no title parts it
        assert len(tables["records"]) in (1, 2)
        return
    assert numbers(tables) == [first.fields["number"], second.fields["number"]]
    assert [row["signatory_text"] for row in tables["records"]] == [
        one.fields["signatory_text"] for one in (first, second)
    ]
    assert [row["from_post"] for row in tables["records"]] == [one.fields["from_post"] for one in (first, second)]
    assert len(told(tables)) == 1


def test_many_in_a_file() -> None:
    """Any number of telegrams is parted, in the order of the file."""
    tables = read("\n\n".join([INCOMING_FORM, CABLE_FORM, OUTGOING_FORM, DEPARTMENT_CABLE, OTHER]))
    assert numbers(tables) == ["1582", "1234", "1901", "99312", "1583"]
    assert [row["document"] for row in tables["records"]] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    "seam", ["\f", "\f\n", "==========\n", "------------------------------\n", "* * *\n__________\n"]
)
def test_stamps_above_a_title(seam: str) -> None:
    """Stamps between a page break or a rule and the title belong to the telegram that begins there, with its page heads."""
    tables = read(f"{INCOMING_FORM}\n{seam}{OTHER}")
    assert numbers(tables) == ["1582", "1583"]
    stamps = [row["text"] for row in tables["markings"] if row["record"] == "t/2" and row["kind"] == "stamp"]
    assert {"00871", "1961/04/26"} <= set(stamps)
    assert told(tables) == ["The file holds 2 telegrams; this one begins here."]


def test_stamps_of_nobody() -> None:
    """Without a sign whose they are, stamps stay with the telegram before, and a finding says so."""
    tables = read(f"{INCOMING_FORM}\n{OTHER}")
    (message,) = told(tables)
    assert "kept with the one before" in message
    assert sum(row["text"] == "00871" for row in tables["markings"] if row["record"] == "t/1") == 2


def test_heads_without_a_title() -> None:
    """Without titles a telegram begins where the fields of a head come again with other values behind a text."""
    first, second = (text.replace("INCOMING TELEGRAM\n\nDepartment of State\n", "") for text in (INCOMING_FORM, OTHER))
    assert numbers(read(f"{first}\n{second}")) == ["1582", "1583"]


def test_damaged_title() -> None:
    """A title that was damaged parts telegrams, too."""
    assert numbers(read(f"{INCOMING_FORM}\n{OTHER.replace('INCOMING TELEGRAM', 'INC0MNG TELEGRAM')}")) == [
        "1582",
        "1583",
    ]


def test_cable_behind_the_end_of_another() -> None:
    """A cable begins behind NNNN with the offices above its date-time group."""
    tables = read(f"{CABLE_FORM}\n{DEPARTMENT_CABLE}")
    assert numbers(tables) == ["1234", "99312"]
    assert tables["records"][1]["info_office"] == "OCT-01 ISO-00 /012 R"
    assert tables["records"][1]["drafted_by"] == ["NEA/TUR:ADOE:XYZ"]


@pytest.mark.parametrize(
    "text",
    [
        INCOMING_FORM.replace("-2- 1582", "INCOMING TELEGRAM\n\n-2- 1582"),
        INCOMING_FORM.replace("4. THAT", "FROM: THE NORTH THE SHIPS CAME.\n\n4. THAT"),
        CABLE_FORM.replace("3. TEXT", "P 262340Z JAN 77\n\n3. TEXT"),
        f"{STAMPS}{INCOMING_FORM}",
    ],
)
def test_one_telegram(text: str) -> None:
    """A title on a later page, a label or a group among the text begin no telegram."""
    assert len(read(text)["records"]) == 1
