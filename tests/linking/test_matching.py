"""Names from outside are matched by the Reconciliation Service API: the answers of the service that OpenRefine asks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cablegraph import pipeline
from cablegraph.cli import cli
from cablegraph.errors import InputError
from cablegraph.linking import link
from cablegraph.linking.queries import manifest
from registers import telegram, write_register

VOLUME = "frus1961-63v16"
PERSONS: list[dict[str, Any]] = [
    {"key": "3", "label": "Edwin M. Martin", "variants": ["Martin, Edwin M."], "valid_from": "1908", "directory": "people"},
    {"key": "4", "label": "Edwin W. Martin", "variants": ["Martin, Edwin W."], "valid_from": "1917", "directory": "people"},
    {"key": "5", "label": "Nobody Named", "variants": ["Named, Nobody"], "directory": "people"},
    {"key": f"{VOLUME}#p_ME", "label": "Martin, Edwin M.", "source": f"{VOLUME}, list of persons: an officer."},
    {"key": f"{VOLUME}#p_QX", "label": "Quux, Ferdinand", "source": f"{VOLUME}, list of persons: a consul."},
    {"key": f"{VOLUME}#p_MW", "label": "Martin, Edwin W.", "source": f"{VOLUME}, list of persons: an officer."},
]  # fmt: skip


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A linked register that names two Martins of a directory by way of its list, and a consul by himself."""
    folder = tmp_path_factory.mktemp("matching") / "register"
    mentions = [
        {"record": f"{VOLUME}/1", "n": n, "surface": "X", "kind": "person", "entity": row["key"]}
        for n, row in enumerate(PERSONS, 1)
        if row["key"].startswith(VOLUME)
    ]
    write_register(folder, [telegram("1", source=VOLUME)], persons=PERSONS, mentions=mentions)
    link(folder, folder)
    return folder


def ask(register: Path, query: str, **said: Any) -> list[dict[str, Any]]:
    """The candidates of one query."""
    return pipeline.match_names(register, {"q0": {"query": query} | said})["q0"]["result"]


def known(**values: str) -> list[dict[str, str]]:
    return [{"pid": pid, "v": value} for pid, value in values.items()]


@pytest.mark.parametrize("name", ["Martin, Edwin M.", "Edwin M. Martin", "Ambassador Edwin M. Martin"])
def test_a_whole_name_in_either_order_is_a_match(register: Path, name: str) -> None:
    """Who leads clearly is a match; the entry of the list that is linked with him is not told as another person."""
    first, *others = ask(register, name, type="person")
    assert (first["id"], first["name"], first["match"]) == ("person:3", "Edwin M. Martin", True)
    assert first["type"] == [{"id": "person", "name": "Person"}]
    assert all(other["score"] < first["score"] and not other["match"] for other in others)


def test_what_fits_two_is_no_match(register: Path) -> None:
    """A name that two bear gives both, and neither is a match; a year of birth, where known, tells them apart."""
    found = ask(register, "Edwin Martin", type="person")
    assert {candidate["id"] for candidate in found} == {"person:3", "person:4"}
    assert not any(candidate["match"] for candidate in found)
    (other,) = ask(register, "Edwin Martin", type="person", properties=known(born="1917"))
    assert (other["id"], other["match"]) == ("person:4", True)


def test_only_what_is_published_is_a_candidate(register: Path) -> None:
    """A person of a directory whom nothing names is not offered; one whom only the list has is, with what it says."""
    assert ask(register, "Named, Nobody", type="person") == []
    (found,) = ask(register, "Ferdinand Quux", type="person")
    assert found["id"] == f"person:{VOLUME}#p_QX"
    assert "a consul" in found["description"]


def test_features_say_what_the_score_is_made_of(register: Path) -> None:
    """The name counts, and a year in which the person was named adds to it."""
    (plain, *_), (dated, *_) = (
        ask(register, "Edwin M. Martin", type="person", **said) for said in ({}, {"properties": known(date="1962")})
    )
    value = {feature["id"]: feature["value"] for feature in dated["features"]}
    assert value["name"] == plain["features"][0]["value"] > 0
    assert set(value) == {"name", "years and offices"}


