"""What a release withdraws leaves the pages of the event stream that it takes over: the one exception to their immutability."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from cablegraph.errors import InputError

_MEMBER = ox.NamedNode("https://w3id.org/tree#member")
_OBJECT = ox.NamedNode("https://www.w3.org/ns/activitystreams#object")
_DIGEST = "sha256:"


def forget(folder: Path, withdrawn: Path) -> None:
    """Write the pages of a stream anew, without the members that say something of what ``withdrawn`` (a table of subjects and properties) names.

    Each resource that has lost a member this way and is still there has changed by that, so that it is a member again
    in the release that withdraws. Where nothing is withdrawn, no page is read.

    Raises:
        InputError: a page is no TriG.
    """
    with withdrawn.open(encoding="utf-8", newline="") as file:
        pairs = {(row["subject"], row["property"]) for row in csv.DictReader(file)}
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
    return _DIGEST + hashlib.sha256(node.value.encode()).hexdigest()
