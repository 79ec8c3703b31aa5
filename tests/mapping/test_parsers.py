"""What hostile values become is read by parsers of other makes, and means the same in each: serdi, rapper, pyoxigraph, rdflib."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
from mapped import one_map, quads, run, run_in
from test_sql import HOSTILE

from cablegraph.errors import InputError

#: Characters that a parser cannot hold, though N-Triples has them: raptor ends texts at NUL and refuses noncharacters.
CANNOT_HOLD = {"rapper": ("\0", "\ufffe", "\uffff", "\U0010ffff"), "serdi": ()}
RIGHT_TO_LEFT = ["\u202eevil\u202c", "\u0645\u0643\u062a\u0648\u0645", "\u2067x\u2069", "abc\u200f"]
VALUES = [*HOSTILE, *RIGHT_TO_LEFT, "http://ex.org/ <not an IRI>", "<http://ex.org/in a literal>", "_:b0", "@en", "^^<x:y>", "a\r\nb\r", "N/A", "NULL", "NaN"]  # fmt: skip


def read_by(program: str, text: str, folder: Path) -> set[ox.Quad]:
    """The quads that a program reads, written anew by it."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    (folder / "given.nt").write_bytes(text.encode())
    options = (
        ["-q", "-o", "ntriples", "-i", "ntriples"] if program == "rapper" else ["-o", "ntriples", "-i", "ntriples"]
    )
    done = subprocess.run([program, *options, str(folder / "given.nt")], check=False, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b""), done.stderr.decode()[:500]
    return quads(done.stdout.decode())


@pytest.mark.parametrize("program", CANNOT_HOLD)
def test_other_parsers_read_the_same(program: str, tmp_path: Path) -> None:
    """Literals, IRIs and languages of hostile values are read by other parsers as pyoxigraph reads them."""
    values = [value for value in VALUES if not any(mark in value for mark in CANNOT_HOLD[program])]
    rows = [{"id": str(number), "v": value} for number, value in enumerate(values)]
    mapping = one_map(
        "[ex:p, $(v)]",
        "[ex:q, 'ex:k/$(v)~iri']",
        "[ex:r, $(v)~iri]",
        "[ex:s, $(v), en~lang]",
        "[ex:t, 'a $(v) b', ex:type]",
    )
    text = run(mapping, rows, ending="nt")
    found = quads(text)
    assert read_by(program, text, tmp_path) == found
    literals = {quad.subject.value: quad.object.value for quad in found if quad.predicate.value.endswith("/p")}
    assert literals == {f"http://ex.org/{row['id']}": row["v"] for row in rows}


@pytest.mark.parametrize("program", CANNOT_HOLD)
def test_blank_nodes_of_hostile_values_are_read_by_other_parsers(program: str, tmp_path: Path) -> None:
    """The label of a blank node is one that every parser takes, whatever the value; as many come out as went in."""
    values = [value for value in VALUES if len(value) < 1000]
    text = run(one_map("[ex:p, ex:o]", subject="_:$(id)"), [{"id": value} for value in values], ending="nt")
    assert len({quad.subject for quad in read_by(program, text, tmp_path)}) == len(set(values))


@pytest.mark.parametrize("form", ["csv", "json"])
def test_half_of_a_character_never_gets_out(tmp_path: Path, form: str) -> None:
    """A lone surrogate is no text: in JSON as an escape, in CSV as bytes, it ends the run with the file's name."""
    if form == "csv":
        (tmp_path / "a.csv").write_bytes(b"id,v\n1,\xed\xa0\x80\n")
    else:
        (tmp_path / "a.json").write_text(json.dumps([{"id": 1, "v": "\ud800"}]))
    iterator = ", '$[*]'" if form == "json" else ""
    with pytest.raises(InputError) as caught:
        run_in(
            tmp_path,
            one_map("[ex:p, $(v)]")
            .replace("rows.parquet~parquet", f"a.{form}~{form}")
            .replace("]]\n    s:", f"{iterator}]]\n    s:"),
        )
    assert caught.value.file == f"a.{form}"
    assert not (tmp_path / "out.nq").exists()


def test_words_that_other_tools_take_for_nothing_are_text(tmp_path: Path) -> None:
    """NA, nan, None, null and NULL of a CSV file are words; only an empty cell is no value."""
    words = ["NA", "N/A", "nan", "NaN", "None", "null", "NULL", "-", "", " ", "0", "false"]
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["id", "v"], *([str(n), word] for n, word in enumerate(words))])
    text = run_in(tmp_path, one_map("[ex:p, $(v)]").replace("rows.parquet~parquet", "a.csv~csv"))
    assert sorted(quad.object.value for quad in quads(text)) == sorted(word for word in words if word)
