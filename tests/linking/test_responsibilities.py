"""Who drafted, cleared and approved: names of the source note are those of the volume's own list of persons."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph.register import rows
from registers import linked, telegram

PERSONS = [
    {"key": "vol1#p_1", "label": "Martin, Edwin M."},
    {"key": "vol1#p_2", "label": "Bundy, McGeorge"},
    {"key": "vol1#p_3", "label": "Bundy, William P."},
    {"key": "vol1#p_4", "label": "Davies, Rodger P., Jr."},
    {"key": "vol2#p_1", "label": "Katz, Abraham"},
    {"key": "chayes-abram-joseph", "label": "Abram Chayes", "variants": ["Chayes"]},
]
BUNDY = {"record": "vol1/d1", "n": 1, "surface": "Bundy", "entity": "vol1#p_3", "kind": "person", "by": "editors"}


def found(
    tmp_path: Path, *, drafted: list[str], cleared: list[str] | None = None, marked: bool = False
) -> list[tuple[str, str | None, str | None]]:
    """The rows (text, name, person) that come of one record of a source."""
    record = telegram("d1", source="vol1", drafted_by=drafted, cleared_by=cleared)
    linked(tmp_path, [record], persons=PERSONS, mentions=[BUNDY] if marked else [])
    told = sorted(rows(tmp_path / "register", "responsibilities"), key=lambda row: (row["role"] != "drafted", row["n"]))
    return [(row["text"], row["name"], row["person"]) for row in told]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Martin", "vol1#p_1"),
        ("E.M. Martin", "vol1#p_1"),
        ("Edwin Martin", "vol1#p_1"),
        ("Edwin M. Martin (ARA)", "vol1#p_1"),
        ("Rodger P. Davies", "vol1#p_4"),
        ("William Bundy", "vol1#p_3"),
    ],
)
def test_a_name_is_the_person_of_that_name_in_the_list(tmp_path: Path, text: str, person: str) -> None:
    """Surname, given name and surname, initials: whatever means one person of the list."""
    assert found(tmp_path, drafted=[text]) == [(text, None, person)]


@pytest.mark.parametrize("text", ["Bundy", "Katz", "John Martin", "who initialed", "Martin's office"])
def test_a_name_of_two_persons_or_of_another_list_is_nobody(tmp_path: Path, text: str) -> None:
    """Two brothers, a person of another volume's list, another given name: the name stays as printed."""
    assert found(tmp_path, drafted=[text]) == [(text, None, None)]


@pytest.mark.parametrize("text", ["S/S", "NEA", "White House", "Secretary of State"])
def test_an_office_is_an_agent_by_its_name(tmp_path: Path, text: str) -> None:
    """Offices by their abbreviations, and posts and positions that a vocabulary knows."""
    assert found(tmp_path, drafted=["Martin"], cleared=[text]) == [("Martin", None, "vol1#p_1"), (text, text, None)]


def test_the_mark_of_the_source_comes_first(tmp_path: Path) -> None:
    """Of two persons of one name it is the one as whom the source marks the name in this document."""
    assert found(tmp_path, drafted=["Bundy"], marked=True) == [("Bundy", None, "vol1#p_3")]


def test_the_authorities_know_a_person_by_a_variant(tmp_path: Path) -> None:
    """What a librarian gives a person as a variant is enough."""
    assert found(tmp_path, drafted=["Chayes"]) == [("Chayes", None, "chayes-abram-joseph")]


@pytest.mark.parametrize(
    "text",
    [
        "Martin of ARA",
        "Assistant Secretary Edwin M. Martin",
        "Martin in ARA",
        "Director of Regional Affairs Edwin Martin",
    ],
)
def test_an_office_around_the_name_is_passed_over(tmp_path: Path, text: str) -> None:
    """The office of a person, before or behind the name, is not part of it."""
    assert found(tmp_path, drafted=[text]) == [(text, None, "vol1#p_1")]
