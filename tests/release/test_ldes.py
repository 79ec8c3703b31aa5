"""The event stream: pages of members, each with all that a release says of a resource."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_formats import IRIS, PIECES, literals

from cablegraph import quads, relations
from cablegraph.errors import InputError
from cablegraph.publication import Publication
from cablegraph.release.feeds.appearances import Appearance, Appearances
from cablegraph.release.feeds.ldes import MEMBERS_A_PAGE, write_ldes

ADDRESS = "https://feeds.example/"
STREAM = f"{ADDRESS}feeds/ldes/index.trig#stream"
AS, LDES, TREE = "https://www.w3.org/ns/activitystreams#", "https://w3id.org/ldes#", "https://w3id.org/tree#"
FIRST = Appearance("1.0.0", "2026-11-24T00:00:00Z")
SECOND = Appearance("1.1.0", "2026-12-24T00:00:00Z")


def stream(
    folder: Path,
    lines: Iterable[str],
    appearances: Appearances | None = None,
    before: Path | None = None,
    step: Path | None = None,
) -> Path:
    """Write the stream of these quads."""
    (folder / "in.nq").write_text("".join(lines), encoding="utf-8", newline="")
    with relations.connect([folder] if step is None else [folder, step]) as db:
        quads.load_quads(db, quads.file_lines(folder / "in.nq"))
        about = Publication(folder, base="https://example.org/sample/")
        write_ldes(db, folder / "ldes", about, appearances or Appearances(FIRST, (), ADDRESS), before, step)
    return folder / "ldes"


def step(folder: Path, resources: str, withdrawn: str = "") -> Path:
    """The files of a step that the stream is made from."""
    folder.mkdir(parents=True)
    (folder / "resources.csv").write_text(f"iri,type,change,added,removed\n{resources}", encoding="utf-8")
    (folder / "withdrawn.csv").write_text(f"subject,property\n{withdrawn}", encoding="utf-8")
    return folder


def parsed(path: Path) -> list[ox.Quad]:
    return list(ox.parse(path=str(path), format=ox.RdfFormat.TRIG))


def members(pages: Iterable[Path]) -> dict[str, tuple[str, str, set[ox.Triple]]]:
    """Kind, resource and triples of each member."""
    said: dict[str, dict[str, str]] = defaultdict(dict)
    triples: dict[str, set[ox.Triple]] = defaultdict(set)
    for quad in (quad for page in pages for quad in parsed(page)):
        if isinstance(quad.graph_name, ox.NamedNode):
            triples[quad.graph_name.value].add(quad.triple)
        else:
            said[quad.subject.value][quad.predicate.value] = quad.object.value
    rdf_type = quads.RDF_TYPE.strip("<>")
    return {
        member: (about[rdf_type].removeprefix(AS), about[f"{AS}object"], triples[member])
        for member, about in said.items()
        if f"{AS}object" in about
    }


LINES = st.lists(
    st.builds(
        "{} {} {}{} .\n".format,
        IRIS,
        st.sampled_from(["<http://ex.org/a>", "<http://ex.org/b>", quads.RDF_TYPE]),
        st.one_of(IRIS, literals(PIECES)),
        st.sampled_from(["", " <urn:g>", " <urn:h>"]),
    ),
    min_size=1,
    max_size=20,
)


@settings(max_examples=15, deadline=None)
@given(LINES)
def test_each_resource_is_one_member_with_all_its_triples(lines: list[str]) -> None:
    """Whatever the IRIs and texts: fragments go with their resource, and a triple of two graphs stands once."""
    expected: dict[str, set[ox.Triple]] = defaultdict(set)
    for quad in ox.parse("".join(lines), format=ox.RdfFormat.N_QUADS):
        expected[quad.subject.value.partition("#")[0]].add(quad.triple)
    with tempfile.TemporaryDirectory() as name:
        found = members(sorted((stream(Path(name), lines) / "1.0.0").glob("0*.trig")))
    assert len(found) == len(expected)
    assert {resource: triples for _, resource, triples in found.values()} == expected


def test_pages_have_a_fixed_number_of_members_and_are_found_from_the_root(tmp_path: Path) -> None:
    """The root tells the pages and the time of their members; each page tells that it stays as it is."""
    many = MEMBERS_A_PAGE + 1
    folder = stream(tmp_path, (f'<http://ex.org/{n:03}> <http://ex.org/a> "{n}" .\n' for n in range(many)))
    root = {(q.subject.value, q.predicate.value, q.object.value) for q in parsed(folder / "index.trig")}
    assert (STREAM, f"{TREE}view", f"{ADDRESS}feeds/ldes/index.trig") in root
    pages = ("0001.trig", "0002.trig")
    assert {o for _, p, o in root if p == f"{TREE}node"} == {f"{ADDRESS}feeds/ldes/1.0.0/{page}" for page in pages}
    assert {o for _, p, o in root if p == f"{TREE}value"} == {FIRST.time}
    assert {(p.removeprefix(LDES), o.removeprefix(AS)) for s, p, o in root if s == STREAM and p.startswith(LDES)} == {
        ("timestampPath", "published"), ("versionOfPath", "object"),
        ("versionCreateObject", "Create"), ("versionUpdateObject", "Update"), ("versionDeleteObject", "Delete"),
    }  # fmt: skip
    for path in (folder / "1.0.0").iterdir():
        stays = {q.subject.value for q in parsed(path) if q.predicate.value == f"{LDES}immutable"}
        assert stays == {f"{ADDRESS}feeds/ldes/1.0.0/{path.name}"}
    told = [
        {q.object.value for q in parsed(folder / "1.0.0" / page) if q.predicate.value == f"{TREE}member"}
        for page in pages
    ]
    assert [len(page) for page in told] == [MEMBERS_A_PAGE, 1]
    assert told[0] | told[1] == set(members(sorted((folder / "1.0.0").glob("0*.trig"))))


def test_a_tombstone_is_a_deletion_that_says_what_is_left(tmp_path: Path) -> None:
    line = f"<http://ex.org/x> {quads.RDF_TYPE} <{AS}Tombstone> .\n"
    [(kind, resource, triples)] = members([stream(tmp_path, [line]) / "1.0.0" / "0001.trig"]).values()
    assert (kind, resource, len(triples)) == ("Delete", "http://ex.org/x", 1)


def test_the_next_release_has_what_changed_and_keeps_the_pages(tmp_path: Path) -> None:
    """Created, changed, deleted; what is gone without a trace has no triples; a digest stands for what may not be named."""
    (tmp_path / "new").mkdir()
    first = '<http://ex.org/a> <http://ex.org/p> "1" .\n'
    before = stream(tmp_path, [first, '<http://ex.org/c> <http://ex.org/p> "3" .\n'])
    changed = (
        'http://ex.org/a,,changed,1,1\nhttp://ex.org/b,,created,1,0\nhttp://ex.org/c,,deleted,0,1\n"_:b",,created,1,0\n'
    )
    gone = step(tmp_path / "step", changed, "sha256:00,http://ex.org/p\nsha256:00,http://ex.org/q\n")
    lines = [first.replace('"1"', '"2"'), '<http://ex.org/b#x> <http://ex.org/p> "é\\n\\"" .\n']
    after = stream(tmp_path / "new", lines, Appearances(SECOND, (FIRST,), ADDRESS), before, gone)
    assert (after / "1.0.0" / "0001.trig").read_bytes() == (before / "1.0.0" / "0001.trig").read_bytes()
    found = members([after / "1.1.0" / "0001.trig"]).values()
    assert [(kind, resource, len(triples)) for kind, resource, triples in found] == [
        ("Update", "http://ex.org/a", 1), ("Create", "http://ex.org/b", 1), ("Delete", "http://ex.org/c", 0), ("Delete", "sha256:00", 0),
    ]  # fmt: skip
    times = [q.object.value for q in parsed(after / "index.trig") if q.predicate.value == f"{TREE}value"]
    assert times == [FIRST.time, FIRST.time, SECOND.time, SECOND.time]


def test_a_release_that_changes_no_resource_adds_no_page(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    lines = ['<http://ex.org/a> <http://ex.org/p> "1" .\n']
    before = stream(tmp_path, lines)
    gone = step(tmp_path / "step", "")
    after = stream(tmp_path / "new", lines, Appearances(SECOND, (FIRST,), ADDRESS), before, gone)
    assert sorted(path.name for path in after.iterdir()) == ["1.0.0", "index.trig"]
    assert (after / "index.trig").read_bytes() == (before / "index.trig").read_bytes()


def test_a_page_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    lines = ['<http://ex.org/a> <http://ex.org/p> "1" .\n']
    before = stream(tmp_path, lines)
    (before / "1.0.0" / "0001.trig").write_text("<a", encoding="utf-8")
    gone = step(tmp_path / "step", "", "http://ex.org/a,http://ex.org/p\n")
    with pytest.raises(InputError, match=r"the page of the earlier feed cannot be read"):
        stream(tmp_path / "new", lines, Appearances(SECOND, (FIRST,), ADDRESS), before, gone)
