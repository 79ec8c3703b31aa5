"""Dumps: N-Quads with one named graph a source, N-Triples and Turtle of their union."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from cablegraph import folders, quads
from cablegraph.relations import Connection
from cablegraph.vocabularies import BASE as VOCABULARY

MEDIA_TYPES = {"ttl": "text/turtle", "nq": "application/n-quads", "nt": "application/n-triples"}

#: Prefixes of our Turtle, beside one for each vocabulary; the publication's own IRIs are relative to its base.
PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "dipl": "https://w3id.org/diplomatic-records/ontology#",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "oa": "http://www.w3.org/ns/oa#",
    "premis": "http://www.loc.gov/premis/rdf/v3/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "rico": "https://www.ica.org/standards/RiC/ontology#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

SCHEMES = sorted(path.stem for path in (folders.ONTOLOGY / "vocabularies").glob("*.ttl"))


@dataclass(frozen=True)
class Dump:
    """One file of a release: its path in it, its media type, size in bytes and SHA-256."""

    path: str
    media_type: str
    size: int
    sha256: str


def write_dumps(db: Connection, folder: Path, work: Path, name: str, formats: tuple[str, ...], base: str) -> list[Dump]:
    """Write the dumps that the publication asks for from the table ``quads``; ``work`` is for intermediate files."""
    target = folder / "dumps"
    target.mkdir()
    if "nt" in formats:
        quads.write_ntriples(db, target / f"{name}.nt")
    if "nq" in formats:
        quads.write_nquads(db, target / f"{name}.nq")
    if "ttl" in formats:
        schemes = {scheme: f"{VOCABULARY}{scheme}/" for scheme in SCHEMES}
        quads.write_turtle(db, target / f"{name}.ttl", PREFIXES | schemes, base, work)
    return [describe(folder, target / f"{name}.{ending}", MEDIA_TYPES[ending]) for ending in formats]


def describe(folder: Path, path: Path, media_type: str) -> Dump:
    """Measure a file of a release."""
    return Dump(path.relative_to(folder).as_posix(), media_type, path.stat().st_size, sha256_of(path))


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
