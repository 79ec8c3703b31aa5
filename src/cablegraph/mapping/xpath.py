"""XPath, as far as mappings use it: paths of elements, ``//``, attributes, ``text()``, and simple conditions in brackets.

``a/b``, ``//b``, ``*``, ``@x``, ``a/@x``, ``.``, ``p:a`` with a declared prefix; ``[@x]``, ``[@x='v']``, ``[b='v']``, and in
references ``[1]``. Everything else is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

_NAME = r"(?:[^\W\d][\w.-]*:)?[^\W\d][\w.-]*"
_STEP = re.compile(
    rf"(?P<slash>//|/|)(?:(?P<attribute>@(?:\*|{_NAME}))|(?P<text>text\(\))|(?P<name>\*|{_NAME}|\.))(?P<tests>(?:\[[^\]]*\])*)"
)
_TEST = re.compile(
    rf"\[\s*(?:(?P<place>\d+)|(?P<attribute>@)?(?P<name>{_NAME})\s*(?:=\s*(?:'(?P<one>[^']*)'|\"(?P<two>[^\"]*)\"))?)\s*\]"
)


@dataclass(frozen=True)
class Test:
    """A condition on an element: a place among its like, or an attribute or child, perhaps with a value."""

    name: str = ""
    attribute: bool = False
    value: str | None = None
    place: int = 0

    def holds(self, element: Element) -> bool:
        """Whether an element meets it (a place is looked at elsewhere)."""
        if self.attribute:
            return self.name in element.attrib and self.value in (None, element.attrib[self.name])
        return any(child.tag == self.name and self.value in (None, text_of(child)) for child in element)


@dataclass(frozen=True)
class Step:
    """An element, by name (``*`` any), below the one before or anywhere in it (``deep``)."""

    name: str
    deep: bool
    tests: tuple[Test, ...] = ()

    def fits(self, element: Element) -> bool:
        """Whether an element is meant."""
        return self.name in ("*", element.tag) and all(test.place or test.holds(element) for test in self.tests)


@dataclass(frozen=True)
class Path:
    """Steps to elements, and the attribute of them whose value is meant instead of their text (``*`` any)."""

    steps: tuple[Step, ...]
    attribute: str | None = None

    def values(self, element: Element) -> Iterator[str]:
        """The values that the path leads to from an element, in the order of the document."""
        nodes: Iterable[Element] = [element]
        for step in self.steps:
            nodes = [found for node in nodes for found in _found(node, step)]
        for node in nodes:
            if self.attribute is None:
                yield text_of(node)
            elif self.attribute == "*":
                yield from node.attrib.values()
            elif self.attribute in node.attrib:
                yield node.attrib[self.attribute]


def _found(node: Element, step: Step) -> list[Element]:
    inside = node.iter() if step.deep else node
    found = [child for child in inside if child is not node and step.fits(child)]
    for test in step.tests:
        if test.place:
            found = found[test.place - 1 : test.place]
    return found


def text_of(element: Element) -> str:
    """All text of an element."""
    return "".join(element.itertext())


def parse_xpath(text: str, namespaces: Mapping[str, str]) -> Path:
    """Read an XPath; prefixes are those of ``namespaces``.

    Raises:
        ValueError: it is none, or has a part that is not supported; the message says which.
    """
    steps: list[Step] = []
    place = 0
    while place < len(text):
        if text.startswith(("..", "/.."), place):
            raise ValueError(
                ".. is not supported: what stands around an element is not kept; begin the iterator further up"
            )
        match = _STEP.match(text, place)
        if match is None or (place > 0 and not match["slash"]):
            raise ValueError(f"{text[place:]!r} is no part of an XPath that is supported")
        place = match.end()
        if match["attribute"] or match["text"]:
            if place < len(text) or match["tests"]:
                raise ValueError(f"{text[place:]!r} stands behind an attribute or text()")
            deep = (Step("*", True),) if match["slash"] == "//" else ()
            name = match["attribute"]
            return Path((*steps, *deep), _expanded(name[1:], namespaces) if name else None)
        if match["name"] != ".":
            tests = tuple(_test(found, namespaces) for found in re.findall(r"\[[^\]]*\]", match["tests"]))
            steps.append(Step(_expanded(match["name"], namespaces), match["slash"] == "//", tests))
        elif match["slash"] == "//":
            raise ValueError("//. is not supported")
    if not text:
        raise ValueError("it is empty")
    return Path(tuple(steps))


def _test(text: str, namespaces: Mapping[str, str]) -> Test:
    match = _TEST.fullmatch(text)
    if match is None:
        raise ValueError(f"the condition {text} is not supported")
    if match["place"]:
        return Test(place=int(match["place"]))
    value = match["one"] if match["one"] is not None else match["two"]
    return Test(_expanded(match["name"], namespaces), bool(match["attribute"]), value)


def _expanded(name: str, namespaces: Mapping[str, str]) -> str:
    """A name as the parser gives it: ``namespace}name``."""
    prefix, colon, local = name.rpartition(":")
    if not colon:
        return name
    if prefix not in namespaces:
        raise ValueError(f"the prefix {prefix!r} is not declared")
    return f"{namespaces[prefix]}}}{local}"
