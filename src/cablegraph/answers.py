"""Answers to SPARQL queries as tables, whoever gave them, and the forms in which they are shown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq


@dataclass(frozen=True)
class Cell:
    """One bound value: an IRI, a blank node or a literal with its datatype or language."""

    kind: str
    value: str
    datatype: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Answer:
    """The rows of a SELECT; the answer of an ASK is one row of one column; unbound is None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    boolean: bool | None = None


def as_csv(answer: Answer) -> bytes:
    """SPARQL 1.1 Query Results CSV: a header, values without types, lines ended by CRLF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(answer.columns)
    writer.writerows([("" if cell is None else _csv_value(cell)) for cell in row] for row in answer.rows)
    return out.getvalue().encode()


def _csv_value(cell: Cell) -> str:
    return f"_:{cell.value}" if cell.kind == "bnode" else cell.value


def as_json(answer: Answer) -> bytes:
    """SPARQL 1.1 Query Results JSON."""
    if answer.boolean is not None:
        return json.dumps({"head": {}, "boolean": answer.boolean}).encode() + b"\n"
    bindings = [
        {name: _json_value(cell) for name, cell in zip(answer.columns, row, strict=True) if cell is not None}
        for row in answer.rows
    ]
    document = {"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _json_value(cell: Cell) -> dict[str, str]:
    value = {"type": cell.kind, "value": cell.value}
    if cell.language:
        value["xml:lang"] = cell.language
    elif cell.datatype and cell.datatype != "http://www.w3.org/2001/XMLSchema#string":
        value["datatype"] = cell.datatype
    return value


def as_parquet(answer: Answer) -> bytes:
    """A Parquet table of text columns."""
    columns = {
        name: [cell.value if (cell := row[n]) else None for row in answer.rows] for n, name in enumerate(answer.columns)
    }
    sink = io.BytesIO()
    pq.write_table(pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()}), sink)
    return sink.getvalue()


#: The forms that are the same everywhere; "table" is for a terminal and made by the command line.
ANSWER_WRITERS: dict[str, Callable[[Answer], bytes]] = {"csv": as_csv, "json": as_json, "parquet": as_parquet}
