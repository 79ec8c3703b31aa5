"""Directories describe thousands: only what a register names is published, and a name means nobody whom it may not mean."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cablegraph.linking import link
from cablegraph.mapping.run import open_for_mapping
from cablegraph.register import rows
from registers import linked, telegram, write_register

LODGE = {
    "key": "108064",
    "label": "Henry Cabot Lodge Jr.",
    "variants": ["Lodge, Henry Cabot, Jr.", "Lodge"],
    "valid_from": "1902",
    "valid_to": "1985",
}
OLDER = {
    "key": "108063",
    "label": "Henry Cabot Lodge",
    "variants": ["Lodge, Henry Cabot"],
    "valid_from": "1850",
    "valid_to": "1924",
}
OTHER = {"key": "100001", "label": "Dean Acheson", "variants": ["Acheson, Dean"]}
DIRECTORY: dict[str, list[dict[str, Any]]] = {
    "persons": [LODGE, OLDER, OTHER],
    "positions": [{"key": "ambassador-e-p", "label": "Ambassador"}, {"key": "agent", "label": "Agent"}],
    "posts": [{"key": "saigon", "label": "Embassy in Saigon", "place": "saigon"}, {"key": "lima", "label": "Embassy in Lima"}],
    "places": [
        {"key": "saigon", "label": "Saigon", "broader": "vietnam"}, {"key": "vietnam", "label": "Vietnam", "predecessors": ["south-vietnam"]},
        {"key": "south-vietnam", "label": "South Vietnam", "predecessors": ["vietnam"]}, {"key": "peru", "label": "Peru"},
    ],
    "appointments": [
        {"key": "1", "person": "108064", "position": "ambassador-e-p", "post": "saigon", "start": "1965-08-25", "end": "1967-04-25"},
        {"key": "2", "person": "108064", "position": "ambassador-e-p", "post": "lima", "note": "did not serve"},
        {"key": "3", "person": "108064", "position": "representative", "post": "usun", "start": "1953-01-26", "end": "1960-09-03"},
        {"key": "4", "person": "100001", "position": "agent", "post": "lima", "start": "1949", "end": "1953"},
    ],
}  # fmt: skip


def directory() -> dict[str, list[dict[str, Any]]]:
    return {table: [row | {"directory": "x"} for row in found] for table, found in DIRECTORY.items()}


def in_use(
    folder: Path, publish: str = "used", *, record: dict[str, Any] | None = None, **tables: Any
) -> dict[str, list[str]]:
    """What of the directory is in use beside one telegram, by table."""
    register = write_register(folder / "register", [telegram("1", **(record or {}))], **(directory() | tables))
    link(register, register, publish=publish)
    found: dict[str, list[str]] = {}
    for row in rows(register, "in_use"):
        found.setdefault(row["kind"], []).append(row["key"])
    return found


def test_what_nobody_names_is_not_in_use(tmp_path: Path) -> None:
    """A register that names nobody of a directory publishes nothing of it."""
    assert in_use(tmp_path) == {}


def test_what_a_person_leads_to(tmp_path: Path) -> None:
    """A mention by the key of a volume's list leads to the person, the appointments that took place, posts and places."""
    mention = {"record": "a/1", "kind": "person", "entity": "frus1964-68v04#p_LHC1"}
    known = {"entity": "108064", "scheme": "FRUS", "value": "frus1964-68v04#p_LHC1"}
    assert in_use(tmp_path, mentions=[mention], identifiers=[known]) == {
        "appointments": ["1", "3"], "persons": ["108064"], "positions": ["ambassador-e-p"], "posts": ["saigon"],
        "places": ["saigon", "south-vietnam", "vietnam"],
    }  # fmt: skip
    linked_posts = {row["key"]: row["described"] for row in rows(tmp_path / "register", "linked_posts")}
    assert linked_posts["usun"] == "true" and "lima" not in linked_posts


def test_all_may_be_published(tmp_path: Path) -> None:
    """With "all" everything is in use but appointments that nobody took up."""
    found = in_use(tmp_path, "all")
    assert (len(found["persons"]), len(found["places"]), len(found["posts"])) == (3, 4, 2)
    assert found["appointments"] == ["1", "3", "4"]


