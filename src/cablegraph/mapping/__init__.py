"""Mapping: register tables and files to RDF, by mappings that librarians edit.

A front end makes a plan (:mod:`~cablegraph.mapping.plan`), DuckDB runs it (:mod:`~cablegraph.mapping.sql`).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import duckdb

from cablegraph import relations
from cablegraph.errors import InputError
from cablegraph.mapping.files import map_files
from cablegraph.mapping.macros import MACROS
from cablegraph.mapping.plan import Plan, TriplesMap
from cablegraph.mapping.sql import COMPLAINT, MapQuery
from cablegraph.mapping.views import TABLES, make_views, open_register
from cablegraph.mapping.yarrrml import read_yarrrml

__all__ = ["Place", "explain_register", "locate", "map_files", "map_register", "read_mappings"]

QUADS = "quads.nq"


@dataclass(frozen=True)
class Place:
    """Where a subject comes from: the key of its record, the source file and the 1-based line."""

    record: str | None
    file: str | None
    line: int | None


def read_mappings(path: Path, base: str) -> Plan:
    """Read a mapping file, or every ``*.yml`` of a folder in the order of their names.

    Raises:
        InputError: there is no mapping, or one is not valid.
    """
    files = sorted(path.glob("*.yml")) if path.is_dir() else [path]
    if not files:
        raise InputError("the folder holds no mapping", file=str(path), hint="mappings are *.yml files")
    plans = [read_yarrrml(file, file.name, base) for file in files]
    return Plan(tuple(m for plan in plans for m in plan.maps), tuple(name for plan in plans for name in plan.files))


@dataclass(frozen=True)
class _Task:
    """All triples maps of one table, run in one pass by one process with one thread."""

    register: Path
    work: Path
    text: str
    maps: tuple[TriplesMap, ...]
    number: int


def map_register(register: Path, plan: Plan, out: Path, *, text: str = "none", jobs: int = 1) -> None:
    """Map a linked register: ``out`` gets ``quads.nq`` and ``findings.parquet`` (rows whose keys make no safe IRI).

    Each table is one pass with one thread, and the parts are joined in the order of the plan: the bytes are the same
    for any number of ``jobs``.

    Raises:
        InputError: a map refers to a table or column that the register does not have.
    """
    out.mkdir(parents=True, exist_ok=True)
    work = out / "maps"
    work.mkdir()
    tasks = [_Task(register, work, text, maps, number) for number, maps in enumerate(_tables(plan))]
    try:
        if jobs <= 1:
            _run_tasks(tasks)
        else:
            with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
                list(pool.map(_run_tasks, [tasks[start::jobs] for start in range(jobs)]))
        with (out / QUADS).open("wb") as target:
            for task in tasks:
                with (work / f"{task.number:04}.nq").open("rb") as part:
                    shutil.copyfileobj(part, target, 1 << 20)
        _write_findings(work, tasks, out / "findings.parquet")
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _tables(plan: Plan) -> list[tuple[TriplesMap, ...]]:
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


def explain_register(register: Path, plan: Plan, out: Path) -> str:
    """Return the SQL that maps each table of a register."""
    db = _open(register, out, "none")
    try:
        return "\n\n".join(f"-- {maps[0].source.access}\n{_query(db, maps).lines()};" for maps in _tables(plan))
    finally:
        db.close()


def locate(register: Path, plan: Plan, work: Path, subjects: Iterable[str], records: bool = False) -> dict[str, Place]:
    """Tell where in the sources each subject comes from; only now, since few subjects are ever asked for.

    ``subjects`` are IRIs in angle brackets; those that no row makes are left out. A subject that rows of several
    records make (a file, a concept) is of no record. With ``records`` all that is made by the records of ``subjects``
    alone is told as well.
    """
    work.mkdir(parents=True, exist_ok=True)
    db = _open(register, work, "none")
    try:
        relations.create_table(
            db, "wanted", {"subject": relations.TEXT}, [(subject,) for subject in sorted(set(subjects))]
        )
        db.execute("CREATE TABLE made (subject VARCHAR, record VARCHAR, source_file VARCHAR, source_line INTEGER)")
        asked = "true" if records else "subject IN (SELECT wanted.subject FROM wanted)"
        for maps in _tables(plan):
            query, columns = _query(db, maps), columns_of(db, maps[0].source.access)
            if "source_line" in columns:
                made = query.subjects("telegram" if "telegram" in columns else "NULL::VARCHAR")
                db.execute(f"INSERT INTO made FROM ({made}) WHERE {asked}")
        place = "(source_line IS NULL, source_file, source_line)"
        db.execute(
            f"""CREATE TABLE placed AS SELECT subject, list_sort(list(DISTINCT coalesce(record, ''))) AS records,
                arg_min(source_file, {place}) AS source_file, arg_min(source_line, {place}) AS source_line
            FROM made WHERE subject IS NOT NULL GROUP BY subject"""
        )
        rows = db.execute(
            """WITH held AS (SELECT coalesce(list(DISTINCT records[1]), []) AS records FROM placed SEMI JOIN wanted USING (subject)
                WHERE len(records) = 1 AND records[1] <> '')
            SELECT subject, CASE WHEN len(p.records) = 1 OR w.subject IS NULL THEN nullif(p.records[1], '') END, source_file, source_line
            FROM placed p LEFT JOIN wanted w USING (subject), held
            WHERE w.subject IS NOT NULL OR list_has_all(held.records, p.records) ORDER BY subject"""
        ).fetchall()
        return {subject: Place(record, file, line) for subject, record, file, line in rows}
    finally:
        db.close()


def _open(register: Path, out: Path, text: str) -> relations.Connection:
    db = open_register(register, out, text=text)
    db.execute(MACROS)
    make_views(db)
    return db


def _query(db: relations.Connection, maps: tuple[TriplesMap, ...]) -> MapQuery:
    table = maps[0].source.access
    if table not in TABLES:
        raise InputError(
            f"there is no table {table!r} in the register",
            file=maps[0].file, line=maps[0].source.line or maps[0].line, field=f"map {maps[0].name}",
            hint=f"tables: {', '.join(TABLES)}",
        )  # fmt: skip
    return MapQuery(maps, relations.quote_name(table), columns_of(db, table))


def columns_of(db: relations.Connection, relation: str) -> Mapping[str, str]:
    """Return the columns of a relation and their types."""
    return {name: kind for name, kind, *_ in db.execute(f"DESCRIBE FROM {relations.quote_name(relation)}").fetchall()}


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


def _run_tasks(tasks: list[_Task]) -> None:
    if not tasks:
        return
    db = _open(tasks[0].register, tasks[0].work, tasks[0].text)
    try:
        for task in tasks:
            part = task.work / f"{task.number:04}.nq"
            lines = _query(db, task.maps).lines(complaints=True)
            try:
                db.execute(f"COPY ({lines}) TO {relations.quote_text(str(part.resolve()))} {relations.RAW_LINES}")
            except (duckdb.InvalidInputException, duckdb.ConversionException, duckdb.BinderException) as error:
                first = task.maps[0]
                message = f"the maps of {first.source.access!r} cannot be run"
                raise InputError(
                    message, file=first.file, line=first.line, hint=str(error).split("\n", 1)[0]
                ) from error
            _take_complaints(part, part.with_suffix(".jsonl"))
    finally:
        db.close()


def _take_complaints(part: Path, complaints: Path) -> None:
    """Move the complaints in a part to a file of their own; most often there are none and nothing is copied."""
    mark = COMPLAINT.encode()
    complaints.touch()
    with part.open("rb") as file:
        if not any(mark in block for block in iter(lambda: file.read(1 << 20), b"")):
            return
        file.seek(0)
        clean = part.with_suffix(".clean")
        with clean.open("wb") as kept, complaints.open("wb") as taken:
            for line in file:
                (taken if line.startswith(mark) else kept).write(line.removeprefix(mark))
    clean.replace(part)


def _write_findings(work: Path, tasks: list[_Task], target: Path) -> None:
    """Make the findings table of the complaints of all tasks."""
    db = relations.connect([work, target.parent], spill=work)
    columns = {
        "kind": "VARCHAR",
        "record": "VARCHAR",
        "field": "VARCHAR",
        "value": "VARCHAR",
        "source_file": "VARCHAR",
        "source_line": "INTEGER",
    }
    db.execute(
        f"CREATE TABLE complaints ({', '.join(f'{name} {kind}' for name, kind in columns.items())}, access VARCHAR)"
    )
    for task in tasks:
        path = work / f"{task.number:04}.jsonl"
        if path.stat().st_size:
            rows = (
                f"read_json({relations.quote_path(path)}, format = 'newline_delimited', columns = {columns}, "
                "maximum_object_size = 67108864, hive_partitioning = false)"
            )
            db.execute(f"INSERT INTO complaints SELECT *, $access FROM {rows}", {"access": task.maps[0].source.access})
    kinds = {"kind": relations.TEXT, "severity": relations.TEXT, "message": relations.TEXT}
    relations.create_table(db, "kinds", kinds, [(kind, *said) for kind, said in _FINDINGS.items()])
    relations.write_parquet(
        db,
        """SELECT DISTINCT kind, severity, record, access || '.' || field AS field, value, message, source_file, source_line
        FROM complaints JOIN kinds USING (kind) ORDER BY ALL""",
        target,
    )
    db.close()
