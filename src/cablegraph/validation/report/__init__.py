"""The report, in every form that it is asked for: one module a form, and one table of them."""

from __future__ import annotations

from collections.abc import Callable

from cablegraph.validation.report.human import write_human
from cablegraph.validation.report.page import write_html
from cablegraph.validation.report.rows import Report, ReportRow, finding_rows, ordered, result_rows
from cablegraph.validation.report.sarif import write_sarif
from cablegraph.validation.report.sheets import write_csv, write_jsonl
from cablegraph.validation.report.turtle import write_turtle

__all__ = ["REPORT_WRITERS", "Report", "ReportRow", "finding_rows", "ordered", "result_rows"]

#: The forms of a report by name, as ``check --format`` takes them.
REPORT_WRITERS: dict[str, Callable[[Report], str]] = {
    "human": write_human,
    "html": write_html,
    "jsonl": write_jsonl,
    "csv": write_csv,
    "turtle": write_turtle,
    "sarif": write_sarif,
}
