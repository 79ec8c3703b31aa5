"""Whole transcripts and the rows that they give: a folder a case."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from material import read

GOLDEN = Path(__file__).parents[1] / "golden" / "transcripts"
CASES = sorted(path.name for path in GOLDEN.iterdir())


@pytest.mark.parametrize("case", CASES)
def test_golden_cases(case: str) -> None:
    """Each folder of tests/golden/transcripts gives the rows that stand in its rows.json."""
    tables = read((GOLDEN / case / "transcript.txt").read_bytes())
    expected = json.loads((GOLDEN / case / "rows.json").read_text(encoding="utf-8"))
    assert {table: rows for table, rows in tables.items() if rows} == expected
