"""The date that a volume's header states of its publication."""

from __future__ import annotations

import pytest

from cablegraph.sources.frus import edition_date
from cablegraph.sources.source import Source

HEADER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>
<publicationStmt><publisher>A printer</publisher>{}</publicationStmt>
<sourceDesc><bibl><date>1901</date></bibl></sourceDesc></fileDesc>
<revisionDesc><change when="2014-01-02">Made</change></revisionDesc></teiHeader>
<text><publicationStmt><date>1999</date></publicationStmt>{}</text></TEI>"""


def dated(statement: str, rest: str = "") -> str | None:
    content = HEADER.format(statement, rest).encode()
    return edition_date(Source("volume", "volume.xml", None, "frus", content))


@pytest.mark.parametrize(
    ("statement", "date"),
    [
        ("<date>1996</date>", "1996"),
        ("<date> 1996-05\n</date>", "1996-05"),
        ('<date when="1996-05-07">7 May 1996</date>', "1996-05-07"),
        ("<date>May 1996</date><date>1996</date>", "1996"),
        ("<date>n.d.</date>", None),
        ("", None),
    ],
)
def test_the_date_is_that_of_the_publication_statement(statement: str, date: str | None) -> None:
    assert dated(statement) == date


def test_no_more_than_the_header_is_read() -> None:
    """What follows may be large, and is read by the reader."""
    assert dated("<date>1996</date>", "<p>" * 10 + " " * 200_000 + "</b>") == "1996"
