"""Candidates leave as a table, are judged in OpenRefine or a spreadsheet, and come back as decisions."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cablegraph.cli import cli
from cablegraph.errors import InputError
from cablegraph.linking import link
from cablegraph.openrefine import COLUMNS, read_judgements, write_candidates
from cablegraph.register import rows
from cablegraph.review import Candidate
from cablegraph.sssom import read_mapping_set
from registers import telegram, write_register

SUBJECT = "person:frus1961-63v16#p_M"
PEOPLE: list[dict[str, Any]] = [
    {"key": "frus1961-63v16#p_M", "label": "Martin, Edwin", "source": "frus1961-63v16, list of persons: an officer."},
    {"key": "3", "label": "Edwin M. Martin", "variants": ["Martin, Edwin M."], "directory": "people"},
    {"key": "4", "label": "Edwin W. Martin", "variants": ["Martin, Edwin W."], "directory": "people"},
    {"key": "5", "label": "Ferdinand Quux", "variants": ["Quux, Ferdinand"], "directory": "people"},
]


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A linked register in which an entry of a list may be either of two persons, and two records one telegram."""
    records = [telegram("1", source="frus1961-63v16"), telegram("2", source="b", sent="1962-11-20")]
    folder = write_register(tmp_path / "register", records, persons=PEOPLE)
    link(folder, folder)
    return folder


