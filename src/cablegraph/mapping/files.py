"""Any mapping over any files: ``cablegraph map``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pyarrow as pa

from cablegraph import relations
from cablegraph.errors import InputError
from cablegraph.mapping.joins import SUBJECT, join_relation
from cablegraph.mapping.macros import MACROS
from cablegraph.mapping.output import Findings, open_output, output_form, write_lines
from cablegraph.mapping.plan import EachRow, Join, LogicalSource, Plan, Reference, TermMap, TriplesMap, references
from cablegraph.mapping.proof import Repeated, repeated_lines
from cablegraph.mapping.readers import Uses, open_file
from cablegraph.mapping.sql import MapQuery, fail
from cablegraph.mapping.terms import Relation


@dataclass(frozen=True)
class Mapped:
    """What a run did: its SQL, and the values of which no term was made."""

    sql: str
    findings: Findings


@dataclass(frozen=True)
class _Pass:
    """One pass over one relation: a map, or one join of a map."""

    triples_map: TriplesMap
    relation: Relation
    join: Join | None = None

    def query(self, repeated: Repeated) -> str:
        """The SQL of the pass."""
        relation = replace(self.relation, name=repeated.rows) if repeated.rows else self.relation
        joins = {self.join: SUBJECT} if self.join is not None else {}
        return MapQuery([self.triples_map], relation, joins).whole_lines(unique=repeated.lines)


def map_files(plan: Plan, mapping: Path, sources: Mapping[str, Path], out: Path, work: Path) -> Mapped:
    """Map the files that a mapping names (beside it) or that are given by name, into N-Quads or N-Triples.

    ``sources`` replaces the access of a source by name or by access. Format and compression follow the name of
    ``out`` (``.nq`` or ``.nt``, then perhaps ``.zst`` or ``.gz``); it appears whole or not at all. ``work`` is a folder
    on the same disk for what does not fit into memory.

    Raises:
        InputError: a source does not exist, leads out of the mapping's folder, or does not fit its map; ``out`` names
            no format; a value makes no valid term, and the mapping is one that must not go on then.
    """
    ending, compression = output_form(out)
    maps = (plan if ending == ".nq" else without_graphs(plan)).maps
    files = {source: _file_of(m, source, mapping.resolve().parent, sources) for m in maps for source in _sources(m)}
    db = relations.connect([work], files=[file for file in files.values() if file is not None], spill=work)
    findings = Findings()
    told = []
    try:
        db.execute(MACROS)
        passes = list(_passes(maps, _opened(db, maps, files, work)))
        with open_output(work / "whole", compression) as target:
            for step, repeated in zip(
                passes, repeated_lines(db, [(p.triples_map, p.relation, p.join) for p in passes]), strict=True
            ):
                query = step.query(repeated)
                told.append(f"-- {step.triples_map.name}\n{query};")
                _write(db, step, query, target, findings, files)
    finally:
        db.close()
    (work / "whole").replace(out)
    return Mapped("\n\n".join(told), findings)


def _write(
    db: relations.Connection,
    step: _Pass,
    query: str,
    target: object,
    findings: Findings,
    files: Mapping[LogicalSource, Path | None],
) -> None:
    triples_map = step.triples_map
    try:
        for complaint in write_lines(db, query, target):
            finding = findings.add(triples_map.name, complaint)
            if triples_map.strict and finding.kind != "unsafe key":
                raise fail(
                    triples_map, f"{finding.field!r} has a value that is {_MEANS[finding.kind]}: {finding.value!r}"
                )
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        raise _unreadable(triples_map, triples_map.source, files, error) from error


#: What is wrong with a value, by kind of finding.
_MEANS = {
    "no IRI": "no IRI", "no language": "no language tag", "no date": "no date",
    "not of its datatype": "not of the datatype that it is given",
}  # fmt: skip


def _sources(triples_map: TriplesMap) -> Iterator[LogicalSource]:
    yield triples_map.source
    for statement in triples_map.statements:
        yield from (item.source for item in statement.objects if isinstance(item, Join))


def _opened(
    db: relations.Connection, maps: tuple[TriplesMap, ...], files: Mapping[LogicalSource, Path | None], work: Path
) -> dict[LogicalSource, Relation]:
    uses: dict[LogicalSource, Uses] = {}
    owners: dict[LogicalSource, TriplesMap] = {}
    for triples_map in maps:
        for source in _sources(triples_map):
            owners.setdefault(source, triples_map)
            uses.setdefault(source, Uses())
        _note(triples_map, uses)
    opened = {}
    for number, (source, used) in enumerate(uses.items()):
        try:
            opened[source] = open_file(db, f"source_{number}", source, files[source], used, work)
        except duckdb.Error as error:
            raise _unreadable(owners[source], source, files, error) from error
    return opened


def _note(triples_map: TriplesMap, uses: dict[LogicalSource, Uses]) -> None:
    """Note what a map refers to in its own source and in those of its joins."""
    here = uses[triples_map.source]
    here.references |= triples_map.columns()
    terms: list[TermMap] = [triples_map.subject, *triples_map.graphs]
    for statement in triples_map.statements:
        terms += [*statement.predicates, *statement.graphs]
        for item in statement.objects:
            if isinstance(item, TermMap):
                terms.append(item)
                continue
            there = uses[item.source]
            there.references |= {name for _, parent in item.conditions for name in references(parent)}
            there.references |= {name for e in (*item.subject.expressions(), item.condition) for name in references(e)}
            there.numbered |= isinstance(item.subject.expression, EachRow)
    here.numbered |= any(isinstance(term.expression, EachRow) for term in terms)
    here.natural |= {t.expression.column for t in terms if t.natural and isinstance(t.expression, Reference)}


def _passes(maps: tuple[TriplesMap, ...], opened: Mapping[LogicalSource, Relation]) -> Iterator[_Pass]:
    """The passes of each map: one for all that its own rows say, and one for each join."""
    for triples_map in maps:
        here = opened[triples_map.source]
        joins = []
        statements = []
        for statement in triples_map.statements:
            joins += [(statement, item) for item in statement.objects if isinstance(item, Join)]
            statements.append(replace(statement, objects=tuple(i for i in statement.objects if isinstance(i, TermMap))))
        yield _Pass(replace(triples_map, statements=tuple(s for s in statements if s.objects)), here)
        for statement, join in joins:
            only = replace(triples_map, statements=(replace(statement, objects=(join,)),))
            yield _Pass(only, join_relation(join, here, opened[join.source]), join)


def without_graphs(plan: Plan) -> Plan:
    """The same maps, all into the default graph: N-Triples know no other."""
    return replace(plan, maps=tuple(_without_graphs(triples_map) for triples_map in plan.maps))


def _without_graphs(triples_map: TriplesMap) -> TriplesMap:
    statements = tuple(replace(statement, graphs=()) for statement in triples_map.statements)
    return replace(triples_map, graphs=(), statements=statements)


def _unreadable(
    triples_map: TriplesMap, source: LogicalSource, files: Mapping[LogicalSource, Path | None], error: Exception
) -> InputError:
    file = files.get(source)
    return InputError(
        f"the map {triples_map.name!r} cannot be run over it as {source.formulation}",
        file=file.name if file else triples_map.file, hint=str(error).split("\n", 1)[0],
    )  # fmt: skip


def _file_of(triples_map: TriplesMap, source: LogicalSource, folder: Path, sources: Mapping[str, Path]) -> Path | None:
    """The file of a source: as given by name, else beside the mapping; None for a source that needs none."""

    def refuse(message: str, hint: str | None = None) -> InputError:
        line = source.line or triples_map.line
        return InputError(f"the source {source.access!r} {message}", file=triples_map.file, line=line, hint=hint)

    if source.formulation == "nothing":
        return None
    if source.formulation == "register":
        raise refuse(
            "is a table of a register", "give the register with --source register=DIR, and map nothing else with it"
        )
    given = sources.get(source.name) or sources.get(source.access)
    if given is None:
        if Path(source.access).is_absolute() or ".." in Path(source.access).parts or "://" in source.access:
            raise refuse(
                "leads out of the mapping's folder", "name a file beside the mapping, or give it with --source"
            )
        given = folder / source.access
        if not given.resolve().is_relative_to(folder):
            raise refuse(
                "is a link out of the mapping's folder", "name a file beside the mapping, or give it with --source"
            )
    if not given.is_file():
        raise refuse("does not exist")
    return given.resolve()
