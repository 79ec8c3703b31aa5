"""SHACL engines behind one small function.

``shacl`` (Rust) does the volume; pySHACL is the reference that it is held against in tests. Where the two differ is
told in docs/shapes.md.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pyoxigraph as ox
import rdflib
import shacl
from rdflib import Graph
from rdflib.namespace import SH
from rdflib.term import Node

from cablegraph.errors import InputError
from cablegraph.validation import terms
from cablegraph.validation.paths import path_text


@dataclass(frozen=True, order=True)
class Result:
    """One validation result; terms are in N-Triples syntax, ``severity`` and ``component`` are local names.

    They are IRIs where the shapes have some of their own. ``messages`` are literals, with their languages; ``constraint``
    is the SPARQL constraint that found it.
    """

    severity: str
    shape: str
    focus: str
    path: str | None
    value: str | None
    component: str
    message: str
    messages: tuple[str, ...] = ()
    constraint: str | None = None


def _rust(data: Path | str, shapes: str) -> list[Result]:
    compiled = shacl.Shapes.from_text(shapes, "ntriples")
    file = isinstance(data, Path)
    report = compiled.validate_file(str(data)) if file else compiled.validate_text(str(data), "ntriples")
    told = _told(report.serialize("ntriples"))
    called = (
        _labels(data, shapes) if any("_:" in (r.focus_node[:2], (r.value or "")[:2]) for r in report.results) else {}
    )
    return [
        Result(
            r.severity_iri.removeprefix(terms.SH),
            r.source_shape or r.root_shape or "",
            called.get(r.focus_node, r.focus_node),
            r.path,
            called.get(r.value, r.value) if r.value else None,
            r.component_iri.removeprefix(terms.SH),
            r.message or "",
            tuple(told.get((f"_:r{number}", "resultMessage"), ())),
            next(iter(told.get((f"_:r{number}", "sourceConstraint"), ())), None),
        )
        for number, r in enumerate(report.results, 1)
    ]


def _told(report: str) -> dict[tuple[str, str], list[str]]:
    """What only the report's RDF tells: the literals of messages, and constraints; its results are numbered in their order."""
    found: dict[tuple[str, str], list[str]] = {}
    told = rf"^(_:r\d+) <{terms.SH}(resultMessage|sourceConstraint)> (.*) \.$"
    for node, name, value in re.findall(told, report, re.MULTILINE):
        found.setdefault((node, name), []).append(value)
    return found


def _labels(data: Path | str, shapes: str) -> dict[str, str]:
    """Blank nodes of the data by what the engine calls them: by their order, after those of the shapes."""
    numbers = count(len(dict.fromkeys(_blank_nodes(shapes))))
    return {f"_:0_b{number}": label for label, number in zip(dict.fromkeys(_blank_nodes(data)), numbers, strict=False)}


def _blank_nodes(data: Path | str) -> Iterator[str]:
    form = ox.RdfFormat.N_QUADS  # which N-Triples are, too
    for quad in ox.parse(path=str(data), format=form) if isinstance(data, Path) else ox.parse(data, format=form):
        yield from (str(term) for term in (quad.subject, quad.object) if isinstance(term, ox.BlankNode))


#: How the engine tells that a file is no RDF.
_BROKEN = re.compile(
    r"^parse error: .*?: Parser error at line (?P<line>\d+) (between columns \d+ and \d+|column \d+)?: (?P<what>.*)"
)


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
            tuple(sorted(n3(message) or "" for message in report.objects(r, SH.resultMessage))),
            n3(report.value(r, SH.sourceConstraint)),
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
    """Validate N-Triples, a file (``*.nt``; ``*.nq`` by the engine ``shacl``) or text, against shapes (from :func:`read_shapes`).

    Results are in a fixed order.

    Raises:
        InputError: the data or shapes are no valid N-Triples, or the engine cannot run the shapes.
    """
    try:
        results = ENGINES[engine](data, shapes)
    except ValueError as error:
        if isinstance(data, Path) and (found := _BROKEN.search(str(error))):
            message = f"is no valid RDF: {found['what']}"
            raise InputError(message, file=str(data), line=int(found["line"])) from error
        raise InputError(f"the engine cannot run: {error}") from error
    except OSError as error:  # such as a literal of more than 16 MB
        raise InputError(f"the engine cannot read the data: {error}") from error
    return sorted_results(results)


def sorted_results(results: Iterable[Result]) -> list[Result]:
    """Results in a fixed order, whatever they come from."""
    return sorted(
        results,
        key=lambda r: tuple(
            part or "" for part in (r.severity, r.shape, r.focus, r.path, r.value, r.component, r.message, r.constraint)
        ),
    )
