"""The embedded store: a release or a dump, asked by SPARQL, and nothing from the network."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from cablegraph import store
from cablegraph.answers import Answer
from cablegraph.errors import InputError

QUADS = """<http://x/a> <http://x/p> "1" <http://x/g> .
<http://x/a> <http://x/p> "1" <http://x/h> .
<http://x/b> <http://x/p> "2"@en .
"""


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "d.nq"
    path.write_text(QUADS)
    return path


def count(dump: Path, query: str) -> list[str]:
    answer = store.select(store.open_store(dump), query)
    assert isinstance(answer, Answer)
    return sorted(cell.value for row in answer.rows for cell in row if cell)


def test_the_default_graph_holds_each_triple_once(dump: Path) -> None:
    """The default graph is all graphs together, each triple once; the named graphs stay."""
    assert count(dump, "SELECT (count(*) AS ?n) { ?s ?p ?o }") == ["2"]
    assert count(dump, "SELECT ?g { GRAPH ?g { ?s ?p ?o } }") == ["http://x/g", "http://x/h"]


def test_a_release_is_found_by_its_manifest(tmp_path: Path, dump: Path) -> None:
    """A release folder gives its N-Quads, else another dump; a folder without a manifest is none."""
    with pytest.raises(InputError, match=r"no manifest\.json"):
        store.dump_of(tmp_path)
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(InputError, match="holds no dump"):
        store.dump_of(tmp_path)
    (tmp_path / "dumps").mkdir()
    (tmp_path / "dumps" / "x.ttl").write_text("")
    assert [file.name for file in store.dump_of(tmp_path)] == ["x.ttl"]
    (tmp_path / "dumps" / "x.nq").write_text(QUADS)
    assert [file.name for file in store.dump_of(tmp_path)] == ["x.nq"]
    assert store.dump_of(dump) == (dump,)
    for name in ("none.nq", "none"):
        with pytest.raises(InputError, match="does not exist"):
            store.dump_of(tmp_path / name)


def test_broken_rdf_is_refused_with_its_line(tmp_path: Path) -> None:
    """RDF that is not valid is refused with file and line, by the store and by the reader of triples."""
    path = tmp_path / "bad.nt"
    path.write_text("<http://x/a> <http://x/p> <http://x/b> .\n<oops\n")
    for read in (store.open_store, lambda dump: store.write_triples([dump], dump.with_suffix(".out"))):
        with pytest.raises(InputError) as caught:
            read(path)
        assert (caught.value.file, caught.value.line) == (str(path), 2)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SELECT * { service ?x { ?s ?p ?o } }", "SELECT * {\n#\nSERVICE SILENT <http://x/> { } }",
        "SELECT * { { SELECT * { SERVICE<http://127.0.0.1:9/>{} } } }",
    ],
)  # fmt: skip
def test_no_query_reaches_the_network(dump: Path, query: str) -> None:
    """SERVICE is refused with its line, in any spelling."""
    with pytest.raises(InputError, match="SERVICE is not evaluated") as caught:
        store.ask(store.open_store(dump), query, "q.rq")
    assert caught.value.line == query[: query.casefold().index("service")].count("\n") + 1


def test_the_word_service_elsewhere_is_no_service(dump: Path) -> None:
    """The word in a string, an IRI, a comment, a variable or a name is just a word."""
    query = 'PREFIX service: <http://x/SERVICE#> # SERVICE\nSELECT ?service { ?service <http://x/p> "1" FILTER("SERVICE" != \'SERVICE x\') OPTIONAL { ?s service:service ?o } }'
    assert count(dump, query) == ["http://x/a"]


def test_escapes_hide_no_service(dump: Path) -> None:
    """An escaped letter does not hide the keyword."""
    with pytest.raises(InputError):
        store.ask(store.open_store(dump), "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


@pytest.mark.parametrize(
    "query", ["SELECT *\n{ ?s ?p }", "", "INSERT DATA { <a:a> <a:b> <a:c> }", "LOAD <http://127.0.0.1:9/>"]
)
def test_wrong_queries_are_refused(dump: Path, query: str) -> None:
    """What is no query is refused by name and line, updates too."""
    with pytest.raises(InputError, match="is no valid SPARQL") as caught:
        store.ask(store.open_store(dump), query, "q.rq")
    assert caught.value.file == "q.rq"


def test_all_kinds_of_query(dump: Path) -> None:
    """SELECT gives a table, ASK a yes or no, CONSTRUCT sorted N-Triples."""
    opened = store.open_store(dump)
    found = store.select(opened, "SELECT ?s ?x { ?s ?p '2'@en OPTIONAL { ?s <http://x/none> ?x } }")
    assert isinstance(found, Answer)
    assert (found.columns, [[cell and cell.value for cell in row] for row in found.rows]) == (
        ("s", "x"),
        [["http://x/b", None]],
    )
    yes = store.select(opened, "ASK { <http://x/a> ?p ?o }")
    assert isinstance(yes, Answer)
    assert yes.boolean is True
    graph = store.select(opened, "CONSTRUCT WHERE { ?s ?p ?o }")
    assert graph == b'<http://x/a> <http://x/p> "1" .\n<http://x/b> <http://x/p> "2"@en .\n'


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        ("d.nq", '_:x <http://x/p> "1" .\n\n<http://x/a> <http://x/p> "1" <http://x/g> .\n<http://x/a> <http://x/q> "2" .\n', (3, 4, 1)),
        ("d.ttl", '@prefix ex: <http://x/> .\n[] ex:p "1" .\nex:a\n  ex:p "1" ;\n  ex:q "2" .\n', (4, 5, 2)),
        ("d.trig", '@prefix ex: <http://x/> .\n[] ex:p "1" .\nex:g { ex:a ex:p "1" ;\n ex:q\n "2" }\n', (3, 5, 2)),
        ("d.rdf", '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">\n<r:Description><x:p>1</x:p></r:Description>\n<r:Description r:about="http://x/a"><x:p>1</x:p>\n<x:q>2</x:q></r:Description>\n</r:RDF>', (3, 4, 2)),
        ("d.jsonld", '[{"@id": "_:x",\n"http://x/p": "1"},\n{"@id": "http://x/a", "http://x/p": "1",\n"http://x/q":\n"2"}]', (5, 5, 2)),
    ],
    ids=lambda value: value if str(value).startswith("d.") else "",
)  # fmt: skip
def test_the_place_of_a_triple_is_found_in_every_format(
    tmp_path: Path, name: str, text: str, lines: tuple[int, int, int]
) -> None:
    """A triple has its line (in JSON-LD that where its node ends), a subject that of its first triple, and blank nodes are called as in the triples that are checked."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    store.write_triples([tmp_path / name], tmp_path / "out.nt")
    blank = next(line.split()[0] for line in (tmp_path / "out.nt").read_text().splitlines() if line.startswith("_:"))
    first, second, other = ("<http://x/a>", None, None), ("<http://x/a>", "<http://x/q>", '"2"'), (blank, None, None)
    missing = ("<http://x/none>", None, None)
    found = store.places_of([tmp_path / name], {first, second, other, missing})
    assert found == {asked: (tmp_path / name, line) for asked, line in zip((first, second, other), lines, strict=True)}


