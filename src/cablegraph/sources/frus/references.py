"""References in the text of an edition: cross links, and telegrams named in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from cablegraph.sources.dates import PrintedDate, find_date
from cablegraph.sources.frus.flow import Link
from cablegraph.sources.telegram import DEPARTMENT_KEY, post_of
from cablegraph.vocabularies import vocabulary

#: A number behind a word; the space comes first, since a fixed character is what is found fastest.
_NUMBER = re.compile(r" (?<=[A-Za-z.] )(?:[A-Z]{1,3}-)?(?P<number>\d{1,6})(?!\d)")
_BEFORE = re.compile(r"(?P<word>[A-Za-z]{2,14})\.?\s(?:No\.\s|number\s)?(?P<prefix>(?:[A-Z]{1,3}-)?)$")
_CIRCULAR = re.compile(r"\b[Cc]ircular\s$")
_POST = re.compile(
    r"\s(?P<way>from|to)\s(?:the\s)?(?P<post>[A-Z][\w.’' ]{0,60}?[\w.])(?=[,.;:)\]]|\s(?:of|on|dated|and|which|that|reported|in|for|is|was)\b|$)"
)
_DATE = re.compile(r"\s*,?\s*(?:dated\s+|of\s+|on\s+)?(?P<date>[A-Z][a-z]{2,8}\.?\s\d{1,2}\b(?:,\s(?:19|18)\d\d\b)?)")
_KINDS = ("telegram", "airgram", "despatch", "tel")
#: How far before a number its word may begin.
_REACH = 28


def find_references(
    text: str, links: Sequence[Link], volume: str, date_of: str | None = None
) -> Iterator[dict[str, Any]]:
    """Find references in a text; yields the columns of ``references`` that come from it.

    A link names its ``target`` (``<volume>#d453``); a telegram in words has number, series, post, date and direction as
    far as they are said. A link inside the words of a telegram belongs to it. The year of a date without one follows
    from ``date_of``, the day on which the citing document was written.
    """
    used: set[Link] = set()
    for match in _NUMBER.finditer(text):
        first, end = match.span("number")
        word = text[max(0, first - _REACH) : first].rstrip("-ABCDEFGHIJKLMNOPQRSTUVWXYZ ").rpartition(" ")[2]
        if word.rstrip(".").casefold() not in _words():
            continue
        before = _BEFORE.search(text, max(0, first - _REACH), first)
        if before is None:
            continue
        named = _named(before["word"], text[max(0, before.start() - 9) : before.start()])
        if named is None:
            continue
        row = dict(named)
        start = before.start()
        if row.pop("plain_word", None) and (post := _POST.match(text, end)):
            end = post.end()
            key = post_of(post["post"])
            row["direction"] = "incoming" if post["way"] == "from" else "outgoing"
            row["post"] = row.get("post") or (None if key == DEPARTMENT_KEY else key)
        if date := _DATE.match(text, end):
            printed = find_date(date["date"])
            if printed is not None:
                end = date.end()
                row["date"] = _dated(printed, date_of)
        link = next((link for link in links if start <= link.start <= end + 2), None)
        if link is not None:
            used.add(link)
        yield row | {
            "surface": text[start:end], "number": before["prefix"] + match["number"], "how": "words",
            "target": _target(link.target, volume) if link else None,
        }  # fmt: skip
    for link in links:
        if link not in used:
            yield {"surface": text[link.start : link.end], "target": _target(link.target, volume), "how": "cross link"}


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    """Words that may stand before a number: kinds of telegrams and names of series; what follows "number" is looked up."""
    series = {label.casefold() for concept in vocabulary("series") for label in concept.labels}
    return frozenset(series | set(_KINDS) | {"no", "number"})


@lru_cache(maxsize=4096)
def _named(word: str, before: str) -> dict[str, Any] | None:
    """What the word before a number says: a series ("Secto"), a post's numbering ("Embtel") or a kind ("telegram")."""
    kind = word.casefold()
    if kind in _KINDS:
        circular = _CIRCULAR.search(before) is not None
        return {"plain_word": True} | ({"post": "circular", "direction": "outgoing"} if circular else {})
    concept = vocabulary("series").find(word)
    if concept is None or len(word) < 3:
        return None
    return {
        "series": None if concept.plain else concept.label,
        "direction": concept.direction,
        "post": "circular" if concept.key in ("depcirtel", "depcirgram") else concept.field_post,
    }


def _dated(printed: PrintedDate, date_of: str | None) -> str | None:
    """The date of a cited telegram: without a printed year the last such day before the citing document."""
    if printed.year is not None or not date_of:
        return printed.edtf
    year = int(date_of[:4])
    dated = printed.with_year(year).edtf
    return dated if dated is None or dated <= date_of[:10] else printed.with_year(year - 1).edtf


def _target(target: str, volume: str) -> str:
    """Where a link leads: in this volume, or in another that it names."""
    return f"{volume}{target}" if target.startswith("#") else target
