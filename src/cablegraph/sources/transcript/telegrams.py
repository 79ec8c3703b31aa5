"""Where one telegram ends and the next begins in a file.

A telegram begins at the title of a form that fields follow, at a second date-time group behind a text, or where the
fields of a head come again with other values behind a text. What stands above belongs to it if a page or a rule across
the page begins there.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cablegraph.sources.transcript.cable import belongs_above, end_line
from cablegraph.sources.transcript.groups import read_group
from cablegraph.sources.transcript.labels import labelled
from cablegraph.sources.transcript.lines import Kind, Line
from cablegraph.sources.transcript.marks import is_title
from cablegraph.sources.transcript.opening import opens_text

_HEAD = ("control", "from", "to", "number", "received")
#: A line longer than this is no title and no field of a form.
_LONGEST = 110
#: How many lines may lie between two fields of one head.
_APART = 24


@dataclass
class _Seen:
    """What has been seen of a telegram: its fields, whether it has a date-time group and text."""

    fields: dict[str, str] = field(default_factory=dict)
    grouped: bool = False
    text: bool = False
    #: The first field that came again with another value, and its name.
    again: tuple[int, str] | None = None


def telegrams(lines: list[Line]) -> list[tuple[list[Line], bool]]:
    """Part the lines of a file into telegrams; True with each whose beginning is marked, stamps above its title and all."""
    starts = _starts(lines)
    begins = [(0, True), *(_with_marks_above(lines, start) for start in starts)]
    ends = [start for start, _ in begins[1:]] + [len(lines)]
    return [(lines[start:end], sure) for (start, sure), end in zip(begins, ends, strict=True)]


def _starts(lines: list[Line]) -> list[int]:
    starts: list[int] = []
    seen = _Seen()
    title: tuple[int, bool] | None = None  # where a title stands, and whether a text stood before it
    for index, line in enumerate(lines):
        if line.kind is Kind.BLANK:
            continue
        if len(line.text) > _LONGEST:
            seen.text = seen.text or (line.kind is Kind.TEXT and bool(seen.fields or seen.grouped))
            continue
        start = None
        if line.kind is Kind.TEXT and is_title(line.text):
            title = (index, seen.text)
        elif line.kind is Kind.TEXT and (found := labelled(line.text)) and found[0] in _HEAD:
            if title is not None:
                start, title = (title[0] if title[1] or found[0] in seen.fields else None), None
            start = _again(seen, index, *found) if start is None else start
            if start is not None:
                seen = _Seen()
            seen.fields.setdefault(found[0], found[1])
        elif read_group(line.text):
            if seen.text and (seen.grouped or seen.fields) and _heads_a_cable(lines, index):
                start, seen = _above_group(lines, index), _Seen()
            seen.grouped = True
        elif line.kind is Kind.TEXT and (seen.fields or seen.grouped) and opens_text(line):
            seen.text = True
        if start is not None:
            starts.append(start)
    return sorted({start for start in starts if start})


def _again(seen: _Seen, index: int, name: str, value: str) -> int | None:
    """The beginning of a head without a title: behind a text two fields come again with other values."""
    if not seen.text or seen.fields.get(name, value) == value:
        return None
    if seen.again is None or seen.again[1] == name or index - seen.again[0] > _APART:
        seen.again = (index, name)
        return None
    return seen.again[0]


def _heads_a_cable(lines: list[Line], index: int) -> bool:
    """Whether FM or TO stands right below a date-time group."""
    below = [line for line in lines[index + 1 : index + 9] if line.kind is not Kind.BLANK]
    return any(end_line(line.text) for line in below[:3])


def _above_group(lines: list[Line], index: int) -> int:
    """The first line of a cable whose date-time group stands at ``index``: the offices above it belong to it."""
    start = index
    for above in range(index - 1, max(index - 30, -1), -1):
        line = lines[above]
        if line.kind is Kind.OPERATOR and line.text.startswith("NNN"):
            break
        if line.kind is Kind.TEXT and not belongs_above(line.text):
            break
        if line.kind in (Kind.TEXT, Kind.RULE, Kind.CODE, Kind.PAGE_HEAD):
            start = above
        if line.kind is Kind.PAGE_HEAD or line.parted:
            break
    return start


def _with_marks_above(lines: list[Line], start: int) -> tuple[int, bool]:
    """Move a beginning up to where a page or a rule begins, if only marks stand between; False where nothing shows it."""
    for above in range(start, -1, -1):
        line = lines[above]
        if line.parted:
            return above, True
        if above < start and line.kind is Kind.OPERATOR and line.text.startswith("NNN"):
            return above + 1, True
        if above < start and line.kind is Kind.TEXT and opens_text(line):
            break
    nothing_above = all(line.kind is Kind.BLANK for line in lines[max(start - 1, 0) : start]) and start < 2
    return start, nothing_above