@pytest.mark.parametrize(
    "entities",
    ['<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">', f'<!ENTITY a "{"a" * 2000}">', "<!ENTITY % a '&b;'>"],
)
def test_entities_that_unfold_without_end_are_refused(tmp_path: Path, entities: str) -> None:
    """RDF/XML in which entities hold others or much is refused with its line; those for namespaces pass."""
    text = '<!DOCTYPE r [\n{}]><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/"><r:Description r:about="&x;a"><x:p>1</x:p></r:Description></r:RDF>'
    namespace = '<!ENTITY x "http://x/">'
    (tmp_path / "good.rdf").write_text(text.replace("{}", namespace), encoding="utf-8")
    store.write_triples([tmp_path / "good.rdf"], tmp_path / "out.nt")
    assert (tmp_path / "out.nt").read_text(encoding="utf-8") == '<http://x/a> <http://x/p> "1" .\n'
    (tmp_path / "bomb.rdf").write_text(text.replace("{}", namespace + entities), encoding="utf-8")
    with pytest.raises(InputError, match="entity") as caught:
        store.write_triples([tmp_path / "bomb.rdf"], tmp_path / "out.nt")
    assert caught.value.line == 2


@pytest.mark.parametrize("ending", ["nt", "ttl", "nq.gz"])
def test_triples_nested_without_end_are_refused(tmp_path: Path, ending: str) -> None:
    """The parser would end the process with them."""
    term = "<urn:o>"
    for _ in range(5_000):
        term = f"<<( <urn:s> <urn:p> {term} )>>"
    path = tmp_path / f"deep.{ending}"
    text = f"<urn:s> <urn:p> {term} .\n".encode()
    path.write_bytes(gzip.compress(text) if ending.endswith("gz") else text)
    with pytest.raises(InputError, match="too deep"):
        store.open_store(path)
    with pytest.raises(InputError, match="too deep"):
        store.write_triples([path], tmp_path / "out.nt")
