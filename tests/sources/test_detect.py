"""The reader of a file is told from its first bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from material import CABLE, INCOMING, OUTGOING

from cablegraph.errors import InputError
from cablegraph.sources import READERS, detect
from cablegraph.sources.transcript import looks_like_transcript


@pytest.mark.parametrize(
    ("head", "reader"),
    [
        ('<?xml version="1.0"?>\n<TEI/>', "frus"),
        ("\ufeff\n <TEI>", "frus"),
        ("document,number\n", "sheet"),
        ("document\tfrom_text\n", "sheet"),
        ('{"document": "a"}\n', "sheet"),
        (INCOMING, "transcript"),
        (OUTGOING, "transcript"),
        (CABLE, "transcript"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_readers(head: str, reader: str, encoding: str) -> None:
    """XML is a volume, a header with two columns of the register a sheet, two labels of a form a transcript."""
    assert detect(head.encode(encoding), "x") == reader


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"%PDF-1.7\n", "is a PDF"),
        (b"PK\x03\x04....", "is a ZIP archive"),
        (b"\x1f\x8b\x08....", "is gzip"),
        (b"\x89PNG\r\n", "is a PNG image"),
        (b"Dear Sir,\nthe ships left.\n", "looks like no source"),
        (b"color,shape\nred,round\n", "looks like no source"),
    ],
)
def test_refused(head: bytes, message: str) -> None:
    """What no reader knows is refused with the file and what it is."""
    with pytest.raises(InputError, match=message) as caught:
        detect(head, "some.file")
    assert (caught.value.file, caught.value.line) == ("some.file", 1)


@given(st.binary(max_size=200))
def test_any_bytes(head: bytes) -> None:
    """Arbitrary bytes have a reader or are refused."""
    try:
        assert detect(head, "x") in READERS
    except InputError as error:
        assert error.file == "x"


@pytest.mark.parametrize(
    "text", [INCOMING, OUTGOING, CABLE, "FROM: MOSCOW  TO: Secretary of State\n", "**INCOMING TELEGRAM**\n"]
)
def test_transcripts(text: str) -> None:
    """A title, two fields even in one line, or the head of a cable show a transcript."""
    assert looks_like_transcript(text)


@pytest.mark.parametrize(
    "text", ["", "Dear Sir,\nthe ships left.\n", "document,number\n", "From: a@example.org\n\nWords.\n"]
)
def test_other_texts(text: str) -> None:
    """Other texts are no transcripts."""
    assert not looks_like_transcript(text)
