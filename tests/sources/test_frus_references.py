"""Telegrams named in words: by a numbering, a kind, whose they are, or a post in a line of references."""

from __future__ import annotations

from typing import Any

import pytest

from cablegraph.sources.frus.flow import Link
from cablegraph.sources.frus.references import complete, find_references

INCOMING = {
    "sent": "1962-11-19T20:00:00",
    "direction": "incoming",
    "from_post": "athens",
    "to_post": "department-of-state",
}
OUTGOING = {"sent": "1962-11-19", "direction": "outgoing", "from_post": "department-of-state", "to_post": "athens"}


def found(text: str, cited_in: dict[str, Any] = INCOMING, *links: Link, listed: bool = False) -> list[tuple[Any, ...]]:
    """Number, post, direction and date of each reference in words."""
    rows = [complete(row, cited_in) for row in find_references(text, links, "volume", listed=listed)]
    return [(r["number"], r.get("post"), r.get("direction"), r.get("date")) for r in rows if r["how"] == "words"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("As in Embtel 1533 he said", [("1533", None, "incoming", None)]),
        ("Embtels 77 and 78 say", [("77", None, "incoming", None), ("78", None, "incoming", None)]),
        ("(Deptel 874, Oct 24)", [("874", None, "outgoing", "1962-10-24")]),
        ("(Deptel 874, Dec 24)", [("874", None, "outgoing", "1961-12-24")]),
        ("telegram 391 from Cairo, September 4, 1955, came", [("391", "cairo", "incoming", "1955-09-04")]),
        ("Telegram 1015 to New Delhi stated that", [("1015", "new-delhi", "outgoing", None)]),
        ("telegram 230 from Taipei to Tokyo, Apr. 15", [("230", None, None, "1962-04-15")]),
        ("telegram 12 from Athens to the Department, May 1", [("12", "athens", "incoming", "1962-05-01")]),
        ("Telegram 6 from the United Nations Commission of today", [("6", None, "incoming", None)]),
        ("telegram 391 from Cairo, September 4. Telegram 393 of the same date",
         [("391", "cairo", "incoming", "1962-09-04"), ("393", "cairo", "incoming", "1962-09-04")]),
        ("Re Cairo’s 20 to Geneva", [("20", "cairo", "incoming", None)]),
        ("in reply to New Delhi's 1266, Oct 6", [("1266", "new-delhi", "incoming", "1962-10-06")]),
        ("Department’s 950, October 9.", [("950", None, "outgoing", "1962-10-09")]),
        ("Ref: State 244745.", [("244745", None, "outgoing", None)]),
        ("Ref: Vientiane 101 and 102.", [("101", "vientiane", "incoming", None), ("102", "vientiane", "incoming", None)]),
        ("Department telegram 523; Embassy telegram 692", [("523", None, "outgoing", None), ("692", None, "incoming", None)]),
        ("the Department's telegram 2403 and Moscow tel 568", [("2403", None, "outgoing", None), ("568", "moscow", "incoming", None)]),
        ("(telegram 47, February 3, 10 p. m., from Jidda)", [("47", "jidda", "incoming", "1962-02-03")]),
        ("(Tedul 4 to Paris, Nov 15)", [("4", "secretary-delegation", "outgoing", "1962-11-15")]),
        ("CA-10391 and Circular CA-10391", [("CA-10391", "circular", "outgoing", None)]),
        ("Japan’s 1952 trade; London’s 1955 proposals; at 10:30 he left; paragraph 12", []),
        ("Athens 101 was a good year", []),
        ("Ref: NSC 5801", []),
    ],
)  # fmt: skip
def test_words_name_telegrams(text: str, expected: list[tuple[Any, ...]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "incoming", "outgoing"),
    [
        ("Your 835.", ("outgoing", "athens"), ("incoming", "athens")),
        ("urtel 526 Aug 6", ("outgoing", "athens"), ("incoming", "athens")),
        ("my 743, paragraph two", ("incoming", "athens"), ("outgoing", "athens")),
        ("mytel 1671)", ("incoming", "athens"), ("outgoing", "athens")),
        ("your telegram 835 says", ("outgoing", "athens"), ("incoming", "athens")),
    ],
)
def test_whose_a_telegram_is_depends_on_who_cites(
    text: str, incoming: tuple[str, str], outgoing: tuple[str, str]
) -> None:
    """What is yours went the other way between the same two ends."""
    assert [(way, post) for _, post, way, _ in found(text)] == [incoming]
    assert [(way, post) for _, post, way, _ in found(text, OUTGOING)] == [outgoing]


@pytest.mark.parametrize("text", ["our 200-man mission", "our 1968 undertaking", "my 12 colleagues", "our 1,000 men"])
def test_what_is_counted_is_no_telegram(text: str) -> None:
    assert found(text) == []


def test_a_list_of_references_names_posts() -> None:
    assert found("A. Bonn 12; B. State 34", listed=True) == [
        ("12", "bonn", "incoming", None),
        ("34", None, "outgoing", None),
    ]
    assert found("A. Bonn 12; B. State 34") == []


def test_a_link_within_the_words_is_their_target() -> None:
    text = "telegram 391 from Cairo, Document 12, and Document 13"
    links = [Link(25, 36, "#d12"), Link(42, 53, "#d13")]
    rows = list(find_references(text, links, "volume"))
    assert [(row["surface"], row["target"]) for row in rows] == [
        ("telegram 391 from Cairo", "volume#d12"), ("Document 13", "volume#d13")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("As stated reftel, paragraph 2 REFTELS", [("reftel", "reftel", None, None), ("REFTELS", "reftel", None, None)]),
        ("the reference telegram and the telegram under reference",
         [("reference telegram", "reftel", None, None), ("telegram under reference", "reftel", None, None)]),
        ("Comment follows septel.", [("septel", "septel", "incoming", None)]),
        ("as told in a separate telegram", [("separate telegram", "septel", "incoming", None)]),
        ("your message of November 12 arrived", [("your message of November 12", "urtel", "outgoing", "1962-11-12")]),
        ("urtel Nov 1", [("urtel Nov 1", "urtel", "outgoing", "1962-11-01")]),
        ("my last telegram", [("my last telegram", "mytel", "incoming", None)]),
        ("your telegram 835 and urtel 836, your telegrams Nos. 4 and 5", []),
        ("the cable company; hotels; your telegraphic request", []),
    ],
)  # fmt: skip
def test_telegrams_are_named_without_a_number(text: str, expected: list[tuple[Any, ...]]) -> None:
    """Reftel, septel, your message: a row without a number, which says whose it is and of which day."""
    rows = [complete(row, INCOMING) for row in find_references(text, (), "volume")]
    relative = [r for r in rows if r["number"] is None]
    assert [(r["surface"], r["how"], r.get("direction"), r.get("date")) for r in relative] == expected
    assert all(text[r["start"] : r["end"]] == r["surface"] for r in rows)


def test_editors_name_what_came_later() -> None:
    """A day without a year in a footnote may be one of the months after the telegram; in its text it may not."""
    (row,) = find_references("telegram 1407 to Athens, January 7", (), "volume")
    assert complete(dict(row), INCOMING)["date"] == "1962-01-07"
    assert complete(row | {"editors": True}, INCOMING)["date"] == "1963-01-07"
    (row,) = find_references("telegram 1407 to Athens, May 7", (), "volume")
    assert complete(row | {"editors": True}, INCOMING)["date"] == "1962-05-07"
