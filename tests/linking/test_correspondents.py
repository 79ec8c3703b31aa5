"""Senders and addressees that are persons, told a document at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph.register import rows
from registers import linked, telegram

PEOPLE = [
    {"key": "a#p_RD", "label": "Rusk, Dean", "source": "a, list of persons: Secretary of State."},
    {"key": "a#p_RWW", "label": "Rostow, Walt W.", "source": "a, list of persons: Special Assistant to the President."},
    {"key": "a#p_BG", "label": "Ball, George W.", "source": "a, list of persons: Under Secretary of State."},
]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Secretary of State Rusk", "a#p_RD"),
        ("President’s Special Assistant (Rostow)", "a#p_RWW"),
        ("Ball", "a#p_BG"),
        ("Secretary of State Rusk and the Under Secretary (Ball)", None),
        ("Embassy in Greece", None),
        ("Soviet Government", None),
        ("Ball Smith of the Council", None),
    ],
)
def test_who_a_printed_name_is(tmp_path: Path, text: str, person: str | None) -> None:
    """A title and a surname, or a surname in brackets, is the person of the list; several persons, posts and bodies are none."""
    sender = [{"record": "a/1", "role": "from", "n": 1, "text": text}]
    tables = linked(tmp_path, [telegram("1", from_text=text, from_post=None)], persons=PEOPLE, correspondents=sender)
    found = [row["person"] for row in rows(tmp_path / "register", "corresponding")]
    assert found == ([person] if person else [])
    # Who is told as a person is no agent by that name.
    assert person is None or not [row for row in tables["names"] if row["text"] == text]
