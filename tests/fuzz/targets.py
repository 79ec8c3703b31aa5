"""One target a reader: a function of bytes that reads them whole and holds every row against the register.

A target returns the number of rows, 0 where the reader refuses the input with :class:`InputError`. Whatever else is
raised is a fault. Engines that feed bytes to a function (``atheris.Setup(argv, TARGETS["transcript"])``) can use them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa

from cablegraph.errors import InputError
from cablegraph.register import READ_TABLES
from cablegraph.sources import READERS, detect
from cablegraph.sources.source import Source

Target = Callable[[bytes], int]
#: Columns without which no row can be placed.
_PLACED = ("source_file", "source_line")


def _reads(reader: str) -> Target:
    def target(data: bytes) -> int:
        return read(data, reader)

    target.__doc__ = f"Read bytes with the reader {reader}."
    return target


def read(data: bytes, reader: str) -> int:
    """Read bytes with a reader; returns how many rows it made, 0 if it refused them."""
    source = Source("fuzz", "fuzz.bin", None, reader, data)
    count = 0
    try:
        for table, row in READERS[reader](source):
            check(table, row)
            count += 1
    except InputError as error:
        assert error.file == "fuzz.bin", error
        return 0
    return count


def told(data: bytes) -> int:
    """Tell the reader from the bytes, and read them with it."""
    try:
        return read(data, detect(data[:65536], "fuzz.bin"))
    except InputError:
        return 0


def check(table: str, row: dict[str, Any]) -> None:
    """Hold a row against the schema of its table."""
    schema = READ_TABLES[table]
    unknown = row.keys() - set(schema.names)
    assert not unknown, f"{table} has no column {unknown}"
    for name in _PLACED:
        assert row.get(name) is not None, f"a row of {table} has no {name}"
    for name, value in row.items():
        assert _fits(schema.field(name).type, value), f"{table}.{name} is no {schema.field(name).type}: {value!r:.80}"
    if "confidence" in row and row["confidence"] is not None:
        assert 0 <= row["confidence"] <= 1, f"{table}: how sure it is lies outside of 0 and 1"


def _fits(kind: pa.DataType, value: Any) -> bool:
    if value is None:
        return True
    if pa.types.is_list(kind):
        return isinstance(value, list) and all(_fits(kind.value_type, item) for item in value)
    if pa.types.is_integer(kind):
        return isinstance(value, int) and not isinstance(value, bool) and -(2**31) <= value < 2**31
    if pa.types.is_floating(kind):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, str) and _encodable(value)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


#: The targets by name.
TARGETS: dict[str, Target] = {name: _reads(name) for name in READERS} | {"told": told}
