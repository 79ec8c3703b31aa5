"""From printed words to concepts: kinds, classification, precedence, captions, series.

A word that no vocabulary knows becomes a provisional concept of the publication, and a finding says where to add it.
"""

from __future__ import annotations

import re

from cablegraph.relations import TEXT, Connection, create_table
from cablegraph.vocabularies import Concept, slug, vocabulary

#: Scheme, the column of ``records`` that names its concepts, whether it holds several.
_SCHEMES = (
    ("document-kinds", "kind", False),
    ("classification", "classification", False),
    ("precedence", "precedence", True),
    ("captions", "captions", True),
    ("series", "series", False),
)


def find_concepts(db: Connection) -> None:
    """Make ``link_concepts``: each value of each scheme in each record, with the concept that it means."""
    db.execute(
        "CREATE TABLE printed (scheme VARCHAR, text VARCHAR, record VARCHAR, line INTEGER, file VARCHAR, place BIGINT)"
    )
    for order, (scheme, column, many) in enumerate(_SCHEMES):
        value = f"unnest({column})" if many else column
        db.execute(
            f"""INSERT INTO printed SELECT '{scheme}', text, record, source_line, source_file, {order} * 1000 + row_number() OVER (PARTITION BY record)
            FROM (SELECT record, source_line, source_file, {value} AS text FROM records) WHERE text IS NOT NULL"""
        )
    known = []
    for scheme, text in db.execute("SELECT DISTINCT scheme, text FROM printed ORDER BY ALL").fetchall():
        concept = _find(scheme, text)
        known.append((scheme, text, concept.key if concept else slug(text), "false" if concept else "true"))
    create_table(db, "meanings", {"scheme": TEXT, "text": TEXT, "concept": TEXT, "provisional": TEXT}, known)
    db.execute(
        """
        CREATE TABLE link_concepts AS
        SELECT record, row_number() OVER (PARTITION BY record ORDER BY place) AS n, scheme, text, concept, provisional,
            file AS source_file, line AS source_line
        FROM printed JOIN meanings USING (scheme, text) WHERE concept <> '' ORDER BY record, n"""
    )
    db.execute(
        """
        CREATE TABLE concept_findings AS
        SELECT 'unknown word' AS kind, CASE WHEN scheme IN ('captions', 'series') THEN 'info' ELSE 'warning' END AS severity, record, scheme AS field, text AS value,
            'No concept of the vocabulary ' || scheme || ' bears this name; it became provisional. Add it as skos:altLabel in ontology/vocabularies/'
                || scheme || '.ttl.' AS message, source_file, source_line
        FROM link_concepts WHERE provisional = 'true' ORDER BY ALL"""
    )


def _find(scheme: str, text: str) -> Concept | None:
    words = vocabulary(scheme)
    concept = words.find(text)
    if concept is None and scheme == "captions":
        # "EYES ONLY FOR SECRETARY" is the caption Eyes Only; whom it names stands in restricted_to.
        leading = words.leading(text)
        if leading and re.search(r"\bfor\b", text, re.IGNORECASE):
            concept = leading[0]
    return concept
