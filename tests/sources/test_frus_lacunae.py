"""What editors say is not there: text withheld, left out or unreadable, with its extent as printed."""

from __future__ import annotations

import pytest

from cablegraph.sources.frus import read_volume
from cablegraph.sources.frus.lacunae import find_lacunae, gap_kind
from cablegraph.sources.source import Source


@pytest.mark.parametrize(
    ("brackets", "extent"),
    [
        ("[2 lines not declassified]", "2 lines"),
        ("[2½ lines of source text not declassified]", "2½ lines"),
        ("[1–1/2 lines of source text not declassified]", "1–1/2 lines"),
        ("[less than 1 line of text not declassified]", "less than 1 line"),
        ("[1 paragraph (3 lines) not declassified]", "1 paragraph (3 lines)"),
        ("[1 paragraph (9 lines of source text) not declassified]", "1 paragraph (9 lines of source text)"),
        ("[name not declassified]", "name"),
        ("[dollar amount not declassified]", "dollar amount"),
        ("[text not declassified]", "text"),
        ("[text not declassifed]", "text"),
        ("[names deleted]", "names"),
        ("[Source text is excised]", "Source text"),
        ("[name not declassified: 1½ lines not declassified]", "name: 1½ lines"),
        ("[Source: Central Files, 611.94/2–952. Secret. 2 pages of source text not declassified.]", "2 pages"),
    ],
)
def test_text_is_withheld_to_an_extent(brackets: str, extent: str) -> None:
    text = f"He said {brackets} and left."
    (gap,) = find_lacunae(text)
    assert (gap.kind, gap.extent) == ("withheld", extent)
    assert text[gap.start : gap.end] == brackets


@pytest.mark.parametrize(
    ("brackets", "kind"),
    [
        ("[Omitted here is discussion unrelated to Angola.]", "omitted"),
        ("[Here follows a list of participants.]", "omitted"),
        ("[omission in the source text]", "omitted"),
        ("[garble—Cabinet?]", "illegible"),
        ("[illegible]", "illegible"),
    ],
)
def test_text_is_left_out_or_unreadable(brackets: str, kind: str) -> None:
    (gap,) = find_lacunae(f"He said {brackets} and left.")
    assert (gap.kind, gap.extent) == (kind, None)


@pytest.mark.parametrize("text", ["[sic]", "[Rusk]", "not declassified", "[1931?]", "[and the Department]", ""])
def test_other_brackets_are_no_gaps(text: str) -> None:
    assert list(find_lacunae(f"He said {text} and left.")) == []


@pytest.mark.parametrize(
    ("reason", "kind"),
    [("", "omitted"), ("convenience", "omitted"), ("illegible", "illegible"), ("classified", "withheld")],
)
def test_a_gap_has_its_reason(reason: str, kind: str) -> None:
    assert gap_kind(reason) == kind


def test_a_gap_inside_a_paragraph_stands_at_its_place() -> None:
    text = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div type="document" xml:id="d1"><head>1. Letter</head>
      <p>He said <gap quantity="2" unit="lines" reason="illegible"/> and left.</p></div></body></text></TEI>"""
    source = Source("volume", "volume.xml", None, "frus", text.encode())
    (mark,) = (row for table, row in read_volume(source) if table == "markings")
    assert (mark["kind"], mark["extent"], mark["part"], mark["anchor"]) == ("illegible", "2 lines", "p1", 7)
