"""Recognition: what texts name, whom they mean, and what is no name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.linking import link
from cablegraph.linking.recognition.folding import fold
from cablegraph.linking.recognition.letters import letters
from cablegraph.linking.recognition.matcher import Matcher
from cablegraph.register import RECOGNISED, rows
from registers import linked, telegram, write_register

#: The list of persons of a volume, as its reader makes it.
LIST = [
    {"key": "a#p_JUA", "label": "Johnson, U. Alexis", "source": "a, list of persons: Deputy Under Secretary of State."},
    {
        "key": "a#p_JLB",
        "label": "Johnson, Lyndon B.",
        "source": "a, list of persons: Vice President of the United States.",
    },
    {"key": "a#p_RD", "label": "Rusk, Dean", "source": "a, list of persons: Secretary of State."},
    {"key": "a#p_MJ", "label": "May, John", "source": "a, list of persons: an officer."},
    {"key": "a#p_ND", "label": "Nimetz, Matthew", "source": "a, list of persons: Counselor."},
    {"key": "a#p_LHC", "label": "Lodge, Henry Cabot, Jr.", "source": "a, list of persons: Representative."},
]


def recognised(tmp_path: Path, text: str, **tables: Any) -> list[dict[str, Any]]:
    """What is recognised in a telegram of one paragraph."""
    values = tables.pop("values", {})
    kind = tables.pop("part_kind", "paragraph")
    parts = [{"record": "a/1", "part": "1", "rank": 1, "kind": kind, "text": text}]
    mentions = linked(tmp_path, [telegram("1", record="a/1", **values)], parts=parts, **tables)["mentions"]
    return [row for row in mentions if (row["by"] or "").startswith(RECOGNISED)]


def persons(tmp_path: Path, text: str, **tables: Any) -> list[tuple[str, str | None]]:
    """Surface and key of the persons recognised, with the volume's list."""
    rows = recognised(tmp_path, text, persons=LIST, **tables)
    return [(row["surface"], row["entity"]) for row in rows if row["kind"] == "person"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mr. Rusk said so.", [("Rusk", "a#p_RD")]),
        ("MR. RUSK SAID SO", [("RUSK", "a#p_RD")]),
        ("Rusk’s answer", [("Rusk", "a#p_RD")]),
        ("Matt Nimetz went on.", [("Matt Nimetz", "a#p_ND")]),
        ("Henry Cabot Lodge, Jr., spoke", [("Henry Cabot Lodge, Jr.", "a#p_LHC")]),
        ("Vice President Johnson came", [("Johnson", "a#p_JLB")]),
        ("U. Alexis Johnson left. Then Johnson came back.", [("U. Alexis Johnson", "a#p_JUA"), ("Johnson", "a#p_JUA")]),
        ("Johnson said nothing.", [("Johnson", None)]),
    ],
)
def test_persons_of_the_list(tmp_path: Path, text: str, found: list[tuple[str, str | None]]) -> None:
    """A surname, a whole name, a diminutive or a title leads to the person; where nothing tells two apart, to nobody."""
    assert persons(tmp_path, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Robert Rusk is somebody else.",
        "Ruskin wrote about it.",
        "papers in the Johnson Library",
        "on May 12 and in May 1962",
        "until 30 May at the latest",
        "MAY WE PROCEED",
        "the Dean Rusk House",
    ],
)
def test_what_is_no_person(tmp_path: Path, text: str) -> None:
    """Another given name, a longer word, a library, a date and a plain word are nobody's name."""
    assert persons(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dear Matt: I agree.", [("Matt", "a#p_ND")]),
        ("My dear Dean, it is late.", [("Dean", "a#p_RD")]),
        ("As Sir Matthew said", [("Matthew", "a#p_ND")]),
        ("Dear Dean Acheson: I agree.", []),
        ("Dear Robert: nobody is called so.", []),
        ("They told Matt nothing.", []),
        ("Dean", []),
    ],
)
def test_a_given_name_alone(tmp_path: Path, text: str, found: list[tuple[str, str | None]]) -> None:
    """Who is addressed by a given name is the only one who bears it; in other places a given name says too little."""
    assert persons(tmp_path, text) == found


def test_a_letter_signed_with_a_given_name(tmp_path: Path) -> None:
    """A signature may be a given name alone."""
    assert persons(tmp_path, "Matt", part_kind="signature") == [("Matt", "a#p_ND")]


