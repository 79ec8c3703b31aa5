"""Where one telegram ends and the next begins in a file, and the order of a telegram's pages, told from page heads."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from cablegraph.sources.transcript.columns import TITLE
from cablegraph.sources.transcript.lines import PAGE_HEAD, Kind, Line
from cablegraph.sources.transcript.marks import labelled


@dataclass(frozen=True)
class PageFault:
    """Something about the pages that is worth a finding; ``repaired`` is what the reader made of it."""

    line: int
    kind: str
    value: str
    message: str
    repaired: str | None = None


def telegrams(lines: list[Line]) -> list[list[Line]]:
    """Part the lines of a file at each form title that fields of its own follow."""
    starts: list[int] = []
    title: int | None = None
    for index, line in enumerate(lines):
        if line.kind is not Kind.TEXT or len(line.text) > 100:
            continue
        if TITLE.match(line.text):
            title = index
        elif title is not None and (found := labelled(line.text)) and found[0] in ("from", "to", "number"):
            starts.append(title)
            title = None
    cuts = [0, *starts[1:], len(lines)]
    return [lines[start:end] for start, end in pairwise(cuts)]


def head_of_page(line: Line) -> tuple[int, str, str]:
    """The number of a page head, that number as printed, and what else stands in it."""
    match = PAGE_HEAD.fullmatch(line.text)
    if match is None:
        return 0, "", ""
    printed = match["page"] or match["page_"]
    number = int(printed.translate(str.maketrans("OoIilL", "001111")))
    return number, printed, match["rest"] or match["rest_"] or ""


def order_pages(lines: list[Line]) -> tuple[list[Line], list[PageFault]]:
    """Number the lines by their pages and put the pages in order; lines before the first page head are page 1."""
    faults: list[PageFault] = []
    heads = [index for index, line in enumerate(lines) if line.kind is Kind.PAGE_HEAD and head_of_page(line)[0]]
    if not heads:
        return lines, faults
    begins = [(index, head_of_page(lines[index])[0]) for index in heads]
    first = _first_page(lines, heads)
    if first is not None:
        begins = sorted([*begins, (first, 1)])
    elif any(line.kind is not Kind.BLANK for line in lines[: heads[0]]) and begins[0][1] != 1:
        begins = [(0, 1), *begins]
    # What stands before the first page goes with it.
    bounds, pages = [0, *(index for index, _ in begins[1:])], [page for _, page in begins]
    _repair(lines, bounds, pages, faults)
    blocks = [lines[start:end] for start, end in zip(bounds, [*bounds[1:], len(lines)], strict=True)]
    for page, block in zip(pages, blocks, strict=True):
        for line in block:
            line.page = page
    order = sorted(range(len(blocks)), key=lambda at: pages[at])
    if order != list(range(len(blocks))):
        found = ", ".join(str(page) for page in pages)
        message = f"The pages stand in the order {found} in the file; they are read by their numbers."
        faults.append(PageFault(blocks[0][0].number, "pages out of order", found, message))
    faults += _gaps(pages, blocks)
    return [line for at in order for line in blocks[at]], faults


def _first_page(lines: list[Line], heads: list[int]) -> int | None:
    """Where page 1 begins if it stands behind another page: at its form title."""
    before = lines[: heads[0]]
    if any(line.kind is Kind.TEXT and (TITLE.match(line.text) or labelled(line.text)) for line in before):
        return None
    for index in range(heads[0], len(lines)):
        line = lines[index]
        if line.kind is Kind.TEXT and len(line.text) < 100 and TITLE.match(line.text):
            return index
    return None


def _repair(lines: list[Line], bounds: list[int], pages: list[int], faults: list[PageFault]) -> None:
    """Correct a number that was misread: every other page stands in its place, and this one's number is missing."""
    wrong = [at for at, page in enumerate(pages) if page != at + 1]
    if len(wrong) == 1 and len(pages) > 2:
        at = wrong[0]
        line = lines[bounds[at]]
        printed = head_of_page(line)[1]
        message = f"Page {at + 1} is numbered {printed}; the pages around it tell its number."
        faults.append(PageFault(line.number, "page number repaired", printed, message, str(at + 1)))
        pages[at] = at + 1


def _gaps(pages: list[int], blocks: list[list[Line]]) -> list[PageFault]:
    faults = []
    for at, page in enumerate(pages):
        if page in pages[:at]:
            message = f"A second page {page} stands in the file; it is read behind the first."
            faults.append(PageFault(blocks[at][0].number, "repeated page", str(page), message))
    missing = sorted(set(range(1, min(max(pages), 1000))) - set(pages))
    if missing:
        shown = ", ".join(str(page) for page in missing[:20])
        message = f"No page head shows page {shown}; its text may be missing or stand under another page."
        faults.append(PageFault(blocks[0][0].number, "page not found", shown, message))
    return faults
