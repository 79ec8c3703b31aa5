"""Any mapping over any files: ``cablegraph map``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from cablegraph import relations
from cablegraph.errors import InputError
from cablegraph.mapping.plan import LogicalSource, Plan, TriplesMap
from cablegraph.mapping.sql import MACROS, MapQuery

_READERS = {
    "csv": "read_csv({path}, header = true, all_varchar = true, nullstr = '', strict_mode = true)",
    "parquet": "read_parquet({path})",
    "jsonlines": "read_json({path}, format = 'newline_delimited')",
}


def map_files(plan: Plan, mapping: Path, sources: Mapping[str, Path], out: Path, work: Path) -> str:
    """Map the files that a mapping names (beside it) or that are given by name, into N-Quads or N-Triples.

    ``sources`` replaces the access of a source by name or by access. The compression follows the name of ``out``
    (``.zst``, ``.gz``). ``work`` is a folder for what does not fit into memory. Returns the SQL that was run.

    Raises:
        InputError: a source does not exist, leads out of the mapping's folder, or does not fit its map.
    """
    folder = mapping.resolve().parent
    files = {m.source: _file_of(m, folder, sources) for m in plan.maps}
    db = relations.connect([out.resolve().parent, work], files=files.values(), spill=work)
    try:
        db.execute(MACROS)
        queries = []
        for number, triples_map in enumerate(plan.maps):
            relation = f"source_{number}"
            reader = _READERS[triples_map.source.formulation].format(path=relations.quote_text(str(files[triples_map.source])))
            try:
                db.execute(f"CREATE VIEW {relation} AS FROM {reader}")
                columns = {name: kind.endswith("[]") for name, kind, *_ in db.execute(f"DESCRIBE FROM {relation}").fetchall()}
            except duckdb.Error as error:
                raise InputError(
                    f"cannot be read as {triples_map.source.formulation}", file=files[triples_map.source].name, hint=str(error).split("\n")[0]
                ) from error
            queries.append(MapQuery([triples_map], relation, columns).lines())
        sql = "\nUNION ALL\n".join(queries)
        if queries:
            db.execute(f"COPY ({sql}) TO {relations.quote_text(str(out.resolve()))} {_options(out)}")
        return sql
    finally:
        db.close()


def _options(out: Path) -> str:
    compression = {".zst": "zstd", ".gz": "gzip"}.get(out.suffix, "none")
    return relations.RAW_LINES.replace(")", f", COMPRESSION {compression})")


def _file_of(triples_map: TriplesMap, folder: Path, sources: Mapping[str, Path]) -> Path:
    source: LogicalSource = triples_map.source
    place = {"file": triples_map.file, "line": source.line or triples_map.line}
    given = sources.get(source.name) or sources.get(source.access)
    if given is not None:
        path = given.resolve()
    else:
        if Path(source.access).is_absolute() or ".." in Path(source.access).parts or "://" in source.access:
            raise InputError(
                f"the source {source.access!r} leads out of the mapping's folder",
                hint="name a file beside the mapping, or give it with --source", **place,
            )  # fmt: skip
        path = (folder / source.access).resolve()
        if not path.is_relative_to(folder):
            raise InputError(f"the source {source.access!r} is a link out of the mapping's folder", **place)
    if source.formulation not in _READERS:
        raise InputError(f"the source {source.access!r} is a table of a register", hint="cablegraph publish maps registers", **place)
    if not path.is_file():
        raise InputError(f"the source {source.access!r} does not exist", **place)
    return path
