"""The report as RDF: the validation report of SHACL, section 3.6."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from cablegraph.validation.report.rows import SHAPES, Report, ReportRow


def write_turtle(report: Report) -> str:
    """Write the validation report; findings are no validation results and stand in the other forms. No blank nodes."""
    results = {_name(row): _result(row) for row in report.rows if row.focus}
    lines = ["<urn:cablegraph:report> a sh:ValidationReport", f"sh:conforms {str(not results).lower()}"]
    lines += [f"sh:result {name}" for name in results]
    blocks = "".join(f"{name} a sh:ValidationResult ;\n    {block} .\n\n" for name, block in results.items())
    return "\n".join([_PREFIXES, " ;\n    ".join(lines) + " .\n", blocks])


_PREFIXES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def _name(row: ReportRow) -> str:
    digest = hashlib.sha256(json.dumps(asdict(row), sort_keys=True).encode()).hexdigest()[:20]
    return f"<urn:cablegraph:result:{digest}>"


def _result(row: ReportRow) -> str:
    own = row.component is not None and ":" in row.component
    component = f"<{row.component}>" if own else f"sh:{row.component}"
    lines = [
        f"sh:focusNode {row.focus}",
        f"sh:resultSeverity sh:{row.severity.capitalize()}",
        f"sh:sourceConstraintComponent {component}",
        f"sh:resultMessage {_text(row.message)}",
    ]
    if row.rule and not row.rule.startswith("_:"):
        lines.append(f"sh:sourceShape <{row.rule if ':' in row.rule else SHAPES + row.rule}>")
    if row.field and row.field.startswith("<") and row.field.endswith(">") and " " not in row.field:
        lines.append(f"sh:resultPath {row.field}")
    if row.value:
        lines.append(f"sh:value {row.value}")
    if row.file:
        lines.append(f"sh:resultMessage {_text(f'At {row.place()}.')}")
    if row.accepted:
        lines.append(f"sh:resultMessage {_text(f'Accepted: {row.accepted}')}")
    return " ;\n    ".join(lines)


def _text(text: str) -> str:
    """A literal; what JSON escapes is escaped in the same way in Turtle."""
    return json.dumps(text, ensure_ascii=False)
