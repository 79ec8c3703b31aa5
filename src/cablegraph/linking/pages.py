"""Links to a page of a volume that is here: the document that stands on it.

"p. 107" is the page on which a document begins, where one does; else the one document that stands on it. "Footnote 1, p. 107"
is a footnote of that number on the page. Several pages ("pp. 34–49", "pp. 265 ff.") are several documents, and no reference.
"""

from __future__ import annotations

from cablegraph.relations import Connection


def find_pages(db: Connection) -> None:
    """Make ``on_page`` of ``cited``: record, n, ``target`` (volume#document), for links to a page by which one document is meant.

    Where the reference bears a number, the document must bear it, too, at the same post.
    """
    db.execute(
        r"""
        CREATE TABLE on_page AS
        WITH linked AS (
            SELECT c.record, c.n, c.number, c.post, c.direction, split_part(c.target, '#', 1) AS volume, regexp_extract(c.target, '#pg_(\d+)$', 1)::INTEGER AS page,
                substr(p.text, c."end" + 1, 4) AS behind, substr(p.text, greatest(c.first - 24, 0) + 1, least(c.first, 24)) AS before,
                regexp_extract(concat(before, c.surface), '(?i)footnote (\d+)[^\d]*\d*$', 1) AS footnote
            FROM cited c JOIN parts p ON p.record = c.record AND p.part = c.part WHERE regexp_matches(c.target, '#pg_\d{1,6}$')),
        one_page AS (
            SELECT * FROM linked WHERE NOT regexp_matches(behind, '^\s*([–-]\s*\d|ff)') AND NOT regexp_matches(before, '\d\s*[–-]\s*$')),
        standing AS (
            SELECT record, min(page) AS first, max(page) AS last
            FROM (SELECT record, page FROM parts UNION ALL SELECT record, page FROM markings WHERE kind = 'page number') GROUP BY record),
        met AS (
            SELECT l.record, l.n, l.number, l.post, l.direction, l.footnote, l.page, r.record AS document, l.volume || '#' || r.document AS target, s.first = l.page AS begins
            FROM one_page l JOIN records r ON r.source = l.volume JOIN standing s ON s.record = r.record AND l.page BETWEEN s.first AND s.last),
        fitting AS (
            SELECT *, CASE WHEN footnote <> '' THEN EXISTS (
                    SELECT 1 FROM parts f WHERE f.record = met.document AND f.kind = 'footnote' AND f.label = met.footnote AND f.page = met.page)
                ELSE begins OR count(*) OVER (PARTITION BY record, n) = 1 END AS fits
            FROM met)
        SELECT record, n, any_value(target) AS target FROM fitting f
        WHERE fits GROUP BY record, n
        HAVING count(*) = 1 AND bool_and(number IS NULL OR EXISTS (
            SELECT 1 FROM known_numbers k JOIN identified i USING (telegram) WHERE i.record = f.document AND k.number = f.number
                AND k.post = coalesce(f.post, k.post) AND k.direction IS NOT DISTINCT FROM coalesce(f.direction, k.direction)))"""
    )
