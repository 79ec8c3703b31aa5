"""``manifest.json``: what a release is, what went into it, and what came of it, with the hash of everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cablegraph import folders
from cablegraph.publication import Publication
from cablegraph.release.descriptions import Facts
from cablegraph.release.dumps import sha256_of


def tell_manifest(
    facts: Facts,
    *,
    cablegraph: str,
    accounts: Mapping[str, Any],
    quads: int,
    severities: Mapping[str, int],
    quarantined: Sequence[str],
    nquads_sha256: str,
    tables: Mapping[str, Any],
    pages: int,
    minted: int,
) -> dict[str, Any]:
    """The manifest but for ``files``, the hashes of what is neither dump, table nor page, which are known last.

    ``cablegraph`` is the version that made the release; ``accounts`` are those of :func:`.accounts.account`; ``quarantined``
    the keys of the records that are held back; ``minted`` how many keys there are.
    """
    about, counts = facts.publication, facts.counts
    return {
        "cablegraph": cablegraph,
        "name": about.name,
        "title": about.title,
        "description": about.description,
        "publisher": {
            "iri": str(facts.publisher),
            "name": about.publisher.name,
            "email": about.publisher.email,
        },
        "version": about.version,
        "issued": facts.issued,
        "base": about.base,
        "address": about.address,
        "licence": about.licence,
        "counts": {
            "documents": accounts["documents"],
            "records": accounts["records"],
            "merged": accounts["merged"],
            "withheld": accounts["withheld"],
            "stubs": len(accounts["stubs"]),
            "quarantined": len(quarantined),
            "triples": counts.triples,
            "quads": quads,
            "links": accounts["links"],
            "complaints": dict(severities),
        },
        "quarantined": list(quarantined),
        "nquads_sha256": nquads_sha256,
        "previous": facts.history.previous,
        "changes": facts.history.steps,
        "dumps": [
            {
                "path": d.path,
                "media_type": d.media_type,
                "compression": d.compression,
                "bytes": d.size,
                "sha256": d.sha256,
            }
            for d in facts.dumps
        ],
        "tables": tables,
        "files": {},
        "pages": pages,
        "minted": minted,
        "mappings": _hashes(about.mappings, "*.yml"),
        "shapes": _hashes(about.shapes, "*.ttl"),
        "ontology": _hashes(folders.ONTOLOGY, "**/*.ttl"),
        "authorities": _authorities(about),
        "sources": accounts["sources"],
        "stubs": accounts["stubs"],
        "tombstones": accounts["tombstones"],
    }


def _hashes(path: Path, pattern: str) -> dict[str, str]:
    files = sorted(path.glob(pattern)) if path.is_dir() else [path]
    base = path if path.is_dir() else path.parent
    return {file.relative_to(base).as_posix(): sha256_of(file) for file in files}


def _authorities(publication: Publication) -> dict[str, str]:
    """The hashes of the lists of authorities and of mapping sets; directories are sources, and stand there."""
    folder, files = publication.folder, (*publication.authorities.values(), *publication.mapping_sets)
    return {
        (file.relative_to(folder).as_posix() if file.is_relative_to(folder) else file.name): sha256_of(file)
        for file in sorted(files)
    }
