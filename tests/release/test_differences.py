"""What differs between two dumps is told exactly, whatever they hold."""

from __future__ import annotations

import csv
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.cli import cli
from cablegraph.errors import InputError
from cablegraph.release.changes import RECORD, write_changes
from cablegraph.release.differences import Difference, comparable, differences, order_of

TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
SUBJECTS = st.sampled_from([f"<https://x.org/{name}>" for name in ("a", "a#b", "a#b/c", "a.b", "ab", "b", "b#", "é")])
PREDICATES = st.sampled_from([TYPE, "<https://x.org/p>", "<https://x.org/p2>", "<http://a.org/>"])
OBJECTS = st.sampled_from(
    ['"a"', '"a"@en', '"a"@en-GB', '"a"^^<https://x.org/t>', '"a b ."', '"a\\"b"', "<https://x.org/b>"]
)
GRAPHS = st.sampled_from(["", "<https://x.org/g> ", "<https://x.org/h> "])
LINES = st.sets(
    st.builds(lambda s, p, o, g: f"{s} {p} {o} {g}.\n".encode(), SUBJECTS, PREDICATES, OBJECTS, GRAPHS), max_size=40
)


def in_order(lines: set[bytes]) -> list[bytes]:
    return sorted(lines, key=order_of)


@given(LINES, LINES)
def test_what_is_added_and_removed_makes_the_new_of_the_old(old: set[bytes], new: set[bytes]) -> None:
    found = list(differences(in_order(old), in_order(new)))
    added = {line for each in found for line in each.added}
    removed = {line for each in found for line in each.removed}
    assert (added, removed) == (new - old, old - new)
    assert len({each.resource for each in found}) == len(found)


@given(LINES, LINES)
def test_a_resource_is_created_where_the_old_had_nothing_of_it_and_deleted_where_the_new_has_nothing(
    old: set[bytes], new: set[bytes]
) -> None:
    def has(lines: set[bytes], each: Difference) -> bool:
        own = each.resource.rstrip(">").encode()
        return any(line.partition(b" ")[0].rstrip(b">").partition(b"#")[0] == own for line in lines)

    for each in differences(in_order(old), in_order(new)):
        expected = "changed" if has(old, each) and has(new, each) else "created" if has(new, each) else "deleted"
        assert each.change == expected


def test_quads_that_are_in_no_order_are_refused_rather_than_told_wrongly() -> None:
    lines = [f"<https://x.org/{name}> <https://x.org/p> <https://x.org/o> .\n".encode() for name in "abc"]
    with pytest.raises(InputError, match="not in order"):
        list(differences([lines[2], lines[0], lines[1]], lines))


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_files_of_any_format_are_compared_as_what_they_say(tmp_path: Path) -> None:
    """One graph in Turtle and in RDF/XML, blank nodes and relative IRIs included, does not differ."""
    turtle = write(
        tmp_path / "one.ttl", '<a> <https://x.org/p> [ <https://x.org/q> "1", "2"@en ] . <b> a <https://x.org/C> .'
    )
    graph = list(ox.parse(path=str(turtle), base_iri="file:///"))
    ox.serialize(graph[::-1], str(tmp_path / "two.rdf"), format=ox.RdfFormat.RDF_XML)
    assert not write_changes(*comparable(turtle, tmp_path / "two.rdf", tmp_path), tmp_path / "changes", tmp_path)


def test_where_one_has_no_graphs_the_triples_are_compared(tmp_path: Path) -> None:
    named = write(
        tmp_path / "one.nq",
        "<http://x/a> <http://x/p> <http://x/b> <http://x/g> .\n<http://x/a> <http://x/p> <http://x/b> <http://x/h> .\n",
    )
    plain = write(tmp_path / "two.nt", "<http://x/a> <http://x/p> <http://x/b> .\n")
    assert not write_changes(*comparable(named, plain, tmp_path), tmp_path / "changes", tmp_path)


def test_diff_tells_in_words_and_ends_with_1_where_something_differs(tmp_path: Path) -> None:
    record = "<http://x/1> a <https://www.ica.org/standards/RiC/ontology#Record> . "
    old = write(tmp_path / "old.ttl", record + '<http://x/1> <http://x/p> "a", "b" .')
    new = write(tmp_path / "new.ttl", record + '<http://x/1> <http://x/p> "a" . ' + record.replace("/1", "/2"))
    done = CliRunner().invoke(cli, ["diff", str(old), str(new), "--out", str(tmp_path / "changes")])
    assert done.exit_code == 1
    assert "records: 1 created, 1 changed, 0 deleted" in done.output
    assert (tmp_path / "changes" / "removed.nq").read_text(encoding="utf-8") == '<http://x/1> <http://x/p> "b" .\n'
    with (tmp_path / "changes" / "resources.csv").open(encoding="utf-8", newline="") as file:
        assert [(row["iri"], row["type"], row["change"]) for row in csv.DictReader(file)] == [
            ("http://x/1", RECORD, "changed"),
            ("http://x/2", RECORD, "created"),
        ]


def test_diff_of_a_thing_and_itself_ends_with_0(tmp_path: Path) -> None:
    old = write(tmp_path / "old.ttl", "<http://x/1> <http://x/p> <http://x/2> .")
    done = CliRunner().invoke(cli, ["diff", str(old), str(old)])
    assert (done.exit_code, done.output) == (0, "nothing differs\n")


def test_changes_are_written_over_nothing_else(tmp_path: Path) -> None:
    old = write(tmp_path / "old.ttl", "<http://x/1> <http://x/p> <http://x/2> .")
    (tmp_path / "full").mkdir()
    write(tmp_path / "full" / "mine.txt", "mine")
    done = CliRunner().invoke(cli, ["diff", str(old), str(old), "--out", str(tmp_path / "full")])
    assert isinstance(done.exception, InputError)
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]
