"""The alignments as one SSSOM table (Simple Standard for Sharing Ontological Mappings, TSV with its metadata in front)."""

from __future__ import annotations

from rdflib import OWL, RDFS, SKOS, Graph, URIRef
from scripts.ontology_docs.names import IRI, curie, prefixes

#: The predicates that say how a term fits another one; in the order of the table.
MATCHES = (
    OWL.equivalentClass, OWL.equivalentProperty, RDFS.subClassOf, RDFS.subPropertyOf,
    SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch,
)  # fmt: skip
_COLUMNS = ("subject_id", "subject_label", "predicate_id", "object_id", "mapping_justification", "mapping_source")


def mappings(ontology: Graph, alignments: dict[str, Graph]) -> list[tuple[URIRef, URIRef, URIRef, str]]:
    """(term, predicate, foreign term, name of the file's ontology), sorted."""
    found = []
    for name, graph in ({"": ontology} | alignments).items():
        source = f"{IRI}/alignments/{name}" if name else str(IRI)
        for predicate in MATCHES:
            for term, other in graph.subject_objects(predicate):
                if isinstance(term, URIRef) and isinstance(other, URIRef) and not other.startswith(IRI):
                    found.append((term, predicate, other, source))
    return sorted(found)


def sssom(ontology: Graph, alignments: dict[str, Graph]) -> str:
    """The table, with the metadata of the set as a commented YAML header."""
    rows = mappings(ontology, alignments)
    version = ontology.value(IRI, OWL.versionInfo)
    used = sorted({curie(node).partition(":")[0] for row in rows for node in row[:3]} | {"dipl", "semapv"})
    lines = [
        f"#mapping_set_id: {IRI}/alignments/diplomatic-records.sssom.tsv",
        f'#mapping_set_version: "{version}"',
        "#mapping_set_title: Diplomatic records ontology, alignments",
        "#license: https://creativecommons.org/publicdomain/zero/1.0/",
        "#curie_map:",
        *(f"#  {prefix}: {prefixes()[prefix]}" for prefix in used),
        "\t".join(_COLUMNS),
    ]
    for term, predicate, other, source in rows:
        label = next((str(o) for g in (ontology, *alignments.values()) for o in g.objects(term, RDFS.label)), "")
        cells = (curie(term), label, curie(predicate), curie(other), "semapv:ManualMappingCuration", source)
        lines.append("\t".join(cells))
    return "\n".join(lines) + "\n"
