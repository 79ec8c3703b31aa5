"""Of a source without a licence only identifiers and links are published."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from published import GOOD, HEADER, quads_of

from cablegraph import pipeline
from cablegraph.publication import Publication, read_publication

CONFIG = """
text = "full"
[publication]
name = "two"
title = "Two sources"
description = "One with a licence, one without."
base = "https://two.example/"
licence = "https://creativecommons.org/publicdomain/zero/1.0/"
[publication.publisher]
name = "An archive"
[[source]]
reader = "sheet"
path = "open.csv"
licence = "https://creativecommons.org/publicdomain/zero/1.0/"
[[source]]
reader = "sheet"
path = "closed.csv"
[release]
tables = ["csv"]
"""
CLOSED = [
    "1,1862,incoming,USUN,Department of State,1962-11-19,Ombu,Top Secret,737.56/11-1962",
    "2,1900,incoming,Mission of Quizzaro,Department of State,1962-11-30,Ombu,Secret,737.56/11-3062",
    "3,,,Quizzaro,Ombu,1962-11-30,Ombu,Secret,",
]
WORDS = ("quizzaro", "ombu", "top secret", "top-secret")


def two(folder: Path, more: str = "") -> Publication:
    (folder / "open.csv").write_text(HEADER + GOOD + "\n", encoding="utf-8")
    (folder / "closed.csv").write_text(HEADER + "\n".join(CLOSED) + "\n", encoding="utf-8")
    (folder / "cablegraph.toml").write_text(CONFIG + more, encoding="utf-8")
    return read_publication(folder / "cablegraph.toml", folder)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("licences")
    pipeline.publish(two(folder), folder / "out", pipeline.Options())
    return folder / "out"


def test_no_word_of_it_is_in_any_file(released: Path) -> None:
    for path in sorted(released.rglob("*")):
        if path.is_file() and not {"ontology", "queries.html"} & set(path.relative_to(released).parts):
            said = path.read_text(encoding="utf-8").lower()
            assert [word for word in WORDS if word in said] == [], path


def test_its_records_are_known_by_their_identifiers(released: Path) -> None:
    said = {
        (q.subject.value, q.predicate.value.rsplit("#")[-1], getattr(q.object, "value", ""))
        for q in quads_of(released / "dumps" / "two.nq")
    }
    numbers = {value for _, property_, value in said if property_ == "messageNumber"}
    assert {"1862", "1900"} <= numbers
    assert json.loads((released / "manifest.json").read_text(encoding="utf-8"))["counts"]["documents"] == 4


def test_a_record_that_another_source_shows_has_what_that_source_says(released: Path) -> None:
    """The licensed register entry and the unlicensed one are one telegram; its values are those of the licensed one."""
    iri = "https://two.example/record/in.usun.1862.1962-11-19"
    about = {
        (q.predicate.value.rsplit("#")[-1], getattr(q.object, "value", ""))
        for q in quads_of(released / "dumps" / "two.nq")
        if q.subject.value == iri
    }
    assert ("fromText", "USUN") in about
    assert any("classification/secret" in value for _, value in about)


def test_the_publisher_may_opt_in(tmp_path: Path) -> None:
    given = two(tmp_path)
    pipeline.publish(replace(given, unlicensed="full"), tmp_path / "out", pipeline.Options())
    assert "Quizzaro" in (tmp_path / "out" / "dumps" / "two.nq").read_text(encoding="utf-8")
    assert two(tmp_path, 'unlicensed = "full"\n').unlicensed == "full"


def test_sources_named_by_hand_go_under_the_licence_of_the_publication(tmp_path: Path) -> None:
    given = two(tmp_path)
    assert given.unlicensed == "links"
    assert given.with_sources(given.sources).unlicensed == "full"
