"""When releases appear in the feeds, and when feeds begin anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph.earlier import Earlier
from cablegraph.errors import InputError
from cablegraph.publication import Publication
from cablegraph.release.feeds.appearances import Appearance, Appearances, read_appearances, write_appearances

BASE = "https://example.org/"


def appearances(folder: Path, version: str, issued: str, earlier: str | None = None, base: str = BASE) -> Appearances:
    """Those of a release, behind those that stand in the folder; ``earlier`` is the version of the release there."""
    before = None
    if earlier is not None:
        before = Earlier(folder, "x", BASE, earlier, "2026", {}, frozenset(), (), None, ())
    found = read_appearances(before, folder, Publication(folder, version=version, base=base), issued)
    write_appearances(folder, found)
    return found


@pytest.mark.parametrize(
    ("issued", "time"),
    [("1962", "1962-01-01T00:00:00Z"), ("1962-11", "1962-11-01T00:00:00Z"), ("1962-11-19", "1962-11-19T00:00:00Z")],
)
def test_the_time_is_midnight_of_the_first_day_that_is_told(tmp_path: Path, issued: str, time: str) -> None:
    assert appearances(tmp_path, "1.0.0", issued) == Appearances(Appearance("1.0.0", time), (), BASE)


def test_a_release_is_later_than_the_one_before_it(tmp_path: Path) -> None:
    appearances(tmp_path, "1.0.0", "1962-11-19")
    appearances(tmp_path, "1.1.0", "1962-11-19", "1.0.0")
    last = appearances(tmp_path, "1.2.0", "1962-11", "1.1.0")
    assert [each.time for each in last.all] == [f"1962-11-19T00:00:0{second}Z" for second in range(3)]
    again = appearances(tmp_path, "1.2.0", "1970", "1.2.0")
    assert (again.all, again.is_again) == (last.all, True)


def test_feeds_begin_anew_at_another_address_and_where_a_release_had_none(tmp_path: Path) -> None:
    appearances(tmp_path, "1.0.0", "1962")
    assert appearances(tmp_path, "1.1.0", "1963", "1.0.0", "https://other.example/").before == ()
    assert appearances(tmp_path, "1.3.0", "1963", "1.2.0", "https://other.example/").before == ()
    assert appearances(tmp_path, "1.3.0", "1963", None).before == ()


def test_a_row_that_is_none_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "releases.csv").write_text("version,time,address\n../x,1962,\n", encoding="utf-8")
    with pytest.raises(InputError, match="is no release of a feed") as caught:
        appearances(tmp_path, "1.1.0", "1963", "1.0.0")
    assert caught.value.line == 2
