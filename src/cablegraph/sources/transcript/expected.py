"""How sure each field of a head is, and which fields it ought to have and lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cablegraph.register import Entry
from cablegraph.sources.transcript.body import Body
from cablegraph.sources.transcript.damage import Damage
from cablegraph.sources.transcript.fields import Field
from cablegraph.sources.transcript.head import Head
from cablegraph.sources.transcript.showing import Showing
from cablegraph.sources.transcript.sureness import AMID, AMONG_DAMAGE, BROKEN, SIGNS, UNKNOWN
from cablegraph.vocabularies import vocabulary

#: Fields that no closed list knows: in a damaged transcript they may have lost a mark and still look whole.
_FREE = (
    "number", "control_number", "dtg", "sent", "received", "subjects", "signatory_text", "action_office", "info_office",
    "references", "tags", "repeated_to", "also_sent_to", "drafted_by", "approved_by", "cleared_by",
)  # fmt: skip
#: A code of a subject among TAGS.
_SUBJECT = re.compile(r"[A-Z]{3,5}")
_CALLED = {
    "sent": "date of sending", "received": "date of receipt", "from_text": "sender", "to_text": "addressee", "dtg": "date-time group",
    "captions": "caption", "subjects": "subject", "references": "reference", "tags": "tag", "signatory_text": "signature",
    "drafted_by": "drafting officer", "approved_by": "approving officer",
}  # fmt: skip
_CUT = "the right margin cuts off its line"


def tell(head: Head, body: Body, damage: Damage, showing: Showing) -> Iterator[Entry]:
    """Make the readings of a head: one for each field that is not printed plainly, or not in a whole transcript."""
    told: set[str] = set()
    values = list(head.values())
    if sign := body.signature:
        values.append(
            ("signatory_text", Field(sign.name, sign.paragraph.line, sign.how, sign.confidence, sign.paragraph.raw))
        )
    values += [("repeated_to", Field(item.text, line)) for item, line in head.repeated]
    values += [("also_sent_to", Field(item.text, line)) for item, line in head.sent_to[1:]]
    damaged = damage.shown or any(how in (found.how or "") for _, found in values for how in SIGNS)
    for name, found in values:
        said = _unknown_tags(found) if name == "tags" else found
        if found.line in damage.cut and found.text:
            said = said.noted(_CUT, BROKEN, found.printed or found.text)
        elif damaged and name in _FREE and name not in head.confirmed and found.how is None and name not in told:
            said = said.noted(AMID, AMONG_DAMAGE, found.text)
        if said.how:
            told.add(name)
            yield showing.reading(said.line, name, said.text, said.printed or said.text, said.how, said.confidence)
    for name, label in (("info", "info_office"), ("action", "action_office")):
        blank = head.form.fields.get(name)
        if blank and not blank.text:
            yield showing.reading(
                blank.line, label, None, name.capitalize(), "the field is printed and left blank", 1.0
            )


def _called(name: str) -> str:
    """What a column is called in a sentence."""
    return _CALLED.get(name, name.replace("_", " "))


def tags_of(text: str | None) -> list[str]:
    """The codes of a field TAGS."""
    return [tag.strip() for tag in (text or "").split(",") if tag.strip()]


def _unknown_tags(found: Field) -> Field:
    """TAGS of which no vocabulary knows a code of a subject; codes of countries have two letters, and names stand in brackets."""
    unknown = [tag for tag in tags_of(found.text) if _SUBJECT.fullmatch(tag) and not vocabulary("tags").find(tag)]
    return found.noted("a code that no vocabulary knows", UNKNOWN, ", ".join(unknown)) if unknown else found


def missing(head: Head, body: Body, first: int, showing: Showing) -> Iterator[Entry]:
    """A finding for each field that a telegram ought to have and that was not found; a note for each that most have."""
    values = {name for name, found in head.values() if found.text}
    has = values | ({"kind"} if head.kind else set()) | ({"signatory_text"} if body.signature else set())
    expected = ["kind", "number", "sent", "from_text", "to_text", "classification"]
    usual = ["precedence", "captions", "subjects", "references", "signatory_text"]
    outgoing = head.direction is not None and head.direction.text == "outgoing"
    if head.cable is not None:
        expected += ["dtg"]
        usual += ["tags", "drafted_by", "approved_by"] if outgoing else ["tags", "action_office"]
    elif outgoing:
        usual += ["drafted_by", "approved_by"]
    elif head.direction and head.direction.text == "incoming":
        expected += ["received"]
        usual += ["control_number", "action_office"]
    if head.kind is None:
        usual = []
    else:
        expected += ["direction"]
    for name in (name for name in expected if name not in has):
        message = f"No {_called(name)} was found in the transcript; the field stays empty."
        yield showing.finding(first, "field not found", name, None, message)
    for name in (name for name in usual if name not in has):
        message = f"No {_called(name)} was found; if the telegram had one, its line is lost or was not understood."
        yield showing.finding(first, "field not found", name, None, message, "info")
    for name, found in (("sent", head.sent_at), ("received", head.received)):
        if found and "T" not in found.text:
            message = f"No time was found with the date {found.text}."
            yield showing.finding(first, "time not found", name, found.text, message, "info")
