"""Entries of microfiche supplements: one sentence after another, and the frames of the fiche."""

from __future__ import annotations

from typing import Any

import pytest

from cablegraph.register import Entry
from cablegraph.sources.frus import read_volume
from cablegraph.sources.source import Source

FILES = "Department of State, Central Files, 700.5611/8–1662."


def entries(head: str, dateline: str = "", more: str = "") -> list[Entry]:
    text = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0"><text><body>
      <div type="chapter"><head>August 1962</head><div type="document" n="1" xml:id="d1"><head>{head}</head>
      {dateline and f'<dateline><date when="{dateline}">{dateline}</date></dateline>'}{more}
      <frus:file id="0755" path="0009/0024.TIF"/></div></div></body></text></TEI>"""
    return list(read_volume(Source("volume", "volume.xml", None, "frus", text.encode())))


def rows(table: str, found: list[Entry]) -> list[dict[str, Any]]:
    return [row for name, row in found if name == table]


def test_the_name_of_a_series_tells_a_telegram() -> None:
    found = entries(f"142. Disto 727 from Geneva, August 16. Readout of talks. Secret. 3 pp. {FILES}")
    (record,) = rows("records", found)
    assert (record["kind"], record["series"], record["number"], record["sent"]) == (
        "telegram",
        "Disto",
        "727",
        "1962-08-16",
    )
    assert (record["collection"], record["file_number"]) == ("Central Files", "700.5611/8–1662")
    assert ("kind", "telegram") in [(row["field"], row["value"]) for row in rows("readings", found)]


def test_a_classification_may_hold_for_a_part_only() -> None:
    head = "146. Note from Kaysen, August 2. Recommends it. No classification marking on covering note; others are Secret. 4 pp. Kennedy Library, NSF."
    (record,) = rows("records", entries(head))
    assert (record["classification"], record["captions"], record["title"]) == (
        "No classification marking",
        [],
        "Recommends it",
    )


@pytest.mark.parametrize(
    ("printed", "encoded", "sent", "finding"),
    [
        ("August 16", "1962-08-16", "1962-08-16", False),
        ("August 16", "1962-08-17", "1962-08-16", True),
        ("undated", "1962-08-17", "1962-08-17", False),
    ],
)
def test_an_encoded_date_stands_beside_the_head(printed: str, encoded: str, sent: str, finding: bool) -> None:
    """Newer editions encode the date that the head prints: it helps where none is printed, and is held against it."""
    found = entries(f"1. Memorandum from Rusk, {printed}. Views. Secret. 1 p. {FILES}", encoded)
    (record,) = rows("records", found)
    assert record["sent"] == sent
    assert ("values disagree" in [row["kind"] for row in rows("findings", found)]) is finding


def test_what_the_edition_says_is_wrong_is_a_finding() -> None:
    problem = "<frus:problem>citation says 5 pages but document has a 6th page</frus:problem>"
    (finding,) = rows(
        "findings", entries(f"1. Memorandum from Rusk, August 2. Views. Secret. 5 pp. {FILES}", more=problem)
    )
    assert (finding["kind"], finding["value"]) == (
        "stated problem",
        "citation says 5 pages but document has a 6th page",
    )
