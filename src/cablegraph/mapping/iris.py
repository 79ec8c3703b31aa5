"""Whether a text can be an IRI: of what stands in a mapping, before anything runs."""

from __future__ import annotations

import re

import pyoxigraph as ox

from cablegraph.mapping.plan import Constant, Expression, Template

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
#: What no IRI may hold (RFC 3987), and a percent sign that begins no encoded octet.
NOT_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f-\x9f]|%(?![0-9A-Fa-f]{2})")
LANGUAGE_TAG = re.compile(
    "(?i:[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    "(-[a-wy-z0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?|x(-[a-z0-9]{1,8})+)"
)


def is_iri(text: str) -> bool:
    """Whether a text is an absolute IRI."""
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def sample(expression: Expression) -> str:
    """An IRI as a template makes it of plain values; a reference alone gives nothing to judge."""
    match expression:
        case Constant(value):
            return value
        case Template(parts):
            return "".join(part.value if isinstance(part, Constant) else "x" for part in parts)
        case _:
            return "x:"
