"""The policy decides on the release: what stops it, what is held back, what was accepted, what is new."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from published import BAD, GOOD, publish, sheet

from cablegraph.errors import NotConformingError
from cablegraph.policy import Policy


def accepted(folder: Path, *lines: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "accepted.csv"
    path.write_text("rule,record,reason,date,by\n" + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_an_accepted_violation_is_released_and_shown(tmp_path: Path) -> None:
    """A violation that was accepted by name is released; the report and the manifest say so."""
    path = accepted(tmp_path / "p", "number,in.usun.18x64.*,So printed,2026-11-24,A")
    manifest = publish(sheet(tmp_path / "p", GOOD, BAD, policy=Policy(accepted=path)), tmp_path / "out")
    assert manifest["counts"]["complaints"]["accepted"] == 1
    assert "violation" not in manifest["counts"]["complaints"]
    assert manifest["counts"]["records"] == 2
    rows = [json.loads(line) for line in (tmp_path / "out/report/report.jsonl").read_text().splitlines()]
    assert [row["accepted"] for row in rows if row["rule"] == "number"] == ["So printed (A, 2026-11-24)"]


def test_a_refusal_tells_the_acceptance_that_fits_nothing(tmp_path: Path) -> None:
    """Where an acceptance is misspelt the refusal names its line beside the violation."""
    path = accepted(tmp_path / "p", "numbr,*,So printed,2026-11-24,A")
    with pytest.raises(NotConformingError) as caught:
        publish(sheet(tmp_path / "p", GOOD, BAD, policy=Policy(accepted=path)), tmp_path / "out")
    assert "1 violation; nothing was released" in caught.value.message
    assert "telegrams.csv:3" in caught.value.message
    assert "accepted.csv:2" in caught.value.message


def test_findings_stop_a_release_by_their_severity_or_as_a_new_kind(tmp_path: Path) -> None:
    """A date that is none is a finding: it stops where the policy says so of its severity, or by the ratchet."""
    odd = GOOD.replace("1962-11-19", "1962-11-31")
    publish(sheet(tmp_path / "p", odd), tmp_path / "out")
    rows = [json.loads(line) for line in (tmp_path / "out/report/report.jsonl").read_text().splitlines()]
    found = next(row for row in rows if row["value"] == "1962-11-31")
    for policy in (Policy(stop=(found["severity"],)), Policy(ratchet=(found["severity"],))):
        with pytest.raises(NotConformingError, match=r"telegrams\.csv:2"):
            publish(sheet(tmp_path / "p", odd, policy=policy), tmp_path / "out")
    lines = (f"{rule},*,Known,2026-11-24,A" for rule in sorted({row["rule"] for row in rows}))
    policy = Policy(stop=("violation", found["severity"]), accepted=accepted(tmp_path / "p", *lines))
    publish(sheet(tmp_path / "p", odd, policy=policy), tmp_path / "out")
