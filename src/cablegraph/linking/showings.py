"""Showings of one telegram merged: a single-valued property takes the best showing.

The order is electronic telegram, transcript, edition, microfiche list, register. Values of the other showings stay on their instantiations
as readings; where they contradict (rather than say the same less exactly or in other words), a finding says so.
"""

from __future__ import annotations

from cablegraph.linking.numbering import check_numbers
from cablegraph.linking.order import check_order
from cablegraph.relations import Connection

_SINGLE = (
    "kind", "direction", "series", "number", "title", "sent", "sent_text", "received", "received_text", "from_text",
    "from_post", "to_text", "to_post", "classification", "file_number", "action_office", "info_office",
    "signatory_text", "control_number", "dtg", "sections",
)  # fmt: skip
_SEVERAL = ("precedence", "captions", "restricted_to", "subjects")
#: Fields whose other values are worth a reading, and the SQL that says when two values contradict.
_COMPARED = {
    "kind": "normalised(theirs) <> normalised(best)",
    "number": "theirs <> best",
    "title": "false",
    "sent": "NOT (starts_with(best, theirs) OR starts_with(theirs, best))",
    "received": "NOT (starts_with(best, theirs) OR starts_with(theirs, best))",
    "from_text": "false",
    "to_text": "false",
    "from_post": "theirs <> best",
    "to_post": "theirs <> best",
    "classification": "normalised(theirs) <> normalised(best)",
    "file_number": "regexp_replace(theirs, '[\\s–—-]', '', 'g') <> regexp_replace(best, '[\\s–—-]', '', 'g')",
    "signatory_text": "normalised(theirs) <> normalised(best)",
    "control_number": "theirs <> best",
}


def merge_showings(db: Connection) -> None:
    """Make ``link_identity``, ``link_telegrams``, ``link_linked_readings`` and ``link_linked_findings``."""
    db.execute(
        """
        CREATE TABLE shown AS
        SELECT r.*, i.telegram, coalesce(k.rank, 5) * 1000000000000 + d.ordinal AS preference
        FROM records r JOIN identified i USING (record) JOIN keyed d USING (record) LEFT JOIN ranked k USING (record)"""
    )
    db.execute(
        """
        CREATE TABLE link_identity AS
        SELECT i.record, i.telegram, i.rule, i.score, row_number() OVER (PARTITION BY i.telegram ORDER BY s.preference) AS rank,
            i.since, s.source_file, s.source_line
        FROM identified i JOIN shown s USING (record) JOIN keyed k USING (record) ORDER BY k.ordinal"""
    )
    singles = ",\n".join(f"arg_min({name}, preference) AS {name}" for name in _SINGLE)
    lists = ",\n".join(f"arg_min({name}, preference) FILTER (WHERE len({name}) > 0) AS {name}" for name in _SEVERAL)
    db.execute(
        f"""
        CREATE TABLE merged AS
        SELECT telegram, arg_min(record, preference) AS record, arg_min(source, preference) AS source,
            arg_min(document, preference) AS document, count(*) AS showings, min(preference) AS preference,
            arg_min(head, preference) AS head, {singles}, {lists},
            arg_min(source_file, preference) AS source_file, arg_min(source_line, preference) AS source_line
        FROM shown GROUP BY telegram"""
    )
    db.execute(_TELEGRAMS)
    check_order(db)
    check_numbers(db)
    _compare(db)


