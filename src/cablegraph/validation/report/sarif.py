"""The report in SARIF 2.1.0 (OASIS), which editors and CI show at the line that is complained of."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from cablegraph import __version__
from cablegraph.validation.report.rows import Group, Report, ReportRow, constraint_page

#: SARIF knows three levels (section 3.27.10).
_LEVELS = {"violation": "error", "error": "error", "warning": "warning", "info": "note"}


def write_sarif(report: Report) -> str:
    """Write one run: each rule is declared once, each complaint names its rule by id and index."""
    rules: dict[str, dict[str, Any]] = {}
    for group in report.groups():
        rules.setdefault(group.rule, _rule(group))
    index = {rule: number for number, rule in enumerate(rules)}
    driver = {
        "name": "cablegraph",
        "version": __version__,
        "informationUri": "https://w3id.org/diplomatic-records/",
        "rules": list(rules.values()),
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(row, index[row.rule]) for row in report.rows],
    }
    document = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _rule(group: Group) -> dict[str, Any]:
    """A reportingDescriptor (section 3.49); the help is what the message says to do."""
    text = group.message or f"{group.rule}: see the message of each result."
    rule: dict[str, Any] = {
        "id": group.rule,
        "shortDescription": {"text": text.split(";", 1)[0]},
        "help": {"text": text},
        "defaultConfiguration": {"level": _LEVELS.get(group.severity, "note")},
    }
    if page := constraint_page(group.rows[0].component):
        rule["helpUri"] = page
    return rule


def _result(row: ReportRow, index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": row.rule,
        "ruleIndex": index,
        "level": _LEVELS.get(row.severity, "note"),
        "message": {"text": row.message},
        "properties": {key: value for key, value in (("field", row.field), ("printed", row.value)) if value},
    }
    if row.accepted:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": row.accepted}]
    location: dict[str, Any] = {}
    if row.file:
        region = {"region": {"startLine": row.line}} if row.line else {}
        location["physicalLocation"] = {"artifactLocation": {"uri": quote(row.file)}} | region
    if row.subject():
        location["logicalLocations"] = [{"fullyQualifiedName": row.subject()}]
    if location:
        result["locations"] = [location]
    return result
