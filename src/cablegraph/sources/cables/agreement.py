"""Where the head of a cable's text and the attributes that the archive keeps beside it contradict each other."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from cablegraph.register import Entry
from cablegraph.sources.cables.attributes import Attributes, items
from cablegraph.sources.cables.head import Head, sender
from cablegraph.sources.cables.numbers import Mrn, plain_number, same_station
from cablegraph.sources.telegram import post_of
from cablegraph.sources.transcript.showing import Showing
from cablegraph.vocabularies import normalise, vocabulary

#: A telegram may be drafted some days before it goes out.
_DAYS = 7


def check_agreement(
    head: Head, attributes: Attributes, mrn: Mrn | None, showing: Showing, line: int
) -> Iterator[Entry]:
    """Make a finding for each field in which the text's head says one thing and the attributes another."""
    for field, key, printed, kept, at in _differences(head, attributes, mrn, line):
        message = f"The head of the text says {printed}, the attribute {key} {kept}; compare both with the source."
        yield showing.finding(at, "attributes disagree", field, f"{printed} / {kept}", message)


def _differences(
    head: Head, attributes: Attributes, mrn: Mrn | None, line: int
) -> Iterator[tuple[str, str, str, str, int]]:
    number = head.number
    if mrn and number and head.station:
        station = head.station.text
        if plain_number(number) != plain_number(mrn.number) or not same_station(station, mrn.station):
            at = attributes.line("Document Number", line)
            yield "number", "Document Number", f"{station} {number}", str(attributes.value("Document Number")), at
    day = attributes.by_key.get("Draft Date")
    if head.sent and day and day.value and day.date and len(day.date) == 10:
        sent = datetime.date.fromisoformat(head.sent[:10])
        if abs((sent - datetime.date.fromisoformat(day.date)).days) > _DAYS:
            yield "sent", "Draft Date", head.sent[:10], day.value, day.line
    tags, kept = items(head.text("tags")), items(attributes.value("TAGS"))
    if tags and kept and _subjects(tags) != _subjects(kept):
        yield "tags", "TAGS", ", ".join(tags), ", ".join(kept), attributes.line("TAGS", line)
    level, original = head.level, attributes.value("Original Classification")
    if level and original and _concept("classification", level.text) != _concept("classification", original):
        yield (
            "classification",
            "Original Classification",
            level.text,
            original,
            attributes.line("Original Classification", line),
        )
    subject, titled = head.text("subject"), attributes.value("Subject")
    if subject and titled and not _same_words(subject, titled):
        yield "subjects", "Subject", subject, " ".join(titled.split()), attributes.line("Subject", line)
    printed, post = sender(head)
    origin = attributes.value("From")
    if printed and post and origin and (other := post_of(origin)) and other != post:
        yield "from_text", "From", printed, origin, attributes.line("From", line)
    ends = {item.post for item, _ in head.to if item.post}
    others = {post for item in items(attributes.value("To")) if (post := post_of(item))}
    if ends and others and not ends & others:
        texts = ", ".join(item.text for item, _ in head.to)
        yield "to_text", "To", texts, ", ".join(items(attributes.value("To"))), attributes.line("To", line)


def _subjects(tags: list[str]) -> set[str]:
    """Tags without those of persons, which stand in parentheses and mostly in the attributes only."""
    return {normalise(tag) for tag in tags if not tag.startswith("(")}


def _concept(scheme: str, text: str) -> str:
    found = vocabulary(scheme).find(text)
    return found.key if found else normalise(text)


def _same_words(one: str, other: str) -> bool:
    """Whether two subjects are one, of which either may be cut short."""
    first, second = normalise(one), normalise(other)
    return first.startswith(second) or second.startswith(first)
