"""Signatures: a surname under a telegram is the officer of that name who held a position at the sending post that day.

At an embassy the chief of mission's name stands under all telegrams, whoever drafted them. Without an appointment that
covers the day nobody is named. What a directory does not state of beginning and end is not known: it is taken to lie
within a year of what it states. The publication's own persons come before those of a directory.
"""

from __future__ import annotations

from cablegraph.relations import Connection


def recognise_signatures(db: Connection) -> None:
    """Make ``signed`` (record, person) and the SSSOM rows of ``link_links``."""
    db.execute(
        r"""
        CREATE TABLE signed AS
        WITH forms AS (
            SELECT DISTINCT key AS person, directory IS NULL AS own, normalised(unnest(list_concat(
                [label, regexp_extract(regexp_replace(label, ',? (Jr|Sr|II|III)\.?$', ''), '\S+$')], coalesce(variants, []),
                CASE WHEN directory IS NOT NULL THEN list_transform(coalesce(variants, []), lambda v: split_part(v, ',', 1)) ELSE [] END))) AS form
            FROM persons),
        terms AS (
            SELECT person, post, coalesce(since, CASE WHEN directory IS NOT NULL THEN until - INTERVAL 1 YEAR END)::DATE AS since,
                coalesce(until, CASE WHEN directory IS NOT NULL THEN since + INTERVAL 1 YEAR END)::DATE AS until
            FROM (SELECT person, post, directory, try_cast(start || right('-01-01', 10 - length(start)) AS DATE) AS since,
                    coalesce(try_cast("end" AS DATE), last_day(try_cast("end" || right('-12-01', 10 - length("end")) AS DATE))) AS until
                FROM appointments WHERE coalesce(start, "end") IS NOT NULL)),
        placed AS (
            SELECT r.record, normalised(r.signatory_text) AS form, r.signatory_text, r.source_file, r.source_line, try_cast(left(r.sent, 10) AS DATE) AS day,
                CASE WHEN r.direction = 'outgoing' THEN 'department-of-state' ELSE r.from_post END AS post
            FROM records r WHERE r.signatory_text IS NOT NULL),
        held AS (
            SELECT DISTINCT p.record, f.person, f.own, p.signatory_text, p.source_file, p.source_line
            FROM placed p JOIN forms f USING (form) JOIN terms t ON t.person = f.person AND t.post = p.post
            WHERE p.day BETWEEN coalesce(t.since, p.day) AND coalesce(t.until, p.day)
            QUALIFY f.own OR NOT bool_or(f.own) OVER (PARTITION BY p.record))
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
        FROM link_resolutions WHERE telegram IS NOT NULL AND how NOT IN ('stub', 'not-printed')
        UNION ALL
        SELECT 'record:' || record || '#' || role || '-' || n, 'dipl:' || role || 'By', 'person:' || person,
            'semapv:LexicalMatching', confidence, NULL, NULL, NULL, text || ': ' || how,
            source_file, source_line
        FROM link_responsibilities WHERE person IS NOT NULL
        UNION ALL
        SELECT 'person:' || subject, 'skos:exactMatch', 'person:' || person, justification, confidence, NULL, NULL, NULL, comment, source_file, source_line
        FROM reconciled
        UNION ALL
        SELECT subject_id, predicate_id, object_id, mapping_justification, confidence, author_id, reviewer_id, mapping_date, comment,
            source_file, source_line
        FROM decided WHERE holds = 'true'
        ORDER BY ALL"""
    )
