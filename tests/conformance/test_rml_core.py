"""The test cases of RML-Core, by the W3C's Community Group: the graph that each one expects, or its refusal.

A case is a folder of ``../shared/conformance/rml-core``: ``mapping.ttl``, its source files, and ``output.nq``; one without
``output.nq`` must be refused. The base is the one that the cases name.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from cablegraph.errors import InputError
from cablegraph.mapping import map_files, read_mappings

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "conformance" / "rml-core"
CASES = sorted(path.name for path in FOLDER.glob("*/")) if FOLDER.is_dir() else []
BASE = "http://example.com/"


def dataset(text: bytes) -> ox.Dataset:
    """The quads of N-Quads, with blank nodes named by where they stand.

    Read leniently: a case asks for IRIs that are none (rml:UnsafeIRI).
    """
    quads = ox.Dataset(ox.parse(text, format=ox.RdfFormat.N_QUADS, lenient=True))
    quads.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return quads


def test_there_are_cases(shared: Path) -> None:
    """The shared folder has the cases; a clone without it skips this test, and has no others here."""
    if not FOLDER.is_dir():
        pytest.skip("the folder ../shared/conformance is absent")
    assert CASES, f"{shared}/conformance/rml-core is empty"


@pytest.mark.parametrize("case", CASES)
def test_case(case: str, tmp_path: Path) -> None:
    """The mapping of the case gives its graph, or is refused."""
    mapping, expected, out = FOLDER / case / "mapping.ttl", FOLDER / case / "output.nq", tmp_path / "out.nq"
    if not expected.is_file():
        with pytest.raises(InputError) as caught:
            map_files(read_mappings(mapping, BASE), mapping, {}, out, tmp_path)
        assert caught.value.file is not None
        assert not out.exists()
        return
    map_files(read_mappings(mapping, BASE), mapping, {}, out, tmp_path)
    assert dataset(out.read_bytes()) == dataset(expected.read_bytes())
