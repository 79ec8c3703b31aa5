"""The text of a transcript as a tree of parts."""

from __future__ import annotations

from typing import Any

import pytest
from material import INCOMING, Tables, kinds, read, readings, record

LONG = "THE HARBOR MASTER SAID THAT HE HAD NO ORDERS AND WOULD WAIT FOR THE MORNING"


def of_text(text: str) -> Tables:
    """Read an incoming form with another text."""
    head, _, _ = INCOMING.partition("1. THE")
    return read(f"{head}{text}")


def tree(tables: Tables) -> list[tuple[str, str | None, str | None, str | None]]:
    """Key, kind, label and parent of the parts of the text, in order."""
    furniture = ("head", "subject", "signature", "note")
    return [
        (part["part"], part["kind"], part["label"], part["parent"])
        for part in tables["parts"]
        if part["kind"] not in furniture
    ]  # fmt: skip


def part(tables: Tables, key: str) -> dict[str, Any]:
    """One part by its key."""
    (found,) = [row for row in tables["parts"] if row["part"] == key]
    return found


def test_sections_and_paragraphs() -> None:
    """Paragraphs hang under the section that they stand in; ranks run through the record."""
    tables = of_text(f"I. {LONG}:\n1. ONE.\n2. TWO.\n\nII. MORE:\n\n(1) THREE.\n\n(2) FOUR.\n\nKOHLER\n")
    assert tree(tables) == [
        ("I", "section", "I", None),
        ("I.1", "paragraph", "1", "I"),
        ("I.2", "paragraph", "2", "I"),
        ("II", "section", "II", None),
        ("II.1", "paragraph", "(1)", "II"),
        ("II.2", "paragraph", "(2)", "II"),
    ]
    assert [row["rank"] for row in tables["parts"]] == list(range(1, len(tables["parts"]) + 1))


def test_paragraphs_within_paragraphs() -> None:
    """A paragraph in another style hangs under the numbered one before it; the next number closes it."""
    tables = of_text(f"1. {LONG}.\n\n(A) ONE.\n\n(B) TWO.\n\n2. THREE.\n")
    assert tree(tables) == [
        ("1", "paragraph", "1", None),
        ("1.A", "paragraph", "(A)", "1"),
        ("1.B", "paragraph", "(B)", "1"),
        ("2", "paragraph", "2", None),
    ]


def test_inline_letters() -> None:
    """Letters that run on inside a paragraph are parts anchored in its text, which keeps them."""
    tables = of_text(f"1. {LONG} -- (A) TO SAIL, AND (B) TO STAY.\n")
    whole = part(tables, "1")["text"]
    for key, words in (("1.A", "TO SAIL, AND"), ("1.B", "TO STAY.")):
        inner = part(tables, key)
        assert inner["text"] == words
        assert whole[inner["anchor"] :].startswith(f"{inner['label']} {words}")


def test_one_letter_is_no_list() -> None:
    """A single letter in brackets begins no part."""
    assert tree(of_text(f"1. {LONG} (A) AND NOTHING ELSE.\n")) == [("1", "paragraph", "1", None)]


def test_enclosed_text() -> None:
    """Unnumbered paragraphs behind a section that announces a text form an enclosure of that section."""
    tables = of_text(
        f"I. {LONG}.\n\nII. DRAFT WOULD BE ALONG FOL LINES:\n\nTHE SHIPS MAY CALL.\n\n(1) ONCE.\n\nTHEY LEAVE.\n\nIII. END.\n"
    )
    assert tree(tables)[1:] == [
        ("II", "section", "II", None),
        ("II.enclosure", "enclosure", None, "II"),
        ("II.enclosure.p1", "paragraph", None, "II.enclosure"),
        ("II.enclosure.1", "paragraph", "(1)", "II.enclosure"),
        ("II.enclosure.p2", "paragraph", None, "II.enclosure"),
        ("III", "section", "III", None),
    ]


@pytest.mark.parametrize(
    ("text", "labels", "printed"),
    [
        (f"1. {LONG}:\n1. ONE.\n2. TWO.\n\nII. THREE.\n", ["I", "1", "2", "II"], ["1."]),
        (f"I. {LONG}.\n\n2. TWO.\n\n3. THREE.\n", ["1", "2", "3"], ["I."]),
        (f"l. {LONG}.\n\n2. TWO.\n", ["1", "2"], ["l."]),
        (f"(l) {LONG}.\n\n(2) TWO.\n", ["(1)", "(2)"], ["(l)"]),
        (f"9. {LONG}.\n\n1O. TEN.\n", ["9", "10"], ["1O."]),
        (f"I. {LONG}.\n\nII. TWO.\n", ["I", "II"], []),
        (f"1. {LONG}.\n\n2. TWO.\n", ["1", "2"], []),
    ],
)
def test_labels_repaired_by_structure(text: str, labels: list[str], printed: list[str]) -> None:
    """A misread label is repaired where the labels around it leave one reading; the printed one is in a reading."""
    tables = of_text(text)
    assert [label for _, _, label, _ in tree(tables)] == labels
    assert [row["surface"] for row in readings(tables, "label")] == printed


