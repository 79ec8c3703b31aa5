"""``minted.csv``: the keys that earlier releases gave, which keep IRIs stable."""

from __future__ import annotations

import csv
from pathlib import Path

from cablegraph.errors import InputError


def read_minted(path: Path) -> list[tuple[str, str, str]]:
    """Read the keys that earlier releases gave: (record, key, since), in their order; none where there is no file.

    Raises:
        InputError: the file cannot be read, lacks a column, or has a row without record or key.
    """
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if reader.fieldnames is None or not {"record", "key", "since"} <= set(reader.fieldnames):
                raise InputError("must have the columns record, key, since", file=str(path), line=1)
            kept = []
            for row in reader:
                if not row["record"] or not row["key"]:
                    raise InputError("a row has no record or no key", file=str(path), line=reader.line_num)
                kept.append((row["record"], row["key"], row["since"] or ""))
            return kept
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError("the minted keys cannot be read", file=str(path), hint=str(error)) from error
