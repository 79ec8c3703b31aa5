"""The heads of microfiche supplements taken apart, and what a head of any kind says.

Supplements put everything into one sentence after another::

    545. Telegram 1862 from USUN, November 19. Subject. Top Secret. 5 pp. DOS, CF, 737.56361/11–1962.

Editors' slips are common (no full stop after the classification, pages before it, a stray comma), so each element is
found by what it is rather than by where it ought to stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from cablegraph.sources.dates import PrintedDate, find_date
from cablegraph.sources.frus.holding import holder_and_collection
from cablegraph.vocabularies import vocabulary

#: What stands behind this many characters of a head is kept and not read; no edition comes near it.
LONGEST_HEAD = 20_000


class _Chapter(Protocol):
    @property
    def head(self) -> str: ...
    @property
    def line(self) -> int: ...


@dataclass
class Head:
    """What a head says; None for what it does not say.

    ``year_from`` is the chapter that a year came from, ``kind_from`` the series that the kind follows from.
    """

    text: str
    document_number: str | None = None
    kind: str | None = None
    series: str | None = None
    number: str | None = None
    date_time_group: str | None = None
    from_text: str | None = None
    to_text: str | None = None
    other_addressees: list[tuple[str, str]] = field(default_factory=list)
    date_text: str | None = None
    sent: str | None = None
    year_from: _Chapter | None = None
    kind_from: str | None = None
    subject: str | None = None
    classification: str | None = None
    captions: list[str] = field(default_factory=list)
    pages: int | None = None
    repository: str | None = None
    collection: str | None = None
    file_number: str | None = None
    doubts: list[tuple[str, str | None, str]] = field(default_factory=list)


_NUMBER = re.compile(r"(?P<number>\d+[A-Z]?)\.\s+")
_ENDS = re.compile(r"\b(from|to)\b\s+(?:the\s+)?", re.IGNORECASE)
_MESSAGE = re.compile(
    r"\s*(?:No\.\s*)?(?:(?P<series>[A-Z][A-Za-z]{0,8})[\s-]\s*)?(?P<number>\d[\d/]*[A-Z]?(?:[-–]\d+)*)\b(?!\.\d)"
)
_DTG = re.compile(r"\s*(?P<group>[0-3]\d[0-2]\d[0-5]\dZ)\b")
_ANOTHER = re.compile(r"(?:[,;]\s*(?:and\s+)?|\s+and\s+)(?P<number>\d[\d/]*)\s+to\s+", re.IGNORECASE)
_PAGES = re.compile(r"(?P<pages>\d{1,5})\s*pps?\b\.?|(?P<one>1)\s*p\b\.?", re.IGNORECASE)
_UNDATED = re.compile(r",\s*undated\b", re.IGNORECASE)
#: Series of airgrams; all others number telegrams.
_AIRGRAMS = ("A", "CA", "Polto A", "Toaid A")
#: Names of the central files; what stands behind is the file number.
_CENTRAL = re.compile(r"CF|Central (?:Foreign Policy )?Files?(?: \d{4}[-–]\d{2,4})?")
#: What a classification holds for: "No classification marking on covering note; attachments are Secret".
_HOLDS_FOR = re.compile(r"\s+(?:on|for)\s+(?:the\s+)?[a-z][^.]*")
#: Decimal file (class.country/date) and subject-numeric file (POL 18 Cyp) numbers.
_FILE = re.compile(
    r"\d{2,3}[A-Z]?\.\w+(?:[-–]\w+)?/\d{1,2}\s?[-–—]\s?\d{3,4}|[A-Z]{2,5}(?:\s\d{1,2}(?:[-–]\d{1,2})*)?(?:\s[A-Z][A-Za-z.]*)*(?:\W|$)"
)


def read_head(text: str, chapters: Sequence[_Chapter] = ()) -> Head:
    """Take a head apart; the year may come from the chapter's head, and then ``year_from`` says so."""
    head = Head(text)
    rest = text[:LONGEST_HEAD]
    if match := _NUMBER.match(rest):
        head.document_number = match["number"]
        rest = rest[match.end() :]
    kind = vocabulary("document-kinds").leading(rest)
    if kind is not None:
        head.kind = kind[0].label.casefold()
        rest = rest[kind[1] :]
    elif text:
        head.kind = kind_within(rest)
        if head.kind is None:
            tell_kind_by_series(head, rest)
        if head.kind is None:
            head.doubts.append(("kind", rest[:60], "The kind of document could not be told from the head."))
    opening, rest = _split_at_date(head, rest, chapters)
    _read_opening(head, opening)
    _read_citation(head, rest)
    return head


