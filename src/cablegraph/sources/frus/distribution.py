"""The line at the foot of a telegram that says where else it went: ``Sent Department 207, repeated London 59, Baghdad 17``.

Telegrams of the 1940s and 50s carry it as typed: the action addressee with the number that the telegram bears there, those
who were repeated a copy with theirs, what went by pouch, and whom the Department was asked to pass it to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from cablegraph.sources.telegram import post_of
from cablegraph.vocabularies import vocabulary

#: How many of the last paragraphs are looked at, and how long such a line may be.
_LAST, _LONGEST = 4, 260
_DEPARTMENT = r"(?:Department|Dept|Depts)\.?"
_VERB = (
    rf"(?:(?P<ask>{_DEPARTMENT} (?:please |pls )?|please |pls )?(?P<verb>sent|repeated|repeat|rptd|rpted|rpt|rept|rpts|pouched|airpouched|by pouch|pass|passed)"
    r"(?: (?:info|information|for info|for information))?(?: to)?)\b\s*"
)
_OPENS = re.compile(rf"(?:^|(?<=[.”\"]\s))(?={_VERB})", re.IGNORECASE)
_CLAUSE = re.compile(rf"(?:^|(?<=[\s;,.(])){_VERB}", re.IGNORECASE)
_KINDS = {
    "sent": "sent", "repeated": "repeated", "repeat": "repeated", "rptd": "repeated", "rpted": "repeated", "rpt": "repeated",
    "rept": "repeated", "rpts": "repeated", "pouched": "pouched", "airpouched": "pouched", "by pouch": "pouched",
    "pass": "passed", "passed": "passed",
}  # fmt: skip
_TAIL = re.compile(r"\s*(?:\[[A-Z][^\[\]]{0,80}\]|Signed [A-Z]\w+)\.?$")
_SEPARATOR = re.compile(r"\s*[,;:.]\s*(?:and\s+)?|\s+and\s+|(?<=\d)\s+(?=[A-Z])")
_ITEM = re.compile(
    r"(?:to\s+)?(?P<name>[A-Za-z][^\d(\[]*?)(?:\s*\((?P<note>[^)]*)\))?(?:\s+(?:for|from)\s+[\w. ]*?)?"
    r"(?:\s+as(?:\s+(?:No\.|number|telegram|Depts|[A-Z]\w+’s))?)?\s*(?P<number>\d[\d-]*)?\s*(?:\[[^\]]*\])?"
    r"(?:\s+for\s+\w[\w. ]*)?(?:\s+(?:if|as) (?:considered |deemed )?(?:desired|desirable|appropriate|advisable))?$"
)
_MARKS = re.compile(
    r"\s+(?:info|information|priority|niact|unnumbered|unn|as|eyes only|only|by pouch)$|^(?:info|information|priority|niact)\s+",
    re.IGNORECASE,
)
_GROUP = re.compile(r"(?:all|other)\s|.*\bconsulates?\b|.*\b(?:capitals|posts|offices)\b", re.IGNORECASE)
_PROPER = re.compile(r"(?:[A-Z][\w’.]*\s?){1,4}$")
_PREFIX = re.compile(r"^(?:Amcon(?:gen|s)?|Amembassy|AmEmb|Amleg|Amconsul)\s+", re.IGNORECASE)
_FOR = re.compile(r"\s+for\s+[A-Z][\w.]*\s+(?:and|or)\s+(?P<other>[A-Z][\w.]*)")
_BRACKETS = re.compile(r"\([^()]*\)")
_REQUEST = re.compile(
    rf"(?:(?:[A-Z][a-z]+ )?\d[\d–-]*\.\s+)?(?P<line>(?:{_DEPARTMENT}(?: please| pls)? pass|Pass)\b[^.:]{{3,120}})(?=[.:]|$)",
    re.IGNORECASE,
)


class Destination(NamedTuple):
    """Where a telegram went: ``kind`` is sent, repeated, passed or pouched; ``asked`` where the Department was to do it."""

    kind: str
    name: str
    post: str | None
    number: str | None
    series: str | None
    asked: bool


def find_distribution(paragraphs: Sequence[tuple[str, str]]) -> list[Destination]:
    """Find the line of distribution among the last paragraphs (key and text).

    A line counts where every destination is a post, an agency or a group of posts that is known.
    """
    for _, text in reversed(paragraphs[-_LAST:]):
        foot = _TAIL.sub("", text[-2 * _LONGEST :]).rstrip(" .;)”")
        whole = len(text) <= 2 * _LONGEST
        for opening in _OPENS.finditer(foot, max(0, len(foot) - _LONGEST)):
            if (opening.start() or whole) and (found := read_distribution(foot[opening.start() :])):
                return found
    return []


def read_distribution(line: str) -> list[Destination]:
    """Read a line of distribution; of a line that is none, nothing."""
    line = _FOR.sub(lambda match: match.group() if post_of(match["other"]) else "", line)
    clauses = list(_CLAUSE.finditer(_BRACKETS.sub(lambda match: "_" * len(match.group()), line)))
    found: list[Destination] = []
    for clause, following in zip(clauses, [*clauses[1:], None], strict=True):
        text = line[clause.end() : following.start() if following else len(line)].strip(" ,;.")
        verb = clause["verb"].casefold()
        asked = bool(clause["ask"]) or verb in ("pass", "repeat")
        # A line that says to whom the telegram was sent is one; what it names further may be new or misprinted.
        certain = bool(found) and found[0].kind == "sent" and found[0].post is not None
        for item in filter(None, _SEPARATOR.split(text)):
            destination = _destination(item.strip(), _KINDS[verb], asked, certain)
            if destination is None:
                return []
            found.append(destination)
    return found if any(one.post for one in found) else []


def _destination(item: str, kind: str, asked: bool, certain: bool) -> Destination | None:
    match = _ITEM.fullmatch(item)
    if match is None:
        return None
    name, series = _bare(match["name"]), None
    post = post_of(name)
    first, _, last = name.rpartition(" ")
    if post is None and (named := vocabulary("series").find(last)):
        series, name = named.label, _bare(first) or last
        post = post_of(name) if first else named.field_post
    if post is None and not (_GROUP.match(name) or _known(name) or (certain and _PROPER.match(name))):
        return None
    return Destination(kind, name, post, match["number"], series, asked)


def _bare(name: str) -> str:
    """A name without marks of precedence and manner around it: of ``AmEmbassy Paris priority`` the city."""
    name = _PREFIX.sub("", name.strip())
    while (bare := _MARKS.sub("", name)) != name:
        name = bare
    return name


def read_requests(opening: str) -> list[Destination]:
    """Whom the Department is asked to pass a telegram to, where it opens so: ``1128. Department pass Bonn``."""
    match = _REQUEST.match(opening)
    return [one for one in read_distribution(match["line"]) if one.asked] if match else []


def _known(name: str) -> bool:
    """Whether a name begins with one that is known: ``Paris USGADel``, ``Karachi for US representative Kascom``."""
    return vocabulary("posts").leading(name) is not None or vocabulary("missions").leading(name) is not None
