"""Makes registers and publications out of a few rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cablegraph.linking import link
from cablegraph.parts import PartWriter, join_parts
from cablegraph.publication import Publication, Publisher
from cablegraph.register import rows

BASE = "https://example.org/"
Tables = dict[str, list[dict[str, Any]]]


def telegram(document: str, **values: Any) -> dict[str, Any]:
    """A row of ``records``: USUN 1862 of 19 November 1962 unless ``values`` say otherwise."""
    source = values.pop("source", "a")
    plain = {
        "record": f"{source}/{document}", "source": source, "document": document, "kind": "telegram", "direction": "incoming",
        "number": "1862", "from_text": "USUN", "from_post": "usun", "to_text": "Department of State", "to_post": "department-of-state",
        "sent": "1962-11-19", "source_file": f"{source}.csv", "source_line": 2,
    }  # fmt: skip
    return plain | values


def write_register(folder: Path, records: list[dict[str, Any]], **tables: list[dict[str, Any]]) -> Path:
    """Write a register with these records, an instantiation and the own number of each, and the rows of other tables."""
    part = folder.with_name(f"{folder.name}.part")
    with PartWriter(part) as register:
        for source in dict.fromkeys(row["source"] for row in records):
            file = next(row["source_file"] for row in records if row["source"] == source)
            count = sum(row["source"] == source for row in records)
            register.add(
                "sources",
                {
                    "source": source,
                    "reader": "sheet",
                    "documents": count,
                    "bytes": 1,
                    "sha256": "0" * 64,
                    "source_file": file,
                },
            )
        for row in records:
            place = {key: row[key] for key in ("record", "source_file", "source_line")}
            shown = row.pop("shown", "register entry")
            register.add("records", row)
            register.add("instantiations", place | {"kind": shown})
            if row.get("number"):
                register.add(
                    "numbers",
                    place
                    | {
                        "post": row.get("from_post"),
                        "series": row.get("series"),
                        "number": row["number"],
                        "role": "own",
                    },
                )
        for table, entries in tables.items():
            for entry in entries:
                register.add(table, {"source_file": "a.csv", "source_line": 2} | entry)
    join_parts([part], folder)
    part.unlink()
    return folder


def linked(
    folder: Path,
    records: list[dict[str, Any]],
    minted: Path | None = None,
    mapping_sets: Sequence[Path] = (),
    **tables: list[dict[str, Any]],
) -> Tables:
    """Write a register, link it, and return what linking added."""
    register = write_register(folder / "register", records, **tables)
    link(register, register, minted=minted, since="2026-11-24", mapping_sets=mapping_sets)
    names = (
        "identity",
        "telegrams",
        "resolutions",
        "replies",
        "replaced",
        "linked_readings",
        "linked_findings",
        "links",
        "concepts",
        "names",
        "mentions",
        "candidates",
        "signatures",
    )
    return {table: list(rows(register, table)) for table in names}


def publication(folder: Path, **values: Any) -> Publication:
    """A publication that lacks nothing; its folder is where minted.csv would lie."""
    plain: dict[str, Any] = {
        "name": "test", "title": "Test", "description": "A test.", "base": BASE, "publisher": Publisher("Tester", f"{BASE}tester"),
    }  # fmt: skip
    return Publication(folder, **(plain | values))