def kind_within(text: str) -> str | None:
    """Find the kind in a head that begins with a body or a name: "NSC Executive Committee record of action"."""
    opening = re.split(r"[,;]|(?<![A-Z])\.\s", text, maxsplit=1)[0]
    for word in re.finditer(r"\b[A-Za-z]", opening):
        found = vocabulary("document-kinds").leading(opening[word.start() :])
        if found is not None:
            return found[0].label.casefold()
    return None


def tell_kind_by_series(head: Head, text: str) -> None:
    """Tell the kind of a head that begins with the name of a series and a number: ``Disto 727 from Geneva``."""
    match = _MESSAGE.match(text)
    series = vocabulary("series").find(match["series"]) if match and match["series"] else None
    if series is not None:
        head.kind = "airgram" if series.label in _AIRGRAMS else "telegram"
        head.kind_from = series.label


def _split_at_date(head: Head, text: str, chapters: Sequence[_Chapter]) -> tuple[str, str]:
    """Split into what stands before the date (ends, numbers) and after it (subject, citation)."""
    sentence_end = _first_sentence(text)
    if match := _UNDATED.search(text, 0, sentence_end + 1):
        head.date_text = match.group().strip(", ")
        return text[: match.start()], text[match.end() :]
    date = find_date(text)
    if date is None or date.start > sentence_end + 1 or (date.day is None and date.year is None):
        return text[:sentence_end], text[sentence_end:]
    head.date_text = text[date.start : date.end]
    head.sent = _dated(head, date, chapters)
    return text[: date.start], text[date.end :]


def _first_sentence(text: str) -> int:
    """Where the first sentence ends; a point after an initial or an abbreviation ends nothing."""
    for match in re.finditer(r"(?<![ .(][A-Z])(?<!\bNo)(?<!\bGen)(?<!U\.S)(?<!\bDr)\.(?=\s|$)", text):
        return match.start()
    return len(text)


def _dated(head: Head, date: PrintedDate, chapters: Sequence[_Chapter]) -> str | None:
    if date.year is not None:
        if date.edtf is None:
            head.doubts.append(("sent", head.date_text, "There is no such day; the printed date stays as text."))
        return date.edtf
    for chapter in reversed(chapters):
        years = re.findall(r"\b(1[89]\d\d|20\d\d)\b", chapter.head)
        if len(set(years)) == 1:
            head.year_from = chapter
            dated = date.with_year(int(years[0])).edtf
            if dated is None:
                head.doubts.append(("sent", head.date_text, "There is no such day in the chapter's year."))
            return dated
    head.doubts.append(("sent", head.date_text, "No year is printed, neither here nor in the head of a chapter."))
    return None


def _read_opening(head: Head, opening: str) -> None:
    """Read number, series and the two ends: `` 1862 from USUN,``."""
    rest = opening.rstrip(" ,;.")
    if match := _DTG.match(rest):
        head.date_time_group = match["group"]
        rest = rest[match.end() :]
    elif (match := _MESSAGE.match(rest)) and _is_message(match):
        head.series = match["series"]
        head.number = match["number"]
        rest = rest[match.end() :]
    others = list(_ANOTHER.finditer(rest))
    if others and re.match(r"\s*to\s", rest, re.IGNORECASE):
        ends = [match.start() for match in others[1:]] + [len(rest)]
        head.other_addressees = [
            (match["number"], _name(rest[match.end() : end])) for match, end in zip(others, ends, strict=True)
        ]
        rest = rest[: others[0].start()]
    marks = list(_ENDS.finditer(rest))
    for index, match in enumerate(marks):
        end = marks[index + 1].start() if index + 1 < len(marks) else len(rest)
        name, word = _name(rest[match.end() : end]), match[1].casefold()
        if word == "from" and head.from_text is None:
            head.from_text = name or None
        elif word == "to" and head.to_text is None:
            head.to_text = name or None


