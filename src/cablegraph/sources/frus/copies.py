"""Copies of a telegram: who got one, under which number, and whether it was passed on or only asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cablegraph.sources.frus.distribution import find_distribution, read_requests
from cablegraph.sources.frus.handling import CopyNumber, Handling
from cablegraph.sources.frus.heading import post_named
from cablegraph.sources.frus.opening import LONGEST_OPENING
from cablegraph.sources.telegram import DEPARTMENT_KEY


def add_distribution(
    handling: Handling, paragraphs: Sequence[tuple[str, str]], number: str | None, ends: set[str | None]
) -> None:
    """Add what the telegram itself says, at its foot and its opening, of where else it went.

    ``number`` is its own, ``ends`` are the posts of its two ends: what it says of them is no copy.
    """
    foot = find_distribution(paragraphs)
    opening = read_requests(paragraphs[0][1][:LONGEST_OPENING]) if paragraphs else []
    for one in (*foot, *opening):
        itself = one.kind == "sent" and one.post in {*ends, DEPARTMENT_KEY}
        if itself and one.number in (None, number):
            continue
        if one.asked:
            handling.requested.append((one.kind, one.name))
        lists = {"sent": handling.also_sent_to, "repeated": handling.repeated_to, "pouched": handling.pouched_to}
        names = lists.get(one.kind)
        if names is not None and one.name not in names and not itself:
            names.append(one.name)
        if one.number and one.kind in ("sent", "repeated"):
            role = "sent to" if one.kind == "sent" else "repeated to"
            handling.numbers.append(CopyNumber(role, one.name, one.number, one.series))


def copy_numbers(handling: Handling, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Make columns of ``numbers`` for the copies of the record ``row``; one to the Department is numbered by the sender."""
    for copy in handling.numbers:
        post = post_named(copy.name, row["sent"])
        post = row["from_post"] if post == DEPARTMENT_KEY else post
        yield {
            "record": row["record"], "post": post, "series": copy.series, "number": copy.number, "role": copy.role,
        }  # fmt: skip


def passed_on(handling: Handling) -> Iterator[tuple[str, str, str]]:
    """What was passed, pouched or repeated (the kind of event), to whom, and "done" or "requested"."""
    for kind, names in (("passed", handling.passed_to), ("pouched", handling.pouched_to)):
        yield from ((kind, name, "done") for name in names)
    yield from ((kind, name, "requested") for kind, name in handling.requested)
