"""The report: one row a complaint, whether a finding of a reader or a result of a shape, with its place and what to do."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any
from urllib.parse import quote

from cablegraph.validation.engines import Result

_SHAPES = "https://w3id.org/diplomatic-records/shapes#"
_SH = "http://www.w3.org/ns/shacl#"
SEVERITIES = ("violation", "error", "warning", "info")


@dataclass(frozen=True)
class ReportRow:
    """One complaint. ``rule`` is a shape or the kind of a finding; ``file`` and ``line`` are where it comes from."""

    severity: str
    rule: str
    file: str | None
    line: int | None
    record: str | None
    field: str | None
    value: str | None
    message: str
    focus: str | None = None
    component: str | None = None

    def place(self) -> str:
        """``file:line``, or what is known of it."""
        return ":".join(str(part) for part in (self.file, self.line) if part is not None) or "-"


def finding_rows(findings: Iterable[Mapping[str, Any]]) -> list[ReportRow]:
    """Turn rows of the ``findings`` table into rows of the report."""
    return [
        ReportRow(
            row["severity"],
            row["kind"],
            row["source_file"],
            row["source_line"],
            row["record"],
            row["field"],
            row["value"],
            row["message"],
        )
        for row in findings
    ]


def result_rows(
    results: Iterable[Result], place_of: Callable[[str], tuple[str | None, str | None, int | None]]
) -> list[ReportRow]:
    """Turn validation results into rows; ``place_of`` gives record, file and line of a focus node."""
    rows = []
    for result in results:
        record, file, line = place_of(result.focus)
        rows.append(
            ReportRow(
                result.severity.casefold(),
                result.shape.strip("<>").removeprefix(_SHAPES),
                file,
                line,
                record,
                result.path,
                result.value,
                result.message,
                result.focus,
                result.component,
            )
        )
    return rows


def ordered(rows: Iterable[ReportRow]) -> list[ReportRow]:
    """Sort rows: the gravest first, then by rule and place."""
    rank = {severity: number for number, severity in enumerate(SEVERITIES)}

    def key(row: ReportRow) -> tuple[object, ...]:
        known = (row.record, row.focus, row.field, row.value, row.message)
        return (rank.get(row.severity, 9), row.rule, row.file or "", row.line or 0, *(part or "" for part in known))

    return sorted(rows, key=key)


def grouped(rows: Sequence[ReportRow]) -> dict[tuple[str, str, str], list[ReportRow]]:
    """Group rows by severity, rule and message, in the order given."""
    groups: dict[tuple[str, str, str], list[ReportRow]] = defaultdict(list)
    for row in rows:
        groups[row.severity, row.rule, row.message].append(row)
    return dict(groups)


def write_text(rows: Sequence[ReportRow]) -> str:
    """For people at a terminal: grouped by rule, with counts and three examples each."""
    if not rows:
        return "Conforms: no complaint.\n"
    out = []
    for (severity, rule, message), group in grouped(rows).items():
        out.append(f"{severity}: {rule} ({len(group)})\n  {message}\n")
        for row in group[:3]:
            what = " ".join(part for part in (row.field, row.value) if part)
            out.append(f"    {row.place()}  {row.record or row.focus or ''}  {what}".rstrip() + "\n")
        if len(group) > 3:
            out.append(f"    … and {len(group) - 3} more\n")
    counts = ", ".join(f"{n} {s}" for s in SEVERITIES if (n := sum(row.severity == s for row in rows)))
    return "".join(out) + f"\n{counts}\n"


def write_jsonl(rows: Sequence[ReportRow]) -> str:
    """One JSON object a row."""
    return "".join(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows)


def write_csv(rows: Sequence[ReportRow]) -> str:
    """A sheet with a header."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [field.name for field in fields(ReportRow)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows)
    return out.getvalue()


