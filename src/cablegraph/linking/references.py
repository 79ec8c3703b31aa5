"""References: which telegram a citing telegram means.

A reference names a number and, in its words or by where it stands, a post and perhaps a date. What one place of a document
does not say, another may: the footnote behind it, or the same number elsewhere in the text. It means the document that
the editors name, else the telegram of that number and post that is nearest before the citing one, within a year (numberings
run by year). What is not in this publication becomes a stub: a telegram known only by reference.
"""

from __future__ import annotations

from cablegraph.linking.footnotes import read_footnotes
from cablegraph.linking.pages import find_pages
from cablegraph.linking.relative import resolve_relative
from cablegraph.linking.stubs import name_stubs, redirect_stubs
from cablegraph.relations import Connection, quote_text
from cablegraph.vocabularies import vocabulary


def resolve_references(db: Connection) -> None:
    """Make ``link_resolutions`` (one row a reference) and ``stubs`` (telegrams known only by reference)."""
    plain = ", ".join(quote_text(c.label.casefold()) for c in vocabulary("series") if c.plain) or "''"
    _see(db, plain)
    read_footnotes(db)
    find_pages(db)
    _complete(db)
    name_stubs(db)
    _find_candidates(db)
    _resolve_numbered(db)
    resolve_relative(db)
    _collect(db)
    _tell_ambiguous(db)
    redirect_stubs(db)


def _see(db: Connection, plain: str) -> None:
    """``known_numbers``: numbers under which telegrams of this publication go; ``cited``: the references as printed."""
    db.execute(
        f"""
        CREATE TABLE known_numbers AS
        SELECT DISTINCT i.telegram, k.way AS direction, ltrim(n.number, '0') AS number, try_cast(k.day AS DATE) AS day,
            CASE WHEN n.role = 'own' THEN k.field_post ELSE n.post END AS post,
            CASE WHEN r.kind = 'despatch' THEN 'despatch' WHEN lower(n.series) IN ({plain}) THEN '' ELSE coalesce(slug(n.series), '') END AS series
        FROM numbers n JOIN records r USING (record) JOIN keyed k USING (record) JOIN identified i USING (record)"""
    )
    # Numbers are compared without leading zeros: State 025151 is State 25151. Where the words name an end that nobody knows
    # ("telegram 22 from Mr. Bohlen"), it is not that of the citing telegram.
    db.execute(
        rf"""
        CREATE TABLE cited AS
        SELECT r.record, r.n, r.part, p.kind AS part_kind, p.rank, r."start" AS first, r."end", coalesce(r.how, 'words') AS sort, r.surface,
            ltrim(r.number, '0') AS number, r.target, regexp_replace(r.target, '#(d\d+[a-z]?)(fn\w+)?$', '/\1') AS leads_to,
            CASE WHEN regexp_matches(r.surface, '(?i)\bdesp') THEN 'despatch' WHEN lower(r.series) IN ({plain}) THEN ''
                ELSE coalesce(slug(r.series), '') END AS series,
            CASE WHEN NOT regexp_matches(r.surface, '(?i)\b(from|to)\b') OR regexp_matches(r.surface, '(?i)\bdep') THEN k.field_post END AS near_post,
            CASE WHEN r.post IS NULL AND r.direction IS NOT NULL THEN near_post ELSE r.post END AS post,
            r.direction, try_cast(left(r.date, 10) AS DATE) AS day, k.source, k.field_post,
            try_cast(k.day AS DATE) AS citing_day, i.telegram AS citing, r.source_file, r.source_line
        FROM "references" r JOIN keyed k USING (record) JOIN identified i USING (record)
        LEFT JOIN parts p ON p.record = r.record AND p.part = r.part"""
    )


def _complete(db: Connection) -> None:
    """``citing``: ``cited`` with post, direction and day as other places of the document give them, where they agree."""
    db.execute(
        """
        CREATE TABLE citing AS
        WITH elsewhere AS (
            SELECT c.record, c.n, d.post, d.direction, d.day FROM cited c JOIN cited d USING (record, number, series)
            UNION ALL SELECT t.record, t.n, d.post, d.direction, d.day
            FROM told_elsewhere t JOIN cited d ON d.record = t.other_record AND d.n = t.other_n
            UNION ALL SELECT c.record, c.n, NULL, NULL, g.day
            FROM dated_in_note g JOIN cited d USING (record, n) JOIN cited c ON c.record = d.record AND c.number = d.number AND c.series = d.series),
        said AS (
            SELECT record, n, CASE WHEN count(DISTINCT post) = 1 THEN any_value(post) END AS post,
                CASE WHEN count(DISTINCT direction) = 1 THEN any_value(direction) END AS direction,
                CASE WHEN count(DISTINCT day) = 1 THEN any_value(day) END AS day
            FROM elsewhere GROUP BY record, n)
        SELECT c.* REPLACE (coalesce(c.direction, s.direction) AS direction, coalesce(c.day, s.day) AS day,
            coalesce(c.post, s.post, CASE WHEN s.direction IS NOT NULL THEN c.near_post END) AS post)
        FROM cited c LEFT JOIN said s USING (record, n)"""
    )


