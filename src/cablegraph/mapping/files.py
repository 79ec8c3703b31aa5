"""Any mapping over any files: ``cablegraph map``."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import duckdb

from cablegraph import relations
from cablegraph.errors import InputError
from cablegraph.mapping.macros import MACROS
from cablegraph.mapping.plan import Plan, TriplesMap
from cablegraph.mapping.sql import MapQuery

#: How a file is read, by reference formulation. Nothing is guessed from a sample of the file.
_READERS = {
    "csv": "read_csv({path}, header = true, all_varchar = true, nullstr = '', strict_mode = true, delim = ',', quote = '\"', "
    "escape = '\"', comment = '', skip = 0, max_line_size = 33554432, buffer_size = 33554432, hive_partitioning = false)",
    "parquet": "read_parquet({path}, hive_partitioning = false)",
    "jsonlines": "read_json({path}, format = 'newline_delimited', maximum_object_size = 67108864, hive_partitioning = false)",
}
_COMPRESSIONS = {".zst": "zstd", ".gz": "gzip"}


def map_files(plan: Plan, mapping: Path, sources: Mapping[str, Path], out: Path, work: Path) -> str:
    """Map the files that a mapping names (beside it) or that are given by name, into N-Quads or N-Triples.

    ``sources`` replaces the access of a source by name or by access. Format and compression follow the name of
    ``out`` (``.nq`` or ``.nt``, then perhaps ``.zst`` or ``.gz``); it appears whole or not at all. ``work`` is a folder
    on the same disk for what does not fit into memory. Returns the SQL that was run.

    Raises:
        InputError: a source does not exist, leads out of the mapping's folder, or does not fit its map; ``out`` names
            no format.
    """
    folder = mapping.resolve().parent
    ending, options = output_form(out)
    maps = (plan if ending == ".nq" else without_graphs(plan)).maps
    files = {triples_map.source: _file_of(triples_map, folder, sources) for triples_map in maps}
    db = relations.connect([work], files=files.values(), spill=work)
    try:
        db.execute(MACROS)
        queries = []
        for number, triples_map in enumerate(maps):
            file = files[triples_map.source]
            reader = _READERS[triples_map.source.formulation].format(path=relations.quote_path(file))
            try:
                db.execute(f"CREATE VIEW source_{number} AS FROM {reader}")
                described = db.execute(f"DESCRIBE FROM source_{number}").fetchall()
            except duckdb.Error as error:
                raise _unreadable(triples_map, file, error) from error
            columns = {name: kind for name, kind, *_ in described}
            queries.append((triples_map, file, MapQuery([triples_map], f"source_{number}", columns).lines()))
        parts = []
        for number, (triples_map, file, query) in enumerate(queries):
            parts.append(work / f"{number:04}{out.suffix}")
            target = relations.quote_text(str(parts[-1].resolve()))
            try:
                db.execute(f"COPY ({query}) TO {target} {options}")
            except duckdb.Error as error:
                raise _unreadable(triples_map, file, error) from error
    finally:
        db.close()
    _join(parts, work / "joined", out)
    return "\n\n".join(f"-- {triples_map.name}\n{query};" for triples_map, _, query in queries)


def _join(parts: list[Path], joined: Path, out: Path) -> None:
    """Concatenate; members of gzip and frames of zstd may follow each other."""
    with joined.open("wb") as target:
        for part in parts:
            with part.open("rb") as lines:
                shutil.copyfileobj(lines, target, 1 << 20)
    joined.replace(out)


def output_form(out: Path) -> tuple[str, str]:
    """Tell from a file's name its format (``.nq`` or ``.nt``) and the options of COPY that write it.

    Raises:
        InputError: it names no format that a mapping can write.
    """
    compression = _COMPRESSIONS.get(out.suffix, "none")
    ending = out.suffix if compression == "none" else Path(out.stem).suffix
    if ending not in (".nq", ".nt"):
        raise InputError(
            "names no format that a mapping can write",
            file=str(out),
            hint="expected .nq or .nt, then perhaps .zst or .gz",
        )
    return ending, relations.RAW_LINES.replace(")", f", COMPRESSION {compression})")


def without_graphs(plan: Plan) -> Plan:
    """The same maps, all into the default graph: N-Triples know no other."""
    return replace(plan, maps=tuple(_without_graphs(triples_map) for triples_map in plan.maps))


def _without_graphs(triples_map: TriplesMap) -> TriplesMap:
    statements = tuple(replace(statement, graphs=()) for statement in triples_map.statements)
    return replace(triples_map, graphs=(), statements=statements)


def _unreadable(triples_map: TriplesMap, file: Path, error: duckdb.Error) -> InputError:
    return InputError(
        f"the map {triples_map.name!r} cannot be run over it as {triples_map.source.formulation}",
        file=file.name, hint=str(error).split("\n", 1)[0],
    )  # fmt: skip


def _file_of(triples_map: TriplesMap, folder: Path, sources: Mapping[str, Path]) -> Path:
    """The file of a source: as given by name, else beside the mapping."""
    source = triples_map.source

    def fail(message: str, hint: str | None = None) -> InputError:
        line = source.line or triples_map.line
        return InputError(f"the source {source.access!r} {message}", file=triples_map.file, line=line, hint=hint)

    if source.formulation not in _READERS:
        raise fail(
            "is a table of a register", "give the register with --source register=DIR, and map nothing else with it"
        )
    given = sources.get(source.name) or sources.get(source.access)
    if given is None:
        if Path(source.access).is_absolute() or ".." in Path(source.access).parts or "://" in source.access:
            raise fail("leads out of the mapping's folder", "name a file beside the mapping, or give it with --source")
        given = folder / source.access
        if not given.resolve().is_relative_to(folder):
            raise fail(
                "is a link out of the mapping's folder", "name a file beside the mapping, or give it with --source"
            )
    if not given.is_file():
        raise fail("does not exist")
    return given.resolve()
