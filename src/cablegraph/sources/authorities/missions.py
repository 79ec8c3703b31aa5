"""Which post a chief of mission had.

Chiefs are accredited to a territory as it was; posts are hung on the territory of today, through their city. The post is
the one where the directory says that the chief resided. Else there are two witnesses: the directory of posts, with the one
mission in the territory that year, or in those that followed it; and our vocabulary, with the one post accredited to the
country of that name. The directory has of a mission that moved only what it is today, so where the two differ the
vocabulary is believed if it says until when that post held. Otherwise, and where several are left, there is no post: the
note keeps the territory.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from xml.etree.ElementTree import Element

from cablegraph.sources.authorities.gazetteer import Gazetteer, Territory
from cablegraph.sources.authorities.ledger import Ledger, Place, place_of
from cablegraph.sources.authorities.posts import MISSIONS, Post, Posts
from cablegraph.sources.authorities.trees import all_said, said
from cablegraph.sources.source import Source
from cablegraph.vocabularies import Concept, normalise, vocabulary


class Missions:
    """Finds posts of chiefs, once the posts have their keys."""

    def __init__(self, ledger: Ledger, gazetteer: Gazetteer, posts: Posts) -> None:
        self._ledger = ledger
        self._gazetteer = gazetteer
        self._posts = posts
        self._residences: list[tuple[str, list[str], Place]] = []
        self._residence: dict[str, str] = {}

    def read_concurrent(self, root: Element, source: Source) -> None:
        """Read where a chief resided who was accredited to several countries at a time."""
        place = place_of(root, source)
        self._ledger.id_of(said(root, "id"), place, "appointments.post")
        self._residences.append((said(root, "resident-at/locale-id"), all_said(root, "chief-id"), place))

    def know_appointments(self, known: Collection[str]) -> None:
        """Tie residences to appointments, of which these ids are known."""
        for city, appointments, place in sorted(self._residences, key=lambda one: one[2].order):
            if city not in self._gazetteer.locales and self._gazetteer.locales:
                message = "There is no city of this id. Correct it, or add the city."
                self._ledger.tell(place, "unknown city", "appointments.post", city, message)
            for key in appointments:
                if key not in known:
                    message = "There is no appointment of this id. Correct it, or add the appointment."
                    self._ledger.tell(place, "unknown appointment", "appointments.key", key, message)
                self._residence.setdefault(key, city)

    def post_of(
        self, appointment: str, territory: str, mission: str, year: int | None, place: Place
    ) -> tuple[str | None, list[str]]:
        """The key of a chief's post, or None, and what the note says of where he was."""
        known = self._gazetteer.territories.get(territory)
        name = known.names[0] if known and known.names else territory
        notes = [f"accredited to {name} ({territory})" if name != territory else f"accredited to {territory}"]
        if known is None and self._gazetteer.territories:
            message = "There is no territory of this id. Correct it, or add the territory."
            self._ledger.tell(place, "unknown territory", "appointments.post", territory, message)
        if city := self._residence.get(appointment):
            at = self._gazetteer.locales.get(city)
            notes.append(f"resident at {at.name}" if at else f"resident at {city}")
            return self._at_city.get(city), notes
        return (self._post(territory, mission, year) if year is not None else None), notes

    def _post(self, territory: str, mission: str, year: int) -> str | None:
        own = {territory, mission}
        there = self._only(own, year) or self._only(self._following(territory) - own, year)
        accredited = self._accredited(territory, year)
        if accredited is None or there in (None, accredited.key):
            return there or (accredited.key if accredited else None)
        return accredited.key if accredited.valid[1] else None

    @cached_property
    def _at_city(self) -> dict[str, str]:
        return {post.locale.id: post.key for post in self._posts.posts if post.locale is not None}

    @cached_property
    def _by_territory(self) -> dict[str, list[Post]]:
        found: dict[str, list[Post]] = {}
        for post in self._posts.posts:
            if post.kind in MISSIONS:
                for territory in {post.territory, *([post.locale.territory] if post.locale else [])}:
                    found.setdefault(territory, []).append(post)
        return found

    @cached_property
    def _accreditations(self) -> dict[str, list[Concept]]:
        """The posts of our vocabulary by the name of the country to which each is accredited."""
        found: dict[str, list[Concept]] = {}
        for concept in vocabulary("posts"):
            for country in concept.accredited_to:
                found.setdefault(normalise(country), []).append(concept)
        return found

    @cached_property
    def _periods(self) -> dict[str, list[Post]]:
        found: dict[str, list[Post]] = {}
        for post in self._posts.posts:
            found.setdefault(post.key, []).append(post)
        return found

    def _only(self, territories: set[str], year: int) -> str | None:
        """The one mission in the territories in that year."""
        found = [post for territory in territories for post in self._by_territory.get(territory, ())]
        keys = {post.key for post in found if post.span.covers(year)}
        return keys.pop() if len(keys) == 1 else None

    def _accredited(self, territory: str, year: int) -> Concept | None:
        """The one post accredited to the country that year which, as far as the directory knows it, was open.

        The country bears the name that it had that year, or else the one that the directory of chiefs gives it.
        """
        known = self._gazetteer.territories.get(territory)
        for countries in (self._in_force(territory, year), [known] if known else []):
            names = {normalise(country.names[0]) for country in countries if country.names}
            found = {
                concept.key: concept
                for name in names
                for concept in self._accreditations.get(name, ())
                if concept.existed(f"{year:04}") and self._may_be_open(concept.key, year)
            }
            if found:
                return next(iter(found.values())) if len(found) == 1 else None
        return None

    def _may_be_open(self, key: str, year: int) -> bool:
        periods = self._periods.get(key)
        return periods is None or any(post.span.covers(year) for post in periods)

    def _in_force(self, territory: str, year: int) -> list[Territory]:
        """The territory, or what was there in its place that year: chiefs to the Soviet Union are said to be in Russia."""
        gazetteer = self._gazetteer
        known = gazetteer.territories.get(territory)
        if known is None:
            return []
        earlier = bool(known.span.since) and year < int(known.span.since or 0)
        steps = gazetteer.preceding if earlier else gazetteer.following
        met, at = {territory}, [known]
        while at and not any(one.span.covers(year) for one in at):
            ids = {other for one in at for other in steps.get(one.id, ())} - met
            met |= ids
            at = [gazetteer.territories[key] for key in sorted(ids)]
        return [one for one in at if one.span.covers(year)]

    def _following(self, territory: str) -> set[str]:
        """All territories that came after one, however far."""
        found, waiting = {territory}, [territory]
        while waiting:
            for later in self._gazetteer.following.get(waiting.pop(), ()):
                if later not in found:
                    found.add(later)
                    waiting.append(later)
        return found
