"""What editors say of a telegram in the footnote right behind its name: where it is printed, of which day it is.

A note may open with the document ("Document 123.", "Printed as Document 123."), name one of that number further on
("Telegram 614 is printed as Document 104."), give the day ("Dated October 16."), or point to the note that does ("See
footnote 2, Document 229."). "See Document 123." alone says only that more is to be read there.
"""

from __future__ import annotations

from cablegraph.relations import Connection

#: What may stand before a link that opens a note, where the link is to the very document named.
_OPENS = r"(Printed (as|in) )?((([Cc]ircular )?[Tt]elegram|Airgram|Despatch|[A-Z][a-z]+) [A-Z]{0,2}[-–]?\d+,? ((from|to) [A-Z][\w. ]{1,40})?, )?"
_NOT_PRINTED = r"(?i)\b(not|neither|none) (of them )?(is |was |were )?printed"


def read_footnotes(db: Connection) -> None:
    """Make of ``cited`` the tables ``noted``, ``printed_as`` and ``dated_in_note``.

    ``noted`` has a row for each reference and footnote behind it: record, n, note, ``alone`` (no other telegram is
    named in the same words), ``not_printed``. ``printed_as`` are references whose note names the printed document:
    record, n, target. ``dated_in_note`` are days that notes give: record, n, day.
    """
    db.execute(
        f"""
        CREATE TABLE noted AS
        WITH words AS (
            SELECT record, n, part, first, "end", coalesce(lag("end") OVER w, first) AS own_first, count(*) OVER (PARTITION BY record, part, first) AS named
            FROM cited WHERE sort <> 'cross link' AND part_kind <> 'footnote' WINDOW w AS (PARTITION BY record, part, first ORDER BY "end")),
        behind AS (
            SELECT w.record, w.part, w.first, w.n, f.part AS note, f.text, w.named FROM words w
            JOIN parts f ON f.record = w.record AND f.parent = w.part AND f.kind = 'footnote' AND f.anchor > w.own_first AND f.anchor <= w."end" + 1)
        SELECT w.record, w.n, b.note, b.named = 1 AS alone, regexp_matches(left(b.text, 120), '{_NOT_PRINTED}') AS not_printed, b.text
        FROM behind b JOIN words w USING (record, part, first)"""
    )
    # Links of notes, by the words before them, and the number that the document linked to bears.
    db.execute(
        f"""
        CREATE TABLE printed_as AS
        WITH said AS (
            SELECT o.record, o.n, l.target, l.first,
                o.alone AND regexp_full_match(left(o.text, l.first), '{_OPENS}') AS opens,
                c.number IS NOT NULL AND EXISTS (SELECT 1 FROM known_numbers k JOIN identified i USING (telegram) WHERE i.record = l.leads_to
                    AND k.number = c.number AND k.post = coalesce(c.post, k.post)
                    AND k.direction IS NOT DISTINCT FROM coalesce(c.direction, k.direction)) AS agrees
            FROM noted o JOIN cited c USING (record, n) JOIN cited l ON l.record = o.record AND l.part = o.note
                AND regexp_matches(l.target, '#d\\d+[a-z]?$'))
        SELECT record, n, arg_min(target, (NOT agrees, first)) AS target FROM said WHERE opens OR agrees GROUP BY record, n"""
    )
    db.execute(
        r"""
        CREATE TABLE dated_in_note AS
        WITH printed AS (
            SELECT o.record, o.n, c.citing_day, regexp_extract(o.text, '^(?:In this telegram, )?[Dd]ated ([A-Z][a-z]{2})[a-z]*\.? (\d{1,2})\b(?:, (\d{4}))?',
                ['month', 'day', 'year']) AS said
            FROM noted o JOIN cited c USING (record, n) WHERE o.alone AND c.day IS NULL)
        SELECT record, n, CASE WHEN said.year <> '' OR in_year <= citing_day THEN in_year ELSE in_year - INTERVAL 1 YEAR END::DATE AS day
        FROM (SELECT *, try_strptime(concat_ws(' ', said.month, said.day, coalesce(nullif(said.year, ''), strftime(citing_day, '%Y'))), '%b %d %Y') AS in_year
            FROM printed)
        WHERE in_year IS NOT NULL"""
    )
    # "See footnote 2, Document 229": what that note says of a telegram of this number.
    db.execute(
        """
        CREATE TABLE told_elsewhere AS
        SELECT DISTINCT o.record, o.n, there.record AS other_record, there.n AS other_n
        FROM noted o JOIN cited c USING (record, n) JOIN cited l ON l.record = o.record AND l.part = o.note
        JOIN cited there ON there.record = l.leads_to AND there.part = regexp_extract(l.target, '#(d\\d+[a-z]?fn\\w+)$', 1)
            AND there.number = c.number AND there.series = c.series
        WHERE l.target LIKE '%fn%'"""
    )
