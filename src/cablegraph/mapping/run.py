"""Runs a plan over a register: all maps of a table in one pass, by one process with one thread.

What is mapped of a table is a part, a Parquet file of ``lines`` (the lines of N-Quads that one row makes). Where a run
keeps its work for the next one, each part also holds a hash of the row, and a row that an earlier run has mapped is not
mapped again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import duckdb

from cablegraph import relations
from cablegraph.errors import InputError
from cablegraph.mapping.complaints import COMPLAINT
from cablegraph.mapping.files import without_graphs
from cablegraph.mapping.macros import MACROS
from cablegraph.mapping.output import Findings, output_form
from cablegraph.mapping.plan import Plan, TriplesMap
from cablegraph.mapping.sql import MapQuery
from cablegraph.mapping.terms import Relation
from cablegraph.mapping.views import TABLES, make_views, open_register
from cablegraph.reuse import Kept, damaged, key_of


@dataclass(frozen=True)
class _Task:
    """All triples maps of one table."""

    register: Path
    text: str
    maps: tuple[TriplesMap, ...]
    part: Path
    kept: Kept | None


def map_register(
    register: Path, plan: Plan, out: Path, *, text: str = "none", jobs: int = 1, kept: Kept | None = None
) -> None:
    """Map a linked register: ``out`` gets one part a table and ``findings.parquet`` (rows whose keys make no safe IRI).

    The bytes are the same for any number of ``jobs``, and whether or not an earlier run ``kept`` something of use.

    Raises:
        InputError: a map refers to a table or column that the register does not have.
    """
    out.mkdir(parents=True, exist_ok=True)
    tasks = [
        _Task(register, text, maps, out / f"{number:04}.parquet", kept) for number, maps in enumerate(tables_of(plan))
    ]
    if jobs <= 1:
        _run_tasks(tasks)
    else:
        with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
            list(pool.map(_run_tasks, [tasks[start::jobs] for start in range(jobs)]))
    _write_findings(tasks, out)


def map_register_to_file(
    register: Path, plan: Plan, out: Path, work: Path, *, text: str = "none", jobs: int = 1
) -> Findings:
    """Map a linked register into one file of N-Quads or N-Triples; it appears whole or not at all.

    ``text`` is "none" or "full": whether the text of parts is mapped.

    Returns the findings; the map that each tells of is the table of the register.

    Raises:
        InputError: as :func:`map_register`, or ``out`` names no format.
    """
    ending, compression = output_form(out)
    options = relations.RAW_LINES.replace(")", f", COMPRESSION {compression or 'none'})")
    map_register(register, plan if ending == ".nq" else without_graphs(plan), work, text=text, jobs=jobs)
    db = relations.connect([work], spill=work)
    try:
        whole = work / out.name
        db.execute(f"COPY {mapped_lines(work)} TO {relations.quote_text(str(whole.resolve()))} {options}")
        found = db.execute(
            f"SELECT kind, field, value FROM {relations.read_parquet(work / 'findings.parquet')}"
        ).fetchall()
    finally:
        db.close()
    findings = Findings()
    for kind, field, value in found:
        table, _, column = field.partition(".")
        findings.add({"map": table, "kind": kind, "field": column, "value": value})
    whole.replace(out)
    return findings


def mapped_lines(mapped: Path) -> str:
    """The relation of all lines (column ``line``) that were mapped into a folder."""
    return f"(SELECT line FROM {_all_lines(sorted(mapped.glob('[0-9]*.parquet')))} WHERE NOT starts_with(line, '{COMPLAINT}'))"


def _all_lines(parts: list[Path], where: str = "lines <> ''") -> str:
    files = ", ".join(relations.quote_path(part) for part in parts)
    if not files:
        return "(SELECT NULL::VARCHAR AS line LIMIT 0)"
    rows = f"read_parquet([{files}], hive_partitioning = false)"
    return f"(SELECT unnest(string_split(lines, chr(10))) AS line FROM {rows} WHERE {where})"


def tables_of(plan: Plan) -> list[tuple[TriplesMap, ...]]:
    """Group the maps of a plan by table, in the order in which tables are first named."""
    tables: dict[str, list[TriplesMap]] = {}
    for triples_map in plan.maps:
        if triples_map.source.formulation != "register":
            raise InputError(
                f"the source {triples_map.source.access!r} is no table of the register",
                file=triples_map.file, line=triples_map.source.line, hint="write [TABLE~register]",
            )  # fmt: skip
        tables.setdefault(triples_map.source.access, []).append(triples_map)
    return [tuple(maps) for maps in tables.values()]


def open_for_mapping(register: Path, out: Path, text: str, earlier: Sequence[Path] = ()) -> relations.Connection:
    """Open a register with what mappings see of it; ``out`` may be written, folders of ``earlier`` runs may be read."""
    db = open_register(register, out, text=text, earlier=earlier)
    db.execute(MACROS)
    make_views(db)
    return db


def query_of(db: relations.Connection, maps: tuple[TriplesMap, ...]) -> MapQuery:
    """The query of all maps of one table.

    Raises:
        InputError: the register has no such table, or the table no such column.
    """
    table = maps[0].source.access
    if table not in TABLES:
        raise InputError(
            f"there is no table {table!r} in the register",
            file=maps[0].file, line=maps[0].source.line or maps[0].line, field=f"map {maps[0].name}",
            hint=f"tables: {', '.join(TABLES)}",
        )  # fmt: skip
    return MapQuery(maps, Relation(relations.quote_name(table), columns_of(db, table)))


def columns_of(db: relations.Connection, relation: str) -> Mapping[str, str]:
    """Return the columns of a relation and their types."""
    return {name: kind for name, kind, *_ in db.execute(f"DESCRIBE FROM {relations.quote_name(relation)}").fetchall()}


def _run_tasks(tasks: list[_Task]) -> None:
    if not tasks:
        return
    kept = tasks[0].kept
    earlier = [kept.old] if kept is not None and kept.old is not None else []
    db = open_for_mapping(tasks[0].register, tasks[0].part.parent, tasks[0].text, earlier)
    try:
        for task in tasks:
            try:
                _run(db, task)
            except (duckdb.InvalidInputException, duckdb.ConversionException, duckdb.BinderException) as error:
                first = task.maps[0]
                message = f"the maps of {first.source.access!r} cannot be run"
                raise InputError(
                    message, file=first.file, line=first.line, hint=str(error).split("\n", 1)[0]
                ) from error
    finally:
        db.close()


def _run(db: relations.Connection, task: _Task) -> None:
    query = query_of(db, task.maps)
    if task.kept is None:
        relations.write_parquet(db, query.lines(complaints=True), task.part)
        return
    key = f"{key_of('map', query.lines(complaints=True))}.parquet"
    earlier = task.kept.find(key)
    known = relations.read_parquet(earlier) if earlier is not None else None
    try:
        relations.write_parquet(db, query.distinct_lines(known), task.part)
    except duckdb.Error as error:
        if earlier is not None and not _is_whole(db, earlier):
            raise damaged(earlier) from error
        raise
    task.kept.keep(key, task.part)


def _is_whole(db: relations.Connection, part: Path) -> bool:
    try:
        db.execute(f"SELECT max(hash), max(strlen(lines)) FROM {relations.read_parquet(part)}").fetchall()
    except duckdb.Error:
        return False
    return True


#: Severity and message of the findings; see :meth:`MapQuery.lines`.
_NOTHING = "Nothing was made of it."
_FINDINGS = {
    "unsafe key": (
        "error",
        f'This value makes no safe IRI (empty, ".", ".." or with marks that turn the direction of text). {_NOTHING}',
    ),
    "no IRI": ("error", f"This value is no IRI. {_NOTHING}"),
    "no language": ("error", f"This value is no language tag. {_NOTHING}"),
    "no date": (
        "warning",
        "This value is no date (YYYY, YYYY-MM, YYYY-MM-DD, YYYY-MM-DDThh:mm:ss); it stays plain text.",
    ),
}


def _write_findings(tasks: list[_Task], out: Path) -> None:
    """Make the findings table of the complaints that stand among the lines."""
    db = relations.connect([out], spill=out)
    columns = ("kind", "record", "field", "value", "source_file", "source_line")
    db.execute(
        "CREATE TABLE complaints (kind VARCHAR, record VARCHAR, field VARCHAR, value VARCHAR, source_file VARCHAR, source_line INTEGER)"
    )
    for task in tasks:
        some = _all_lines([task.part], f"contains(lines, '{COMPLAINT}')")  # most often none: nothing is taken apart
        lines = f"(SELECT substr(line, 2) AS line FROM {some} WHERE starts_with(line, '{COMPLAINT}'))"
        fields = ", ".join(f"json_extract_string(line, '$.{name}') AS {name}" for name in columns)
        db.execute(
            f"INSERT INTO complaints SELECT * REPLACE ($access || '.' || field AS field) FROM (SELECT {fields} FROM {lines})",
            {"access": task.maps[0].source.access},
        )
    kinds = {"kind": relations.TEXT, "severity": relations.TEXT, "message": relations.TEXT}
    relations.create_table(db, "kinds", kinds, [(kind, *said) for kind, said in _FINDINGS.items()])
    relations.write_parquet(
        db,
        """SELECT DISTINCT kind, severity, record, field, value, message, source_file, source_line
        FROM complaints JOIN kinds USING (kind) ORDER BY ALL""",
        out / "findings.parquet",
    )
    db.close()


def explain_register(register: Path, plan: Plan, out: Path) -> str:
    """Return the SQL that maps each table of a register."""
    db = open_for_mapping(register, out, "none")
    try:
        return "\n\n".join(f"-- {maps[0].source.access}\n{query_of(db, maps).lines()};" for maps in tables_of(plan))
    finally:
        db.close()
