"""What happens to a transcript on its way: each damage takes a text and a source of chance, and gives the damaged text.

Nothing here knows the reader. ``opens`` are the first words of the telegram's text; what stands before them is its head.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random

from forms import Clean

Damage = Callable[[Clean, str, Random], str]

_FIGURES = {"0": "O", "1": "Il", "5": "S", "8": "B"}
_LETTERS = {"O": "0", "I": "1l", "S": "5", "B": "8"}
_PAGE_HEAD = re.compile(r"(?m)^(?:-\d+- |PAGE \d\d )")


def _head(clean: Clean, text: str) -> tuple[list[str], str]:
    """The lines of the head, and the rest; without the first words of the text, all up to a third is head."""
    place = text.find(clean.opens)
    place = place if place >= 0 else len(text) // 3
    return text[:place].split("\n"), text[place:]


def _filled(lines: list[str]) -> list[int]:
    return [at for at, line in enumerate(lines) if line.strip()]


def _joined(lines: list[str], rest: str) -> str:
    if lines and lines[-1]:
        lines.append("")
    return "\n".join(lines) + rest


def line_dropped(clean: Clean, text: str, chance: Random) -> str:
    """A line of the head is missing."""
    lines, rest = _head(clean, text)
    if filled := _filled(lines):
        del lines[chance.choice(filled)]
    return _joined(lines, rest)


def lines_moved(clean: Clean, text: str, chance: Random) -> str:
    """A few lines of the head stand elsewhere in it."""
    lines, rest = _head(clean, text)
    for _ in range(chance.randint(1, 3)):
        line = lines.pop(chance.choice(_filled(lines)))
        lines[(at := chance.randrange(len(lines))) : at] = ["", line, ""]
    return _joined(lines, rest)


def line_among_text(clean: Clean, text: str, chance: Random) -> str:
    """A line of the head stands between two paragraphs of the text."""
    lines, rest = _head(clean, text)
    line = lines.pop(chance.choice(_filled(lines)))
    paragraphs = rest.split("\n\n")
    paragraphs.insert(chance.randint(1, max(1, len(paragraphs) - 2)), line)
    return _joined(lines, "\n\n".join(paragraphs))


def columns_merged(clean: Clean, text: str, chance: Random) -> str:
    """Two neighboring lines of the head ran together, with a wide gap or a tab between them."""
    lines, rest = _head(clean, text)
    for _ in range(chance.randint(1, 3)):
        filled = _filled(lines)
        at = chance.randrange(len(filled) - 1)
        second = lines.pop(filled[at + 1])
        lines[filled[at]] += chance.choice(["   ", "          ", "\t"]) + second
    return _joined(lines, rest)


def columns_crossed(clean: Clean, text: str, chance: Random) -> str:
    """Two lines of the head that do not neighbor stand in one line, as left and right columns do."""
    lines, rest = _head(clean, text)
    for _ in range(chance.randint(1, 3)):
        one, other = sorted(chance.sample(_filled(lines), 2))
        second = lines.pop(other)
        lines[one] += chance.choice(["    ", "              "]) + second
    return _joined(lines, rest)


def figures_as_letters(clean: Clean, text: str, chance: Random) -> str:
    """Some figures in numbers, dates and times are the letters that look like them."""
    return "".join(chance.choice(_FIGURES[m]) if m in _FIGURES and chance.random() < 0.25 else m for m in text)


def letters_as_figures(clean: Clean, text: str, chance: Random) -> str:
    """Some letters in the words of the head are the figures that look like them."""
    lines, rest = _head(clean, text)
    head = "\n".join(lines)
    return "".join(chance.choice(_LETTERS[m]) if m in _LETTERS and chance.random() < 0.12 else m for m in head) + rest


def letters_dropped(clean: Clean, text: str, chance: Random) -> str:
    """One mark in a hundred is missing, letters and figures alike."""
    return "".join("" if m.isalnum() and chance.random() < 0.01 else m for m in text)


def letters_dropped_in_head(clean: Clean, text: str, chance: Random) -> str:
    """Two or three letters of the head's words are missing; its figures are whole."""
    lines, rest = _head(clean, text)
    head = "\n".join(lines)
    places = chance.sample([at for at, mark in enumerate(head) if mark.isalpha()], chance.randint(2, 3))
    return "".join(mark for at, mark in enumerate(head) if at not in places) + rest


