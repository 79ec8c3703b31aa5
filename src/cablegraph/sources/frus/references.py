"""References in the text of an edition: cross links, and telegrams named in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from cablegraph.sources.dates import find_date
from cablegraph.sources.frus.flow import Link
from cablegraph.sources.telegram import DEPARTMENT_KEY, post_of
from cablegraph.vocabularies import vocabulary

_DATE = r"(?:\s*,?\s*(?:dated\s+|of\s+|on\s+)?(?P<date>(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:,\s(?:19|18)\d\d)?)))?"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = sorted({label for concept in vocabulary("series") for label in concept.labels if len(label) > 2}, key=len, reverse=True)
    series = "|".join(re.escape(word) for word in words if " " not in word)
    in_words = re.compile(rf"\b(?P<series>{series})\.?\s(?:No\.\s)?(?P<number>\d{{1,6}})\b{_DATE}", re.IGNORECASE)
    plain = re.compile(
        r"\b(?P<kind>[Tt]elegram|[Cc]ircular telegram|[Aa]irgram|[Dd]espatch|[Cc]ircular airgram)\s(?:No\.\s)?(?P<number>[A-Z]{0,3}-?\d{1,6})\b"
        r"(?:\s(?P<way>from|to)\s(?:the\s)?(?P<post>[A-Z][\w.’' ]*?[\w.])(?=[,.;)\]]|\s(?:of|on|dated|and|which|that|reported|in)\b|$))?" + _DATE
    )
    return in_words, plain


def find_references(text: str, links: Sequence[Link], volume: str) -> Iterator[dict[str, Any]]:
    """Find references in a text; yields the columns of ``references`` that come from it.

    A link names its ``target`` (``<volume>#d453``); a telegram in words has number, series, post, date and direction as
    far as they are said. A link inside the words of a telegram belongs to it.
    """
    used: set[Link] = set()
    for pattern in _patterns():
        for match in pattern.finditer(text):
            near = next((link for link in links if match.start() <= link.start <= match.end() + 2), None)
            if near is not None:
                used.add(near)
            yield _telegram(match, near, volume)
    for link in links:
        if link not in used:
            yield {"surface": text[link.start : link.end], "target": _target(link.target, volume), "how": "cross link"}


def _telegram(match: re.Match[str], link: Link | None, volume: str) -> dict[str, Any]:
    groups = match.groupdict()
    date = find_date(groups["date"]) if groups["date"] else None
    row: dict[str, Any] = {
        "surface": match.group(),
        "number": groups["number"],
        "date": date.edtf if date and date.year else None,
        "target": _target(link.target, volume) if link else None,
        "how": "words",
    }
    if "series" in groups:
        concept = vocabulary("series").find(groups["series"])
        if concept is not None:
            row["direction"] = concept.direction
            row["post"] = concept.field_post
            row["series"] = None if concept.plain else concept.label
        return row
    post = post_of(groups["post"])
    if groups["way"]:
        row["direction"] = "incoming" if groups["way"] == "from" else "outgoing"
        row["post"] = None if post == DEPARTMENT_KEY else post
    if groups["kind"].casefold().startswith("circular"):
        row |= {"post": "circular", "direction": "outgoing"}
    return row


def _target(target: str, volume: str) -> str:
    """Where a link leads: in this volume, or in another that it names."""
    return f"{volume}{target}" if target.startswith("#") else target
