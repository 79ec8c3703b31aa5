"""Stubs, and what becomes of them: the key of a telegram that is known only by reference, and the record that answers to it later.

A stub has a key made of what the reference says. When the volume or transcript comes in which the telegram is printed, its
record goes by a key of its own, which may say more (a date) or something else (a date that was cited a day off). Keys of
stubs that earlier releases gave (``minted.csv``; there a stub is its own record) then lead to that record.
"""

from __future__ import annotations

from cablegraph.relations import Connection


def name_stubs(db: Connection) -> None:
    """``stub_keys``: the keys by which a reference of ``cited`` or ``citing`` names a telegram that is not here: record, n, key, ``first``.

    The ``first`` is the one that a stub gets now. Another release may have known less: only the words of the place, no day.
    """
    keys = """
        SELECT record, n, CASE WHEN day IS NOT NULL AND direction IN ('incoming', 'outgoing')
                THEN message_key(direction, post, series, number, strftime(day, '%Y-%m-%d'))
            ELSE key_part(source) || '.' || message_key(direction, post, series, number,
                'y' || coalesce(strftime(citing_day + INTERVAL 6 MONTH, '%Y'), '0')) END AS key, {first} AS first
        FROM {known} WHERE number IS NOT NULL AND post IS NOT NULL"""
    now = keys.format(first="true", known="citing")
    earlier = [
        keys.format(first="false", known=known)
        for known in ("cited", "(SELECT * REPLACE (NULL::DATE AS day) FROM citing)")
    ]
    db.execute(f"CREATE TABLE stub_keys AS {' UNION ALL '.join([now, *earlier])}")


def redirect_stubs(db: Connection) -> None:
    """Add to ``link_replaced`` the minted keys of stubs that are no stubs any more, and make ``stub_findings``.

    A stub of a document is the record of that document; any other is what most of the references mean that would have made it.
    """
    db.execute(
        """
        CREATE TABLE former_stubs AS
        SELECT DISTINCT key FROM minted WHERE record = key
            AND key NOT IN (SELECT telegram FROM identified) AND key NOT IN (SELECT telegram FROM stubs) AND key NOT IN (SELECT old FROM link_replaced)"""
    )
    db.execute(
        """
        INSERT INTO link_replaced
        WITH meant AS (
            SELECT s.key, r.telegram, count(*) AS places FROM former_stubs f JOIN stub_keys s USING (key) JOIN link_resolutions r USING (record, n)
            WHERE r.telegram IS NOT NULL GROUP BY ALL
            UNION ALL SELECT f.key, i.telegram, 1000000 FROM former_stubs f JOIN keyed k ON f.key = k.local_key JOIN identified i USING (record))
        SELECT key, arg_max(telegram, (places, telegram)), NULL, NULL FROM meant GROUP BY key ORDER BY key"""
    )
    db.execute(
        """
        CREATE TABLE stub_findings AS
        SELECT 'stub gone' AS kind, 'info' AS severity, NULL AS record, 'references.target' AS field, key AS value,
            'An earlier release had a stub of this key, and no reference leads to it any more; if one ought to, correct it in the source.' AS message,
            NULL AS source_file, NULL AS source_line
        FROM former_stubs WHERE key NOT IN (SELECT old FROM link_replaced)"""
    )
