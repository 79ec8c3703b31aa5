"""Prints the table of the cases at the end of a run with ``--table`` (``make conformance``)."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.addoption("--table", action="store_true", help="print each case with its result")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """One line a case."""
    if not config.getoption("--table", default=False):
        return
    reports = [
        (report.nodeid.partition("[")[2].rstrip("]"), outcome)
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
        if "test_case[" in report.nodeid
    ]
    for case, outcome in sorted(reports):
        terminalreporter.write_line(f"{case:<20} {outcome}")
    passed = sum(outcome == "passed" for _, outcome in reports)
    terminalreporter.write_line(f"RML-Core: {passed} of {len(reports)} cases pass")
