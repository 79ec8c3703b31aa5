"""Joins: a relation that has, beside the columns of a row, a subject that another map makes of rows that fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from cablegraph.mapping.plan import Expression, Join, TriplesMap, columns_of_term, references
from cablegraph.mapping.sql import fail
from cablegraph.mapping.terms import Items, Relation, Terms, joined
from cablegraph.relations import quote_name

SUBJECT = "\x03subject"
#: SQL of a value, and whether it is a list of values.
_Values = tuple[str, bool]


def join_relation(triples_map: TriplesMap, join: Join, here: Relation, there: Relation) -> Relation:
    """The relation of a join; its column :data:`SUBJECT` is the subject as N-Quads writes it, each once for a row.

    Raises:
        InputError: a condition or the subject refers to a column that its relation does not have.
    """
    _check(triples_map, join, here, there)
    keys = [quote_name(f"\x03key {number}") for number in range(len(join.conditions))]
    parent, child = Terms(there), Terms(here)
    made = {
        quote_name(SUBJECT): _values(
            there, parent.lists(join.subject), lambda items: joined(parent.term(join.subject, items))
        )
    }
    their = {key: _of_expression(parent, their, there) for key, (_, their) in zip(keys, join.conditions, strict=True)}
    mine = {key: _of_expression(child, own, here) for key, (own, _) in zip(keys, join.conditions, strict=True)}
    where = f" WHERE {parent.condition(join.condition)}" if join.condition is not None else ""
    others = f"SELECT DISTINCT {', '.join([*made, *keys])} FROM {_rows(parent, there, made | their, where)}"
    names = [*here.columns, *here.literals.values(), *([here.row] if here.row else [])]
    columns = ", ".join([*(f"here.{here.sql(name)}" for name in names), f"there.{quote_name(SUBJECT)}"])
    # A row with several keys may find the same subject twice.
    distinct = "DISTINCT " if any(plural for _, plural in mine.values()) else ""
    on = " AND ".join(f"here.{key} = there.{key}" for key in keys)
    query = f"(SELECT {distinct}{columns} FROM {_rows(child, here, mine)} here JOIN ({others}) there ON {on})"
    return Relation(query, {**here.columns, SUBJECT: "VARCHAR"}, here.literals, here.row, here.names)


def _check(triples_map: TriplesMap, join: Join, here: Relation, there: Relation) -> None:
    own = {name for child, _ in join.conditions for name in references(child)}
    their = {name for _, parent in join.conditions for name in references(parent)}
    their |= columns_of_term(join.subject) | set(references(join.condition))
    for names, relation in ((own, here), (their, there)):
        for name in sorted(names - relation.columns.keys()):
            known = ", ".join(sorted(relation.columns))
            raise fail(triples_map, f"a join refers to {name!r}, which is no column", join.line, f"columns: {known}")


def _of_expression(terms: Terms, expression: Expression, relation: Relation) -> _Values:
    lists = dict.fromkeys(name for name in references(expression) if relation.is_list(name))
    return _values(relation, lists, lambda items: terms.text(expression, items))


def _values(relation: Relation, lists: Iterable[str], make: Callable[[Items], str]) -> _Values:
    """A value, or the list of those that the items of lists make, in all combinations."""
    items = {column: f"item{n}" for n, column in enumerate(lists)}
    value = make(items)
    for number, (column, variable) in enumerate(reversed(items.items())):
        value = f"list_transform({relation.sql(column)}, lambda {variable}: {value})"
        value = f"flatten({value})" if number else value
    return value, bool(items)


def _rows(terms: Terms, relation: Relation, values: Mapping[str, _Values], where: str = "") -> str:
    """The relation with values beside its columns; a row stands once for each of the values of a list."""
    keys = "".join(f", {expression} AS {name}" for expression, name in terms.keys.items())
    chosen = ", ".join(f"{sql} AS {name}" for name, (sql, _) in values.items())
    rows = f"(SELECT *, {chosen} FROM (SELECT *{keys} FROM {relation.name}){where})"
    for name, (_, plural) in values.items():
        if plural:
            rows = f"(SELECT * REPLACE (unnest({name}) AS {name}) FROM {rows})"
    return rows
