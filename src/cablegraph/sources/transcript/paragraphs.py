"""Lines of text to paragraphs: a label begins one, a blank line ends it, a page may break it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cablegraph.sources.transcript.lines import Kind, Line
from cablegraph.sources.transcript.numbering import LABEL, WEAK, Reading, gaps, read_labels


@dataclass
class Paragraph:
    """A run of lines that belong together; ``breaks`` are pages that begin in it, ``moved`` words put in their place.

    ``reading`` is how its label was read, ``printed`` that label as the transcript has it where it reads otherwise.
    ``gap`` names labels that ought to stand before it.
    """

    pieces: list[str]
    line: int
    page: int
    label: str | None = None
    weak: bool = False
    reading: Reading | None = None
    printed: str | None = None
    gap: str | None = None
    hyphens: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    breaks: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0

    def __post_init__(self) -> None:
        self.length = sum(map(len, self.pieces))

    @property
    def raw(self) -> str:
        """The text with the marks of edits still in it."""
        if len(self.pieces) > 1:
            self.pieces = ["".join(self.pieces)]
        return self.pieces[0]

    @property
    def last(self) -> str:
        """The last piece of the text."""
        return self.pieces[-1]

    def append(self, text: str) -> int:
        """Add a line; a word that the end of the line before parted is joined. Returns where the line begins."""
        first = re.search(r"[A-Za-z]+-$", self.last[-40:])
        rest = re.match(r"[A-Za-z]{1,40}", text)
        if first and rest:
            self.hyphens.append(f"{first.group()}\n{rest.group()}")
            self.pieces[-1] = self.last[:-1]
            self._add(text, -1)
        else:
            self._add(" ", 0)
            self._add(text, 0)
        return self.length - len(text)

    def _add(self, text: str, less: int) -> None:
        self.pieces.append(text)
        self.length += len(text) + less


_INSERTED_LINE = re.compile(r"\*[^*]+\*")
_STRUCK = re.compile(r"~~[^~]+~~")


def read_paragraphs(lines: list[Line]) -> list[Paragraph]:
    """Take the lines behind the head apart, furniture among them passed over, and read their labels."""
    paragraphs = _paragraphs(lines)
    labelled = [paragraph for paragraph in paragraphs if paragraph.label]
    read = read_labels([(paragraph.label or "", paragraph.weak) for paragraph in labelled])
    for paragraph, reading in zip(labelled, read, strict=True):
        printed = paragraph.label or ""
        if reading is None:
            paragraph.pieces.insert(0, f"{printed} " if not paragraph.raw.startswith(" ") else printed)
            paragraph.length += len(paragraph.pieces[0])
            paragraph.label = None
            continue
        paragraph.reading, paragraph.label = reading, reading.label
        paragraph.printed = printed if printed.strip() != reading.label else None
    for at, missing in gaps(read):
        labelled[at].gap = missing
    return paragraphs


def _paragraphs(lines: list[Line]) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    open_paragraph = False
    above: Line | None = None  # words written in above the next line
    for line in lines:
        if line.kind is Kind.BLANK:
            open_paragraph = False
        elif line.kind is Kind.TEXT:
            if _INSERTED_LINE.fullmatch(line.text) and above is None:
                above = line
                continue
            moved: list[str] = []
            text = line.text
            if above is not None:
                text, moved = _interlined(above, line)
            last = paragraphs[-1] if paragraphs else None
            match, weak = LABEL.match(text), False
            runs_on = not open_paragraph and last is not None and _runs_over_page(last, line)
            if match is None and not open_paragraph and not runs_on:
                match, weak = WEAK.match(text), True
            if last is not None and match is None and runs_on:
                last.breaks.append((line.page, last.append(text)))
            elif last is not None and open_paragraph and match is None:
                last.append(text)
            else:
                label = match["label"] if match else None
                rest = text[match.end() :] if match else text
                last = Paragraph([rest], (above or line).number, line.page, label, weak and match is not None)
                paragraphs.append(last)
            last.moved += moved
            open_paragraph, above = True, None
        elif line.kind is not Kind.CLASSIFICATION:
            open_paragraph = False
    if above is not None:
        paragraphs.append(Paragraph([above.text], above.number, above.page))
    return paragraphs


def _interlined(above: Line, line: Line) -> tuple[str, list[str]]:
    """Join a line of inserted words to the line below; they go behind the first words struck there, if any."""
    struck = _STRUCK.search(line.text) if line.number == above.number + 1 else None
    if struck is None:
        return f"{above.text} {line.text}", []
    return f"{line.text[: struck.end()]} {above.text}{line.text[struck.end() :]}", [above.text.strip("*")]


def _runs_over_page(last: Paragraph, line: Line) -> bool:
    """Tell whether a paragraph goes on over a page break: it ends in no full stop and the next line has no label."""
    page = last.breaks[-1][0] if last.breaks else last.page
    return line.page == page + 1 and re.search(r"[\w,-]$", last.last[-1:]) is not None
