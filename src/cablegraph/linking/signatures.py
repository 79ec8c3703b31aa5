"""Signatures: a surname under a telegram is the officer of that name who held a position at the sending post that day.

At an embassy the chief of mission's name stands under all telegrams, whoever drafted them. Without an appointment that
covers the day nobody is named. What a directory does not state of beginning and end is not known: it is taken to lie
within a year of what it states. The publication's own persons come before those of a directory.

Where the signature is not that of the chief of mission whom the appointments have for the day, that is said: a chargé
signed, another whom nothing explains, or nobody was appointed.
"""

from __future__ import annotations

from cablegraph.relations import Connection

#: Offices of chiefs of mission in sheets of the publication; in a directory every office at a mission is one.
_CHIEFS = "ambassador|minister|representative|charge|chief|agent"


def recognise_signatures(db: Connection) -> None:
    """Make ``signed`` (record, person), ``link_signatures``, ``signature_findings``, and the SSSOM rows of ``link_links``."""
    db.execute(
        f"""
        CREATE TABLE in_office AS
        SELECT person, post, coalesce(since, CASE WHEN directory IS NOT NULL THEN until - INTERVAL 1 YEAR END)::DATE AS since,
            coalesce(until, CASE WHEN directory IS NOT NULL THEN since + INTERVAL 1 YEAR END)::DATE AS until,
            contains(position, 'charge') AS charge, start, "end",
            post <> 'department-of-state' AND (directory IS NOT NULL OR regexp_matches(position, '{_CHIEFS}')) AS chief
        FROM (SELECT *, try_cast(start || right('-01-01', 10 - length(start)) AS DATE) AS since,
                coalesce(try_cast("end" AS DATE), last_day(try_cast("end" || right('-12-01', 10 - length("end")) AS DATE))) AS until
            FROM appointments WHERE coalesce(start, "end") IS NOT NULL)"""
    )
    db.execute(
        r"""
        CREATE TABLE held AS
        WITH forms AS (
            SELECT DISTINCT key AS person, directory IS NULL AS own, normalised(unnest(list_concat(
                [label, regexp_extract(regexp_replace(label, ',? (Jr|Sr|II|III)\.?$', ''), '\S+$')], coalesce(variants, []),
                CASE WHEN directory IS NOT NULL THEN list_transform(coalesce(variants, []), lambda v: split_part(v, ',', 1)) ELSE [] END))) AS form
            FROM persons),
        placed AS (
            SELECT r.record, normalised(r.signatory_text) AS form, r.signatory_text, r.source_file, r.source_line, try_cast(left(r.sent, 10) AS DATE) AS day,
                CASE WHEN r.direction = 'outgoing' THEN 'department-of-state' ELSE r.from_post END AS post
            FROM records r WHERE r.signatory_text IS NOT NULL)
        SELECT DISTINCT p.record, f.person, f.own, p.signatory_text, p.source_file, p.source_line
        FROM placed p JOIN forms f USING (form) JOIN in_office t ON t.person = f.person AND t.post = p.post
        WHERE p.day BETWEEN coalesce(t.since, p.day) AND coalesce(t.until, p.day)
        QUALIFY f.own OR NOT bool_or(f.own) OVER (PARTITION BY p.record)"""
    )
    db.execute(
        """
        CREATE TABLE signed AS
        SELECT record, min(person) AS person, any_value(signatory_text) AS text, any_value(source_file) AS source_file, any_value(source_line) AS source_line
        FROM held GROUP BY record HAVING count(DISTINCT person) = 1 ORDER BY record"""
    )
    _compare(db)
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


