"""Validation: shapes over quads, and the report in which every complaint has its place."""

from cablegraph.validation.engines import ENGINES, Result, read_shapes, validate
from cablegraph.validation.report import REPORT_WRITERS, ReportRow, finding_rows, result_rows

__all__ = [
    "ENGINES", "REPORT_WRITERS", "ReportRow", "Result", "finding_rows", "read_shapes", "result_rows", "validate",
]  # fmt: skip
