"""Fixtures that all tests share, and the lines that a test wants to be seen at the end of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared test data beside the checkout; tests that need it are skipped where it is absent."""
    if not SHARED.exists():
        pytest.skip("the folder ../shared is absent")
    for name in ("seed", "data", "vocab"):
        if not any((SHARED / name).iterdir()):
            pytest.fail(f"../shared/{name} is empty")
    return SHARED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what tests noted with ``record_property("shown", …)``, from every process."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", None) == "call":
                for name, text in report.user_properties:
                    if name == "shown":
                        terminalreporter.write_line(str(text))
