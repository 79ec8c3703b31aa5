"""The ontology's documentation is what its files say, complete, and readable in a folder without a program."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from lxml import html
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from scripts.ontology_docs.sssom import MATCHES
from scripts.ontology_docs.write import ONTOLOGY, documentation

ROOT = Path(__file__).parents[2]
IRI = URIRef("https://w3id.org/diplomatic-records/ontology")
PAGES = sorted(path.relative_to(ONTOLOGY).as_posix() for path in ONTOLOGY.rglob("*.html"))
each_page = pytest.mark.parametrize("page", PAGES)


@cache
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY / "diplomatic-records.ttl")


def own_terms() -> set[URIRef]:
    return {t for t in ontology().subjects(RDFS.isDefinedBy, IRI) if isinstance(t, URIRef)}


@pytest.mark.filterwarnings("ignore")
def test_it_is_written_from_the_files_as_they_are() -> None:
    """`make ontology-docs` would change nothing, and no page is left of a file that is gone."""
    written = documentation()
    for name, text in written.items():
        assert (ONTOLOGY / name).read_text(encoding="utf-8") == text, f"{name} is out of date: run make ontology-docs"
    generated = {
        p.relative_to(ONTOLOGY).as_posix()
        for s in (".html", ".jsonld", ".svg", ".tsv")
        for p in ONTOLOGY.rglob(f"*{s}")
    }
    assert generated == set(written)


def test_every_term_is_described() -> None:
    """The page of the ontology has a place for each term, by its local name, with definition and alignment."""
    page = html.parse(ONTOLOGY / "index.html").getroot()
    for term in own_terms():
        (entity,) = page.xpath(f"//div[@id='{str(term).partition('#')[2]}']") or pytest.fail(str(term))
        text = entity.text_content()
        assert str(term) in text and str(ontology().value(term, SKOS.definition)) in text, term
        assert "Alignment" in text, term


@pytest.mark.parametrize("path", sorted((ONTOLOGY / "vocabularies").glob("*.ttl")), ids=lambda p: p.stem)
def test_every_concept_has_its_place(path: Path) -> None:
    """A concept is found under its key, with its label and definition."""
    graph = Graph().parse(path)
    page = html.parse(path.with_suffix(".html")).getroot()
    places = {item.get("id"): item.text_content() for item in page.xpath("//li[@id]")}
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert {str(c).rpartition("/")[2] for c in concepts} == set(places)
    for concept in concepts:
        text = places[str(concept).rpartition("/")[2]]
        assert str(graph.value(concept, SKOS.prefLabel)) in text and str(graph.value(concept, SKOS.definition)) in text


@each_page
def test_pages_need_no_script_and_lead_to_files_that_exist(page: str) -> None:
    """No script, nothing loaded from elsewhere, no version or date of the generator; each local link leads somewhere."""
    text = (ONTOLOGY / page).read_text(encoding="utf-8")
    assert "<script" not in text and "pylode" not in text.lower()
    root = html.document_fromstring(text)
    assert not root.xpath("//link[@rel='stylesheet'] | //img[starts-with(@src, 'http')]")
    identified = root.xpath("//@id")
    assert len(identified) == len(set(identified))
    for target in (*root.xpath("//@href"), *root.xpath("//@src")):
        if target.startswith("#"):
            assert target[1:] in identified, target
        elif not target.startswith("http"):
            assert ((ONTOLOGY / page).parent / target.partition("#")[0]).is_file(), target


def test_every_term_says_why_it_is_our_own() -> None:
    """The table of docs/own-terms.md has one row for each term, and none for another."""
    named = re.findall(r"(?m)^\| `(\w+)` \| \S", (ROOT / "docs" / "own-terms.md").read_text(encoding="utf-8"))
    assert sorted(named) == sorted(str(term).partition("#")[2] for term in own_terms())


def test_every_term_has_an_example_and_an_alignment() -> None:
    """A term shows a case, and says what comes nearest to it in another vocabulary."""
    alignments = [Graph().parse(path) for path in sorted((ONTOLOGY / "alignments").glob("*.ttl"))]
    for term in own_terms():
        assert ontology().value(term, SKOS.example), term
        others = [o for g in (ontology(), *alignments) for p in MATCHES for o in g.objects(term, p)]
        assert any(not str(other).startswith(str(IRI)) for other in others), term


def test_the_table_of_alignments_is_sssom() -> None:
    """The header declares each prefix that the rows use; rows have all columns and are the mappings of the Turtle files."""
    lines = (ONTOLOGY / "alignments" / "diplomatic-records.sssom.tsv").read_text(encoding="utf-8").splitlines()
    header = [line for line in lines if line.startswith("#")]
    columns, *rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert {"subject_id", "predicate_id", "object_id", "mapping_justification"} <= set(columns)
    assert any(line.startswith("#mapping_set_id: https://") for line in header)
    assert any(line.startswith("#license: https://") for line in header)
    declared = {line[1:].partition(":")[0].strip() for line in header if line.startswith("#  ")}
    for row in rows:
        assert len(row) == len(columns) and all(cell for n, cell in enumerate(row) if columns[n] != "subject_label")
        for cell in row:
            prefix = cell.partition(":")[0]
            if re.fullmatch(r"[a-z]+:[A-Za-z_0-9-]+", cell):
                assert prefix in declared, cell
    assert len({tuple(row) for row in rows}) == len(rows)


def test_the_version_says_what_changed() -> None:
    """The ontology names the version before it, and what is new since."""
    prior = str(ontology().value(IRI, OWL.priorVersion)).rpartition("/")[2]
    note = str(ontology().value(IRI, SKOS.changeNote))
    assert note.startswith(f"{ontology().value(IRI, OWL.versionInfo)}, since {prior}:")


def test_a_release_carries_the_documentation() -> None:
    """What a release has under ontology/ is this folder's ontology, vocabularies, alignments and pages."""
    for name in (
        *PAGES,
        "model.svg",
        "usun-1862.svg",
        "alignments/diplomatic-records.sssom.tsv",
        "diplomatic-records.ttl",
    ):
        assert (ROOT / "output" / "ontology" / name).read_bytes() == (ONTOLOGY / name).read_bytes(), name
