"""Reads JSONPath (RFC 9535), with the forms of before it that mappings use.

Those are ``name`` or ``a.b`` for ``$.name``, ``$.['name']``, and names such as ``$.a-b`` that the RFC would have in quotes.
Whatever else is no JSONPath is refused by name, so the script expressions and operators of other dialects.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TypeVar

from cablegraph.mapping.jsonpath import (
    FUNCTIONS,
    Both,
    Comparison,
    Every,
    Filter,
    Function,
    Given,
    Holds,
    Index,
    Name,
    Not,
    Operand,
    Path,
    Query,
    Segment,
    Selector,
    Slice,
    Test,
    is_plural,
)

_BLANK = re.compile(r"[ \t\n\r]*")
#: A name behind a dot; within a filter no sign of an operator stands in it.
_NAME, _NAME_IN_FILTER = (
    re.compile(r"[^\s.\[\]'\"*@?()]+"),
    re.compile(r"[A-Za-z_\x80-\U0010FFFF][\w\x80-\U0010FFFF-]*"),
)
#: A name of a path that is written without ``$``: anything up to a dot or a bracket.
_BARE = re.compile(r"[^.\[\]]+")
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", re.DOTALL)
_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_NUMBER = re.compile(r"(?:-?0|-?[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_WORD = re.compile(r"[a-z][a-z0-9_]*")
_OPERATOR = re.compile(r"==|!=|<=|>=|<|>")
_WORDS = {"true": True, "false": False, "null": None}
_ESCAPE = re.compile(r"\\(?:u(?P<code>[0-9A-Fa-f]{4})|(?P<letter>.))", re.DOTALL)
_LETTERS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "/": "/", "\\": "\\", "'": "'", '"': '"'}
#: How deep brackets may be nested in a filter.
_DEPTH = 24
_LARGEST = 2**53 - 1
_Item = TypeVar("_Item")


def parse_jsonpath(text: str) -> Path:
    """Read a JSONPath.

    Raises:
        ValueError: it is none; the message says where and why.
    """
    return _Reader(text).whole()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._name = _NAME
        self._depth = 0  # of brackets around; 0 outside of filters

    def whole(self) -> Path:
        path: Path = ()
        if not self._takes("$") and not self._takes("@"):
            first = self._match(_BARE)
            if first is None:
                raise ValueError("a JSONPath begins with $")
            path, self._name = (Segment((Name(first),)),), _BARE
        path += self._segments()
        if self._place < len(self._text):
            raise self._wrong("is no part of a JSONPath", ".name ['name'] [0] [1:2] [*] [?@.name == 'x'] ..name")
        return path

    def _segments(self) -> Path:
        segments: list[Segment] = []
        while True:
            start = self._place
            self._blank()
            deep = self._takes("..")
            if self._takes("["):
                segments.append(Segment(self._selectors(), deep))
            elif deep or self._takes("."):
                segments.append(Segment(self._behind_dot(), deep))
            else:
                self._place = start
                return tuple(segments)

    def _behind_dot(self) -> tuple[Selector, ...]:
        if self._takes("*"):
            return (Every(),)
        if self._takes("["):
            return self._selectors()
        name = self._match(_NAME_IN_FILTER if self._depth else self._name)
        if name is None or self._text.startswith("(", self._place):
            raise self._wrong("stands behind a dot", "a name, * or a bracket")
        return (Name(name),)

    def _selectors(self) -> tuple[Selector, ...]:
        selectors = self._listed(self._selector)
        self._needs("]")
        return selectors

    def _listed(self, read: Callable[[], _Item]) -> tuple[_Item, ...]:
        found = []
        while True:
            self._blank()
            found.append(read())
            self._blank()
            if not self._takes(","):
                return tuple(found)

    def _selector(self) -> Selector:
        if (quoted := self._match(_QUOTED)) is not None:
            return Name(_unquoted(quoted))
        if self._takes("*"):
            return Every()
        if self._takes("?"):
            return Filter(self._nested(self._either))
        start = self._integer()
        self._blank()
        if not self._takes(":"):
            if start is None:
                raise self._wrong("is no selector", "'name', 0, 1:2, *, ?test")
            return Index(start)
        self._blank()
        stop = self._integer()
        self._blank()
        step = None
        if self._takes(":"):
            self._blank()
            step = self._integer()
        return Slice(start, stop, 1 if step is None else step)

    def _integer(self) -> int | None:
        found = self._match(_INTEGER)
        if found is None:
            return None
        if abs(int(found)) > _LARGEST or self._text[self._place : self._place + 1].isdigit():
            raise ValueError(f"{found} begins no number that may stand in brackets")
        return int(found)

    def _nested(self, read: Callable[[], _Item]) -> _Item:
        self._depth += 1
        if self._depth > _DEPTH:
            raise ValueError(f"brackets are nested more than {_DEPTH} deep")
        found = read()
        self._depth -= 1
        return found

    def _either(self) -> Test:
        tests = [self._all()]
        while self._sign("||"):
            tests.append(self._all())
        return tests[0] if len(tests) == 1 else Both(tuple(tests), any=True)

    def _all(self) -> Test:
        tests = [self._one()]
        while self._sign("&&"):
            tests.append(self._one())
        return tests[0] if len(tests) == 1 else Both(tuple(tests))

    def _one(self) -> Test:
        if self._sign("!"):
            test = self._nested(self._one)
            if isinstance(test, Comparison):
                raise ValueError("! stands before a path, a function or brackets, not before a comparison")
            return Not(test)
        if self._sign("("):
            test = self._nested(self._either)
            self._blank()
            self._needs(")")
            return Both((test,))
        one = self._operand()
        self._blank()
        operator = self._match(_OPERATOR)
        if operator is None:
            if isinstance(one, Given) or (isinstance(one, Function) and FUNCTIONS[one.name][1] == "value"):
                raise ValueError("a filter tests a path, a comparison, match() or search()")
            return Holds(one)
        other = self._operand()
        for operand in (one, other):
            _check_kind(operand, "value", "a comparison")
        return Comparison(one, operator, other)

    def _operand(self) -> Operand:
        self._blank()
        for root in "@$":
            if self._takes(root):
                return Query(self._segments(), root == "@")
        if (quoted := self._match(_QUOTED)) is not None:
            return Given(_unquoted(quoted))
        if (number := self._match(_NUMBER)) is not None:
            value: int | float = json.loads(number)
            return Given(value)
        word = self._match(_WORD)
        if word in _WORDS:
            return Given(_WORDS[word])
        if word not in FUNCTIONS or not self._takes("("):
            self._place -= len(word or "")
            raise self._wrong("is nothing that a filter can test", "@.name, $.name, a value, " + ", ".join(FUNCTIONS))
        arguments = self._nested(lambda: self._listed(self._operand))
        self._needs(")")
        kinds = FUNCTIONS[word][0]
        if len(arguments) != len(kinds):
            raise ValueError(f"{word}() takes {len(kinds)} arguments, not {len(arguments)}")
        for argument, kind in zip(arguments, kinds, strict=True):
            _check_kind(argument, kind, f"{word}()")
        if word in ("match", "search") and not isinstance(arguments[1], Given):
            raise ValueError(
                f"the pattern of {word}() must stand in the filter; one that the data gives is not supported"
            )
        return Function(word, arguments)

    def _match(self, pattern: re.Pattern[str]) -> str | None:
        found = pattern.match(self._text, self._place)
        if found is None:
            return None
        self._place = found.end()
        return found.group()

    def _takes(self, sign: str) -> bool:
        takes = self._text.startswith(sign, self._place)
        self._place += len(sign) if takes else 0
        return takes

    def _sign(self, sign: str) -> bool:
        self._blank()
        return self._takes(sign)

    def _needs(self, sign: str) -> None:
        if not self._takes(sign):
            raise self._wrong(f"stands where {sign} is missing")

    def _blank(self) -> None:
        self._match(_BLANK)

    def _wrong(self, message: str, expected: str = "") -> ValueError:
        rest = self._text[self._place :]
        more = f"; expected {expected}" if expected else ""
        return ValueError(f"{rest!r} {message}{more}" if rest else f"it ends where {expected or 'more'} is expected")


def _check_kind(operand: Operand, kind: str, where: str) -> None:
    if kind == "nodes" and not isinstance(operand, Query):
        raise ValueError(f"{where} takes a path")
    if kind == "value" and isinstance(operand, Query) and is_plural(operand.path):
        raise ValueError(f"{where} takes a path that leads to one value")
    if kind == "value" and isinstance(operand, Function) and FUNCTIONS[operand.name][1] != "value":
        raise ValueError(f"{where} takes a value; {operand.name}() says yes or no")


def _unquoted(text: str) -> str:
    def letter(match: re.Match[str]) -> str:
        if match["code"]:
            return chr(int(match["code"], 16))
        if match["letter"] not in _LETTERS:
            raise ValueError(f"{match.group()} in {text} means nothing; a backslash is written twice")
        return _LETTERS[str(match["letter"])]

    found = _ESCAPE.sub(letter, text[1:-1])
    try:  # two escapes may be the halves of one character
        return found.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError as error:
        raise ValueError(f"half of a surrogate pair in {text} is no character") from error
