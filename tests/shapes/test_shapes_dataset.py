"""The description of a release: what is right passes, what is wrong fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CHECKSUM = f"""ex:sum a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_sha256 ;
  spdx:checksumValue '{"ab" * 32}'^^xsd:hexBinary ."""
FILE = f"""ex:file a dcat:Distribution ; dcat:accessURL ex:x.ttl ; dcat:downloadURL ex:x.ttl ;
  spdx:checksum ex:sum ;
  dcat:mediaType <https://www.iana.org/assignments/media-types/text/turtle> ;
  dcat:byteSize '12'^^xsd:nonNegativeInteger . {CHECKSUM}"""
DATASET = f"""ex:set a dcat:Dataset, void:Dataset ; dct:title 'Telegrams'@en ;
  dct:description 'Sixty telegrams.'@en ; dct:publisher ex:me ;
  dct:license <https://creativecommons.org/publicdomain/zero/1.0/> ;
  dct:issued '1962-11-19'^^xsd:date ; void:triples 5 ;
  dcat:distribution ex:file . {FILE}"""

CASES = [
    ("dataset", DATASET, DATASET.replace("dct:title 'Telegrams'@en ;", ""), "dataset-title"),
    ("dataset", DATASET, DATASET.replace("'1962-11-19'^^xsd:date", "'1962-11-19'"), "dataset-issued"),
    (
        "dataset",
        DATASET,
        DATASET.replace("<https://creativecommons.org/publicdomain/zero/1.0/>", "'CC0'"),
        "dataset-license",
    ),
    (
        "dataset",
        DATASET,
        DATASET.replace("dcat:distribution ex:file", "dcat:distribution ex:lost"),
        "dataset-distribution",
    ),
    ("distribution", FILE, FILE.replace("'12'^^xsd:nonNegativeInteger", "12"), "distribution-byteSize"),
    (
        "distribution",
        FILE,
        FILE.replace("<https://www.iana.org/assignments/media-types/text/turtle>", "'text/turtle'"),
        "distribution-mediaType",
    ),
    ("checksum", CHECKSUM, CHECKSUM.replace("abab'", "'"), "checksum-value"),
]


@pytest.mark.parametrize(("shape", "good", "bad", "refused_by"), CASES, ids=[f"{c[0]}:{c[3]}" for c in CASES])
def test_shape_accepts_and_refuses(
    hold: Callable[[str, str, str, str], None], shape: str, good: str, bad: str, refused_by: str
) -> None:
    """A shape accepts the right example and refuses the wrong one, and both engines report the same."""
    hold(shape, good, bad, refused_by)
