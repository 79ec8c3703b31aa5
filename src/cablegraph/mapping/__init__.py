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

from cablegraph import relations
from cablegraph.errors import InputError
from cablegraph.mapping.files import map_files
from cablegraph.mapping.plan import Plan, TriplesMap
from cablegraph.mapping.sql import MACROS, MapQuery
from cablegraph.mapping.views import make_views, open_register
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
        db = relations.connect([out], spill=out)
        pattern = relations.quote_text(str(work.resolve() / "*.findings.parquet"))
        relations.write_parquet(db, f"FROM read_parquet({pattern}) ORDER BY ALL", out / "findings.parquet")
        db.close()
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

    ``subjects`` are IRIs in angle brackets. With ``records`` every subject of the records that these belong to is
    told as well. Subjects that no row makes are left out.
    """
    work.mkdir(parents=True, exist_ok=True)
    db = _open(register, work, "none")
    try:
        relations.create_table(db, "wanted", {"subject": relations.TEXT}, [(subject,) for subject in sorted(set(subjects))])
        queries = []
        for maps in _tables(plan):
            columns = columns_of(db, maps[0].source.access)
            if "source_line" in columns:
                queries += _query(db, maps).subjects("telegram" if "telegram" in columns else "NULL::VARCHAR")
        db.execute("CREATE TABLE made (subject VARCHAR, record VARCHAR, source_file VARCHAR, source_line INTEGER)")
        for query in queries:
            db.execute(f"INSERT INTO made SELECT * FROM ({query}) WHERE subject IN (SELECT wanted.subject FROM wanted)")
        if records:
            db.execute("CREATE TABLE whole AS SELECT DISTINCT record FROM made WHERE record IS NOT NULL")
            for query in queries:
                db.execute(f"INSERT INTO made SELECT * FROM ({query}) WHERE record IN (SELECT whole.record FROM whole)")
        place = "(source_line IS NULL, source_file, source_line)"
        rows = db.execute(
            f"""SELECT subject, min(record), arg_min(source_file, {place}), arg_min(source_line, {place}) FROM made GROUP BY subject"""
        ).fetchall()
        return {subject: Place(record, file, line) for subject, record, file, line in rows}
    finally:
        db.close()


def _open(register: Path, out: Path, text: str) -> relations.duckdb.DuckDBPyConnection:
    db = open_register(register, out, text=text)
    db.execute(MACROS)
    make_views(db)
    return db


def _query(db: relations.duckdb.DuckDBPyConnection, maps: tuple[TriplesMap, ...]) -> MapQuery:
    table = maps[0].source.access
    try:
        columns = columns_of(db, table)
    except relations.duckdb.CatalogException as error:
        names = db.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY 1").fetchall()
        known = ", ".join(name for (name,) in names if not name.startswith("base_"))
        raise InputError(
            f"there is no table {table!r} in the register",
            file=maps[0].file, line=maps[0].source.line or maps[0].line, hint=f"tables: {known}",
        ) from error  # fmt: skip
    return MapQuery(maps, relations.quote_name(table), columns)


def columns_of(db: relations.duckdb.DuckDBPyConnection, relation: str) -> Mapping[str, bool]:
    """Return the columns of a relation, and whether each is a list."""
    rows = db.execute(f"DESCRIBE FROM {relations.quote_name(relation)}").fetchall()
    return {name: kind.endswith("[]") for name, kind, *_ in rows}


_NO_FINDINGS = "SELECT NULL::VARCHAR AS value, NULL AS source_file, NULL AS source_line WHERE false"


def _run_tasks(tasks: list[_Task]) -> None:
    if not tasks:
        return
    db = _open(tasks[0].register, tasks[0].work, tasks[0].text)
    for task in tasks:
        query = _query(db, task.maps)
        target = relations.quote_text(str(task.work.resolve() / f"{task.number:04}.nq"))
        db.execute(f"COPY ({query.lines()}) TO {target} {relations.RAW_LINES}")
        table = relations.quote_text(task.maps[0].source.access)
        findings = f"""
            SELECT DISTINCT 'unsafe key' AS kind, 'error' AS severity, NULL::VARCHAR AS record, {table} AS field, value,
                'A key of this row makes no safe IRI (empty, ".", ".." or with marks that turn the direction of text); nothing was made of it.' AS message,
                source_file::VARCHAR AS source_file, source_line::INTEGER AS source_line FROM ({query.unsafe_keys() or _NO_FINDINGS})"""
        relations.write_parquet(db, findings, task.work / f"{task.number:04}.findings.parquet")
    db.close()