def _compare(db: Connection) -> None:
    """Hold each signature of a mission against whom the appointments have as its chief on the day of the document."""
    db.execute(
        r"""
        CREATE TABLE link_signatures AS
        WITH placed AS (
            SELECT record, source, signatory_text AS text, from_text, from_post AS post, try_cast(left(sent, 10) AS DATE) AS day, source_file, source_line
            FROM records WHERE signatory_text IS NOT NULL AND direction = 'incoming' AND length(sent) >= 10),
        chiefs AS (
            SELECT p.record, t.person, p.record || '#' || t.person IN (SELECT record || '#' || person FROM held) AS signs, t.charge, l.label,
                coalesce(t.start, '?') || ' to ' || coalesce(t."end", '?') AS dates
            FROM placed p JOIN in_office t ON t.post = p.post AND t.chief AND p.day BETWEEN coalesce(t.since, p.day) AND coalesce(t.until, p.day)
            LEFT JOIN (SELECT key, any_value(label) AS label FROM persons GROUP BY key) l ON l.key = t.person),
        chief AS (
            SELECT record, bool_or(signs) AS signs, arg_max(person, (signs, dates, person)) AS chief, arg_max(charge, (signs, dates, person)) AS charge,
                arg_max(concat(coalesce(label, person), ' (', dates, ')'), (signs, dates, person)) AS shown
            FROM chiefs GROUP BY record),
        -- The list of persons of the source knows one of that surname, and calls him chargé.
        listed AS (
            SELECT split_part(key, '#', 1) AS source, normalised(split_part(label, ',', 1)) AS form FROM persons WHERE contains(key, '#')
            GROUP BY ALL HAVING count(*) = 1 AND bool_and(regexp_matches(persons.source, '(?i)\bcharg[eé]'))),
        compared AS (
            SELECT p.*, s.person, c.chief, c.shown, coalesce(c.signs, false) AS signs, coalesce(c.charge, false) AS appointed_charge,
                CASE WHEN regexp_matches(p.from_text, '(?i)\bcharg[eé]') THEN 'the sender is called chargé'
                    WHEN regexp_matches(p.text, '(?i)\bcharg[eé]') THEN 'the signature says chargé'
                    WHEN l.form IS NOT NULL THEN 'the list of persons calls the officer chargé' END AS called
            FROM placed p LEFT JOIN chief c USING (record) LEFT JOIN signed s USING (record)
            LEFT JOIN listed l ON l.source = p.source AND l.form = normalised(p.text)
            -- A post that had no chief for years was no mission then (Berlin of 1958, a consulate before independence).
            WHERE p.post IN (SELECT t.post FROM in_office t WHERE t.chief AND p.day BETWEEN t.since - INTERVAL 2 YEAR AND coalesce(t.until, p.day) + INTERVAL 2 YEAR))
        SELECT record, text, person, chief, CASE WHEN signs THEN 'chief of mission' WHEN called IS NOT NULL THEN 'chargé' WHEN person IS NOT NULL THEN 'officer'
                WHEN chief IS NOT NULL THEN 'another' ELSE 'nobody appointed' END AS agreement,
            concat_ws('; ', called, CASE WHEN chief IS NULL THEN 'no chief of mission was appointed on that day' ELSE 'chief of mission: ' || shown END) AS how,
            source_file, source_line, appointed_charge, called, shown
        FROM compared ORDER BY record"""
    )
    db.execute(
        """
        CREATE TABLE signature_findings AS
        SELECT kind, 'info' AS severity, record, 'signatory_text' AS field, text AS value, message, source_file, source_line FROM (
            SELECT *, CASE agreement WHEN 'chargé' THEN 'signed by a chargé' WHEN 'another' THEN 'signed by another' WHEN 'nobody appointed' THEN agreement
                    ELSE 'chief called chargé' END AS kind,
                CASE agreement WHEN 'chargé' THEN 'Although ' || shown || ' was chief of mission, ' || called || ': the chief was absent. If not, correct the dates of the appointment.'
                    WHEN 'another' THEN 'The chief of mission on that day was ' || shown || '; compare the signature and the date with the source. If both are right, a chargé signed.'
                    WHEN 'nobody appointed' THEN 'No appointment to this post covers the day, though a chief may sign before credentials are presented; compare the date with the source, or add who was in charge to the appointments.'
                    ELSE 'The one who signs was chief of mission by the appointments, ' || shown || ', yet ' || called || '; compare the dates.' END AS message
            FROM link_signatures)
        WHERE (agreement = 'chargé' AND shown IS NOT NULL) OR agreement IN ('another', 'nobody appointed')
            OR (agreement = 'chief of mission' AND called IS NOT NULL AND NOT appointed_charge)"""
    )
