"""What footnotes and neighbours say of a reference: the document, the day, that it is not printed; reftel and septel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from registers import linked, telegram

CITING = telegram("1862")
TEXT = "We agree with Deptel 835 on all points. More on this in reftel and septel."
OTHER = {"direction": "outgoing", "from_post": "department-of-state", "to_post": "usun", "number": "835"}


def noted(tmp_path: Path, note: str, others: list[dict[str, Any]], **link: Any) -> tuple[str, str | None]:
    """How "Deptel 835" of USUN 1862 is resolved, behind which stands a note, perhaps with a link, and to what."""
    parts = [
        {"record": "a/1862", "part": "p1", "kind": "paragraph", "rank": 1, "text": TEXT},
        {"record": "a/1862", "part": "fn1", "kind": "footnote", "rank": 2, "parent": "p1", "anchor": 24, "text": note},
    ]
    references = [said("Deptel 835", number="835", direction="outgoing", how="words")]
    if link:
        first = note.index(link["surface"])
        references.append(
            {
                "record": "a/1862",
                "part": "fn1",
                "start": first,
                "end": first + len(link["surface"]),
                "how": "cross link",
            }
            | link
        )
    found = linked(tmp_path, [dict(CITING), *others], references=references, parts=parts)["resolutions"]
    return next((row["how"], row["telegram"]) for row in found if row["n"] == 1)


def said(surface: str, **values: Any) -> dict[str, Any]:
    """A row of ``references`` for words of the text."""
    start = TEXT.index(surface)
    return {"record": "a/1862", "part": "p1", "start": start, "end": start + len(surface), "surface": surface} | values


@pytest.mark.parametrize("note", ["Document 2.", "Printed as Document 2.", "Telegram 77 from Tokyo, Document 2."])
def test_a_note_that_opens_with_a_document_says_which_it_is(tmp_path: Path, note: str) -> None:
    """The document at the head of the note is the one named, whatever number it bears here."""
    assert noted(tmp_path, note, [telegram("d2", number="7")], surface="Document 2", target="a#d2") == (
        "footnote",
        "in.usun.7.1962-11-19",
    )


@pytest.mark.parametrize("note", ["See Document 2.", "For the reply, see Document 2."])
def test_a_note_that_sends_elsewhere_says_nothing(tmp_path: Path, note: str) -> None:
    assert noted(tmp_path, note, [telegram("d2", number="7")], surface="Document 2", target="a#d2")[0] == "stub"


def test_a_note_names_the_document_of_that_number_anywhere(tmp_path: Path) -> None:
    """A document that bears the number itself is meant wherever in the note the link stands."""
    other = telegram("d2", **OTHER, sent="1962-12-30")
    note = "The text is that of Document 2."
    assert noted(tmp_path, note, [other], surface="Document 2", target="a#d2") == (
        "footnote",
        "out.usun.835.1962-12-30",
    )


@pytest.mark.parametrize(
    ("note", "how", "telegram_"),
    [
        ("Dated November 3. (Ibid.)", "stub", "out.usun.835.1962-11-03"),
        ("In this telegram, dated Dec. 3, it agreed.", "stub", "out.usun.835.1961-12-03"),
        ("Dated November 3, 1960.", "stub", "out.usun.835.1960-11-03"),
        ("Not printed.", "not-printed", "a.out.usun.835.y1963"),
        ("Dated November 3, not printed.", "not-printed", "out.usun.835.1962-11-03"),
        ("Dated Febtober 31.", "stub", "a.out.usun.835.y1963"),
    ],
)
def test_a_note_gives_the_day_or_says_not_printed(tmp_path: Path, note: str, how: str, telegram_: str) -> None:
    """The stub knows what the note says: the day, in the year of the citing telegram or the one before; not printed."""
    assert noted(tmp_path, note, []) == (how, telegram_)


def relative(tmp_path: Path, *references: dict[str, Any]) -> list[tuple[str, str | None]]:
    """How the references of USUN 1862 without a number are resolved."""
    part = {"record": "a/1862", "part": "p1", "kind": "paragraph", "rank": 1, "text": TEXT}
    line = {"record": "a/1862", "part": "reference", "kind": "reference", "rank": 0, "text": "Ref: Deptel 800"}
    rows = [dict(reference) for reference in references]
    found = linked(tmp_path, [dict(CITING)], references=rows, parts=[part, line])["resolutions"]
    return [(row["how"], row["telegram"]) for row, said in zip(found, references, strict=True) if "number" not in said]


DEPTEL = said("Deptel 835", number="835", direction="outgoing", date="1962-11-03", how="words")
REFTEL = said("reftel", how="reftel")


def test_reftel_is_the_one_telegram_named_before(tmp_path: Path) -> None:
    """Where the text has named one telegram, it is that; where it has named two, or none, nobody knows."""
    other = said("We agree", number="900", post="athens", direction="incoming", how="words")
    assert relative(tmp_path / "1", DEPTEL, REFTEL) == [("neighbour", "out.usun.835.1962-11-03")]
    assert relative(tmp_path / "2", DEPTEL, other, REFTEL) == [("unresolved", None)]
    assert relative(tmp_path / "3", REFTEL) == [("unresolved", None)]


def test_reftel_is_what_the_line_of_references_names(tmp_path: Path) -> None:
    line = {"record": "a/1862", "part": "reference", "start": 5, "end": 15, "surface": "Deptel 800", "number": "800"}
    line |= {"direction": "outgoing", "date": "1962-11-01", "how": "words"}
    assert relative(tmp_path, line, DEPTEL, REFTEL) == [("neighbour", "out.usun.800.1962-11-01")]


def test_septel_is_nothing_that_was_named(tmp_path: Path) -> None:
    """A separate telegram goes beside this one; it stays unresolved, and its row stays."""
    septel = said("septel", how="septel", direction="incoming", post="usun")
    assert relative(tmp_path, DEPTEL, septel) == [("unresolved", None)]
