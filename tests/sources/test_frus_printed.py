"""Printed documents in TEI: what head, dateline, opening and source note say, in the styles of several decades."""

from __future__ import annotations

from typing import Any

import pytest

from cablegraph.sources.frus import read_volume
from cablegraph.sources.source import Source

TELEGRAM = "Telegram From the Embassy in France to the Department of State"
NOTE = '<note type="source" n="1">Source: Department of State, Central Files, 762.00/4–2559. Secret; Priority.</note>'


def document(head: str, *body: str) -> dict[str, Any]:
    """The row of ``records`` of a volume's only document."""
    text = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div type="document" n="1" xml:id="d1">
      <head>{head}</head>{"".join(body)}</div></body></text></TEI>"""
    source = Source("volume", "volume.xml", None, "frus", text.encode())
    (row,) = (row for table, row in read_volume(source) if table == "records")
    return row


def dated(text: str) -> str:
    return f"<opener><dateline>{text}</dateline></opener>"


@pytest.mark.parametrize(
    ("dateline", "sent", "printed"),
    [
        ('Paris, <date when="1959-04-25T20:00:00">April 25, 1959, 8 p.m.</date>', "1959-04-25T20:00:00", "April 25, 1959, 8 p.m."),
        ('Paris, <date when="1959-04-25">April 25, 1959, 3:10–3:40 p.m.</date>', "1959-04-25T15:10:00", "April 25, 1959, 3:10–3:40 p.m."),
        ("Washington, undated.", None, "undated"),
        ("Paris, April 25, 1959.", "1959-04-25", "April 25, 1959"),
        ("Paris.", None, None),
    ],
)  # fmt: skip
def test_the_dateline_tells_when(dateline: str, sent: str | None, printed: str | None) -> None:
    """The printed date counts, of a span its beginning; "undated" is what a source says, and stays."""
    row = document(f"1. {TELEGRAM}", NOTE, dated(dateline), "<p>12. We met.</p>")
    assert (row["sent"], row["sent_text"]) == (sent, printed)


@pytest.mark.parametrize(
    ("source", "classification", "precedence", "file_number"),
    [
        ("Central Files, 762.00/4–2559. Secret; Priority.", "Secret", ["Priority"], "762.00/4–2559"),
        ("Central Files, 762.00/4–2559, Secret; Priority.", "Secret", ["Priority"], "762.00/4–2559"),
        ("Central Files, 762.00/4–2559 Secret; Priority.", "Secret", ["Priority"], "762.00/4–2559"),
        ("Central Files, 762.00/4–2559. Confidential Repeated to Berlin.", "Confidential", [], "762.00/4–2559"),
        ("Central Files, 762.00/4–2559. Drafted by Secretary of Defense.", None, [], "762.00/4–2559"),
    ],
)  # fmt: skip
def test_the_classification_follows_the_file_number(
    source: str, classification: str | None, precedence: list[str], file_number: str
) -> None:
    """Whatever sign parts the two, the classification is read, and the file number ends before it."""
    row = document(f"1. {TELEGRAM}", f'<note type="source" n="1">Source: Department of State, {source}</note>', "<p>12. We met.</p>")  # fmt: skip
    assert (row["classification"], row["precedence"], row["file_number"]) == (classification, precedence, file_number)


def test_a_source_note_may_stand_in_a_paragraph() -> None:
    """Of documents that are not declassified only the note is printed, as a paragraph in brackets."""
    row = document(f"1. {TELEGRAM}", dated("Paris, undated."), "<p>[Source: Department of State, Central Files, 780A.00/3–3162. Secret. 2 pages not declassified.]</p>")  # fmt: skip
    assert (row["file_number"], row["classification"]) == ("780A.00/3–3162", "Secret")
    assert row["source_note"].startswith("Source: ") and row["source_note"].endswith("declassified.")


@pytest.mark.parametrize(
    ("lines", "classification", "precedence", "captions", "number"),
    [
        (["Secret", "NIACT Emergency", "Topad 1965. We met."], "Secret", ["NIACT Emergency"], [], ("Topad", "1965")),
        (["[Extract]", "Top Secret Eyes Only", "12. We met."], "Top Secret", [], ["Eyes Only"], (None, None)),
        (["Restricted", "Priority", "C 67454. We met."], "Restricted", ["Priority"], [], ("C", "67454")),
    ],
)
def test_marks_open_the_text_in_lines_of_their_own(
    lines: list[str], classification: str, precedence: list[str], captions: list[str], number: tuple[str | None, str]
) -> None:
    """Before 1955 classification, precedence and captions stand in a line each, before the number."""
    head = '<note rend="inline">794.00/1–1552: Telegram</note>'
    row = document("No. 1 The Ambassador in Japan (Allison) to the Department of State", head, *(f"<p>{line}</p>" for line in lines))  # fmt: skip
    assert (row["classification"], row["precedence"], row["captions"]) == (classification, precedence, captions)
    assert (row["series"], row["number"]) == number


@pytest.mark.parametrize(
    ("head", "lines", "kind", "number"),
    [
        ("The Ambassador in Japan (Allison) to the Department of State", ["Restricted", "No. 1459", "There is enclosed"], "despatch", "1459"),
        ("The Secretary of State to the Embassy in the United Kingdom", ["No. 352", "The Secretary refers"], "instruction", "352"),
        ("The Department of State to the British Embassy", ["Aide-Mémoire", "The Department acknowledges"], "aide-mémoire", None),
    ],
)  # fmt: skip
def test_the_opening_tells_the_kind(head: str, lines: list[str], kind: str, number: str | None) -> None:
    """Where neither the head nor the source note names the kind, the form of the opening does."""
    row = document(head, '<note rend="inline">811.20200(D)/8–2448</note>', *(f"<p>{line}</p>" for line in lines))
    assert (row["kind"], row["number"]) == (kind, number)
