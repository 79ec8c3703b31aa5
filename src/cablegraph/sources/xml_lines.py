"""The line on which each tag of interest begins, found in the bytes of an XML file as it streams by.

libxml2 tells the line where a start tag *ends*, and none above 65,535; a second parser would double the work. In
well-formed XML ``<`` begins markup only, so outside comments, CDATA and processing instructions a tag is found by
its bytes. The lines come in document order, the order of the parser's start events.
"""

from __future__ import annotations

import re
from collections import deque

from cablegraph.errors import InputError

_CLOSE = {b"<!--": b"-->", b"<![": b"]]>", b"<?": b"?>"}


class TagLines:
    """Feed it the blocks that the parser is fed; take one line a start event of the named tags."""

    def __init__(self, names: tuple[str, ...], file: str) -> None:
        tags = "|".join(re.escape(name) for name in names).encode()
        # The plain form first, since prefixed names are rare; the tag is the first or second group.
        self._mark = re.compile(
            rb"<(?:(" + tags + rb")(?=[\s/>])|!--|!\[|\?|!DOCTYPE|[^\s<>/!?:=\"']+:(" + tags + rb")(?=[\s/>]))"
        )
        self._file = file
        self._rest = b""
        self._line = 1
        self._lines: deque[tuple[bytes, int]] = deque()

    def take(self, name: str | None = None) -> int:
        """Return the 1-based line of the next start tag, or of the next one of that name."""
        tag, line = self._lines.popleft()
        while name is not None and tag != name.encode():
            tag, line = self._lines.popleft()
        return line

    def feed(self, block: bytes) -> None:
        """Look through one more block.

        Raises:
            InputError: the document declares entities of its own, which are never read.
        """
        data = self._rest + block
        place = counted = 0
        while match := self._mark.search(data, place):
            self._line += data.count(b"\n", counted, match.start())
            counted = match.start()
            tag = match[match.lastindex] if match.lastindex else None
            if tag is None:
                close = _CLOSE.get(match[0])
                end = data.find(close or b">", match.end())
                if match[0] == b"<!DOCTYPE" and b"[" in data[match.start() : end if end >= 0 else None]:
                    raise InputError(
                        "the document type declares entities or markup of its own, which is never read",
                        file=self._file,
                        line=self._line,
                        hint="remove the internal subset of the DOCTYPE",
                    )
                if end < 0:
                    self._rest = data[match.start() :]
                    return
                place = end
            else:
                self._lines.append((tag, self._line))
                place = match.end()
        # Keep what may be the beginning of a mark; count the lines before it.
        cut = data.rfind(b"<", max(place, len(data) - 64))
        if cut < 0:
            cut = len(data)
        self._line += data.count(b"\n", counted, cut)
        self._rest = data[cut:]
