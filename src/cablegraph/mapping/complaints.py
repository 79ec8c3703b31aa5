"""Values of which no valid term can be made, told in the same pass that makes the lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cablegraph.mapping.functions import XSD_STRING
from cablegraph.mapping.macros import LEXICAL_FORMS
from cablegraph.mapping.plan import (
    Call,
    Constant,
    Expression,
    Join,
    Reference,
    Template,
    TermMap,
    TermType,
    TriplesMap,
)
from cablegraph.mapping.terms import Relation, Terms, Text, is_open, joined
from cablegraph.relations import quote_text

#: Opens a line that is a complaint and no quad; it stands nowhere else, since N-Quads escapes it.
COMPLAINT = "\x01"


@dataclass(frozen=True)
class _Question:
    """What is asked of a value: ``test`` is SQL, of one item where the column is a list."""

    kind: str
    test: str
    column: str
    value: str


class Complaints:
    """Makes SQL that gives a complaint, or NULL, for each value of which a term is made.

    A complaint is :data:`COMPLAINT` and a JSON object of kind, field, value, the columns of ``place``, and the name of
    the map where it is given.
    """

    def __init__(self, terms: Terms, relation: Relation, place: Sequence[str], name: str | None = None) -> None:
        self._terms = terms
        self._relation = relation
        self._place = "".join(f", '{name}': {name}" for name in place)
        if name is not None:
            self._place += f", 'map': {quote_text(name)}"

    def lines(self, maps: Sequence[TriplesMap]) -> list[str]:
        """One SQL expression a question; the same question of several maps is asked once."""
        asked: dict[_Question, set[str]] = {}
        for triples_map in maps:
            for question, condition in self._of_map(triples_map):
                asked.setdefault(question, set()).add(condition)
        return [self._line(question, conditions) for question, conditions in asked.items()]

    def _line(self, question: _Question, conditions: set[str]) -> str:
        column, test, value = self._relation.sql(question.column), question.test, question.value
        if self._relation.is_list(question.column):
            test = f"len(list_filter({column}, lambda item: {test})) > 0"
            value = f"array_to_string({column}, '|')"
        if "true" not in conditions:
            test = f"({test}) AND ({' OR '.join(sorted(conditions))})"
        found = f"{{'kind': {quote_text(question.kind)}, 'field': {quote_text(question.column)}, 'value': {value}{self._place}}}"
        return f"CASE WHEN {test} THEN '{COMPLAINT}' || to_json({found})::VARCHAR END"

    def _of_map(self, triples_map: TriplesMap) -> Iterator[tuple[_Question, str]]:
        """The questions of a map, each with the condition under which the value is used."""
        whole = self._terms.condition(triples_map.condition) if triples_map.condition else "true"
        uses = [(term, whole) for term in (triples_map.subject, *triples_map.graphs)]
        for statement in triples_map.statements:
            condition = whole
            if statement.condition is not None:
                condition = f"{whole} AND {self._terms.condition(statement.condition)}"
            objects = [item for item in statement.objects if not isinstance(item, Join)]
            uses += [(term, condition) for term in (*statement.predicates, *objects, *statement.graphs)]
        for term, condition in uses:
            for question in self._of_term(term, triples_map.strict):
                yield question, condition

    def _of_term(self, term: TermMap, strict: bool) -> Iterator[_Question]:
        if term.type.is_iri:
            yield from self._of_iri(term, term.expression)
        match term.datatype:
            case Call("dateDatatype", (Reference(column),)):
                value = self._value(column)
                test = f"{value} IS NOT NULL AND date_datatype({value}) = '{XSD_STRING}'"
                yield _Question("no date", test, column, value)
            case Constant(iri) if strict and iri in LEXICAL_FORMS and isinstance(term.expression, Reference):
                column, form = term.expression.column, quote_text(LEXICAL_FORMS[iri])
                value = self._value(column)
                yield _Question("not of its datatype", f"NOT regexp_full_match({value}, {form})", column, value)
            case Constant() | None:
                pass
            case datatype:
                yield from self._of_iri(term, datatype)
        match term.language:
            case Reference(column):
                value = self._value(column)
                yield _Question("no language", f"{value} IS NOT NULL AND language_tag({value}) IS NULL", column, value)
            case Template(parts):
                column = next(part.column for part in parts if isinstance(part, Reference))
                if not self._terms.lists(term):
                    value = self._terms.text(Template(parts), {})
                    test = f"{value} IS NOT NULL AND language_tag({value}) IS NULL"
                    yield _Question("no language", test, column, value)

    def _of_iri(self, term: TermMap, expression: Expression) -> Iterator[_Question]:
        match expression:
            case Template(parts) if term.type is not TermType.UNSAFE_IRI:
                columns = list(dict.fromkeys(part.column for part in parts if isinstance(part, Reference)))
                for column in columns:
                    yield from self._of_key(column, term.type)
                if is_open(expression) and not any(self._relation.is_list(column) for column in columns):
                    given = joined(
                        Text(p.value) if isinstance(p, Constant) else self._terms.encoded(p, term.type, {})
                        for p in parts
                    )
                    yield self._no_iri(term, expression, columns[0], f"({given})")
            case Reference(column):
                if self._relation.is_list(column):
                    test = f"item IS NOT NULL AND whole_iri(item, {quote_text(term.base)}) IS NULL"
                    yield _Question("no IRI", test, column, "item")
                else:
                    yield self._no_iri(term, expression, column, self._value(column))

    def _no_iri(self, term: TermMap, expression: Expression, column: str, given: str) -> _Question:
        made = joined(self._terms.iri(term, expression, {}))
        return _Question("no IRI", f"{given} IS NOT NULL AND {made} IS NULL", column, given)

    def _of_key(self, column: str, kind: TermType) -> Iterator[_Question]:
        if self._relation.is_list(column):
            yield _Question("unsafe key", "unsafe_part(item)", column, "item")
            return
        value, part = self._value(column), self._terms.encoded(Reference(column), kind, {})
        if part.needs != self._relation.sql(column):  # a number makes a safe key as it is
            yield _Question("unsafe key", f"{part.sql} IS NULL AND {value} IS NOT NULL", column, value)

    def _value(self, column: str) -> str:
        return "item" if self._relation.is_list(column) else self._terms.text(Reference(column), {})
