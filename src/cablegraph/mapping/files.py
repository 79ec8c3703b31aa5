"""Any mapping over any files: ``cablegraph map``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pyarrow as pa

from cablegraph import relations
from cablegraph.errors import InputError
from cablegraph.mapping.complaints import COMPLAINT
from cablegraph.mapping.formulations import by_ending
from cablegraph.mapping.joins import SUBJECT, join_relation
from cablegraph.mapping.macros import MACROS
from cablegraph.mapping.output import Findings, output_form, write_lines
from cablegraph.mapping.plan import (
    EachRow,
    Join,
    LogicalSource,
    Plan,
    PredicateObjects,
    Reference,
    TermMap,
    TriplesMap,
    references,
)
from cablegraph.mapping.proof import Pass, apart, without_repeats
from cablegraph.mapping.readers import Uses, open_file
from cablegraph.mapping.sql import MapQuery, check, fail
from cablegraph.mapping.terms import Relation


@dataclass(frozen=True)
class Mapped:
    """What a run did: its SQL, and the values of which no term was made."""

    sql: str
    findings: Findings


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
    plan = with_given_tables(plan, sources)
    maps = (plan if ending == ".nq" else without_graphs(plan)).maps
    files = {source: _file_of(m, source, mapping.resolve().parent, sources) for m in maps for source in _sources(m)}
    db = relations.connect([work], files=list(_read(files)), spill=work)
    findings = Findings()
    told = []
    try:
        db.execute(MACROS)
        with relations.open_output(work / "whole", compression) as target:
            for steps, query in _queries(db, list(_passes(maps, _opened(db, maps, files, work))), files):
                told.append(f"-- {', '.join(dict.fromkeys(step.triples_map.name for step in steps))}\n{query};")
                _write(db, steps[0].triples_map, query, target, findings, files)
    finally:
        db.close()
    (work / "whole").replace(out)
    return Mapped("\n\n".join(told), findings)


def _queries(
    db: relations.Connection, passes: list[Pass], files: Mapping[LogicalSource, Path | None]
) -> Iterator[tuple[list[Pass], str]]:
    """The queries of a run, each with its passes; none makes a line that another makes too."""
    alone, shared = apart(passes)
    try:
        alone = without_repeats(db, alone)
    except duckdb.Error as error:
        first = passes[0].triples_map
        raise _unreadable(first, first.source, files, error) from error
    for step in alone:
        yield [step], _distinct_lines([step]) if step.unique else _lines(step)
    if shared:
        yield shared, _distinct_lines(shared)


def _lines(step: Pass) -> str:
    return MapQuery([step.triples_map], step.relation, {step.join: SUBJECT} if step.join else {}).whole_lines()


def _distinct_lines(steps: list[Pass]) -> str:
    union = " UNION ALL ".join(f"({_lines(step)})" for step in steps)
    both = f"SELECT DISTINCT unnest(string_split(concat(lines, complaints), chr(10))) AS line FROM ({union})"
    complained = f"starts_with(line, '{COMPLAINT}')"
    return (
        f"SELECT CASE WHEN {complained} THEN '' ELSE concat(line, chr(10)) END AS lines, "
        f"CASE WHEN {complained} THEN line ELSE '' END AS complaints FROM ({both}) WHERE line <> ''"
    )


def _write(
    db: relations.Connection,
    triples_map: TriplesMap,
    query: str,
    target: object,
    findings: Findings,
    files: Mapping[LogicalSource, Path | None],
) -> None:
    try:
        for complaint in write_lines(db, query, target):
            finding = findings.add(complaint)
            if triples_map.strict and finding.kind in _MEANS:
                means = f"{finding.field!r} has a value that is {_MEANS[finding.kind]}: {finding.value!r}"
                raise fail(replace(triples_map, name=finding.map), means)
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        raise _unreadable(triples_map, triples_map.source, files, error) from error


#: The line of an error about CSV that tells the reason.
_REASON = re.compile(
    r"^(?:Invalid unicode|Expected Number|Value with unterminated|Maximum line size)[^\n]*", re.MULTILINE
)
#: The findings that RML-Core calls data errors, which end the run of a strict map.
_MEANS = {
    "no IRI": "no IRI", "no language": "no language tag", "not of its datatype": "not of the datatype that it is given",
}  # fmt: skip


def _read(files: Mapping[LogicalSource, Path | None]) -> Iterator[Path]:
    """All that is read: the files, and what DuckDB may have left beside a database."""
    for source, file in files.items():
        if file is not None:
            yield from (file, file.with_name(f"{file.name}.wal")) if source.formulation == "duckdb" else (file,)


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
        except (duckdb.Error, pa.ArrowException) as error:
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


def _passes(maps: tuple[TriplesMap, ...], opened: Mapping[LogicalSource, Relation]) -> Iterator[Pass]:
    """The passes of each map: one for all that its own rows say, and one for each join."""
    for triples_map in maps:
        here = opened[triples_map.source]
        joins = []
        statements = []
        for statement in triples_map.statements:
            joins += [(statement, item) for item in statement.objects if isinstance(item, Join)]
            statements.append(replace(statement, objects=tuple(i for i in statement.objects if isinstance(i, TermMap))))
        own = replace(triples_map, statements=tuple(s for s in statements if s.objects))
        check(own, here)
        yield Pass(own, here, here)
        for statement, join in joins:
            done = replace(join, conditions=())  # its relation has met them
            only = replace(triples_map, statements=(replace(statement, objects=(done,)),))
            yield Pass(only, join_relation(triples_map, join, here, opened[join.source]), here, done)


def with_given_tables(plan: Plan, sources: Mapping[str, Path]) -> Plan:
    """The same plan, in which a table for which a file is given is that file (``rr:tableName``), read by its ending."""

    def given(source: LogicalSource) -> LogicalSource:
        file = sources.get(source.access)
        if source.formulation != "register" or file is None:
            return source
        formulation = by_ending(file.name) or "csv"
        return replace(source, formulation=formulation, iterator=source.access if formulation == "duckdb" else None)

    def with_given(statement: PredicateObjects) -> PredicateObjects:
        objects = (replace(i, source=given(i.source)) if isinstance(i, Join) else i for i in statement.objects)
        return replace(statement, objects=tuple(objects))

    return replace(
        plan,
        maps=tuple(
            replace(m, source=given(m.source), statements=tuple(with_given(s) for s in m.statements)) for m in plan.maps
        ),
    )


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
        file=file.name if file else triples_map.file, hint=_hint(source, error),
    )  # fmt: skip


def _hint(source: LogicalSource, error: Exception) -> str:
    """What DuckDB says, in one line; what it says of options that it would have is not for a reader of ours."""
    told = str(error)
    if isinstance(error, duckdb.OutOfMemoryException) and source.formulation == "json":
        return f"the iterator {source.iterator or '$'!r} needs the document whole, and it is too large; of $.a[*] and $.a[?@.b] one item is read at a time"
    if "when sniffing file" in told:
        return "a row has more or fewer cells than the header, a quotation mark is not closed, or lines end in several ways"
    first = told.split("\n", 1)[0]
    reason = _REASON.search(told) if "CSV Error" in first else None
    return f"{first}: {reason.group()}" if reason else first


def _file_of(triples_map: TriplesMap, source: LogicalSource, folder: Path, sources: Mapping[str, Path]) -> Path | None:
    """The file of a source: as given by name, else beside the mapping; None for a source that needs none."""

    def refuse(message: str, hint: str | None = None) -> InputError:
        line = source.line or triples_map.line
        return InputError(f"the source {source.access!r} {message}", file=triples_map.file, line=line, hint=hint)

    if source.formulation == "nothing":
        return None
    if source.formulation == "register":
        raise refuse(
            "is a table of a register",
            "give the register with --source register=DIR and map nothing else with it, or a file for the table with --source NAME=FILE",
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
