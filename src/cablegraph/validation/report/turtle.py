"""The report as RDF: the validation report of SHACL, section 3.6."""

from __future__ import annotations

import hashlib
import json
from collections import Counter

from cablegraph.validation.engines import Result
from cablegraph.validation.paths import path_turtle
from cablegraph.validation.report.rows import Report, ReportRow
from cablegraph.validation.terms import NAMELESS


def write_turtle(report: Report) -> str:
    """Write the validation report; findings are no validation results and stand in the other forms.

    Results have names. Blank nodes are only what SHACL wants as such: paths of more than a property, and shapes and focus
    nodes without a name. Place and acceptance, of which SHACL knows nothing, are notes on a result.
    """
    blocks: dict[str, str] = {}
    met: Counter[str] = Counter()
    shapes: dict[str, str] = {}
    for row in report.rows:
        if row.result is not None:
            name = _name(row, met)
            blocks[name] = (
                f"{name} a sh:ValidationResult ;\n    {_result(row, row.result, shapes)} .\n\n{_note(row, name)}"
            )
    lines = ["<urn:cablegraph:report> a sh:ValidationReport", f"sh:conforms {str(not blocks).lower()}"]
    lines += [f"sh:result {name}" for name in blocks]
    return "\n".join([_PREFIXES, " ;\n    ".join(lines) + " .\n", "".join(blocks.values())])


_PREFIXES = """@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def _name(row: ReportRow, met: Counter[str]) -> str:
    """A name from the content; the same result may be told twice, for two values of one parameter (SHACL, section 3.4.1)."""
    text = json.dumps(row.cells(), sort_keys=True)
    met[text] += 1
    again = "" if met[text] == 1 else f"-{met[text]}"
    return f"<urn:cablegraph:result:{hashlib.sha256(text.encode()).hexdigest()[:20]}{again}>"


def _result(row: ReportRow, result: Result, shapes: dict[str, str]) -> str:
    lines = [
        f"sh:focusNode {result.focus}",
        f"sh:resultSeverity {_term(result.severity)}",
        f"sh:sourceConstraintComponent {_term(result.component)}",
    ]
    if result.shape:
        lines.append(f"sh:sourceShape {_shape(result.shape, shapes)}")
    if result.constraint:
        lines.append(f"sh:sourceConstraint {result.constraint}")
    if result.path:
        lines.append(f"sh:resultPath {path_turtle(result.path)}")
    if result.value:
        lines.append(f"sh:value {result.value}")
    lines += [f"sh:resultMessage {message}" for message in result.messages or (_text(row.message),)]
    return " ;\n    ".join(lines)


def _note(row: ReportRow, name: str) -> str:
    words = [f"At {row.place()}."] if row.file else []
    words += [f"Accepted: {row.accepted}"] if row.accepted else []
    note = f"{name[:-1]}:note>"
    return (
        f"{note} a oa:Annotation ; oa:hasTarget {name} ; oa:bodyValue {_text(' '.join(words))} .\n\n" if words else ""
    )


def _term(name: str) -> str:
    return f"<{name}>" if ":" in name else f"sh:{name}"


def _shape(shape: str, shapes: dict[str, str]) -> str:
    """The shape; one whose name is ours only is a blank node, as it is in its file."""
    if not shape.startswith(f"<{NAMELESS}"):
        return shape
    return shapes.setdefault(shape, f"_:shape{len(shapes) + 1}")


def _text(text: str) -> str:
    """A literal; what JSON escapes is escaped in the same way in Turtle."""
    return json.dumps(text, ensure_ascii=False)
