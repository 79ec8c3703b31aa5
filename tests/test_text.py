"""The text of parts is published only where the publication says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cablegraph import folders, pipeline
from cablegraph.publication import read_publication


@pytest.mark.parametrize("text", ["none", "full"])
def test_without_text_only_parts_that_say_something_are_published(tmp_path: Path, text: str) -> None:
    """Sections and numbered paragraphs are always published, unnumbered ones and all text only in full."""
    publication = replace(read_publication(folders.SAMPLE / "cablegraph.toml", tmp_path), text=text)
    pipeline.publish(publication, tmp_path / "out", pipeline.Options())
    triples = (tmp_path / "out/dumps/missile-crisis-telegrams.nq").read_text(encoding="utf-8")
    assert "#usun-1862/1/II> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>" in triples
    assert "#usun-1862/1/I.1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>" in triples
    assert ("<https://schema.org/text>" in triples) == (text == "full")
    assert ("#usun-1862/1/I.p1> " in triples) == (text == "full")
