"""A release that tests of keeping and checking share, since publishing is what takes them long."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from published import ALSO, BAD, GOOD, ODD, publish, sheet


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second release of two: dumps in five formats, tables in both, a step of changes, a record in quarantine.

    Nobody changes it; its sources and shapes stand beside it.
    """
    folder = tmp_path_factory.mktemp("good")
    publish(sheet(folder, GOOD, version="1.0.0", dumps=("nq",), descriptions=()), folder / "one")
    given = sheet(
        folder, GOOD.replace("Secret", "Confidential"), ALSO, ODD, BAD, version="2.0.0", previous=folder / "one",
        dumps=("ttl", "nq", "nt", "trig", "jsonld"), tables=("parquet", "csv"), descriptions=("void", "dcat-ap", "nde", "schema", "edm"),
    )  # fmt: skip
    publish(replace(given, policy=given.policy.with_violations("quarantine")), folder / "two")
    return folder / "two"