def test_mappings_see_what_is_in_use(tmp_path: Path) -> None:
    """Views show of a directory what is in use, and identifiers of that only; a label names the post of a general title."""
    identifiers = [{"entity": key, "scheme": "VIAF", "value": "1"} for key in ("108064", "100001")]
    in_use(
        tmp_path,
        record={"signatory_text": "LODGE", "from_post": "saigon", "sent": "1966-01-01"},
        identifiers=identifiers,
    )
    db = open_for_mapping(tmp_path / "register", tmp_path, "none")
    assert db.execute("SELECT key FROM persons").fetchall() == [("108064",)]
    assert db.execute("SELECT entity FROM identifiers").fetchall() == [("108064",)]
    assert db.execute("SELECT label FROM appointments WHERE key = '1'").fetchall() == [
        ("Henry Cabot Lodge Jr., Ambassador, Embassy in Saigon",)
    ]
    db.close()


def test_the_publication_comes_before_a_directory(tmp_path: Path) -> None:
    """Of one key the publication's own row is published, and a finding tells of the other."""
    own = {"key": "saigon", "label": "American Embassy Saigon"}
    found = in_use(tmp_path, record={"from_post": "saigon"}, posts=[own, *directory()["posts"]])
    assert "posts" not in found
    told = [(row["kind"], row["field"], row["value"]) for row in rows(tmp_path / "register", "linked_findings")]
    assert ("described twice", "posts.key", "saigon") in told


@pytest.mark.parametrize(
    ("name", "sent", "person"),
    [
        ("Henry Cabot Lodge, Jr.", "1964-01-01", "108064"),
        ("Lodge", "1964-01-01", None),  # never a surname alone
        ("Henry Cabot Lodge", "1910-01-01", "108063"),
        ("Henry Cabot Lodge", "1964-01-01", "108064"),  # the other is long dead
        ("Lodge, Henry Cabot, Jr.", "1964-01-01", "108064"),
        ("Henry Cabot Lodge, Jr.", "1910-01-01", None),  # a child
    ],
)
def test_names_of_a_directory(tmp_path: Path, name: str, sent: str, person: str | None) -> None:
    """A whole name means the one person of a directory who was grown up and alive; a surname means nobody."""
    register = write_register(tmp_path / "register", [telegram("1", drafted_by=[name], sent=sent)], **directory())
    link(register, register)
    assert [row["person"] for row in rows(register, "responsibilities")] == [person]


def test_own_persons_claim_their_names(tmp_path: Path) -> None:
    """A name of the publication's own persons means them, or nobody where it means two; never one of a directory."""
    for own, person in (("a",), "a"), (("a", "b"), None):
        persons = [{"key": key, "label": "Henry Cabot Lodge Jr."} for key in own]
        register = write_register(
            tmp_path / f"register-{len(own)}", [telegram("1", drafted_by=["Henry Cabot Lodge Jr."])],
            **(directory() | {"persons": [*persons, *directory()["persons"]]}),
        )  # fmt: skip
        link(register, register)
        assert [row["person"] for row in rows(register, "responsibilities")] == [person]


@pytest.mark.parametrize(
    ("appointment", "sent", "person"),
    [
        ({"start": "1965-08", "end": "1967"}, "1965-08-01", "108064"),
        ({"start": "1965-08", "end": "1967"}, "1967-12-31", "108064"),
        ({"start": "1965-08-25", "end": None}, "1966-08-25", "108064"),
        ({"start": "1965-08-25", "end": None}, "1967-01-01", None),  # an end that is not stated is not known
        ({"start": None, "end": "1967-04-25"}, "1965-01-01", None),
        ({"start": None, "end": None}, "1966-01-01", None),
    ],
)
def test_signatures_of_a_directory(tmp_path: Path, appointment: dict[str, Any], sent: str, person: str | None) -> None:
    """A directory's appointment holds for the days that it states; what it does not state is within a year of that."""
    tables = directory()
    tables["appointments"] = [tables["appointments"][0] | appointment]
    found = linked(tmp_path, [telegram("1", signatory_text="LODGE", from_post="saigon", sent=sent)], **tables)
    assert found["telegrams"][0]["signatory"] == person


def test_own_persons_sign_before_those_of_a_directory(tmp_path: Path) -> None:
    """Where the publication and a directory both know the officer, the publication's person signed."""
    own = {"key": "lodge", "label": "Henry C. Lodge", "variants": None}
    tables = directory()
    tables["persons"].insert(0, own)
    tables["appointments"].append(
        {"key": "own", "person": "lodge", "position": "ambassador", "post": "saigon", "start": "1965-08-25"}
    )
    found = linked(tmp_path, [telegram("1", signatory_text="LODGE", from_post="saigon", sent="1966-01-01")], **tables)
    assert found["telegrams"][0]["signatory"] == "lodge"
