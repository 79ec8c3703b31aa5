"""Each shared volume in turn."""

from __future__ import annotations

import pytest
from shared_volumes import NAMES

ABSENT = pytest.param("", marks=pytest.mark.skip(reason="the folder ../shared is absent"))


@pytest.fixture(params=NAMES or [ABSENT])
def volume(request: pytest.FixtureRequest) -> str:
    """The name of each volume in turn."""
    name: str = request.param
    return name
