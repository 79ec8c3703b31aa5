"""Who drafted, cleared and approved: names of the source note are those of the volume's own list of persons."""

from __future__ import annotations

import pytest

from cablegraph import relations
from cablegraph.linking.responsibilities import find_responsibilities

PERSONS = [
    ("vol1#p_1", "Martin, Edwin M."),
    ("vol1#p_2", "Bundy, McGeorge"),
    ("vol1#p_3", "Bundy, William P."),
    ("vol1#p_4", "Davies, Rodger P., Jr."),
    ("vol2#p_1", "Katz, Abraham"),
    ("chayes-abram-joseph", "Abram Chayes"),
]
MENTIONS = [("vol1/d1", "Bundy", "vol1#p_3", "person"), ("vol1/d9", "Katz", "vol2#p_1", "person")]


def found(
    source: str, *, drafted: list[str], cleared: list[str] | None = None, marked: bool = False
) -> list[tuple[str, str | None, str | None]]:
    """The rows (text, name, person) that come of one record of a source."""
    db = relations.connect([])
    record = {
        "record": f"{source}/d1", "source": source, "sent": None, "drafted_by": drafted, "cleared_by": cleared, "approved_by": None,
        "source_file": "x.xml", "source_line": 7,
    }  # fmt: skip
    lists = dict.fromkeys(("drafted_by", "cleared_by", "approved_by"), relations.TEXTS)
    columns = {n: relations.INTEGER if n == "source_line" else lists.get(n, relations.TEXT) for n in record}
    relations.create_table(db, "records", columns, [tuple(record.values())])
    known = [(key, label, ["Chayes"] if "#" not in key else None, None, None, None) for key, label in PERSONS]
    names = ("key", "label", "variants", "valid_from", "valid_to", "directory")
    columns = {name: relations.TEXTS if name == "variants" else relations.TEXT for name in names}
    relations.create_table(db, "persons", columns, known)
    texts = dict.fromkeys(("record", "surface", "entity", "kind"), relations.TEXT)
    relations.create_table(db, "mentions", texts, MENTIONS if marked else MENTIONS[1:])
    find_responsibilities(db)
    return db.execute("SELECT text, name, person FROM link_responsibilities ORDER BY role DESC, n").fetchall()


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
def test_a_name_is_the_person_of_that_name_in_the_list(text: str, person: str) -> None:
    """Surname, given name and surname, initials: whatever means one person of the list."""
    assert found("vol1", drafted=[text]) == [(text, None, person)]


@pytest.mark.parametrize("text", ["Bundy", "Katz", "John Martin", "who initialed"])
def test_a_name_of_two_persons_or_of_another_list_is_nobody(text: str) -> None:
    """Two brothers, a person of another volume's list, another given name: the name stays as printed."""
    assert found("vol1", drafted=[text]) == [(text, None, None)]


@pytest.mark.parametrize("text", ["S/S", "NEA", "White House", "Secretary of State"])
def test_an_office_is_an_agent_by_its_name(text: str) -> None:
    """Offices by their abbreviations, and posts and positions that a vocabulary knows."""
    assert found("vol1", drafted=["Martin"], cleared=[text]) == [("Martin", None, "vol1#p_1"), (text, text, None)]


def test_the_mark_of_the_source_comes_first() -> None:
    """Of two persons of one name it is the one as whom the source marks the name in this document."""
    assert found("vol1", drafted=["Bundy"], marked=True) == [("Bundy", None, "vol1#p_3")]


def test_the_authorities_know_a_person_by_a_variant() -> None:
    """What a librarian gives a person as a variant is enough."""
    assert found("vol1", drafted=["Chayes"]) == [("Chayes", None, "chayes-abram-joseph")]


@pytest.mark.parametrize("text", ["Martin of ARA", "Assistant Secretary Edwin M. Martin", "Martin in ARA"])
def test_an_office_around_the_name_is_passed_over(text: str) -> None:
    """The office of a person, before or behind the name, is not part of it."""
    assert found("vol1", drafted=[text]) == [(text, None, "vol1#p_1")]
