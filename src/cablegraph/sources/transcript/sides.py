"""The two ends of a telegram: who sent it, to whom, who else has it; and whether it came in or went out."""

from __future__ import annotations

import re
from dataclasses import replace

from cablegraph.sources.telegram import DEPARTMENT, DEPARTMENT_KEY, direction_of, is_mission, post_of
from cablegraph.sources.transcript.ends import End, read_end, read_ends
from cablegraph.sources.transcript.fields import Field
from cablegraph.sources.transcript.head import Head
from cablegraph.sources.transcript.lines import Line
from cablegraph.sources.transcript.numbers import Addressee
from cablegraph.sources.transcript.sureness import BROKEN, IMPLIED, PLACED, UNKNOWN
from cablegraph.vocabularies import vocabulary

#: Words by which a printed name says itself that a mission is meant, not the place where it sits.
_MISSION = re.compile(r"embassy|legation|consul|mission|department|^us[a-z]+$", re.IGNORECASE)


def read_ends_of_form(head: Head) -> None:
    """Read FROM, TO and who else has the telegram; on an outgoing form the Department is the sender without a word."""
    form = head.form
    if origin := form.fields.get("from"):
        head.origin = _end(origin, read_end(origin.text)) if origin.text else None
    for name in ("to", "action"):
        found = form.fields.get(name)
        if found and found.text and (name == "to" or head.office(name) is None):
            head.sent_to += _addressees(head, found, "also_sent_to", head.sent_to == [])
    for entry in form.repeated:
        head.repeated += _addressees(head, entry, "repeated_to", False)
    info = form.fields.get("info")
    if info and info.text and head.office("info") is None:
        head.repeated += _addressees(head, info, "repeated_to", False)
    if head.origin is None and head.direction and head.direction.text == "outgoing" and len(form.titles) > 1:
        head.origin = Field(DEPARTMENT, form.titles[0].line).noted(
            "implied by the outgoing form", IMPLIED, form.titles[-1].text
        )


def _end(found: Field, end: End) -> Field:
    """The name of an end, with what had to be repaired in it."""
    named = replace(found, text=end.who.text)
    if end.who.post is None:
        return named.noted("a name that no vocabulary knows", UNKNOWN, end.printed)
    return named.noted(end.like.how, end.like.confidence, end.printed) if end.like else named


def _addressees(head: Head, found: Field, name: str, first: bool) -> list[tuple[Addressee, int]]:
    ends = read_ends(found.text)
    for at, end in enumerate(ends):
        named = _end(found, end)
        if first and at == 0:
            head.to = named
        elif named.how:
            head.also.append((name, named))
    return [(end.who, found.line) for end in ends]


def read_cable_ends(head: Head) -> None:
    """Take what a cable head says of sender, addressees and offices; it goes before what the form says."""
    cable, form = head.cable, head.form
    if cable is None:
        return
    form.fields |= cable.offices
    if cable.origin:
        head.origin = _of_cable(*cable.origin)
    if cable.to:
        head.sent_to, head.also = [(end.who, line.number) for end, line in cable.to], []
        head.to = _of_cable(*cable.to[0])
    head.repeated = [*((end.who, line.number) for end, line in cable.info), *head.repeated]
    for name, entries in (("also_sent_to", cable.to[1:]), ("repeated_to", cable.info)):
        named = [_of_cable(end, line) for end, line in entries]
        head.also += [(name, item) for item in named if item.how]


def _of_cable(end: End, line: Line) -> Field:
    return _end(Field(end.printed, line.number, line.how, line.confidence, line.given), end)


def read_posts(head: Head) -> None:
    """Tell which posts the two ends are, and by them which way the telegram went."""
    if head.origin:
        head.from_post = post_of(head.origin.text) or read_end(head.origin.text).who.post
        _printed_otherwise(head, head.from_post, head.origin)
    if head.to:
        head.to_post = post_of(head.to.text) or read_end(head.to.text).who.post
    told = direction_of(head.from_post, head.to_post, head.to.text if head.to else None)
    if head.direction is None:
        head.direction = Field(told, head.first) if told else _direction_of_form(head)
    elif DEPARTMENT_KEY in (head.from_post, head.to_post):
        told = direction_of(head.from_post, head.to_post)
        if told and told != head.direction.text:
            message = f"The form says {head.direction.text}; its two ends say {told}. The form is followed."
            head.find(head.first, "direction unclear", "direction", told, message)
            head.direction = head.direction.noted("its two ends say otherwise", BROKEN, head.direction.printed)
    if head.direction and told == head.direction.text:
        head.confirmed.add("direction")


def _direction_of_form(head: Head) -> Field | None:
    """Without a title and with one end only, the other fields tell which form this is."""
    fields = head.form.fields
    if is_mission(head.from_post) or ("received" in fields and "control" in fields):
        return Field("incoming", head.first, "told from the sender and the fields of the form", PLACED)
    if is_mission(head.to_post) and ("origin" in fields or "drafted" in fields):
        return Field("outgoing", head.first, "told from the addressee and the fields of the form", PLACED)
    return None


def _printed_otherwise(head: Head, post: str | None, origin: Field) -> None:
    if post and not _MISSION.search(origin.text) and vocabulary("posts").concepts[post].label != origin.text:
        how = "the post that telegrams from this place come from"
        sure = min(IMPLIED, origin.confidence)
        head.also.append(("from_post", Field(post, origin.line, how, sure, origin.text)))
    elif post and origin.how:
        head.also.append(("from_post", replace(origin, text=post)))
