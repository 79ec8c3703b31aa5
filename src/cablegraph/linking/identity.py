"""Which showings are one telegram, and under what key it goes.

The key is (direction, field post, series, number, date): the field post is the end that is not the Department. Over
1,904 numbered telegrams of twelve volumes it never collides. A record that lacks a part has a key local to its source
and is merged with nothing. Keys that earlier runs gave (``minted.csv``) are kept.
"""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb

from cablegraph.errors import InputError
from cablegraph.relations import INTEGER, TEXT, create_table

#: Kinds whose number is one of the plain numbering of telegrams; others carry their kind in the series part.
TELEGRAMS = ("telegram", "circular telegram")
NUMBERED = (*TELEGRAMS, "airgram", "circular airgram", "despatch", "instruction")


def identify(db: duckdb.DuckDBPyConnection, minted: Path | None, since: str) -> None:
    """Make the tables ``identified`` (one row a record) and ``link_replaced`` (keys that no longer serve)."""
    create_table(db, "minted", {"record": TEXT, "key": TEXT, "since": TEXT, "place": INTEGER}, _read_minted(minted))
    numbered = ", ".join(f"'{kind}'" for kind in NUMBERED)
    db.execute(
        f"""
        CREATE TABLE keyed AS
        WITH ordered AS (SELECT *, row_number() OVER () AS ordinal FROM records),
        parts AS (
            SELECT *, kind LIKE 'circular%' AS circular,
                CASE WHEN kind LIKE 'circular%' THEN 'circular'
                     WHEN direction = 'incoming' THEN from_post WHEN direction = 'outgoing' THEN to_post END AS field_post,
                CASE WHEN kind LIKE 'circular%' THEN coalesce(direction, 'outgoing') ELSE direction END AS way,
                CASE WHEN kind IN ('telegram', 'circular telegram') THEN series ELSE coalesce(series, kind) END AS part_series,
                CASE WHEN length(sent) >= 10 THEN left(sent, 10) END AS day
            FROM ordered)
        SELECT record, source, document, ordinal, field_post, way, day,
            CASE WHEN kind IN ({numbered}) AND way IS NOT NULL AND field_post IS NOT NULL AND number IS NOT NULL AND day IS NOT NULL
                 THEN message_key(way, field_post, part_series, number, day) END AS global_key,
            coalesce(global_key, key_part(source) || '.' || key_part(document)) AS computed
        FROM parts"""
    )
    # The first showing of a group that has a minted key lends it to the group; a key serves one group only.
    db.execute(
        """
        CREATE TABLE identified AS
        WITH latest AS (SELECT record, arg_max(key, place) AS key, arg_max(since, place) AS since FROM minted GROUP BY record),
        grouped AS (
            SELECT k.computed, min(k.ordinal) AS ordinal, arg_min(l.key, k.ordinal) AS kept
            FROM keyed k LEFT JOIN latest l USING (record) GROUP BY k.computed),
        chosen AS (
            SELECT computed, CASE WHEN kept IS NOT NULL
                AND row_number() OVER (PARTITION BY kept ORDER BY ordinal) = 1 THEN kept ELSE computed END AS telegram
            FROM grouped)
        SELECT k.record, c.telegram,
            CASE WHEN c.telegram <> k.computed THEN 'minted'
                 WHEN k.global_key IS NOT NULL THEN 'direction, post, series, number and date' ELSE 'local' END AS rule,
            1.0 AS score,
            CASE WHEN l.key = c.telegram THEN l.since ELSE $since END AS since,
            NULL AS source_file, NULL AS source_line
        FROM keyed k JOIN chosen c USING (computed) LEFT JOIN latest l USING (record)
        ORDER BY k.ordinal""",
        {"since": since},
    )
    db.execute(
        """
        CREATE TABLE link_replaced AS
        SELECT DISTINCT m.key AS old, i.telegram, NULL AS source_file, NULL AS source_line
        FROM minted m JOIN identified i USING (record)
        WHERE m.key <> i.telegram AND m.key NOT IN (SELECT telegram FROM identified)
        ORDER BY ALL"""
    )


def _read_minted(path: Path | None) -> list[tuple[str, str, str, int]]:
    if path is None or not path.exists():
        return []
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if reader.fieldnames is None or not {"record", "key", "since"} <= set(reader.fieldnames):
                raise InputError("must have the columns record, key, since", file=str(path), line=1)
            return [(row["record"], row["key"], row["since"], place) for place, row in enumerate(reader)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError("the minted keys cannot be read", file=str(path), hint=str(error)) from error
