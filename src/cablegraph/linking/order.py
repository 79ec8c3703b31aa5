"""The order of events: a document is received, passed on and filed after it is sent, as far as its dates tell.

Where both times are known in UTC a shape compares them (shapes/record.ttl). Here are the rest: dates that are known to the
day, compared with a day's tolerance, since the two ends may lie in different zones; and the date in a file number, which
may well be earlier (an answer is filed under the paper that it answers), but not by half a year.
"""

from __future__ import annotations

from cablegraph.relations import Connection


def check_order(db: Connection) -> None:
    """Make ``order_findings``."""
    db.execute(
        """
        CREATE TABLE order_findings AS
        WITH dated AS (
            SELECT t.telegram, t.record, t.sent, t.received, t.filed_date, t.file_number, t.source_file, t.source_line,
                try_cast(left(t.sent, 10) AS DATE) AS sent_day, try_cast(left(t.received, 10) AS DATE) AS received_day,
                t.sent_utc IS NOT NULL AND t.received_utc IS NOT NULL AS in_utc
            FROM link_telegrams t WHERE length(t.sent) >= 10)
        SELECT 'out of order' AS kind, 'warning' AS severity, record, 'received' AS field, received AS value,
            'The document was received more than a day before it was sent (' || sent || '); compare both dates with the source.' AS message,
            source_file, source_line
        FROM dated WHERE length(received) >= 10 AND NOT in_utc AND received_day < sent_day - 1
        UNION ALL
        SELECT 'out of order', 'warning', e.record, 'events', e."at",
            'The document was ' || e.kind || ' more than a day before it was sent (' || d.sent || '); compare both dates with the source.',
            e.source_file, e.source_line
        FROM events e JOIN identified i USING (record) JOIN dated d ON d.telegram = i.telegram
        WHERE e.kind NOT IN ('transmitted', 'received') AND length(e."at") >= 10 AND try_cast(left(e."at", 10) AS DATE) < d.sent_day - 1
        UNION ALL
        SELECT 'dates disagree', 'warning', record, 'file_number', file_number,
            'The file number says ' || filed_date || ', the document ' || sent || '; compare both dates with the source.', source_file, source_line
        FROM dated WHERE abs(date_diff('day', sent_day, try_cast(filed_date AS DATE))) > 182"""
    )
