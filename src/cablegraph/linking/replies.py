"""Threads: which telegram answers which.

An answer goes back: from a post that the other telegram was addressed to, to the one that sent it, within weeks, and names it in its
own text. What editors name in footnotes answers nothing. Chains of answers are threads; they need no table of their own.
"""

from __future__ import annotations

from cablegraph.linking.identity import NUMBERED
from cablegraph.relations import Connection, quote_text

#: Days after which a telegram that names another one is taken to come back to it rather than to answer it.
LATEST = 30


def find_replies(db: Connection) -> None:
    """Make ``link_replies`` of ``link_telegrams`` and the references in texts: telegram, answers, days, confidence."""
    kinds = ", ".join(map(quote_text, NUMBERED))
    db.execute(
        f"""
        CREATE TABLE link_replies AS
        WITH ends AS (
            SELECT telegram, try_cast(left(sent, 10) AS DATE) AS day, sent_utc,
                coalesce(from_post, CASE direction WHEN 'outgoing' THEN 'department-of-state' END) AS from_post,
                coalesce(to_post, CASE direction WHEN 'incoming' THEN 'department-of-state' END) AS to_post
            FROM link_telegrams WHERE kind IN ({kinds})),
        addressed AS (
            SELECT telegram, to_post AS post FROM ends
            UNION SELECT i.telegram, c.post FROM correspondents c JOIN identified i USING (record) WHERE c.role IN ('to', 'also sent to')),
        named AS (
            SELECT c.citing AS telegram, r.telegram AS answers, max(r.confidence) AS confidence,
                arg_min((c.source_file, c.source_line), (c.record, c.n)) AS place
            FROM citing c JOIN link_resolutions r USING (record, n)
            WHERE r.telegram IS NOT NULL AND c.part_kind IS DISTINCT FROM 'footnote' GROUP BY ALL)
        SELECT n.telegram, n.answers, (reply.day - first.day)::INTEGER AS days, n.confidence, n.place[1] AS source_file, n.place[2] AS source_line
        FROM named n JOIN ends reply ON reply.telegram = n.telegram JOIN ends first ON first.telegram = n.answers
        WHERE n.telegram <> n.answers AND reply.from_post <> reply.to_post AND reply.to_post = first.from_post
            AND reply.from_post IN (SELECT post FROM addressed a WHERE a.telegram = n.answers)
            AND reply.day - first.day BETWEEN 0 AND {LATEST} AND coalesce(reply.sent_utc >= first.sent_utc, true)
        ORDER BY ALL"""
    )
