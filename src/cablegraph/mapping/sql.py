"""From a plan to DuckDB SQL: one pass a triples map, one flat ``concat()`` a row that holds all its lines.

Every line of N-Quads is built with ``||``, which is NULL as soon as one of its values is; ``concat()`` leaves NULLs
out. So a missing value makes no triple, and nothing is joined that is not there.
"""

from __future__ import annotations

from collections.abc import Mapping

from cablegraph.errors import InputError
from cablegraph.mapping.plan import (
    Call,
    Constant,
    Expression,
    PredicateObjects,
    Reference,
    Template,
    TermMap,
    TermType,
    TriplesMap,
)
from cablegraph.relations import quote_name, quote_text

_XSD = "http://www.w3.org/2001/XMLSchema#"

#: Names that cannot be columns of a source hold what is computed once a row.
_SUBJECT, _GRAPHS = "\x01subject", "\x01graphs"

MACROS = rf"""
CREATE MACRO literal_text(v) AS replace(replace(replace(replace(replace(v, '\', '\\'), '"', '\"'), chr(10), '\n'), chr(13), '\r'), chr(9), '\t');
-- RFC 3987: unreserved characters stay, other ASCII is percent-encoded, characters of other scripts stay.
CREATE MACRO iri_part(v) AS CASE
    WHEN v IN ('', '.', '..') OR regexp_matches(v, '[\x{{200E}}\x{{200F}}\x{{202A}}-\x{{202E}}\x{{2066}}-\x{{2069}}\x{{E000}}-\x{{F8FF}}\x{{FFF0}}-\x{{FFFF}}]') THEN NULL
    WHEN NOT regexp_matches(v, '[^\x00-\x7F]') THEN url_encode(v)
    ELSE array_to_string(list_transform(regexp_extract_all(v, '[^\x00-\x9F]+|[\x00-\x9F]+'), lambda run:
        CASE WHEN regexp_matches(run, '[\x00-\x9F]') THEN url_encode(run) ELSE run END), '') END;
CREATE MACRO whole_iri(v, base) AS CASE WHEN v = '' OR regexp_matches(v, '[\x00-\x20<>"{{}}|^`\\]') THEN NULL
    WHEN regexp_matches(v, '^[A-Za-z][A-Za-z0-9+.-]*:') THEN v ELSE base || v END;
CREATE MACRO date_datatype(v) AS CASE
    WHEN regexp_full_match(v, '\d{{4}}') THEN '{_XSD}gYear'
    WHEN regexp_full_match(v, '\d{{4}}-(0[1-9]|1[0-2])') THEN '{_XSD}gYearMonth'
    WHEN regexp_full_match(v, '\d{{4}}-\d{{2}}-\d{{2}}') AND try_cast(v AS DATE) IS NOT NULL THEN '{_XSD}date'
    WHEN regexp_full_match(v, '\d{{4}}-\d{{2}}-\d{{2}}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-](0\d|1[0-4]):[0-5]\d)?')
        AND try_cast(left(v, 10) AS DATE) IS NOT NULL THEN '{_XSD}dateTime'
    ELSE '{_XSD}string' END;
CREATE MACRO slug_text(v) AS nullif(replace(trim(regexp_replace(lower(v), '[^\p{{L}}\p{{N}}]+', ' ', 'g')), ' ', '-'), '');
"""

_FUNCTIONS = {
    "equal": "({0} = {1})",
    "notEqual": "({0} <> {1})",
    "isNotNull": "({0} IS NOT NULL)",
    "isNull": "({0} IS NULL)",
    "matches": "regexp_full_match({0}, {1})",
    "upper": "upper({0})",
    "lower": "lower({0})",
    "trim": "trim({0})",
    "replace": "replace({0}, {1}, {2})",
    "slug": "slug_text({0})",
    "dateDatatype": "date_datatype({0})",
}


