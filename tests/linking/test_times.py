"""When telegrams were sent and received in UTC."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from registers import linked, telegram


@pytest.mark.parametrize(
    ("values", "sent", "received"),
    [
        ({"from_post": "moscow"}, "1962-11-19T17:00:00Z", "1962-11-20T01:26:00Z"),
        ({"from_post": "nowhere"}, None, "1962-11-20T01:26:00Z"),
        ({"direction": "outgoing", "to_post": "moscow"}, "1962-11-20T01:00:00Z", None),
    ],
)
def test_sent_at_the_post_received_in_washington(
    tmp_path: Path, values: dict[str, Any], sent: str | None, received: str | None
) -> None:
    """An incoming telegram is timed at its post and in Washington, an outgoing one in Washington; else nothing is said."""
    times = {"sent": "1962-11-19T20:00:00", "received": "1962-11-19T20:26:00"}
    found = linked(tmp_path, [telegram("1", **times, **values)])
    (row,) = found["telegrams"]
    assert (row["sent_utc"], row["received_utc"]) == (sent, received)
    inferred = {row["field"] for row in found["linked_readings"] if row["how"].startswith("zone inferred")}
    assert inferred == {name for name, value in (("sent_utc", sent), ("received_utc", received)) if value}
