"""The whole way of the data: sources, register, links, quads, check, release."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cablegraph import __version__, folders, quads, relations
from cablegraph.errors import InputError
from cablegraph.judgement import judge
from cablegraph.linking import link
from cablegraph.linking.matching import Matching
from cablegraph.mapping import (
    map_register,
    mapped_lines,
    read_mappings,
)
from cablegraph.mapping.plan import Plan
from cablegraph.measures import measure
from cablegraph.publication import Publication
from cablegraph.register import DIRECTORY_TABLES, TABLES, must_be_register, rows
from cablegraph.release import Release, issued_date, staged, write_release
from cablegraph.reuse import FOLDER as CACHE
from cablegraph.reuse import WORTH_KEEPING, Kept
from cablegraph.sources import counts as table_counts
from cablegraph.sources import read_sources
from cablegraph.validation import (
    REPORT_WRITERS,
    Report,
    ReportRow,
    read_shapes,
    validate_at_any_size,
)

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Options:
    """How a run is run; nothing here changes what is published."""

    jobs: int = 1
    strict: bool = False
    fresh: bool = False
    tell: Tell = lambda message: None


def read(publication: Publication, out: Path, options: Options) -> dict[str, int]:
    """Read sources into a register folder; returns the number of rows a table.

    Raises:
        InputError: no source can be read, or ``out`` holds something else than a register.
    """
    _register_folder(out)
    partial = out.with_name(f".{out.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        counts = read_sources(publication, partial, jobs=options.jobs, strict=options.strict, tell=options.tell)
        shutil.rmtree(out, ignore_errors=True)
        partial.rename(out)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return counts


def link_register(
    register: Path, out: Path, minted: Path | None, mapping_sets: Sequence[Path], options: Options
) -> dict[str, int]:
    """Link a register into another folder (or into itself); returns the number of rows a table.

    Raises:
        InputError: ``register`` is no register, or ``out`` holds something else than one.
    """
    must_be_register(register)
    _register_folder(out)
    options.tell("linking")
    link(register, out, minted=minted, mapping_sets=mapping_sets)
    return table_counts(out)


def match_names(register: Path, batch: object) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Answer a batch of queries of the Reconciliation Service API over a linked register.

    Raises:
        InputError: ``register`` is no linked register, or the batch is none.
    """
    if not (register / "in_use.parquet").is_file():
        raise InputError("is no linked register", file=str(register), hint="cablegraph link makes one")
    db = relations.connect([register])
    try:
        for table in TABLES:
            name = f"read_{table}" if table in DIRECTORY_TABLES else table
            relations.view_parquet(db, name, register / f"{table}.parquet")
        return Matching(db).answer(batch)
    finally:
        db.close()


def release_quads(
    nquads: Path, register: Path, publication: Publication, out: Path, options: Options
) -> tuple[Release, list[ReportRow]]:
    """Check quads that were mapped from a linked register, and release them.

    Raises:
        InputError: the quads or the register are missing, or ``out`` is not ours.
        NotConformingError: a shape is violated and the publication says stop.
    """
    must_be_register(register)
    if not nquads.is_file():
        raise InputError("does not exist", file=str(nquads))
    with staged(out) as folder:
        work = folder / ".work"
        work.mkdir()
        plan = read_mappings(publication.mappings, publication.base)
        issued = _issued(publication, register)
        done = _finish(
            publication, plan, register, quads.file_lines(nquads), nquads.parent, folder, work, issued, options
        )
        shutil.rmtree(work)
    return done


def publish(publication: Publication, out: Path, options: Options) -> tuple[Release, list[ReportRow]]:
    """Read, link, map, check and release a publication into ``out``.

    Raises:
        InputError: no source can be read, a mapping, shape or the configuration is not valid, or ``out`` is not ours.
        NotConformingError: a shape is violated and the publication says stop; the last release stays.
    """
    plan = read_mappings(publication.mappings, publication.base)
    with staged(out) as folder:
        work = folder / ".work"
        register, mapped = work / "register", work / "mapped"
        work.mkdir()
        kept = Kept(None if options.fresh else out / CACHE, work / CACHE)
        read_sources(publication, register, jobs=options.jobs, strict=options.strict, kept=kept, tell=options.tell)
        worth = sum(row["bytes"] for row in rows(register, "sources", ["bytes"])) >= WORTH_KEEPING
        issued = _issued(publication, register)
        options.tell("linking")
        link(
            register,
            register,
            minted=publication.minted,
            since=issued,
            publish=publication.publish_authorities,
            mapping_sets=publication.mapping_sets,
        )
        options.tell("mapping")
        map_register(register, plan, mapped, text=publication.text, jobs=options.jobs, kept=kept if worth else None)
        done = _finish(publication, plan, register, mapped_lines(mapped), mapped, folder, work, issued, options)
        if worth:
            kept.mark()
            kept.new.rename(folder / CACHE)
        shutil.rmtree(work)
    return done


def _issued(publication: Publication, register: Path) -> str:
    return issued_date(publication, register, os.environ.get("SOURCE_DATE_EPOCH"))


def _finish(
    publication: Publication,
    plan: Plan,
    register: Path,
    lines: str,
    mapped: Path,
    folder: Path,
    work: Path,
    issued: str,
    options: Options,
) -> tuple[Release, list[ReportRow]]:
    """Check and release quads: they are sorted once, into a database on disk, and read from there.

    ``lines`` is the relation of their lines, from files in the folder ``mapped``, which may hold findings of the mapping.
    """
    options.tell("checking")
    shapes = read_shapes([publication.shapes])
    db = relations.connect([folder, work, register, mapped], spill=work, at=work / "quads.duckdb")
    try:
        quads.load_quads(db, lines)
        quads.write_ntriples(db, work / "check.nt")
        results = validate_at_any_size(work / "check.nt", shapes, work, jobs=options.jobs)
        (work / "check.nt").unlink()
        complaints, quarantine = judge(results, shapes, register, mapped, plan, work, publication.policy)
        counted = table_counts(register)
        report = Report(complaints, counted["records"], counted["telegrams"], measure(register, quarantine))
        options.tell("releasing")
        release = write_release(
            folder,
            work,
            register,
            db,
            publication,
            report={ending: REPORT_WRITERS[form](report) for ending, form in _REPORTS.items()},
            severities=dict(sorted(report.severities().items())),
            quarantine=quarantine,
            measures=report.measures,
            issued=issued,
            version=__version__,
        )
    finally:
        db.close()
    return release, complaints


_REPORTS = {"txt": "human", "html": "html", "jsonl": "jsonl", "csv": "csv", "ttl": "turtle"}


def _register_folder(out: Path) -> None:
    """Refuse to write a register over something else; make the folders above it."""
    if out.exists() and (not out.is_dir() or any(child.suffix != ".parquet" for child in out.iterdir())):
        raise InputError(
            "holds something else than a register, and is left alone", file=str(out), hint="name another folder"
        )
    folders.make_above(out)