_TELEGRAMS = r"""
CREATE TABLE link_telegrams AS
WITH utc AS (
    SELECT i.telegram, arg_min(t.utc, s.preference) FILTER (WHERE t.field = 'sent') AS sent_utc,
        arg_min(t.utc, s.preference) FILTER (WHERE t.field = 'received') AS received_utc
    FROM instants t JOIN identified i USING (record) JOIN shown s USING (record) GROUP BY i.telegram),
signatures AS (
    SELECT i.telegram, arg_min(g.person, s.preference) AS signatory
    FROM signed g JOIN identified i USING (record) JOIN shown s USING (record) GROUP BY i.telegram)
SELECT m.telegram, m.record, m.source, m.document, m.showings,
    CASE WHEN m.number IS NOT NULL OR m.dtg IS NOT NULL OR m.head IS NULL THEN
        concat_ws(' ', upper(left(m.kind, 1)) || substr(m.kind, 2), m.series, coalesce(m.number, m.dtg), 'from ' || m.from_text, 'to ' || m.to_text)
            || coalesce(', ' || left(m.sent, 10), '')
    ELSE regexp_replace(m.head, '^\d+[A-Z]?\.\s+', '') END AS label,
    m.kind, m.direction, m.series, m.number, m.title, m.sent, m.sent_text, u.sent_utc, m.received, m.received_text, u.received_utc,
    m.from_text, m.from_post, m.to_text, m.to_post, m.precedence, m.classification, m.captions, m.restricted_to, m.file_number,
    f.file, f.filed_date,
    m.action_office, m.info_office, m.signatory_text, g.signatory, m.control_number, m.dtg, m.sections, m.subjects, 'false' AS stub,
    m.source_file, m.source_line
FROM merged m LEFT JOIN utc u USING (telegram) LEFT JOIN signatures g USING (telegram) LEFT JOIN link_filings f USING (file_number)
UNION ALL BY NAME
SELECT telegram, telegram AS record, stubs.source, document, 0 AS showings,
    CASE WHEN post IS NULL AND document IS NOT NULL THEN regexp_replace(document, '^d', 'Document ') || ' of ' || stubs.source
    ELSE concat_ws(' ', CASE series WHEN 'despatch' THEN 'Despatch' ELSE 'Telegram' END, upper(left(nullif(series, 'despatch'), 1)) || substr(series, 2), number,
        CASE WHEN direction = 'outgoing' THEN 'to' ELSE 'from' END, coalesce(p.label, post)) || coalesce(', ' || sent, '') END AS label,
    CASE WHEN series = 'despatch' THEN 'despatch' WHEN number IS NOT NULL THEN 'telegram' END AS kind,
    direction, nullif(series, 'despatch') AS series, number, sent,
    CASE WHEN direction = 'outgoing' THEN NULL ELSE post END AS from_post, CASE WHEN direction = 'outgoing' THEN post END AS to_post,
    'true' AS stub, source_file, source_line
FROM stubs LEFT JOIN (SELECT key, label FROM posts UNION SELECT key, label FROM link_linked_posts) p ON p.key = stubs.post
ORDER BY stub, telegram
"""


def _compare(db: Connection) -> None:
    # One join and a list of what differs in each row, rather than a join a field.
    differences = ",\n".join(
        f"""CASE WHEN s.{field} IS NOT NULL AND s.{field} IS DISTINCT FROM m.{field} THEN {{'field': '{field}', 'theirs': s.{field}, 'best': m.{field},
            'contradicts': {rule.replace("theirs", f"s.{field}").replace("best", f"m.{field}")}}} END"""
        for field, rule in _COMPARED.items()
    )
    db.execute(
        f"""
        CREATE TABLE compared AS
        SELECT record, found.field, found.theirs, found.best, found.contradicts, source_file, source_line, best_record
        FROM (SELECT s.record, s.source_file, s.source_line, m.record AS best_record, unnest([{differences}]) AS found
            FROM shown s JOIN merged m USING (telegram) WHERE m.showings > 1)
        WHERE found IS NOT NULL"""
    )
    db.execute(
        """
        CREATE TABLE link_linked_readings AS
        WITH all_readings AS (
            SELECT record, field, theirs AS value, theirs AS surface,
                'as this showing has it; ' || best_record || ' is the better showing' AS how, NULL::DOUBLE AS confidence, source_file, source_line
            FROM compared
            UNION ALL
            SELECT t.record, t.field || '_utc', t.utc, NULL, 'zone inferred: ' || t.zone || ' on that day', 0.95, r.source_file, r.source_line
            FROM instants t JOIN records r USING (record) WHERE t.inferred)
        SELECT record, (SELECT coalesce(max(n), 0) FROM readings WHERE readings.record = a.record)
            + row_number() OVER (PARTITION BY record ORDER BY field, value) AS n,
            field, value, surface, NULL AS part, how, confidence, source_file, source_line
        FROM all_readings a ORDER BY record, n"""
    )
    db.execute(
        """
        CREATE TABLE link_linked_findings AS
        SELECT 'showings disagree' AS kind, 'warning' AS severity, record, field, theirs AS value,
            'Another showing, ' || best_record || ', says ' || best || '; that value is used, this one stays on its instantiation.' AS message,
            source_file, source_line
        FROM compared WHERE contradicts
        UNION ALL SELECT * FROM concept_findings
        UNION ALL SELECT * FROM authority_findings
        UNION ALL SELECT * FROM directory_findings
        UNION ALL SELECT * FROM key_findings
        UNION ALL SELECT * FROM reconciliation_findings
        UNION ALL SELECT * FROM decision_findings
        UNION ALL SELECT * FROM order_findings
        UNION ALL SELECT * FROM number_findings
        UNION ALL SELECT * FROM signature_findings
        UNION ALL SELECT * FROM stub_findings
        UNION ALL SELECT * FROM reference_findings
        UNION ALL
        SELECT 'no date' AS kind, 'warning', record, 'file_number', file_number,
            'The date in the file number is no date; the number stays as printed.', source_file, source_line
        FROM link_telegrams JOIN (SELECT file_number FROM link_filings WHERE faulty) USING (file_number)
        ORDER BY ALL"""
    )
