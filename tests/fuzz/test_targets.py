"""The targets of fuzzing hold for a few inputs of a fixed seed; ``python -m tests.fuzz`` runs them for longer."""

from __future__ import annotations

from itertools import islice

import pytest
from tests.fuzz.inputs import INPUTS, TOKENS
from tests.fuzz.mutations import mutants
from tests.fuzz.targets import TARGETS, check

from cablegraph.sources import READERS


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_mutants_are_read_or_refused(target: str) -> None:
    """Every input gives rows that fit the register, or is refused with an error that names the file."""
    for data in islice(mutants(INPUTS[target], TOKENS[target], seed=1), 60):
        TARGETS[target](data)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(2, 6))
@pytest.mark.parametrize("target", sorted(TARGETS))
def test_many_mutants_are_read_or_refused(target: str, seed: int) -> None:
    """The same for more inputs."""
    for data in islice(mutants(INPUTS[target], TOKENS[target], seed), 400):
        TARGETS[target](data)


@pytest.mark.parametrize("reader", sorted(READERS))
def test_inputs_are_read(reader: str) -> None:
    """What mutation begins with is read into rows; a directory only where something refers to it."""
    counts = [TARGETS[reader](data) for data in INPUTS[reader]]
    assert counts
    assert all(counts) or reader == "authorities"


def test_mutants_of_a_seed() -> None:
    """A seed gives the same inputs each time."""
    first, second = (list(islice(mutants(INPUTS["sheet"], TOKENS["sheet"], 7), 30)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("records", {"source_file": "f", "source_line": 1, "unknown": "x"}),
        ("records", {"source_file": "f", "source_line": None}),
        ("records", {"source_file": "f", "source_line": 1, "pages": "2"}),
        ("records", {"source_file": "f", "source_line": 1, "captions": "x"}),
        ("records", {"source_file": "f", "source_line": 1, "number": "\ud800"}),
        ("readings", {"source_file": "f", "source_line": 1, "confidence": 1.5}),
    ],
)
def test_rows_that_do_not_fit(table: str, row: dict[str, object]) -> None:
    """A row that does not fit its table is a fault."""
    with pytest.raises(AssertionError):
        check(table, row)