@pytest.mark.parametrize(("text", "found"), [("Dear Ann:", []), ("Ann Jones is told. Dear Ann:", ["a#p_1", "a#p_1"])])
def test_of_several_of_one_given_name_the_one_whom_the_document_names(
    tmp_path: Path, text: str, found: list[str]
) -> None:
    """Two are called so; it is the one whose whole name stands in the document, or nobody."""
    people = [{"key": "a#p_1", "label": "Jones, Ann"}, {"key": "a#p_2", "label": "Smith, Ann"}]
    rows = recognised(tmp_path, text, persons=people)
    assert [row["entity"] for row in rows if row["kind"] == "person"] == found


def test_a_signature_is_told_by_the_sender(tmp_path: Path) -> None:
    """Two bear the surname; who signs is the one of whom the list says the sending post."""
    people = [
        {"key": "a#p_1", "label": "Jones, Ann", "source": "a, list of persons: Ambassador in Greece."},
        {"key": "a#p_2", "label": "Jones, Bert", "source": "a, list of persons: Ambassador in Peru."},
    ]
    values = {"from_text": "Embassy in Peru"}
    (row,) = recognised(tmp_path, "JONES", persons=people, part_kind="signature", values=values)
    assert row["entity"] == "a#p_2"


def test_marked_names_stay_and_untold_ones_are_told(tmp_path: Path) -> None:
    """What the source marks is not recognised again; a mark that does not say whom it means is told, in its span."""
    text = "Rusk and Nimetz"
    marks = [
        {
            "record": "a/1",
            "n": 1,
            "part": "1",
            "start": 0,
            "end": 4,
            "surface": "Rusk",
            "kind": "person",
            "entity": "a#p_RD",
        },
        {
            "record": "a/1",
            "n": 2,
            "part": "1",
            "start": 8,
            "end": 15,
            "surface": " Nimetz",
            "kind": "person",
            "entity": None,
        },
    ]
    rows = [row for row in recognised(tmp_path, text, persons=LIST, mentions=marks) if row["kind"] == "person"]
    assert [(row["n"], row["start"], row["end"], row["entity"]) for row in rows] == [(3, 8, 15, "a#p_ND")]


def test_linking_again_recognises_once(tmp_path: Path) -> None:
    """A register that is linked a second time has the same mentions, and those of the source come first."""
    marks = [
        {
            "record": "a/1",
            "n": 1,
            "part": "1",
            "start": 0,
            "end": 4,
            "surface": "Rusk",
            "kind": "person",
            "entity": "a#p_RD",
            "by": "editors",
        }
    ]
    parts = [{"record": "a/1", "part": "1", "rank": 1, "kind": "paragraph", "text": "Rusk in Greece"}]
    register = write_register(tmp_path / "register", [telegram("1")], parts=parts, persons=LIST, mentions=marks)
    link(register, register)
    once = list(rows(register, "mentions"))
    link(register, register)
    assert list(rows(register, "mentions")) == once
    assert [row["by"].partition(":")[0] for row in once] == ["editors", RECOGNISED]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("USSR AND US", [("USSR", "state", "soviet-union"), ("US", "state", "united-states")]),
        ("the U.S. and the U.N.", [("U.S.", "state", "united-states"), ("U.N.", "organisation", "united-nations")]),
        ("IL-28'S AND IL-28S", [("IL-28'S", "weapon", "il-28"), ("IL-28S", "weapon", "il-28")]),
        ("OTHER LA STATES", [("LA STATES", "place", "latin-america")]),
        ("the Rio Treaty", [("Rio Treaty", "treaty", "rio-treaty")]),
        ("Turkey eats no turkey", [("Turkey", "state", "turkey")]),
        ("AID TO GREECE", [("GREECE", "state", "greece")]),
        ("us and them", []),
        ("from Embassy in Greece", [("Embassy in Greece", "post", "athens")]),
    ],
)
def test_things(tmp_path: Path, text: str, found: list[tuple[str, str, str]]) -> None:
    """States, organisations, weapons, treaties, posts: in their own case, with full stops and plurals, the longest first."""
    assert [(row["surface"], row["kind"], row["entity"]) for row in recognised(tmp_path, text)] == found


@pytest.mark.parametrize(("day", "count"), [("1962-11-19", 1), ("1971-03-01", 0)])
def test_a_passing_thing_is_meant_while_it_lasts(tmp_path: Path, day: str, count: int) -> None:
    """The quarantine is that of Cuba in those weeks, and no other year's."""
    assert len(recognised(tmp_path, "lifting the quarantine", values={"sent": day})) == count