def review(register: Path, *arguments: str) -> dict[str, Any]:
    """What the command says; the decisions stand beside the register."""
    decisions = str(register.with_name("decisions.sssom.tsv"))
    done = CliRunner().invoke(cli, ["review", str(register), "--decisions", decisions, "--json", *arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def exported(register: Path) -> list[dict[str, str]]:
    path = register.with_name("candidates.csv")
    review(register, "--export", str(path))
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def judged(register: Path, table: list[dict[str, str]], name: str = "judged.csv") -> dict[str, Any]:
    """Import a table that somebody has judged."""
    path = register.with_name(name)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, dict.fromkeys(key for row in table for key in row))
        writer.writeheader()
        writer.writerows(table)
    return review(register, "--import", str(path), "--reviewer", "orcid:0000-0002")


def decided(register: Path) -> list[tuple[str, str, bool, str, str]]:
    made = read_mapping_set(register.with_name("decisions.sssom.tsv"))
    return [(m.subject_id, m.object_id, m.holds, m.reviewer_id, m.mapping_date) for m in made]


def test_what_is_undecided_is_a_table(register: Path) -> None:
    """A row a candidate, with what is known of both sides, how likely it is, and a column for the judgement."""
    table = exported(register)
    assert list(table[0]) == list(COLUMNS)
    assert [(row["predicate_id"], row["object_id"], row["judgement"]) for row in table] == [
        ("skos:exactMatch", "person:3", ""), ("skos:exactMatch", "person:4", ""), ("owl:sameAs", "record:in.usun.1862.1962-11-20", ""),
    ]  # fmt: skip
    assert table[0]["subject"].startswith("Martin, Edwin")
    assert 0 < float(table[0]["confidence"]) < 1 and table[0]["comment"]


def test_judgements_become_decisions(register: Path) -> None:
    """What is matched is accepted, what is new is rejected, what is none or empty stays open; who and when are kept."""
    table = exported(register)
    table[0] |= {"judgement": "new", "reviewer_id": "orcid:0000-0009", "mapping_date": "2026-01-31"}
    table[1] |= {"judgement": "Matched", "mapping_date": "2026-02-01"}
    table[2] |= {"judgement": "none"}
    said = judged(register, table)
    assert (said["accepted"], said["rejected"], said["candidates"]) == (1, 1, 3)
    assert decided(register) == [
        (SUBJECT, "person:3", False, "orcid:0000-0009", "2026-01-31"),
        (SUBJECT, "person:4", True, "orcid:0000-0002", "2026-02-01"),
    ]
    assert [row["object_id"] for row in exported(register)] == ["record:in.usun.1862.1962-11-20"]
    link(register, register, mapping_sets=[register.with_name("decisions.sssom.tsv")])
    matches = [row for row in rows(register, "links") if row["predicate_id"] == "skos:exactMatch"]
    assert [(row["object_id"], row["reviewer_id"]) for row in matches] == [("person:4", "orcid:0000-0002")]


def test_taking_over_twice_decides_nothing_twice(register: Path) -> None:
    """A table that is imported again finds its subjects decided, and adds nothing."""
    table = [row | {"judgement": "matched"} for row in exported(register)[:1]]
    judged(register, table)
    assert judged(register, table)["accepted"] == 0
    assert len(decided(register)) == 1


def test_new_without_an_object_rejects_all(register: Path) -> None:
    """A column that was reconciled has one row a subject: a new one is none of its candidates."""
    judged(register, [{"subject_id": SUBJECT, "object_id": "", "judgement": "new"}])
    assert [(object_id, holds) for _, object_id, holds, *_ in decided(register)] == [
        ("person:3", False),
        ("person:4", False),
    ]


def test_a_match_may_be_somebody_else(register: Path) -> None:
    """Who was found in OpenRefine need not have been a candidate, but must be described."""
    judged(register, [{"subject_id": SUBJECT, "object_id": "person:5", "judgement": "matched"}])
    assert [(object_id, holds) for _, object_id, holds, *_ in decided(register)] == [("person:5", True)]


def test_json_of_the_templating_exporter(register: Path) -> None:
    """The rows of a JSON export say the same."""
    path = register.with_name("judged.json")
    row = {"subject_id": SUBJECT, "object_id": "person:3", "judgement": "matched", "note": None}
    path.write_text(json.dumps({"rows": [row]}), encoding="utf-8")
    assert review(register, "--import", str(path), "--reviewer", "x")["accepted"] == 1


@pytest.mark.parametrize(
    ("changed", "line", "field"),
    [
        ([{"judgement": "yes"}], 2, "judgement"),
        ([{"subject_id": "person:nobody"}], 2, "subject_id"),
        ([{"object_id": "Q42"}], 2, "object_id"),
        ([{"object_id": "record:in.usun.1862.1962-11-20"}], 2, "object_id"),
        ([{"judgement": "matched", "object_id": ""}], 2, "object_id"),
        ([{"judgement": "matched", "mapping_date": "31.1.2026"}], 2, "mapping_date"),
        ([{"judgement": "matched"}, {"judgement": "matched"}], 3, "judgement"),
        ([{"judgement": "matched"}, {"object_id": "person:3", "judgement": "new"}], 3, "judgement"),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused(register: Path, changed: list[dict[str, str]], line: int, field: str) -> None:
    """The error names file, line and column, and nothing of the table is taken over."""
    table = [row | change for row, change in zip(exported(register), changed, strict=False)]
    with pytest.raises(InputError) as refused:
        judged(register, table)
    assert (refused.value.line, refused.value.field) == (line, field)
    assert refused.value.file is not None and refused.value.file.endswith("judged.csv")
    assert not register.with_name("decisions.sssom.tsv").exists()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", "subject_id,judgement\n", "lacks the column object_id"),
        ("a.json", "{\n", "is no JSON"),
        ("a.json", "[]", "has no rows"),
        ("a.json", '{"rows": [{"subject_id": "x"}]}', "lacks the column"),
        ("missing.csv", None, "cannot be read"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(register: Path, name: str, text: str | None, message: str) -> None:
    path = register.with_name(name)
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        review(register, "--import", str(path), "--reviewer", "x")


def test_both_ways_at_once_make_no_sense(register: Path) -> None:
    done = CliRunner().invoke(cli, ["review", str(register), "--export", "a.csv", "--import", "b.csv"])
    assert done.exit_code == 2 and "two steps" in done.output


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@given(
    st.dictionaries(
        st.integers(0, 99), st.tuples(WORDS, st.sampled_from(["matched", "new", "none"])), min_size=1, max_size=6
    )
)
@example({1: ("a\u2028b", "matched")})
@settings(max_examples=30, deadline=None)
def test_whatever_stands_in_a_table_comes_back(
    tmp_path_factory: pytest.TempPathFactory, said: dict[int, tuple[str, str]]
) -> None:
    """Labels of any text survive, and each judgement is the decision that was made."""
    path = tmp_path_factory.mktemp("table") / "candidates.csv"
    made = [
        Candidate(f"person:s{n}", label, "skos:exactMatch", f"person:o{n}", label, 0.5, label)
        for n, (label, _) in said.items()
    ]
    write_candidates(path, made)
    with path.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    for row, (_, judgement) in zip(table, said.values(), strict=True):
        row["judgement"] = judgement
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(table)
    known = {key: "" for one in made for key in (one.subject_id, one.object_id)}
    found = {(m.subject_id, m.holds, m.subject_label) for m in read_judgements(path, made, known, "x", "2026-11-24")}
    assert found == {(f"person:s{n}", how == "matched", label) for n, (label, how) in said.items() if how != "none"}
