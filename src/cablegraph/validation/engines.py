"""SHACL engines behind one small function.

``shacl`` (Rust) does the volume; pySHACL is the reference that it is held against in tests. The Rust engine ignores
terms that it does not know and would pass them in silence, so every ``sh:`` term of the shapes is held against the
list of what the engines do before anything runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import shacl
from rdflib import Graph
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from cablegraph import quads
from cablegraph.errors import InputError


@dataclass(frozen=True, order=True)
class Result:
    """One validation result; terms are in N-Triples syntax, ``severity`` and ``component`` are local names."""

    severity: str
    shape: str
    focus: str
    path: str | None
    value: str | None
    component: str
    message: str


_SH = "http://www.w3.org/ns/shacl#"
#: SHACL core and SHACL-SPARQL as far as both engines go, and what only describes shapes.
_KNOWN = frozenset(
    """
    NodeShape PropertyShape Shape Violation Warning Info IRI Literal BlankNode BlankNodeOrIRI BlankNodeOrLiteral IRIOrLiteral
    PrefixDeclaration SPARQLConstraint SPARQLAskValidator SPARQLSelectValidator ConstraintComponent Parameter Validator
    targetClass targetNode targetObjectsOf targetSubjectsOf property path inversePath alternativePath zeroOrMorePath
    oneOrMorePath zeroOrOnePath class datatype nodeKind minCount maxCount minExclusive minInclusive maxExclusive maxInclusive
    minLength maxLength pattern flags languageIn uniqueLang equals disjoint lessThan lessThanOrEquals not and or xone node
    qualifiedValueShape qualifiedValueShapesDisjoint qualifiedMinCount qualifiedMaxCount closed ignoredProperties hasValue in
    severity message deactivated sparql select ask prefixes declare prefix namespace validator nodeValidator
    propertyValidator parameter optional labelTemplate name description order group defaultValue PropertyGroup
    shapesGraph suggestedShapesGraph entailment
    """.split()  # noqa: SIM905  words read better than a hundred quoted ones
)


def read_shapes(paths: Iterable[Path]) -> str:
    """Read shapes files (or every ``*.ttl`` of a folder) into one text of N-Triples.

    Blank nodes of different files stay apart.

    Raises:
        InputError: a file is missing or no valid RDF, no shape is declared, or a ``sh:`` term is not known.
    """
    files = [file for path in paths for file in (sorted(path.glob("*.ttl")) if path.is_dir() else [path])]
    lines: list[str] = []
    labels: dict[tuple[int, str], str] = {}  # blank nodes by their order, so that reports are the same every time
    shapes = 0
    for number, file in enumerate(files):
        try:
            for quad in ox.parse(path=str(file), format=quads.rdf_format(file), base_iri="http://example.org/shapes"):
                for term in (quad.predicate, quad.object):
                    _check_term(term, file)
                is_type = quad.predicate.value == str(RDF.type)
                shapes += is_type and str(quad.object.value) in (f"{_SH}NodeShape", f"{_SH}PropertyShape")
                shapes += quad.predicate.value.startswith(f"{_SH}target")
                terms = (
                    labels.setdefault((number, term.value), f"_:s{len(labels)}")
                    if isinstance(term, ox.BlankNode)
                    else str(term)
                    for term in (quad.subject, quad.predicate, quad.object)
                )
                lines.append(f"{' '.join(terms)} .")
        except OSError as error:
            raise InputError("the shapes cannot be read", file=str(file), hint=error.strerror or "") from error
        except SyntaxError as error:
            raise InputError(f"the shapes are no valid RDF: {error.msg}", file=str(file), line=error.lineno) from error
    if not shapes:
        named = ", ".join(str(path) for path in paths)
        raise InputError("no shape is declared: validating against nothing would pass everything", file=named or None)
    return "\n".join(lines) + "\n"


def _check_term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, file: Path) -> None:
    if isinstance(term, ox.NamedNode) and term.value.startswith(_SH) and term.value.removeprefix(_SH) not in _KNOWN:
        name = term.value.removeprefix(_SH)
        line = next(
            (
                n
                for n, text in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
                if name in text
            ),
            None,
        )
        raise InputError(
            f"sh:{name} is not a term that the engine knows",
            file=str(file),
            line=line,
            field=f"sh:{name}",
            hint="a misspelt or unsupported term would pass in silence",
        )


def _rust(data: Path | str, shapes: str) -> list[Result]:
    compiled = shacl.Shapes.from_text(shapes, "ntriples")
    file = isinstance(data, Path)
    report = compiled.validate_file(str(data)) if file else compiled.validate_text(str(data), "ntriples")
    return [
        Result(
            r.severity,
            r.source_shape or r.root_shape or "",
            r.focus_node,
            r.path,
            r.value,
            r.component,
            r.message or "",
        )
        for r in report.results
    ]


def _reference(data: Path | str, shapes: str) -> list[Result]:
    import pyshacl  # noqa: PLC0415  a fifth of a second, which only this engine is worth

    text = data.read_text(encoding="utf-8") if isinstance(data, Path) else data
    graph = Graph().parse(data=text, format="nt")
    _, report, _ = pyshacl.validate(graph, shacl_graph=Graph().parse(data=shapes, format="nt"), inference="none")
    if not isinstance(report, Graph):
        raise InputError(f"pySHACL cannot run the shapes: {report}")

    def n3(node: Node | None) -> str | None:
        return node.n3() if node is not None and hasattr(node, "n3") else None

    def local(node: Node | None) -> str:
        return str(node).rsplit("#", 1)[-1] if node is not None else ""

    return [
        Result(
            local(report.value(r, SH.resultSeverity)),
            n3(report.value(r, SH.sourceShape)) or "",
            n3(report.value(r, SH.focusNode)) or "",
            n3(report.value(r, SH.resultPath)),
            n3(report.value(r, SH.value)),
            local(report.value(r, SH.sourceConstraintComponent)),
            str(report.value(r, SH.resultMessage) or ""),
        )
        for r in report.objects(None, SH.result)
    ]


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
