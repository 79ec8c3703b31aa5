"""Reading shapes: files into one text that every engine takes, after what would pass in silence was refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from cablegraph import quads
from cablegraph.errors import InputError
from cablegraph.quads import Term
from cablegraph.validation.terms import NAMELESS, SH
from cablegraph.validation.wellformed import CLASSES, Fault, Node, Said, faults, lost_properties, said_of, unknown_terms

_TYPE = quads.RDF_TYPE[1:-1]
_SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
Triple = tuple[Node, ox.NamedNode, Term]
#: Where something is said of a node: file and line by node and predicate (of SHACL's own the local name; ``None``: the first).
Places = dict[tuple[Term, str | None], tuple[Path, int]]


def read_shapes(
    paths: Iterable[Path], engine: str = "shacl", tell: Callable[[str], None] = lambda message: None
) -> str:
    """Read shapes files (or every ``*.ttl`` of a folder) into one text of N-Triples.

    Blank nodes of different files stay apart. Shapes without a name that results come from get one, from their owner and
    path or from their target, so that a rule is called the same every time and by every engine. A property shape that is
    named but described nowhere is left out, and ``tell`` is told so.

    Raises:
        InputError: a file is missing or no valid RDF, no shape is declared, the engine does not know a ``sh:`` term, or
            a shape is ill-formed.
    """
    files = [file for path in paths for file in (sorted(path.glob("*.ttl")) if path.is_dir() else [path])]
    places: Places = {}
    triples: list[Triple] = []
    for number, file in enumerate(files):
        for triple, line in _read(file, f"s{number}"):
            triples.append(triple)
            places.setdefault((triple[0], triple[1].value.removeprefix(SH)), (file, line))
            places.setdefault((triple[0], None), (file, line))
    said = said_of(triples)
    if not any(_is_shape(about) for about in said.values()):
        named = ", ".join(str(path) for path in paths)
        raise InputError("no shape is declared: validating against nothing would pass everything", file=named or None)
    for fault in chain(unknown_terms(said, engine), faults(said)):
        raise _error(fault, places, said)
    lost = set()
    for fault, shape in lost_properties(said):
        tell(str(_error(fault, places, said)))
        lost.add(shape)
    return _text([t for t in triples if t[1].value != f"{SH}property" or t[2] not in lost], said)


def _read(file: Path, prefix: str) -> Iterator[tuple[Triple, int]]:
    """Read one file, each triple with its line; blank nodes are called by their order, so that reports are the same every time."""

    def called(term: Term) -> Term:
        return ox.BlankNode(f"{prefix}{term.value}") if isinstance(term, ox.BlankNode) else term

    try:
        for quad, line in quads.parse_with_lines(file, file.resolve().as_uri()):
            yield (called(quad.subject), quad.predicate, called(quad.object)), line  # type: ignore[misc]
    except OSError as error:
        raise InputError("the shapes cannot be read", file=str(file), hint=error.strerror or "") from error
    except SyntaxError as error:
        raise InputError(f"the shapes are no valid RDF: {error.msg}", file=str(file), line=error.lineno) from error


def _is_shape(about: dict[str, list[Term]]) -> bool:
    shapes = (ox.NamedNode(f"{SH}NodeShape"), ox.NamedNode(f"{SH}PropertyShape"))
    return any(value in shapes for value in about.get(_TYPE, ())) or any(name.startswith("target") for name in about)


def _error(fault: Fault, places: Places, said: Said) -> InputError:
    """The fault at its line, and the shape with a name that it is part of."""
    owner = _owner(fault.node, said)
    file, line = places.get((fault.node, fault.predicate)) or places[fault.node, None]
    place = f"in {owner}" if owner else "in a shape without a name"
    return InputError(f"{fault.text} ({place})", file=str(file), line=line, field=f"sh:{fault.term}", hint=fault.hint)


def _owner(node: Node, said: Said) -> ox.NamedNode | None:
    met: set[Term] = set()
    while isinstance(node, ox.BlankNode) and node not in met:
        met.add(node)
        node = next((s for s, about in said.items() if any(node in values for values in about.values())), node)
    return node if isinstance(node, ox.NamedNode) else None


def _text(triples: Sequence[Triple], said: Said) -> str:
    names = _names(said)
    lines = (
        f"{names.get(subject, subject)} {predicate} {names.get(value, value)} ."
        for subject, predicate, value in triples
        if not _is_off(predicate, value, said)
    )
    targets = (f"{names.get(node, node)} <{SH}targetClass> {names.get(node, node)} ." for node in _class_shapes(said))
    return "\n".join((*lines, *targets)) + "\n"


def _class_shapes(said: Said) -> Iterator[Node]:
    """Shapes that are classes, and so target their instances (SHACL, section 2.1.3.3); OWL's classes are classes, too."""
    classes: set[Term] = {ox.NamedNode(iri) for iri in CLASSES}
    while more := {node for node, about in said.items() if classes & set(about.get(_SUBCLASS, ()))} - classes:
        classes |= more
    for node, about in said.items():
        if classes & set(about.get(_TYPE, ())) and (_is_shape(about) or any(":" not in name for name in about)):
            yield node


def _names(said: Said) -> dict[Term, ox.NamedNode]:
    """Names for the shapes that have none: those with a target, and property shapes from the named ones down."""
    names: dict[Term, ox.NamedNode] = {}
    taken: set[ox.NamedNode] = set()

    def name(node: Node, stem: str) -> None:
        names[node] = ox.NamedNode(stem)
        number = 1
        while names[node] in taken:
            number += 1
            names[node] = ox.NamedNode(f"{stem}!{number}")
        taken.add(names[node])

    for node, about in said.items():
        targets = [value for predicate, values in about.items() if predicate.startswith("target") for value in values]
        if isinstance(node, ox.BlankNode) and targets:
            name(node, f"{NAMELESS}{targets[0].value if isinstance(targets[0], ox.NamedNode) else 'target'}")
    owners: list[Node] = [node for node in said if isinstance(node, ox.NamedNode) or node in names]
    for node in owners:  # it grows by what is named
        for value in said[node].get("property", ()):
            if isinstance(value, ox.BlankNode) and value not in names:
                owner = node if isinstance(node, ox.NamedNode) else names[node]
                path = said[value]["path"][0]
                local = re.split(r"[#/]", path.value)[-1] if isinstance(path, ox.NamedNode) else "path"
                name(value, f"{NAMELESS}{owner.value.removeprefix(NAMELESS)}!{local}")
                owners.append(value)
    return names


def _is_off(predicate: ox.NamedNode, value: Term, said: Said) -> bool:
    """Whether a triple names a SPARQL constraint that is deactivated, which engines do not all heed."""
    if predicate.value != f"{SH}sparql" or not isinstance(value, ox.NamedNode | ox.BlankNode) or value not in said:
        return False
    return any(off.value in ("true", "1") for off in said[value].get("deactivated", ()) if isinstance(off, ox.Literal))
