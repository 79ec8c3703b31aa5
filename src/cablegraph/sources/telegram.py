"""What every reader knows about a telegram: its two ends, its direction, the events of being sent and received."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cablegraph.register import Entry
from cablegraph.vocabularies import vocabulary

DEPARTMENT = "Department of State"
DEPARTMENT_KEY = "department-of-state"


def post_of(text: str | None, on: str | None = None) -> str | None:
    """Return the key of the post, department or mission that a printed name means, where the vocabulary knows it.

    ``on`` is the day of the telegram (EDTF), for countries whose mission has moved.

    "Secretary of State" is a position; its telegrams go to the body where the position exists.
    """
    if post := vocabulary("posts").find(text, on):
        return post.key
    position = vocabulary("positions").find(text)
    return position.post if position else None


def series_post(series: str | None) -> str | None:
    """Return the one post that a series belongs to: Polto telegrams come from the mission to NATO, wherever it sits."""
    concept = vocabulary("series").find(series)
    return concept.field_post if concept else None


def is_mission(post: str | None) -> bool:
    """Tell whether a post is a diplomatic or consular mission, the other end of the Department's own traffic."""
    concept = vocabulary("posts").concepts.get(post or "")
    return concept is not None and concept.mission


def direction_of(from_post: str | None, to_post: str | None, to_text: str | None = None) -> str | None:
    """Tell the direction as seen from the Department.

    A telegram of a mission to a person or bureau by name ("USUN to Rusk") comes in too. None where the Department is
    at neither end or at both.
    """
    if from_post != to_post and DEPARTMENT_KEY in (from_post, to_post):
        return "incoming" if to_post == DEPARTMENT_KEY else "outgoing"
    if is_mission(from_post) and to_post is None and to_text:
        return "incoming"
    return None


def correspondent(record: str, role: str, text: str, post: str | None, place: dict[str, Any]) -> Entry:
    """Make a row of ``correspondents``; a title of office also names the position."""
    position = vocabulary("positions").find(text)
    return "correspondents", {
        "record": record, "role": role, "text": text, "post": post, "position": position and position.key, **place,
    }  # fmt: skip


def own_number(row: dict[str, Any], place: dict[str, Any]) -> Iterator[Entry]:
    """Make the row of ``numbers`` for the number that a telegram itself bears: the number of the sending end."""
    if row.get("number"):
        field_post = row["to_post"] if row.get("direction") == "outgoing" else row["from_post"]
        yield "numbers", {
            "record": row["record"], "post": field_post, "series": row.get("series"), "number": row["number"],
            "role": "own", **place,
        }  # fmt: skip


def sent_and_received(row: dict[str, Any], sent_at: dict[str, Any], received_at: dict[str, Any]) -> Iterator[Entry]:
    """Make the two events that every telegram has, where their times are known."""
    if row.get("sent"):
        yield event(
            row["record"], "transmitted", row["sent"], row.get("sent_text"), row.get("from_text"), "done", sent_at
        )
    if row.get("received"):
        yield event(
            row["record"],
            "received",
            row["received"],
            row.get("received_text"),
            row.get("to_text"),
            "done",
            received_at,
        )


def event(
    record: str, kind: str, at: str | None, at_text: str | None, agent: str | None, state: str, place: dict[str, Any]
) -> Entry:
    """Make a row of ``events``; ``state`` is "requested" or "done"."""
    return "events", {
        "record": record, "kind": kind, "at": at, "at_text": at_text, "agent": agent, "requested_or_done": state, **place,
    }  # fmt: skip
