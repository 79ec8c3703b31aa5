"""Bytes to text, the same way for every reader of plain text."""

from __future__ import annotations

#: Bytes that are looked at to tell UTF-16 without its mark.
_SAMPLE = 4096


def read_text(data: bytes) -> tuple[str, str]:
    """Decode text and name its encoding: UTF-16 by its mark or its many NUL bytes, else UTF-8, else Windows-1252.

    What no character stands for becomes U+FFFD.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), "UTF-16"
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if even + odd > len(sample) // 3 and min(even, odd) == 0:
        name = "UTF-16LE" if odd else "UTF-16BE"
        return data.decode(name, errors="replace"), name
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "Windows-1252"


def decode(data: bytes) -> str:
    """Decode text as :func:`read_text` does."""
    return read_text(data)[0]
