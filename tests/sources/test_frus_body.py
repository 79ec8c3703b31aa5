"""The text of a printed document as parts."""

from __future__ import annotations

from typing import Any

import pytest

from cablegraph.sources.frus import read_volume
from cablegraph.sources.source import Source


def parts(body: str) -> list[dict[str, Any]]:
    text = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div type="document" xml:id="d1"><head>1. Letter</head>
      {body}</div></body></text></TEI>"""
    source = Source("volume", "volume.xml", None, "frus", text.encode())
    return [row for table, row in read_volume(source) if table == "parts" and row["kind"] != "head"]


def test_a_label_belongs_to_the_item_behind_it() -> None:
    """One part, with the label in its text and its column; a mark of the editors keeps its place in the text."""
    found = parts(
        "<list><label><hi>a</hi>.</label><item>To avoid it.</item><label>(2)</label><item>To say so.</item></list>"
    )
    assert [(row["label"], row["text"]) for row in found] == [("a", "a. To avoid it."), ("(2)", "(2) To say so.")]


def test_a_label_without_an_item_is_not_lost() -> None:
    found = parts('<list><label>1.</label><pb n="7"/><label>2.</label><item>To say so.</item><label>3.</label></list>')
    assert [row["text"] for row in found] == ["1.", "2. To say so.", "3."]


def test_a_page_without_a_usable_number_has_none() -> None:
    """A superscript figure, or more figures than any page has, is printed and no number."""
    text = "".join(f'<pb n="{n}"/>' for n in ("²", "9" * 40, "xii", "12"))
    source = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div type="document" xml:id="d1"><head>1. Letter</head>
      {text}<p>x</p></div></body></text></TEI>"""
    rows = read_volume(Source("volume", "volume.xml", None, "frus", source.encode()))
    assert [row["page"] for table, row in rows if table == "markings"] == [None, None, None, 12]


@pytest.mark.parametrize(
    ("signed", "name"),
    [
        ("Bunker", "Bunker"),
        ("<persName>Henry A. Kissinger</persName><lb/>cc: Chairman, Joint Chiefs of Staff", "Henry A. Kissinger"),
        ("<lb/><hi>Earle G. Wheeler</hi><lb/>Chairman", "Earle G. Wheeler"),
    ],
)
def test_a_signature_is_the_first_line(signed: str, name: str) -> None:
    """The title and a list of copies below it stay in the part."""
    text = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div type="document" xml:id="d1"><head>1. Letter</head>
      <p>x</p><closer><signed>{signed}</signed></closer></div></body></text></TEI>"""
    rows = list(read_volume(Source("volume", "volume.xml", None, "frus", text.encode())))
    assert [row["signatory_text"] for table, row in rows if table == "records"] == [name]
    assert any(row["kind"] == "signature" and name in row["text"] for table, row in rows if table == "parts")


def test_a_list_of_addressees_serves_where_the_head_names_none() -> None:
    text = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div type="document" xml:id="d1"><head>70. National Security Study
      Memorandum 199</head><list><head>TO</head><item>The Secretary of Defense</item><item>The Director of Central Intelligence</item></list>
      <p>x</p></div></body></text></TEI>"""
    rows = list(read_volume(Source("volume", "volume.xml", None, "frus", text.encode())))
    names = [row["text"] for table, row in rows if table == "correspondents" and row["role"] == "to"]
    assert names == ["Secretary of Defense", "Director of Central Intelligence"]