def _is_message(match: re.Match[str]) -> bool:
    series = match["series"]
    return series is None or vocabulary("series").find(series) is not None or len(series) <= 2


def _name(text: str) -> str:
    """A name as printed, without a leading "the" and without a paper's own number ("McNamara, JCSM-236–61")."""
    name = re.sub(r"^the\s+", "", text.strip(" ,;."), flags=re.IGNORECASE)
    return re.sub(r",\s+[A-Z]+[-–]\d.*$", "", name)


def _read_citation(head: Head, text: str) -> None:
    """Read subject, classification, captions, pages, repository, collection and file number from the end backwards."""
    text = text.lstrip(" ,.;")
    if re.match(r"[a-z]", text):  # "among Rusk, Andrade, and Fitzgerald (ICA). Subject": still the opening
        text = text[_first_sentence(text) :].lstrip(" ,.;")
    pages = list(_PAGES.finditer(text))
    levels = _classifications(text)
    level = _closest(levels, pages[-1].start() if pages else len(text))
    if pages:
        head.pages = int(pages[-1]["pages"] or pages[-1]["one"])
    marks = [span for span in (level and level[:2], pages and pages[-1].span()) if span]
    if not marks:
        head.subject = text.strip(" .") or None
        return
    start, end = min(mark[0] for mark in marks), max(mark[1] for mark in marks)
    head.subject = text[:start].strip(" ,;").removesuffix(".").strip() or None
    if level:
        head.classification = level[2]
        inside = text[level[1] : pages[-1].start()] if pages and pages[-1].start() > level[1] else ""
        tail = text[end:]
        after = re.match(r"[;,]\s*([A-Z][\w ]+?)\.", text[level[1] :]) if not inside else None
        captions = inside or (after[1] if after else "")
        head.captions = [word.strip() for word in re.split(r"[;,/]", captions.strip(" .;,")) if word.strip(" .")]
        if after:
            tail = text[max(end, level[1] + after.end()) :]
    else:
        tail = text[end:]
    _read_holding(head, tail.strip(" .,;"))


def _classifications(text: str) -> list[tuple[int, int, str]]:
    found = []
    for match in re.finditer(r"(?:(?<=[.,;]\s)|(?<=\.[”\"]\s)|(?<=p\.\s)|^)(?=[A-Z])", text):
        hit = vocabulary("classification").leading(text[match.start() :])
        if hit is None:
            continue
        end = match.start() + hit[1]
        level = text[match.start() : end]
        if held := _HOLDS_FOR.match(text, end):
            end = held.end()
        if re.match(r"\s*(?:[.;,]|\d|$)", text[end:]):
            found.append((match.start(), end, level))
    return found


def _closest(levels: list[tuple[int, int, str]], place: int) -> tuple[int, int, str] | None:
    return min(levels, key=lambda level: (abs(place - level[1]), level[0])) if levels else None


def _read_holding(head: Head, text: str) -> None:
    """Read ``DOS, CF, 737.56361/11–1962``: who holds it, in what collection, under which file number."""
    if not text:
        return
    repository, _, rest = text.partition(",")
    head.repository = repository.strip()
    rest = rest.strip()
    collection, _, number = rest.partition(",")
    if _CENTRAL.fullmatch(collection.strip()):
        head.collection = collection.strip()
        head.file_number = number.strip(" .") or None
        if head.file_number and not _FILE.match(head.file_number):
            head.doubts.append(
                ("file_number", head.file_number, "This is no central file number of a known form; kept as printed.")
            )
        return
    head.repository, head.collection = holder_and_collection(head.repository, rest or None)
