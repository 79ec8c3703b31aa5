"""The formats of sources (reference formulations) under one name each, and the endings of files that tell them."""

from __future__ import annotations

from pathlib import Path

_COMPRESSED = (".gz", ".zst")
#: What a file is that no formulation is named for.
BY_ENDING = {
    ".csv": "csv", ".tsv": "tsv", ".json": "json", ".jsonl": "jsonlines", ".ndjson": "jsonlines", ".xml": "xml", ".parquet": "parquet",
    ".arrow": "arrow", ".feather": "arrow", ".duckdb": "duckdb", ".db": "duckdb",
}  # fmt: skip


def by_ending(access: str) -> str | None:
    """The formulation that the ending of a file tells; None where it tells none."""
    path = Path(access)
    return BY_ENDING.get(Path(path.stem).suffix if path.suffix in _COMPRESSED else path.suffix)
