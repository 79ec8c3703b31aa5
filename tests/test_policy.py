"""The policy: what complaints lead to, and the file of accepted faults with every fault of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph.errors import InputError
from cablegraph.policy import Acceptance, Policy, read_accepted
from cablegraph.publication import read_publication

HEADER = "rule,record,reason,date,by\n"
GOOD = "no date,vol/d*,The volume has none,2026-11-24,A. Librarian\n"


def test_accepted_faults_are_read_with_their_lines(tmp_path: Path) -> None:
    """Each row is an acceptance with its line; columns stand in any order, and further ones are let be."""
    path = tmp_path / "accepted.csv"
    path.write_text(HEADER + GOOD, encoding="utf-8")
    assert read_accepted(path) == [
        Acceptance("no date", "vol/d*", "The volume has none", "2026-11-24", "A. Librarian", 2)
    ]
    path.write_text("note,by,date,reason,record,rule\nx,B,2026-01-02,Why,*,r\n", encoding="utf-8")
    assert read_accepted(path)[0].why() == "Why (B, 2026-01-02)"
    assert read_accepted(None) == []


@pytest.mark.parametrize(
    ("row", "field", "message"),
    [
        (GOOD.replace("The volume has none", " "), "reason", "must say it"),
        (GOOD.replace("no date,", ","), "rule", "must say it"),
        (GOOD.replace("vol/d*", ""), "record", "must say it"),
        (GOOD.replace("A. Librarian", ""), "by", "must say it"),
        (GOOD.replace("2026-11-24", ""), "date", "must say it"),
        (GOOD.replace("2026-11-24", "24 November"), "date", "is no date"),
        (GOOD.replace("2026-11-24", "2026-11-31"), "date", "is no date"),
        ("no date\n", "record", "must say it"),
    ],
)
def test_each_fault_of_the_file_is_told_with_its_line(tmp_path: Path, row: str, field: str, message: str) -> None:
    """A row without rule, record, reason, name or a date that is one is refused, with file, line and column."""
    path = tmp_path / "accepted.csv"
    path.write_text(HEADER + GOOD + row, encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        read_accepted(path)
    assert (caught.value.file, caught.value.line, caught.value.field) == (str(path), 3, field)


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    """A missing file, one without the columns, and one that is not UTF-8 are refused."""
    path = tmp_path / "accepted.csv"
    with pytest.raises(InputError, match="cannot be read"):
        read_accepted(path)
    path.write_text("rule,record\n", encoding="utf-8")
    with pytest.raises(InputError, match="must have the columns"):
        read_accepted(path)
    path.write_bytes(HEADER.encode() + b"\xff")
    with pytest.raises(InputError, match="cannot be read"):
        read_accepted(path)


def test_violations_can_be_sent_elsewhere() -> None:
    """--on-violation changes what violations lead to, and nothing else of the policy."""
    policy = Policy(stop=("violation", "error"), quarantine=("warning",), ratchet=("info",))
    assert policy.with_violations("stop") == policy
    changed = policy.with_violations("quarantine")
    assert (changed.stop, changed.quarantine, changed.ratchet) == (("error",), ("violation", "warning"), ("info",))
    assert changed.with_violations("stop") == policy


def policy_of(folder: Path, text: str) -> Policy:
    (folder / "cablegraph.toml").write_text(text, encoding="utf-8")
    return read_publication(folder / "cablegraph.toml", folder).policy


def test_the_policy_is_read(tmp_path: Path) -> None:
    """`on_violation` is short for a policy of violations; `[policy]` says all of it, and what is held back does not stop."""
    assert policy_of(tmp_path, "") == policy_of(tmp_path, 'on_violation = "stop"') == Policy()
    held = Policy(stop=(), quarantine=("violation",))
    assert policy_of(tmp_path, 'on_violation = "quarantine"') == held
    assert policy_of(tmp_path, '[policy]\nquarantine = ["violation"]') == held
    (tmp_path / "accepted.csv").write_text(HEADER, encoding="utf-8")
    text = '[policy]\nstop = ["error", "violation"]\nratchet = ["warning"]\naccepted = "accepted.csv"'
    assert policy_of(tmp_path, text) == Policy(
        ("violation", "error"), ratchet=("warning",), accepted=tmp_path / "accepted.csv"
    )


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('[policy]\nhalt = ["violation"]', 2, "is not a key"),
        ('[policy]\nstop = ["grave"]', 2, "must be a list of violation, error, warning, info"),
        ('[policy]\nratchet = "warning"', 2, "must be a list of"),
        ('[policy]\nstop = ["error"]\nquarantine = ["error"]', 3, "stands in stop, too"),
        ('on_violation = "stop"\n[policy]\nquarantine = ["error"]', 3, "says what on_violation says already"),
        ('[policy]\naccepted = "accepted.csv"', 2, "does not exist"),
        ('[policy]\naccepted = "../accepted.csv"', 2, "leads out of"),
    ],
)
def test_a_policy_that_is_none_is_refused(tmp_path: Path, text: str, line: int, message: str) -> None:
    """What is not known, contradicts itself or is missing is told with its line."""
    with pytest.raises(InputError, match=message) as caught:
        policy_of(tmp_path, text)
    assert caught.value.line == line
