"""Printed local times as instants in UTC, where the zone is printed or follows from the post and the day.

Telegrams are timed at the post when they are sent and in Washington when they are received. The tz database tells the
offset of that day; its copy is a dependency, so that every machine computes the same.
"""

from __future__ import annotations

import datetime
import zoneinfo
from typing import NamedTuple

from cablegraph.vocabularies import vocabulary

zoneinfo.reset_tzpath(to=())

WASHINGTON = "America/New_York"


class Instant(NamedTuple):
    """A moment: ``utc`` as ``YYYY-MM-DDThh:mm:ssZ``, the zone used, and whether that zone is inferred from the place."""

    utc: str
    zone: str
    inferred: bool


def sender_zone(direction: str | None, from_post: str | None) -> str | None:
    """The tz name of where a telegram is timed when it is sent; None where it is not known."""
    return WASHINGTON if direction == "outgoing" else _zone_of(from_post)


def receiver_zone(direction: str | None) -> str | None:
    """The tz name of where a telegram is timed when it is received; posts do not print it, Washington does."""
    return WASHINGTON if direction == "incoming" else None


def instant(local: str | None, printed: str | None, zone: str | None) -> Instant | None:
    """Turn a local time (EDTF to the second) into an instant: in the ``printed`` zone, else in the tz name ``zone``.

    None where no zone is known or the value is no time.
    """
    if local is None or len(local) < 19:
        return None
    try:
        moment = datetime.datetime.fromisoformat(local)
    except ValueError:
        return None
    used: datetime.tzinfo | None = moment.tzinfo
    name, inferred = printed or "", False
    if used is None and printed in ("Z", "GMT", "UTC"):
        used = datetime.UTC
    elif used is None and printed is None and zone is not None:
        used, name, inferred = zoneinfo.ZoneInfo(zone), zone, True
    if used is None:
        return None
    try:
        utc = moment.replace(tzinfo=used).astimezone(datetime.UTC)
    except OverflowError:  # the first and last days that a computer knows
        return None
    return Instant(f"{utc.replace(tzinfo=None).isoformat(timespec='seconds')}Z", name, inferred)


def _zone_of(post: str | None) -> str | None:
    concept = vocabulary("posts").concepts.get(post or "")
    return concept.time_zone if concept else None
