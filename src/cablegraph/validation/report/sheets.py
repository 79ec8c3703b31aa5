"""The report as a table, for programs and spreadsheets: JSON Lines and CSV, one row a complaint."""

from __future__ import annotations

import csv
import io
import json

from cablegraph.validation.report.rows import Report, ReportRow

_EMPTY = ReportRow("", "", None, None, None, None, None, "")


def write_jsonl(report: Report) -> str:
    """Write one JSON object a row."""
    return "".join(json.dumps(row.cells(), ensure_ascii=False) + "\n" for row in report.rows)


def write_csv(report: Report) -> str:
    """Write a sheet with a header."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(_EMPTY.cells()), lineterminator="\n")
    writer.writeheader()
    writer.writerows(row.cells() for row in report.rows)
    return out.getvalue()
