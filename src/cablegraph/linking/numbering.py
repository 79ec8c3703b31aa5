"""One number a post, series and numbering period: two documents that bear the same one contradict each other.

Posts begin their numbers anew with the fiscal year (1 July) or with the calendar year, so that half a calendar year lies in one
period under either. The numbers of a conference series begin anew with each conference; there a week is taken.
"""

from __future__ import annotations

from cablegraph.relations import Connection


def check_numbers(db: Connection) -> None:
    """Make ``number_findings``: one row a document whose number another document bears, too."""
    db.execute(
        """
        CREATE TABLE number_findings AS
        WITH numbered AS (
            SELECT record, sent, try_cast(left(sent, 10) AS DATE) AS sent_day, number, series, source_file, source_line,
                (direction, kind, CASE direction WHEN 'incoming' THEN from_post ELSE to_post END, lower(coalesce(series, '')), number) AS bears,
                left(sent, 4) || CASE WHEN substr(sent, 6, 2) < '07' THEN 'a' ELSE 'b' END AS half
            FROM link_telegrams
            WHERE number IS NOT NULL AND coalesce(stub, '') <> 'true' AND length(sent) >= 7
                AND (CASE direction WHEN 'incoming' THEN from_post WHEN 'outgoing' THEN to_post END) IS NOT NULL)
        SELECT 'number used twice' AS kind, 'warning' AS severity, a.record, 'number' AS field, concat_ws(' ', a.series, a.number) AS value,
            'This is the number of ' || string_agg(b.record || ' (' || b.sent || ')', ', ' ORDER BY b.record)
                || ', too; compare the numbers and the dates with the sources.' AS message,
            a.source_file, a.source_line
        FROM numbered a JOIN numbered b ON a.bears = b.bears AND a.record <> b.record
        WHERE CASE WHEN a.series IS NULL THEN a.half = b.half ELSE abs(date_diff('day', a.sent_day, b.sent_day)) <= 7 END
        GROUP BY ALL"""
    )
