"""Near misses: records that may be one telegram, for a person to decide."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from registers import linked, telegram

MRN = {"mrn": "1973ABIDJA000073"}


@pytest.mark.parametrize(
    ("one", "other", "confidence", "said"),
    [
        ({}, {"sent": "1962-11-20"}, 0.7, "1962-11-19 and 1962-11-20 are a day apart"),
        ({}, {"sent": None}, 0.5, "one has no day"),
        ({}, {"sent": "1962-11"}, 0.5, "one has no day"),
        (MRN, MRN | {"number": "1863"}, 0.9, "message reference number 1973ABIDJA000073"),
        ({"control_number": "6946"}, {"control_number": "6946", "number": None}, 0.8, "control number 6946"),
        (
            {"dtg": "P 192000Z NOV 62"},
            {"dtg": "O 192000Z NOV 62", "number": "2"},
            0.8,
            "date-time group 192000Z NOV 62",
        ),
        (MRN, MRN | {"sent": "1962-11-20"}, 0.97, "message reference number 1973ABIDJA000073; the same number 1862"),
    ],
)
def test_what_agrees_in_part_is_for_a_person_to_decide(
    tmp_path: Path, one: dict[str, Any], other: dict[str, Any], confidence: float, said: str
) -> None:
    """Near misses are no merge: they are candidates, with what agrees and how much that says."""
    found = linked(tmp_path, [telegram("1", **one), telegram("2", source="b", **other)])
    assert len({row["telegram"] for row in found["identity"]}) == 2
    (candidate,) = found["candidates"]
    first, second = (f"record:{row['telegram']}" for row in found["identity"])
    assert (candidate["subject_id"], candidate["predicate_id"], candidate["object_id"]) == (first, "owl:sameAs", second)
    assert candidate["confidence"] == pytest.approx(confidence)
    assert said in candidate["comment"]


@pytest.mark.parametrize(
    "other",
    [{"sent": "1962-11-22"}, {"sent": "1962-10"}, {"number": "1863"}, {"from_post": "athens", "sent": "1962-11-20"}],
)
def test_others_are_no_near_misses(tmp_path: Path, other: dict[str, Any]) -> None:
    assert linked(tmp_path, [telegram("1"), telegram("2", source="b", **other)])["candidates"] == []
