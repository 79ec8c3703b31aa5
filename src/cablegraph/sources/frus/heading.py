"""The heads of printed documents: kind, number and the two ends.

Eras differ: ``279. Telegram From the Embassy in Greece to the Department of State``; ``Telegram 192358 From … to …,
October 20, 1972, 2246Z``; and before 1955 ``The Ambassador in India (Bowles) to the Secretary of State``, where the kind
stands in the source note. The editors' ``gloss`` and ``persName`` of type from and to help, but are missing or wrong
often enough that the words decide.
"""

from __future__ import annotations

import re
from itertools import islice

from cablegraph.sources.dates import find_date
from cablegraph.sources.frus.flow import Flow
from cablegraph.sources.frus.head import LONGEST_HEAD, Head, kind_within, tell_kind_by_series
from cablegraph.sources.telegram import post_of
from cablegraph.vocabularies import vocabulary

_NUMBER = re.compile(r"(?:\[?No\.?\s*)?(?P<number>\d+[A-Z]?)\]?(?:\.\s*|\s+|(?=[A-Z]))")
_MESSAGE = re.compile(
    r"\s*(?:No\.\s*)?(?:(?P<series>[A-Z][A-Za-z]{0,11})[\s-]\s*)?(?P<number>\d[\d/]*[A-Z]?)\b(?!\.\d)"
)
#: A head with more words "to" than this is no head.
_MOST_ENDS = 40
_FROM = re.compile(r"\b[Ff]rom\s+|^\s*(?:by|By)\s+")
_TO = re.compile(r"\bto\s+(?:the\s+)?", re.IGNORECASE)
_TAIL = re.compile(
    r",\s*(?:[A-Z][A-Za-z. ]+,\s*)?(?:undated|[A-Z][a-z]+\.? \d{1,2}(?:[–-]\d{1,2})?, \d{4}|\d{1,2} [A-Z][a-z]+ \d{4}).*$",
    re.DOTALL,
)


def read_heading(flow: Flow, kind: str | None) -> Head:
    """Read the head of a printed document; ``kind`` is what the source note says of it."""
    head = Head(flow.text)
    rest, offset = head.text[:LONGEST_HEAD], 0
    if match := _NUMBER.match(rest):
        head.document_number = match["number"]
        rest, offset = rest[match.end() :], match.end()
    found = vocabulary("document-kinds").leading(rest)
    if found is not None:
        head.kind = found[0].label.casefold()
        rest, offset = rest[found[1] :], offset + found[1]
    else:
        head.kind = kind or kind_within(re.split(r"\b[Ff]rom\b", rest, maxsplit=1)[0])
    if kind and (head.kind is None or (kind != head.kind and found is None)):
        head.kind = kind
    if head.kind is None:
        tell_kind_by_series(head, rest)
    if head.kind is None and head.text:
        head.doubts.append(("kind", rest[:60], "The kind of document could not be told from the head."))
    if tail := _TAIL.search(rest):
        head.date_text = tail.group().strip(" ,.")
        rest = rest[: tail.start()]
    if match := _MESSAGE.match(rest):
        head.series, head.number = match["series"], match["number"]
        rest, offset = rest[match.end() :], offset + match.end()
    _read_ends(head, flow, rest, offset, explicit=found is not None or head.kind_from is not None)
    return head


def _read_ends(head: Head, flow: Flow, text: str, offset: int, *, explicit: bool) -> None:
    """Find sender and addressee in ``From X to Y`` or ``X to Y``; ``offset`` is where ``text`` begins in the head."""
    start = 0
    if explicit:
        match = _FROM.search(text)
        if match is None or not re.fullmatch(r"[\s,]*(?:\[[^\]]*\]\s*)?", text[: match.start()]):
            to = re.match(r"\s*[Tt]o\s+(?:the\s+)?", text)
            if to:
                head.to_text = _name(text[to.end() :])
            return
        start = match.end()
    split = _split(flow, text, start, offset)
    if split is None:
        if explicit:
            head.from_text = _name(text[start:])
        return
    head.from_text = _name(text[start : split[0]])
    head.to_text = _name(text[split[1] :])


def _split(flow: Flow, text: str, start: int, offset: int) -> tuple[int, int] | None:
    """Where "to" parts the ends: at the editors' mark, else where both sides are known names, else the first."""
    candidates = [(m.start(), m.end()) for m in islice(_TO.finditer(text, start), _MOST_ENDS) if m.start() > start]
    if not candidates:
        return None
    marks = [m.start - offset for m in flow.mentions if m.role == "to" and m.kind != "person"] or [
        m.start - offset for m in flow.mentions if m.role == "to"
    ]
    for mark in reversed(marks):
        at_mark = [c for c in candidates if mark - 5 <= c[1] - 1 <= mark + 5 or c[0] < mark <= c[1]]
        if at_mark:
            return at_mark[-1]

    def known(candidate: tuple[int, int]) -> int:
        return (post_named(_name(text[start : candidate[0]])) is not None) + (
            post_named(_name(text[candidate[1] :])) is not None
        )

    best = max(known(candidate) for candidate in candidates)
    return next(candidate for candidate in candidates if known(candidate) == best)


def _name(text: str) -> str | None:
    name = re.sub(r"^(?:[Tt]he\s+|the(?=[A-Z]))", "", text.strip(" ,;.—-[]"))
    name = re.sub(r"\s+([),])", r"\1", re.sub(r"\(\s+", "(", name))
    return name or None


def post_named(text: str | None, on: str | None = None) -> str | None:
    """The key of the post that a printed end means, without the name of its officer: ``Ambassador in India (Bowles)``.

    ``on`` is the day of the document (EDTF).
    """
    if not text:
        return None
    return post_of(text, on) or post_of(re.sub(r"\s*\([^()]*\)", "", text).strip(), on)


def head_date(head: Head) -> str | None:
    """The date that stands in the head itself, in EDTF, where the document has no dateline."""
    date = find_date(head.date_text) if head.date_text else None
    return date.edtf if date else None


_MISSION = re.compile(
    r"(?P<kind>Embass(?:y|ies)|Legations?|Consulates?(?: General)?|Missions?) (?P<where>in|at) (?:the )?"
)


def addressees(text: str) -> list[str]:
    """Split a list of addressees: ``Embassies in South Africa, the United Kingdom, and France`` are three.

    A text whose pieces are not all names of posts stays whole.
    """
    if post_named(text) is not None:
        return [text]
    pieces = [
        re.sub(r"^(?:the|and|to)\s+", "", piece.strip())
        for piece in re.split(r",\s+(?:and\s+)?|\s+and\s+(?:to\s+)?|;\s+", text)
    ]
    named: list[str] = []
    kind = ""
    for piece in pieces:
        if match := _MISSION.match(piece):
            kind = f"{_SINGULAR.get(match['kind'], match['kind'])} {match['where']} "
            named.append(kind + piece[match.end() :])
        else:
            named.append(kind + piece if kind and post_named(piece) is None else piece)
    return named if len(named) > 1 and all(post_named(name) is not None for name in named) else [text]


_SINGULAR = {
    "Embassies": "Embassy", "Legations": "Legation", "Consulates": "Consulate", "Consulates General": "Consulate General",
    "Missions": "Mission",
}  # fmt: skip
