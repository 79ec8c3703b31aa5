"""Linking as a whole: it adds tables and changes none; words become concepts, names entities."""

from __future__ import annotations

import hashlib
from pathlib import Path

from cablegraph.linking import link
from cablegraph.register import LINK_TABLES, READ_TABLES, rows
from registers import linked, telegram, write_register


def hashes(folder: Path) -> dict[str, str]:
    return {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.parquet"))}


def test_no_row_that_was_read_is_changed(tmp_path: Path) -> None:
    """Linking in place or into another folder leaves the bytes of every table that was read; to the mentions it adds rows."""
    mark = {
        "record": "a/1",
        "n": 1,
        "part": "1",
        "start": 0,
        "end": 4,
        "surface": "CUBA",
        "kind": "place",
        "by": "editors",
    }
    register = write_register(tmp_path / "r", [telegram("1"), telegram("2", number="1863")], mentions=[mark])
    marked = list(rows(register, "mentions"))
    before = hashes(register)
    link(register, tmp_path / "out", since="2026")
    assert hashes(register) == before
    link(register, register, since="2026")
    after = hashes(register)
    assert list(rows(register, "mentions")) == marked
    unchanged = set(READ_TABLES) - {"mentions"}
    assert {table: after[table] for table in unchanged} == {table: before[table] for table in unchanged}
    assert set(after) == set(READ_TABLES) | set(LINK_TABLES)
    assert hashes(tmp_path / "out") == after


def test_linking_again_changes_no_byte(tmp_path: Path) -> None:
    """A register that is linked twice is the same register."""
    register = write_register(tmp_path / "r", [telegram("1"), telegram("2", number="1863")])
    link(register, register, since="2026")
    before = hashes(register)
    link(register, register, since="2026")
    assert hashes(register) == before


def test_an_empty_register_links(tmp_path: Path) -> None:
    """A register without records gets its tables, all empty."""
    register = write_register(tmp_path / "r", [])
    link(register, register)
    assert [list(rows(register, table)) for table in LINK_TABLES] == [[]] * len(LINK_TABLES)


def test_known_words_become_concepts_and_others_provisional_ones(tmp_path: Path) -> None:
    """A printed word means the concept that bears it; an unknown one is provisional, and a finding says where to add it."""
    found = linked(
        tmp_path,
        [telegram("1", classification="TOP SECRET", precedence=["Priority", "ROUTINE"], captions=["Cosmic Whisper"])],
    )
    concepts = {(row["scheme"], row["text"]): (row["concept"], row["provisional"]) for row in found["concepts"]}
    assert concepts["classification", "TOP SECRET"] == ("top-secret", "false")
    assert concepts["captions", "Cosmic Whisper"] == ("cosmic-whisper", "true")
    (finding,) = [row for row in found["linked_findings"] if row["kind"] == "unknown word"]
    assert (finding["field"], finding["value"], finding["source_line"]) == ("captions", "Cosmic Whisper", 2)
    assert "captions.ttl" in finding["message"]


def test_names_become_posts_positions_and_persons(tmp_path: Path) -> None:
    """A printed name means a post, a position or the one person of that name; another becomes an agent known by name only."""
    people = [
        {"key": "thant", "label": "U Thant", "variants": []},
        {"key": "a", "label": "Two", "variants": []},
        {"key": "b", "label": "Two", "variants": []},
    ]
    texts = ["Embassy in the Soviet Union", "Secretary of State", "U THANT", "Two", "Somebody Else", " "]
    found = linked(
        tmp_path,
        [telegram("1")],
        persons=people,
        correspondents=[{"record": "a/1", "role": "to", "n": n, "text": text} for n, text in enumerate(texts, 1)],
        events=[{"record": "a/1", "n": 1, "kind": "passed", "agent": "U THANT"}],
    )
    names = {row["text"]: (row["kind"], row["entity"]) for row in found["names"]}
    assert names["Secretary of State"][0] == "position"
    assert names["U THANT"] == ("person", "thant")
    assert names["Two"] == ("agent", "two")
    assert names["Somebody Else"] == ("agent", "somebody-else")
    assert " " not in names


def test_authorities_that_name_unknown_keys_are_findings(tmp_path: Path) -> None:
    """A key in an authority that no authority describes is a finding with its place."""
    row = {
        "key": "1",
        "person": "nobody",
        "position": "x",
        "post": "usun",
        "source_file": "appointments.csv",
        "source_line": 7,
    }
    found = linked(tmp_path, [telegram("1")], appointments=[row], posts=[{"key": "usun", "label": "USUN"}])
    fields = {
        row["field"]: (row["value"], row["source_file"], row["source_line"])
        for row in found["linked_findings"]
        if row["kind"] == "unknown key"
    }
    assert fields == {
        "appointments.person": ("nobody", "appointments.csv", 7),
        "appointments.position": ("x", "appointments.csv", 7),
    }
