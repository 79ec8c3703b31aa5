"""Reading shapes: files into one text that every engine takes, after what would pass in silence was refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyoxigraph as ox

from cablegraph import quads
from cablegraph.errors import InputError
from cablegraph.validation.terms import ENGINE_TERMS, SH
from cablegraph.validation.wellformed import Node, Said, Term, faults, said_of

_TYPE = quads.RDF_TYPE[1:-1]
Triple = tuple[Node, ox.NamedNode, Term]


def read_shapes(paths: Iterable[Path], engine: str = "shacl") -> str:
    """Read shapes files (or every ``*.ttl`` of a folder) into one text of N-Triples.

    Blank nodes of different files stay apart. Property shapes without a name get one from their owner and path, so
    that a rule is called the same every time and by every engine.

    Raises:
        InputError: a file is missing or no valid RDF, no shape is declared, the engine does not know a ``sh:`` term, or
            a shape is ill-formed.
    """
    files = [file for path in paths for file in (sorted(path.glob("*.ttl")) if path.is_dir() else [path])]
    homes: dict[Term, Path] = {}
    triples: list[Triple] = []
    labels: dict[tuple[Path, str], ox.BlankNode] = {}
    for file in files:
        for triple in _read(file, labels):
            for term in triple[1:]:
                _check_term(term, file, engine)
            homes.setdefault(triple[0], file)
            triples.append(triple)
    said = said_of(triples)
    if not any(_is_shape(about) for about in said.values()):
        named = ", ".join(str(path) for path in paths)
        raise InputError("no shape is declared: validating against nothing would pass everything", file=named or None)
    for node, name, text in faults(said):
        raise _ill_formed(node, name, text, homes, said)
    return _text(triples, said)


def _read(file: Path, labels: dict[tuple[Path, str], ox.BlankNode]) -> list[Triple]:
    """Read one file; blank nodes are called by their order, so that reports are the same every time."""

    def called(term: Term) -> Term:
        if not isinstance(term, ox.BlankNode):
            return term
        return labels.setdefault((file, term.value), ox.BlankNode(f"s{len(labels)}"))

    try:
        parsed = ox.parse(path=str(file), format=quads.rdf_format(file), base_iri="http://example.org/shapes")
        return [(called(quad.subject), quad.predicate, called(quad.object)) for quad in parsed]  # type: ignore[misc]
    except OSError as error:
        raise InputError("the shapes cannot be read", file=str(file), hint=error.strerror or "") from error
    except SyntaxError as error:
        raise InputError(f"the shapes are no valid RDF: {error.msg}", file=str(file), line=error.lineno) from error


def _is_shape(about: dict[str, list[Term]]) -> bool:
    shapes = (ox.NamedNode(f"{SH}NodeShape"), ox.NamedNode(f"{SH}PropertyShape"))
    return any(value in shapes for value in about.get(_TYPE, ())) or any(name.startswith("target") for name in about)


def _check_term(term: Term, file: Path, engine: str) -> None:
    if not isinstance(term, ox.NamedNode) or not term.value.startswith(SH):
        return
    name = term.value.removeprefix(SH)
    if name not in ENGINE_TERMS[engine]:
        raise InputError(
            f"sh:{name} is not a term that the engine knows",
            file=str(file),
            line=_line_of(name, file),
            field=f"sh:{name}",
            hint="a misspelt or unsupported term would pass in silence",
        )


def _ill_formed(node: Node, name: str, text: str, homes: dict[Term, Path], said: Said) -> InputError:
    """The fault of a shape, at the line of the shape (of the one that it is part of, where it has no name)."""
    owner = _owner(node, said)
    file = homes[node]
    local = re.split(r"[#/:]", owner.value)[-1] if owner else ""
    place = f"in {owner}" if owner else "in a shape without a name"
    line = _line_of(local, file) if local else None
    return InputError(f"{text} ({place})", file=str(file), line=line, field=f"sh:{name}", hint="SHACL, appendix A")


def _owner(node: Node, said: Said) -> ox.NamedNode | None:
    met: set[Term] = set()
    while isinstance(node, ox.BlankNode) and node not in met:
        met.add(node)
        node = next((s for s, about in said.items() if any(node in values for values in about.values())), node)
    return node if isinstance(node, ox.NamedNode) else None


def _line_of(name: str, file: Path) -> int | None:
    word = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return next((number for number, text in enumerate(lines, 1) if word.search(text)), None)


def _text(triples: Sequence[Triple], said: Said) -> str:
    names = _names(said)
    lines = (
        f"{names.get(subject, subject)} {predicate} {names.get(value, value)} ."
        for subject, predicate, value in triples
        if not _is_off(predicate, value, said)
    )
    return "\n".join(lines) + "\n"


def _names(said: Said) -> dict[Term, ox.NamedNode]:
    """Names for the property shapes that have none, from the named shapes down."""
    names: dict[Term, ox.NamedNode] = {}
    owners: list[Node] = [node for node in said if isinstance(node, ox.NamedNode)]
    for node in owners:  # it grows by what is named
        for value in said[node].get("property", ()):
            if isinstance(value, ox.BlankNode) and value not in names:
                owner = node if isinstance(node, ox.NamedNode) else names[node]
                names[value] = _name(owner, said[value], set(names.values()))
                owners.append(value)
    return names


def _name(owner: ox.NamedNode, about: dict[str, list[Term]], taken: set[ox.NamedNode]) -> ox.NamedNode:
    path = about["path"][0]
    local = re.split(r"[#/]", path.value)[-1] if isinstance(path, ox.NamedNode) else "path"
    stem = f"urn:cablegraph:shape:{owner.value.removeprefix('urn:cablegraph:shape:')}!{local}"
    name, number = ox.NamedNode(stem), 1
    while name in taken:
        number += 1
        name = ox.NamedNode(f"{stem}!{number}")
    return name


def _is_off(predicate: ox.NamedNode, value: Term, said: Said) -> bool:
    """Whether a triple names a SPARQL constraint that is deactivated, which engines do not all heed."""
    if predicate.value != f"{SH}sparql" or not isinstance(value, ox.NamedNode | ox.BlankNode) or value not in said:
        return False
    return any(off.value in ("true", "1") for off in said[value].get("deactivated", ()) if isinstance(off, ox.Literal))
