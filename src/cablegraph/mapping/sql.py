"""From a plan to DuckDB SQL: one pass over a relation, one ``concat_ws()`` a row that holds all its lines.

Every line of N-Quads is NULL as soon as one of its values is; ``concat_ws()`` leaves NULLs out. So a missing value makes
no triple, and nothing is joined that is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cablegraph.errors import InputError
from cablegraph.mapping.complaints import Complaints
from cablegraph.mapping.plan import (
    DEFAULT_GRAPH,
    Call,
    Constant,
    Expression,
    Join,
    Reference,
    TermMap,
    TriplesMap,
    references,
)
from cablegraph.mapping.shapes import Pattern
from cablegraph.mapping.terms import Items, Pieces, Relation, Terms, Text, Value, joined
from cablegraph.relations import quote_name, quote_text

#: What a complaint says of a row, where the relation has it.
PLACE = ("record", "source_file", "source_line")


@dataclass(frozen=True)
class _Line:
    """SQL of one line of a row; of several where it is plural."""

    sql: str
    pattern: Pattern
    is_plural: bool


class MapQuery:
    """The SQL of triples maps over one relation: one pass, whatever the number of maps.

    ``joined`` tells for each join of the maps the column of the relation that holds the other map's subject.

    Raises:
        InputError: a map refers to a column that the relation does not have, or to a list where one value is needed.
    """

    def __init__(self, maps: Sequence[TriplesMap], relation: Relation, joins: Mapping[Join, str] | None = None) -> None:
        self._maps = maps
        self._relation = relation
        self._joins = joins or {}
        self._terms = Terms(relation)
        for triples_map in maps:
            check(triples_map, relation)

    def lines(self, complaints: bool = False) -> str:
        """The query that gives one text a row, holding all its lines of N-Quads (without the last line end).

        With ``complaints`` a line of another kind (see :mod:`~cablegraph.mapping.complaints`) stands where a value makes
        no valid term, so that one pass tells both.
        """
        block = self._all_lines(complaints)
        # OFFSET 0 keeps the filter from being pushed down, which would compute every line twice.
        return f"SELECT lines FROM (SELECT {block} AS lines\nFROM {self._rows()} OFFSET 0) WHERE lines <> ''"

    def whole_lines(self) -> str:
        """The query that gives one row a row: its ``lines``, each with its line end, and its ``complaints``, one a line.

        No line stands twice in a row: lines that may be the same are looked at together.
        """
        pieces = []
        for group in _may_be_same([line for triples_map in self._maps for line in self._map_lines(triples_map)]):
            lines = [line.sql for line in group]
            several = len(group) > 1 or group[0].is_plural
            pieces.append(f"unique_lines({_block(lines)})" if several else lines[0])
        complaints = Complaints(self._terms, self._relation, [], self._maps[0].name).lines(self._maps)
        block = _block([*pieces, quote_text("")])
        return f"SELECT {block} AS lines,\n{_block(complaints)} AS complaints\nFROM {self._rows()}"

    def distinct_lines(self, earlier: str | None) -> str:
        """The query that gives each distinct row's ``hash`` and ``lines`` (with complaints), in the order of the hashes.

        The hash is of all that the maps use of a row. Rows whose hash stands in ``earlier``, a relation that such a
        query made, are not mapped again: their lines are taken from there.
        """
        used = {name for triples_map in self._maps for name in triples_map.columns()}
        used |= set(PLACE) & self._relation.columns.keys()
        fields = ", ".join(f"{quote_text(name)}: {self._relation.sql(name)}" for name in sorted(used))
        hash_ = quote_name(f"{self._terms.mark}hash")
        rows = f"(SELECT *, md5(to_json({{{fields}}})::VARCHAR) AS {hash_} FROM {self._relation.name})"
        block = self._all_lines(complaints=True)
        new = rows if earlier is None else f"(FROM {rows} WHERE {hash_} NOT IN (SELECT hash FROM {earlier}))"
        query = f"SELECT {hash_} AS hash, {block} AS lines FROM {self._rows(new)}"
        if earlier is not None:
            query += f" UNION ALL SELECT hash, lines FROM {earlier} WHERE hash IN (SELECT {hash_} FROM {rows})"
        ordered = f"SELECT hash, lines, lag(hash) OVER () AS before FROM (FROM ({query}) ORDER BY hash)"
        return f"SELECT hash, lines FROM ({ordered}) WHERE before IS DISTINCT FROM hash"

    def subjects(self, record: str = "NULL::VARCHAR") -> str:
        """The query that gives the subjects of the rows, with ``record`` and the place in the sources."""
        terms = dict.fromkeys(joined(self._terms.term(m.subject, {})) for m in self._maps)
        return f"SELECT unnest([{', '.join(terms)}]) AS subject, {record} AS record, source_file, source_line FROM {self._rows()}"

    def _all_lines(self, complaints: bool) -> str:
        pieces = [line.sql for triples_map in self._maps for line in self._map_lines(triples_map)]
        if complaints:
            place = [name for name in PLACE if name in self._relation.columns]
            pieces += Complaints(self._terms, self._relation, place).lines(self._maps)
        return _block(pieces)

    def _rows(self, relation: str | None = None) -> str:
        """The relation with what is computed once a row."""
        keys = "".join(f",\n    {expression} AS {name}" for expression, name in self._terms.keys.items())
        once = "".join(f",\n    {expression} AS {name}" for expression, name in self._terms.once.items())
        return f"(SELECT *{once}\n  FROM (SELECT *{keys}\n  FROM {relation or self._relation.name}))"

    def _map_lines(self, triples_map: TriplesMap) -> Iterator[_Line]:
        subject = self._subject(triples_map)
        for statement in triples_map.statements:
            graphs = dict.fromkeys(_named_or_default(g) for g in statement.graphs or triples_map.graphs or (None,))
            for predicate in statement.predicates:
                for item in statement.objects:
                    for graph in graphs:
                        pattern = Pattern(triples_map.subject, predicate, item, graph)
                        yield self._line(triples_map, statement.condition, (subject, predicate, item), pattern)

    def _subject(self, triples_map: TriplesMap) -> TermMap | Value | Text:
        """The subject, made once a row where the condition of the map holds; one of a list is made line by line."""
        term = triples_map.subject
        if self._terms.lists(term):
            return term
        pieces = self._terms.term(term, {})
        if triples_map.condition is not None:
            condition = self._terms.key(self._terms.condition(triples_map.condition))
            whole = f"CASE WHEN {condition} THEN {joined(pieces)} END"
            pieces = [Value(whole, whole)]
        return self._terms.named(pieces)

    def _line(
        self,
        triples_map: TriplesMap,
        condition: Call | None,
        terms: tuple[TermMap | Value | Text, TermMap, TermMap | Join],
        pattern: Pattern,
    ) -> _Line:
        """One line; where its terms are made of lists, one for each combination of their items."""
        pieces: Pieces = []
        lists: list[tuple[str, str]] = []  # a list and the variable for its items
        for term in terms:
            pieces += [*self._term(term, self._items(term, lists)), Text(" ")]
        pieces[-1:] = self._end(pattern.graph, self._items(pattern.graph, lists))
        line = joined(pieces)
        for column, variable in reversed(lists):
            line = f"list_aggr(list_transform({column}, lambda {variable}: {line}), 'string_agg', chr(10))"
        conditions = [condition, triples_map.condition if isinstance(terms[0], TermMap) else None]
        tests = [self._terms.key(self._terms.condition(call)) for call in conditions if call is not None]
        return _Line(f"CASE WHEN {' AND '.join(tests)} THEN {line} END" if tests else line, pattern, bool(lists))

    def _items(self, term: TermMap | Join | Value | Text | None, lists: list[tuple[str, str]]) -> Items:
        """Give each list of a term a variable for its items, and note the list."""
        items: dict[str, str] = {}
        if isinstance(term, TermMap):
            for column in self._terms.lists(term):
                items[column] = f"item{len(lists)}"
                lists.append((self._terms.list_of(term, column), items[column]))
        return items

    def _term(self, term: TermMap | Join | Value | Text, items: Items) -> Pieces:
        match term:
            case Join():
                column = quote_name(self._joins[term])
                return [Value(column, column)]
            case TermMap():
                return self._terms.term(term, items)
            case _:
                return [term]

    def _end(self, graph: TermMap | None, items: Items) -> Pieces:
        """The end of a line: the graph and the full stop."""
        if graph is None:
            return [Text(" .")]
        term = self._terms.term(graph, items)
        if isinstance(graph.expression, Reference):  # the data may name the default graph
            name = joined(term)
            end = f"CASE WHEN {name} = '<{DEFAULT_GRAPH}>' THEN ' .' ELSE concat(' ', {name}, ' .') END"
            pieces: Pieces = [Value(f"CASE WHEN {name} IS NOT NULL THEN {end} END", name)]
        else:
            pieces = [Text(" "), *term, Text(" .")]
        return pieces if items else [self._terms.named(pieces)]


def _named_or_default(graph: TermMap | None) -> TermMap | None:
    return None if graph is not None and graph.expression == Constant(DEFAULT_GRAPH) else graph


def _may_be_same(lines: Iterable[_Line]) -> list[list[_Line]]:
    """Put lines together that may be the same in one row."""
    groups: list[list[_Line]] = []
    for line in lines:
        same = [group for group in groups if any(not line.pattern.differs(other.pattern) for other in group)]
        groups = [group for group in groups if group not in same]
        groups.append([*(other for group in same for other in group), line])
    return groups


def _block(lines: Sequence[str]) -> str:
    """Lines, one below the other; those that are NULL are left out."""
    body = ",\n  ".join(lines) or "NULL"
    return f"concat_ws(chr(10),\n  {body})"


def check(triples_map: TriplesMap, relation: Relation) -> None:
    """Hold the columns that a map refers to against those of its relation.

    Raises:
        InputError: the relation does not have one, or it is a list where one value is needed.
    """
    for name in sorted(triples_map.columns()):
        if name not in relation.columns:
            known = ", ".join(sorted(relation.columns))
            message = f"{triples_map.source.access!r} has no column {name!r}"
            raise fail(triples_map, message, hint=f"columns: {known}")
    conditions: list[Expression | None] = [triples_map.condition, *(s.condition for s in triples_map.statements)]
    for condition in conditions:
        for name in references(condition):
            if relation.is_list(name):
                raise fail(triples_map, f"{name!r} is a list; a condition asks single values")


def fail(triples_map: TriplesMap, message: str, line: int = 0, hint: str | None = None) -> InputError:
    """Make the error that says what is wrong with a map."""
    place = line or triples_map.line
    return InputError(message, file=triples_map.file, line=place, field=f"map {triples_map.name}", hint=hint)
