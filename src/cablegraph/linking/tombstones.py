"""Tombstones: what is left of a record that an earlier release had and this one has not, or that is withheld.

Its IRI stays, and says what became of it; a key that was replaced by another redirects instead. A record that comes back
loses its tombstone.
"""

from __future__ import annotations

from collections.abc import Sequence

from cablegraph.earlier import Earlier, Tombstone
from cablegraph.relations import TEXT, Connection, create_table

_DELETED = "It is not in the sources any more."


def bury(db: Connection, earlier: Earlier | None, withheld: Sequence[Tombstone], date: str) -> None:
    """Make ``link_tombstones``; ``date`` is that of this release."""
    rows = {each.record: each for each in withheld}
    if earlier is not None:
        served = {
            key
            for (key,) in db.execute(
                "SELECT telegram FROM link_telegrams UNION SELECT old FROM link_replaced"
            ).fetchall()
        }
        for each in earlier.tombstones:
            # Once withheld, a record is withheld for as long as the list says so.
            if each.record not in served and each.kind == "deleted":
                rows.setdefault(each.record, each)
        for key in sorted(earlier.keys - served):
            rows.setdefault(key, Tombstone(key, "deleted", _DELETED, date, earlier.version))
    columns = dict.fromkeys(("telegram", "kind", "reason", "date", "version", "source_file", "source_line"), TEXT)
    create_table(
        db,
        "link_tombstones",
        columns,
        [
            (t.record, t.kind, t.reason, t.date, t.version, None, None)
            for t in sorted(rows.values(), key=lambda t: t.record)
        ],
    )
