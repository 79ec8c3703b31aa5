"""Validation: shapes over quads, and the report in which every complaint has its place."""

from cablegraph.validation.engines import ENGINES, Result, read_shapes, validate
from cablegraph.validation.report import REPORT_WRITERS, Report, ReportRow, finding_rows, ordered, result_rows

__all__ = [
    "ENGINES", "REPORT_WRITERS", "Report", "ReportRow", "Result", "finding_rows", "ordered", "read_shapes", "result_rows", "validate",
]  # fmt: skip
