"""Which telegram answers which."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from registers import linked, telegram

ASKED = {"direction": "outgoing", "from_post": "department-of-state", "to_post": "usun", "number": "835", "sent": "1962-11-16"}  # fmt: skip
NAMED = {
    "record": "a/2", "part": "p1", "start": 0, "end": 10, "surface": "Deptel 835", "number": "835", "direction": "outgoing", "how": "words",
}  # fmt: skip
KEYS = ("out.usun.835.1962-11-16", "in.usun.1862.1962-11-19")


def replies(tmp_path: Path, *, asked: dict[str, Any] | None = None, reply: dict[str, Any] | None = None, kind: str = "paragraph") -> list[Any]:  # fmt: skip
    """What is an answer where telegram 1862 of USUN names telegram 835 to USUN; parts of either may differ."""
    records = [telegram("1", **(ASKED | (asked or {}))), telegram("2", **(reply or {}))]
    part = {"record": "a/2", "part": "p1", "rank": 1, "kind": kind, "text": "Deptel 835 is answered."}
    found = linked(tmp_path, records, references=[dict(NAMED)], parts=[part])["replies"]
    return [(row["telegram"], row["answers"], row["days"]) for row in found]


def test_an_answer_names_the_telegram_and_goes_back_to_its_sender(tmp_path: Path) -> None:
    assert replies(tmp_path) == [(KEYS[1], KEYS[0], 3)]


@pytest.mark.parametrize(
    ("asked", "reply"),
    [
        ({}, {"from_post": "athens"}),  # not the addressee's
        ({}, {"sent": "1963-01-10"}),  # comes back to it after weeks
        ({"kind": "memorandum"}, {}),  # no message
        ({}, {"to_post": "athens", "direction": None}),  # goes elsewhere
    ],
)
def test_other_telegrams_that_name_it_are_no_answers(tmp_path: Path, asked: dict[str, Any], reply: dict[str, Any]) -> None:  # fmt: skip
    assert replies(tmp_path, asked=asked, reply=reply) == []


def test_what_a_footnote_names_is_not_answered(tmp_path: Path) -> None:
    """Footnotes are the editors'."""
    assert replies(tmp_path, kind="footnote") == []


def test_a_stub_of_known_day_is_answered_too(tmp_path: Path) -> None:
    """A telegram that is known only by reference, with its day, may be what is answered."""
    part = {"record": "a/2", "part": "p1", "rank": 1, "kind": "paragraph", "text": "Deptel 835 is answered."}
    found = linked(tmp_path, [telegram("2")], references=[NAMED | {"date": "1962-11-16"}], parts=[part])["replies"]
    assert [(row["telegram"], row["answers"]) for row in found] == [(KEYS[1], KEYS[0])]


def test_each_of_several_addressees_may_answer(tmp_path: Path) -> None:
    """What was also sent to a post may be answered by that post."""
    records = [telegram("1", **ASKED), telegram("2", from_post="athens", number="5")]
    part = {"record": "a/2", "part": "p1", "rank": 1, "kind": "paragraph", "text": "Deptel 835 is answered."}
    named = NAMED | {"post": "usun"}
    other = {"record": "a/1", "role": "also sent to", "text": "Athens", "post": "athens"}
    found = linked(tmp_path, records, references=[named], parts=[part], correspondents=[other])["replies"]
    assert [(row["telegram"], row["answers"]) for row in found] == [("in.athens.5.1962-11-19", KEYS[0])]
