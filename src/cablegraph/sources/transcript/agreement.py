"""What two places of a transcript say of one thing: the first page, and the heads of the pages behind it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cablegraph.sources.transcript.dating import Numbered, Sent
from cablegraph.sources.transcript.ends import End, read_end
from cablegraph.sources.transcript.fields import Field
from cablegraph.sources.transcript.lines import Kind, Line
from cablegraph.sources.transcript.numbers import numbered
from cablegraph.sources.transcript.page_heads import cable_of, read_page_head
from cablegraph.sources.transcript.sureness import BROKEN, CONFIRMED, DOUBTED

_FROM = re.compile(
    r"(?P<number>.{1,70}?)(?:[,\s]+(?:FROM|FR0M|FRM)\s+(?P<origin>[A-Z0-9][A-Z0-9 .'’-]{1,40}?)\s*)?", re.IGNORECASE
)
#: So many page heads are compared.
_MOST = 200


@dataclass(frozen=True)
class Told:
    """What a page head says of a field."""

    value: str
    line: int
    printed: str
    sent: Sent | None = None


@dataclass(frozen=True)
class Later:
    """The head of a later page taken apart."""

    line: int
    printed: str
    number: str | None
    series: str | None
    date: Numbered | None
    origin: End | None


def page_heads(lines: list[Line]) -> Iterator[Later]:
    """Take the heads of later pages apart to number, date and sender."""
    for line in [line for line in lines if line.kind is Kind.PAGE_HEAD][:_MOST]:
        head = read_page_head(line.text)
        rest = head.rest if head else ""
        if cable := cable_of(rest):
            yield Later(line.number, rest, cable[1], None, None, None)
            continue
        match = _FROM.fullmatch(rest)
        if match is None:
            continue
        printed, series = numbered(match["number"])
        origin = read_end(match["origin"]) if match["origin"] else None
        if printed.moment.date is not None:
            number = printed.figures.number if printed.figures else None
            yield Later(line.number, rest, number, series, printed, origin)


def agreed(own: Field | None, others: list[Told]) -> tuple[Field | None, bool, list[Told]]:
    """The value that most places say; whether all agree; and those that say otherwise.

    The first page counts as one place and wins a tie. Where places differ, how many agree is how sure the value is.
    """
    if not others:
        return own, False, []
    counts = Counter(item.value.casefold() for item in others)
    best = max(counts, key=lambda value: counts[value])
    mine = own.text.casefold() if own else None
    agreeing = counts.get(mine, 0) + 1 if mine else 0
    if own is None or counts[best] > agreeing:
        chosen = next(item for item in others if item.value.casefold() == best)
        share = counts[best] / (len(others) + (own is not None))
        field = Field(chosen.value, chosen.line, "from the head of a later page", _sure(share, DOUBTED), chosen.printed)
        dissent = [item for item in others if item.value.casefold() != best]
        return field, False, dissent
    dissent = [item for item in others if item.value.casefold() != mine]
    if not dissent:
        confirmed = own if own.how is None else replace(own, confidence=max(own.confidence, _confirmed(own)))
        return confirmed, True, []
    share = agreeing / (len(others) + 1)
    return (
        own.noted("the heads of later pages do not all say so", _sure(share, DOUBTED - 0.05), own.text),
        False,
        dissent,
    )


def _confirmed(own: Field) -> float:
    return CONFIRMED if own.confidence > BROKEN else DOUBTED


def _sure(share: float, most: float) -> float:
    return round(max(BROKEN, min(share, most)), 2)
