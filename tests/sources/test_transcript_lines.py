"""What each line of a transcript is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.sources.source import Source
from cablegraph.sources.transcript.columns import columns
from cablegraph.sources.transcript.lines import Kind, Line, read_lines
from cablegraph.sources.transcript.repairs import figures


def lines_of(text: str) -> list[Line]:
    """The lines of a text."""
    return read_lines(Source("t", "t.txt", None, "transcript", text.encode()))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", Kind.BLANK),
        ("THE SHIPS LEFT.", Kind.TEXT),
        ("-2- 2222, MARCH 3, 11 PM FROM MOSCOW", Kind.PAGE_HEAD),
        ("- 12 -", Kind.PAGE_HEAD),
        ("-I2- 2222, MARCH 3, 11 PM FROM MOSCOW", Kind.PAGE_HEAD),
        ("2- 2222, MARCH 3, 11 PM FROM MOSCOW", Kind.PAGE_HEAD),
        ("TOP SECRET", Kind.CLASSIFICATION),
        ("X SECRET", Kind.CLASSIFICATION),
        ("C O N F I D E N T I A L", Kind.CLASSIFICATION),
        ("**SECRET**", Kind.CLASSIFICATION),
        ("SECRET TALKS", Kind.TEXT),
        ('"Declassified for Publication"', Kind.DECLASSIFICATION),
        ("MICROFILMED FOR", Kind.MICROFILM),
        ("NAME\t\tDATE", Kind.FORM),
        ("| NAME | DATE |", Kind.FORM),
        ("GPO 9-30-60", Kind.FORM),
        ("FILE COPY", Kind.COPY),
        ("CU 1025", Kind.CODE),
        ("1963/03/03", Kind.CODE),
        ("00122", Kind.CODE),
        ("ABC/12", Kind.OPERATOR),
        ("NNNN", Kind.OPERATOR),
    ],
)
def test_kinds(text: str, kind: Kind) -> None:
    """A line is told by what stands in it."""
    assert lines_of(f"WORDS\n{text}\n")[1].kind is kind


def test_quoted_mark_over_lines() -> None:
    """A declassification mark in quotes goes on to the line that closes it, and no further."""
    kinds = [line.kind for line in lines_of('"Declassified for\nPublication"\nTHE SHIPS LEFT.\n')]
    assert kinds[:3] == [Kind.DECLASSIFICATION, Kind.DECLASSIFICATION, Kind.TEXT]


def test_quoted_mark_that_never_closes() -> None:
    """A mark whose quotes never close takes two more lines at most."""
    kinds = [line.kind for line in lines_of('"Declassified for\nPublication\nIN A SERIES\nTHE SHIPS LEFT.\n')]
    assert kinds[3] is Kind.TEXT


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0\t"), max_size=30), min_size=1, max_size=10)
)
def test_numbers_and_words(texts: list[str]) -> None:
    """Lines keep their numbers, and the typed line is kept whole."""
    text = "WORDS\n" + "\n".join(texts)
    lines = lines_of(text)
    typed = {line.number: line.typed for line in lines if line.typed is not None}
    assert sorted(typed) == list(range(1, text.count("\n") + 2))
    for number, line in enumerate(text.split("\n"), 1):
        assert typed[number] in (line.strip(), line.replace("**", "").strip()) or "**" in line


@given(st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=80))
def test_columns_lose_nothing(text: str) -> None:
    """Parting a line into columns loses no letter and no figure."""
    kept = "".join(columns(text.strip()))
    assert [mark for mark in kept if mark.isalnum()] == [mark for mark in text if mark.isalnum()]


@pytest.mark.parametrize(
    "text",
    [
        "WE SHALL PASS TO: EVERYBODY.",
        "HE SAID NO.  FROM: THAT DAY HE WAS SILENT",
        "THE PRIORITY OF THE SECRET PLAN",
        "SUBJECT: SHIPS  AND HARBORS",
    ],
)
def test_text_is_never_parted(text: str) -> None:
    """Words of the text that look like labels part no line."""
    assert columns(text) == [text]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("I862, N0VEMBER I9, 8:2O PM", "1862, NOVEMBER 19, 8:20 PM"),
        ("NOVEMBER IO", "NOVEMBER 10"),
        ("OIL IN 1962", "OIL IN 1962"),
        ("A-12", "A-12"),
        ("I AM", "I AM"),
    ],
)
def test_figures(printed: str, read: str) -> None:
    """Letters beside figures, or behind a month, are read as figures; words stay words."""
    assert figures(printed) == read


@given(st.text(max_size=60))
def test_figures_keep_places(text: str) -> None:
    """A repaired text has the length of the printed one, so that offsets serve for both."""
    assert len(figures(text)) == len(text)
