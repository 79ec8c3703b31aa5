"""Links that may hold and that a person must decide: persons who may be one, and records that may be one telegram.

Two records are near misses where something that ought to tell one telegram from all others agrees and yet the key does not. Nothing of
it merges them; each rule has a score, what it would be wagered that they are one, and rules that agree add up as independent evidence.
"""

from __future__ import annotations

from cablegraph.relations import Connection

#: What agrees, how much that says, and what is said of it; ``a`` and ``b`` are the two records.
_RULES = (
    ("a.mrn = b.mrn", 0.9, "'message reference number ' || a.mrn"),
    ("a.dtg = b.dtg AND a.from_post = b.from_post", 0.8, "'date-time group ' || a.dtg || ' and the post that sent it'"),
    ("a.control_number = b.control_number AND a.field_post = b.field_post AND a.way = b.way AND a.day = b.day", 0.8,
     "'control number ' || a.control_number || ', post and date'"),
    ("a.message = b.message AND abs(a.day::DATE - b.day::DATE) = 1", 0.7,
     "'number ' || a.number || ' and post; the dates ' || a.day || ' and ' || b.day || ' are a day apart'"),
    ("a.message = b.message AND (a.day IS NULL) <> (b.day IS NULL) AND starts_with(coalesce(a.day, b.day), coalesce(CASE WHEN a.day IS NULL THEN a.sent ELSE b.sent END, ''))",
     0.5, "'number ' || a.number || ' and post; one has no day'"),
)  # fmt: skip


def collect_candidates(db: Connection) -> None:
    """Make ``link_candidates`` of ``person_candidates`` and of the records that nearly have one key."""
    pairs = " UNION ALL ".join(
        f"""SELECT a.telegram AS one, b.telegram AS other, {score} AS score, {comment} AS comment, b.source_file, b.source_line
        FROM described a JOIN described b ON {agrees} WHERE a.place < b.place AND a.telegram <> b.telegram"""
        for agrees, score, comment in _RULES
    )
    db.execute(
        r"""
        CREATE TABLE described AS
        SELECT i.telegram, k.ordinal AS place, k.field_post, k.way, k.day, r.sent, r.from_post, ltrim(r.number, '0') AS number, r.mrn, r.control_number,
            nullif(regexp_extract(upper(r.dtg), '\d{6}Z? [A-Z]{3} \d\d(\d\d)?'), '') AS dtg,
            CASE WHEN k.way IS NOT NULL AND k.field_post IS NOT NULL AND r.number IS NOT NULL
                THEN message_key(k.way, k.field_post, k.part_series, ltrim(r.number, '0'), NULL) END AS message,
            r.source_file, r.source_line
        FROM records r JOIN keyed k USING (record) JOIN identified i USING (record)"""
    )
    db.execute(
        f"""
        CREATE TABLE link_candidates AS
        SELECT * FROM (
        WITH agreeing AS (
            SELECT one, other, comment, max(score) AS score, arg_min(source_file, (source_file, source_line)) AS source_file,
                arg_min(source_line, (source_file, source_line)) AS source_line
            FROM ({pairs}) GROUP BY ALL)
        SELECT 'record:' || one AS subject_id, 'owl:sameAs' AS predicate_id, 'record:' || other AS object_id,
            round(1 - product(1 - score), 3) AS confidence, 'the same ' || string_agg(comment, '; the same ' ORDER BY score DESC, comment) AS comment,
            min(source_file) AS source_file, min(source_line) AS source_line
        FROM agreeing GROUP BY one, other
        UNION ALL
        SELECT 'person:' || subject, 'skos:exactMatch', 'person:' || person, confidence, comment, source_file, source_line FROM person_candidates)
        WHERE (subject_id, object_id) NOT IN (SELECT (subject_id, object_id) FROM decided) ORDER BY ALL"""
    )
