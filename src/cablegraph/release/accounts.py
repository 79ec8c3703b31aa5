"""The accounts of a release: which record every document became, what is gone, and the keys that IRIs are made from."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any

from cablegraph.earlier import Tombstone
from cablegraph.minted import read_minted
from cablegraph.register import rows


def account(register: Path) -> dict[str, Any]:
    """Account for every document: which record it became, source by source; the numbers add up.

    Documents that are withheld are counted and not named; the tombstones name their records.
    """
    by_source: dict[str, dict[str, Any]] = {}
    for row in rows(register, "sources"):
        by_source[row["source"]] = {
            "source": row["source"], "file": row["source_file"], "reader": row["reader"], "sha256": row["sha256"],
            "bytes": row["bytes"], "dated": row["dated"], "count": row["documents"], "documents": {},
        }  # fmt: skip
    telegrams = {row["record"]: row["telegram"] for row in rows(register, "identity", ["record", "telegram"])}
    documents = 0
    for row in rows(register, "records", ["record", "source", "document"]):
        by_source[row["source"]]["documents"][row["document"]] = telegrams[row["record"]]
        documents += 1
    read = sum(each["count"] for each in by_source.values())
    return {
        "documents": read,
        "withheld": read - documents,
        "records": len(set(telegrams.values())),
        "merged": documents - len(set(telegrams.values())),
        "stubs": [
            row["telegram"] for row in rows(register, "telegrams", ["telegram", "stub"]) if row["stub"] == "true"
        ],
        "tombstones": [
            asdict(Tombstone(row["telegram"], row["kind"], row["reason"], row["date"], row["version"]))
            for row in rows(register, "tombstones")
        ],
        "links": dict(sorted(Counter(row["mapping_justification"] for row in rows(register, "links")).items())),
        "sources": list(by_source.values()),
    }


def write_minted(folder: Path, register: Path, earlier: Path, issued: str) -> int:
    """Write the keys of this release; put beside cablegraph.toml they keep the IRIs of the next one.

    Rows of earlier releases stay: a key that no longer serves redirects for ever. A stub, which no document shows, is its own record.
    """
    latest: dict[str, str] = {}
    count_ = 0
    with (folder / "minted.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["record", "key", "since"])
        for record, key, since in read_minted(earlier):
            writer.writerow([record, key, since])
            latest[record] = key
            count_ += 1
        shown = ((row["record"], row["telegram"], row["since"]) for row in rows(register, "identity"))
        stubs = (
            (row["telegram"], row["telegram"], issued)
            for row in rows(register, "telegrams", ["telegram", "stub"])
            if row["stub"] == "true"
        )
        for record, key, since in chain(shown, stubs):
            if latest.get(record) != key:
                writer.writerow([record, key, since])
                count_ += 1
    return count_
