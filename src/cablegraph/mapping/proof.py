"""Which lines may be made twice: most maps provably make each line once, and only the others pay for a DISTINCT.

A map whose subject is made of a key of its table makes each line once. Where the key stands in several rows, the few
columns that the map uses are made distinct first, and only where other columns speak too are the lines themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cablegraph import relations
from cablegraph.mapping.plan import EachRow, Join, PredicateObjects, TermMap, TriplesMap, columns_of_term, references
from cablegraph.mapping.shapes import Pattern, key_of
from cablegraph.mapping.terms import Relation


@dataclass(frozen=True)
class Pass:
    """One pass over one relation: a map, or one join of a map, over the relation ``own`` of the map's source.

    With ``unique`` its lines are made distinct.
    """

    triples_map: TriplesMap
    relation: Relation
    own: Relation
    join: Join | None = None
    unique: bool = False

    def patterns(self) -> Iterator[Pattern]:
        """The triples that it may make."""
        for statement in self.triples_map.statements:
            yield from patterns(self.triples_map, statement)


def patterns(triples_map: TriplesMap, statement: PredicateObjects) -> Iterator[Pattern]:
    """The triples that a statement of a map may make."""
    for predicate in statement.predicates:
        for item in statement.objects:
            for graph in statement.graphs or triples_map.graphs or (None,):
                yield Pattern(triples_map.subject, predicate, item, graph)


def apart(passes: Sequence[Pass]) -> tuple[list[Pass], list[Pass]]:
    """Part the passes into those whose triples no other makes, and those that must be made distinct together.

    A map that shares some statements with another is run twice: once for these, once for the rest.
    """
    alone: list[Pass] = []
    shared: list[Pass] = []
    known = [list(step.patterns()) for step in passes]
    for number, step in enumerate(passes):
        others = [pattern for n, found in enumerate(known) if n != number for pattern in found]
        mine: dict[bool, list[PredicateObjects]] = {True: [], False: []}
        for statement in step.triples_map.statements:
            own = list(patterns(step.triples_map, statement))
            mine[any(not one.differs(other) for one in own for other in others)].append(statement)
        for is_shared, found in ((False, alone), (True, shared)):
            if mine[is_shared] or (not is_shared and not step.triples_map.statements):
                found.append(replace(step, triples_map=replace(step.triples_map, statements=tuple(mine[is_shared]))))
    return alone, shared


def without_repeats(db: relations.Connection, passes: Sequence[Pass]) -> list[Pass]:
    """Make each pass one that makes no line twice, at the least cost that its data allows."""
    keys = [_key(step) for step in passes]
    asked: dict[tuple[str, frozenset[str]], bool] = {}
    owners = {step.own.name: step.own for step in passes}
    for step, key in zip(passes, keys, strict=True):
        if key:
            asked[step.own.name, key] = False
    for name in dict.fromkeys(name for name, _ in asked):
        wanted = [key for relation, key in asked if relation == name]
        found = _are_unique(db, owners[name], wanted)
        asked |= {(name, key): unique for key, unique in zip(wanted, found, strict=True)}
    return [
        step if _is_per_row(step) or (key and asked[step.own.name, key]) else _distinct(step, key)
        for step, key in zip(passes, keys, strict=True)
    ]


def _key(step: Pass) -> frozenset[str] | None:
    key = key_of(step.triples_map.subject)
    return None if key is None or any(step.own.is_list(name) for name in key) else key


def _is_per_row(step: Pass) -> bool:
    return isinstance(step.triples_map.subject.expression, EachRow)


def _are_unique(db: relations.Connection, relation: Relation, keys: Sequence[frozenset[str]]) -> list[bool]:
    """Ask for all keys of a relation at once; a hash that two keys share only costs a needless DISTINCT."""
    asked = []
    for key in keys:
        names = ", ".join(relation.sql(name) for name in sorted(key))
        given = " AND ".join(f"{relation.sql(name)} IS NOT NULL" for name in sorted(key))
        asked.append(f"count(DISTINCT hash({names})) FILTER ({given}) = count(*) FILTER ({given})")
    row = db.execute(f"SELECT {', '.join(asked)} FROM {relation.name}").fetchall()[0]
    return [bool(unique) for unique in row]


def _distinct(step: Pass, key: frozenset[str] | None) -> Pass:
    """The pass over distinct rows of the columns that it uses; also its lines where the key is not all that it uses."""
    used = _used(step)
    if any(isinstance(term.expression, EachRow) for term in _terms(step)):
        return replace(step, unique=True)
    relation = step.relation
    columns = [*used, *(relation.literals[name] for name in used if name in relation.literals)]
    chosen = ", ".join(relation.sql(name) for name in columns)
    rows = f"(SELECT DISTINCT {chosen} FROM {relation.name})" if columns else f"(FROM {relation.name} LIMIT 1)"
    kinds = {name: relation.columns[name] for name in used}
    own = [name for name in used if name in step.own.columns]
    narrow = Relation(rows, kinds, {k: v for k, v in relation.literals.items() if k in kinds}, names=relation.names)
    return replace(step, relation=narrow, unique=key is None or set(own) != key)


def _used(step: Pass) -> list[str]:
    """The columns that lines are made of: for a join not its keys, but the subject that it gives."""
    names: set[str] = set(references(step.triples_map.condition))
    for statement in step.triples_map.statements:
        names |= set(references(statement.condition))
    for term in _terms(step):
        names |= columns_of_term(term)
    given = step.relation.columns.keys() - step.own.columns.keys() if step.join is not None else set()
    return sorted(names | given)


def _terms(step: Pass) -> Iterator[TermMap]:
    yield from (step.triples_map.subject, *step.triples_map.graphs)
    for statement in step.triples_map.statements:
        yield from (*statement.predicates, *statement.graphs)
        yield from (item for item in statement.objects if isinstance(item, TermMap))