def test_keys_are_unique() -> None:
    """Two paragraphs of one number get different keys."""
    keys = [key for key, *_ in tree(of_text(f"1. {LONG}.\n\n1. AGAIN.\n\n1. ONCE MORE.\n"))]
    assert keys == ["1", "1~2", "1~3"]


def test_word_parted_at_a_line_end() -> None:
    """A word that the end of a line parted is joined, and a reading keeps it as printed."""
    tables = of_text(f"1. {LONG} AND ACCOM-\nPLISHED MUCH.\n")
    assert part(tables, "1")["text"].endswith("AND ACCOMPLISHED MUCH.")
    assert ("ACCOM-\nPLISHED", "ACCOMPLISHED") in {(row["surface"], row["value"]) for row in readings(tables, "text")}


def test_paragraph_over_a_page_break() -> None:
    """A paragraph that goes on over a page is one part, with the offset at which the page begins."""
    tables = of_text(
        f"1. {LONG}, WHICH\n\nCONFIDENTIAL\n\n-2- 2222, MARCH 3, 11 PM FROM MOSCOW\n\nCAME AT SIX.\n\n2. END.\n"
    )
    (head,) = [row for row in tables["markings"] if row["kind"] == "page head"]
    assert part(tables, head["part"])["text"][head["anchor"] :] == "CAME AT SIX."
    assert part(tables, "1")["text"] == f"{LONG}, WHICH CAME AT SIX."


def test_page_that_begins_a_paragraph() -> None:
    """A page that begins with a paragraph of its own breaks before it."""
    tables = read(INCOMING)
    (head,) = [row for row in tables["markings"] if row["kind"] == "page head"]
    assert (head["part"], head["anchor"], head["page"]) == ("3", 0, 2)


def paged(order: list[int], heads: dict[int, str] | None = None) -> str:
    """A form of pages, in an order; ``heads`` gives page heads another number."""
    first = INCOMING.partition("2. I ANSWERED")[0].strip()
    pages = {1: first}
    for page in range(2, 6):
        number = (heads or {}).get(page, str(page))
        pages[page] = f"-{number}- 2222, MARCH 3, 11 PM FROM MOSCOW\n\n{page}. PAGE {page}."
    return "\n\n".join(pages[page] for page in order) + "\n"


def test_pages_out_of_order() -> None:
    """Pages are read in the order of their numbers, and a finding says that they stood otherwise."""
    tables = read(paged([1, 4, 2, 5, 3]))
    assert [label for _, _, label, _ in tree(tables)] == ["1", "2", "3", "4", "5"]
    assert "pages out of order" in kinds(tables)
    assert record(tables)["number"] == "2222"


def test_first_page_behind_others() -> None:
    """The first page is known by its form title wherever it stands."""
    tables = read(paged([3, 2, 1, 4, 5]))
    assert [label for _, _, label, _ in tree(tables)] == ["1", "2", "3", "4", "5"]
    assert record(tables)["from_post"] == "moscow"
    assert "pages out of order" in kinds(tables)


def test_misread_page_number() -> None:
    """A page number that does not fit between its neighbours is repaired, with a reading."""
    tables = read(paged([1, 2, 3, 4, 5], {3: "8"}))
    assert [label for _, _, label, _ in tree(tables)] == ["1", "2", "3", "4", "5"]
    assert [(row["surface"], row["value"]) for row in readings(tables, "page")] == [("8", "3")]


def test_missing_and_repeated_pages() -> None:
    """A page that is missing and a page that stands twice are findings."""
    assert "page not found" in kinds(read(paged([1, 2, 4, 5])))
    tables = read(paged([1, 2, 3, 3, 4, 5]))
    assert "repeated page" in kinds(tables)
    assert [label for _, _, label, _ in tree(tables)] == ["1", "2", "3", "3", "4", "5"]


@pytest.mark.parametrize("last", ["END MESSAGE", "UNQUOTE", "MOSCOW", "WE SHALL SEE."])
def test_last_line_that_is_no_signature(last: str) -> None:
    """A last line that is no name is text, and the signature is absent."""
    tables = of_text(f"1. {LONG}.\n\n{last}\n")
    assert record(tables)["signatory_text"] is None
    assert any(row["text"] == last for row in tables["parts"])


def test_notes() -> None:
    """Notes behind the text are parts of their own kind, in their own words."""
    tables = of_text(f"1. {LONG}.\n\nKOHLER\n\nNOTE: PASSED CIA 3/3/63, 7 PM\n\nNOTE: FILED.\n")
    notes = [row["text"] for row in tables["parts"] if row["kind"] == "note"]
    assert notes == ["NOTE: PASSED CIA 3/3/63, 7 PM", "NOTE: FILED."]
    assert record(tables)["signatory_text"] == "KOHLER"
