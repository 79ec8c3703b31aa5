"""From a plan to DuckDB SQL: one pass a triples map, one ``concat_ws()`` a row that holds all its lines.

Every line of N-Quads is built with ``||``, which is NULL as soon as one of its values is; ``concat_ws()`` leaves NULLs
out. So a missing value makes no triple, and nothing is joined that is not there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from cablegraph.errors import InputError
from cablegraph.mapping.macros import FUNCTION_SQL
from cablegraph.mapping.plan import (
    FUNCTIONS,
    XSD_STRING,
    Call,
    Constant,
    Expression,
    PredicateObjects,
    Reference,
    Template,
    TermMap,
    TermType,
    TriplesMap,
    references,
)
from cablegraph.relations import quote_name, quote_text

#: Opens a line that is a complaint and no quad; it stands nowhere else, since N-Quads escapes it.
COMPLAINT = "\x01"
#: Types whose values make safe IRIs as they are.
_WHOLE_NUMBERS = ("INTEGER", "BIGINT")
#: What a complaint says of a row, where the relation has it.
_PLACE = ("record", "source_file", "source_line")


class Text(str):
    """A constant piece of a line; other pieces are SQL."""

    __slots__ = ()


Pieces = list[str]


class MapQuery:
    """The SQL of triples maps over one relation: one pass, whatever the number of maps.

    ``columns`` tells the relation's columns and their types.

    Raises:
        InputError: a map refers to a column that the relation does not have, or to a list where one value is needed.
    """

    def __init__(self, maps: Sequence[TriplesMap], relation: str, columns: Mapping[str, str]) -> None:
        self._maps = maps
        self._relation = relation
        self._columns = columns
        # What is computed once a row, expression → name: first encoded keys and datatypes, then terms made of them.
        # Their names begin with a mark that begins no column's.
        self._mark = "\x01"
        while any(name.startswith(self._mark) for name in columns):
            self._mark += "\x01"
        self._keys: dict[str, str] = {}
        self._once: dict[str, str] = {}
        for triples_map in maps:
            self._check(triples_map)

    def lines(self, complaints: bool = False) -> str:
        """The query that gives one text a row, holding all its lines of N-Quads (without the last line end).

        With ``complaints`` a line of another kind (:data:`COMPLAINT` and a JSON object of kind, record, field, value and
        place) stands where a value makes no valid term, so that one pass tells both.
        """
        block = self._all_lines(complaints)
        # OFFSET 0 keeps the filter from being pushed down, which would compute every line twice.
        return f"SELECT lines FROM (SELECT {block} AS lines\nFROM {self._rows()} OFFSET 0) WHERE lines <> ''"

    def distinct_lines(self, earlier: str | None) -> str:
        """The query that gives each distinct row's ``hash`` and ``lines`` (with complaints), in the order of the hashes.

        The hash is of all that the maps use of a row. Rows whose hash stands in ``earlier``, a relation that such a
        query made, are not mapped again: their lines are taken from there.
        """
        used = {name for triples_map in self._maps for name in triples_map.columns()}
        used |= set(_PLACE) & self._columns.keys()
        fields = ", ".join(f"{quote_text(name)}: {quote_name(name)}" for name in sorted(used))
        hash_ = quote_name(f"{self._mark}hash")
        rows = f"(SELECT *, md5(to_json({{{fields}}})::VARCHAR) AS {hash_} FROM {self._relation})"
        block = self._all_lines(complaints=True)
        new = rows if earlier is None else f"(FROM {rows} WHERE {hash_} NOT IN (SELECT hash FROM {earlier}))"
        query = f"SELECT {hash_} AS hash, {block} AS lines FROM {self._rows(new)}"
        if earlier is not None:
            query += f" UNION ALL SELECT hash, lines FROM {earlier} WHERE hash IN (SELECT {hash_} FROM {rows})"
        ordered = f"SELECT hash, lines, lag(hash) OVER () AS before FROM (FROM ({query}) ORDER BY hash)"
        return f"SELECT hash, lines FROM ({ordered}) WHERE before IS DISTINCT FROM hash"

    def _all_lines(self, complaints: bool) -> str:
        pieces = [piece for triples_map in self._maps for piece in self._pieces(triples_map)]
        return _block([*pieces, *self._complaints()] if complaints else pieces)

    def subjects(self, record: str = "NULL::VARCHAR") -> str:
        """The query that gives the subjects of the rows, with ``record`` and the place in the sources."""
        terms = dict.fromkeys(_joined(self._term(m, m.subject)) for m in self._maps)
        return f"SELECT unnest([{', '.join(terms)}]) AS subject, {record} AS record, source_file, source_line FROM {self._rows()}"

    def _rows(self, relation: str | None = None) -> str:
        """The relation with what is computed once a row."""
        keys = "".join(f",\n    {expression} AS {name}" for expression, name in self._keys.items())
        once = "".join(f",\n    {expression} AS {name}" for expression, name in self._once.items())
        return f"(SELECT *{once}\n  FROM (SELECT *{keys}\n  FROM {relation or self._relation}))"

    def _check(self, triples_map: TriplesMap) -> None:
        """Hold the columns that a map refers to against those of the relation."""
        for name in sorted(triples_map.columns()):
            if name not in self._columns:
                known = ", ".join(sorted(self._columns))
                raise _fail(
                    triples_map, f"{triples_map.source.access!r} has no column {name!r}", hint=f"columns: {known}"
                )
        single: list[Expression | None] = [triples_map.condition, triples_map.subject.expression]
        single += [term.expression for term in triples_map.graphs]
        for statement in triples_map.statements:
            single += [statement.condition, *(term.expression for term in (*statement.predicates, *statement.graphs))]
            for term in statement.objects:
                lists = sorted(name for name in _references(term) if self._is_list(name))
                if len(lists) > 1:
                    raise _fail(triples_map, f"a term of two lists is not supported: {', '.join(lists)}", term.line)
        for expression in single:
            for name in references(expression) if expression is not None else ():
                if self._is_list(name):
                    raise _fail(triples_map, f"{name!r} is a list; only an object may be made of one")

    def _complaints(self) -> list[str]:
        """SQL that gives a complaint, or NULL, for each column of which a term is made."""
        uses: dict[tuple[str, str, str], set[str]] = {}
        for triples_map in self._maps:
            for use, condition in self._uses(triples_map):
                uses.setdefault(use, set()).add(condition)
        return [self._complaint(*use, conditions) for use, conditions in uses.items()]

    def _uses(self, triples_map: TriplesMap) -> Iterator[tuple[tuple[str, str, str], str]]:
        """What is asked of columns: ((kind of complaint, SQL of the test, column), condition of the use)."""
        whole = self._condition(triples_map.condition) if triples_map.condition else "true"
        terms = [(term, whole) for term in (triples_map.subject, *triples_map.graphs)]
        for statement in triples_map.statements:
            condition = f"{whole} AND {self._condition(statement.condition)}" if statement.condition else whole
            terms += [(term, condition) for term in (*statement.predicates, *statement.objects, *statement.graphs)]
        iri_test = f"{{0}} IS NOT NULL AND whole_iri({{0}}, {quote_text(triples_map.base)}) IS NULL"
        for term, condition in terms:
            for expression in (term.expression if term.type is TermType.IRI else None, term.datatype):
                match expression:
                    case Template(parts):
                        for part in parts:
                            if isinstance(part, Reference) and self._columns[part.column] not in _WHOLE_NUMBERS:
                                yield ("unsafe key", "unsafe_part({0})", part.column), condition
                    case Reference(column):
                        yield ("no IRI", iri_test, column), condition
                    case Call("dateDatatype", (Reference(column),)):
                        yield (
                            ("no date", f"{{0}} IS NOT NULL AND date_datatype({{0}}) = '{XSD_STRING}'", column),
                            condition,
                        )
            if isinstance(term.language, Reference):
                yield ("no language", "{0} IS NOT NULL AND language_tag({0}) IS NULL", term.language.column), condition

    def _complaint(self, kind: str, test: str, name: str, conditions: set[str]) -> str:
        column = quote_name(name)
        value = f"{column}::VARCHAR"
        if self._is_list(name):
            test = f"len(list_filter({column}::VARCHAR[], lambda item: {test.format('item')})) > 0"
            value = f"array_to_string({column}, '|')"
        else:
            test = test.format(value)
        if "true" not in conditions:
            test = f"({test}) AND ({' OR '.join(sorted(conditions))})"
        known = [column for column in _PLACE if column in self._columns]
        place = "".join(f", '{column}': {column}" for column in known)
        found = f"{{'kind': {quote_text(kind)}, 'field': {quote_text(name)}, 'value': {value}{place}}}"
        return f"CASE WHEN {test} THEN '{COMPLAINT}' || to_json({found})::VARCHAR END"

    def _pieces(self, triples_map: TriplesMap) -> list[str]:
        subject = self._named(_joined(self._term(triples_map, triples_map.subject)))
        graphs: Pieces = [Text(" .")]
        if triples_map.graphs:
            graphs = [self._named(_joined(self._graphs(triples_map, triples_map.graphs)))]
        lines = [
            line
            for statement in triples_map.statements
            for line in self._statement(triples_map, statement, subject, graphs)
        ]
        if triples_map.condition is None or not lines:
            return lines
        return [f"CASE WHEN {self._key(self._condition(triples_map.condition))} THEN nullif({_block(lines)}, '') END"]

    def _is_list(self, name: str) -> bool:
        return self._columns[name].endswith("[]")

    def _named(self, expression: str) -> str:
        return self._once.setdefault(expression, quote_name(f"{self._mark}term {len(self._once)}"))

    def _key(self, expression: str) -> str:
        return self._keys.setdefault(expression, quote_name(f"{self._mark}key {len(self._keys)}"))

    def _graphs(self, triples_map: TriplesMap, graphs: tuple[TermMap, ...]) -> Pieces:
        """The end of a line: the graph and the full stop."""
        if len(graphs) > 1:
            message = "several graphs in one place are not supported; write one predicate-object for each"
            raise _fail(triples_map, message, graphs[1].line)
        return [Text(" "), *self._term(triples_map, graphs[0]), Text(" .")]

    def _statement(
        self, triples_map: TriplesMap, statement: PredicateObjects, subject: str, graphs: Pieces
    ) -> list[str]:
        if statement.graphs:
            graphs = self._graphs(triples_map, statement.graphs)
        lines = []
        for predicate in statement.predicates:
            for term in statement.objects:
                start = [subject, Text(" "), *self._term(triples_map, predicate), Text(" ")]
                line = self._line(triples_map, start, term, graphs)
                if statement.condition is not None:
                    line = f"CASE WHEN {self._key(self._condition(statement.condition))} THEN {line} END"
                lines.append(line)
        return lines

    def _line(self, triples_map: TriplesMap, start: Pieces, term: TermMap, graphs: Pieces) -> str:
        lists = [name for name in _references(term) if self._is_list(name)]
        if not lists:
            return _joined([*start, *self._term(triples_map, term), *graphs])
        line = _joined([*start, *self._term(triples_map, term, item=lists[0]), *graphs])
        return f"list_aggr(list_transform({quote_name(lists[0])}, lambda item: {line}), 'string_agg', chr(10))"

    def _term(self, triples_map: TriplesMap, term: TermMap, item: str | None = None) -> Pieces:
        if term.type is TermType.IRI:
            return [Text("<"), *self._iri(triples_map, term.expression, item), Text(">")]
        if term.type is TermType.BLANK:
            return [Text("_:"), f"blank_label({self._expression(term.expression, item)})"]
        text: Pieces = [f"quoted({self._expression(term.expression, item)})"]
        if isinstance(term.expression, Constant):
            text = [Text(json.dumps(term.expression.value, ensure_ascii=False))]
        if isinstance(term.language, Constant):
            return [*text, Text(f"@{term.language.value}")]
        if term.language is not None:
            return [*text, Text("@"), f"language_tag({self._expression(term.language, item)})"]
        match term.datatype:
            case None | Constant("http://www.w3.org/2001/XMLSchema#string"):
                return text
            case Constant(iri):
                return [*text, Text(f"^^<{iri}>")]
            case Call("dateDatatype"):
                iri = self._expression(term.datatype, item)
                return [*text, f"coalesce('^^<' || nullif({iri}, '{XSD_STRING}') || '>', '')"]
            case datatype:
                return [*text, Text("^^<"), *self._iri(triples_map, datatype, item), Text(">")]

    def _iri(self, triples_map: TriplesMap, expression: Expression, item: str | None) -> Pieces:
        match expression:
            case Constant(value):
                return [Text(value)]
            case Template(parts):
                return [Text(part.value) if isinstance(part, Constant) else self._encoded(part, item) for part in parts]
            case _:
                whole = f"whole_iri({self._argument(expression, item)}, {quote_text(triples_map.base)})"
                return [whole if item is not None else self._key(whole)]

    def _condition(self, call: Call) -> str:
        return FUNCTION_SQL[call.function].format(*(self._argument(argument, None) for argument in call.arguments))

    def _argument(self, expression: Expression, item: str | None) -> str:
        """An expression within another, computed in place."""
        match expression:
            case Constant(value):
                return quote_text(value)
            case Reference():
                return self._column(expression, item)
            case Template(parts):
                return "(" + " || ".join(self._argument(part, item) for part in parts) + ")"
            case Call(name, arguments):
                call = FUNCTION_SQL[name].format(*(self._argument(argument, item) for argument in arguments))
                return f"{call}::VARCHAR" if FUNCTIONS[name].boolean else call

    def _expression(self, expression: Expression, item: str | None) -> str:
        text = self._argument(expression, item)
        return self._key(text) if isinstance(expression, Call) and item is None else text

    def _encoded(self, reference: Reference, item: str | None) -> str:
        if self._columns[reference.column] in _WHOLE_NUMBERS:
            return self._column(reference, item)
        encoded = f"iri_part({self._column(reference, item)})"
        return encoded if reference.column == item else self._key(encoded)

    def _column(self, reference: Reference, item: str | None) -> str:
        if reference.column == item:
            return "item::VARCHAR"
        return f"{quote_name(reference.column)}::VARCHAR"


def _block(lines: Sequence[str]) -> str:
    """Lines, one below the other; those that are NULL are left out."""
    body = ",\n  ".join(lines) or "NULL"
    return f"concat_ws(chr(10),\n  {body})"


def _fail(triples_map: TriplesMap, message: str, line: int = 0, hint: str | None = None) -> InputError:
    place = line or triples_map.line
    return InputError(message, file=triples_map.file, line=place, field=f"map {triples_map.name}", hint=hint)


def _joined(pieces: Pieces) -> str:
    """Join pieces to one SQL text that is NULL as soon as one is; neighbouring constants become one."""
    merged: Pieces = []
    for piece in pieces:
        if isinstance(piece, Text) and merged and isinstance(merged[-1], Text):
            merged[-1] = Text(merged[-1] + piece)
        else:
            merged.append(piece)
    return " || ".join(quote_text(piece) if isinstance(piece, Text) else piece for piece in merged)


def _references(term: TermMap) -> list[str]:
    expressions = (term.expression, term.datatype, term.language)
    return list(dict.fromkeys(name for e in expressions if e is not None for name in references(e)))
