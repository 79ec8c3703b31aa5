"""Volumes of before 1947: marks in brackets, ends that are names of persons, offices in the dateline, times of receipt."""

from __future__ import annotations

from typing import Any

import pytest

from cablegraph.sources.frus import read_volume
from cablegraph.sources.frus.earlier import bracketed, received_in_brackets, writing_office
from cablegraph.sources.source import Source

LEGATION = "<hi>Legation of the United States</hi>,<lb/><placeName><hi>Pekin</hi></placeName>"
DEPARTMENT = "<placeName><hi>Department of State</hi>,<lb/><hi>Washington</hi></placeName>"


def document(head: str, *body: str, note: str = "") -> dict[str, Any]:
    text = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div type="document" n="1" xml:id="d1">
      {note and f'<note rend="inline" type="source">{note}</note>'}<head>{head}</head>{"".join(body)}</div></body></text></TEI>"""
    source = Source("volume", "volume.xml", None, "frus", text.encode())
    (row,) = (row for table, row in read_volume(source) if table == "records")
    return row


def opener(place: str, date: str, *segments: str) -> str:
    marks = "".join(f"<seg>{segment}</seg>" for segment in segments)
    return f"<opener><dateline>{place}, {date}</dateline>{marks}</opener>"


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        ("[Telegram.]", ["Telegram"]),
        ("[Telegram.—Paraphrase.]", ["Telegram", "Paraphrase"]),
        ("(Telegraphic.)", ["Telegraphic"]),
        ("Telegram.", []),
        ("[The minister left] yesterday.", []),
    ],
)
def test_marks_stand_in_brackets(line: str, marks: list[str]) -> None:
    assert bracketed(line) == marks


@pytest.mark.parametrize(
    ("body", "kind", "number", "direction"),
    [
        ([opener(DEPARTMENT, "August 13, 1901", "[Telegram.]"), "<p>Inform him.</p>"], "telegram", None, "outgoing"),
        (["<p>[Telegram.—Paraphrase.]</p>", opener(LEGATION, "May 7, 1901"), "<p>Wait.</p>"], "telegram", None, "incoming"),
        ([opener(LEGATION, "May 7, 1901", "(Telegraphic.)"), "<p>Wait.</p>"], "telegram", None, "incoming"),
        ([opener(DEPARTMENT, "October 21, 1861", "No. 16.]"), "<p>Sir: It came.</p>"], "instruction", "16", "outgoing"),
        ([opener(DEPARTMENT, "February 23, 1901", "No. 561.]"), "<p>Excellency: It came.</p>"], "note", "561", None),
        ([opener(LEGATION, "May 10, 1861", "No. 1.]"), "<p>Sir: I was received.</p>"], "despatch", "1", "incoming"),
        ([opener("Imperial Embassy, Washington", "May 1, 1901"), "<p>Mr. Secretary of State: On</p>"], "note", None, None),
        ([opener("<placeName>London</placeName>", "May 1, 1865"), "<p>Sir: I saw him.</p>"], "letter", None, None),
    ],
)  # fmt: skip
def test_the_kind_is_told_by_marks_number_and_office(
    body: list[str], kind: str, number: str | None, direction: str | None
) -> None:
    row = document("Mr. <persName type='from'>Hay</persName> to Mr. <persName type='to'>Tower</persName>.", *body)
    assert (row["kind"], row["number"], row["direction"]) == (kind, number, direction)
    assert (row["from_text"], row["to_text"]) == ("Mr. Hay", "Mr. Tower")


def test_a_remark_of_the_editors_is_no_holding() -> None:
    row = document(
        "Mr. Sanford to Mr. Seward.", opener(LEGATION, "May 10, 1861"), "<p>Sir: Yes.</p>", note="[Extract.]"
    )
    assert (row["collection"], row["file_number"], row["source_note"]) == (None, None, "[Extract.]")
    assert row["kind"] == "letter"


@pytest.mark.parametrize("note", ["File No. 812.00/1290.", "812.00/1290", "File No. 812.00/1290: Telegram"])
def test_the_file_number_stands_before_the_head(note: str) -> None:
    row = document("The Secretary of State to the Ambassador in Mexico", "<p>Wait.</p>", note=note)
    assert (row["file_number"], row["collection"]) == ("812.00/1290", None)


@pytest.mark.parametrize(
    ("printed", "text", "received"),
    [
        ("[Received July 4—1:35 a.m.]", "July 4—1:35 a.m.", "1943-07-04T01:35:00"),
        ("[Received 11:10 p.m.]", "11:10 p.m.", "1943-07-03T23:10:00"),
        ("[Received July 12.]", "July 12", "1943-07-12"),
        ("[Rec’d January 3, 1944]", "January 3, 1944", "1944-01-03"),
        ("", None, None),
    ],
)
def test_when_it_came_in_stands_under_the_date(printed: str, text: str | None, received: str | None) -> None:
    dateline = f'<placeName>Bern</placeName>, <date when="1943-07-03T14:00:00">July 3, 1943—2 p.m.</date><lb/>{printed}'
    head = "The Minister in Switzerland (Harrison) to the Secretary of State"
    row = document(head, f"<opener><dateline>{dateline}</dateline></opener>", "<p>4022. Wait.</p>")
    assert (row["received_text"], row["received"]) == (text, received)


@pytest.mark.parametrize(
    ("year", "post"),
    [("1901", "peking"), ("1936", "nanking"), ("1942", "chungking"), ("1948", "nanking"), ("1955", "taipei")],
)
def test_the_day_tells_where_the_mission_in_a_country_was(year: str, post: str) -> None:
    head = "The Ambassador in China (Gauss) to the Secretary of State"
    dateline = f'<opener><dateline><date when="{year}-05-11">May 11, {year}</date></dateline></opener>'
    row = document(head, dateline, "<p>964. Wait.</p>", note="793.003/940: Telegram")
    assert row["from_post"] == post


@pytest.mark.parametrize(
    ("dateline", "office"),
    [
        ("Department of State, Washington, May 1, 1901", "department"),
        ("American Consulate-General, Shanghai, May 1, 1901", "mission"),
        ("British Embassy, Washington, May 1, 1901", "foreign"),
        ("London, May 1, 1901", None),
    ],
)
def test_the_office_in_the_dateline_tells_who_writes(dateline: str, office: str | None) -> None:
    assert writing_office(dateline) == office


def test_without_brackets_nothing_was_received() -> None:
    assert received_in_brackets(["Bern, July 3, 1943", "Received the Minister today"]) is None
