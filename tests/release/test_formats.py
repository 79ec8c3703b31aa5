"""The formats of dumps: whatever the quads hold, every parser reads the same from each."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Dataset, Graph

from cablegraph import quads, relations
from cablegraph.errors import InputError
from cablegraph.release.dumps import write_dumps
from cablegraph.release.formats import FORMATS
from registers import publication

BASE = "https://example.org/sample/"
XSD = "http://www.w3.org/2001/XMLSchema#"
NAMED = ("nq", "trig", "jsonld")
#: Namespaces, also ours, and schemes that look like prefixes of ours.
NAMESPACES = (
    BASE, f"{BASE}record/", f"{BASE}record/x#", "http://ex.org/", "http://ex.org/a/../b/", "https://example.org/", "urn:x:", "dipl:", "schema:", "posts:x/",
    "https://w3id.org/diplomatic-records/ontology#", "https://w3id.org/diplomatic-records/vocabulary/posts/", XSD,
)  # fmt: skip
STEPS = ("a", "Z9", "7", "-", "_", ".", "..", "~", "/", "?", "é", "漢", "𝄞", "%25", "%2F", ":", "(", ")", "'", "&", "!", "*", ",", ";", "=", "@", "\u200f", "x.y", "record")  # fmt: skip
IRIS = st.builds(
    "<{}{}>".format, st.sampled_from(NAMESPACES), st.lists(st.sampled_from(STEPS), max_size=6).map("".join)
)
#: What may stand between the quotes of a literal, in every spelling that N-Quads allows.
PIECES = (
    "a", " ", "\\n", "\\r", "\\t", "\\\\", '\\"', "'", "\\'", "\\\\n", "\\\\u0041", "\\u0041", "\\u000A", "\\u000d", "\\U0001F600", "\\U00000022", "\\u005C", "\t", "\x7f", "\u0085",
    "\u2028", "\ufeff", "\u200f", "\u202e", "e\u0301", "😀", "漢", "&", "&amp;", "<", ">", "]]>", "<!--", "^^", "^^<http://x>", "@en", " .", " ;", "{", "}", "@prefix", "\\r\\n",
)  # fmt: skip
CONTROLS = (
    "\\u0000",
    "\\u0001",
    "\x01",
    "\x0b",
    "\x1f",
    "\\b",
    "\\f",
    "\\U00000001",
    "\\u000B",
    "\\uFFFE",
    "\uffff",
    "\\u0008",
)
TYPES = st.sampled_from([f"<{XSD}integer>", f"<{XSD}date>", "<http://ex.org/type>", "<urn:t>", "<dipl:type>"])


def literals(pieces: Sequence[str]) -> st.SearchStrategy[str]:
    text = st.lists(st.sampled_from(pieces), max_size=8).map("".join)
    return st.one_of(
        st.builds('"{}"'.format, text),
        st.builds('"{}"@{}'.format, text, st.sampled_from(["en", "EN-us", "zh-Hant-TW", "X-own"])),
        st.builds('"{}"^^{}'.format, text, TYPES),
        st.sampled_from([f'"01"^^<{XSD}integer>', f'"1962-11-19T00:00:00+00:00"^^<{XSD}dateTime>', f'"+1.50"^^<{XSD}decimal>']),
    )  # fmt: skip


def lines(predicates: st.SearchStrategy[str], pieces: Sequence[str]) -> st.SearchStrategy[list[str]]:
    objects = st.one_of(IRIS, literals(pieces))
    graphs = st.sampled_from(["", f" <{BASE}graph/a>", f" <{BASE}graph/A>", " <urn:g>"])
    types = st.builds(lambda s, o, g: f"{s} {quads.RDF_TYPE} {o}{g} .\n", IRIS, IRIS, graphs)
    return st.lists(
        st.one_of(types, st.builds("{} {} {}{} .\n".format, IRIS, predicates, objects, graphs)), min_size=1, max_size=20
    )


PROPERTIES = st.builds(
    "<{}{}>".format,
    st.sampled_from(["http://ex.org/", "http://ex.org/7", "urn:x:", "http://ex.org/?a&b=", "https://w3id.org/diplomatic-records/ontology#"]),
    st.sampled_from(["a", "label", "sentAt", "pageCount", "_x.y-z", "é", "漢.", "hasEvent", "fromPost"]),
)  # fmt: skip


def dumped(
    folder: Path, given_lines: Iterable[str], dumps: Sequence[str] = tuple(FORMATS), **values: Any
) -> dict[str, Path]:
    """Load lines and write the dumps of them; the first file of each format."""
    (folder / "in.nq").write_text("".join(given_lines), encoding="utf-8", newline="")
    with relations.connect([folder]) as db:
        quads.load_quads(db, quads.file_lines(folder / "in.nq"))
        settings = {"name": "d", "base": BASE, "dumps": tuple(dumps), "sources": ()} | values
        found = write_dumps(db, folder, publication(folder, **settings))
    return {ending: folder / next(dump.path for dump in found if f".{ending}" in dump.path) for ending in dumps}


def parsed(path: Path, ending: str) -> set[Any]:
    """What pyoxigraph reads: quads of a format with graphs, else triples."""
    found = set(ox.parse(path=str(path), format=quads.rdf_format(path)))
    return found if ending in NAMED else {quad.triple for quad in found}


def parsed_by_rdflib(path: Path, ending: str) -> set[Any]:
    form = {"ttl": "turtle", "nq": "nquads", "jsonld": "json-ld", "rdf": "xml"}.get(ending, ending)
    if ending not in NAMED:
        return set(Graph().parse(path, format=form))
    dataset = Dataset().parse(path, format=form)
    return {(s, p, o, None if "default" in str(g) else g) for s, p, o, g in dataset.quads()}


def assert_the_same(folder: Path, given_lines: list[str], endings: Sequence[str]) -> None:
    out = dumped(folder, given_lines, endings)
    for parse in (parsed, parsed_by_rdflib):
        expected = {ending: parse(out[ending], ending) for ending in ("nq", "nt")}
        for ending in endings:
            assert parse(out[ending], ending) == expected["nq" if ending in NAMED else "nt"], ending
    (folder / "in.nq").unlink()


@given(lines(IRIS, PIECES + CONTROLS))
@settings(max_examples=20, deadline=None)
def test_every_parser_reads_the_same_from_every_format(given_lines: list[str]) -> None:
    """Pyoxigraph and rdflib read from Turtle, TriG and JSON-LD what they read from N-Quads and N-Triples, whatever the terms hold."""
    with tempfile.TemporaryDirectory() as name:
        assert_the_same(Path(name), given_lines, ("ttl", "nq", "nt", "trig", "jsonld"))


@given(lines(PROPERTIES, PIECES))
@settings(max_examples=12, deadline=None)
def test_rdfxml_holds_the_same(given_lines: list[str]) -> None:
    """The same is read from RDF/XML, where properties end in names and texts hold what XML knows."""
    with tempfile.TemporaryDirectory() as name:
        assert_the_same(Path(name), given_lines, ("nq", "nt", "rdf"))


@pytest.mark.parametrize(
    ("predicate", "value", "message"),
    [
        ("http://ex.org/7", '"x"', r"no element for the property <http://ex\.org/7>"),
        ("http://ex.org/", '"x"', r"no element for the property <http://ex\.org/>"),
        (f"{quads.RDF_TYPE[1:-5]}li", '"x"', "no element for the property"),
        ("http://ex.org/p", '"\\u0001"', "control character in the value of <http://ex.org/p> of <urn:s>"),
        ("http://ex.org/p", '"\x0b"@en', "control character"),
        ("http://ex.org/p", '"\\\\\\u000B"', "control character"),
        ("http://ex.org/p", '"\\f"', "control character"),
        ("http://ex.org/p", '"\\uFFFF"', "control character"),
        ("http://ex.org/p", "_:a:b", "blank node"),
    ],
)  # fmt: skip
def test_what_xml_cannot_say_is_refused(tmp_path: Path, predicate: str, value: str, message: str) -> None:
    """A property without a name at its end, a character that XML has not, and a label that is no name are errors, and name the place."""
    with pytest.raises(InputError, match=message) as caught:
        dumped(tmp_path, [f"<urn:s> <{predicate}> {value} .\n"], ("rdf",))
    assert caught.value.hint == "take rdf out of dumps"


def test_a_backslash_before_a_letter_is_no_control_character(tmp_path: Path) -> None:
    """An escaped backslash with a letter behind it is text, in XML too."""
    out = dumped(tmp_path, ['<urn:s> <http://ex.org/p> "\\\\u0001 \\\\b\\\\\\\\f" .\n'], ("nt", "rdf"))
    assert parsed(out["rdf"], "rdf") == parsed(out["nt"], "nt")


#: Without the escaped apostrophe, which rapper does not know in N-Triples and nobody writes.
HOSTILE = [
    f'<{BASE}record/{number}> <http://ex.org/p> "a <x> . {piece} {number}"{tag} <{BASE}graph/{number % 2}> .\n'
    for number, (piece, tag) in enumerate(
        (piece, tag) for piece in PIECES if piece != "\\'" for tag in ("", "@en-GB", f"^^<{XSD}token>")
    )
] + [f"<{BASE}record/a({n})%20b> <http://ex.org/p.{n}> <{BASE}x?a=1&b#{n}> .\n" for n in range(3)]
PARSERS = {
    "rapper": (["-q", "-o", "ntriples", "-i"], {"ttl": "turtle", "nt": "ntriples", "rdf": "rdfxml", "nq": "nquads"}),
    "serdi": (["-o", "nquads", "-i"], {"ttl": "turtle", "nt": "ntriples", "nq": "nquads", "trig": "trig"}),
}


@pytest.mark.parametrize("program", PARSERS)
def test_other_parsers_read_the_same(tmp_path: Path, program: str) -> None:
    """The parsers in C read from each format that they know what pyoxigraph reads from N-Quads, where they are installed."""
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed")
    options, forms = PARSERS[program]
    out = dumped(tmp_path, HOSTILE)
    for ending, form in forms.items():
        text = subprocess.run([path, *options, form, str(out[ending])], capture_output=True, check=True).stdout
        found = set(ox.parse(text, format=ox.RdfFormat.N_QUADS))
        if program == "serdi" and ending in NAMED:
            assert found == parsed(out["nq"], "nq"), ending
        else:  # rapper has no graphs in what it writes
            assert {quad.triple for quad in found} == parsed(out["nt"], "nt"), ending


def test_lexical_forms_pass_through(tmp_path: Path) -> None:
    """Lexical forms that a store would rewrite, and language tags in capitals, come out as they went in, in every format."""
    forms = [f'"007"^^<{XSD}integer>', f'"1962-11-19T00:00:00+00:00"^^<{XSD}dateTime>', '"x"@EN-us', '"24:00:00"']
    out = dumped(tmp_path, [f"<{BASE}a> <http://ex.org/p> {form} <{BASE}g> .\n" for form in forms])
    for ending, path in out.items():
        text = path.read_text(encoding="utf-8")
        assert all(form in text for form in ("007", "1962-11-19T00:00:00+00:00", "EN-us", "24:00:00")), ending


def test_turtle_is_grouped_by_record(tmp_path: Path) -> None:
    """Turtle has one block a subject, a record before its fragments, types first, predicates in order, prefixes, and lines as lines."""
    given_lines = [
        f'<{BASE}record/x#sent> <http://ex.org/p> "1" .\n', f'<{BASE}record/x> <http://ex.org/b> "2" <{BASE}g> .\n',
        f'<{BASE}record/x> <http://ex.org/b> "1" <{BASE}g> .\n', f"<{BASE}record/x> {quads.RDF_TYPE} <http://purl.org/dc/terms/Agent> <{BASE}g> .\n",
        f'<{BASE}record/x> <http://ex.org/a> "He said \\"no\\".\\n\\tTwice \\\\n \\"\\"\\"\\""@en <{BASE}g> .\n', f'<{BASE}record/x> <http://ex.org/b> "2" <{BASE}h/> .\n',
        f'<{BASE}record/w> <http://www.w3.org/2000/01/rdf-schema#label> "01"^^<{XSD}integer> .\n',
    ]  # fmt: skip
    out = dumped(tmp_path, given_lines, ("ttl", "trig", "nq"))
    head, _, body = out["ttl"].read_text().partition("\n\n")
    text = r'He said "no".' + "\n" + r"\tTwice \\n \"\"\"\""
    assert head.startswith(f"@base <{BASE}> .\n@prefix captions: ")
    assert body == (
        '<record/w> rdfs:label "01"^^xsd:integer .\n\n'
        f'<record/x> a dcterms:Agent ;\n    <http://ex.org/a> """{text}"""@en ;\n    <http://ex.org/b> "1" ,\n        "2" .\n\n'
        '<record/x#sent> <http://ex.org/p> "1" .\n'
    )
    assert out["trig"].read_text().partition("\n\n")[2] == (
        '{\n\n    <record/w> rdfs:label "01"^^xsd:integer .\n\n    <record/x#sent> <http://ex.org/p> "1" .\n\n}\n\n'
        f'<g> {{\n\n    <record/x> a dcterms:Agent ;\n        <http://ex.org/a> """{text}"""@en ;\n        <http://ex.org/b> "1" ,\n            "2" .\n\n}}\n\n'
        '<h/> {\n\n    <record/x> <http://ex.org/b> "2" .\n\n}\n'
    )
    assert parsed(out["trig"], "trig") == parsed(out["nq"], "nq")


def test_jsonld_says_things_shortly(tmp_path: Path) -> None:
    """JSON-LD has an object a subject, types first, values as the context allows, and its context within."""
    ours = "https://w3id.org/diplomatic-records/ontology#"
    given_lines = [
        f"<{BASE}record/x> {quads.RDF_TYPE} <{ours}Telegram> <{BASE}graph/a> .\n", f"<{BASE}record/x> <{ours}fromPost> <{BASE}agent/y> <{BASE}graph/a> .\n",
        f'<{BASE}record/x> <{ours}pageCount> "02"^^<{XSD}int> <{BASE}graph/a> .\n', f'<{BASE}record/x> <http://ex.org/p> <{BASE}record/a:b> <{BASE}graph/a> .\n',
        f'<{BASE}record/x> <{ours}messageNumber> "1" <{BASE}graph/a> .\n', f'<{BASE}record/x> <{ours}messageNumber> "2"@en <{BASE}graph/a> .\n', f'<{BASE}record/y> <urn:p> "z" .\n',
    ]  # fmt: skip
    document = json.loads(dumped(tmp_path, given_lines, ("jsonld",))["jsonld"].read_text(encoding="utf-8"))
    assert document["@context"]["@base"] == BASE
    assert document["@graph"] == [
        {"@id": "record/y", "urn:p": "z"},
        {"@id": "graph/a", "@graph": [{
            "@id": "record/x", "@type": "dipl:Telegram", "http://ex.org/p": {"@id": f"{BASE}record/a:b"}, "dipl:fromPost": "agent/y",
            "dipl:messageNumber": ["1", {"@value": "2", "@language": "en"}], "dipl:pageCount": "02",
        }]},
    ]  # fmt: skip


@pytest.mark.parametrize(
    "base",
    ["https://example.org/sample#", "https://example.org/a/../b/", "https://example.org/?q=/", "https://example.org/"],
)
def test_relative_iris_resolve_to_themselves(tmp_path: Path, base: str) -> None:
    """IRIs resolve to what they are, whatever the base is and whatever looks like a dot segment or a scheme."""
    names = [
        "record/x", "record/a/../b", "record/./b", "record/b/..", "record/b/.", "record//b", "dataset", "x:y", "record/a:b", "record/a#x/../y", "a?b/../c", "urn/x:y",
    ]  # fmt: skip
    given_lines = [
        f"<{base}{name}> <http://ex.org/p> <{base}{name}> .\n"
        for name in names
        if base.count("#") + name.count("#") < 2
    ]
    out = dumped(tmp_path, given_lines, base=base)
    for ending, path in out.items():
        assert {getattr(q, "triple", q) for q in parsed(path, ending)} == parsed(out["nt"], "nt"), ending


@pytest.mark.parametrize(
    "place",
    [
        "<dipl:x> <urn:p> <urn:o>",
        "<urn:s> <dipl:x> <urn:o>",
        "<urn:s> <urn:p> <dipl:x>",
        '<urn:s> <urn:p> "x"^^<dipl:x>',
    ],
)
def test_a_scheme_that_looks_like_a_prefix_is_none(tmp_path: Path, place: str) -> None:
    """An IRI whose scheme is called as one of our prefixes stays what it is, wherever it stands."""
    out = dumped(
        tmp_path,
        [f"{place} .\n", f"<urn:s> {quads.RDF_TYPE} <https://w3id.org/diplomatic-records/ontology#Telegram> .\n"],
    )
    for ending, path in out.items():
        assert {quad.triple for quad in ox.parse(path=str(path), format=quads.rdf_format(path))} == parsed(
            out["nt"], "nt"
        ), ending


def test_nothing_makes_empty_files(tmp_path: Path) -> None:
    """No quads make dumps without any, which all parse."""
    for ending, path in dumped(tmp_path, []).items():
        assert parsed(path, ending) == parsed_by_rdflib(path, ending) == set()


def test_blank_nodes_pass(tmp_path: Path) -> None:
    """Blank nodes, which our own quads never hold, pass through all formats."""
    out = dumped(
        tmp_path,
        ["_:a <http://ex.org/p> _:7 _:g .\n", f"<{BASE}x> <http://ex.org/p> _:a .\n", f"_:a {quads.RDF_TYPE} _:t .\n"],
    )
    for ending, path in out.items():
        dataset, plain = (
            ox.Dataset(ox.Quad(q.subject, q.predicate, q.object, q.graph_name if ending in NAMED else ox.DefaultGraph())
                       for q in ox.parse(path=str(file), format=quads.rdf_format(file)))
            for file in (path, out["nq"])
        )  # fmt: skip
        for each in (dataset, plain):
            each.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        assert dataset == plain, ending
