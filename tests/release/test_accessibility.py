"""Pages in a real browser: axe-core finds nothing, in light, in dark and on a telephone, and nothing is asked of anybody else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from served import program, run

OUTPUT = Path(__file__).parents[2] / "output"
PAGES = (
    "index.html",
    "browse/records.html",
    "record/in.usun.1862.1962-11-19.html",
    "agent/usun.html",
    "ontology/index.html",
    "report/report.html",
)


def test_pages_are_accessible_and_ask_nobody(tmp_path: Path) -> None:
    """WCAG 2.2 AA and the best practices that axe-core knows; pages fetch their style sheet and no more, and are not wider than a telephone."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed (scripts/system_packages.py)")
    command = program("playwright-core", str(Path(__file__).parents[1] / "node" / "axe.mjs"))
    found = [
        json.loads(line)
        for line in run([*command, chromium, *((OUTPUT / page).as_uri() for page in PAGES)], tmp_path).splitlines()
    ]
    assert len(found) == 3 * len(PAGES)
    assert [(each["address"], each["look"], each["violations"]) for each in found if each["violations"]] == []
    assert all(each["passes"] > 15 for each in found)
    assert {Path(address).name for each in found for address in each["asked"]} <= {
        *(Path(page).name for page in PAGES),
        *("site.css", "model.svg", "usun-1862.svg"),
    }
    assert [each["address"] for each in found if each["wide"] and "/ontology/" not in each["address"]] == []
