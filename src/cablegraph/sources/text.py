"""Bytes to text, the same way for every reader of plain text."""

from __future__ import annotations


def decode(data: bytes) -> str:
    """Decode text: UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1252, which reads any byte."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
