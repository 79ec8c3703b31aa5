"""Relations: an embedded DuckDB that sees the folders it is given and nothing else, and the one quoting function.

Every value and every name that comes from a source, a mapping or a configuration reaches SQL as a bound parameter or
through :func:`quote_name` and :func:`quote_text`; no value becomes code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from duckdb import DuckDBPyConnection as Connection

__all__ = [
    "BOOLEAN", "FLOAT", "INTEGER", "MEMORY_LIMIT", "RAW_LINES", "ROWS_A_BLOCK", "TEXT", "TEXTS", "Connection", "connect", "create_table", "open_output",
    "quote_name", "quote_path", "quote_text", "read_parquet", "text_of", "view_parquet", "write_parquet", "write_texts",
]  # fmt: skip

#: Column types of small tables made in Python.
TEXT, INTEGER, BOOLEAN = pa.string(), pa.int32(), pa.bool_()
TEXTS, FLOAT = pa.list_(pa.string()), pa.float64()

#: Memory for relational work in one process; what does not fit is spilled to the run's own folder.
MEMORY_LIMIT = "256MB"

#: Rows whose texts are held in memory at a time.
ROWS_A_BLOCK = 2_000

#: Options of COPY that write one text column as it is, one line (or several) a row.
RAW_LINES = "(FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '')"


def quote_name(name: str) -> str:
    """Quote an identifier (table, column, view)."""
    return '"' + name.replace('"', '""') + '"'


def quote_text(text: str) -> str:
    """Quote a string constant.

    NUL cannot stand in SQL text; it is put in by ``chr(0)``.
    """
    quoted = "'" + text.replace("'", "''") + "'"
    return "(" + quoted.replace("\0", "'||chr(0)||'") + ")" if "\0" in text else quoted


def quote_path(path: Path) -> str:
    """Quote the path of a file to read, in whose name ``*``, ``?`` and ``[`` are characters and no pattern."""
    return quote_text(_literally(str(path.resolve())))


def _literally(path: str) -> str:
    return re.sub(r"[*?\[]", r"[\g<0>]", path)


def connect(
    folders: Iterable[Path],
    *,
    files: Iterable[Path] = (),
    spill: Path | None = None,
    threads: int = 1,
    at: Path | None = None,
) -> Connection:
    """Open a DuckDB, in memory or in the file ``at`` (for relations larger than memory), that may read and write inside ``folders`` and read ``files``, and nothing else.

    No network, no extension loading, configuration locked. One thread by default: with several row groups and several
    threads, joins, DISTINCT and GROUP BY come out in another order each run.
    """
    connection = duckdb.connect(str(at) if at else ":memory:", config={
        "memory_limit": MEMORY_LIMIT,
        "threads": threads,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
        "python_enable_replacements": False,  # a table's name in a mapping is never a Python variable
        "preserve_insertion_order": True,
    })  # fmt: skip
    # Each as it is, for writing, and as quote_path() writes it, for reading.
    allowed = sorted(
        {name for folder in folders for name in (f"{folder.resolve()}/", _literally(f"{folder.resolve()}/"))}
    )
    if spill is not None:
        connection.execute(f"SET temp_directory = {quote_text(str(spill.resolve()))}")
    connection.execute(f"SET allowed_directories = [{', '.join(quote_text(folder) for folder in allowed)}]")
    paths = sorted({name for file in files for name in (str(file.resolve()), _literally(str(file.resolve())))})
    connection.execute(f"SET allowed_paths = [{', '.join(quote_text(path) for path in paths)}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def read_parquet(path: Path) -> str:
    """The relation of a Parquet file; folders called ``name=value`` add no column."""
    return f"read_parquet({quote_path(path)}, hive_partitioning = false)"


def view_parquet(connection: Connection, name: str, path: Path) -> None:
    """Make a Parquet file visible as a view."""
    connection.execute(f"CREATE VIEW {quote_name(name)} AS FROM {read_parquet(path)}")


def write_parquet(connection: Connection, query: str, path: Path) -> None:
    """Write the rows of a query, in its order, to a Parquet file."""
    target = quote_text(str(path.resolve()))
    connection.execute(f"COPY ({query}) TO {target} (FORMAT parquet, COMPRESSION zstd)")


@contextmanager
def open_output(path: Path, compression: str | None) -> Iterator[Any]:
    """Open a file for writing, plain or as "gzip" or "zstd"; the same texts give the same bytes, also compressed."""
    with pa.OSFile(str(path), "wb") as file:
        if compression is None:
            yield file
        else:
            with pa.CompressedOutputStream(file, compression) as compressed:
                yield compressed


def write_texts(connection: Connection, query: str, out: Any) -> bool:
    """Write the one column of a query, in its order, into an open file; returns whether there was any. The texts bring their ends of lines.

    Arrow holds the texts of a column end to end, so a block is written as one piece: nothing loops over rows here.
    """
    any_text = False
    for batch in connection.sql(query).to_arrow_reader(ROWS_A_BLOCK):
        if (text := text_of(batch.column(0))) is not None:
            out.write(text)
            any_text = True
    return any_text


def joined_texts(connection: Connection, query: str) -> Iterator[tuple[str, str]]:
    """The texts of a query's second column, one behind the other, of each run of rows that have the same first column.

    As in :func:`write_texts`, nothing loops over rows.
    """
    key, pieces = None, list[bytes]()
    for batch in connection.cursor().sql(query).to_arrow_reader(ROWS_A_BLOCK):
        runs, texts, start = pc.run_end_encode(batch.column(0)), batch.column(1), 0
        for value, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
            if value != key:
                if key is not None:
                    yield key, b"".join(pieces).decode()
                key, pieces = value, []
            if (text := text_of(texts.slice(start, end - start))) is not None:
                pieces.append(text.to_pybytes())
            start = end
    if key is not None:
        yield key, b"".join(pieces).decode()


def text_of(column: pa.StringArray) -> pa.Buffer | None:
    """All texts of a column, one behind the other; None where there is nothing."""
    _, offsets, data = column.buffers()
    if not len(column) or data is None:
        return None
    places = memoryview(offsets).cast("q" if pa.types.is_large_string(column.type) else "i")
    start, end = places[column.offset], places[column.offset + len(column)]
    return data.slice(start, end - start) if end > start else None


def create_table(
    connection: Connection,
    name: str,
    columns: Mapping[str, pa.DataType],
    rows: Iterable[Sequence[object]],
) -> None:
    """Make a table from rows held in memory; for small tables such as distinct names and their meanings."""
    schema = pa.schema(list(columns.items()))
    table = pa.Table.from_pylist([dict(zip(columns, row, strict=True)) for row in rows], schema=schema)
    connection.register("rows_to_store", table)
    connection.execute(f"CREATE TABLE {quote_name(name)} AS FROM rows_to_store")
    connection.unregister("rows_to_store")
