"""Who holds a document, and in which files."""

from __future__ import annotations

import pytest

from cablegraph.sources.frus.holding import holder_and_collection
from cablegraph.sources.frus.note import read_source_note


@pytest.mark.parametrize(
    ("repository", "collection", "held"),
    [
        ("CIA Files: Job 85–00664R", "Box 3", ("CIA", "Files: Job 85–00664R, Box 3")),
        ("CIA/DDO/LA/COG Files: Job 82–00679R", None, ("CIA", "DDO/LA/COG Files: Job 82–00679R")),
        ("CIA: Job 80–51676R", "Box 1", ("CIA", "Job 80–51676R, Box 1")),
        (
            "Central Intelligence Agency Files",
            "Job 79-R01012A",
            ("Central Intelligence Agency", "Files, Job 79-R01012A"),
        ),
        ("USUN Files: NYFRC 84–84–001", None, ("USUN", "Files: NYFRC 84–84–001")),
        ("Department of State", "Central Files", ("Department of State", "Central Files")),
        ("NEA Files: Lot 59 D 518", None, ("NEA Files: Lot 59 D 518", None)),
    ],
)
def test_an_agency_holds_its_own_files(repository: str, collection: str | None, held: tuple[str, str | None]) -> None:
    """The name before its files is the holder; an office of a department is none."""
    assert holder_and_collection(repository, collection) == held


@pytest.mark.parametrize("word", ["Source:", "[Source:", "Sources:", "Source;", "source:"])
def test_the_word_before_the_holder_is_no_part_of_it(word: str) -> None:
    """Printed in brackets, in the plural, with a slip: the note is read all the same."""
    note = read_source_note(f"{word} Department of State, Central Files, 611.41/1–1661. Secret.")
    assert (note.repository, note.file_number, note.classification) == (
        "Department of State",
        "611.41/1–1661",
        "Secret",
    )
