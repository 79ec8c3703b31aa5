"""Joins: a relation that has, beside the columns of a row, a subject that another map makes of rows that fit."""

from __future__ import annotations

from collections.abc import Mapping

from cablegraph.errors import InputError
from cablegraph.mapping.plan import Expression, Join, references
from cablegraph.mapping.terms import Relation, Terms, joined
from cablegraph.relations import quote_name

SUBJECT = "\x03subject"


def join_relation(join: Join, here: Relation, there: Relation) -> Relation:
    """The relation of a join; its column :data:`SUBJECT` is the subject as N-Quads writes it, each once for a row.

    Raises:
        InputError: a condition or the subject refers to a column that its relation does not have.
    """
    for expression, relation in [
        pair for child, parent in join.conditions for pair in ((child, here), (parent, there))
    ]:
        _check(join, expression, relation)
    for expression in join.subject.expressions():
        _check(join, expression, there)
    parent, child = Terms(there), Terms(here)
    keys = [_values(parent, expression, there) for _, expression in join.conditions]
    subject = joined(parent.term(join.subject, items := _items(parent, join, there)))
    for column, variable in items.items():
        subject = f"unnest(list_transform({quote_name(column)}, lambda {variable}: {subject}))"
    where = f" WHERE {parent.condition(join.condition)}" if join.condition is not None else ""
    names = [quote_name(f"\x03key {number}") for number in range(len(keys))]
    chosen = ", ".join(f"{key} AS {name}" for key, name in zip(keys, names, strict=True))
    others = f"SELECT DISTINCT * FROM (SELECT {subject} AS {quote_name(SUBJECT)}, {chosen} FROM {_computed(parent, there)}{where})"
    mine = ", ".join(
        f"{_values(child, expression, here)} AS {name}"
        for (expression, _), name in zip(join.conditions, names, strict=True)
    )
    rows = f"(SELECT *, {mine} FROM {_computed(child, here)})"
    on = " AND ".join(f"here.{name} = there.{name}" for name in names)
    columns = ", ".join(
        f"here.{quote_name(name)}"
        for name in [*here.columns, *here.literals.values(), *([here.row] if here.row else [])]
    )
    # A row with several keys may find the same subject twice.
    several = any(here.is_list(name) for child, _ in join.conditions for name in references(child))
    query = f"(SELECT {'DISTINCT ' if several else ''}{columns}, there.{quote_name(SUBJECT)} FROM {rows} here JOIN ({others}) there ON {on})"
    return Relation(query, {**here.columns, SUBJECT: "VARCHAR"}, here.literals, here.row)


def _check(join: Join, expression: Expression, relation: Relation) -> None:
    for name in references(expression):
        if name not in relation.columns:
            raise InputError(
                f"a join refers to {name!r}, which is no column",
                line=join.line,
                hint=f"columns: {', '.join(sorted(relation.columns))}",
            )


def _computed(terms: Terms, relation: Relation) -> str:
    keys = "".join(f", {expression} AS {name}" for expression, name in terms.keys.items())
    return f"(SELECT *{keys} FROM {relation.name})"


def _items(terms: Terms, join: Join, relation: Relation) -> Mapping[str, str]:
    return {column: f"item{n}" for n, column in enumerate(terms.lists(join.subject))}


def _values(terms: Terms, expression: Expression, relation: Relation) -> str:
    """The values of an expression; each gives a row where there are several."""
    lists = dict.fromkeys(name for name in references(expression) if relation.is_list(name))
    items = {column: f"item{n}" for n, column in enumerate(lists)}
    value = terms.text(expression, items)
    for column, variable in items.items():
        value = f"list_transform({quote_name(column)}, lambda {variable}: {value})"
        value = value if variable == "item0" else f"flatten({value})"
    return f"unnest({value})" if items else value