class MapQuery:
    """The SQL of one triples map over one relation.

    ``columns`` tells the relation's columns and whether each is a list.

    Raises:
        InputError: the map refers to a column that the relation does not have.
    """

    def __init__(self, triples_map: TriplesMap, relation: str, columns: Mapping[str, bool]) -> None:
        self._map = triples_map
        self._relation = relation
        self._columns = columns
        for name in sorted(triples_map.columns()):
            if name not in columns:
                known = ", ".join(sorted(columns))
                raise InputError(
                    f"{triples_map.source.access!r} has no column {name!r}",
                    file=triples_map.file, line=triples_map.line, field=f"map {triples_map.name}", hint=f"columns: {known}",
                )  # fmt: skip

    def lines(self, where: str = "") -> str:
        """The query that gives one text a row, holding all its lines of N-Quads (without the last line end)."""
        pieces = [piece for statement in self._map.statements for piece in self._statement(statement)]
        inner = self._subjects(where)
        body = ",\n    ".join(pieces)
        return (
            f"SELECT rtrim(lines, chr(10)) AS lines FROM (SELECT concat(\n    {body}\n) AS lines\n"
            f"FROM (\n{inner}\n) WHERE {quote_name(_SUBJECT)} IS NOT NULL) WHERE lines <> ''"
        )

    def places(self, where: str = "") -> str:
        """The query that gives the subject of each row and the place in the sources that it comes from."""
        record = quote_name("telegram") if "telegram" in self._columns else "NULL::VARCHAR"
        return (
            f"SELECT {quote_name(_SUBJECT)} AS subject, {record} AS record, source_file, source_line\n"
            f"FROM (\n{self._subjects(where)}\n) WHERE {quote_name(_SUBJECT)} IS NOT NULL AND source_line IS NOT NULL"
        )

    def unsafe_keys(self, where: str = "") -> str | None:
        """The query that gives rows whose keys make no safe IRI; None where the subject is no template."""
        expression = self._map.subject.expression
        if not isinstance(expression, Template) or self._map.subject.type is not TermType.IRI:
            return None
        names = [quote_name(part.column) for part in expression.parts if isinstance(part, Reference)]
        bad = " OR ".join(f"({name} IS NOT NULL AND iri_part({name}::VARCHAR) IS NULL)" for name in names)
        values = f"concat_ws('/', {', '.join(f'{name}::VARCHAR' for name in names)})"
        return f"SELECT {values} AS value, source_file, source_line FROM {self._relation} WHERE ({bad}){where and f' AND {where}'}"

    def _subjects(self, where: str) -> str:
        subject = self._term(self._map.subject)
        graphs = self._graphs(self._map.graphs)
        conditions = [text for text in (where, self._map.condition and self._expression(self._map.condition)) if text]
        clause = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return (
            f"    SELECT *, {subject} AS {quote_name(_SUBJECT)}, {graphs} AS {quote_name(_GRAPHS)}\n"
            f"    FROM {self._relation}{clause}"
        )

    def _graphs(self, graphs: tuple[TermMap, ...]) -> str:
        """The end of a line: the graph and the full stop. Several graphs multiply lines and are handled a statement."""
        if len(graphs) > 1:
            graph = graphs[0]
            raise InputError(
                "a map with several graphs is not supported", file=self._map.file, line=graph.line, field=f"map {self._map.name}"
            )
        return f"' ' || {self._term(graphs[0])} || ' .'" if graphs else "' .'"

    def _statement(self, statement: PredicateObjects) -> list[str]:
        graphs = self._graphs(statement.graphs) if statement.graphs else quote_name(_GRAPHS)
        pieces = []
        for predicate in statement.predicates:
            for term in statement.objects:
                line = self._line(self._term(predicate), term, graphs)
                if statement.condition is not None:
                    line = f"CASE WHEN {self._expression(statement.condition)} THEN {line} END"
                pieces.append(line)
        return pieces

    def _line(self, predicate: str, term: TermMap, graphs: str) -> str:
        lists = [name for name in _list_references(term) if self._columns[name]]
        start = f"{quote_name(_SUBJECT)} || ' ' || {predicate} || ' ' || "
        if not lists:
            return f"{start}{self._term(term)} || {graphs} || chr(10)"
        if len(set(lists)) > 1:
            raise InputError(
                "a term of two lists is not supported", file=self._map.file, line=term.line, field=f"map {self._map.name}"
            )
        item = self._term(term, item=lists[0])
        line = f"{start}{item} || {graphs} || chr(10)"
        return f"array_to_string(list_transform({quote_name(lists[0])}, lambda item: {line}), '')"

    def _term(self, term: TermMap, item: str | None = None) -> str:
        if term.type is TermType.IRI:
            return f"'<' || {self._iri(term.expression, item)} || '>'"
        if term.type is TermType.BLANK:
            return f"'_:' || regexp_replace({self._expression(term.expression, item)}, '[^A-Za-z0-9]', '_', 'g')"
        value = self._expression(term.expression, item)
        text = quote_text(_literal(term.expression.value)) if isinstance(term.expression, Constant) else f"literal_text({value})"
        if term.language is not None:
            return f"'\"' || {text} || '\"@' || {self._expression(term.language, item)}"
        if term.datatype is not None:
            datatype = self._expression(term.datatype, item)
            if isinstance(term.datatype, Constant):
                end = "" if term.datatype.value == f"{_XSD}string" else f"^^<{term.datatype.value}>"
                return f"'\"' || {text} || {quote_text(chr(34) + end)}"
            return f"'\"' || {text} || '\"' || coalesce('^^<' || nullif({datatype}, '{_XSD}string') || '>', '')"
        return f"'\"' || {text} || '\"'"

    def _iri(self, expression: Expression, item: str | None) -> str:
        match expression:
            case Constant(value):
                return quote_text(value)
            case Template(parts):
                return " || ".join(
                    quote_text(part.value) if isinstance(part, Constant) else f"iri_part({self._column(part, item)})"
                    for part in parts
                )
            case _:
                return f"whole_iri({self._expression(expression, item)}, {quote_text(self._map.base)})"

    def _expression(self, expression: Expression, item: str | None = None) -> str:
        match expression:
            case Constant(value):
                return quote_text(value)
            case Reference():
                return self._column(expression, item)
            case Template(parts):
                return "(" + " || ".join(self._expression(part, item) for part in parts) + ")"
            case Call(function, arguments):
                return _FUNCTIONS[function].format(*(self._expression(argument, item) for argument in arguments))

    def _column(self, reference: Reference, item: str | None) -> str:
        if reference.column == item:
            return "item"
        return f"{quote_name(reference.column)}::VARCHAR"


def _list_references(term: TermMap) -> list[str]:
    def walk(expression: Expression | None) -> list[str]:
        match expression:
            case Reference(column):
                return [column]
            case Template(parts):
                return [name for part in parts for name in walk(part)]
            case Call(_, arguments):
                return [name for argument in arguments for name in walk(argument)]
            case _:
                return []

    return [*walk(term.expression), *walk(term.datatype), *walk(term.language)]


def _literal(text: str) -> str:
    """Escape a constant as the macro ``literal_text`` escapes a value."""
    for mark, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        text = text.replace(mark, escaped)
    return text
