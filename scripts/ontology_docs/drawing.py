"""Boxes with rows in columns, and lines from a row to a box: all that the diagrams need, as SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

_ROW, _GAP, _SPACE, _CHARACTER = 17, 22, 90, 6.6

_STYLE = (
    "text{font:12px ui-monospace,monospace;fill:#222}.t{font-weight:bold}rect{fill:#fff;stroke:#556}"
    ".h{fill:#e8edf5}path{fill:none;stroke:#99a}"
)


@dataclass
class Box:
    """A box: its title, and rows of a text and, where a line goes from the row, the title of the box at its end."""

    title: str
    rows: list[tuple[str, str | None]] = field(default_factory=list)

    @property
    def width(self) -> int:
        """In pixels, by the longest line."""
        return int(max(len(text) for text in (self.title, *(row for row, _ in self.rows))) * _CHARACTER) + 20

    @property
    def height(self) -> int:
        """In pixels."""
        return _ROW * (len(self.rows) + 1) + 8


def draw(columns: Sequence[Sequence[Box]], title: str, description: str) -> str:
    """The boxes, column by column from the left; lines leave a row on the side where the other box stands."""
    places: dict[str, tuple[int, int, Box]] = {}
    x = 10
    for column in columns:
        y = 10
        for box in column:
            places[box.title] = (x, y, box)
            y += box.height + _GAP
        x += max((box.width for box in column), default=0) + _SPACE
    width = x - _SPACE + 60
    height = max(y + box.height for _, y, box in places.values()) + 10
    lines = [_line(places, box, n, end) for _, _, box in places.values() for n, (_, end) in enumerate(box.rows) if end]
    boxes = [_drawn(x, y, box) for x, y, box in places.values()]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc><style>{_STYLE}</style>\n"
        + f'<rect width="{width}" height="{height}" style="stroke:none"/>\n'
        + "\n".join([*lines, *boxes])
        + "\n</svg>\n"
    )


def _drawn(x: int, y: int, box: Box) -> str:
    rows = "".join(
        f'<text x="{x + 8}" y="{y + _ROW * (n + 2)}">{escape(text)}</text>' for n, (text, _) in enumerate(box.rows)
    )
    return (
        f'<rect x="{x}" y="{y}" width="{box.width}" height="{box.height}"/>'
        f'<rect class="h" x="{x}" y="{y}" width="{box.width}" height="{_ROW + 5}"/>'
        f'<text class="t" x="{x + 8}" y="{y + _ROW - 2}">{escape(box.title)}</text>{rows}'
    )


def _line(places: Mapping[str, tuple[int, int, Box]], box: Box, row: int, end: str) -> str:
    x, y, _ = places[box.title]
    to_x, to_y, to_box = places[end]
    start_y, end_y = y + _ROW * (row + 2) - 4, to_y + 11
    right = to_x >= x
    start_x = x + box.width if right else x
    end_x = to_x if to_x > x else to_x + to_box.width
    bend = 40 if right else -40
    end_bend = -40 if to_x > x else 40
    return f'<path d="M{start_x} {start_y}C{start_x + bend} {start_y} {end_x + end_bend} {end_y} {end_x} {end_y}"/>'
