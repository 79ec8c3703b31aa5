"""Whether the tables of a release have the rows that the manifest tells: Parquet as it is, CSV as csv-metadata.json describes it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb

from cablegraph import quads, relations
from cablegraph.errors import InputError
from cablegraph.folders import MANIFEST
from cablegraph.release.csvw import SEPARATOR
from cablegraph.release.tables import METADATA, summary_of
from cablegraph.release.verification.contents import Contents, Fault, misfit
from cablegraph.release.verification.fixity import GET

_DESCRIBED = f"register/{METADATA}"
_FORM = {"tables": [{"url": str, "tableSchema": {"columns": [{"name": str, "datatype": str}]}}]}
_TYPES = {"string": "VARCHAR", "int": "INTEGER", "double": "DOUBLE"}


def check_tables(contents: Contents, manifest: Mapping[str, Any], work: Path) -> Iterator[Fault]:
    """Read every table and hold its rows against the manifest."""
    described: Mapping[str, list[dict[str, Any]]] = {}
    try:
        described = _described(contents)
    except InputError as error:
        yield contents.told(error, "the description of the tables (CSVW)", GET)
    tables = manifest["tables"]
    for name in sorted(name for name in contents.files if name.startswith("register/")):
        table = name.removeprefix("register/").rpartition(".")[0]
        if name == _DESCRIBED or table in tables:
            continue
        yield Fault(name, f"a table of {MANIFEST}", "none of that name", GET)
    db = relations.connect([contents.root, work], spill=work)
    try:
        for table, told in tables.items():
            for ending in ("parquet", "csv"):
                name = f"register/{table}.{ending}"
                if name not in contents.files:
                    continue
                path = contents.path(name)
                try:
                    rows = (
                        relations.read_parquet(path)
                        if ending == "parquet"
                        else _rows(path, described.get(f"{table}.csv"))
                    )
                    found = summary_of(db, rows, work)
                except InputError as error:
                    yield contents.told(error, "a table", GET)
                except duckdb.Error as error:
                    yield Fault(name, "a table", str(error).partition("\n")[0][:200], GET)
                else:
                    for key, value in found.items():
                        if told[key] != value:
                            yield Fault(name, f"{key} {told[key]} ({MANIFEST})", str(value), GET)
    finally:
        db.close()


def _described(contents: Contents) -> dict[str, list[dict[str, Any]]]:
    """The columns of each CSV file.

    Raises:
        InputError: the description is missing or has another form.
    """
    if not any(name.startswith("register/") and name.endswith(".csv") for name in contents.files):
        return {}
    metadata = contents.read_json(_DESCRIBED)
    for place, wanted in misfit(metadata, _FORM):
        raise InputError(f"has something else than {wanted} at {place}", file=_DESCRIBED)
    return {table["url"]: table["tableSchema"]["columns"] for table in metadata["tables"]}


def _rows(path: Path, columns: list[dict[str, Any]] | None) -> str:
    """The relation of a CSV file with the types that are described.

    Raises:
        InputError: it is not described, or has other columns.
    """
    if columns is None:
        raise InputError("is not described", file=str(path), hint=f"{_DESCRIBED} has no table of that name")
    names = [column["name"] for column in columns]
    try:
        with path.open(encoding="utf-8", newline="") as file:
            heading = next(csv.reader(file), [])
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"is no CSV: {error}", file=str(path), line=1) from error
    if heading != names:
        raise InputError(
            f"has the columns {', '.join(heading)[:200]}", file=str(path), line=1, hint=f"described: {', '.join(names)}"
        )
    values = []
    for column in columns:
        quoted = relations.quote_name(column["name"])
        if column["datatype"] not in _TYPES:
            raise InputError(
                f"has a column of a datatype that is not known: {column['datatype'][:50]!r}",
                file=str(path),
                field=column["name"],
            )
        value = f"CAST({quoted} AS {_TYPES[column['datatype']]})"
        if column.get("separator") == SEPARATOR:
            value = f"CASE {quoted} WHEN '' THEN [] ELSE string_split({quoted}, '{SEPARATOR}') END"
        values.append(f"{value} AS {quoted}")
    texts = ", ".join(f"{relations.quote_text(name)}: 'VARCHAR'" for name in names)
    return (
        f"(SELECT {', '.join(values)} FROM read_csv({relations.quote_path(path)}, header = true, columns = {{{texts}}}, auto_detect = false, delim = ',', "
        f"quote = '\"', escape = '\"', nullstr = '', allow_quoted_nulls = false, hive_partitioning = false, max_line_size = {quads.LONGEST_LINE}, buffer_size = {2 * quads.LONGEST_LINE}))"
    )
