"""Any RDF against any shapes: what ``cablegraph check`` does."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from cablegraph import store
from cablegraph.policy import Policy
from cablegraph.validation.acceptance import accept, held_back, stopping
from cablegraph.validation.engines import Result
from cablegraph.validation.partitions import PARTITION, validate_at_any_size
from cablegraph.validation.report import Report, result_rows
from cablegraph.validation.shapes import read_shapes


def check_any(
    data: Path,
    shapes: Sequence[Path],
    engine: str,
    policy: Policy,
    jobs: int = 1,
    size: int = PARTITION,
    tell: Callable[[str], None] = lambda message: None,
) -> tuple[Report, bool]:
    """Check an RDF file or a release against shapes (those in the data where none are named).

    What has more than ``size`` bytes of N-Triples is checked in partitions, in ``jobs`` processes. ``tell``
    is told what shapes name and do not describe.

    Returns the report and whether the data conforms: nothing stops or holds back a release by the policy.

    Raises:
        InputError: the data or shapes are missing or not valid, or the policy's file of accepted faults is not.
    """
    files = store.dump_of(data)
    text = read_shapes(shapes or files, engine, tell)
    with tempfile.TemporaryDirectory() as name:
        results = _results_of(files, text, engine, Path(name), jobs, size)
    places = store.places_of(files, {(result.focus, result.path, result.value) for result in results})
    nowhere = (files[0] if len(files) == 1 else data, None)

    def place(result: Result) -> tuple[None, str, int | None]:
        file, line = places.get((result.focus, result.path, result.value), nowhere)
        return None, str(file), line

    found = result_rows(results, place)
    complaints = accept(found, policy, text)
    return Report(complaints), not (stopping(complaints, policy) or held_back(complaints, policy))


def _results_of(files: Sequence[Path], shapes: str, engine: str, work: Path, jobs: int, size: int) -> list[Result]:
    triples = files[0]
    if len(files) > 1 or triples.suffix not in (".nt", ".nq") or engine != "shacl":
        triples = work / "data.nt"
        store.write_triples(files, triples)
    return validate_at_any_size(triples, shapes, work, engine=engine, jobs=jobs, size=size)
