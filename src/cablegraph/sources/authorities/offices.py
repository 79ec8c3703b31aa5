"""Positions and who held them: principal officers of the Department, chiefs of mission to countries and organisations.

An appointment begins with what made it real: letters of credence presented, or duty entered; where no such date stands,
with the arrival, else with the appointment itself. The note says which, and keeps every other date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cablegraph.register import Entry
from cablegraph.sources.authorities.ledger import Ledger, Place, Span, place_of, without_repeats
from cablegraph.sources.authorities.missions import Missions
from cablegraph.sources.authorities.people import OFFICERS
from cablegraph.sources.authorities.trees import all_said, said
from cablegraph.sources.source import Source
from cablegraph.vocabularies import normalise, vocabulary

_DATES = ("appointed", "arrived", "started", "ended")
#: Missions to organisations by the keys of posts in our vocabulary.
_ORGANISATIONS = {
    "representative-to-eu": "usec", "representative-to-iaea": "usiaea", "representative-to-icao": "usicao",
    "representative-to-nato": "usnato", "representative-to-oas": "usoas", "representative-to-oecd": "usoecd",
    "representative-to-un": "usun", "representative-to-unafa": "fodag", "representative-to-unesco": "usunesco",
}  # fmt: skip
#: The category of positions that lie outside of the Department.
_OTHER_AGENCIES = "foreign-assistance-agencies"


@dataclass(slots=True)
class _Position:
    id: str
    label: str
    names: list[str]
    span: Span
    post: str | None
    place: Place
    key: str = ""


@dataclass(slots=True)
class _Holder:
    """Somebody in an office; ``served`` is false of nominees who never took it up, as far as their dates tell."""

    id: str
    person: str
    position: str
    office: str
    mission: str
    territory: str
    dates: dict[str, tuple[str, str]]
    note: str
    served: bool
    place: Place


class Offices:
    """Collects positions and appointments; ``rows`` makes their rows when persons and places are known."""

    def __init__(self, ledger: Ledger, missions: Missions) -> None:
        self._ledger = ledger
        self._missions = missions
        self._positions: list[_Position] = []
        self._holders: list[_Holder] = []

    def read_role(self, root: Element, source: Source) -> None:
        """Read a title that chiefs of mission bear."""
        self._position(root, source, None)

    def read_principal(self, root: Element, source: Source) -> None:
        """Read a position of the Department, or of an agency for foreign assistance, and who held it."""
        label = said(root, "names/singular")
        if said(root, "category") == _OTHER_AGENCIES:
            agency = vocabulary("posts").find(label)
            post = agency.key if agency else None
        else:
            post = "department-of-state"
        self._position(root, source, post)
        self._read_holders(root, source, "principal", said(root, "id"))

    def read_org_mission(self, root: Element, source: Source) -> None:
        """Read a mission to an organisation, whose chief bears its name, and its chiefs."""
        key = said(root, "id")
        self._position(root, source, _ORGANISATIONS.get(key))
        self._read_holders(root, source, "chief", key)

    def read_mission(self, root: Element, source: Source) -> None:
        """Read a mission to a country and its chiefs."""
        place = place_of(root, source)
        territory = self._ledger.id_of(said(root, "territory-id"), place, "appointments.post")
        self._read_holders(root, source, "chief", territory)

    def _position(self, root: Element, source: Source, post: str | None) -> None:
        place = place_of(root, source)
        key = self._ledger.id_of(said(root, "id"), place, "positions.key")
        starts, ends = all_said(root, "start"), all_said(root, "end")
        last = "" if "true" in all_said(root, "ongoing") else max(ends, default="")
        names = [*all_said(root, "names/alternate"), *all_said(root, "names/plural")]
        span = self._ledger.span(min(starts, default=""), last, place, "positions.valid_from")
        self._positions.append(_Position(key, said(root, "names/singular") or key, names, span, post, place))

    def _read_holders(self, root: Element, source: Source, office: str, mission: str) -> None:
        for group in root:
            for element in group.iterfind(office):
                place = place_of(element, source)
                dates = {name: (said(element, f"{name}/date"), said(element, f"{name}/note")) for name in _DATES}
                self._holders.append(_Holder(
                    self._ledger.id_of(said(element, "id"), place, "appointments.key", named=False),
                    said(element, "person-id"), said(element, "role-title-id"), office, mission,
                    said(element, "contemporary-territory-id"), dates, said(element, "note"),
                    not group.tag.startswith("other-") or bool(dates["started"][0]), place,
                ))  # fmt: skip

    def rows(self, persons: Mapping[str, str]) -> Iterator[Entry]:
        """The rows of ``positions`` and ``appointments``; ``persons`` are the keys of officers by their ids."""
        positions: dict[str, _Position] = {}
        for position in sorted(self._positions, key=lambda one: (one.id, one.place.order)):
            yield from self._position_rows(position)
            positions.setdefault(position.id, position)
        self._missions.know_appointments({holder.id for holder in self._holders})
        for holder in sorted(self._holders, key=lambda one: (one.id, one.place.order)):
            yield self._appointment(holder, positions, persons)

    def _position_rows(self, position: _Position) -> Iterator[Entry]:
        """The row of a position; one that our vocabulary knows by the same label bears the key that telegrams are tied to."""
        known = {normalise(concept.label): concept for concept in vocabulary("positions")}.get(
            normalise(position.label)
        )
        wanted, post = (known.key, position.post or known.post) if known else (position.id, position.post)
        position.key, position.post = self._ledger.take("positions", wanted, position.place), post
        yield "positions", {
            "key": position.key, "label": position.label, "variants": without_repeats(position.names, position.label),
            "valid_from": position.span.since, "valid_to": position.span.until, "source": OFFICERS, "post": post,
            "directory": "pocom", **position.place.columns,
        }  # fmt: skip
        if position.key != position.id:
            yield "identifiers", {
                "entity": position.key, "scheme": "pocom", "value": position.id, "source": OFFICERS, **position.place.columns,
            }  # fmt: skip

    def _appointment(self, holder: _Holder, positions: Mapping[str, _Position], persons: Mapping[str, str]) -> Entry:
        key = self._ledger.take("appointments", holder.id, holder.place)
        for kind, column, value, known in (
            ("unknown person", "person", holder.person, persons),
            ("unknown position", "position", holder.position, positions),
        ):
            if value not in known:
                message = f"No {column} has this id. Correct it, or add the {column}."
                self._ledger.tell(holder.place, kind, f"appointments.{column}", value, message)
        position = positions.get(holder.position)
        start, end, notes = self._dates(holder)
        if holder.office == "principal":
            post = position.post if position else None
        elif not holder.territory:
            post = _ORGANISATIONS.get(holder.mission)
        else:
            year = next((int(date[:4]) for date in (start, end) if date), None)
            post, where = self._missions.post_of(holder.id, holder.territory, holder.mission, year, holder.place)
            notes += where
        return "appointments", {
            "key": key, "person": persons.get(holder.person, holder.person) or None,
            "position": position.key if position else holder.position or None, "post": post, "start": start, "end": end,
            "note": "; ".join(notes) or None, "directory": "pocom", **holder.place.columns,
        }  # fmt: skip

    def _dates(self, holder: _Holder) -> tuple[str | None, str | None, list[str]]:
        """Start, end, and what the note says of them and of the other dates."""
        dates = {
            name: self._ledger.date(text, holder.place, f"appointments.{name}")
            for name, (text, _) in holder.dates.items()
        }
        began = (
            next((name for name in ("started", "arrived", "appointed") if dates[name]), None) if holder.served else None
        )
        start, end = (dates[began] if began else None), (dates["ended"] if holder.served else None)
        if start and end and end < start[: len(end)]:
            message = f"It ends ({end}) before it begins ({start}); both are kept, correct one of them."
            self._ledger.tell(holder.place, "dates disagree", "appointments.end", f"{start}–{end}", message)
        began_as = "credentials presented" if holder.office == "chief" else "entered on duty"
        words = {"started": began_as, "arrived": "arrived", "appointed": "appointed"}
        notes = [] if holder.served else ["did not serve"]
        if began:
            notes.append(_with(f"start: {words[began]}", holder.dates[began][1]))
        for name in _DATES:
            text, remark = holder.dates[name]
            if name == began or not (text or remark):
                continue
            shown = text if name != "ended" or not end else ""
            notes.append(_with(f"{words.get(name, 'ended')} {shown}".rstrip(), remark))
        if notes and notes[-1] == "ended":
            notes.pop()  # the column says so
        return start, end, [*notes, *([holder.note] if holder.note else [])]


def _with(words: str, remark: str) -> str:
    return f"{words} ({remark})" if remark else words
