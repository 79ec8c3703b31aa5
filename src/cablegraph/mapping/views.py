"""The tables of a linked register as mappings see them.

Every table with a record also has ``telegram`` (the key that the record's IRI is made from), ``source`` and
``document`` (of the showing), and ``graph``. Printed names come with the entity that they mean. This module and
docs/mappings.md are the list of what a mapping may refer to.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cablegraph import relations
from cablegraph.register import DIRECTORY_TABLES, LINK_TABLES, READ_TABLES
from cablegraph.vocabularies import BASE, vocabulary

_SHOWING = """
SELECT t.*, s.telegram, s.source, s.document, s.graph
FROM {table} t JOIN showing s USING (record)
"""

#: Kinds whose records have a class of their own; see mappings/telegrams.yml.
_OWN_CLASS = "'(circular )?(telegram|airgram)|despatch|letter|.*memorandum.*'"

#: A concept of a shipped vocabulary, or a provisional one of the publication (relative to its base).
_CONCEPT_IRI = """CASE WHEN c.concept IS NULL THEN NULL
    WHEN c.provisional = 'true' THEN 'concept/' || c.scheme || '/' || iri_part(c.concept)
    ELSE 'https://w3id.org/diplomatic-records/vocabulary/' || c.scheme || '/' || iri_part(c.concept) END"""

_VIEWS = {
    "records": """
        SELECT t.* EXCLUDE (source, document), s.telegram, s.source, s.document, s.graph
        FROM base_records t JOIN showing s USING (record)""",
    "telegrams": f"""
        SELECT t.*, coalesce(s.graph, 'links') AS graph, coalesce(t.sent, t.sent_text) AS sent_known,
            CASE WHEN t.stub = 'true' THEN t.source || '#' || t.document END AS printed_in,
            CASE WHEN t.kind IS NULL OR NOT regexp_full_match(t.kind, {_OWN_CLASS}) THEN 'document' END AS class_of_kind
        FROM base_telegrams t LEFT JOIN showing s USING (record)""",
    "numbers": f"""
        SELECT t.*, s.source, s.document, s.graph, {_CONCEPT_IRI} AS series_iri,
            CASE WHEN t.number = b.number AND t.series IS NOT DISTINCT FROM b.series THEN 'message-number' ELSE 'further-number' END AS type_key
        FROM (SELECT n.*, s.telegram FROM base_numbers n JOIN showing s USING (record)
            QUALIFY row_number() OVER (PARTITION BY s.telegram, n.number, n.series ORDER BY s.rank, n.n) = 1) t
        JOIN showing s USING (record) JOIN base_telegrams b ON b.telegram = t.telegram
        LEFT JOIN (SELECT DISTINCT scheme, text, concept, provisional FROM base_concepts WHERE scheme = 'series') c ON c.text = t.series""",
    "edits": _SHOWING.format(table="base_edits"),
    "markings": f"""
        SELECT *, slug_text(kind) AS kind_key FROM ({_SHOWING.format(table="base_markings")})""",
    "page_breaks": f"""
        SELECT * FROM ({_SHOWING.format(table="base_markings")}) WHERE kind = 'page head' AND part IS NOT NULL""",
    # Without text an unnumbered paragraph or a footnote says nothing, unless something points to it.
    "parts": """
        SELECT t.* REPLACE (CASE WHEN publication.text = 'full' THEN t.text END AS text), s.telegram, s.source, s.document, s.graph
        FROM base_parts t JOIN showing s USING (record), publication
        WHERE publication.text = 'full' OR t.kind NOT IN ('paragraph', 'footnote') OR (t.kind = 'paragraph' AND t.label IS NOT NULL)
            OR (t.record, t.part) IN (
                SELECT (record, parent) FROM base_parts WHERE kind <> 'footnote' AND parent IS NOT NULL
                UNION SELECT (record, part) FROM base_edits
                UNION SELECT (record, part) FROM base_markings WHERE kind = 'page head' AND part IS NOT NULL)""",
    "correspondents": """
        SELECT t.*, s.telegram, s.source, s.document, s.graph, CASE WHEN c.person IS NULL THEN n.kind ELSE 'person' END AS entity_kind,
            coalesce(c.person, n.entity) AS entity, CASE WHEN entity_kind = 'person' THEN coalesce(c.person, n.entity) END AS person_key,
            CASE WHEN entity_kind = 'agent' AND t.post IS NULL THEN n.entity END AS other_agent
        FROM base_correspondents t JOIN showing s USING (record)
        LEFT JOIN names n USING (text) LEFT JOIN (SELECT record, role, n, person FROM base_corresponding) c USING (record, role, n)""",
    # Who had the same text beside the addressee: for information, or for action like him.
    "copies": """
        SELECT c.*, CASE c.role WHEN 'also sent to' THEN 'also-sent' ELSE 'repeated' END AS kind_key,
            CASE WHEN c.post IS NOT NULL THEN 'agent' ELSE c.entity_kind END AS receiver_kind, coalesce(c.post, c.entity) AS receiver
        FROM correspondents c JOIN showing s USING (record)
        WHERE c.role IN ('also sent to', 'repeated to', 'info')
        QUALIFY rank() OVER (PARTITION BY c.telegram, c.role ORDER BY s.rank) = 1""",
    "restrictions": """
        SELECT t.*, s.telegram, s.source, s.document, s.graph, n.kind AS entity_kind, n.entity
        FROM (SELECT record, source_file, source_line, unnest(restricted_to) AS name FROM base_records) t
        JOIN showing s USING (record) LEFT JOIN names n ON n.text = t.name""",
    "responsibilities": """
        SELECT t.*, s.telegram, s.source, s.document, s.graph,
            CASE t.role WHEN 'drafted' THEN 'drafter' WHEN 'cleared' THEN 'clearing-officer' ELSE 'approving-officer' END AS role_key,
            CASE WHEN t.person IS NULL THEN n.kind ELSE 'person' END AS entity_kind, coalesce(t.person, n.entity) AS entity
        FROM base_responsibilities t JOIN showing s USING (record) LEFT JOIN names n ON n.text = t.name
        QUALIFY rank() OVER (PARTITION BY s.telegram, t.role ORDER BY s.rank) = 1""",
    "events": """
        SELECT t.*, s.telegram, s.source, s.document, s.graph, n.kind AS entity_kind, n.entity,
            slug_text(t.kind) AS kind_key, coalesce(t."at", t.at_text) AS dated
        FROM base_events t JOIN showing s USING (record)
        LEFT JOIN names n ON n.text = t.agent
        QUALIFY t.kind NOT IN ('transmitted', 'received') OR rank() OVER (PARTITION BY s.telegram, t.kind ORDER BY s.rank) = 1""",
    "instantiations": """
        SELECT t.*, s.telegram, s.source, s.document, s.graph, r.url, n.entity AS holder, slug_text(t.kind) AS kind_key
        FROM base_instantiations t JOIN showing s USING (record)
        JOIN base_records r USING (record) LEFT JOIN names n ON n.text = r.repository AND n.kind = 'agent'""",
    # Whom and what a text names: marked by the source or recognised, where somebody or something described is meant.
    "named": f"""
        SELECT * FROM (
            SELECT t.* EXCLUDE (kind, scheme, entity, holder), s.telegram, s.source, s.document, s.graph,
                CASE WHEN t.scheme = 'posts' AND t.kind = 'post' THEN 'agent/' || iri_part(t.entity)
                     WHEN t.scheme = 'positions' THEN 'position/' || iri_part(t.entity)
                     WHEN t.scheme IS NOT NULL THEN '{BASE}' || t.scheme || '/' || iri_part(t.entity)
                     ELSE e.kind || '/' || iri_part(t.entity) END AS entity_iri,
                'person/' || iri_part(x.person) AS authority_iri, 'person/' || iri_part(t.holder) AS holder_iri, t.confidence::DECIMAL(3, 2)::VARCHAR AS confidence_text
            FROM base_mentions t JOIN showing s USING (record) LEFT JOIN entities e ON e.key = t.entity AND t.scheme IS NULL
                AND e.kind = CASE t.kind WHEN 'organisation' THEN 'agent' ELSE t.kind END
            LEFT JOIN (
                SELECT substr(subject_id, 8) AS entry, min(substr(object_id, 8)) AS person FROM base_links
                WHERE predicate_id IN ('skos:exactMatch', 'owl:sameAs') AND starts_with(object_id, 'person:') GROUP BY 1) x ON x.entry = t.entity AND t.kind = 'person')
        WHERE entity_iri IS NOT NULL""",
    # A person of a list counts as the one of the directory, or as whom people decided it to be, so that all volumes speak of one.
    "represented": """
        SELECT telegram, graph, entity_iri, min(source_file) AS source_file, arg_min(source_line, (source_file, source_line)) AS source_line
        FROM (SELECT telegram, graph, source_file, source_line, unnest([coalesce(authority_iri, entity_iri), holder_iri]) AS entity_iri FROM named)
        WHERE entity_iri IS NOT NULL GROUP BY ALL""",
    # Where in the text only where the text is published.
    "mentions": "SELECT n.* FROM named n, publication WHERE publication.text = 'full'",
    "references": """
        SELECT t.*, s.telegram, s.source, s.document, s.graph, x.telegram AS resolved, x.how AS resolution,
            CASE WHEN t.surface IS NOT NULL THEN t.n END AS printed_n
        FROM base_references t JOIN showing s USING (record)
        JOIN base_resolutions x USING (record, n)""",
    "replies": "SELECT p.*, coalesce(s.graph, 'links') AS graph FROM base_replies p LEFT JOIN showing s ON s.telegram = p.telegram AND s.rank = 1",
    # The revised text of a paragraph is its text once more.
    "readings": """
        SELECT t.*, s.telegram, s.source, s.document, s.graph, t.confidence::DECIMAL(3, 2)::VARCHAR AS confidence_text
        FROM (FROM base_readings UNION ALL BY NAME FROM base_linked_readings) t
        JOIN showing s USING (record), publication
        WHERE publication.text = 'full' OR t.field <> 'revised_text'""",
    "best_concepts": f"""
        SELECT c.*, s.telegram, s.graph, {_CONCEPT_IRI} AS concept_iri
        FROM base_concepts c JOIN showing s USING (record)
        QUALIFY rank() OVER (PARTITION BY s.telegram, c.scheme ORDER BY s.rank) = 1""",
    "classified": """
        SELECT c.telegram, c.graph, c.text, c.concept_iri, t.sent, e.declassified, c.source_file, c.source_line
        FROM best_concepts c JOIN base_telegrams t USING (telegram)
        LEFT JOIN (SELECT telegram, max("at") AS declassified FROM events WHERE kind = 'declassified' GROUP BY telegram) e USING (telegram)
        WHERE c.scheme = 'classification'""",
    "provisional_concepts": """
        SELECT scheme, concept, min(text) AS text, arg_min(source_file, (record, n)) AS source_file, arg_min(source_line, (record, n)) AS source_line
        FROM base_concepts WHERE provisional = 'true' GROUP BY scheme, concept""",
    "subjects": """
        SELECT telegram, graph, source_file, source_line, subject, slug_text(subject) AS key,
            min(subject) OVER (PARTITION BY slug_text(subject)) AS label
        FROM (SELECT telegram, graph, source_file, source_line, unnest(subjects) AS subject FROM telegrams)""",
    "files": """
        SELECT t.telegram, t.graph, t.source_file, t.source_line, t.file, t.filed_date, f.scheme, f.subject, f.countries,
            t.file || CASE f.edition WHEN '1910-49' THEN '.1910-49' ELSE '' END AS file_key,
            t.file || CASE f.edition WHEN '1910-49' THEN ' (1910–49)' ELSE '' END AS file_label
        FROM telegrams t JOIN base_filings f USING (file_number)""",
    "tags": """
        SELECT r.telegram, r.graph, r.source_file, r.source_line, t.tag, t.scheme, t.concept
        FROM (SELECT telegram, graph, source_file, source_line, unnest(tags) AS tag FROM records) r JOIN base_tags t USING (tag)""",
    "persons": "FROM base_persons",
    "posts": "SELECT *, 'true' AS described FROM base_posts UNION ALL BY NAME FROM base_linked_posts",
    "positions": """
        SELECT * FROM base_positions UNION ALL BY NAME
        SELECT entity AS key, label, post FROM positions_in_use WHERE entity NOT IN (SELECT key FROM base_positions)""",
    "places": "FROM base_places",
    "organisations": "FROM base_organisations",
    "appointments": """
        SELECT a.*, concat_ws(', ', coalesce(p.label, a.person), coalesce(o.label, a.position), CASE WHEN o.post IS NULL THEN s.label END) AS label
        FROM base_appointments a LEFT JOIN base_persons p ON p.key = a.person LEFT JOIN base_positions o ON o.key = a.position
        LEFT JOIN posts s ON s.key = a.post""",
    "identifiers": """
        SELECT t.*, k.kind FROM base_identifiers t JOIN entities k ON k.key = t.entity""",
    "sources": "SELECT * REPLACE (coalesce(graph, source) AS graph) FROM base_sources",
    "replaced": "FROM base_replaced",
    "tombstones": "FROM base_tombstones",
    "withheld": "SELECT w.*, t.graph FROM base_withheld w JOIN telegrams t USING (telegram)",
    "links": "FROM base_links",
    "equivalents": """
        SELECT CASE split_part(l.subject_id, ':', 1) WHEN 'person' THEN 'person/' WHEN 'place' THEN 'place/' WHEN 'record' THEN 'record/' ELSE 'agent/' END
                || iri_part(substr(l.subject_id, position(':' IN l.subject_id) + 1)) AS subject_iri,
            CASE WHEN contains(l.object_id, '://') THEN l.object_id
                ELSE split_part(l.object_id, ':', 1) || '/' || iri_part(substr(l.object_id, 8)) END AS object_iri,
            CASE WHEN starts_with(l.predicate_id, 'owl:') THEN 'http://www.w3.org/2002/07/owl#' ELSE 'http://www.w3.org/2004/02/skos/core#' END
                || split_part(l.predicate_id, ':', 2) AS predicate_iri, l.source_file, l.source_line
        FROM base_links l LEFT JOIN base_persons p ON l.object_id = 'person:' || p.key
        WHERE (starts_with(l.predicate_id, 'skos:') OR l.predicate_id = 'owl:sameAs') AND (contains(l.object_id, '://') OR p.key IS NOT NULL OR starts_with(l.object_id, 'record:'))""",
}

#: The tables that a mapping may name.
TABLES = tuple(_VIEWS)


def open_register(register: Path, out: Path, *, text: str, earlier: Sequence[Path] = ()) -> relations.Connection:
    """Open a linked register for mapping: one view a table, by the names that mappings use.

    ``text`` is "none" or "full": whether the text of parts may be published. Folders of ``earlier`` runs may be read.
    """
    db = relations.connect([register, out, *earlier], spill=out)
    for table in READ_TABLES | LINK_TABLES:
        name = f"read_{table}" if table in DIRECTORY_TABLES else f"base_{table}"
        relations.view_parquet(db, name, register / f"{table}.parquet")
    for table in DIRECTORY_TABLES:  # of directories only what linking found in use
        used = f"SELECT key FROM base_in_use WHERE kind = '{table}'"
        db.execute(f"CREATE VIEW base_{table} AS FROM read_{table} WHERE directory IS NULL OR key IN ({used})")
    relations.create_table(db, "publication", {"text": relations.TEXT}, [(text,)])
    columns = {"key": relations.TEXT, "label": relations.TEXT, "post": relations.TEXT}
    known = [(concept.key, concept.label, concept.post) for concept in vocabulary("positions")]
    relations.create_table(db, "known_positions", columns, known)
    db.execute("CREATE VIEW names AS FROM base_names")
    # A table, since nearly every view needs it.
    db.execute(
        """CREATE TABLE showing AS SELECT r.record, i.telegram, i.rank, r.source, r.document, coalesce(s.graph, r.source) AS graph
        FROM base_records r JOIN base_identity i USING (record) LEFT JOIN (SELECT source, graph FROM base_sources) s USING (source)"""
    )
    db.execute(
        """CREATE VIEW positions_in_use AS SELECT used.entity, coalesce(l.label, used.entity) AS label, l.post FROM (
            SELECT position AS entity FROM base_correspondents WHERE position IS NOT NULL
            UNION SELECT entity FROM base_names WHERE kind = 'position'
            UNION SELECT entity FROM base_mentions WHERE scheme = 'positions'
            UNION SELECT position FROM base_appointments WHERE position IS NOT NULL) used
        LEFT JOIN known_positions l ON l.key = used.entity"""
    )
    db.execute(
        """CREATE VIEW entities AS SELECT key, 'person' AS kind FROM base_persons UNION SELECT key, 'agent' FROM base_posts
        UNION SELECT key, 'agent' FROM base_organisations UNION SELECT key, 'place' FROM base_places
        UNION SELECT key, 'position' FROM base_positions"""
    )
    return db


def make_views(db: relations.Connection) -> None:
    """Make the views; after the macros of the engine, which some of them use."""
    for name, query in _VIEWS.items():
        db.execute(f"CREATE VIEW {relations.quote_name(name)} AS {query}")