def write_turtle(rows: Sequence[ReportRow]) -> str:
    """The validation report that SHACL defines; findings are no validation results and stand in the other forms."""
    results = [row for row in rows if row.focus]
    out = [f"@prefix sh: <{_SH}> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\n"]
    names = []
    blocks = []
    for row in results:
        digest = hashlib.sha256(json.dumps(asdict(row), sort_keys=True).encode()).hexdigest()[:20]
        names.append(f"<urn:cablegraph:result:{digest}>")
        shape = row.rule if "://" in row.rule else f"{_SHAPES}{row.rule}"
        lines = [
            f"sh:focusNode {row.focus}",
            f"sh:resultSeverity sh:{row.severity.capitalize()}",
            f"sh:sourceConstraintComponent sh:{row.component}",
            f"sh:resultMessage {json.dumps(row.message, ensure_ascii=False)}",
        ]
        if row.rule and not row.rule.startswith("_:"):
            lines.append(f"sh:sourceShape <{shape}>")
        if row.field and row.field.startswith("<") and row.field.endswith(">") and " " not in row.field:
            lines.append(f"sh:resultPath {row.field}")
        if row.value:
            lines.append(f"sh:value {row.value}")
        if row.file:
            lines.append(f"sh:resultMessage {json.dumps(f'At {row.place()}.', ensure_ascii=False)}")
        blocks.append(f"{names[-1]} a sh:ValidationResult ;\n    " + " ;\n    ".join(lines) + " .\n\n")
    out.append("<urn:cablegraph:report> a sh:ValidationReport ;\n")
    out.append(f"    sh:conforms {str(not results).lower()}")
    out += [f" ;\n    sh:result {name}" for name in dict.fromkeys(names)]
    return "".join([*out, " .\n\n", *dict.fromkeys(blocks)])


def write_sarif(rows: Sequence[ReportRow]) -> str:
    """SARIF 2.1.0, which editors and CI show in place."""
    levels = {"violation": "error", "error": "error", "warning": "warning", "info": "note"}
    results = []
    for row in rows:
        result: dict[str, Any] = {
            "ruleId": row.rule,
            "level": levels.get(row.severity, "note"),
            "message": {"text": row.message},
        }
        if row.file:
            region = {"region": {"startLine": row.line}} if row.line else {}
            result["locations"] = [{"physicalLocation": {"artifactLocation": {"uri": quote(row.file)}} | region}]
        results.append(result)
    rules = [{"id": rule} for rule in dict.fromkeys(row.rule for row in rows)]
    run = {
        "tool": {
            "driver": {"name": "cablegraph", "informationUri": "https://w3id.org/diplomatic-records/", "rules": rules}
        },
        "results": results,
    }
    document = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


_HTML_HEAD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Validation report</title><style>
:root { color-scheme: light dark; } body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; } th, td { border-bottom: 1px solid #8886; padding: .3rem .6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin-top: 2rem; } .violation, .error { border-left: .4rem solid #c33; padding-left: .6rem; } .warning { border-left: .4rem solid #c90; padding-left: .6rem; } .info { border-left: .4rem solid #39c; padding-left: .6rem; }
</style></head><body><h1>Validation report</h1>
"""


def write_html(rows: Sequence[ReportRow]) -> str:
    """One static page, readable without JavaScript: each rule with count, share and examples."""
    out = [_HTML_HEAD]
    if not rows:
        out.append("<p>Conforms: no complaint.</p>\n")
    for (severity, rule, message), group in grouped(rows).items():
        share = 100 * len(group) / len(rows)
        out.append(f'<section class="{html.escape(severity)}"><h2>{html.escape(severity)}: {html.escape(rule)}</h2>\n')
        out.append(f"<p>{html.escape(message)}</p><p>{len(group)} of {len(rows)} complaints ({share:.1f} %)</p>\n")
        out.append("<table><thead><tr><th>Place</th><th>Record</th><th>Field</th><th>Value</th></tr></thead><tbody>\n")
        for row in group[:20]:
            cells = (row.place(), row.record or row.focus or "", row.field or "", row.value or "")
            out.append("<tr>" + "".join(f"<td><bdi>{html.escape(cell)}</bdi></td>" for cell in cells) + "</tr>\n")
        out.append("</tbody></table>")
        if len(group) > 20:
            out.append(f"<p>… and {len(group) - 20} more; all stand in report.csv and report.jsonl.</p>")
        out.append("</section>\n")
    return "".join([*out, "</body></html>\n"])


#: The forms of a report by name, as ``check --format`` takes them.
REPORT_WRITERS: dict[str, Callable[[Sequence[ReportRow]], str]] = {
    "human": write_text,
    "html": write_html,
    "jsonl": write_jsonl,
    "csv": write_csv,
    "turtle": write_turtle,
    "sarif": write_sarif,
}
