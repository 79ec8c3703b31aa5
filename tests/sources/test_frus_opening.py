"""How printed telegrams and despatches open."""

from __future__ import annotations

import pytest

from cablegraph.sources.frus.kinds import tell_kind
from cablegraph.sources.frus.opening import leading_marks, message_number, serial_number


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        ("secret", ("Secret", [])),
        ("Top Secret Priority", ("Top Secret", ["Priority"])),
        ("Secret No. 1021", ("Secret", [])),
        ("Secret Eyes Only for the Secretary", ("Secret", ["Eyes Only for the Secretary"])),
        ("Secret matters were discussed", None),
        ("No. 1021", None),
    ],
)
def test_lines_of_marks(line: str, marks: tuple[str, list[str]] | None) -> None:
    """A line of classification, precedence and captions holds nothing else, but perhaps the serial number."""
    assert leading_marks(line) == marks


@pytest.mark.parametrize(
    ("opening", "number"),
    [
        (["Restricted", "No. 1459"], "1459"), (["Confidential No. 1324", "The recent visit"], "1324"), (["No. A-12"], "A-12"),
        (["See telegram No. 12"], None), (["The text of note No. 5 follows."], None),
    ],
)  # fmt: skip
def test_serial_numbers_stand_in_a_line_of_their_own(opening: list[str], number: str | None) -> None:
    """A number in running text is that of another document."""
    assert serial_number(opening) == number


@pytest.mark.parametrize(
    ("opening", "kind"),
    [
        (["Aide-Mémoire", "The Department acknowledges"], "aide-mémoire"),
        (["Secret", "The Australian Ambassador presents his compliments to the Secretary"], "note"),
        (["140300Z. US military eyes only."], "telegram"),
        (["Subject: Your meeting"], "memorandum"),
        (["Dear Mr. Secretary:"], "letter"),
        (["We met at noon."], None),
    ],
)
def test_first_words_tell_the_kind(opening: list[str], kind: str | None) -> None:
    """Where neither head nor note name the kind, its form does."""
    told = tell_kind([], "", [], opening, None)
    assert (told.kind if told else None) == kind


@pytest.mark.parametrize(
    ("opening", "number"),
    [
        (["secret", "1660. CX 63235. The situation"], (None, "1660")), (["Secto 12. From the Secretary"], ("Secto", "12")),
        (["Embtel 1533. Foreign Minister said"], (None, None)), (["Circular 321. The Department"], (None, "321")), (["Part 2. The second"], (None, None)), ([], (None, None)),
    ],
)  # fmt: skip
def test_numbers_that_open_the_text(opening: list[str], number: tuple[str | None, str | None]) -> None:
    """The number stands first; the name of another telegram and a heading are no number."""
    assert message_number(opening) == number
