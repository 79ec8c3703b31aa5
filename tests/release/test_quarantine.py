"""Records that violate a shape: they stop the release, or are held back and nothing else with them."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from published import ALSO, BAD, GOOD, publish, quads_of, sha256, sheet

from cablegraph.errors import NotConformingError
from cablegraph.policy import Policy
from registers import BASE

HOLD_BACK = Policy(stop=(), quarantine=("violation",))


def test_each_result_has_the_place_of_its_record(tmp_path: Path) -> None:
    """A violation stops the release with file and line of its record; the last release stays."""
    out = tmp_path / "out"
    publish(sheet(tmp_path / "p", GOOD), out)
    before = sha256(out / "manifest.json")
    with pytest.raises(NotConformingError) as caught:
        publish(sheet(tmp_path / "p", GOOD, ALSO, BAD), out)
    assert caught.value.exit_code == 1
    assert "telegrams.csv:4" in caught.value.message
    assert "18x64" in caught.value.message
    assert sha256(out / "manifest.json") == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_quarantine_holds_back_the_record_and_nothing_else(tmp_path: Path) -> None:
    """Quarantine holds back the violating record with all its fragments and what it alone names, and releases the rest."""
    held = publish(sheet(tmp_path / "p", GOOD, ALSO, BAD, policy=HOLD_BACK), tmp_path / "held")
    publish(sheet(tmp_path / "q", GOOD, ALSO), tmp_path / "without")
    release = quads_of(tmp_path / "held" / "dumps" / "test.nq")
    quarantine = quads_of(tmp_path / "held" / "quarantine" / "quarantine.nq")
    without = quads_of(tmp_path / "without" / "dumps" / "test.nq")
    assert release == without
    assert held["counts"]["quarantined"] == 1
    assert held["quarantined"] == ["in.usun.18x64.1962-11-21"]
    names = {quad.subject.value for quad in quarantine}
    record = f"{BASE}record/in.usun.18x64.1962-11-21"
    assert record in names
    assert {name for name in names if not name.startswith(record)} == {f"{BASE}subject/berlin"}
    rows = [json.loads(line) for line in (tmp_path / "held" / "report" / "report.jsonl").read_text().splitlines()]
    assert {(row["file"], row["line"]) for row in rows if row["severity"] == "violation"} == {("telegrams.csv", 4)}


def test_what_several_records_share_is_held_back_alone(tmp_path: Path) -> None:
    """A violation of a concept that several records name holds back the concept, not the records."""
    lines = [GOOD.replace("Cuba|Missiles", "cuba"), ALSO.replace("Cuba", "cuba")]
    held = publish(sheet(tmp_path / "p", *lines, policy=HOLD_BACK), tmp_path / "out")
    quarantine = quads_of(tmp_path / "out" / "quarantine" / "quarantine.nq")
    assert {quad.subject.value for quad in quarantine} == {f"{BASE}subject/cuba"}
    assert held["quarantined"] == [f"<{BASE}subject/cuba>"]


def test_a_date_that_is_none_is_told(tmp_path: Path) -> None:
    """A value that is no valid date leads to a line of the report with its place, and never to a wrong datatype."""
    publish(sheet(tmp_path / "p", GOOD.replace("1962-11-19", "1962-11-31")), tmp_path / "out")
    rows = [json.loads(line) for line in (tmp_path / "out" / "report" / "report.jsonl").read_text().splitlines()]
    assert [row for row in rows if "1962-11-31" in (row["value"] or "") and row["line"] == 2]
    literals = [
        quad.object for quad in quads_of(tmp_path / "out" / "dumps" / "test.nq") if isinstance(quad.object, ox.Literal)
    ]
    assert {str(literal.datatype) for literal in literals if literal.value == "1962-11-31"} <= {
        "<http://www.w3.org/2001/XMLSchema#string>"
    }
