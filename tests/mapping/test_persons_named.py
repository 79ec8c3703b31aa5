"""Whom a text names, where people have decided who is whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph import folders
from cablegraph.linking import link
from cablegraph.mapping import map_register, mapped_lines, read_mappings
from cablegraph.relations import connect
from registers import BASE, telegram, write_register


@pytest.mark.parametrize("predicate", ["skos:exactMatch", "owl:sameAs"])
def test_a_person_counts_as_whom_people_decided_it_to_be(tmp_path: Path, predicate: str) -> None:
    """The record represents the object of the accepted link, so that two volumes that name one person name one."""
    persons = [{"key": key, "label": "Quux, Ferdinand", "source": "a list"} for key in ("a#p_Q", "b#p_Q")]
    mention = {"record": "a/1", "n": 1, "surface": "Quux", "kind": "person", "entity": "a#p_Q"}
    register = write_register(tmp_path / "register", [telegram("1")], persons=persons, mentions=[mention])
    decisions = tmp_path / "decisions.sssom.tsv"
    decisions.write_text(
        f"subject_id\tpredicate_id\tobject_id\nperson:a#p_Q\t{predicate}\tperson:b#p_Q\n", encoding="utf-8"
    )
    link(register, register, mapping_sets=[decisions])
    out = tmp_path / "mapped"
    map_register(register, read_mappings(folders.MAPPINGS, BASE), out, text="none")
    with connect([out]) as db:
        lines = [
            line
            for (line,) in db.execute(f"FROM {mapped_lines(out)}").fetchall()
            if "hasContentWhichRepresents" in line
        ]
    assert [line.split()[2] for line in lines] == [f"<{BASE}person/b%23p_Q>"]
