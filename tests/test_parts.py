"""Parts of sources, joined to a register."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from cablegraph import parts
from cablegraph.errors import InputError
from cablegraph.parts import PartWriter, join_parts
from cablegraph.register import READ_TABLES, rows


def write(path: Path, *entries: tuple[str, dict[str, Any]]) -> Path:
    with PartWriter(path) as writer:
        writer.extend(entries)
    return path


def mention(record: str, surface: str) -> tuple[str, dict[str, Any]]:
    return "mentions", {"record": record, "surface": surface}


def test_parts_are_joined_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows come in the order of the parts, numbered within their record, whatever the size of batches and row groups."""
    monkeypatch.setattr(parts, "_ROWS_A_GROUP", 2)
    one = write(tmp_path / "1", mention("a/1", "x"), mention("a/1", "y"), ("records", {"record": "a/1"}), mention("a/2", "z"))  # fmt: skip
    two = write(tmp_path / "2", mention("b/1", "x"))
    join_parts([one, two], tmp_path / "register")
    found = [(row["record"], row["n"], row["surface"]) for row in rows(tmp_path / "register", "mentions")]
    assert found == [("a/1", 1, "x"), ("a/1", 2, "y"), ("a/2", 1, "z"), ("b/1", 1, "x")]
    assert pq.read_metadata(tmp_path / "register" / "mentions.parquet").num_row_groups == 2
    assert {path.stem for path in (tmp_path / "register").iterdir()} == READ_TABLES.keys()


def test_many_small_parts_make_few_row_groups(tmp_path: Path) -> None:
    """A thousand letters of one row each do not make a thousand row groups."""
    files = [write(tmp_path / f"{n}", mention(f"s{n}/1", "x")) for n in range(50)]
    join_parts(files, tmp_path / "register")
    assert pq.read_metadata(tmp_path / "register" / "mentions.parquet").num_row_groups == 1


def test_an_undeclared_column_is_a_fault_of_the_reader(tmp_path: Path) -> None:
    """A reader that makes up a column is told its name."""
    with pytest.raises(KeyError, match="mentions has no column shade"), PartWriter(tmp_path / "1") as writer:
        writer.add("mentions", {"record": "a/1", "shade": "x"})


def test_a_part_without_its_end_is_damaged(tmp_path: Path) -> None:
    """A part that was cut off between two tables would lose the rest of its rows without a word."""
    cut = write(tmp_path / "1", mention("a/1", "x"))
    cut.write_bytes(cut.read_bytes().removesuffix(parts._END))
    with pytest.raises(InputError, match="damaged"):
        join_parts([cut], tmp_path / "register")
    join_parts([write(tmp_path / "2")], tmp_path / "register")  # a source without rows is whole


@pytest.mark.parametrize("damage", [b"", b"not Arrow at all", b"\xff\xff\xff\xff\x10\0\0\0"])
def test_a_damaged_part_is_named(tmp_path: Path, damage: bytes) -> None:
    """What a broken disk did to a kept part is an error that says how to go on."""
    part = write(tmp_path / "1", mention("a/1", "x"))
    part.write_bytes(part.read_bytes()[:-40] + damage)
    with pytest.raises(InputError, match="damaged") as caught:
        join_parts([part], tmp_path / "register")
    assert "--fresh" in str(caught.value)
