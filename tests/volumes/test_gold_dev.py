"""Ten telegrams that were read by hand, field by field."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from shared_volumes import tables_of

#: Field of the gold file → column of the register.
_FIELDS = {
    "doc_number": "document_number", "kind": "kind", "series": "series", "number": "number", "from": "from_text", "to": "to_text",
    "place": "place_text", "classification": "classification", "captions": "captions", "precedence": "precedence",
    "file_number": "file_number", "drafted_by": "drafted_by", "cleared_by": "cleared_by", "approved_by": "approved_by",
    "repeated_to": "repeated_to", "also_sent_to": "also_sent_to", "signatory": "signatory_text",
}  # fmt: skip


def normal(value: Any) -> Any:
    """Bring values to one form: lists of names as sorted lists, text without case, spaces folded."""
    if isinstance(value, list):
        return sorted(normal(item) for item in value) or ""
    return " ".join(str(value or "").split()).casefold()


def expected(field: str, value: Any) -> Any:
    names = isinstance(value, str) and field in (
        "drafted_by",
        "cleared_by",
        "approved_by",
        "repeated_to",
        "also_sent_to",
    )
    return [name for name in re.split(r",\s+(?:and\s+)?|\s+and\s+", value) if name] or "" if names else value


def test_the_fields_equal_what_a_careful_reader_finds(shared: Path, record_property: pytest.RecordProperty) -> None:
    """Every field of the hand-read telegrams is equal; the share and each miss are shown."""
    gold = json.loads((shared / "data" / "gold-dev.json").read_text(encoding="utf-8"))["telegrams"]
    equal, misses = 0, []
    for telegram in gold:
        tables = tables_of(telegram["volume"])
        row = next(r for r in tables["records"] if r["document"] == telegram["doc"])
        found = {field: row.get(column) or "" for field, column in _FIELDS.items()}
        found["date"] = (row["sent"] or "") + ("Z" if row.get("sent_zone") == "Z" else "")
        mine = [part for part in tables["parts"] if part["record"] == row["record"] and part["kind"] == "footnote"]
        people = [
            m for m in tables["mentions"] if m["record"] == row["record"] and m["kind"] == "person" and m["entity"]
        ]
        found |= {"footnotes": len(mine), "person_mentions": len(people)}
        for field, value in found.items():
            if normal(value) == normal(expected(field, telegram[field])):
                equal += 1
            else:
                misses.append(f"{telegram['volume']}/{telegram['doc']} {field}: {value!r}, gold {telegram[field]!r}")
    total = equal + len(misses)
    record_property(
        "shown",
        f"gold-dev: {equal} of {total} fields equal ({100 * equal / total:.1f} %)"
        + "".join(f"\n  {m}" for m in misses),
    )
    assert not misses


def test_references_of_the_hand_read_telegrams_are_found(shared: Path) -> None:
    """Every telegram that a careful reader sees named is found with its number, and every link with its target."""
    gold = json.loads((shared / "data" / "gold-dev.json").read_text(encoding="utf-8"))["telegrams"]
    for telegram in gold:
        tables = tables_of(telegram["volume"])
        record = next(r["record"] for r in tables["records"] if r["document"] == telegram["doc"])
        mine = [r for r in tables["references"] if r["record"] == record]
        for reference in telegram["references"]:
            if reference["kind"] == "telegram":
                assert any(r["number"] == reference["number"] for r in mine if r.get("number")), reference
            if reference["target"]:
                assert any((r.get("target") or "").endswith(reference["target"]) for r in mine), reference
