"""The mapping set of a release: which persons of lists are persons of directories, and what they are called elsewhere, in SSSOM."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from cablegraph import relations
from cablegraph.publication import Publication
from cablegraph.sssom import PREFIXES, SssomMapping, write_mapping_set

MAPPING_SET = "links.sssom.tsv"

#: Links that say that two are the same or close, and identifiers in schemes whose addresses are known.
_QUERY = """
SELECT l.subject_id, s.label, l.predicate_id, l.object_id, o.label, l.mapping_justification, l.author_id, l.reviewer_id, l.mapping_date, l.confidence, l.comment
FROM links l LEFT JOIN persons s ON l.subject_id = 'person:' || s.key LEFT JOIN persons o ON l.object_id = 'person:' || o.key
WHERE starts_with(l.predicate_id, 'skos:') OR l.predicate_id = 'owl:sameAs'
UNION ALL
SELECT 'person:' || i.entity, p.label, 'skos:exactMatch', lower(i.scheme) || ':' || i.value, NULL, 'semapv:ManualMappingCuration', NULL, NULL, NULL, NULL,
    i.source
FROM identifiers i JOIN persons p ON p.key = i.entity
WHERE lower(i.scheme) IN (SELECT unnest($schemes)) AND (p.directory IS NULL OR p.key IN (SELECT key FROM in_use WHERE kind = 'persons'))
ORDER BY ALL
"""
_ASCII = re.compile(r"[\x00-\x7f]+")


def write_links(folder: Path, register: Path, publication: Publication, issued: str) -> None:
    """Write the mapping set of a release; its CURIEs resolve to the IRIs of the data."""
    db = relations.connect([register])
    try:
        for table in ("links", "persons", "identifiers", "in_use"):
            relations.view_parquet(db, table, register / f"{table}.parquet")
        rows = db.execute(_QUERY, {"schemes": sorted(PREFIXES)}).fetchall()
    finally:
        db.close()
    mappings = []
    for (
        subject,
        subject_label,
        predicate,
        object_,
        object_label,
        justification,
        author,
        reviewer,
        day,
        confidence,
        comment,
    ) in rows:
        mappings.append(
            SssomMapping(
                subject_id=_curie(subject),
                subject_label=subject_label or "",
                predicate_id=predicate,
                object_id=_curie(object_),
                object_label=object_label or "",
                mapping_justification=justification or "",
                author_id=author or "",
                reviewer_id=reviewer or "",
                mapping_date=day or "",
                confidence="" if confidence is None else f"{confidence:.2f}",
                comment=comment or "",
            )
        )
    base = publication.base
    metadata = {
        "mapping_set_id": f"{base}{MAPPING_SET}",
        "mapping_set_title": f"{publication.title}: links",
        "mapping_set_version": publication.version,
        "mapping_date": issued,
        "license": publication.licence,
        "curie_map": {
            "person": f"{base}person/", "place": f"{base}place/", "post": f"{base}agent/", "organisation": f"{base}agent/", "record": f"{base}record/",
            "skos": "http://www.w3.org/2004/02/skos/core#", "owl": "http://www.w3.org/2002/07/owl#", "semapv": "https://w3id.org/semapv/vocab/",
        } | PREFIXES,
    }  # fmt: skip
    (folder / MAPPING_SET).write_text(write_mapping_set(mappings, metadata), encoding="utf-8", newline="\n")


def _curie(identifier: str) -> str:
    """A CURIE of the publication whose local part stands in the IRI as it is; an IRI stays."""
    prefix, _, local = identifier.partition(":")
    if "://" in identifier or prefix in PREFIXES:
        return identifier
    return f"{prefix}:{_ASCII.sub(lambda run: quote(run[0], safe=''), local)}"
