"""Which showings are one telegram, and under what key it goes.

The key is (direction, field post, series, number, date): the field post is the end that is not the Department. Over
1,904 numbered telegrams of twelve volumes it never collides. A record that lacks a part has the key of the one telegram with
its message reference number (MRN), which names year, post and number; else a key local to its source, and it is merged with nothing.
What agrees in less is no merge but a near miss (:mod:`cablegraph.linking.candidates`), unless a person has decided it. Keys that earlier runs gave
(``minted.csv``) are kept.

``score`` is how sure it is that the record is what its key says: 1 where the whole key is its own or nothing is merged, 0.98
where an MRN stands for parts that the record does not state.
"""

from __future__ import annotations

from pathlib import Path

from cablegraph.minted import read_minted
from cablegraph.relations import INTEGER, TEXT, Connection, create_table

#: Kinds whose number is one of the plain numbering of telegrams; others carry their kind in the series part.
TELEGRAMS = ("telegram", "circular telegram")
NUMBERED = (*TELEGRAMS, "airgram", "circular airgram", "despatch", "instruction")


def identify(db: Connection, minted: Path | None, since: str) -> None:
    """Make the tables ``identified`` (one row a record) and ``link_replaced`` (keys that no longer serve).

    Needs ``decided`` (:mod:`cablegraph.linking.decisions`): what people decided to be one telegram is one.
    """
    earlier = ((*row, place) for place, row in enumerate(read_minted(minted) if minted else ()))
    create_table(db, "minted", {"record": TEXT, "key": TEXT, "since": TEXT, "place": INTEGER}, earlier)
    _see_keys(db)
    _join_decided(db)
    _choose(db, since)


def _see_keys(db: Connection) -> None:
    """``keyed``: the key that each record gets by its own values, and the parts of it; ``ranked``: how well a record shows its telegram."""
    db.execute(
        """
        CREATE TABLE ranked AS
        SELECT record, min(CASE kind WHEN 'electronic telegram' THEN 0 WHEN 'transcript' THEN 1 WHEN 'edition' THEN 2 WHEN 'microfiche' THEN 3
                                     WHEN 'register entry' THEN 4 ELSE 5 END) AS rank
        FROM instantiations GROUP BY record"""
    )
    numbered = ", ".join(f"'{kind}'" for kind in NUMBERED)
    db.execute(
        rf"""
        CREATE TABLE keyed AS
        WITH ordered AS (SELECT *, row_number() OVER () AS ordinal FROM records),
        parts AS (
            SELECT *, kind LIKE 'circular%' AS circular,
                CASE WHEN kind LIKE 'circular%' THEN 'circular'
                     WHEN direction = 'incoming' THEN from_post WHEN direction = 'outgoing' THEN to_post END AS field_post,
                CASE WHEN kind LIKE 'circular%' THEN coalesce(direction, 'outgoing') ELSE direction END AS way,
                CASE WHEN kind IN ('telegram', 'circular telegram') THEN series ELSE coalesce(series, kind) END AS part_series,
                strftime(CASE WHEN regexp_matches(sent, '^\d{{4}}-\d\d-\d\d') THEN try_cast(left(sent, 10) AS DATE) END, '%Y-%m-%d') AS day
            FROM ordered),
        whole AS (
            SELECT *, key_part(source) || '.' || key_part(document) AS local_key,
                CASE WHEN kind IN ({numbered}) AND way IN ('incoming', 'outgoing') AND field_post IS NOT NULL AND number IS NOT NULL AND day IS NOT NULL
                    THEN message_key(way, field_post, part_series, number, day) END AS global_key
            FROM parts),
        -- One telegram only: an MRN that stands on two with keys of their own decides nothing.
        by_mrn AS (
            SELECT mrn, min(global_key) AS mrn_key, min(number) AS mrn_number FROM whole
            WHERE mrn IS NOT NULL AND global_key IS NOT NULL GROUP BY mrn HAVING count(DISTINCT global_key) = 1)
        SELECT record, source, document, ordinal, field_post, way, part_series, day, global_key, local_key,
            CASE WHEN global_key IS NULL AND coalesce(ltrim(number, '0') = ltrim(mrn_number, '0'), number IS NULL) THEN m.mrn_key END AS lent_key,
            coalesce(global_key, lent_key, local_key) AS computed
        FROM whole LEFT JOIN by_mrn m USING (mrn)"""
    )


