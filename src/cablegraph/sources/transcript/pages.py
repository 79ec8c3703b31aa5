"""The order of a telegram's pages, told from their heads; pages whose number was misread or whose head is missing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from cablegraph.sources.transcript.columns import TITLE
from cablegraph.sources.transcript.labels import labelled
from cablegraph.sources.transcript.lines import Kind, Line
from cablegraph.sources.transcript.opening import opens_text
from cablegraph.sources.transcript.page_heads import PageHead, read_page_head
from cablegraph.sources.transcript.sureness import DOUBTED, LOOKALIKE, PLACED

#: How many faults of one kind are told one by one.
_MOST_TOLD = 20
_FURNITURE = (
    Kind.BLANK, Kind.CODE, Kind.COPY, Kind.DECLASSIFICATION, Kind.FORM, Kind.MICROFILM, Kind.OPERATOR, Kind.CLASSIFICATION,
    Kind.RULE,
)  # fmt: skip


@dataclass(frozen=True)
class PageFault:
    """Something about the pages that is worth a finding; ``repaired`` is what the reader made of it, ``sure`` how surely."""

    line: int
    kind: str
    value: str
    message: str
    repaired: str | None = None
    sure: float = DOUBTED


@dataclass
class _Page:
    """A page: the index of its first line, its number as read (None where it is lost), and its head."""

    start: int
    number: int | None
    head: PageHead | None = None


def order_pages(lines: list[Line]) -> tuple[list[Line], list[PageFault]]:
    """Number the lines by their pages and put the pages in order; lines before the first page head are page 1."""
    faults: list[PageFault] = []
    pages = _pages(lines)
    if not pages:
        return lines, _without_heads(lines)
    _repair(lines, pages, faults)
    bounds = [0, *(page.start for page in pages[1:]), len(lines)]
    blocks = [lines[start:end] for start, end in pairwise(bounds)]
    numbers = [page.number or 0 for page in pages]
    for number, block in zip(numbers, blocks, strict=True):
        for line in block:
            line.page = number
    order = sorted(range(len(blocks)), key=lambda at: numbers[at])
    if order != list(range(len(blocks))):
        found = ", ".join(str(number) for number in numbers[:_MOST_TOLD])
        message = f"The pages stand in the order {found} in the file; they are read by their numbers."
        faults.append(PageFault(blocks[0][0].number, "pages out of order", found, message))
    faults += _gaps(numbers, blocks)
    ordered = [line for at in order for line in blocks[at]]
    return ordered, [*faults, *_without_heads(ordered)]


def _pages(lines: list[Line]) -> list[_Page]:
    """The pages of a telegram in the order of the file; none where there are no page heads."""
    pages = [
        _Page(index, head.page, head)
        for index, line in enumerate(lines)
        if line.kind is Kind.PAGE_HEAD and (head := read_page_head(line.text))
    ]
    if not pages:
        return []
    first = _first_page(lines, pages)
    if first is not None:
        pages = sorted([*pages, _Page(first, 1)], key=lambda page: page.start)
    elif pages[0].number != 1 and any(line.kind is not Kind.BLANK for line in lines[: pages[0].start]):
        pages = [_Page(0, 1), *pages]
    return pages


def _first_page(lines: list[Line], pages: list[_Page]) -> int | None:
    """Where page 1 begins if it stands behind another page: at its form title."""
    begins = pages[0].start
    before = lines[:begins]
    if any(page.number == 1 for page in pages):
        return None
    if any(line.kind is Kind.TEXT and (TITLE.match(line.text) or labelled(line.text)) for line in before):
        return None
    for index in range(begins, len(lines)):
        line = lines[index]
        if line.kind is Kind.TEXT and len(line.text) < 100 and TITLE.match(line.text):
            return index
    return None


def _repair(lines: list[Line], pages: list[_Page], faults: list[PageFault]) -> None:
    """Give pages the number that is missing, or that was misread: the pages around them leave only one."""
    lost = [at for at, page in enumerate(pages) if page.number is None]
    wrong = [at for at, page in enumerate(pages) if page.number is not None and page.number != at + 1]
    if len(wrong) == 1 and not lost and len(pages) > 2 and wrong[0] + 1 not in (page.number for page in pages):
        lost = wrong
    taken = {page.number for at, page in enumerate(pages) if at not in lost}
    missing = iter(number for number in range(1, len(pages) + 1) if number not in taken)
    for at in lost:
        page = pages[at]
        number, printed = next(missing, at + 1), page.head.printed if page.head else ""
        message = f"Page {number} is numbered {printed or 'nowhere'}; the pages around it tell its number."
        sure = LOOKALIKE if len(lost) == 1 else PLACED
        faults.append(PageFault(lines[page.start].number, "page number repaired", printed, message, str(number), sure))
        page.number = number
    for at, page in enumerate(pages):
        if at not in lost and page.head and page.number and not page.head.plain:
            message = "letters read as the figures that they look like"
            line = lines[page.start].number
            faults.append(
                PageFault(line, "page number repaired", page.head.printed, message, str(page.number), LOOKALIKE)
            )


def _gaps(numbers: list[int], blocks: list[list[Line]]) -> list[PageFault]:
    faults: list[PageFault] = []
    met: set[int] = set()
    for number, block in zip(numbers, blocks, strict=True):
        if number in met and len(faults) < _MOST_TOLD:
            message = f"A second page {number} stands in the file; it is read behind the first."
            faults.append(PageFault(block[0].number, "repeated page", str(number), message))
        met.add(number)
    missing = sorted(set(range(1, min(max(numbers), 1000))) - met)
    if missing:
        shown = ", ".join(str(page) for page in missing[:_MOST_TOLD])
        message = f"No page head shows page {shown}; its text may be missing or stand under another page."
        faults.append(PageFault(blocks[0][0].number, "page not found", shown, message))
    return faults


def _without_heads(lines: list[Line]) -> list[PageFault]:
    """Feet of pages in the middle of the text behind which no page head follows: classification, stamps, classification."""
    faults: list[PageFault] = []
    levels = 0
    told = text = False
    begins: Line | None = None
    for line in lines:
        if line.kind is Kind.TEXT:
            if text and levels and not told and begins is not None and len(faults) < _MOST_TOLD and len(line.text) > 3:
                message = "A page ends here, told from the classification at its foot, and no page head follows."
                faults.append(PageFault(begins.number, "page not found", begins.text, message))
            text = text or opens_text(line)
            levels, told, begins = 0, False, None
        elif line.kind is Kind.CLASSIFICATION:
            levels, begins = levels + 1, begins or line
        elif line.kind is Kind.PAGE_HEAD:
            told = True
        elif line.kind not in _FURNITURE:
            levels, begins = 0, None
    return faults
