"""Printed local times as instants in UTC, where the zone is printed or follows from the post and the day.

Telegrams are timed at the post when they are sent and in Washington when they are received. The tz database tells the
offset of that day; its copy is a dependency, so that every machine computes the same.
"""

from __future__ import annotations

import datetime
import zoneinfo

from cablegraph.relations import BOOLEAN, TEXT, Connection, create_table
from cablegraph.vocabularies import vocabulary

zoneinfo.reset_tzpath(to=())

WASHINGTON = "America/New_York"


def find_instants(db: Connection) -> None:
    """Make the table ``instants`` (record, field, utc) and the readings "zone inferred"."""
    rows: list[tuple[str, str, str, str, bool]] = []
    query = """
    SELECT record, direction, from_post, sent, sent_zone, received, received_zone FROM records
    WHERE length(sent) >= 19 OR length(received) >= 19 ORDER BY record"""
    for record, direction, from_post, sent, sent_zone, received, received_zone in db.execute(query).fetchall():
        sender = WASHINGTON if direction == "outgoing" else _zone_of(from_post)
        receiver = WASHINGTON if direction == "incoming" else None
        for field, value, printed, place in (
            ("sent", sent, sent_zone, sender),
            ("received", received, received_zone, receiver),
        ):
            instant = _instant(value, printed, place)
            if instant is not None:
                rows.append((record, field, *instant))
    columns = {"record": TEXT, "field": TEXT, "utc": TEXT, "zone": TEXT, "inferred": BOOLEAN}
    create_table(db, "instants", columns, rows)


def _zone_of(post: str | None) -> str | None:
    concept = vocabulary("posts").concepts.get(post or "")
    return concept.time_zone if concept else None


def _instant(value: str | None, printed: str | None, place: str | None) -> tuple[str, str, bool] | None:
    """Return (UTC, zone, inferred) of a local time, None where no zone is known or the value is no time."""
    if value is None or len(value) < 19:
        return None
    try:
        moment = datetime.datetime.fromisoformat(value)
    except ValueError:
        return None
    zone: datetime.tzinfo | None = moment.tzinfo
    name, inferred = printed or "", False
    if zone is None and printed in ("Z", "GMT", "UTC"):
        zone = datetime.UTC
    elif zone is None and printed is None and place is not None:
        zone, name, inferred = zoneinfo.ZoneInfo(place), place, True
    if zone is None:
        return None
    try:
        utc = moment.replace(tzinfo=zone).astimezone(datetime.UTC)
    except OverflowError:  # the first and last days that a computer knows
        return None
    return f"{utc.replace(tzinfo=None).isoformat(timespec='seconds')}Z", name, inferred
