"""Bytes to text, the same way for every reader of plain text."""

from __future__ import annotations

_CODECS = {
    "UTF-8": "utf-8-sig",
    "UTF-16": "utf-16",
    "UTF-16LE": "utf-16-le",
    "UTF-16BE": "utf-16-be",
    "Windows-1252": "cp1252",
}
#: Bytes that are looked at to tell UTF-16 without its mark.
_SAMPLE = 4096


def encoding_of(data: bytes) -> str:
    """Tell the encoding: UTF-16 by its mark or by its many NUL bytes, else UTF-8, else Windows-1252, which reads any byte."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if even + odd > len(sample) // 3 and min(even, odd) == 0:
        return "UTF-16LE" if odd else "UTF-16BE"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "Windows-1252"
    return "UTF-8"


def decode(data: bytes) -> str:
    """Decode text by :func:`encoding_of`; what no character stands for becomes U+FFFD."""
    return data.decode(_CODECS[encoding_of(data)], errors="replace")
