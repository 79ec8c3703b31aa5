"""Terms as SQL: how the text of a term, as N-Quads writes it, is put together of columns."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cablegraph.mapping.functions import FUNCTIONS, XSD_STRING
from cablegraph.mapping.macros import FUNCTION_SQL
from cablegraph.mapping.plan import (
    Call,
    Constant,
    EachRow,
    Expression,
    Reference,
    Template,
    TermMap,
    TermType,
    columns_of_term,
    references,
)
from cablegraph.relations import quote_name, quote_text

#: Types whose values make safe IRIs as they are.
WHOLE_NUMBERS = ("INTEGER", "BIGINT")
#: An IRI up to within its authority, which may hold less than a path: what follows must be looked at as a whole.
_OPEN_AUTHORITY = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")


class Text(str):
    """A constant piece of a line."""

    __slots__ = ()


@dataclass(frozen=True)
class Value:
    """A piece of a line that depends on the row; it is NULL where ``needs`` is, which is cheaper to ask."""

    sql: str
    needs: str


Pieces = list[Text | Value]
#: Inside a lambda: column → the variable that holds an item of its list.
Items = Mapping[str, str]


@dataclass
class Relation:
    """A relation that maps are run over.

    ``columns`` are its columns and their types; ``literals`` tells for a column another one, that holds the literal
    with the datatype that the value has in the source; ``row`` is the column that numbers the rows, where there is one.
    ``names`` tells what a column is called in SQL where that is not its name: SQL takes "a" and "A" for the same.
    """

    name: str
    columns: Mapping[str, str]
    literals: Mapping[str, str] = field(default_factory=dict)
    row: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    def sql(self, column: str) -> str:
        """A column as SQL names it."""
        return quote_name(self.names.get(column, column))

    def is_list(self, column: str) -> bool:
        """Whether a column holds lists."""
        return self.columns[column].endswith("[]")


class Terms:
    """Makes SQL of terms over one relation; what is used often is computed once a row, under a name of its own.

    First come ``keys`` (encoded values, results of functions), then ``once`` (terms made of them).
    """

    def __init__(self, relation: Relation) -> None:
        self._relation = relation
        # Names begin with a mark that begins no column's.
        self.mark = "\x01"
        while any(name.startswith(self.mark) for name in relation.columns):
            self.mark += "\x01"
        self.keys: dict[str, str] = {}
        self.once: dict[str, str] = {}

    def key(self, expression: str) -> str:
        """The name under which an expression is computed once a row."""
        return self.keys.setdefault(expression, quote_name(f"{self.mark}key {len(self.keys)}"))

    def named(self, pieces: Pieces) -> Value | Text:
        """A whole term, computed once a row."""
        constants = [piece for piece in pieces if isinstance(piece, Text)]
        if len(constants) == len(pieces):
            return Text("".join(constants))
        sql = joined(pieces)
        name = self.once.setdefault(sql, quote_name(f"{self.mark}term {len(self.once)}"))
        return Value(name, name)

    def lists(self, term: TermMap) -> list[str]:
        """The list columns that a term is made of, in the order in which it names them."""
        names = dict.fromkeys(name for expression in term.expressions() for name in references(expression))
        return [name for name in names if self._relation.is_list(name)]

    def list_of(self, term: TermMap, column: str) -> str:
        """The column that holds the items of which a term is made."""
        return self._relation.sql(self._relation.literals[column] if self._is_natural(term) else column)

    def term(self, term: TermMap, items: Items) -> Pieces:
        """The pieces of a term; they are joined to NULL where the row makes no such term."""
        if term.type.is_iri:
            return [Text("<"), *self.iri(term, term.expression, items), Text(">")]
        text = self.text(term.expression, items)
        if term.type is TermType.BLANK:
            return [Text("_:"), Value(f"blank_label({text})", text)]
        if isinstance(term.expression, Reference) and self._is_natural(term):
            name = term.expression.column
            literal = items[name] if name in items else quote_name(self._relation.literals[name])
            return [Value(literal, literal)]
        if isinstance(term.expression, Constant):
            start: Pieces = [Text(json.dumps(term.expression.value, ensure_ascii=False))]
        else:
            start = [Value(f"quoted({text})", text)]
        return [*start, *self._suffix(term, items)]

    def _is_natural(self, term: TermMap) -> bool:
        return term.natural and bool(columns_of_term(term) & self._relation.literals.keys())

    def _suffix(self, term: TermMap, items: Items) -> Pieces:
        """What stands behind the quotes of a literal: its language or datatype."""
        if isinstance(term.language, Constant):
            return [Text(f"@{term.language.value}")]
        if term.language is not None:
            tag = f"language_tag({self.text(term.language, items)})"
            tag = tag if items else self.key(tag)
            return [Text("@"), Value(tag, tag)]
        match term.datatype:
            case None | Constant("http://www.w3.org/2001/XMLSchema#string"):
                return []
            case Constant(iri):
                return [Text(f"^^<{iri}>")]
            case Call("dateDatatype"):
                iri = self.text(term.datatype, items)
                suffix = f"CASE {iri} WHEN '{XSD_STRING}' THEN '' ELSE concat('^^<', {iri}, '>') END"
                return [Value(suffix, iri)]
            case datatype:
                return [Text("^^<"), *self.iri(term, datatype, items), Text(">")]

    def iri(self, term: TermMap, expression: Expression, items: Items) -> Pieces:
        """The pieces of an IRI without its brackets."""
        match expression:
            case Constant(value):
                return [Text(value)]
            case Template(parts) if term.type is not TermType.UNSAFE_IRI:
                pieces: Pieces = [
                    Text(part.value) if isinstance(part, Constant) else self.encoded(part, term.type, items)
                    for part in parts
                ]
                return [self._whole(term, joined(pieces), items)] if is_open(expression) else pieces
            case _:
                return [self._whole(term, self.text(expression, items), items)]

    def _whole(self, term: TermMap, text: str, items: Items) -> Value:
        macro = {TermType.URI: "whole_uri", TermType.UNSAFE_IRI: "unsafe_iri"}.get(term.type, "whole_iri")
        whole = f"{macro}({text}, {quote_text(term.base)})"
        whole = whole if items else self.key(whole)
        return Value(whole, whole)

    def encoded(self, reference: Reference, kind: TermType, items: Items) -> Value:
        """A value within an IRI."""
        text = self.text(reference, items)
        if self._relation.columns[reference.column] in WHOLE_NUMBERS:
            return Value(text, self._relation.sql(reference.column))
        part = f"{'uri_part' if kind is TermType.URI else 'iri_part'}({text})"
        part = part if reference.column in items else self.key(part)
        return Value(part, part)

    def condition(self, call: Call) -> str:
        """A condition, as a boolean; NULL, where a value is missing, counts as no."""
        return FUNCTION_SQL[call.function].format(*(self._inner(argument, {}) for argument in call.arguments))

    def text(self, expression: Expression, items: Items) -> str:
        """The text that an expression gives."""
        inner = self._inner(expression, items)
        return self.key(inner) if isinstance(expression, Call) and not items else inner

    def _inner(self, expression: Expression, items: Items) -> str:
        match expression:
            case Constant(value):
                return quote_text(value)
            case Reference(column):
                return self._column(column, items)
            case EachRow(name):
                return f"concat({quote_text(name)}, {quote_name(self._relation.row or '')})"
            case Template(parts):
                return "(" + " || ".join(self._inner(part, items) for part in parts) + ")"
            case Call(name, arguments):
                call = FUNCTION_SQL[name].format(*(self._inner(argument, items) for argument in arguments))
                return f"{call}::VARCHAR" if FUNCTIONS[name].boolean else call

    def _column(self, column: str, items: Items) -> str:
        if column in items:
            return items[column]
        cast = "" if self._relation.columns[column] == "VARCHAR" else "::VARCHAR"
        return f"{self._relation.sql(column)}{cast}"


def is_open(expression: Expression) -> bool:
    """Whether only its values tell if a template makes a valid IRI: where it begins with one, or has one in its authority."""
    if not isinstance(expression, Template):
        return False
    first = expression.parts[0]
    return isinstance(first, Reference) or _OPEN_AUTHORITY.fullmatch(first.value) is not None


def joined(pieces: Iterable[Text | Value]) -> str:
    """Join pieces to one SQL text that is NULL as soon as one is; neighbouring constants become one."""
    merged: Pieces = []
    for piece in pieces:
        if isinstance(piece, Text) and merged and isinstance(merged[-1], Text):
            merged[-1] = Text(merged[-1] + piece)
        else:
            merged.append(piece)
    parts = [quote_text(piece) if isinstance(piece, Text) else piece.sql for piece in merged]
    needs = dict.fromkeys(piece.needs for piece in merged if isinstance(piece, Value) and piece.needs)
    if len(parts) == 1:
        return parts[0]
    # concat() takes all pieces at once, || makes a text of each two; but only || minds NULLs.
    whole = f"concat({', '.join(parts)})"
    return f"CASE WHEN {' AND '.join(f'{need} IS NOT NULL' for need in needs)} THEN {whole} END" if needs else whole
