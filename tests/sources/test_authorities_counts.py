"""The Office of the Historian's own data: what goes in comes out, in seconds and in little memory."""

from __future__ import annotations

import tarfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from directories import Tables, by_key, read
from lxml import etree

from cablegraph.vocabularies import vocabulary

#: What one element of each kind makes a row of.
ROWS = {
    "country-mission": None, "org-mission": "positions", "principal-position": "positions", "role": "positions",
    "concurrent-appointments": None, "post": "posts", "locale": "places", "territory": "places", "region": "places",
    "code-table": None,
}  # fmt: skip


@pytest.fixture(scope="module")
def archive(shared: Path) -> Path:
    return shared / "data" / "authorities.tar.gz"


@pytest.fixture(scope="module")
def roots(archive: Path) -> list[Any]:
    """The files, read apart from our reader."""
    with tarfile.open(archive) as tar:
        members = [member for member in tar if member.name.endswith(".xml")]
        return [etree.fromstring(tar.extractfile(member).read()) for member in members]  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def tables(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    folder = tmp_path_factory.mktemp("authorities")
    (folder / archive.name).symlink_to(archive)
    return read(folder, archive.name)


def test_no_entry_is_lost(tables: Tables, roots: list[Any], record_property: Any) -> None:
    """Every person, position, holder, post and place is a row, or in the row that it was joined to."""
    expected: Counter[str] = Counter()
    for root in roots:
        if table := ROWS.get(root.tag):
            expected[table] += 1
        expected["appointments"] += len(root.findall(".//chief")) + len(root.findall(".//principal"))
    territories = {root.findtext("id") for root in roots if root.tag == "territory"}
    expected["places"] += sum(root.tag == "country" and root.findtext("id") not in territories for root in roots)
    people = [root for root in roots if root.tag == "person" and root.find("persName") is None]
    officers = {
        root.findtext("id"): root for root in roots if root.tag == "person" and root.find("persName") is not None
    }
    old = {name.text: key for key, root in officers.items() for name in root.iter("old-id")}
    pages = {
        url.text.strip().rsplit("/", 1)[1]
        for root in people
        for url in root.iter("source-url")
        if "/departmenthistory/people/" in url.text
    }
    expected["persons"] = len(people) + len(officers.keys() - {old.get(page, page) for page in pages})
    found = {table: len(tables[table]) for table in ("persons", "positions", "appointments", "places")}
    assert found == {table: expected[table] for table in found}
    periods = sum(row["source"].split(": ", 1)[1].count("–") >= 1 and len(_periods(row)) for row in tables["posts"])
    same = 1  # the post at Conakry is there twice, word for word
    assert periods == expected["posts"] - same
    record_property(
        "shown", f"directories: {len(roots)} files, {found}, {len(tables['posts'])} posts of {periods} periods"
    )


def _periods(row: dict[str, Any]) -> list[str]:
    kinds = ("embassy ", "consulate-general ", "consulate ", "consular-agency ", "branch-office ")
    return [
        part for part in row["source"].split(": ", 1)[1].split("; ") if part.startswith(kinds) and part.endswith(")")
    ]


def test_every_source_address_is_an_identifier(tables: Tables, roots: list[Any]) -> None:
    """Each entry of a volume's list that a record names is an identifier with the address that it came from."""
    lists = {url.text.strip() for root in roots for url in root.iter("source-url") if "/persons#" in url.text}
    found = {row["source"]: row["value"] for row in tables["identifiers"] if row["scheme"] == "FRUS"}
    assert found.keys() == lists and len(lists) > 49_000
    assert all(url.endswith(f"/{value.replace('#', '/persons#')}") for url, value in found.items())
    viaf = [row["value"] for row in tables["identifiers"] if row["scheme"] == "VIAF"]
    assert len(viaf) == sum(bool(one.text) for root in roots for one in root.iter("authority"))


def test_known_facts(tables: Tables, record_property: Any) -> None:
    """Persons, appointments and posts that are well known are as they should be."""
    appointments, persons, posts = (by_key(tables, table) for table in ("appointments", "persons", "posts"))
    rusk = appointments["secr-1961-rusk"]
    assert (rusk["position"], rusk["post"], rusk["start"], rusk["end"]) == (
        "secretary-of-state",
        "department-of-state",
        "1961-01-21",
        "1969-01-20",
    )
    assert persons[rusk["person"]]["label"] == "David Dean Rusk"
    for key, post in {"xh-1965-lodg-01": "saigon", "tr-1961-hare-01": "ankara", "un-1961-stev": "usun", "br-1959-cabo-01": "rio-de-janeiro", "br-1961-gord-01": "rio-de-janeiro", "cd-1964-godl-01": "leopoldville",
                      "af-1935-horn-01": "tehran", "gb-1961-bruc-01": "london", }.items():  # fmt: skip
        assert appointments[key]["post"] == post, key
    chiefs = [row for row in appointments.values() if "accredited to" in row["note"]]
    with_post = sum(row["post"] is not None for row in chiefs)
    assert with_post / len(chiefs) > 0.86
    keys = set(vocabulary("posts").concepts)
    record_property(
        "shown",
        f"chiefs with a post: {with_post} of {len(chiefs)}; keys of posts in our vocabulary: {len(posts.keys() & keys)}",
    )
    assert len(posts.keys() & keys) >= 380


def test_faults_are_told(tables: Tables, record_property: Any) -> None:
    """The data's own faults are findings: repeated ids, years that disagree, cities and officers that do not exist."""
    kinds = Counter(row["kind"] for row in tables["findings"])
    record_property("shown", f"findings: {dict(sorted(kinds.items()))}")
    assert kinds["repeated id"] == 17
    assert kinds["id unlike the file name"] == 46
    assert {"dates disagree", "no date", "unknown city", "unknown officer", "one-sided succession"} <= kinds.keys()
    assert kinds["unreadable file"] == kinds["unusable id"] == kinds["unknown person"] == 0