@pytest.mark.parametrize(("day", "count"), [("1952-02-01", 0), ("1968-01-01", 1), ("1975-01-01", 1)])
def test_a_weapon_is_not_named_long_before_it_exists(tmp_path: Path, day: str, count: int) -> None:
    """Weapons are spoken of some years before they come, and no earlier."""
    assert len(recognised(tmp_path, "two TOW missiles", values={"sent": day})) == count


OFFICE = {
    "persons": [{"key": "rusk", "label": "Dean Rusk"}, {"key": "rogers", "label": "William P. Rogers"}],
    "appointments": [
        {"key": "1", "person": "rusk", "position": "secretary-of-state", "start": "1961-01-21", "end": "1969-01-20"},
        {"key": "2", "person": "rogers", "position": "secretary-of-state", "start": "1969-01-22", "end": "1973-09-03"},
    ],
}


@pytest.mark.parametrize(
    ("day", "holder"), [("1962-11-19T20:00:00", "rusk"), ("1970-01-01", "rogers"), ("1962", None), (None, None)]
)
def test_an_office_is_who_held_it_that_day(tmp_path: Path, day: str | None, holder: str | None) -> None:
    """The Secretary is the holder of the office on the day of the telegram; without a day it is the office alone."""
    (row,) = recognised(tmp_path, "as the Secretary said", values={"sent": day}, **OFFICE)
    assert (row["kind"], row["scheme"], row["entity"], row["holder"]) == (
        "position",
        "positions",
        "secretary-of-state",
        holder,
    )


@pytest.mark.parametrize(
    "text", ["the Secretary of Labor", "Party Secretary", "the President of the Council", "Secretary Rusk"]
)
def test_what_is_no_office(tmp_path: Path, text: str) -> None:
    """A longer title, an office elsewhere and a title before a name do not mean the holder."""
    assert not [row for row in recognised(tmp_path, text, **OFFICE) if row["kind"] == "position"]


def test_persons_of_the_publication_without_a_list(tmp_path: Path) -> None:
    """A source without a list may name whom the publication describes, also by the surname that its sheet gives."""
    people = [{"key": "stevenson", "label": "Adlai E. Stevenson", "variants": ["Stevenson"]}]
    rows = recognised(tmp_path, "ADLAI E. STEVENSON; STEVENSON; Robert Stevenson", persons=people)
    assert [(row["surface"], row["entity"]) for row in rows] == [
        ("ADLAI E. STEVENSON", "stevenson"),
        ("STEVENSON", "stevenson"),
    ]


@pytest.mark.parametrize(("year", "found"), [("1962-01-01", ["100"]), ("1901-01-01", [])])
def test_persons_of_a_directory_are_those_of_the_time(tmp_path: Path, year: str, found: list[str]) -> None:
    """A directory knows thousands: a rare surname is that of a person whom volumes of the time name."""
    people = [
        {
            "key": "100",
            "label": "Anastas I. Mikoyan",
            "variants": ["Mikoyan, Anastas I."],
            "valid_from": "1895",
            "directory": "people",
        }
    ]
    listed = [{"entity": "100", "scheme": "FRUS", "value": "frus1961-63v11#p_MAI1"}]
    rows = recognised(tmp_path, "talks with Mikoyan on it", persons=people, identifiers=listed, values={"sent": year})
    assert [row["entity"] for row in rows if row["kind"] == "person"] == found


def test_letters_named_by_dates() -> None:
    """Dates behind the word letter name letters, until the sentence ends; a date elsewhere names none."""
    text = "Letters from the King on Jan 4 and his answer dated FEB 9, 1957; on March 3 no letter came."
    assert [text[start:end] for start, end in letters(text)] == ["Jan 4", "FEB 9, 1957"]


@given(st.text())
def test_folding_keeps_offsets(text: str) -> None:
    """A folded text has the length of the text, and folding once is enough."""
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="ab -."), st.sets(st.text(alphabet="ab -.", min_size=1), max_size=6))
def test_matches_are_whole_words_and_do_not_overlap(text: str, forms: set[str]) -> None:
    """Every match is a form between word boundaries, from left to right, and none overlaps the one before."""
    last = 0
    for start, end, meaning in Matcher({form: form for form in forms}).find(text):
        assert text[start:end] == meaning
        assert start >= last
        assert start == 0 or not text[start - 1].isalnum()
        assert end == len(text) or not text[end].isalnum()
        last = end
