"""Any RDF against any shapes: what ``cablegraph check`` does."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from cablegraph import store
from cablegraph.policy import Policy
from cablegraph.validation.acceptance import accept, held_back, stopping
from cablegraph.validation.engines import validate
from cablegraph.validation.report import Report, result_rows
from cablegraph.validation.shapes import read_shapes


def check_any(data: Path, shapes: Sequence[Path], engine: str, policy: Policy) -> tuple[Report, bool]:
    """Check an RDF file or a release against shapes (those in the data where none are named).

    Returns the report and whether the data conforms: nothing stops or holds back a release by the policy.

    Raises:
        InputError: the data or shapes are missing or not valid, or the policy's file of accepted faults is not.
    """
    dump = store.dump_of(data)
    text = read_shapes(shapes or [dump], engine)
    with tempfile.TemporaryDirectory() as name:
        triples = Path(name) / "data.nt"
        store.write_triples(dump, triples)
        results = validate(triples, text, engine)
    lines = store.lines_of(dump, {result.focus for result in results})
    found = result_rows(results, lambda focus: (None, str(data), lines.get(focus)))
    complaints = accept(found, policy, text)
    return Report(complaints), not (stopping(complaints, policy) or held_back(complaints, policy))
