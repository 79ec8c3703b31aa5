"""Candidates are decided by people, and what is decided is input of the next run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cablegraph.cli import cli
from cablegraph.linking import link
from cablegraph.register import rows
from cablegraph.sssom import read_mapping_set
from registers import telegram, write_register

KEY = "frus1961-63v16#p_M"
PEOPLE: list[dict[str, Any]] = [
    {"key": KEY, "label": "Martin, Edwin", "source": "frus1961-63v16, list of persons: an officer."},
    {"key": "3", "label": "Edwin M. Martin", "variants": ["Martin, Edwin M."], "directory": "people"},
    {"key": "4", "label": "Edwin W. Martin", "variants": ["Martin, Edwin W."], "directory": "people"},
]


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A linked register in which an entry may be either of two persons."""
    folder = write_register(tmp_path / "register", [telegram("1", source="frus1961-63v16")], persons=PEOPLE)
    link(folder, folder)
    return folder


def review(register: Path, decisions: Path, keys: str) -> dict[str, int]:
    """Answer the command with one key after the other; what it says at the end."""
    command = ["review", str(register), "--decisions", str(decisions), "--reviewer", "orcid:0000-0002", "--json"]
    done = CliRunner().invoke(cli, command, input="".join(f"{key}\n" for key in keys))
    assert done.exit_code == 0, done.output
    said: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return said


def matches(register: Path) -> list[tuple[str, str | None]]:
    return [
        (row["object_id"], row["reviewer_id"])
        for row in rows(register, "links")
        if row["predicate_id"] == "skos:exactMatch"
    ]


def test_what_is_accepted_is_linked(register: Path, tmp_path: Path) -> None:
    """An accepted candidate is a link with its reviewer; the other one of the entry is not asked about, now or later."""
    decisions = tmp_path / "decisions.sssom.tsv"
    said = review(register, decisions, "ra")
    assert (said["candidates"], said["accepted"], said["rejected"]) == (2, 1, 1)
    accepted = [mapping for mapping in read_mapping_set(decisions) if mapping.holds]
    assert [(m.reviewer_id, len(m.mapping_date)) for m in accepted] == [("orcid:0000-0002", 10)]
    assert review(register, decisions, "")["candidates"] == 0
    link(register, register, mapping_sets=[decisions])
    assert matches(register) == [(accepted[0].object_id, "orcid:0000-0002")]
    assert list(rows(register, "candidates")) == []


def test_what_is_rejected_is_never_linked(register: Path, tmp_path: Path) -> None:
    """Where all are rejected nobody is linked, and nobody is a candidate any more; one that is left alone may be linked."""
    decisions = tmp_path / "decisions.sssom.tsv"
    review(register, decisions, "rr")
    link(register, register, mapping_sets=[decisions])
    assert matches(register) == [] and list(rows(register, "candidates")) == []


def test_later_and_quit_decide_nothing(register: Path, tmp_path: Path) -> None:
    """What is left for later is asked again."""
    decisions = tmp_path / "decisions.sssom.tsv"
    assert review(register, decisions, "lq")["later"] == 1
    assert not decisions.exists()


def test_links_to_other_authorities_come_from_sets(register: Path, tmp_path: Path) -> None:
    """A set of the publisher links to Wikidata; a subject that nobody describes is a finding with its line."""
    given = tmp_path / "wikidata.sssom.tsv"
    given.write_text(
        "subject_id\tpredicate_id\tobject_id\nperson:3\tskos:exactMatch\twikidata:Q0\nperson:nobody\tskos:exactMatch\twikidata:Q0\n",
        encoding="utf-8",
    )
    link(register, register, mapping_sets=[given])
    assert ("http://www.wikidata.org/entity/Q0", None) in matches(register)
    (finding,) = (row for row in rows(register, "linked_findings") if row["kind"] == "unknown key")
    assert (finding["value"], finding["source_file"], finding["source_line"]) == (
        "person:nobody",
        "wikidata.sssom.tsv",
        3,
    )


def test_a_register_that_is_not_linked_is_refused(tmp_path: Path) -> None:
    """Without candidates there is nothing to review, and the error says what to do."""
    register = write_register(tmp_path / "register", [telegram("1")])
    done = CliRunner().invoke(cli, ["review", str(register), "--reviewer", "x"])
    assert "is not linked" in str(done.exception)
