"""Validation: shapes over quads, and the report in which every complaint has its place."""

from cablegraph.validation.acceptance import UNUSED, accept, held_back, stopping
from cablegraph.validation.anything import check_any
from cablegraph.validation.engines import ENGINES, Result, validate
from cablegraph.validation.partitions import validate_at_any_size
from cablegraph.validation.report import REPORT_WRITERS, Report, ReportRow, finding_rows, result_rows
from cablegraph.validation.shapes import read_shapes

__all__ = [
    "ENGINES", "REPORT_WRITERS", "UNUSED", "Report", "ReportRow", "Result", "accept", "check_any", "finding_rows", "held_back", "read_shapes", "result_rows",
    "stopping", "validate", "validate_at_any_size",
]  # fmt: skip
