"""A stub's IRI leads to the record of the telegram once its volume is there."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from registers import Tables, linked, telegram

CITING: dict[str, Any] = {"number": "1862", "sent": "1962-11-19"}


def reference(**values: Any) -> dict[str, Any]:
    """A reference of the citing document to telegram 1835 from New York."""
    plain = {
        "record": "a/1",
        "n": 1,
        "surface": "telegram 1835",
        "number": "1835",
        "post": "usun",
        "direction": "incoming",
    }
    return plain | values


def released(folder: Path, found: Tables) -> Path:
    """The keys that a release of these tables hands to the next one."""
    folder.mkdir(exist_ok=True)
    path = folder / "minted.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["record", "key", "since"])
        writer.writerows((row["record"], row["telegram"], "2026") for row in found["identity"])
        writer.writerows(
            (row["telegram"], row["telegram"], "2026") for row in found["telegrams"] if row["stub"] == "true"
        )
    return path


def both(tmp_path: Path, cited: dict[str, Any], *references: dict[str, Any]) -> tuple[str, Tables]:
    """The key of the stub in a release with the citing volume only, and the tables of the next with the cited one, too."""
    first = linked(tmp_path / "A", [telegram("1", **CITING)], references=[dict(row) for row in references])
    (stub,) = (row["telegram"] for row in first["telegrams"] if row["stub"] == "true")
    minted = released(tmp_path, first)
    volume = telegram(**({"document": "9", "source": "b", "number": "1835"} | cited))
    return stub, linked(
        tmp_path / "B", [telegram("1", **CITING), volume], minted, references=[dict(row) for row in references]
    )


@pytest.mark.parametrize(
    ("said", "cited"),
    [
        ({}, {"sent": "1962-11-17"}),  # the stub was known by the year only
        ({"date": "1962-11-16"}, {"sent": "1962-11-17"}),  # cited a day off
        ({"number": None, "post": None, "direction": None, "target": "b#d9", "how": "cross link"}, {"document": "d9", "record": "b/d9", "sent": "1962-11-17"}),
    ],
)  # fmt: skip
def test_the_stub_redirects_to_the_record(tmp_path: Path, said: dict[str, Any], cited: dict[str, Any]) -> None:
    """Whatever little the stub was known by, its key is replaced by that of the record, which the reference now means."""
    stub, found = both(tmp_path, cited, reference(**said))
    record = next(row["telegram"] for row in found["identity"] if row["record"].startswith("b/"))
    assert stub != record
    assert [(row["old"], row["telegram"]) for row in found["replaced"]] == [(stub, record)]
    assert [row["telegram"] for row in found["resolutions"]] == [record]
    assert all(row["stub"] == "false" for row in found["telegrams"])


def test_a_stub_whose_key_says_all_is_the_record(tmp_path: Path) -> None:
    """Where series, number, post and date are the telegram's own, the key is its key, and nothing redirects."""
    stub, found = both(tmp_path, {"sent": "1962-11-17"}, reference(date="1962-11-17"))
    assert stub in {row["telegram"] for row in found["identity"]} and found["replaced"] == []


def test_a_stub_that_is_still_one_stays(tmp_path: Path) -> None:
    """Another telegram of the new volume changes nothing."""
    stub, found = both(tmp_path, {"number": "7", "sent": "1962-11-17"}, reference())
    assert stub in {row["telegram"] for row in found["telegrams"]} and found["replaced"] == []


def test_a_stub_that_learns_its_date_redirects(tmp_path: Path) -> None:
    """When another place of the document tells the day, the stub has another key, and the old one leads there."""
    first = linked(tmp_path / "A", [telegram("1", **CITING)], references=[reference()])
    dated = [reference(), reference(n=2, date="1962-11-17")]
    found = linked(tmp_path / "B", [telegram("1", **CITING)], released(tmp_path, first), references=dated)
    (old,) = (row["telegram"] for row in first["telegrams"] if row["stub"] == "true")
    assert [(row["old"], row["telegram"]) for row in found["replaced"]] == [(old, "in.usun.1835.1962-11-17")]


def test_a_stub_to_which_nothing_leads_is_told(tmp_path: Path) -> None:
    """Its IRI does not vanish without a word."""
    first = linked(tmp_path / "A", [telegram("1", **CITING)], references=[reference()])
    found = linked(tmp_path / "B", [telegram("1", **CITING)], released(tmp_path, first))
    assert [row["severity"] for row in found["linked_findings"] if row["kind"] == "stub gone"] == ["info"]
