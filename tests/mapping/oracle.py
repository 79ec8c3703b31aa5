"""An interpreter of the plan: plain, slow, row by row, in rdflib's terms. What the engine makes is held against it.

It shares no code with the engine but the model itself.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pyoxigraph as ox
from rdflib import XSD, BNode, Literal, URIRef
from rdflib.term import Identifier

from cablegraph.mapping.plan import (
    DEFAULT_GRAPH,
    Call,
    Constant,
    EachRow,
    Expression,
    Join,
    LogicalSource,
    Plan,
    Reference,
    Template,
    TermMap,
    TermType,
    TriplesMap,
    columns_of_term,
    references,
)

Row = Mapping[str, Any]
Quad = tuple[Identifier, Identifier, Identifier, Identifier | None]
#: Marks that turn the direction of text.
MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]  # fmt: skip
_TAGS = frozenset({"en", "pt-BR", "de-CH-1996", "x-own"})


def interpret(plan: Plan, tables: Mapping[LogicalSource, Sequence[Row]]) -> set[Quad]:
    """All quads that a plan makes of tables."""
    return {
        quad
        for m in plan.maps
        for number, row in enumerate(tables[m.source])
        for quad in _of_row(m, row, number, tables)
    }


def _of_row(m: TriplesMap, row: Row, number: int, tables: Mapping[LogicalSource, Sequence[Row]]) -> Iterator[Quad]:
    row = {**row, "\0row": number}
    if m.condition is not None and value_of(m.condition, row) != "true":
        return
    for statement in m.statements:
        if statement.condition is not None and value_of(statement.condition, row) != "true":
            continue
        graphs: list[Identifier | None] = [None]
        if statement.graphs or m.graphs:
            graphs = [term for graph in statement.graphs or m.graphs for term in terms_of(graph, row)]
        predicates = [term for predicate in statement.predicates for term in terms_of(predicate, row)]
        objects = [term for item in statement.objects for term in _objects(item, row, tables)]
        for subject, predicate, item, graph in itertools.product(terms_of(m.subject, row), predicates, objects, graphs):
            yield subject, predicate, item, None if graph == URIRef(DEFAULT_GRAPH) else graph


def _objects(item: TermMap | Join, row: Row, tables: Mapping[LogicalSource, Sequence[Row]]) -> Iterator[Identifier]:
    if isinstance(item, TermMap):
        yield from terms_of(item, row)
        return
    for number, other in enumerate(tables[item.source]):
        there = {**other, "\0row": number}
        fits = all(set(values_of(mine, row)) & set(values_of(its, there)) for mine, its in item.conditions)
        if fits and (item.condition is None or value_of(item.condition, there) == "true"):
            yield from terms_of(item.subject, there)


def values_of(expression: Expression, row: Row) -> list[str]:
    """The values of an expression, one for each combination of the items of its lists."""
    found = [value_of(expression, single) for single in _singles(set(references(expression)), row)]
    return [value for value in found if value is not None]


def terms_of(term: TermMap, row: Row) -> list[Identifier]:
    """The terms of a row, one for each combination of the items of its lists."""
    found = [_term(term, single) for single in _singles(columns_of_term(term), row)]
    return [made for made in found if made is not None]


def _singles(columns: set[str], row: Row) -> Iterator[Row]:
    """The row with one item in place of each list, in all combinations."""
    lists = [name for name in sorted(columns) if isinstance(row[name], list)]
    for items in itertools.product(*(row[name] for name in lists)):
        yield {**row, **dict(zip(lists, items, strict=True))}


def _term(term: TermMap, row: Row) -> Identifier | None:
    if term.type in (TermType.IRI, TermType.URI):
        iri = _iri(term, term.expression, row)
        return URIRef(iri) if iri is not None else None
    value = value_of(term.expression, row)
    if value is None:
        return None
    if term.type is TermType.BLANK:
        return BNode("b" + value.encode().hex())
    if term.language is not None:
        language = value_of(term.language, row)
        return Literal(value, lang=language) if language in _TAGS else None
    if term.datatype is not None:
        datatype = value_of(term.datatype, row) if isinstance(term.datatype, Call) else _iri(term, term.datatype, row)
        return Literal(value, datatype=URIRef(datatype), normalize=False) if datatype is not None else None
    if term.natural and isinstance(term.expression, Reference):
        return _natural(row[term.expression.column])
    return Literal(value)


def _natural(value: Any) -> Literal:
    if isinstance(value, bool):
        return Literal("true" if value else "false", datatype=XSD.boolean, normalize=False)
    if isinstance(value, int):
        return Literal(str(value), datatype=XSD.integer, normalize=False)
    if isinstance(value, float):
        mantissa, _, exponent = f"{value:.17e}".partition("e")
        for digits in range(17):  # the shortest that reads back as the same number
            mantissa, _, exponent = f"{value:.{max(digits, 1)}e}".partition("e")
            if float(f"{mantissa}e{exponent}") == value:
                break
        return Literal(f"{mantissa}E{int(exponent)}", datatype=XSD.double, normalize=False)
    return Literal(value)


def _iri(term: TermMap, expression: Expression, row: Row) -> str | None:
    match expression:
        case Constant(value):
            return value
        case Template(parts):
            encoded = [
                part.value if isinstance(part, Constant) else _encoded(value_of(part, row), term.type) for part in parts
            ]
            if any(part is None for part in encoded):
                return None
            return _whole("".join(part or "" for part in encoded), term.base)
        case _:
            value = value_of(expression, row)
            return None if value is None else _whole(value, term.base)


def _encoded(value: str | None, kind: TermType) -> str | None:
    if value is None or value in ("", ".", "..") or set(value) & MARKS:
        return None
    # A value with a character that no IRI holds is encoded whole.
    keep = kind is TermType.IRI and not any(_is_odd(letter) for letter in value)
    return "".join(
        letter
        if letter in _UNRESERVED or (keep and ord(letter) > 127)
        else "".join(f"%{byte:02X}" for byte in letter.encode())
        for letter in value
    )


def _is_odd(letter: str) -> bool:
    return ord(letter) > 127 and (letter.isspace() or unicodedata.category(letter) in ("Cc", "Co", "Cn"))


def _whole(value: str, base: str) -> str | None:
    if not value or set(value) & MARKS or any(_is_odd(letter) for letter in value):
        return None
    value = value if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", value) else base + value
    try:
        return ox.NamedNode(value).value
    except ValueError:
        return None


def value_of(expression: Expression, row: Row) -> str | None:
    """The text of an expression; None where it has none."""
    match expression:
        case Constant(value):
            return value
        case Reference(column):
            return _text(row[column])
        case EachRow(name):
            return f"{name}{row[chr(0) + 'row']}"
        case Template(parts):
            values = [value_of(part, row) for part in parts]
            return None if any(value is None for value in values) else "".join(value or "" for value in values)
        case Call(name, arguments):
            return _FUNCTIONS[name](*(value_of(argument, row) for argument in arguments))


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _of_texts(function: Callable[..., str | None]) -> Callable[..., str | None]:
    """A function that gives nothing where a value is missing."""
    return lambda *values: None if any(value is None for value in values) else function(*values)


def _yes(holds: bool) -> str:
    return "true" if holds else "false"


def _slug(value: str) -> str | None:
    words = "".join(c if unicodedata.category(c)[0] in "LN" else " " for c in value.lower()).split(" ")
    return "-".join(word for word in words if word) or None


def _date_datatype(value: str) -> str:
    kinds = {r"\d{4}": XSD.gYear, r"\d{4}-(0[1-9]|1[0-2])": XSD.gYearMonth, r"\d{4}-\d\d-\d\d": XSD.date,
             r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)?": XSD.dateTime}  # fmt: skip
    for form, kind in kinds.items():
        if re.fullmatch(form, value, re.ASCII) and not value.startswith("0000"):
            try:
                date.fromisoformat((value + "-01-01")[:10])
            except ValueError:
                break
            return str(kind)
    return str(XSD.string)


def _date(value: str) -> str | None:
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", value, re.ASCII):
        found = value
    else:
        words = re.fullmatch(
            r"(?:(\d{1,2})(?:st|nd|rd|th)? )?([A-Za-z]+)[.]?(?: (\d{1,2})(?:st|nd|rd|th)?)?,? (\d{4})", value, re.ASCII
        )
        if words is None or (words[1] and words[3]):
            return None
        name = words[2].lower()
        known = [n for n, month in enumerate(_MONTHS, 1) if name in (month, month[:3]) or (name == "sept" and n == 9)]
        if not known:
            return None
        day = words[1] or words[3]
        found = f"{words[4]}-{known[0]:02}" + (f"-{int(day):02}" if day else "")
    return found if _date_datatype(found) != str(XSD.string) else None


_FUNCTIONS: dict[str, Callable[..., str | None]] = {
    "equal": _of_texts(lambda one, other: _yes(one == other)),
    "notEqual": _of_texts(lambda one, other: _yes(one != other)),
    "isNull": lambda value: _yes(value is None),
    "isNotNull": lambda value: _yes(value is not None),
    "matches": _of_texts(lambda value, form: _yes(re.fullmatch(form, value) is not None)),
    "ifTrue": lambda test, value: value if test == "true" else None,
    "upper": _of_texts(str.upper),
    "lower": _of_texts(str.lower),
    "trim": _of_texts(lambda value: value.strip(" ")),
    "replace": _of_texts(lambda value, what, by: value.replace(what, by)),
    "slug": _of_texts(_slug),
    "date": _of_texts(_date),
    "dateDatatype": _of_texts(_date_datatype),
}
