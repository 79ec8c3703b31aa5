"""Publications of a few telegrams, and what was made of them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from cablegraph import pipeline
from cablegraph.publication import Publication, SourceEntry
from registers import publication

SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dipl: <https://w3id.org/diplomatic-records/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <https://w3id.org/diplomatic-records/shapes#> .
:telegram a sh:NodeShape ; sh:targetClass dipl:Telegram ; sh:property :number .
:number a sh:PropertyShape ; sh:path dipl:messageNumber ; sh:pattern "^[0-9]+$" ; sh:message "A number is made of digits." .
:concept a sh:NodeShape ; sh:targetClass skos:Concept ; sh:property :prefLabel .
:prefLabel a sh:PropertyShape ; sh:path skos:prefLabel ; sh:pattern "^[A-Z]" ; sh:severity sh:Violation ; sh:message "A label begins with a capital." .
"""
HEADER = "document,number,direction,from_text,to_text,sent,subjects,classification,file_number\n"


def sheet(folder: Path, *lines: str, **values: Any) -> Publication:
    """A publication of one sheet, with shapes of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "telegrams.csv").write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    (folder / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    given = {
        "sources": (SourceEntry(folder / "telegrams.csv", "sheet"),),
        "shapes": folder / "shapes.ttl",
        "text": "full",
    }
    return publication(folder, **(given | values))


GOOD = "1,1862,incoming,USUN,Department of State,1962-11-19,Cuba|Missiles,Secret,737.56/11-1962"
ALSO = "2,1863,incoming,USUN,Department of State,1962-11-20,Cuba,Secret,737.56/11-2062"
BAD = "3,18x64,incoming,USUN,Department of State,1962-11-21,Cuba|Berlin,Secret,737.56/11-2162"

#: A subject with characters that formats escape.
ODD = 'odd,1864,incoming,USUN,Department of State,1962-11-22,"A\\b ""c"" \x0b\x1f\x7f é 😀",Secret,737.56/11-2262'


def publish(publication: Publication, out: Path) -> dict[str, Any]:
    pipeline.publish(publication, out, pipeline.Options())
    manifest: dict[str, Any] = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    return manifest


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def quads_of(path: Path) -> set[ox.Quad]:
    return set(ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS))


def everything(out: Path) -> dict[str, str]:
    return {path.relative_to(out).as_posix(): sha256(path) for path in sorted(out.rglob("*")) if path.is_file()}
