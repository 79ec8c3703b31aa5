"""SHACL engines behind one small function.

``shacl`` (Rust) does the volume; pySHACL is the reference that it is held against in tests. Where the two differ is
told in docs/shapes.md.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import rdflib
import shacl
from rdflib import Graph
from rdflib.namespace import SH
from rdflib.term import Node

from cablegraph.errors import InputError
from cablegraph.quads import RDF_TYPE
from cablegraph.validation import terms
from cablegraph.validation.paths import path_text


@dataclass(frozen=True, order=True)
class Result:
    """One validation result; terms are in N-Triples syntax, ``severity`` and ``component`` are local names.

    The component is an IRI where the shapes declare one of their own.
    """

    severity: str
    shape: str
    focus: str
    path: str | None
    value: str | None
    component: str
    message: str


def _rust(data: Path | str, shapes: str) -> list[Result]:
    compiled = shacl.Shapes.from_text(shapes, "ntriples")
    file = isinstance(data, Path)
    report = compiled.validate_file(str(data)) if file else compiled.validate_text(str(data), "ntriples")
    own = _own_components(shapes)
    return [
        Result(
            r.severity,
            r.source_shape or r.root_shape or "",
            r.focus_node,
            r.path,
            r.value,
            own.get(r.component, r.component),
            r.message or "",
        )
        for r in report.results
    ]


def _own_components(shapes: str) -> dict[str, str]:
    """Constraint components that the shapes declare, by their local names: the engine tells no more of them."""
    declared = re.findall(rf"^<([^>]*)> {RDF_TYPE} <{terms.SH}ConstraintComponent>", shapes, re.MULTILINE)
    return {re.split("[#/]", iri)[-1]: iri for iri in declared}


def _reference(data: Path | str, shapes: str) -> list[Result]:
    import pyshacl  # noqa: PLC0415  a fifth of a second, which only this engine is worth

    text = data.read_text(encoding="utf-8") if isinstance(data, Path) else data
    with _lexical_forms_kept():
        graph, shape_graph = Graph().parse(data=text, format="nt"), Graph().parse(data=shapes, format="nt")
        try:
            _, report, _ = pyshacl.validate(graph, shacl_graph=shape_graph, inference="none")
        except Exception as error:  # what it raises where it cannot run shapes has no common class
            raise InputError(f"pySHACL cannot run the shapes: {error or type(error).__name__}") from error
    if not isinstance(report, Graph):
        raise InputError(f"pySHACL cannot run the shapes: {report}")

    def n3(node: Node | None) -> str | None:
        return node.n3() if node is not None and hasattr(node, "n3") else None

    def local(node: Node | None) -> str:
        return str(node).removeprefix(terms.SH) if node is not None else ""

    return [
        Result(
            local(report.value(r, SH.resultSeverity)),
            n3(report.value(r, SH.sourceShape)) or "",
            n3(report.value(r, SH.focusNode)) or "",
            path_text(report, report.value(r, SH.resultPath)),
            n3(report.value(r, SH.value)),
            local(report.value(r, SH.sourceConstraintComponent)),
            str(report.value(r, SH.resultMessage) or ""),
        )
        for r in report.objects(None, SH.result)
    ]


@contextmanager
def _lexical_forms_kept() -> Iterator[None]:
    """Keep ``"01"^^xsd:integer`` as it is: it is another term than ``1``, for sh:in, sh:hasValue and the report."""
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    log = logging.getLogger("rdflib.term")  # it tells of each ill-typed literal, which the results do
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before
        log.setLevel(level)


#: The engines by name: a function from N-Triples of data and of shapes to results.
ENGINES: dict[str, Callable[[Path | str, str], list[Result]]] = {"shacl": _rust, "pyshacl": _reference}


def validate(data: Path | str, shapes: str, engine: str = "shacl") -> list[Result]:
    """Validate N-Triples, a file (``*.nt``) or text, against shapes (from :func:`read_shapes`); results in a fixed order.

    Raises:
        InputError: the data or shapes are no valid N-Triples, or the engine cannot run the shapes.
    """
    try:
        results = ENGINES[engine](data, shapes)
    except ValueError as error:
        raise InputError(f"the engine cannot run: {error}") from error
    return sorted(
        results,
        key=lambda r: tuple(
            part or "" for part in (r.severity, r.shape, r.focus, r.path, r.value, r.component, r.message)
        ),
    )
