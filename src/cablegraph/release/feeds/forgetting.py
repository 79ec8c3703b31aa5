"""What a release withdraws leaves the feeds that it takes over: the pages of the event stream, the one exception to their immutability, and the lists of files."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from cablegraph.errors import InputError

_MEMBER = ox.NamedNode("https://w3id.org/tree#member")
_OBJECT = ox.NamedNode("https://www.w3.org/ns/activitystreams#object")
_DIGEST = "sha256:"
#: What a page's path may have as it is of the IRI that it is called by.
_PLAIN = "/~!$&'()*+,;=:@-._"
#: The end of a page's name that bears a digest instead of what no file can be called.
_MADE_UP = re.compile(r"~[0-9a-f]{12}(?:/|$)")


def forget(folder: Path, withdrawn: Path) -> None:
    """Write the pages of a stream anew, without the members that say something of what ``withdrawn`` (a table of subjects and properties) names.

    Each resource that has lost a member this way and is still there has changed by that, so that it is a member again
    in the release that withdraws. Where nothing is withdrawn, no page is read.

    Raises:
        InputError: a page is no TriG.
    """
    pairs = _pairs(withdrawn)
    if not pairs:
        return
    hidden = {subject for subject, _ in pairs if subject.startswith(_DIGEST)}
    for page in sorted(folder.glob("*/*.trig")):
        try:
            quads = list(ox.parse(path=str(page), format=ox.RdfFormat.TRIG))
        except (OSError, SyntaxError) as error:
            raise InputError("the page of the earlier feed cannot be read", file=str(page), hint=str(error)) from error
        if gone := set(_gone(quads, pairs, hidden)):
            left = [quad for quad in quads if not gone & {quad.subject, quad.object, quad.graph_name}]
            ox.serialize(left, str(page), format=ox.RdfFormat.TRIG)


class Hidden:
    """Pages whose names would tell what is withheld: those of resources that the steps of a release (``changes/``) name by a digest only."""

    def __init__(self, steps: Path, base: str) -> None:
        named = (subject for step in steps.glob("*/withdrawn.csv") for subject, _ in _pairs(step))
        self._digests = {subject for subject in named if subject.startswith(_DIGEST)}
        self._base = base

    def __call__(self, path: str) -> bool:
        """Whether a file of a release, by its path, may be such a page. Where names are made up, any may be."""
        if not self._digests:
            return False
        stem = path.rpartition(".")[0]
        called = (f"{self._base}{name}" for name in (stem, quote(stem, safe=_PLAIN)))
        return bool(_MADE_UP.search(stem)) or any(_digest_of(iri) in self._digests for iri in called)


def _pairs(withdrawn: Path) -> set[tuple[str, str]]:
    with withdrawn.open(encoding="utf-8", newline="") as file:
        return {(row["subject"], row["property"]) for row in csv.DictReader(file)}


def _gone(quads: Iterable[ox.Quad], pairs: set[tuple[str, str]], hidden: set[str]) -> Iterable[ox.NamedNode]:
    """The members that say what is withdrawn, or whose resource may not be named."""
    for quad in quads:
        subject, property_, object_, graph = quad
        if isinstance(graph, ox.NamedNode):
            if {(subject.value, property_.value), (_digest(subject), property_.value)} & pairs:
                yield graph
        elif property_ == _OBJECT and _digest(object_) in hidden:
            yield subject


def _digest(node: ox.NamedNode) -> str:
    return _digest_of(node.value)


def _digest_of(iri: str) -> str:
    return _DIGEST + hashlib.sha256(iri.encode()).hexdigest()
