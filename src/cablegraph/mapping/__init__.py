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

__all__ = ["explain_register", "map_files", "map_register", "read_mappings"]

QUADS = "quads.nq"


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
    """One triples map over the whole of its table, run by one process with one thread."""

    register: Path
    work: Path
    text: str
    triples_map: TriplesMap
    number: int


def map_register(register: Path, plan: Plan, out: Path, *, text: str = "none", jobs: int = 1) -> None:
    """Map a linked register: ``out`` gets ``quads.nq``, and ``places.parquet`` with the source line of each subject.

    Each triples map is one task with one thread, and the parts are joined in the order of the plan: the bytes are the
    same for any number of ``jobs``. Rows whose keys make no safe IRI are left out, with a row in ``findings.parquet``.

    Raises:
        InputError: a map refers to a table or column that the register does not have.
    """
    out.mkdir(parents=True, exist_ok=True)
    work = out / "maps"
    work.mkdir()
    for triples_map in plan.maps:
        if triples_map.source.formulation != "register":
            raise InputError(
                f"the source {triples_map.source.access!r} is no table of the register",
                file=triples_map.file, line=triples_map.source.line, hint="write [TABLE~register]",
            )  # fmt: skip
    tasks = [_Task(register, work, text, triples_map, number) for number, triples_map in enumerate(plan.maps)]
    try:
        groups = [tasks[start::jobs] for start in range(max(1, jobs))]
        if jobs <= 1:
            _run_tasks(tasks)
        else:
            with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
                list(pool.map(_run_tasks, groups))
        with (out / QUADS).open("wb") as target:
            for task in tasks:
                with (work / f"{task.number:04}.nq").open("rb") as part:
                    shutil.copyfileobj(part, target, 1 << 20)
        db = relations.connect([out], spill=out)
        for name in ("places", "findings"):
            pattern = relations.quote_text(str(work.resolve() / f"*.{name}.parquet"))
            relations.write_parquet(db, f"FROM read_parquet({pattern}) ORDER BY ALL", out / f"{name}.parquet")
        db.close()
    finally:
        shutil.rmtree(work, ignore_errors=True)


def explain_register(register: Path, plan: Plan, out: Path) -> str:
    """Return the SQL of every map of a plan over a register."""
    db = _open(register, out, "none")
    try:
        return "\n\n".join(f"-- map {m.name} ({m.file}:{m.line})\n{_query(db, m).lines()};" for m in plan.maps)
    finally:
        db.close()


def _open(register: Path, out: Path, text: str) -> relations.duckdb.DuckDBPyConnection:
    db = open_register(register, out, text=text)
    db.execute(MACROS)
    make_views(db)
    return db


def _query(db: relations.duckdb.DuckDBPyConnection, triples_map: TriplesMap) -> MapQuery:
    table = triples_map.source.access
    try:
        columns = columns_of(db, table)
    except relations.duckdb.CatalogException as error:
        known = ", ".join(sorted(name for (name,) in db.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall() if not name.startswith("base_")))
        raise InputError(
            f"there is no table {table!r} in the register",
            file=triples_map.file, line=triples_map.source.line or triples_map.line, hint=f"tables: {known}",
        ) from error  # fmt: skip
    return MapQuery(triples_map, relations.quote_name(table), columns)


def columns_of(db: relations.duckdb.DuckDBPyConnection, relation: str) -> Mapping[str, bool]:
    """Return the columns of a relation, and whether each is a list."""
    rows = db.execute(f"DESCRIBE FROM {relations.quote_name(relation)}").fetchall()
    return {name: kind.endswith("[]") for name, kind, *_ in rows}


def _run_tasks(tasks: Iterable[_Task]) -> None:
    db = None
    for task in tasks:
        db = db or _open(task.register, task.work, task.text)
        query = _query(db, task.triples_map)
        target = relations.quote_text(str(task.work.resolve() / f"{task.number:04}.nq"))
        db.execute(f"COPY ({query.lines()}) TO {target} {relations.RAW_LINES}")
        relations.write_parquet(db, query.places(), task.work / f"{task.number:04}.places.parquet")
        unsafe = query.unsafe_keys() or "SELECT NULL::VARCHAR AS value, NULL AS source_file, NULL AS source_line WHERE false"
        findings = f"""
            SELECT 'unsafe key' AS kind, 'error' AS severity, NULL::VARCHAR AS record, {relations.quote_text(task.triples_map.name)} AS field,
                value, 'This key makes no safe IRI (empty, ".", ".." or with marks that turn the direction of text); nothing was made of the row.' AS message,
                source_file::VARCHAR AS source_file, source_line::INTEGER AS source_line FROM ({unsafe})"""
        relations.write_parquet(db, findings, task.work / f"{task.number:04}.findings.parquet")
    if db is not None:
        db.close()