@pytest.mark.parametrize(
    ("query", "kind", "day", "id_"),
    [
        ("Department of State", "post", None, "post:department-of-state"),
        ("Mission to the United Nations", "post", None, "post:usun"),
        ("Cuba", "states", None, "https://w3id.org/diplomatic-records/vocabulary/states/cuba"),
    ],
)  # fmt: skip
def test_labels_are_matched(register: Path, query: str, kind: str, day: str | None, id_: str) -> None:
    """Whatever bears the very form, and alone, is a match; what is like it is none."""
    first = ask(register, query, type=kind)[0]
    assert (first["id"], first["score"], first["match"]) == (id_, 100.0, True)
    assert not any(candidate["match"] for candidate in ask(register, f"{query} x", type=kind))


def test_a_batch_is_answered_by_its_keys(register: Path) -> None:
    """Each query has its answer; a limit holds; a query without a name finds nothing."""
    batch = {"a": {"query": "Martin", "limit": 1}, "b": {"properties": known(office="consul")}, "c": {"query": "  "}}
    answer = pipeline.match_names(register, batch)
    assert [(key, len(found["result"])) for key, found in answer.items()] == [("a", 1), ("b", 0), ("c", 0)]
    assert pipeline.match_names(register, {}) == {}


@pytest.mark.parametrize(
    ("batch", "message"),
    [
        ([], "a batch of queries is a JSON object"),
        ({"q0": {}}, r"\[q0\] is no query"),
        ({"q0": {"query": 5}}, r"\[q0.query\] is no text"),
        ({"q0": {"query": "x", "type": "ship"}}, r"\[q0.type\].*types are person, post"),
        ({"q0": {"query": "x", "limit": 0}}, r"\[q0.limit\]"),
        ({"q0": {"query": "x", "type_strict": "most"}}, r"\[q0.type_strict\]"),
        ({"q0": {"query": "x", "properties": [{"pid": "colour", "v": "red"}]}}, "'colour' is no property"),
        ({"q0": {"query": "x", "properties": [{"pid": "born"}]}}, "has no pid or no v"),
        ({"q0": {"query": "x", "kind": "person"}}, "is no field of a query"),
    ],
)  # fmt: skip
def test_what_is_no_query_is_refused(register: Path, batch: object, message: str) -> None:
    """The error names the query and its field."""
    with pytest.raises(InputError, match=message):
        pipeline.match_names(register, batch)


def test_nothing_has_two_types(register: Path) -> None:
    assert ask(register, "Cuba", type=["states", "regions"], type_strict="all") == []


def test_the_command_answers_on_standard_output(register: Path) -> None:
    """A batch comes from a file or standard input; the manifest has what the specification asks for."""
    done = CliRunner().invoke(cli, ["reconcile", str(register)], input='{"q0": {"query": "Cuba", "type": "states"}}')
    assert json.loads(done.stdout)["q0"]["result"][0]["match"] is True
    refused = CliRunner().invoke(cli, ["reconcile", str(register)], input="{\n]")
    assert "no JSON" in str(refused.exception) and getattr(refused.exception, "line", None) == 2
    said = CliRunner().invoke(cli, ["reconcile", str(register), "--manifest", "--quiet"])
    described = json.loads(said.stdout)
    assert described["versions"] == ["0.2"] and {"name", "identifierSpace", "schemaSpace"} <= set(described)
    assert manifest("n", "https://example.org/", "https://example.org/view?id={{id}}")["view"]["url"].endswith("{{id}}")


def test_a_register_that_is_not_linked_answers_nothing(tmp_path: Path) -> None:
    plain = write_register(tmp_path / "register", [telegram("1")])
    with pytest.raises(InputError, match="is no linked register"):
        pipeline.match_names(plain, {})
