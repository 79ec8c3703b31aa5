"""The register as part of a release: Parquet or CSV, and a hash of each table's rows that no library version changes."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from cablegraph import relations
from cablegraph.register import LINK_TABLES, READ_TABLES


def write_tables(
    db: relations.Connection, register: Path, folder: Path, work: Path, formats: tuple[str, ...]
) -> dict[str, dict[str, object]]:
    """Write the tables; returns rows and hash (of the rows as JSON lines) a table.

    In CSV the items of a list are parted by ``|``, as the reader of sheets takes them.
    """
    target = folder / "register"
    target.mkdir()
    summary: dict[str, dict[str, object]] = {}
    for table, schema in (READ_TABLES | LINK_TABLES).items():
        source = register / f"{table}.parquet"
        rows = relations.read_parquet(source)
        lines = work / "rows.jsonl"
        db.execute(
            f"COPY (SELECT to_json(r) FROM {rows} r) TO {relations.quote_text(str(lines.resolve()))} {relations.RAW_LINES}"
        )
        with lines.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        counted = db.execute(f"SELECT count(*) FROM {rows}").fetchone()
        summary[table] = {"rows": counted[0] if counted else 0, "sha256": digest}
        if "parquet" in formats:
            shutil.copyfile(source, target / f"{table}.parquet")
        if "csv" in formats:
            columns = ", ".join(
                f"array_to_string({relations.quote_name(f.name)}, '|') AS {relations.quote_name(f.name)}"
                if str(f.type).startswith("list")
                else relations.quote_name(f.name)
                for f in schema
            )
            path = relations.quote_text(str((target / f"{table}.csv").resolve()))
            db.execute(f"COPY (SELECT {columns} FROM {rows}) TO {path} (FORMAT csv, HEADER true)")
    (work / "rows.jsonl").unlink(missing_ok=True)
    return summary
