"""A file taken apart into cables, and each cable into its text and its attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cablegraph.errors import InputError
from cablegraph.sources.cables.attributes import key_of
from cablegraph.sources.cables.lines import page_head, shows_a_head
from cablegraph.sources.source import Source
from cablegraph.sources.text import decode

#: Characters that no text needs and some formats of RDF refuse; a form feed only parts pages.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_CLEAN = {code: "\ufffd" for code in (*range(0x20), 0x7F) if chr(code) not in "\t\n\r\f"} | {0x0C: " "}
_HEADING = re.compile(r"[\s*#=_-]{0,80}Message (?P<block>Text|Attributes)[\s*#=_:-]{0,80}")
#: A heading is a short line; longer ones are never looked at.
_SHORT = 200
#: How many first lines of a file may stand before the head of a cable without headings.
_FIRST = 40


@dataclass(frozen=True)
class Typed:
    """A line of the file: its 1-based number, and its text without what stands around it."""

    number: int
    text: str


@dataclass
class Cable:
    """The lines of one cable; ``before`` are lines above its first heading that belong to no block."""

    headings: list[Typed] = field(default_factory=list)
    before: list[Typed] = field(default_factory=list)
    text: list[Typed] | None = None
    attributes: list[Typed] | None = None
    controls: list[int] = field(default_factory=list)

    @property
    def line(self) -> int:
        """The line where the cable begins: its heading, else its first line that is not blank."""
        lines = [*self.headings, *(self.text or ()), *(self.attributes or ())]
        numbers = [line.number for line in lines if line.text]
        return min(numbers) if numbers else 1

    @property
    def last(self) -> int:
        """The number of the last line of the cable."""
        return max([line.number for line in [*self.headings, *(self.text or ()), *(self.attributes or ())]], default=1)

    @property
    def empty(self) -> bool:
        """Whether neither block has anything in it."""
        return not any(line.text for line in [*(self.text or ()), *(self.attributes or ())])


def looks_like_cables(text: str) -> bool:
    """Tell whether a text holds a heading of a block, or begins with the page head of a teletyped cable."""
    first = True
    for line in re.split(r"[\r\n]+", text):
        if len(line) > _SHORT or not line.strip(" \t\f\ufeff"):
            continue
        if _HEADING.fullmatch(line):
            return True
        if first and page_head(line.strip()) is not None and page_head(line.strip()) != (1, None, None):
            return True
        first = False
    return False


def read_blocks(source: Source) -> list[Cable]:
    """Read the cables of a file in their order.

    Raises:
        InputError: the file is empty or holds no cable.
    """
    with source.open() as stream:
        data = stream.read()
    raw = decode(data).lstrip("\ufeff")
    if not raw.strip():
        raise InputError("is empty", file=source.file, line=1)
    lines = re.split(r"\r\n|\n|\r", raw)
    controls = {number for number, line in enumerate(lines, 1) if _CONTROL.search(line)}
    typed = [Typed(number, line.translate(_CLEAN).strip()) for number, line in enumerate(lines, 1)]
    cables = list(_cables(typed))
    if not any(not cable.empty for cable in cables):
        raise InputError(
            "holds no cable",
            file=source.file,
            line=1,
            hint="a cable has a heading Message Text or Message Attributes, or begins with its date-time group and FM",
        )
    start = 1
    for cable in cables:
        cable.controls = sorted(number for number in controls if start <= number <= cable.last)
        start = cable.last + 1
    return cables


def _cables(lines: list[Typed]) -> Iterator[Cable]:
    sections: list[tuple[str, Typed | None, list[Typed]]] = [("", None, [])]
    for line in lines:
        match = _HEADING.fullmatch(line.text) if len(line.text) <= _SHORT else None
        if match:
            sections.append((match["block"], line, []))
        else:
            sections[-1][2].append(line)
    (_, _, before), *headed = sections
    if shows_a_head([line.text for line in before][:_FIRST]):
        # The heading of the text is missing.
        headed.insert(0, ("Text", None, before))
        before = []
    if len(headed) == 1 and headed[0][1] is None:
        yield from _without_headings(headed[0][2])
        return
    if not headed and sum(key_of(line.text) is not None for line in before) > 2:
        headed, before = [("Attributes", None, before)], []
    # Whichever block the file begins with opens each of its cables.
    opens = headed[0][0] if headed else ""
    cable = Cable(before=[line for line in before if line.text])
    for name, heading, inside in headed:
        has_text, has_attributes = cable.text is not None, cable.attributes is not None
        if (has_text or has_attributes) and (name == opens or (has_text if name == "Text" else has_attributes)):
            yield cable
            cable = Cable()
        cable.headings += [heading] if heading else []
        if name == "Text":
            cable.text = inside
        else:
            cable.attributes = inside
    if headed:
        yield cable


def _without_headings(lines: list[Typed]) -> Iterator[Cable]:
    """Part cables without headings where a first page has another number than the page before."""
    starts, last = [0], None
    for index, line in enumerate(lines):
        head = page_head(line.text)
        if head is None or head[2] is None:
            continue
        if last is not None and head[0] == 1 and head[1:] != last:
            starts.append(index)
        last = head[1:]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield Cable(text=lines[start:end])
