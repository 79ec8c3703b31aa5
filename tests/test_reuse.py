"""What a run keeps for the next one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cablegraph.reuse import Kept, key_of


def test_what_was_kept_is_taken_and_kept_again(tmp_path: Path) -> None:
    """A file kept under a key is found by the next run and handed on to the one after; others are forgotten."""
    (tmp_path / "made").write_text("rows")
    first = Kept(None, tmp_path / "1")
    first.keep("key", tmp_path / "made")
    first.keep("other", tmp_path / "made")
    second = Kept(tmp_path / "1", tmp_path / "2")
    taken = second.take("key")
    assert taken is not None and taken.read_text() == "rows"
    assert second.take("unknown") is None
    assert [path.name for path in (tmp_path / "2").iterdir()] == ["key"]
    assert Kept(tmp_path / "2", tmp_path / "3").take("other") is None
    assert Kept(None, tmp_path / "4").take("key") is None


def test_kept_where_there_are_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a file system without links what is kept is copied."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    (tmp_path / "made").write_text("rows")
    monkeypatch.setattr(os, "link", refuse)
    kept = Kept(None, tmp_path / "1")
    kept.keep("key", tmp_path / "made")
    kept.keep("key", tmp_path / "made")
    assert (tmp_path / "1" / "key").read_text() == "rows"


def test_the_folder_is_marked(tmp_path: Path) -> None:
    """Tools of backup leave a tagged folder out, and git does not take it up."""
    Kept(None, tmp_path / "1").mark()
    assert (tmp_path / "1" / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
    assert (tmp_path / "1" / ".gitignore").read_text() == "*\n"


def test_a_key_is_of_every_fact() -> None:
    """The same facts give the same key, others another; lists and their items are told apart."""
    facts = [("read", "a", "b"), ("read", "ab", ""), ("read", ["a", "b"]), ("map", "a", "b"), ("read", "a", None)]
    assert len({key_of(*fact) for fact in facts}) == len(facts)
    assert key_of("read", {"a": 1, "b": 2}) == key_of("read", {"b": 2, "a": 1})
