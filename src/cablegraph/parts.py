"""Parts: the rows that one source gives, in one file, and how parts become a register.

A part is a row of Arrow streams, each with one batch of one table, whose name stands in the metadata of its schema.
Tables without rows leave no trace, so that thousands of small sources make thousands of small files, not of folders.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cablegraph.register import READ_TABLES, Entry, Row
from cablegraph.reuse import damaged

_ROWS_A_GROUP = 20_000
_TABLE = b"table"
#: Closes a part: one that was cut off, even between two streams, is not taken for whole.
_END = b"\nend of part\n"
_OPTIONS = pa.ipc.IpcWriteOptions(compression="zstd")


class PartWriter:
    """Writes rows into a part, in batches, in the order given. Used as a context manager."""

    def __init__(self, path: Path, tables: Mapping[str, pa.Schema] = READ_TABLES) -> None:
        self._tables = tables
        self._columns = {name: frozenset(schema.names) for name, schema in tables.items()}
        self._rows: dict[str, list[Row]] = {name: [] for name in tables}
        self._numbered: dict[str, dict[str, int]] = {name: {} for name in tables if "n" in self._columns[name]}
        self.counts: dict[str, int] = dict.fromkeys(tables, 0)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = pa.OSFile(str(path), "wb")

    def add(self, table: str, row: dict[str, Any]) -> None:
        """Add one row; ``n`` is filled in where the table has one.

        Raises:
            KeyError: the table or, when the rows are written, a column is not declared: a fault of the caller.
        """
        numbered = self._numbered.get(table)
        if numbered is not None:
            record = row["record"]
            row["n"] = numbered[record] = numbered.get(record, 0) + 1
        rows = self._rows[table]
        rows.append(row)
        self.counts[table] += 1
        if len(rows) >= _ROWS_A_GROUP:
            self._flush(table)

    def extend(self, entries: Iterable[Entry]) -> None:
        """Add every entry of a reader."""
        for table, row in entries:
            self.add(table, row)

    def _flush(self, table: str) -> None:
        schema = self._tables[table]
        if unknown := set[str]().union(*self._rows[table]) - self._columns[table]:
            raise KeyError(f"table {table} has no column {', '.join(sorted(unknown))}")
        batch = pa.RecordBatch.from_pylist(self._rows[table], schema=schema)
        with pa.ipc.new_stream(self._file, schema.with_metadata({_TABLE: table}), options=_OPTIONS) as stream:
            stream.write_batch(batch)
        self._rows[table] = []

    def __enter__(self) -> PartWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                for table, rows in self._rows.items():
                    if rows:
                        self._flush(table)
                self._file.write(_END)
        finally:
            self._file.close()


def join_parts(parts: Iterable[Path], register: Path, tables: Mapping[str, pa.Schema] = READ_TABLES) -> None:
    """Join parts into a register, in their order: one Parquet file a table, also for tables without rows.

    Raises:
        InputError: a part cannot be read.
    """
    register.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        files = {
            table: stack.enter_context(_writer(register / f"{table}.parquet", schema))
            for table, schema in tables.items()
        }
        waiting: dict[str, list[pa.RecordBatch]] = {table: [] for table in tables}
        counts = dict.fromkeys(tables, 0)

        def flush(table: str) -> None:
            files[table].write_table(pa.Table.from_batches(waiting[table], tables[table]))
            waiting[table], counts[table] = [], 0

        for part in parts:
            for table, batch in _batches(part):
                waiting[table].append(batch)
                counts[table] += len(batch)
                if counts[table] >= _ROWS_A_GROUP:
                    flush(table)
        for table, count in counts.items():
            if count:
                flush(table)


def _batches(part: Path) -> Iterator[tuple[str, pa.RecordBatch]]:
    try:
        with pa.OSFile(str(part), "rb") as file:
            end = file.size() - len(_END)
            file.seek(max(end, 0))
            if file.read() != _END:
                raise damaged(part)
            file.seek(0)
            while file.tell() < end:
                with pa.ipc.open_stream(file) as stream:
                    for batch in stream:
                        yield stream.schema.metadata[_TABLE].decode(), batch.replace_schema_metadata()
    except (pa.ArrowInvalid, OSError) as error:
        raise damaged(part) from error


def _writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    # Fixed settings: the same rows give the same bytes with the same pyarrow.
    return pq.ParquetWriter(path, schema, compression="zstd", version="2.6", write_statistics=True)
