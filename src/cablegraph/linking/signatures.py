"""Signatures: a surname under a telegram is the officer of that name who held a position at the sending post that day.

At an embassy the chief of mission's name stands under all telegrams, whoever drafted them. Without an appointment that
covers the day nobody is named.
"""

from __future__ import annotations

from cablegraph.relations import Connection


def recognise_signatures(db: Connection) -> None:
    """Make ``signed`` (record, person) and the SSSOM rows of ``link_links``."""
    db.execute(
        r"""
        CREATE TABLE signed AS
        WITH forms AS (
            SELECT DISTINCT key AS person, normalised(unnest(list_concat([label, regexp_extract(regexp_replace(label, ',? (Jr|Sr|II|III)\.?$', ''), '\S+$')],
                coalesce(variants, [])))) AS form FROM persons),
        placed AS (
            SELECT r.record, normalised(r.signatory_text) AS form, r.signatory_text, r.source_file, r.source_line, try_cast(left(r.sent, 10) AS DATE) AS day,
                CASE WHEN r.direction = 'outgoing' THEN 'department-of-state' ELSE r.from_post END AS post
            FROM records r WHERE r.signatory_text IS NOT NULL),
        held AS (
            SELECT DISTINCT p.record, f.person, p.signatory_text, p.source_file, p.source_line
            FROM placed p JOIN forms f USING (form) JOIN appointments a ON a.person = f.person AND a.post = p.post
            WHERE p.day >= coalesce(try_cast(a.start AS DATE), p.day) AND p.day <= coalesce(try_cast(a."end" AS DATE), p.day)
                AND coalesce(a.start, a."end") IS NOT NULL)
        SELECT record, min(person) AS person, any_value(signatory_text) AS text, any_value(source_file) AS source_file, any_value(source_line) AS source_line
        FROM held GROUP BY record HAVING count(DISTINCT person) = 1 ORDER BY record"""
    )
    db.execute(
        """
        CREATE TABLE link_links AS
        SELECT 'record:' || record || '#signature' AS subject_id, 'dipl:signedBy' AS predicate_id, 'person:' || person AS object_id,
            'semapv:CompositeMatching' AS mapping_justification, 0.95 AS confidence, NULL AS author_id, NULL AS reviewer_id,
            NULL AS mapping_date, 'surname ' || text || ' held a position at the sending post on the day' AS comment, source_file, source_line
        FROM signed
        UNION ALL
        SELECT 'record:' || record || '#reference-' || n, 'dcterms:references', 'telegram:' || telegram,
            'semapv:CompositeMatching', confidence, NULL, NULL, NULL, how, source_file, source_line
        FROM link_resolutions WHERE telegram IS NOT NULL AND how <> 'stub'
        UNION ALL
        SELECT 'record:' || record || '#' || role || '-' || n, 'dipl:' || role || 'By', 'person:' || person,
            'semapv:LexicalMatching', confidence, NULL, NULL, NULL, text || ': ' || how,
            source_file, source_line
        FROM link_responsibilities WHERE person IS NOT NULL
        ORDER BY ALL"""
    )