def _find_candidates(db: Connection) -> None:
    """``candidates``: telegrams of that number and post, and how many days they are from what the reference says.

    Plain "telegram 692" is one between the two ends of the citing telegram, of the last two months. The Secretary's delegation
    begins its numbers anew with each conference. Footnotes are the editors', who also name what came later.
    """
    db.execute(
        """
        CREATE TABLE candidates AS
        SELECT c.record, c.n, k.telegram,
            CASE WHEN c.day IS NOT NULL THEN abs(k.day - c.day) ELSE abs(c.citing_day - k.day) END AS distance,
            c.day IS NOT NULL AND k.day = c.day AS same_day
        FROM citing c JOIN known_numbers k ON c.number = k.number AND c.series = k.series AND k.telegram <> c.citing
            AND (k.post = CASE WHEN c.post IS NULL AND c.direction IS NULL THEN c.near_post ELSE c.post END OR (c.post IS NULL AND c.day = k.day))
            AND (c.direction IS NULL OR k.direction IS NULL OR c.direction = k.direction)
        WHERE CASE WHEN c.day IS NOT NULL THEN abs(k.day - c.day) <= 1
                   ELSE k.day BETWEEN c.citing_day - CASE WHEN k.post = 'secretary-delegation' THEN 15 WHEN c.post IS NULL THEN 60 ELSE 366 END
                       AND c.citing_day + CASE WHEN c.part_kind <> 'footnote' OR k.post = 'secretary-delegation' THEN 1 ELSE 90 END END"""
    )


def _resolve_numbered(db: Connection) -> None:
    """``resolved``: what the references with a number, and those that lead to a document by themselves, mean."""
    db.execute(
        r"""
        CREATE TABLE resolved AS
        WITH best AS (
            SELECT record, n, telegram, same_day,
                row_number() OVER w AS rank, count(*) OVER (PARTITION BY record, n, distance) AS rivals
            FROM candidates WINDOW w AS (PARTITION BY record, n ORDER BY distance, telegram)),
        nearest AS (SELECT * FROM best WHERE rank = 1),
        -- A link leads to a document of a volume, or to a footnote of one: "frus1955-57v14#d256fn2". A document of a volume that
        -- is not here is known by the two, and its key is the one that it would get by itself.
        links AS (
            SELECT record, n, target, citing, 'document-link' AS how FROM citing WHERE target IS NOT NULL
            UNION ALL SELECT p.record, p.n, p.target, c.citing, 'page' FROM on_page p JOIN citing c USING (record, n)
            UNION ALL SELECT p.record, p.n, p.target, c.citing, 'footnote' FROM printed_as p JOIN citing c USING (record, n) WHERE c.target IS NULL),
        aimed AS (
            SELECT *, regexp_extract(target, '^(?:(.*)[#/])(d\d+[a-z]?)(?:fn\w+)?$', ['volume', 'document']) AS at,
                regexp_replace(target, '#(d\d+[a-z]?)(fn\w+)?$', '/\1') AS leads_to FROM links),
        linked AS (
            SELECT l.record, l.n, l.how, coalesce(i.telegram, CASE WHEN l.at.volume <> '' AND s.source IS NULL
                THEN key_part(l.at.volume) || '.' || key_part(l.at.document) END) AS telegram, i.telegram IS NULL AS outside, l.at
            FROM aimed l LEFT JOIN identified i ON i.record = l.leads_to
            LEFT JOIN (SELECT DISTINCT source FROM records) s ON s.source = l.at.volume
            WHERE i.telegram IS DISTINCT FROM l.citing),
        -- What names the citing telegram itself or means two equally is no stub: nothing unknown is spoken of.
        known AS (
            SELECT record, n FROM nearest WHERE rivals > 1
            UNION SELECT c.record, c.n FROM citing c JOIN known_numbers k ON k.telegram = c.citing AND k.number = c.number
                AND k.series = c.series AND k.post = c.post AND (c.direction IS NULL OR c.direction = k.direction)
            WHERE c.day IS NULL OR k.day = c.day),
        stub AS (
            SELECT record, n, key AS telegram FROM stub_keys ANTI JOIN known USING (record, n) WHERE first),
        absent AS (SELECT record, n FROM noted GROUP BY ALL HAVING bool_or(not_printed))
        SELECT c.record, c.n, coalesce(l.telegram, o.telegram, s.telegram) AS telegram,
            CASE WHEN l.telegram IS NOT NULL THEN l.how
                 WHEN o.same_day THEN 'exact' WHEN o.telegram IS NOT NULL THEN 'number-and-post'
                 WHEN t.n IS NOT NULL THEN 'ambiguous' WHEN s.telegram IS NULL THEN 'unresolved' WHEN a.n IS NOT NULL THEN 'not-printed' ELSE 'stub' END AS how,
            CASE l.how WHEN 'footnote' THEN 0.98 WHEN 'page' THEN 0.95 ELSE CASE WHEN l.telegram IS NOT NULL OR o.same_day THEN 1.0 WHEN o.telegram IS NOT NULL THEN 0.9 END END AS confidence,
            CASE WHEN l.outside THEN l.at.volume END AS volume, CASE WHEN l.outside THEN l.at.document END AS document
        FROM citing c LEFT JOIN (FROM linked WHERE telegram IS NOT NULL) l USING (record, n)
            LEFT JOIN (FROM nearest WHERE rivals = 1) o USING (record, n) LEFT JOIN stub s USING (record, n)
            LEFT JOIN absent a USING (record, n) LEFT JOIN (FROM nearest WHERE rivals > 1) t USING (record, n)"""
    )


