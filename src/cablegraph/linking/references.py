"""References: which telegram a citing telegram means.

A reference names a number and, in its words or by where it stands, a post and perhaps a date. It means the telegram of
that number and post that is nearest before the citing one, within a year (numberings run by year). What is not in
this publication becomes a stub: a telegram known only by reference.
"""

from __future__ import annotations

from cablegraph.relations import Connection, quote_text
from cablegraph.vocabularies import vocabulary


def resolve_references(db: Connection) -> None:
    """Make ``link_resolutions`` (one row a reference) and ``stubs`` (telegrams known only by reference)."""
    plain = ", ".join(quote_text(c.label.casefold()) for c in vocabulary("series") if c.plain) or "''"
    # Numbers under which a telegram of this publication is known: its own and those given to other addressees.
    db.execute(
        f"""
        CREATE TABLE known_numbers AS
        SELECT DISTINCT i.telegram, k.way AS direction, n.number, try_cast(k.day AS DATE) AS day,
            CASE WHEN n.role = 'own' THEN k.field_post ELSE n.post END AS post,
            CASE WHEN lower(n.series) IN ({plain}) THEN '' ELSE coalesce(slug(n.series), '') END AS series
        FROM numbers n JOIN keyed k USING (record) JOIN identified i USING (record)"""
    )
    db.execute(
        f"""
        CREATE TABLE citing AS
        SELECT r.record, r.n, r.surface, r.number, r.target, r.source_file, r.source_line, k.source,
            CASE WHEN lower(r.series) IN ({plain}) THEN '' ELSE coalesce(slug(r.series), '') END AS series,
            CASE WHEN r.post IS NULL AND r.direction IS NOT NULL THEN k.field_post ELSE r.post END AS post,
            r.direction, try_cast(left(r.date, 10) AS DATE) AS day,
            try_cast(k.day AS DATE) AS citing_day, i.telegram AS citing
        FROM "references" r JOIN keyed k USING (record) JOIN identified i USING (record)"""
    )
    db.execute(
        """
        CREATE TABLE candidates AS
        SELECT c.record, c.n, k.telegram,
            CASE WHEN c.day IS NOT NULL THEN abs(k.day - c.day) ELSE c.citing_day - k.day END AS distance,
            c.day IS NOT NULL AND k.day = c.day AS same_day
        FROM citing c JOIN known_numbers k ON c.number = k.number AND c.series = k.series AND k.telegram <> c.citing
            AND (c.post = k.post OR (c.post IS NULL AND c.day = k.day))
            AND (c.direction IS NULL OR k.direction IS NULL OR c.direction = k.direction)
        WHERE CASE WHEN c.day IS NOT NULL THEN abs(k.day - c.day) <= 1
                   ELSE c.citing_day IS NOT NULL AND k.day BETWEEN c.citing_day - 366 AND c.citing_day + 1 END"""
    )
    db.execute(
        r"""
        CREATE TABLE link_resolutions AS
        WITH best AS (
            SELECT record, n, telegram, same_day,
                row_number() OVER w AS rank, count(*) OVER (PARTITION BY record, n, distance) AS rivals
            FROM candidates WINDOW w AS (PARTITION BY record, n ORDER BY distance, telegram)),
        nearest AS (SELECT * FROM best WHERE rank = 1),
        -- A link leads to a document of a volume, or to a footnote of one: "frus1955-57v14#d256fn2".
        linked AS (
            SELECT c.record, c.n, i.telegram FROM citing c JOIN identified i
                ON i.record = regexp_replace(c.target, '#(d\d+[a-z]?)(fn\w+)?$', '/\1')
            WHERE i.telegram <> c.citing),
        -- What names the citing telegram itself or means two equally is no stub: nothing unknown is spoken of.
        known AS (
            SELECT record, n FROM nearest WHERE rivals > 1
            UNION SELECT c.record, c.n FROM citing c JOIN known_numbers k ON k.telegram = c.citing AND k.number = c.number
                AND k.series = c.series AND k.post = c.post AND (c.direction IS NULL OR c.direction = k.direction)
            WHERE c.day IS NULL OR k.day = c.day),
        stub AS (
            SELECT c.record, c.n, CASE WHEN c.day IS NOT NULL AND c.direction IN ('incoming', 'outgoing')
                THEN message_key(c.direction, c.post, c.series, c.number, strftime(c.day, '%Y-%m-%d'))
                ELSE key_part(c.source) || '.' || message_key(c.direction, c.post, c.series, c.number,
                    'y' || coalesce(strftime(c.citing_day + INTERVAL 6 MONTH, '%Y'), '0')) END AS telegram
            FROM citing c ANTI JOIN known USING (record, n) WHERE c.number IS NOT NULL AND c.post IS NOT NULL)
        SELECT c.record, c.n, coalesce(l.telegram, o.telegram, s.telegram) AS telegram,
            CASE WHEN l.telegram IS NOT NULL THEN 'document-link'
                 WHEN o.same_day THEN 'exact' WHEN o.telegram IS NOT NULL THEN 'number-and-post'
                 WHEN s.telegram IS NOT NULL THEN 'stub' ELSE 'unresolved' END AS how,
            CASE WHEN l.telegram IS NOT NULL OR o.same_day THEN 1.0 WHEN o.telegram IS NOT NULL THEN 0.9 END AS confidence,
            c.source_file, c.source_line
        FROM citing c LEFT JOIN linked l USING (record, n)
            LEFT JOIN (FROM nearest WHERE rivals = 1) o USING (record, n) LEFT JOIN stub s USING (record, n)
        ORDER BY c.record, c.n"""
    )
    db.execute(
        """
        CREATE TABLE stubs AS
        SELECT r.telegram, arg_min(c.number, (r.record, r.n)) AS number, arg_min(nullif(c.series, ''), (r.record, r.n)) AS series,
            arg_min(c.post, (r.record, r.n)) AS post, arg_min(c.direction, (r.record, r.n)) AS direction,
            arg_min(strftime(c.day, '%Y-%m-%d'), (r.record, r.n)) AS sent,
            arg_min(r.source_file, (r.record, r.n)) AS source_file, arg_min(r.source_line, (r.record, r.n)) AS source_line
        FROM link_resolutions r JOIN citing c USING (record, n)
        WHERE r.how = 'stub' AND r.telegram NOT IN (SELECT telegram FROM identified)
        GROUP BY r.telegram ORDER BY r.telegram"""
    )
