"""Tables of a DuckDB database as sources: read-only, and nothing of the database is run but the reading of a table."""

from __future__ import annotations

from pathlib import Path

from cablegraph import relations
from cablegraph.errors import InputError
from cablegraph.relations import quote_name, quote_text

_SQLITE = b"SQLite format 3\0"
_DUCKDB = b"DUCK"
#: Where the mark of a DuckDB file stands, behind a checksum.
_MARK = slice(8, 12)


def database_table(db: relations.Connection, file: Path, table: str) -> str:
    """The relation of a table, by its name or by ``schema.name``; quotes around a name, as SQL has them, mean nothing.

    Raises:
        InputError: the file is no DuckDB database, or has no such table. Views are none: they are code.
    """
    with file.open("rb") as source:
        head = source.read(len(_SQLITE))
    if head == _SQLITE:
        raise InputError(
            "is a database of SQLite, which DuckDB reads by an extension; no extension is ever loaded",
            file=file.name, hint="write the table to CSV or Parquet and give that",
        )  # fmt: skip
    if head[_MARK] != _DUCKDB:
        raise InputError("is no database of DuckDB", file=file.name)
    catalog = str(file)
    db.execute(f"ATTACH IF NOT EXISTS {quote_text(catalog)} AS {quote_name(catalog)} (READ_ONLY)")
    tables = db.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = $catalog ORDER BY ALL",
        {"catalog": catalog},
    ).fetchall()
    wanted = (table, table.removeprefix('"').removesuffix('"').replace('""', '"'))
    found = [names for names in tables if names[1] in wanted or f"{names[0]}.{names[1]}" in wanted]
    # A name that stands in several schemas is that of the first, main, where it has one.
    for schema, name in sorted(found, key=lambda names: names[0] != "main"):
        return ".".join(quote_name(part) for part in (catalog, schema, name))
    known = ", ".join(name if schema == "main" else f"{schema}.{name}" for schema, name in tables)
    raise InputError(f"has no table {table!r}", file=file.name, hint=f"tables: {known or 'none'}")
