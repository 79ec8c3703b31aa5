"""When telegrams were sent and received in UTC, so that delays and the order of events can be told."""

from __future__ import annotations

from cablegraph.instants import instant, receiver_zone, sender_zone
from cablegraph.relations import BOOLEAN, TEXT, Connection, create_table


def find_instants(db: Connection) -> None:
    """Make the table ``instants`` (record, field, utc) and the readings "zone inferred"."""
    rows: list[tuple[str, str, str, str, bool]] = []
    query = """
    SELECT record, direction, from_post, sent, sent_zone, received, received_zone FROM records
    WHERE length(sent) >= 19 OR length(received) >= 19 ORDER BY record"""
    for record, direction, from_post, sent, sent_zone, received, received_zone in db.execute(query).fetchall():
        for field, moment in (
            ("sent", instant(sent, sent_zone, sender_zone(direction, from_post))),
            ("received", instant(received, received_zone, receiver_zone(direction))),
        ):
            if moment is not None:
                rows.append((record, field, *moment))
    columns = {"record": TEXT, "field": TEXT, "utc": TEXT, "zone": TEXT, "inferred": BOOLEAN}
    create_table(db, "instants", columns, rows)
