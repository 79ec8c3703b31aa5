"""What the reader finds in each volume equals what an independent script counts."""

from __future__ import annotations

from counted import count_volume
from shared_volumes import VOLUMES, tables_of


def test_documents_footnotes_mentions_and_links_equal_the_count(volume: str) -> None:
    """Documents, footnotes, mention links and cross references are as many as XPath counts."""
    tables, counted = tables_of(volume), count_volume(VOLUMES / f"{volume}.xml")
    assert len(tables["records"]) == counted.documents
    assert sum(part["kind"] == "footnote" for part in tables["parts"]) == counted.footnotes
    links = {(m["record"], m["entity"]) for m in tables["mentions"] if m["kind"] == "person" and m["entity"]}
    assert len(links) == counted.mention_links
    own = f"{volume}#d"
    cross = [r for r in tables["references"] if r.get("target") and r["target"].startswith(own)]
    assert len(cross) == counted.cross_references


def test_every_telegram_that_says_so_is_one(volume: str) -> None:
    """Telegrams are as many as heads and inline notes say, plus those whose kind is inferred, with a reading."""
    tables, counted = tables_of(volume), count_volume(VOLUMES / f"{volume}.xml")
    inferred = {r["record"] for r in tables["readings"] if r["field"] == "kind"}
    telegrams = [
        r for r in tables["records"] if r["kind"] in ("telegram", "circular telegram") and r["record"] not in inferred
    ]
    assert len(telegrams) == counted.telegrams


def test_every_row_names_its_line(volume: str) -> None:
    """Each row has the volume's file and a line on which its element begins."""
    lines = (VOLUMES / f"{volume}.xml").read_text(encoding="utf-8").split("\n")
    for row in tables_of(volume)["records"]:
        assert "<div" in lines[row["source_line"] - 1]
    for row in tables_of(volume)["parts"]:
        assert "<" in lines[row["source_line"] - 1]
        assert row["source_file"] == f"{volume}.xml"


def test_offsets_point_at_what_they_say(volume: str) -> None:
    """The surface of each mention and the text of each reference stand at their place in the part."""
    tables = tables_of(volume)
    texts = {(part["record"], part["part"]): part["text"] or "" for part in tables["parts"]}
    for mention in tables["mentions"]:
        if mention["part"] is not None:
            text = texts[mention["record"], mention["part"]]
            assert text[mention["start"] : mention["end"]] == mention["surface"]
    for reference in tables["references"]:
        if reference["part"] is not None:
            text = texts[reference["record"], reference["part"]]
            assert text[reference["start"] : reference["end"]] == reference["surface"]
    for part in tables["parts"]:
        if part.get("anchor") is not None and part.get("parent") is not None:
            assert 0 <= part["anchor"] <= len(texts[part["record"], part["parent"]])