def _join_decided(db: Connection) -> None:
    """``joined``: groups (by ``computed``) that people decided to be one telegram, and the group that leads them.

    A decision names keys: such as records have by their values, else the record to which an earlier release gave it first. What had its key
    minted leads, then what shows the telegram best.
    """
    named = """
        WITH names AS (
            SELECT computed AS key, computed, -1 AS place FROM keyed UNION SELECT local_key, computed, -1 FROM keyed
            UNION SELECT m.key, k.computed, m.place FROM minted m JOIN keyed k USING (record)),
        one AS (SELECT key, arg_min(computed, place) AS computed FROM names GROUP BY key)
        SELECT s.computed, o.computed FROM decided d JOIN one s ON d.subject_id = 'record:' || s.key JOIN one o ON d.object_id = 'record:' || o.key
        WHERE d.holds = 'true' AND d.predicate_id IN ('owl:sameAs', 'skos:exactMatch') AND s.computed <> o.computed"""
    groups: dict[str, set[str]] = {}
    for subject, other in db.execute(named).fetchall():
        together = groups.get(subject, {subject}) | groups.get(other, {other})
        groups.update(dict.fromkeys(together, together))
    joined = [(computed, min(group)) for computed, group in sorted(groups.items())]
    create_table(db, "together", {"computed": TEXT, "group": TEXT}, joined)
    db.execute(
        """
        CREATE TABLE joined AS
        WITH best AS (
            SELECT t."group", t.computed, min((m.key IS NULL, coalesce(s.rank, 5), k.ordinal)) AS preference
            FROM together t JOIN keyed k USING (computed) LEFT JOIN minted m ON m.record = k.record AND m.key = k.computed
            LEFT JOIN ranked s ON s.record = k.record GROUP BY ALL)
        SELECT computed, arg_min(computed, preference) OVER (PARTITION BY "group") AS leader FROM best"""
    )


def _choose(db: Connection, since: str) -> None:
    """The key of each group, of those that earlier releases gave or by its values.

    The first showing of a group that has a minted key lends it to the group. A key serves one group only: where a
    group would get by its values what another keeps from earlier, it gets the key local to its source.
    """
    db.execute(
        """
        CREATE TABLE identified AS
        WITH latest AS (SELECT record, arg_max(key, place) AS key, arg_max(since, place) AS since FROM minted GROUP BY record),
        keyed_now AS (
            SELECT k.* EXCLUDE (computed), k.computed AS own, coalesce(j.leader, k.computed) AS computed FROM keyed k LEFT JOIN joined j USING (computed)),
        grouped AS (
            SELECT k.computed, min(k.ordinal) AS ordinal, arg_min(k.local_key, k.ordinal) FILTER (WHERE k.own = k.computed) AS local_key,
                arg_min(l.key, (k.own <> k.computed, k.ordinal)) AS kept
            FROM keyed_now k LEFT JOIN latest l USING (record) GROUP BY k.computed),
        lent AS (
            SELECT * REPLACE (CASE WHEN row_number() OVER (PARTITION BY kept ORDER BY ordinal) = 1 THEN kept END AS kept) FROM grouped),
        chosen AS (
            SELECT l.computed, l.kept IS NULL AND k.kept IS NOT NULL AS displaced,
                CASE WHEN displaced THEN l.local_key ELSE coalesce(l.kept, l.computed) END AS telegram
            FROM lent l LEFT JOIN lent k ON k.kept = l.computed)
        SELECT k.record, c.telegram,
            CASE WHEN c.displaced THEN 'local, since its key serves another' WHEN k.own <> k.computed THEN 'a person decided'
                 WHEN c.telegram <> k.computed THEN 'minted'
                 WHEN k.lent_key IS NOT NULL THEN 'message reference number'
                 WHEN k.global_key IS NOT NULL THEN 'direction, post, series, number and date' ELSE 'local' END AS rule,
            CASE WHEN k.lent_key = c.telegram THEN 0.98 ELSE 1.0 END AS score,
            CASE WHEN l.key = c.telegram THEN l.since ELSE $since END AS since,
            NULL AS source_file, NULL AS source_line
        FROM keyed_now k JOIN chosen c USING (computed) LEFT JOIN latest l USING (record)
        ORDER BY k.ordinal""",
        {"since": since},
    )
    db.execute(
        """
        CREATE TABLE key_findings AS
        SELECT 'key in use' AS kind, 'warning' AS severity, i.record, 'number' AS field, k.computed AS value,
            'Another record keeps from an earlier release the key that this one would get; it got a key local to its source.'
                AS message, r.source_file, r.source_line
        FROM identified i JOIN keyed k USING (record) JOIN records r USING (record) WHERE i.rule LIKE 'local, since%'"""
    )
    db.execute(
        """
        CREATE TABLE link_replaced AS
        SELECT DISTINCT key AS old, telegram, NULL AS source_file, NULL AS source_line
        FROM (SELECT record, key FROM minted UNION SELECT record, computed FROM keyed WHERE computed IN (SELECT computed FROM joined))
        JOIN identified USING (record)
        WHERE key <> telegram AND key NOT IN (SELECT telegram FROM identified)
        ORDER BY ALL"""
    )
