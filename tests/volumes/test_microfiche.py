"""Heads of microfiche supplements, in the forms and with the slips that occur."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from shared_volumes import tables_of

from cablegraph.sources.frus.head import read_head


@dataclass(frozen=True)
class Chapter:
    """A chapter's head."""

    head: str
    line: int = 1


NOVEMBER = [Chapter("Cuba"), Chapter("November 1962")]


def test_a_head_is_taken_apart() -> None:
    """Number, kind, ends, date, subject, classification, pages, holder and file number each find their place."""
    head = read_head(
        "12. Telegram 99 from USUN, November 3. A subject; and another. Top Secret. 4 pp. DOS, CF, 737.56361/11–362.",
        NOVEMBER,
    )
    assert (head.document_number, head.kind, head.number, head.from_text, head.to_text) == (
        "12",
        "telegram",
        "99",
        "USUN",
        None,
    )
    assert (head.sent, head.date_text, head.subject) == ("1962-11-03", "November 3", "A subject; and another")
    assert (head.classification, head.pages, head.repository, head.file_number) == (
        "Top Secret",
        4,
        "DOS",
        "737.56361/11–362",
    )
    assert head.year_from is NOVEMBER[1]


@pytest.mark.parametrize(
    "text",
    [
        "1. Telegram 9 from Bonn, November 3. A subject. Secret 2 pp. DOS, CF, 611.3722/11–362.",
        "1. Telegram 9 from Bonn, November 3. A subject. 2 pp. Secret. DOS, CF, 611.3722/11–362.",
        "1. Telegram 9 from Bonn, November 3. A subject, Secret. 2 pp. DOS, CF, 611.3722/11–362.",
    ],
)
def test_slips_of_the_list_do_not_matter(text: str) -> None:
    """A full stop that is missing, pages before the classification or a comma for a point: the fields are the same."""
    head = read_head(text, NOVEMBER)
    assert (head.classification, head.pages, head.file_number) == ("Secret", 2, "611.3722/11–362")
    assert head.subject == "A subject"


def test_several_addressees_keep_their_numbers() -> None:
    """Each addressee of one telegram has the number that it bears there."""
    head = read_head(
        "90. Telegram 447 to Quito and 553 to Lima, February 25, 1961. A subject. Confidential. 2 pp. DOS, CF."
    )
    assert (head.number, head.to_text, head.other_addressees) == ("447", "Quito", [("553", "Lima")])


def test_undated_stays_undated() -> None:
    """An undated telegram gets no date, whatever the chapter says."""
    head = read_head("94. Telegram 211 to Quito, undated. A subject. Secret. 2 pp. Kennedy Library, Files.", NOVEMBER)
    assert (head.sent, head.date_text, head.classification) == (None, "undated", "Secret")


def test_no_year_anywhere_is_a_doubt_and_no_date() -> None:
    """Without a year in the head or around it the date stays as printed, and a finding says so."""
    head = read_head("97. Memorandum from A to B, November 24. A subject. Secret. 1 p. DOS, CF.", [Chapter("Ecuador")])
    assert head.sent is None
    assert head.doubts[0][0] == "sent"


def test_series_and_date_time_groups(shared: object) -> None:
    """A series is one only where it is printed; a date-time group is no number."""
    rows = {row["document"]: row for row in tables_of("frus1961-63v10-12mSupp")["records"]}
    assert (rows["d548"]["series"], rows["d548"]["number"], rows["d548"]["from_post"]) == ("Polto", "577", "usnato")
    assert (rows["d362"]["dtg"], rows["d362"]["number"]) == ("221822Z", None)
    assert (rows["d545"]["series"], rows["d545"]["number"]) == (None, "1862")


def test_the_supplement_has_as_many_documents_as_it_says(shared: object) -> None:
    """746 documents, each with its pages and frames."""
    tables = tables_of("frus1961-63v10-12mSupp")
    assert len(tables["records"]) == 746
    frames = [
        row["locator"]
        for row in tables["instantiations"]
        if row["kind"] == "facsimile" and row["record"].endswith("/d545")
    ]
    assert frames == [f"0026/00{number}.tif" for number in range(58, 63)]
