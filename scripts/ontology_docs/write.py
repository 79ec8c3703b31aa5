"""What the documentation consists of: file names within ontology/ and their texts."""

from __future__ import annotations

from pathlib import Path

from rdflib import Graph
from scripts.ontology_docs.context import context
from scripts.ontology_docs.example import example
from scripts.ontology_docs.model import model
from scripts.ontology_docs.pages import ontology_page, vocabulary_page
from scripts.ontology_docs.sssom import sssom

ROOT = Path(__file__).resolve().parents[2]
ONTOLOGY = ROOT / "ontology"


def documentation() -> dict[str, str]:
    """All generated files by their names within ontology/; the same bytes for the same files."""
    ontology = Graph().parse(ONTOLOGY / "diplomatic-records.ttl")
    alignments = {path.stem: Graph().parse(path) for path in sorted((ONTOLOGY / "alignments").glob("*.ttl"))}
    schemes = {path.stem: Graph().parse(path) for path in sorted((ONTOLOGY / "vocabularies").glob("*.ttl"))}
    shapes = Graph()
    for path in sorted((ROOT / "shapes").glob("*.ttl")):
        shapes.parse(path)
    files = {
        "context.jsonld": context(ontology, shapes),
        "model.svg": model(ontology),
        "usun-1862.svg": example(next((ROOT / "output" / "dumps").glob("*.ttl"))),
        "alignments/diplomatic-records.sssom.tsv": sssom(ontology, alignments),
        "index.html": ontology_page(ontology, alignments, schemes),
    }
    return files | {f"vocabularies/{name}.html": vocabulary_page(name, graph) for name, graph in schemes.items()}
