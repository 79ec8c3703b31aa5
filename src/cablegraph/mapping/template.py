"""The texts of a mapping: templates such as ``record/$(telegram)``, prefixed names, IRIs relative to the base."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cablegraph.mapping.document import Node
from cablegraph.mapping.iris import LANGUAGE_TAG, NOT_IN_IRI, SCHEME, is_iri, sample
from cablegraph.mapping.plan import Constant, Expression, Reference, Template

_REFERENCE = re.compile(r"\\\\|\\[(){}$]|\$\((?P<column>(?:\\.|[^\\)])+)\)")
#: Schemes whose IRIs have no //; any other word before a colon is a prefix.
_PLAIN_SCHEMES = ("urn:", "mailto:", "tel:", "tag:", "data:", "doi:", "info:", "ark:")


class Templates:
    """Reads texts of one mapping, with its prefixes and its base."""

    def __init__(self, prefixes: Mapping[str, str], base: str) -> None:
        self.prefixes = prefixes
        self.base = base

    def literal(self, node: Node, text: str) -> Expression:
        """A text with ``$(column)`` references."""
        return self._joined(self._parts(node, text))

    def iri(self, node: Node, text: str) -> Expression:
        """An IRI with references: prefixed, absolute or relative to the base; a reference alone is a whole IRI.

        Raises:
            InputError: the prefix is not defined, or a constant part holds what no IRI may hold.
        """
        parts = self._parts(node, text)
        for part in parts:
            if isinstance(part, Constant) and (found := NOT_IN_IRI.search(part.value)):
                raise node.fail(
                    f"{found.group()!r} cannot stand in the IRI {text!r}", "expected an IRI; encode it as %XX"
                )
        if isinstance(parts[0], Constant):
            parts[0] = Constant(self._absolute(node, parts[0].value))
        elif len(parts) > 1:
            parts.insert(0, Constant(self.base))
        expression = self._joined(parts)
        if not is_iri(sample(expression)):
            raise node.fail(f"{text!r} makes no IRI", "expected an IRI such as https://example.org/$(id)")
        return expression

    def language(self, node: Node, text: str) -> Expression:
        """A language tag or a reference to one.

        Raises:
            InputError: a constant that is no language tag.
        """
        expression = self.literal(node, text)
        if isinstance(expression, Constant) and not LANGUAGE_TAG.fullmatch(expression.value):
            raise node.fail(f"{expression.value!r} is no language tag", "expected one such as en or pt-BR")
        if not isinstance(expression, Constant | Reference):
            raise node.fail("a language is a tag or one reference", "write en~lang or $(column)~lang")
        return expression

    def expanded(self, text: str) -> str | None:
        """The IRI of a prefixed name; None where it is none."""
        prefix, colon, name = text.partition(":")
        if colon and prefix in self.prefixes and not name.startswith("//"):
            return self.prefixes[prefix] + name
        return None

    def _absolute(self, node: Node, text: str) -> str:
        expanded = self.expanded(text)
        if expanded is not None:
            return expanded
        scheme = SCHEME.match(text)
        if scheme is None:
            return self.base + text
        if not text[scheme.end() :].startswith("//") and scheme.group() not in _PLAIN_SCHEMES:
            known = ", ".join(sorted(self.prefixes))
            raise node.fail(f"the prefix {scheme.group()!r} is not defined", f"defined: {known}")
        return text

    @staticmethod
    def _parts(node: Node, text: str) -> list[Constant | Reference]:
        parts: list[Constant | Reference] = []
        literal, place = "", 0
        for match in _REFERENCE.finditer(text):
            literal += text[place : match.start()]
            place = match.end()
            if match["column"] is None:
                literal += match.group()[-1]
                continue
            if literal:
                parts.append(Constant(literal))
                literal = ""
            parts.append(Reference(re.sub(r"\\(.)", r"\1", match["column"])))
        rest = text[place:]
        if "$(" in rest:
            raise node.fail(f"a reference is not closed or names nothing in {text!r}", "write $(column)")
        if literal + rest or not parts:
            parts.append(Constant(literal + rest))
        return parts

    @staticmethod
    def _joined(parts: list[Constant | Reference]) -> Expression:
        return parts[0] if len(parts) == 1 else Template(tuple(parts))
