"""The report as a table, for programs and spreadsheets: JSON Lines and CSV, one row a complaint."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict, fields

from cablegraph.validation.report.rows import Report, ReportRow


def write_jsonl(report: Report) -> str:
    """Write one JSON object a row."""
    return "".join(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in report.rows)


def write_csv(report: Report) -> str:
    """Write a sheet with a header."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [field.name for field in fields(ReportRow)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in report.rows)
    return out.getvalue()
