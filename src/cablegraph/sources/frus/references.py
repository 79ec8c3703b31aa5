"""References in the text of an edition: cross links, and telegrams named in words.

Telegrams name each other by a word and a number: the name of a numbering (``Embtel 1533``, ``Polto 12``), a kind
(``telegram 1051 from Saigon``), whose it is (``your 835``, ``mytel 92``, ``Cairo’s 20``) or, in a line of references, the
post (``Ref: State 244745``). Without a number they are named by their relation to the citing telegram (``reftel``). What
follows only from the telegram that cites is filled in by ``complete``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from cablegraph.sources.dates import PrintedDate, find_date
from cablegraph.sources.frus.flow import Link
from cablegraph.sources.relative import ends_of, find_relative
from cablegraph.sources.telegram import DEPARTMENT_KEY, post_of
from cablegraph.vocabularies import vocabulary

#: A number behind a word; the space comes first, since a fixed character is what is found fastest.
_NUMBER = re.compile(r" (?<=[A-Za-z.] )(?:[A-Z]{1,3}-)?(?P<number>\d{1,6})(?!\d|:\d)")
_BEFORE = re.compile(r"(?P<word>[A-Za-z]{2,14})\.?\s(?:No\.\s|number\s)?(?P<prefix>(?:[A-Z]{1,3}-)?)$")
_OWNED = re.compile(r"(?P<owner>(?:[A-Z][\w.]*\s){0,2}[A-Z][\w.]*)[’']s?\s(?:No\.\s)?(?P<prefix>(?:[A-Z]{1,3}-)?)$")
_POST_BEFORE = re.compile(r"(?P<post>(?:[A-Z][\w.]*\s){0,2}[A-Z][\w.]*)\s(?P<prefix>)$")
#: A line of references names posts and numbers, as far as this many characters behind its word.
_LINE = re.compile(r"\b(?:[Rr]ef(?:s|erences?)?|REF(?:S|ERENCES?)?)\s?:\s")
_LINE_REACH = 120
_OPENING = "([“‘\"'"
_CIRCULAR = re.compile(r"\b[Cc]ircular\s$")
_WHOSE = re.compile(r"\b(?:(?P<your>[Yy]our)|(?:[Mm]y|[Oo]ur))\s$")
#: Whose numbering "telegram 523" stands in: "Department telegram 523", "Embassy telegram 692".
_OFFICE = re.compile(
    r"\b(?:(?P<department>Dep(?:artmen)?t)|Embassy|Emb|Legation|Leg|Consulate|Mission)\.?(?:[’']s)?\s$"
)
_WAY = re.compile(r"\s(?P<way>from|to)\s(?:the\s)?(?=[A-Z])")
_LONGEST_NAME = 80
#: A name that goes on is another: "the United Nations" of "the United Nations Commission".
_GOES_ON = re.compile(r"\s[A-Z]|[’']s?\s|-\w")
_POST = re.compile(
    r"\s(?:from|to)\s(?:the\s)?(?P<post>[A-Z][\w.’' ]{0,60}?[\w.])(?=[,.;:)\]]|\s(?:of|on|dated|and|which|that|reported|in|for|is|was)\b|$)"
)
_DATE = re.compile(r"\s*,?\s*(?:dated\s+|of\s+|on\s+)?(?P<date>[A-Z][a-z]{2,8}\.?\s\d{1,2}\b(?:,\s(?:19|18)\d\d\b)?)")
#: What may stand between a date and "from Jidda": the hour.
_HOUR = re.compile(r"(?:,?\s(?:at\s)?\d{1,2}(?::\d\d)?\s[ap]\.?\s?m\.)?,?")
_SAME_DATE = re.compile(r",?\s+(?:of|on) (?:the )?same (?:date|day)\b")
_MORE = re.compile(
    r"(?:,\s(?:and\s)?|\s(?:and|or|&)\s)(?P<number>\d{1,6})(?=[\s,.;:)\]]|$)(?!\s(?:percent|million|billion|men|days|years)\b)"
)
#: What shows that the number behind "our" or "my" counts something else than telegrams.
_COUNTS = re.compile(
    r"[-–]\w|,\d{3}\b|\.\d|\s?%|\s(?!and\b|to\b|of\b|dated\b|on\b|re\b|repeated\b|rptd\b|also\b|which\b|that\b|reporting\b|for\b|is\b|was\b|in\b|by\b|sent\b)[a-z]"
)
_YEAR = re.compile(r"(?:18|19)\d\d")
_KINDS = ("telegram", "airgram", "despatch", "tel", "cable", "telegrams", "airgrams", "despatches", "tels", "cables")
_YOURS = frozenset(("your", "yours", "urtel", "urtels", "yourtel", "yourtels", "urairgram", "urdes", "urdesp"))
_OURS = frozenset(("my", "our", "mytel", "mytels", "ourtel", "ourtels", "myairgram", "mydes", "mydesp", "ourdes"))
#: Bodies whose name and number mean a paper, NSC 5801, and no telegram.
_NUMBER_PAPERS = ("national-security-council", "central-intelligence-agency")
#: So many days after the document that they explain, editors may name telegrams.
_LATER = 90
#: How far before a number its word may begin.
_REACH = 44


def find_references(text: str, links: Sequence[Link], volume: str, *, listed: bool = False) -> Iterator[dict[str, Any]]:
    """Find references in a text; yields the columns of ``references`` that come from it.

    A link names its ``target`` (``<volume>#d453``); a telegram in words has number, series, post, date and direction as
    far as they are said, and what ``complete`` needs. A link inside the words of a telegram belongs to it. ``listed``
    says that the text is a list of references, where the name of a post is enough.
    """
    used: set[Link] = set()
    reached: list[tuple[int, int]] = []
    lines = [match.end() for match in _LINE.finditer(text)] if ":" in text else []
    previous: dict[str, Any] = {}
    for match in _NUMBER.finditer(text):
        first, end = match.span("number")
        at = bisect_right(lines, first)
        named = _names(text, first, end, listed or (at > 0 and first <= lines[at - 1] + _LINE_REACH))
        if named is None:
            continue
        row, start, prefix = named
        plural = row.pop("plural", False)
        end = _said_behind(text, end, row, previous)
        target = _link_within(links, start, end, volume, used)
        yield row | _place(text, start, end) | {"number": prefix + match["number"], "how": "words", "target": target}
        previous = row
        while plural and (more := _MORE.match(text, end)):
            end = more.end()
            yield row | _place(text, start, end) | {"number": more["number"], "how": "words", "target": None}
        reached.append((start, end))
    for found in find_relative(text):
        if not any(start < found.end and found.start < end for start, end in reached):
            row = {"whose": found.whose}
            end = _said_behind(text, found.end, row, {})
            target = _link_within(links, found.start, end, volume, used)
            yield row | _place(text, found.start, end) | {"number": None, "how": found.sort, "target": target}
    for link in links:
        if link not in used:
            yield _place(text, link.start, link.end) | {"target": _target(link.target, volume), "how": "cross link"}


def _place(text: str, start: int, end: int) -> dict[str, Any]:
    return {"surface": text[start:end], "start": start, "end": end}


def _link_within(links: Sequence[Link], start: int, end: int, volume: str, used: set[Link]) -> str | None:
    """The target of the link that stands in the words of a telegram or right behind them; it is used up."""
    link = next((link for link in links if start <= link.start <= end + 2), None)
    if link is None:
        return None
    used.add(link)
    return _target(link.target, volume)


def complete(row: dict[str, Any], cited_in: dict[str, Any]) -> dict[str, Any]:
    """Fill in what follows from the document that cites, the row of ``records`` ``cited_in``.

    "Your" telegram went the other way. A date without a year is the last such day before the citing document; where the
    ``editors`` cite, who know what came later, it may be one of the three months after it.
    """
    whose, printed, editors = row.pop("whose", None), row.pop("printed", None), row.pop("editors", False)
    if printed is not None:
        row["date"] = _dated(printed, cited_in["sent"], _LATER if editors else 0)
    ends = ends_of(whose, cited_in)
    return row | ends | {"post": row.get("post") or ends["post"]} if ends else row


def _names(text: str, first: int, end: int, listed: bool) -> tuple[dict[str, Any], int, str] | None:
    """What stands before a number, where it names telegrams: the columns it gives, where it begins, and a prefix."""
    reach = max(0, first - _REACH)
    stem = text[reach:first].rstrip("-ABCDEFGHIJKLMNOPQRSTUVWXYZ ")
    word = stem.rpartition(" ")[2].rstrip(".").casefold()
    if word[:1] in _OPENING or "—" in word:
        word = word.rpartition("—")[2].lstrip(_OPENING)
    if word in _words() and (before := _BEFORE.search(text, reach, first)):
        named = _named(before["word"], text[max(0, before.start() - 24) : before.start()])
        if named is not None and not (word in _YOURS | _OURS and _counts(text, first, end)):
            return dict(named), before.start(), before["prefix"]
    if word.endswith(("’s", "'s", "s’", "s'")) and (owned := _OWNED.search(text, reach, first)):
        start, post = _post_at_end(owned["owner"])
        if post is not None and not _counts(text, first, end):
            return _from(post), owned.start() + start, owned["prefix"]
    if listed and (before := _POST_BEFORE.search(text, reach, first)):
        start, post = _post_at_end(before["post"])
        if post is not None:
            return _from(post) | {"plural": True}, before.start() + start, ""
    return None


def _counts(text: str, first: int, end: int) -> bool:
    """Whether a number counts something else than telegrams: ``our 200-man mission``, ``Bonn’s 1955 proposals``."""
    if _COUNTS.match(text, end):
        return True
    return (
        _YEAR.fullmatch(text, first, end) is not None
        and _DATE.match(text, end) is None
        and text[end : end + 1] not in ",.;)"
    )


def _post_at_end(name: str) -> tuple[int, str | None]:
    """The post whose name ends the words before a number, and where it begins: of ``Reference New Delhi`` the city."""
    start = 0
    while True:
        if (post := post_of(name[start:])) is not None and post not in _NUMBER_PAPERS:
            return start, post
        space = name.find(" ", start)
        if space < 0:
            return start, None
        start = space + 1


def _from(post: str) -> dict[str, Any]:
    """A telegram of a post; the Department's is one to the post of whoever cites it."""
    if post == DEPARTMENT_KEY:
        return {"direction": "outgoing"}
    return {"direction": "incoming", "post": post}


def _said_behind(text: str, end: int, row: dict[str, Any], previous: dict[str, Any]) -> int:
    """Read post and date behind a number into the row; returns where they end."""
    plain = row.pop("plain_word", None)
    if plain and (way := _end_of_way(text, end)):
        end = _goes(text, row, way)
    elif row.get("series") and (way := _end_of_way(text, end)) and _DATE.match(text, way[2]):
        end = way[2]  # "Tedul 4 to Paris, December 15": where the delegation was that day
    if same := _SAME_DATE.match(text, end):
        for name in ("date", "printed", "direction", "post"):
            if name in previous:
                row.setdefault(name, previous[name])
        return same.end()
    if day := _DATE.match(text, end):
        printed = find_date(day["date"])
        if printed is not None:
            end = day.end()
            row["date" if printed.year else "printed"] = printed.edtf if printed.year else printed
            hour = _HOUR.match(text, end)
            if plain and not row.get("direction") and hour and (way := _end_of_way(text, hour.end())):
                end = _goes(text, row, way)
    return end


def _goes(text: str, row: dict[str, Any], way: tuple[str, str | None, int]) -> int:
    """Read "from Cairo" or "from Taipei to Tokyo" into the row; returns where it ends."""
    direction, post, end = way
    other = _end_of_way(text, end)
    if other is None:
        row["direction"] = direction
        row["post"] = row.get("post") or (None if post == DEPARTMENT_KEY else post)
        return end
    if DEPARTMENT_KEY in (post, other[1]):  # "from Taipei to Tokyo" is no telegram of the Department's own traffic
        row["direction"] = direction if other[1] == DEPARTMENT_KEY else other[0]
        row["post"] = post if other[1] == DEPARTMENT_KEY else other[1]
    return other[2]


def _end_of_way(text: str, at: int) -> tuple[str, str | None, int] | None:
    """Read ``from New Delhi`` or ``to the Embassy in Greece``: the direction, the post, and where the name ends."""
    way = _WAY.match(text, at)
    if way is None:
        return None
    direction = "incoming" if way["way"] == "from" else "outgoing"
    known = vocabulary("posts").leading(text[way.end() : way.end() + _LONGEST_NAME])
    if known is not None and not _GOES_ON.match(text, way.end() + known[1]):
        return direction, known[0].key, way.end() + known[1]
    named = _POST.match(text, at)
    return (direction, post_of(named["post"]), named.end()) if named else None


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    """Words that may stand before a number: kinds of telegrams and names of series; what follows "number" is looked up."""
    series = {label.casefold() for concept in vocabulary("series") for label in concept.labels}
    return frozenset(series | set(_KINDS) | _YOURS | _OURS | {"no", "number"})


@lru_cache(maxsize=4096)
def _named(word: str, before: str) -> dict[str, Any] | None:
    """What the word before a number says: a series ("Secto"), a post's numbering ("Embtel"), a kind ("telegram") or whose."""
    kind = word.casefold()
    whose = _WHOSE.search(before)
    owner = {} if whose is None else {"whose": "your" if whose["your"] else "own"}
    plural = {"plural": True} if kind.endswith("s") else {}
    if kind in _KINDS:
        if _CIRCULAR.search(before):
            owner |= {"post": "circular", "direction": "outgoing"}
        elif office := _OFFICE.search(before):
            owner |= {"direction": "outgoing" if office["department"] else "incoming"}
        elif (named := _POST_BEFORE.search(before)) and (post := _post_at_end(named["post"])[1]):
            owner |= _from(post)  # "Tehran tels 28 and 31"
        return {"plain_word": True} | plural | owner
    if kind in _YOURS or kind in _OURS:
        return {"plain_word": True, "plural": True, "whose": "your" if kind in _YOURS else "own"}
    concept = vocabulary("series").find(word)
    if concept is None or len(word) < 3:
        return None
    return plural | {
        "series": None if concept.plain else concept.label,
        "direction": concept.direction,
        "post": "circular" if concept.key in ("depcirtel", "depcirgram") else concept.field_post,
    }


def _dated(printed: PrintedDate, sent: str | None, later: int) -> str | None:
    """The date of a cited telegram without a printed year: the last such day until so many days after the citing document."""
    if not sent:
        return None
    year = int(sent[:4])
    try:
        latest = (date.fromisoformat(sent[:10]) + timedelta(later)).isoformat()
    except ValueError:
        latest = sent[:10]
    dated = [printed.with_year(y).edtf for y in (year + 1, year, year - 1)]
    return next((day for day in dated if day is not None and day <= latest), None)


def _target(target: str, volume: str) -> str:
    """Where a link leads: in this volume, or in another that it names."""
    return f"{volume}{target}" if target.startswith("#") else target
