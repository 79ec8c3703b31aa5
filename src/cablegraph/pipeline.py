"""The whole way of the data: sources, register, links, quads, check, release."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cablegraph import __version__, folders, quads, relations
from cablegraph.earlier import Earlier, minted_of, read_earlier
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
from cablegraph.release import Release, check_deletions, issued_date, staged, write_release
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
from cablegraph.withheld import read_withheld

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Options:
    """How a run is run; nothing here changes what is published.

    ``allow_deletions``: the run may delete what an earlier release has, however much.
    """

    jobs: int = 1
    strict: bool = False
    fresh: bool = False
    allow_deletions: bool = False
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


def link_register(register: Path, out: Path, publication: Publication, options: Options) -> dict[str, int]:
    """Link a register into another folder (or into itself); returns the number of rows a table.

    Raises:
        InputError: ``register`` is no register, ``out`` holds something else than one, or as for :func:`publish`.
    """
    must_be_register(register)
    _register_folder(out)
    options.tell("linking")
    _link(publication, register, out, _issued(publication, register), _earlier(publication))
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
    earlier = _earlier(publication)
    with staged(out) as folder:
        work = folder / ".work"
        work.mkdir()
        _must_withhold(publication, register)
        _check_deletions(earlier or _standing(publication, out, options), register, options)
        plan = read_mappings(publication.mappings, publication.base)
        issued = _issued(publication, register)
        done = _finish(
            publication, plan, register, quads.file_lines(nquads), nquads.parent, out, folder, issued, options, earlier
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
    earlier = _earlier(publication)
    with staged(out) as folder:
        work = folder / ".work"
        register, mapped = work / "register", work / "mapped"
        work.mkdir()
        kept = Kept(None if options.fresh else out / CACHE, work / CACHE)
        read_sources(publication, register, jobs=options.jobs, strict=options.strict, kept=kept, tell=options.tell)
        worth = sum(row["bytes"] for row in rows(register, "sources", ["bytes"])) >= WORTH_KEEPING
        issued = _issued(publication, register)
        options.tell("linking")
        _link(publication, register, register, issued, earlier)
        _check_deletions(earlier or _standing(publication, out, options), register, options)
        options.tell("mapping")
        map_register(register, plan, mapped, text=publication.text, jobs=options.jobs, kept=kept if worth else None)
        done = _finish(publication, plan, register, mapped_lines(mapped), mapped, out, folder, issued, options, earlier)
        if worth:
            kept.mark()
            kept.new.rename(folder / CACHE)
        shutil.rmtree(work)
    return done


def _earlier(publication: Publication) -> Earlier | None:
    return read_earlier(publication.previous) if publication.previous else None


def _link(publication: Publication, register: Path, out: Path, since: str, earlier: Earlier | None) -> None:
    link(
        register,
        out,
        minted=minted_of(publication.minted, earlier),
        since=since,
        publish=publication.publish_authorities,
        mapping_sets=publication.mapping_sets,
        withheld=read_withheld(publication.withheld),
        links_only=_links_only(publication, register),
        base=publication.base,
        earlier=earlier,
    )


def _standing(publication: Publication, out: Path, options: Options) -> Earlier | None:
    """The release that this run is going to replace, where it is one of the same publication."""
    if not (out / folders.MANIFEST).is_file():
        return None
    try:
        found = read_earlier(out)
    except InputError as error:
        options.tell(f"{error}; whether records would be deleted is not looked at")
        return None
    return found if (found.name, found.base) == (publication.name, publication.base) else None


def _check_deletions(earlier: Earlier | None, register: Path, options: Options) -> None:
    if earlier is not None:
        check_deletions(earlier, register, allowed=options.allow_deletions)


def _must_withhold(publication: Publication, register: Path) -> None:
    """Refuse a register that was linked without the list of what is withheld.

    Raises:
        InputError: a line of the list has left no trace in the register.
    """
    whole = sum(row["kind"] == "withheld" for row in rows(register, "tombstones", ["kind"]))
    asked = read_withheld(publication.withheld)
    if sum(not row.field for row in asked) > whole or (
        any(row.field for row in asked) and not next(rows(register, "withheld"), None)
    ):
        raise InputError(
            f"was linked without {publication.withheld.name}",
            file=str(register),
            hint="link it with --config, and map it again",
        )


def _links_only(publication: Publication, register: Path) -> list[str]:
    """The files of sources of which only identifiers and links are published, since no licence is stated."""
    if publication.unlicensed == "full":
        return []
    return [row["source_file"] for row in rows(register, "sources") if row["licence"] is None]


def _issued(publication: Publication, register: Path) -> str:
    return issued_date(publication, register, os.environ.get("SOURCE_DATE_EPOCH"))


def _finish(
    publication: Publication,
    plan: Plan,
    register: Path,
    lines: str,
    mapped: Path,
    out: Path,
    folder: Path,
    issued: str,
    options: Options,
    earlier: Earlier | None,
) -> tuple[Release, list[ReportRow]]:
    """Check and release quads: they are sorted once, into a database on disk, and read from there.

    ``lines`` is the relation of their lines, from files in the folder ``mapped``, which may hold findings of the mapping.
    ``folder`` will replace ``out``.
    """
    work = folder / ".work"
    options.tell("checking")
    shapes = read_shapes([publication.shapes], tell=options.tell)
    db = relations.connect([folder, work, register, mapped], spill=work, at=work / "quads.duckdb")
    try:
        quads.load_quads(db, lines)
        quads.write_lines(db, quads.ntriples(), work / "check.nt")
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
            earlier=earlier,
            standing=out if out.is_dir() else None,
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
