"""From a plan to DuckDB SQL: one pass a triples map, one flat ``concat()`` a row that holds all its lines.

Every line of N-Quads is built with ``||``, which is NULL as soon as one of its values is; ``concat()`` leaves NULLs
out. So a missing value makes no triple, and nothing is joined that is not there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
    references,
)
from cablegraph.relations import quote_name, quote_text

_XSD = "http://www.w3.org/2001/XMLSchema#"

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


class Text(str):
    """A constant piece of a line; other pieces are SQL."""

    __slots__ = ()


Pieces = list[str]


class MapQuery:
    """The SQL of triples maps over one relation: one pass, whatever the number of maps.

    ``columns`` tells the relation's columns and whether each is a list.

    Raises:
        InputError: a map refers to a column that the relation does not have.
    """

    def __init__(self, maps: Sequence[TriplesMap], relation: str, columns: Mapping[str, bool]) -> None:
        self._maps = maps
        self._relation = relation
        self._columns = columns
        # What is computed once a row, expression → name: first encoded keys and datatypes, then terms made of them.
        self._keys: dict[str, str] = {}
        self._once: dict[str, str] = {}
        for triples_map in maps:
            for name in sorted(triples_map.columns()):
                if name not in columns:
                    raise InputError(
                        f"{triples_map.source.access!r} has no column {name!r}",
                        file=triples_map.file, line=triples_map.line, field=f"map {triples_map.name}",
                        hint=f"columns: {', '.join(sorted(columns))}",
                    )  # fmt: skip

    def lines(self) -> str:
        """The query that gives one text a row, holding all its lines of N-Quads (without the last line end)."""
        pieces = [piece for triples_map in self._maps for piece in self._pieces(triples_map)]
        body = ",\n  ".join(pieces)
        # OFFSET 0 keeps the filter from being pushed down, which would compute every line twice.
        return (
            f"SELECT rtrim(lines, chr(10)) AS lines FROM (SELECT concat(\n  {body}\n) AS lines\n"
            f"FROM {self._rows()} OFFSET 0) WHERE lines <> ''"
        )

    def _rows(self) -> str:
        """The relation with what is computed once a row."""
        keys = "".join(f",\n    {expression} AS {name}" for expression, name in self._keys.items())
        once = "".join(f",\n    {expression} AS {name}" for expression, name in self._once.items())
        return f"(SELECT *{once}\n  FROM (SELECT *{keys}\n  FROM {self._relation}))"

    def subjects(self, record: str = "NULL::VARCHAR") -> list[str]:
        """The queries that give the subjects of the rows, with ``record`` and the place in the sources."""
        terms = dict.fromkeys(_joined(self._term(m, m.subject)) for m in self._maps)
        return [f"SELECT {term} AS subject, {record} AS record, source_file, source_line FROM {self._rows()}" for term in terms]

    def unsafe_keys(self) -> str | None:
        """The query that gives rows whose keys make no safe IRI; None where no subject is a template."""
        names = sorted({
            part.column
            for m in self._maps
            if isinstance(m.subject.expression, Template) and m.subject.type is TermType.IRI
            for part in m.subject.expression.parts
            if isinstance(part, Reference) and not self._columns[part.column]
        })  # fmt: skip
        if not names:
            return None
        bad = " OR ".join(f"iri_part({quote_name(name)}::VARCHAR) IS NULL AND {quote_name(name)} IS NOT NULL" for name in names)
        values = f"concat_ws('/', {', '.join(f'{quote_name(name)}::VARCHAR' for name in names)})"
        place = "source_file, source_line" if "source_line" in self._columns else "NULL::VARCHAR AS source_file, NULL::INTEGER AS source_line"
        return f"SELECT {values} AS value, {place} FROM {self._relation} WHERE {bad}"

    def _pieces(self, triples_map: TriplesMap) -> list[str]:
        subject = self._named(_joined(self._term(triples_map, triples_map.subject)))
        graphs: Pieces = [Text(" .\n")]
        if triples_map.graphs:
            graphs = [self._named(_joined(self._graphs(triples_map, triples_map.graphs)))]
        lines = [line for statement in triples_map.statements for line in self._statement(triples_map, statement, subject, graphs)]
        if triples_map.condition is None:
            return lines
        return [f"CASE WHEN {self._expression(triples_map.condition)} THEN concat({', '.join(lines)}) END"]

    def _named(self, expression: str) -> str:
        # A name that begins with a control character cannot be a column that a mapping names.
        return self._once.setdefault(expression, quote_name(f"\x01{len(self._once)}"))

    def _key(self, expression: str) -> str:
        return self._keys.setdefault(expression, quote_name(f"\x02{len(self._keys)}"))

    def _graphs(self, triples_map: TriplesMap, graphs: tuple[TermMap, ...]) -> Pieces:
        """The end of a line: the graph and the full stop."""
        if len(graphs) > 1:
            raise InputError(
                "several graphs in one place are not supported; write one predicate-object for each",
                file=triples_map.file, line=graphs[1].line, field=f"map {triples_map.name}",
            )  # fmt: skip
        return [Text(" "), *self._term(triples_map, graphs[0]), Text(" .\n")]

    def _statement(self, triples_map: TriplesMap, statement: PredicateObjects, subject: str, graphs: Pieces) -> list[str]:
        if statement.graphs:
            graphs = self._graphs(triples_map, statement.graphs)
        lines = []
        for predicate in statement.predicates:
            for term in statement.objects:
                start = [subject, Text(" "), *self._term(triples_map, predicate), Text(" ")]
                line = self._line(triples_map, start, term, graphs)
                if statement.condition is not None:
                    line = f"CASE WHEN {self._expression(statement.condition)} THEN {line} END"
                lines.append(line)
        return lines

    def _line(self, triples_map: TriplesMap, start: Pieces, term: TermMap, graphs: Pieces) -> str:
        lists = {name for name in _references(term) if self._columns[name]}
        if not lists:
            return _joined([*start, *self._term(triples_map, term), *graphs])
        if len(lists) > 1:
            raise InputError(
                "a term of two lists is not supported", file=triples_map.file, line=term.line, field=f"map {triples_map.name}"
            )
        (name,) = lists
        line = _joined([*start, *self._term(triples_map, term, item=name), *graphs])
        return f"array_to_string(list_transform({quote_name(name)}, lambda item: {line}), '')"

    def _term(self, triples_map: TriplesMap, term: TermMap, item: str | None = None) -> Pieces:
        if term.type is TermType.IRI:
            return [Text("<"), *self._iri(triples_map, term.expression, item), Text(">")]
        if term.type is TermType.BLANK:
            return [Text("_:"), f"regexp_replace({self._expression(term.expression, item)}, '[^A-Za-z0-9]', '_', 'g')"]
        text: Pieces = [f"literal_text({self._expression(term.expression, item)})"]
        if isinstance(term.expression, Constant):
            text = [Text(_literal(term.expression.value))]
        if term.language is not None:
            return [Text('"'), *text, Text('"@'), *self._plain(term.language, item)]
        if isinstance(term.datatype, Constant):
            end = "" if term.datatype.value == f"{_XSD}string" else f"^^<{term.datatype.value}>"
            return [Text('"'), *text, Text(f'"{end}')]
        if term.datatype is not None:
            datatype = self._expression(term.datatype, item)
            return [Text('"'), *text, f"coalesce('\"^^<' || nullif({datatype}, '{_XSD}string') || '>', '\"')"]
        return [Text('"'), *text, Text('"')]

    def _plain(self, expression: Expression, item: str | None) -> Pieces:
        return [Text(expression.value)] if isinstance(expression, Constant) else [self._expression(expression, item)]

    def _iri(self, triples_map: TriplesMap, expression: Expression, item: str | None) -> Pieces:
        match expression:
            case Constant(value):
                return [Text(value)]
            case Template(parts):
                return [Text(part.value) if isinstance(part, Constant) else self._encoded(part, item) for part in parts]
            case _:
                return [f"whole_iri({self._expression(expression, item)}, {quote_text(triples_map.base)})"]

    def _expression(self, expression: Expression, item: str | None = None, inner: bool = False) -> str:
        match expression:
            case Constant(value):
                return quote_text(value)
            case Reference():
                return self._column(expression, item)
            case Template(parts):
                return "(" + " || ".join(self._expression(part, item) for part in parts) + ")"
            case Call(function, arguments):
                call = _FUNCTIONS[function].format(*(self._expression(argument, item, True) for argument in arguments))
                return call if inner or item is not None else self._key(call)

    def _encoded(self, reference: Reference, item: str | None) -> str:
        encoded = f"iri_part({self._column(reference, item)})"
        return encoded if reference.column == item else self._key(encoded)

    def _column(self, reference: Reference, item: str | None) -> str:
        if reference.column == item:
            return "item"
        return f"{quote_name(reference.column)}::VARCHAR"


def _joined(pieces: Pieces) -> str:
    """Join pieces to one SQL text that is NULL as soon as one is; neighbouring constants become one."""
    merged: Pieces = []
    for piece in pieces:
        if isinstance(piece, Text) and merged and isinstance(merged[-1], Text):
            merged[-1] = Text(merged[-1] + piece)
        else:
            merged.append(piece)
    return " || ".join(quote_text(piece) if isinstance(piece, Text) else piece for piece in merged)


def _references(term: TermMap) -> set[str]:
    expressions = (term.expression, term.datatype, term.language)
    return {name for expression in expressions if expression is not None for name in references(expression)}


def _literal(text: str) -> str:
    """Escape a constant as the macro ``literal_text`` escapes a value."""
    for mark, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        text = text.replace(mark, escaped)
    return text
