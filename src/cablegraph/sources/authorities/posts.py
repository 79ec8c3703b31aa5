"""Posts by the geospatial history data: one row a key, which is that of our vocabulary, else the id of the city.

What stood in one city at different times, or under different territories, is one post with several periods. Cities of
one name have ids with a mark of their country (``london_uk``), which posts lack: the post there of the highest kind has
the plain name as its key, since that is meant by it in telegrams, and the others the id of their city.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from xml.etree.ElementTree import Element

from cablegraph.register import Entry
from cablegraph.sources.authorities.gazetteer import GSH, Gazetteer, Locale
from cablegraph.sources.authorities.ledger import Ledger, Place, Span, place_of, without_repeats
from cablegraph.sources.authorities.trees import all_said, said
from cablegraph.sources.source import Source
from cablegraph.vocabularies import vocabulary

#: Kinds of posts, the highest first; of others nothing is known.
_RANKS = ("embassy", "legation", "consulate-general", "consulate", "consular-agency", "branch-office")
#: Chiefs of mission sit at these.
MISSIONS = ("embassy", "legation")


@dataclass(slots=True)
class Post:
    """One period of a post: its kind, and the territory that it was opened in or is in today."""

    city: str
    territory: str
    kind: str
    span: Span
    notes: list[str]
    place: Place
    locale: Locale | None = None
    key: str = ""

    @property
    def order(self) -> tuple[int, str, tuple[str, int, str]]:
        """The highest kind first, and of one kind the latest."""
        rank = _RANKS.index(self.kind) if self.kind in _RANKS else len(_RANKS)
        return rank, "" if self.span.until is None else f"{9999 - int(self.span.until):05}", self.place.order

    @property
    def period(self) -> str:
        """Kind, years and territory in words."""
        return f"{self.kind} {self.span.since or ''}–{self.span.until or ''} ({self.territory})"


class Posts:
    """Collects posts; ``rows`` makes their rows when the cities are known."""

    def __init__(self, ledger: Ledger, gazetteer: Gazetteer) -> None:
        self._ledger = ledger
        self._gazetteer = gazetteer
        self._labels: dict[str, str] = {}
        self.posts: list[Post] = []

    def read_post(self, root: Element, source: Source) -> None:
        """Read a post."""
        place = place_of(root, source)
        city = said(root, "locale-id")
        if not city:
            city = self._ledger.id_of(city, place, "posts.key")
        elif city != place.stem:
            message = (
                f"The file is named {place.stem!r}, the post's city {city!r}; the city serves, correct one of the two."
            )
            self._ledger.tell(place, "id unlike the file name", "posts.key", city, message)
        self.posts.append(Post(
            city, said(root, "territory-id"), said(root, "post-type") or "post",
            self._ledger.span(said(root, "valid-since"), said(root, "valid-until"), place, "posts.valid_from"),
            all_said(root, "notes"), place,
        ))  # fmt: skip

    def read_codes(self, root: Element, source: Source) -> None:
        """Read a table of codes; that of kinds of posts says how they are called."""
        if said(root, "name") == "post-types":
            for item in root.iterfind("items/item"):
                self._labels[said(item, "value")] = said(item, "label")

    def rows(self) -> Iterator[Entry]:
        """The rows of ``posts``."""
        self.posts.sort(key=lambda post: post.order)
        groups: dict[str, list[Post]] = {}
        holders: dict[str, str] = {}
        for post in self.posts:
            self._find_city(post)
            city = post.locale.id if post.locale else post.city
            key = post.city if holders.setdefault(post.city, city) == city else city
            groups.setdefault(key, []).append(post)
        known = self._known(groups)
        for key, periods in sorted(groups.items(), key=lambda group: known.get(group[0], group[0])):
            yield self._row(known.get(key, key), periods)
            if key in known:
                yield "identifiers", {
                    "entity": known[key], "scheme": "gsh", "value": key, "source": GSH, **periods[0].place.columns,
                }  # fmt: skip

    def _known(self, groups: dict[str, list[Post]]) -> dict[str, str]:
        """The keys by which telegrams are tied to posts whose city our vocabulary has under another key: Kinshasa."""
        found: dict[str, list[str]] = {}
        for key, (first, *_) in groups.items():
            concept = (
                vocabulary("posts").find(first.locale.name) if first.locale and key not in _field_posts() else None
            )
            if concept and concept.key not in groups and concept.key in _field_posts():
                found.setdefault(concept.key, []).append(key)
        return {keys[0]: known for known, keys in found.items() if len(keys) == 1}

    def _find_city(self, post: Post) -> None:
        """Find the city of a post, also where its id lacks the mark of the country or has one letter too many."""
        locales = self._gazetteer.locales
        plain = re.sub(r"[^\w.-]", "", post.city).strip("-._")
        post.locale = locales.get(post.city) or self._marked(post) or locales.get(plain)
        if post.locale is None and locales:
            message = "There is no city of this id. Correct it, or add the city."
            self._ledger.tell(post.place, "unknown city", "posts.place", post.city, message)
        elif post.locale is not None and post.locale.id == plain != post.city:
            message = f"There is no city of this id; {plain} is taken to be meant. Correct it."
            self._ledger.tell(post.place, "unknown city", "posts.place", post.city, message)
            post.city = plain
        if plain != post.city:
            post.city = self._ledger.id_of(post.city, post.place, "posts.key", named=False)

    def _marked(self, post: Post) -> Locale | None:
        """The one city of that name whose id bears a mark, in the territory of the post."""
        marked = [
            locale
            for key, locale in self._gazetteer.locales.items()
            if key.startswith(f"{post.city}_") and locale.territory == post.territory
        ]
        return marked[0] if len(marked) == 1 else None

    def _row(self, key: str, periods: list[Post]) -> Entry:
        first = periods[0]
        locale = first.locale
        name = locale.name if locale else key
        kind = self._labels.get(first.kind, "") or first.kind.replace("-", " ").title()
        label = f"{kind} in {name}"
        country = self._gazetteer.territories.get(first.territory)
        inland = [f"{kind} in {country.names[0]}"] if country and country.names and first.kind in MISSIONS else []
        by_age = sorted(periods, key=lambda post: (post.span.since or "", post.order))
        spans = [post.span for post in periods]
        said_of_it = without_repeats(
            [*(post.period for post in by_age), *(note for post in by_age for note in post.notes)]
        )
        unique = self._ledger.take("posts", key, first.place)
        for post in periods:
            post.key = unique
        return "posts", {
            "key": unique, "label": label,
            "variants": without_repeats([name, *inland, *(locale.names if locale else [])], label),
            "valid_from": min((span.since for span in spans if span.since), default=None),
            "valid_to": None if any(span.until is None for span in spans) else max(span.until or "" for span in spans),
            "latitude": locale.latitude if locale else None, "longitude": locale.longitude if locale else None,
            "source": f"{GSH}: {'; '.join(said_of_it)}", "place": locale.key if locale else None, "directory": "gsh",
            **first.place.columns,
        }  # fmt: skip


@cache
def _field_posts() -> frozenset[str]:
    """The posts of our vocabulary that are in one place, which gives them a time zone."""
    return frozenset(concept.key for concept in vocabulary("posts") if concept.time_zone)