def stray_marks(clean: Clean, text: str, chance: Random) -> str:
    """Specks of dirt read as punctuation, one in sixty marks."""
    return "".join(m + chance.choice(".,'`~^|_;*") if m != "\n" and chance.random() < 1 / 60 else m for m in text)


def spaces_doubled(clean: Clean, text: str, chance: Random) -> str:
    """A third of the spaces are two or three."""
    return re.sub(" ", lambda _: " " * (chance.randint(2, 3) if chance.random() < 0.33 else 1), text)


def spaces_dropped(clean: Clean, text: str, chance: Random) -> str:
    """One space in twelve is missing."""
    return re.sub(" ", lambda _: "" if chance.random() < 1 / 12 else " ", text)


def lines_split(clean: Clean, text: str, chance: Random) -> str:
    """Two lines of the head are broken at a space."""
    lines, rest = _head(clean, text)
    for _ in range(2):
        if broken := [at for at, line in enumerate(lines) if " " in line.strip()]:
            at = chance.choice(broken)
            space = chance.choice([match.start() for match in re.finditer(" ", lines[at])])
            lines[at : at + 1] = [lines[at][:space], lines[at][space + 1 :]]
    return _joined(lines, rest)


def lines_joined(clean: Clean, text: str, chance: Random) -> str:
    """The blank lines between the lines of the head are gone."""
    lines, rest = _head(clean, text)
    return "\n".join(line for line in lines if line.strip()) + "\n" + rest


def wrapped(clean: Clean, text: str, chance: Random) -> str:
    """The text is in lines of sixty characters, words parted at their ends with hyphens."""
    lines, rest = _head(clean, text)
    return _joined(lines, "\n".join(piece for line in rest.split("\n") for piece in _wrap(line)))


def _wrap(line: str) -> Iterator[str]:
    while len(line) > 60:
        cut = line.rfind(" ", 0, 60)
        word = re.match(r"[A-Z]{6,}", line[cut + 1 :])
        parted = word is not None and cut + 4 < 59
        yield f"{line[: cut + 4]}-" if parted else line[:cut]
        line = line[cut + 4 :] if parted else line[cut + 1 :]
    yield line


def in_capitals(clean: Clean, text: str, chance: Random) -> str:
    """All letters are capitals."""
    return text.upper()


def in_mixed_case(clean: Clean, text: str, chance: Random) -> str:
    """The head is in capitals and small letters."""
    lines, rest = _head(clean, text)
    return "\n".join(lines).title() + rest


def lines_of_windows(clean: Clean, text: str, chance: Random) -> str:
    """Lines end as on Windows, and the file begins with its mark of UTF-8."""
    return "\ufeff" + text.replace("\n", "\r\n")


def tabs_for_spaces(clean: Clean, text: str, chance: Random) -> str:
    """Some spaces of the head are tabs."""
    lines, rest = _head(clean, text)
    return re.sub(" ", lambda _: "\t" if chance.random() < 0.15 else " ", "\n".join(lines)) + rest


def indented(clean: Clean, text: str, chance: Random) -> str:
    """Lines begin with spaces."""
    return "\n".join(" " * chance.choice([0, 0, 3, 12]) + line for line in text.split("\n"))


def margin_cut(clean: Clean, text: str, chance: Random) -> str:
    """The right margin was cut off."""
    width = chance.choice([18, 24, 32, 40])
    return "\n".join(line[:width] for line in wrapped(clean, text, chance).split("\n"))


