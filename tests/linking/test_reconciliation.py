"""Persons of lists and of directories: who is the same, who may be, and where a directory errs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from registers import Tables, linked, telegram

VOLUME = "frus1961-63v16"
DIRECTORY = [
    {
        "key": "1",
        "label": "Henry Cabot Lodge Jr.",
        "variants": ["Lodge, Henry Cabot, Jr."],
        "valid_from": "1902",
        "valid_to": "1985",
    },
    {
        "key": "2",
        "label": "Henry Cabot Lodge Sr.",
        "variants": ["Lodge, Henry Cabot"],
        "valid_from": "1850",
        "valid_to": "1924",
    },
    {"key": "3", "label": "Edwin M. Martin", "variants": ["Martin, Edwin M."]},
    {"key": "4", "label": "Edwin W. Martin", "variants": ["Martin, Edwin W."]},
    {"key": "5", "label": "Nikita S. Khrushchev", "variants": ["Khrushchev, Nikita Sergeyevich"]},
    {
        "key": "6",
        "label": "Adlai E. Stevenson",
        "variants": ["Stevenson, Adlai E."],
        "valid_from": "1835",
        "valid_to": "1914",
    },
    {"key": "7", "label": "Janos Radvanyi", "variants": ["Radvanyi, Janos"]},
]


def links(tmp_path: Path, label: str, about: str = "an officer.", exact: str | None = None) -> tuple[list[str], Tables]:
    """The persons linked with one entry of a list of 1961–63, and all that linking made."""
    key = f"{VOLUME}#p_X"
    entry = {"key": key, "label": label, "source": f"{VOLUME}, list of persons: {about}"}
    people: list[dict[str, Any]] = [entry, *({"directory": "people"} | person for person in DIRECTORY)]
    identifiers = [{"entity": exact, "scheme": "FRUS", "value": key}] if exact else []
    tables = linked(tmp_path, [telegram("1", source=VOLUME)], persons=people, identifiers=identifiers)
    found = [row for row in tables["links"] if row["predicate_id"] == "skos:exactMatch"]
    return [row["object_id"] for row in found], tables


@pytest.mark.parametrize(
    ("label", "person"),
    [
        ("Lodge, Henry Cabot, Jr.", "person:1"),
        ("Lodge, Henry Cabot", "person:1"),  # the father died in 1924
        ("Martin, Edwin W.", "person:4"),
        ("Khrushchev, Nikita S.", "person:5"),
        ("Khrushchov, Nikita Sergeyevich", "person:5"),
        ("Radvany, Janos", "person:7"),
    ],
)
def test_the_same_person(tmp_path: Path, label: str, person: str) -> None:
    """Initials, transliterations, slips of spelling, fathers and sons: one person leads clearly and is linked."""
    assert links(tmp_path, label)[0] == [person]


@pytest.mark.parametrize("label", ["Martin, Edwin", "Martin, E."])
def test_candidates_are_for_people_to_decide(tmp_path: Path, label: str) -> None:
    """Where two persons may be meant nobody is linked, and both are candidates."""
    found, tables = links(tmp_path, label)
    assert found == []
    assert {row["object_id"] for row in tables["candidates"]} == {"person:3", "person:4"}


@pytest.mark.parametrize("label", ["Martin, Robert", "Lodge, George Cabot", "Stevens, Adlai E."])
def test_somebody_else(tmp_path: Path, label: str) -> None:
    """Other given names and other surnames are other persons; they are no candidates either."""
    found, tables = links(tmp_path, label)
    assert found == [] and tables["candidates"] == []


def test_what_a_directory_names_is_exact(tmp_path: Path) -> None:
    """An entry that the directory names by its address is linked by that, whatever else might be."""
    found, tables = links(tmp_path, "Martin, Edwin", exact="3")
    assert found == ["person:3"] and tables["candidates"] == []
    (link,) = (row for row in tables["links"] if row["predicate_id"] == "skos:exactMatch")
    assert (link["mapping_justification"], link["confidence"]) == ("semapv:ManualMappingCuration", 1.0)


@pytest.mark.parametrize(
    ("label", "about", "exact", "why"),
    [
        ("Stevenson, Adlai E., III", "Senator.", "6", "that person died in 1914"),
        ("Martin, Robert", "an officer.", "3", "the given names differ"),
    ],
)
def test_an_error_of_a_directory_is_a_finding(tmp_path: Path, label: str, about: str, exact: str, why: str) -> None:
    """A directory that names the dead or somebody of other given names is told, and makes no link."""
    found, tables = links(tmp_path, label, about, exact)
    assert found == []
    (finding,) = (row for row in tables["linked_findings"] if row["kind"] == "authority contradicts")
    assert why in finding["message"]


def test_a_list_may_name_the_dead(tmp_path: Path) -> None:
    """Whoever is said to be late, or to have held office in his time, is no error."""
    assert links(tmp_path, "Stevenson, Adlai E.", "Vice President from 1893 to 1897.", "6")[0] == ["person:6"]
