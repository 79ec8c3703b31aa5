"""The lists of ResourceSync: what is there since when, what changed, and parts where a list is long."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cablegraph.errors import InputError
from cablegraph.release.feeds.appearances import Appearance, Appearances
from cablegraph.release.feeds.resourcesync import write_resourcesync

ADDRESS = "https://feeds.example/a/"
TIMES = ["2026-11-24T00:00:00Z", "2026-12-24T00:00:00Z", "2027-01-24T00:00:00Z"]
RELEASES = [Appearance(f"1.{number}.0", time) for number, time in enumerate(TIMES)]
NAMESPACES = {"": "http://www.sitemaps.org/schemas/sitemap/0.9", "rs": "http://www.openarchives.org/rs/terms/"}
Told = list[tuple[str, str, str | None]]


def release(folder: Path, number: int, files: dict[str, str], before: Path | None = None, **values: int) -> Path:
    """Write the lists of a release whose files have these contents (short names of them); the folder of the lists."""
    folder.mkdir()
    told = [(path, f"{ord(content):064x}", 1) for path, content in sorted(files.items())]
    appearances = Appearances(RELEASES[number], tuple(RELEASES[:number]), ADDRESS)
    write_resourcesync(folder, told, appearances, before, **values)
    return folder / "feeds" / "resourcesync"


def entries(path: Path) -> Told:
    """Address, last change and kind of change of each entry."""
    found: Told = []
    for entry in ElementTree.parse(path).getroot():
        if entry.tag.endswith("}url"):
            address, changed = (entry.findtext(name, "", NAMESPACES) for name in ("loc", "lastmod"))
            about = entry.find("rs:md", NAMESPACES)
            assert about is not None
            found.append((address.removeprefix(ADDRESS), changed, about.get("change")))
    return found


def test_what_stays_the_same_keeps_its_time(tmp_path: Path) -> None:
    one = release(
        tmp_path / "1", 0, {"a b.csv": "1", "c.nq": "1", "d.ttl": "1", "quarantine/q.nq": "1", "cablegraph.toml": "1"}
    )
    assert entries(one / "resourcelist.xml") == [(name, TIMES[0], None) for name in ("a%20b.csv", "c.nq", "d.ttl")]
    assert not (one / "changelist.xml").exists()
    two = release(tmp_path / "2", 1, {"a b.csv": "1", "c.nq": "2", "e&.xml": "1"}, one)
    assert entries(two / "resourcelist.xml") == [
        ("a%20b.csv", TIMES[0], None), ("c.nq", TIMES[1], None), ("e%26.xml", TIMES[1], None),
    ]  # fmt: skip
    first = [("c.nq", TIMES[1], "updated"), ("d.ttl", TIMES[1], "deleted"), ("e%26.xml", TIMES[1], "created")]
    assert entries(two / "changelist.xml") == first
    three = release(tmp_path / "3", 2, {"a b.csv": "3", "c.nq": "2"}, two)
    newest = [("a%20b.csv", TIMES[2], "updated"), ("e%26.xml", TIMES[2], "deleted")]
    # Of what is gone only the deletion is told: its name was there as created before.
    assert entries(three / "changelist.xml") == [*first[:2], *newest]
    root = ElementTree.parse(three / "changelist.xml").getroot()
    about = root.find("rs:md", NAMESPACES)
    assert about is not None
    assert about.attrib == {"capability": "changelist", "from": TIMES[0]}


def test_a_file_is_told_with_hash_size_and_media_type(tmp_path: Path) -> None:
    one = release(tmp_path / "1", 0, {".well-known/void": "1", "dumps/x.nq.zst": "1", "x.unknown": "1"})
    about = [
        entry.attrib
        for entry in ElementTree.parse(one / "resourcelist.xml").getroot().iterfind("url/rs:md", NAMESPACES)
    ]
    digest = {"hash": f"sha-256:{ord('1'):064x}", "length": "1"}
    assert about == [digest | {"type": "text/turtle"}, digest | {"type": "application/zstd"}, digest]


def test_clients_find_the_lists_from_the_well_known_place(tmp_path: Path) -> None:
    one = release(tmp_path / "1", 0, {"a": "1"})
    two = release(tmp_path / "2", 1, {"a": "2"}, one)

    def led(path: Path) -> list[str]:
        return [
            entry.findtext("loc", "", NAMESPACES)
            for entry in ElementTree.parse(path).getroot().iterfind("url", NAMESPACES)
        ]

    lists = f"{ADDRESS}feeds/resourcesync/"
    assert led(tmp_path / "2" / ".well-known" / "resourcesync") == [f"{lists}capabilitylist.xml"]
    assert led(one / "capabilitylist.xml") == [f"{lists}resourcelist.xml"]
    assert led(two / "capabilitylist.xml") == [f"{lists}resourcelist.xml", f"{lists}changelist.xml"]


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.dictionaries(st.sampled_from("abcdefgh/%ü<&'\""), st.sampled_from("12"), min_size=1), min_size=2, max_size=3
    )
)
def test_long_lists_are_parted_and_say_the_same(
    tmp_path_factory: pytest.TempPathFactory, releases: list[dict[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("lists")
    whole, parted = None, None
    for number, files in enumerate(releases):
        whole = release(folder / f"w{number}", number, files, whole)
        parted = release(folder / f"p{number}", number, files, parted, most=2)
    assert whole is not None
    assert parted is not None
    for name in ("resourcelist", "changelist"):
        if not (whole / f"{name}.xml").exists():
            assert not (parted / f"{name}.xml").exists()
            continue
        root = ElementTree.parse(parted / f"{name}.xml").getroot()
        parts = [entry.findtext("loc", "", NAMESPACES) for entry in root.iterfind("sitemap", NAMESPACES)]
        files = [parted / part.rpartition("/")[2] for part in parts] or [parted / f"{name}.xml"]
        assert [entry for file in files for entry in entries(file)] == entries(whole / f"{name}.xml")
        assert all(len(entries(file)) <= 2 for file in files)


def test_a_list_that_is_none_of_ours_is_refused_with_its_line(tmp_path: Path) -> None:
    one = release(tmp_path / "1", 0, {"a": "1"})
    path = one / "resourcelist.xml"
    path.write_text(path.read_text(encoding="utf-8").replace(ADDRESS, "https://other.example/"), encoding="utf-8")
    with pytest.raises(InputError, match="is no entry of a list of ours") as caught:
        release(tmp_path / "2", 1, {"a": "1"}, one)
    assert caught.value.line == 5
