"""Places by the geospatial history data: territories with their predecessors, cities ("locales"), regions.

A territory is a country under one name and kind: a change makes a new one, which names its predecessors. Cities are
hung on the territories of today. Countries of the older list that are no territories are places of their own; of the
others the list adds names and the code of ISO 3166.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from cablegraph.register import Entry
from cablegraph.sources.authorities.ledger import Ledger, Place, Span, place_of, without_repeats
from cablegraph.sources.authorities.trees import all_said, said
from cablegraph.sources.source import Source

GSH = "Office of the Historian, geospatial history"


@dataclass(slots=True)
class Territory:
    """A country, dependency or area under one name, or a country of the older list, which has no dates."""

    id: str
    names: list[str]
    span: Span
    kind: str
    place: Place
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    code: str = ""


@dataclass(slots=True)
class Locale:
    """A city. ``former`` and ``later`` are names, or ids, of what was or came in its place."""

    id: str
    name: str
    territory: str
    latitude: float | None
    longitude: float | None
    place: Place
    former: list[str]
    later: list[str]
    others: list[str]
    key: str = ""
    before: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """All other names that it has or had."""
        return without_repeats([*self.others, *self.former, *self.later], self.name)


@dataclass(slots=True)
class _Region:
    id: str
    label: str
    members: list[str]
    place: Place


class Gazetteer:
    """Collects places; ``rows`` makes their rows and completes what :mod:`posts` and :mod:`missions` ask for."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._regions: list[_Region] = []
        self._countries: list[Territory] = []
        self._territories: list[Territory] = []
        self._locales: list[Locale] = []
        self.territories: dict[str, Territory] = {}
        self.locales: dict[str, Locale] = {}
        #: Territories that follow a territory, and that precede it.
        self.following: dict[str, set[str]] = {}
        self.preceding: dict[str, set[str]] = {}

    def read_territory(self, root: Element, source: Source) -> None:
        """Read a territory."""
        place = place_of(root, source)
        since, until = said(root, "valid-since"), said(root, "valid-until")
        self._territories.append(Territory(
            self._ledger.id_of(said(root, "id"), place, "places.key"),
            [name for tag in ("short-form-name", "long-form-name") for name in all_said(root, tag) if name != "-"],
            self._ledger.span(since, until, place, "places.valid_from"),
            said(root, "type-of-territory"), place,
            all_said(root, "predecessors/predecessor"), all_said(root, "successors/successor"),
        ))  # fmt: skip

    def read_country(self, root: Element, source: Source) -> None:
        """Read a country of the older list."""
        place = place_of(root, source)
        key = self._ledger.id_of(said(root, "id"), place, "places.key")
        names = [*all_said(root, "label"), *all_said(root, "alternate-labels/alternate-label")]
        self._countries.append(
            Territory(key, names, Span(), "country of the older list", place, code=said(root, "iso2"))
        )

    def read_region(self, root: Element, source: Source) -> None:
        """Read a region: the territories of a geographic bureau."""
        place = place_of(root, source)
        key = self._ledger.id_of(said(root, "id"), place, "places.key")
        self._regions.append(_Region(key, said(root, "label") or key, all_said(root, "territory-id"), place))

    def read_locale(self, root: Element, source: Source) -> None:
        """Read a city."""
        place = place_of(root, source)
        key = self._ledger.id_of(said(root, "id"), place, "places.key")
        self._locales.append(Locale(
            key, said(root, "name") or key, said(root, "current-territory"),
            self._degrees(said(root, "latitude"), 90, place, "places.latitude"),
            self._degrees(said(root, "longitude"), 180, place, "places.longitude"), place,
            _names(said(root, "predecessors")), _names(said(root, "successors")),
            all_said(root, "alternate-names/alternate-name/label"),
        ))  # fmt: skip

    def _degrees(self, text: str, most: int, place: Place, column: str) -> float | None:
        if not text:
            return None
        if re.fullmatch(r"[+-]?[0-9]{1,3}(\.[0-9]{1,20})?", text) and abs(float(text)) <= most:
            return float(text)
        self._ledger.tell(
            place, "no coordinate", column, text, f"No number of degrees up to {most}; it is left out. Correct it."
        )
        return None

    def rows(self) -> Iterator[Entry]:
        """The rows of ``places``, and of ``identifiers`` for codes of countries."""
        for group in (self._territories, self._countries, self._regions, self._locales):
            group.sort(key=lambda one: (one.id, one.place.order))
        codes = self._know_territories()
        self._follow()
        broader = self._members()
        for territory in self._territories:
            yield self._territory(territory, broader.get(territory.id))
        for key, territory in codes:
            yield "identifiers", {
                "entity": key, "scheme": "ISO 3166-1", "value": territory.code.upper(), "source": GSH, **territory.place.columns,
            }  # fmt: skip
        for region in self._regions:
            key = self._ledger.take("places", region.id, region.place)
            source = f"{GSH}: region of a geographic bureau"
            yield (
                "places",
                {"key": key, "label": region.label, "source": source, "directory": "gsh", **region.place.columns},
            )
        self._know_locales()
        for locale in self._locales:
            yield self._locale(locale)

    def _know_territories(self) -> list[tuple[str, Territory]]:
        """Index the territories, with the countries of the older list among them; returns whose code each country has."""
        for territory in self._territories:
            self.territories.setdefault(territory.id, territory)
        codes = []
        for country in self._countries:
            known = self.territories.get(country.id)
            if known is None:
                self._territories.append(country)
                self.territories[country.id] = country
            else:
                known.names += country.names
            if re.fullmatch("[A-Za-z]{2}", country.code):
                codes.append((country.id, country))
        return codes

    def _follow(self) -> None:
        """Put together what both sides say of succession."""
        for territory in self._territories:
            for column, others in (("predecessors", territory.before), ("successors", territory.after)):
                for other in others:
                    if other not in self.territories:
                        message = (
                            "There is no territory of this id; the link is left out. Correct it, or add the territory."
                        )
                        self._ledger.tell(territory.place, "unknown territory", f"places.{column}", other, message)
        pairs = {(other, one.id) for one in self._territories for other in one.before if other in self.territories}
        back = {(one.id, other) for one in self._territories for other in one.after if other in self.territories}
        for former, later in sorted(pairs ^ back):
            place = self.territories[later if (former, later) in pairs else former].place
            message = (
                f"Only one of the two says that {later} follows {former}; it is taken to. Say it in both, or in none."
            )
            self._ledger.tell(
                place, "one-sided succession", "places.predecessors", f"{former}, {later}", message, "info"
            )
        for former, later in sorted(pairs | back):
            self.following.setdefault(former, set()).add(later)
            self.preceding.setdefault(later, set()).add(former)

    def _members(self) -> dict[str, str]:
        """The region of each territory that is in one only."""
        regions: dict[str, set[str]] = {}
        for region in self._regions:
            for member in region.members:
                regions.setdefault(member, set()).add(region.id)
                if member not in self.territories and self.territories:
                    message = "There is no territory of this id. Correct it, or add the territory."
                    self._ledger.tell(region.place, "unknown territory", "places.broader", member, message)
        return {member: next(iter(found)) for member, found in regions.items() if len(found) == 1}

    def _territory(self, territory: Territory, region: str | None) -> Entry:
        key = self._ledger.take("places", territory.id, territory.place)
        label = territory.names[0] if territory.names else key
        kind = territory.kind.replace("-", " ") or "territory"
        before = sorted(self.preceding.get(territory.id, ()))
        return "places", {
            "key": key, "label": label, "variants": without_repeats(territory.names, label), "valid_from": territory.span.since,
            "valid_to": territory.span.until, "broader": region, "source": f"{GSH}: {kind}", "predecessors": before,
            "directory": "gsh", **territory.place.columns,
        }  # fmt: skip

    def _know_locales(self) -> None:
        """Give each city its key, and find the cities among former and later names."""
        by_name: dict[str, list[Locale]] = {}
        for locale in self._locales:
            # Singapore is both: its city goes by a name of its own.
            key = f"{locale.id}-city" if locale.id in self.territories else locale.id
            locale.key = self._ledger.take("places", key, locale.place)
            self.locales.setdefault(locale.id, locale)
            if locale.territory not in self.territories and self.territories:
                message = "There is no territory of this id. Correct it, or add the territory."
                self._ledger.tell(locale.place, "unknown territory", "places.broader", locale.territory, message)
            for name in {locale.name.casefold(), locale.id}:
                by_name.setdefault(name, []).append(locale)
        for locale in self._locales:
            locale.former = [name for name in locale.former if not self._one_place(name, locale, by_name, later=False)]
            locale.later = [name for name in locale.later if not self._one_place(name, locale, by_name, later=True)]

    def _one_place(self, name: str, locale: Locale, by_name: dict[str, list[Locale]], *, later: bool) -> bool:
        """Tie a city to the one of its country that bears a former or later name; False where none does, or several."""
        others = [
            one for one in by_name.get(name.casefold(), ()) if one is not locale and one.territory == locale.territory
        ]
        if len(others) != 1:
            return False
        former, following = (locale, others[0]) if later else (others[0], locale)
        following.before = without_repeats([*following.before, former.key])
        return True

    def _locale(self, locale: Locale) -> Entry:
        return "places", {
            "key": locale.key, "label": locale.name, "variants": locale.names,
            "broader": locale.territory if locale.territory in self.territories else None,
            "latitude": locale.latitude, "longitude": locale.longitude, "source": f"{GSH}: locale",
            "predecessors": locale.before, "directory": "gsh", **locale.place.columns,
        }  # fmt: skip


def _names(text: str) -> list[str]:
    """Names that are parted by commas, without the year that may stand behind one: "saloniki, salonika(1959)"."""
    return without_repeats([re.sub(r"\s*\([0-9]*\)\s*$", "", name).strip() for name in text.split(",")])
