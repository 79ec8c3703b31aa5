"""Labels of paragraphs read by the structure in which they stand, and page heads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.sources.transcript.groups import read_group
from cablegraph.sources.transcript.numbering import ROMAN, gaps, read_labels, readings
from cablegraph.sources.transcript.page_heads import read_page_head


def read(*labels: str) -> list[str | None]:
    """Labels as they are read; one that ends with ``?`` is weak."""
    found = read_labels([(label.removesuffix("?"), label.endswith("?")) for label in labels])
    return [reading.label if reading else None for reading in found]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("1. 1. 2. 3. II. III.", "I. 1. 2. 3. II. III."),
        ("I. 2. 3.", "1. 2. 3."),
        ("l. 2.", "1. 2."),
        ("1. Z. 3. 4. S. 6. 7. B. 9. IO. II.", "1. 2. 3. 4. 5. 6. 7. 8. 9. 10. 11."),
        ("(l) (2)", "(1) (2)"),
        ("1. (8) (C)", "1. (B) (C)"),
        ("A. 8. C.", "A. B. C."),
        ("1. I. 2. 3. II.", "I. 1. 2. 3. II."),
        ("I. II. 111. IV.", "I. II. III. IV."),
        ("(1) 2. (3)", "(1) (2) (3)"),
        ("(i) (ii) (iii)", "(i) (ii) (iii)"),
        ("G. H. I. J.", "G. H. I. J."),
        ("1. 1. 1.", "1. 1. 1."),
        ("1. A. B. 2. A. B.", "1. A. B. 2. A. B."),
    ],
)
def test_labels_by_their_structure(printed: str, expected: str) -> None:
    """Of the ways to read labels the one that needs the fewest repairs and gaps is taken."""
    assert read(*printed.split()) == expected.split()


def test_weak_labels() -> None:
    """A number with another mark than a full stop is a label only where it goes on with the numbering."""
    assert read("1.", "2,?", "3.") == ["1.", "2.", "3."]
    assert read("1.", "19,?", "2.") == ["1.", None, "2."]


def test_gaps() -> None:
    """A number that is missing within a list is told with the label behind it."""
    assert gaps(read_labels([(label, False) for label in ("1.", "2.", "4.")])) == [(2, "3")]
    assert gaps(read_labels([(label, False) for label in ("I.", "(1)", "(2)", "III.")])) == [(3, "II")]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=5))
def test_plain_numbering_is_never_repaired(counts: list[int]) -> None:
    """Sections with lists in them are read as they are printed."""
    labels = []
    for section, count in enumerate(counts):
        labels += [f"{ROMAN[section]}.", *(f"{n}." for n in range(1, count + 1))]
    if len(counts) > 1 and counts[0] != 1:
        assert read(*labels) == labels


@given(st.lists(st.text("1Il2Z5S8B0O.()A", min_size=1, max_size=4), max_size=40))
def test_any_labels(labels: list[str]) -> None:
    """Whatever stands as a label, each is read or passed over."""
    assert len(read_labels([(label, True) for label in labels])) == len(labels)
    assert all(reading.value > 0 for label in labels for reading in readings(label))


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("-2- 2222, MARCH 3, 11 PM FROM MOSCOW", 2),
        ("2- 2222, MARCH 3, 11 PM FROM MOSCOW", 2),
        ("~2- 2222, MARCH 3, 11 PM FROM MOSCOW", 2),
        ("-Z- 2222, MARCH 3, 11 PM FROM MOSCOW", 2),
        ("- 2222, MARCH 3, 11 PM FROM M0SCOW", None),
        ("2222, MARCH 3, 11 PM FROM MOSCOW", None),
        ("-3-", 3),
        ("PAGE 02 MOSCOW 01234 262352Z", 2),
        ("PAGE O2        MOSCOW  O1234  262352Z", 2),
    ],
)
def test_page_heads(text: str, page: int | None) -> None:
    """The head of a page is known, worn too; its number may be lost."""
    head = read_page_head(text)
    assert head is not None
    assert head.page == page


@pytest.mark.parametrize(
    "text", ["PAGE 2 OF THE REPORT SAYS", "2222 SHIPS LEFT ON MARCH 3", "- HE SAID SO", "19, MARCH 3", "", "A" * 200]
)
def test_no_page_heads(text: str) -> None:
    """Other lines are none."""
    assert read_page_head(text) is None


@pytest.mark.parametrize(
    ("line", "text", "letters", "damaged"),
    [
        ("P 262340Z JAN 77", "262340Z JAN 77", "P", False),
        ("O P 262340Z JAN 77", "262340Z JAN 77", "OP", False),
        ("P 26234OZ JAN 77", "262340Z JAN 77", "P", True),
        ("0 2623402 JAN77", "262340Z JAN 77", "O", True),
        ("P262340Z JAN 77", "262340Z JAN 77", "P", False),
        ("P 262340Z", "262340Z", "P", False),
    ],
)
def test_date_time_groups(line: str, text: str, letters: str, damaged: bool) -> None:
    """A group is read with its letters; what was damaged says so."""
    group = read_group(line)
    assert group is not None
    assert (group.text, group.letters, group.damaged) == (text, letters, damaged)
    assert group.sent == ("1977-01-26T23:40:00" if "JAN" in text else None)


@pytest.mark.parametrize(
    "line", ["P 962340Z JAN 77", "262340Z", "262340", "P 262340Z XXX 77", "THE 262340Z JAN 77 MESSAGE WAS LONG"]
)
def test_no_date_time_groups(line: str) -> None:
    """A day or an hour that does not exist, or other words, make no group."""
    assert read_group(line) is None
