"""The competency questions: each has a prose question, its place in the table, and the answers that are expected of it."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from expected import EXPECTED, QUESTIONS, ROWS_OF_THE_VOLUMES, SAMPLE, Kept, Release, prose, questions, reduced

from cablegraph.answers import Answer, Cell
from cablegraph.cli import cli

FILES = questions()
KEPT: dict[str, dict[str, Kept]] = json.loads(EXPECTED.read_text(encoding="utf-8"))
#: What the issue asks for by name.
ASKED_FOR = (
    "eyes-only-to-the-white-house", "signed-for-an-absent-ambassador", "cleared-by-a-person", "replies-to-a-telegram",
    "classification-in-a-file", "readable-by-a-person-on-a-day", "known-only-by-reference",
    "printed-and-encoded-dates-disagree", "posts-by-month", "chains-of-passing",
)  # fmt: skip


@cache
def sample() -> Release:
    return Release(SAMPLE)


@pytest.fixture(scope="session")
def volumes(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of all shared volumes and of the transcript, built with the values that are built in."""
    out = tmp_path_factory.mktemp("volumes") / "release"
    sources = [*sorted((shared / "data/frus/volumes").glob("*.xml")), *sorted((shared / "seed").glob("*.txt"))]
    assert len(sources) > 12
    line = ["publish", *map(str, sources), "--out", str(out), "--quiet"]
    result = CliRunner().invoke(cli, line, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return Release(out)


def test_there_are_thirty_questions_and_more() -> None:
    """There are at least 30 questions, and among them those that the issue names."""
    assert len(FILES) >= 30
    assert set(ASKED_FOR) <= set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_a_question_in_words_and_in_sparql(name: str) -> None:
    """A file begins with a question in one line, gives its rows an order, and names the base of no release."""
    text = FILES[name].read_text(encoding="utf-8")
    assert re.match(r"# [A-Z][^\n]+\?\n", text), "the first line is no question"
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    query = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)
    assert re.search(r"^ORDER BY ", query, re.MULTILINE), "the order of the rows is left to chance"
    for base in ("crisis.example", "example.org", sample().base):
        assert base not in text, "the question names the base of a release"
    prefixes = dict(re.findall(r"^PREFIX ([a-z]+): <([^>]+)>$", query, re.MULTILINE))
    body = re.sub(r"^PREFIX .*\n", "", query, flags=re.MULTILINE)
    assert all(re.search(rf"\b{prefix}:", body) for prefix in prefixes), "a prefix is never used"


def test_no_question_is_asked_twice() -> None:
    """No two files have the same words for their question."""
    assert len({prose(path) for path in FILES.values()}) == len(FILES)


def test_the_table_lists_each_question_as_its_file_asks_it() -> None:
    """README.md beside the questions has one row for each file, in the order of names, with its exact question."""
    text = (QUESTIONS / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[`([^`]+)\.rq`\]\(([^)]+)\) \| (.+) \|$", text, re.MULTILINE)
    assert rows == [(name, path.name, prose(path)) for name, path in FILES.items()]


def test_every_question_has_its_expected_answers() -> None:
    """Each question has an answer kept for both releases, and each kept answer belongs to a question."""
    assert set(KEPT) == set(FILES)
    assert {name: sorted(kept) for name, kept in KEPT.items()} == {name: ["sample", "volumes"] for name in FILES}
    assert [name for name, kept in KEPT.items() if not any(answer["rows"] for answer in kept.values())] == []


def test_kept_answers_hold_keys_and_no_texts() -> None:
    """What is kept are keys, numbers and dates: no cell has a space in it, and of the volumes only first rows are there."""
    for kept in KEPT.values():
        for answer in kept.values():
            assert not [cell for row in answer["first"] for cell in row if cell is not None and " " in cell]
        assert len(kept["sample"]["first"]) == kept["sample"]["rows"]
        assert len(kept["volumes"]["first"]) == min(kept["volumes"]["rows"], ROWS_OF_THE_VOLUMES)


def test_words_are_left_out_of_what_is_kept() -> None:
    """Labels, prose and unbound values become nothing; IRIs lose the base; numbers and days stay."""
    day = "http://www.w3.org/2001/XMLSchema#date"
    row = (
        Cell("uri", "https://a.example/record/x"), Cell("literal", "Cuba"), Cell("literal", "rusk"),
        Cell("literal", "1962-10-22", day), Cell("literal", "sent-utc"), None,
    )  # fmt: skip
    answer = Answer(("telegram", "subject", "label", "day", "field", "none"), (row,))
    kept = reduced(answer, "https://a.example/")
    assert kept["first"] == [["record/x", None, None, "1962-10-22", "sent-utc", None]]
    other = reduced(
        Answer(answer.columns, ((*row[:3], Cell("literal", "1962-10-23", day), *row[4:]),)), "https://a.example/"
    )
    assert kept["sha256"] != other["sha256"]


@pytest.mark.parametrize("name", FILES)
def test_the_sample_answers_as_expected(name: str) -> None:
    """Over the sample's release each question has the answer that is kept."""
    assert sample().kept(FILES[name]) == KEPT[name]["sample"]


@pytest.mark.full
def test_the_volumes_answer_as_expected(volumes: Release) -> None:
    """Over the release of the volumes each question has the answer that is kept: one test, so that it is built once."""
    answers = {name: volumes.kept(path, ROWS_OF_THE_VOLUMES) for name, path in FILES.items()}
    assert answers == {name: kept["volumes"] for name, kept in KEPT.items()}