def stamps_among(clean: Clean, text: str, chance: Random) -> str:
    """Stamps and dirt stand between the lines of the head."""
    lines, rest = _head(clean, text)
    for _ in range(chance.randint(1, 4)):
        stamp = chance.choice(
            ["001", "M", "XX-17", "GPO 9-30-60", "CU 1025", "X", "22", "RECEIVED", "......", "FILE COPY"]
        )
        lines.insert(chance.randrange(len(lines)), stamp)
    return _joined(lines, rest)


def _pages(text: str) -> list[str]:
    cuts = [0, *(match.start() for match in _PAGE_HEAD.finditer(text) if match.start()), len(text)]
    return [text[start:end].rstrip("\n") + "\n\n" for start, end in pairwise(cuts)]


def pages_shuffled(clean: Clean, text: str, chance: Random) -> str:
    """The pages stand in another order."""
    pages = _pages(text)
    chance.shuffle(pages)
    return "".join(pages)


def page_head_damaged(clean: Clean, text: str, chance: Random) -> str:
    """The head of a later page lost its dash, its number or a letter, or has a figure read as a letter."""
    heads = list(re.finditer(r"(?m)^-\d- .*$", text))
    if not heads:
        return text
    match = chance.choice(heads)
    line = match.group()
    changed = chance.choice([
        line[1:], line.replace("- ", " ", 1), line.replace("-", "~", 1), line[3:].strip(), line.replace("2", "Z").replace("5", "S"),
        line.replace("FROM ", ""), line.replace("1", "l"), line.replace(" ", "", 1), line.replace(", ", " "), f"'{line}",
    ])  # fmt: skip
    return text[: match.start()] + changed + text[match.end() :]


def page_head_dropped(clean: Clean, text: str, chance: Random) -> str:
    """The head of a later page is missing."""
    heads = list(_PAGE_HEAD.finditer(text))
    match = chance.choice(heads[1:] or heads) if heads else None
    return text if match is None else text[: match.start()] + text[text.find("\n", match.start()) + 1 :]


def labels_damaged(clean: Clean, text: str, chance: Random) -> str:
    """Two labels of paragraphs were misread: 1 as I or l, 5 as S, the full stop as a comma or nothing."""
    lines, rest = _head(clean, text)
    for _ in range(2):
        labels = list(re.finditer(r"(?m)^\(?[\dIVA-Z]{1,3}[.)] (?=[A-Z])", rest))
        if not labels:
            break
        match = chance.choice(labels)
        label = match.group()
        changed = chance.choice([
            label.replace("1", "l").replace("5", "S").replace("2", "Z"), label.replace("1", "I").replace("I.", "1."),
            label.replace(".", ","), label.replace(". ", " ."), label.replace(".", " ."), label.replace("(", "").replace(")", "."),
        ])  # fmt: skip
        rest = rest[: match.start()] + changed.rstrip() + " " + rest[match.end() :]
    return _joined(lines, rest)


def label_dropped(clean: Clean, text: str, chance: Random) -> str:
    """A label of a paragraph is missing."""
    lines, rest = _head(clean, text)
    labels = list(re.finditer(r"(?m)^\(?[\dIVA-Z]{1,3}[.)] (?=[A-Z])", rest))
    if not labels:
        return text
    match = chance.choice(labels)
    return _joined(lines, rest[: match.start()] + rest[match.end() :])


DAMAGES: dict[str, Damage] = {
    function.__name__.replace("_", " "): function
    for function in (
        line_dropped, lines_moved, line_among_text, columns_merged, columns_crossed, figures_as_letters,
        letters_as_figures, letters_dropped, letters_dropped_in_head, stray_marks, spaces_doubled, spaces_dropped,
        lines_split, lines_joined, wrapped, in_capitals, in_mixed_case, lines_of_windows, tabs_for_spaces, indented,
        margin_cut, stamps_among, pages_shuffled, page_head_damaged, page_head_dropped, labels_damaged, label_dropped,
    )
}  # fmt: skip
