"""References without a number: reftel, septel, your message, mytel.

They mean what the document itself names: the telegram of the footnote right behind them, the one reference of its line
of references, or the one telegram that it has named before. Where that leaves a choice they stay unresolved.
"""

from __future__ import annotations

from cablegraph.relations import Connection

#: What opens a note that says which telegram is meant.
_SAYS_WHICH = r"(In |Transmitted in |Reference is (presumably |apparently )?to |The reference is (presumably |apparently )?to |Presumably |Apparently |Reference to )?"


def resolve_relative(db: Connection) -> None:
    """Make ``related`` (record, n, telegram, how, confidence) of ``citing`` and ``resolved``: what such references mean."""
    db.execute(
        rf"""
        CREATE TABLE related AS
        WITH relative AS (
            SELECT c.* FROM citing c JOIN resolved r USING (record, n)
            WHERE c.sort IN ('reftel', 'septel', 'urtel', 'mytel') AND r.telegram IS NULL),
        named AS (
            SELECT c.*, r.telegram FROM citing c JOIN resolved r USING (record, n) WHERE c.number IS NOT NULL AND r.telegram IS NOT NULL),
        -- One telegram in the note, of the right direction, where its words show that this is the one.
        in_note AS (
            SELECT r.record, r.n, any_value(d.telegram) AS telegram, 'footnote' AS how, 0.95 AS confidence
            FROM relative r JOIN noted o USING (record, n) JOIN named d ON d.record = r.record AND d.part = o.note
            WHERE NOT regexp_matches(o.text, '(?i)\b(not|no such|no telegram of this \w+( has been)?) (found|identified)')
            GROUP BY r.record, r.n HAVING count(DISTINCT d.telegram) = 1
                AND bool_or(regexp_full_match(left(o.text, d.first), '{_SAYS_WHICH}') OR r.sort = 'septel')
                AND bool_and(r.direction IS NULL OR d.direction IS NULL OR r.direction = d.direction)),
        -- The note of a telegram speaks of that telegram.
        noted_telegram AS (
            SELECT r.record, r.n, any_value(d.telegram) AS telegram, 'footnote' AS how, 0.95 AS confidence
            FROM relative r JOIN noted o ON o.record = r.record AND o.note = r.part JOIN named d ON d.record = o.record AND d.n = o.n
            WHERE r.sort = 'reftel' GROUP BY r.record, r.n HAVING count(DISTINCT d.telegram) = 1),
        in_line AS (
            SELECT r.record, r.n, any_value(d.telegram) AS telegram, 'neighbour' AS how, 0.9 AS confidence
            FROM relative r JOIN named d ON d.record = r.record AND d.part_kind = 'reference'
            WHERE r.sort = 'reftel' AND r.part_kind <> 'footnote' GROUP BY r.record, r.n HAVING count(DISTINCT (d.number, d.series, d.post)) = 1),
        before AS (
            SELECT r.record, r.n, any_value(d.telegram) AS telegram, 'neighbour' AS how, 0.85 AS confidence
            FROM relative r JOIN citing c ON c.record = r.record AND c.number IS NOT NULL AND c.part_kind <> 'footnote'
                AND (c.rank, c.first) < (r.rank, r.first)
            LEFT JOIN named d ON d.record = c.record AND d.n = c.n
            WHERE (r.sort = 'reftel' OR (r.sort = 'urtel' AND regexp_matches(r.surface, '(?i)tel|cable'))) AND r.part_kind <> 'footnote' AND r.day IS NULL AND NOT regexp_matches(r.surface, '(?i)s$')
                AND (r.direction IS NULL OR c.direction = r.direction)
            GROUP BY r.record, r.n HAVING count(DISTINCT (c.number, c.series)) = 1 AND count(DISTINCT d.telegram) = 1),
        found AS (
            SELECT *, 1 AS preference FROM in_note UNION ALL SELECT *, 2 FROM noted_telegram
            UNION ALL SELECT *, 3 FROM in_line UNION ALL SELECT *, 4 FROM before)
        SELECT f.record, f.n, f.telegram, f.how, f.confidence FROM found f JOIN citing c USING (record, n)
        WHERE f.telegram <> c.citing
        QUALIFY row_number() OVER (PARTITION BY f.record, f.n ORDER BY f.preference) = 1"""
    )