def _collect(db: Connection) -> None:
    """Make the tables that leave this module of what was resolved by number and by neighbours."""
    db.execute(
        """
        CREATE TABLE link_resolutions AS
        SELECT c.record, c.n, coalesce(t.telegram, r.telegram) AS telegram, coalesce(t.how, r.how) AS how,
            CASE WHEN t.n IS NULL THEN r.confidence ELSE t.confidence END AS confidence, c.source_file, c.source_line
        FROM citing c JOIN resolved r USING (record, n) LEFT JOIN related t USING (record, n)
        ORDER BY c.record, c.n"""
    )
    db.execute(
        """
        CREATE TABLE stubs AS
        WITH named AS (
            SELECT *, r.telegram AS key, (record, n) AS place FROM resolved r JOIN citing c USING (record, n)
            WHERE r.telegram IS NOT NULL AND r.telegram NOT IN (SELECT telegram FROM identified)),
        -- Of a document known by its volume, what the references with a number say.
        told AS (SELECT * REPLACE (CASE WHEN volume IS NULL OR number IS NOT NULL THEN series END AS series) FROM named)
        SELECT key AS telegram, arg_min(number, place) AS number, arg_min(nullif(series, ''), place) AS series,
            arg_min(post, place) FILTER (WHERE number IS NOT NULL) AS post, arg_min(direction, place) FILTER (WHERE number IS NOT NULL) AS direction,
            arg_min(strftime(day, '%Y-%m-%d'), place) FILTER (WHERE number IS NOT NULL) AS sent, any_value(volume) AS source, any_value(document) AS document,
            arg_min(source_file, place) AS source_file, arg_min(source_line, place) AS source_line
        FROM told GROUP BY key ORDER BY key"""
    )


def _tell_ambiguous(db: Connection) -> None:
    """``reference_findings``: references that several telegrams fit equally well, and which."""
    db.execute(
        """
        CREATE TABLE reference_findings AS
        WITH nearest AS (SELECT record, n, telegram FROM candidates QUALIFY distance = min(distance) OVER (PARTITION BY record, n))
        SELECT 'ambiguous reference' AS kind, 'info' AS severity, c.record, 'references' AS field, any_value(c.surface) AS value,
            'Several records fit equally well: ' || string_agg(DISTINCT b.telegram, ', ' ORDER BY b.telegram)
                || '; say a post or a date in the source that tells which.' AS message,
            any_value(c.source_file) AS source_file, any_value(c.source_line) AS source_line
        FROM link_resolutions r JOIN citing c USING (record, n) JOIN nearest b USING (record, n)
        WHERE r.how = 'ambiguous' GROUP BY c.record, c.n"""
    )
