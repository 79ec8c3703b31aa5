"""The register as part of a release: Parquet or CSV, and a hash of each table's rows that no library version changes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyarrow as pa

from cablegraph import relations
from cablegraph.errors import InputError
from cablegraph.register import LINK_TABLES, READ_TABLES
from cablegraph.release.csvw import SEPARATOR, table_group
from cablegraph.release.dumps import sha256_of

#: The name by which readers of CSVW find the description of a table beside it.
METADATA = "csv-metadata.json"


def write_tables(
    db: relations.Connection, register: Path, folder: Path, work: Path, formats: tuple[str, ...]
) -> dict[str, dict[str, object]]:
    """Write the tables; returns rows and hash (of the rows as JSON lines) a table.

    In CSV the items of a list are parted by ``|``, as the reader of sheets takes them, and ``csv-metadata.json`` describes
    the files (CSVW).

    Raises:
        InputError: CSV is asked for and an item of a list holds ``|``, for which CSVW knows no escape.
    """
    target = folder / "register"
    target.mkdir()
    summary: dict[str, dict[str, object]] = {}
    for table, schema in (READ_TABLES | LINK_TABLES).items():
        source = register / f"{table}.parquet"
        rows = relations.read_parquet(source)
        summary[table] = summary_of(db, rows, work)
        if "parquet" in formats:
            shutil.copyfile(source, target / f"{table}.parquet")
        if "csv" in formats:
            lists = [field.name for field in schema if pa.types.is_list(field.type)]
            _refuse_separators(db, table, rows, lists)
            columns = ", ".join(
                f"array_to_string({relations.quote_name(name)}, '{SEPARATOR}') AS {relations.quote_name(name)}"
                if name in lists
                else relations.quote_name(name)
                for name in schema.names
            )
            path = relations.quote_text(str((target / f"{table}.csv").resolve()))
            db.execute(f"COPY (SELECT {columns} FROM {rows}) TO {path} (FORMAT csv, HEADER true)")
    if "csv" in formats:
        described = json.dumps(table_group(READ_TABLES | LINK_TABLES), ensure_ascii=False, indent=1)
        (target / METADATA).write_text(described + "\n", encoding="utf-8", newline="\n")
    return summary


def summary_of(db: relations.Connection, rows: str, work: Path) -> dict[str, object]:
    """How many rows a relation has, and the SHA-256 of them as JSON lines, as the manifest tells it of a table."""
    lines = work / "rows.jsonl"
    db.execute(
        f"COPY (SELECT to_json(r) FROM {rows} r) TO {relations.quote_text(str(lines.resolve()))} {relations.RAW_LINES}"
    )
    ((counted,),) = db.execute(f"SELECT count(*) FROM {rows}").fetchall()
    digest = sha256_of(lines)
    lines.unlink()
    return {"rows": counted, "sha256": digest}


def _refuse_separators(db: relations.Connection, table: str, rows: str, lists: list[str]) -> None:
    """Refuse items that would be taken for several."""
    for name in lists:
        found = db.execute(
            f"SELECT source_file, source_line, item FROM (SELECT *, unnest({relations.quote_name(name)}) AS item FROM {rows}) WHERE contains(item, ?) LIMIT 1",
            [SEPARATOR],
        ).fetchall()
        for file, line, item in found:
            raise InputError(
                f"an item of {table}.{name} holds {SEPARATOR!r}, which parts items in CSV: {item!r}",
                file=file, line=line, field=name, hint='mend it, or take "csv" out of tables; Parquet holds it',
            )  # fmt: skip
