"""What a single line of a head says: a field with its label, a caption, a subject, a request to pass on."""

from __future__ import annotations

import re

from cablegraph.sources.dates import find_date
from cablegraph.sources.telegram import post_of
from cablegraph.sources.transcript.columns import DEPARTMENT, TITLE, columns
from cablegraph.sources.transcript.labels import labelled
from cablegraph.sources.transcript.likeness import Forms
from cablegraph.sources.transcript.numbers import references
from cablegraph.sources.transcript.repairs import lettered
from cablegraph.vocabularies import vocabulary

CLOCK = re.compile(r"\d{1,2}(?:[:.]\d{2})?\s*[AP]\.?\s*M\.?", re.IGNORECASE)
#: ``ACTION DEPARTMENT 768, INFORMATION BANGKOK 123, VIENTIANE 45``: to whom else a telegram went, below the fields.
_SHARED = re.compile(
    r"(?:ACTION|SENT)\s+(?:TO\s+)?(?:DEPARTMENT|DEPT|STATE)\s+(?P<number>[\dOIlSB]{1,6})[,.;]?"
    r"\s+(?:(?:REPEATED|RPTD)\s+)?(?:FOR\s+)?(?:INFO|INFORMATION)\s+(?:TO\s+)?(?P<others>[A-Z][^.]{2,300})\.?",
    re.IGNORECASE,
)
PASS = re.compile(r"(?:DEPARTMENT|DEPT|STATE|PLEASE)\s+PASS\s+(?:TO\s+)?(?P<agent>.+)", re.IGNORECASE)
_TITLES = Forms(
    (f"{way} {kind}", way) for way in ("INCOMING", "OUTGOING") for kind in ("TELEGRAM", "AIRGRAM", "MESSAGE")
)
#: The fields by which a form is known.
CORE = ("from", "to", "number", "control", "received", "reference")


def looks_like_form(text: str) -> bool:
    """Tell whether one of the first lines is the title of a form, or two of them are fields."""
    fields: set[str] = set()
    for line in text.splitlines()[:200]:
        for cell in columns(line.strip(" \t*_#>")):
            if is_title(cell):
                return True
            if found := labelled(cell):
                fields.add(found[0])
    return len(fields & {*CORE, "subject"}) > 1


def is_title(text: str) -> bool:
    """Tell whether a line begins with the title of a form, or is one that was damaged."""
    return TITLE.match(text) is not None or (12 < len(text) < 24 and _TITLES.nearest(text) is not None)


def is_mark(text: str) -> bool:
    """Tell whether a line without a label is known in a head: a title, a precedence, a caption, a request to pass on."""
    known = (
        TITLE.match(text)
        or DEPARTMENT.fullmatch(text)
        or PASS.fullmatch(text)
        or vocabulary("precedence").find(text)
        or shared(text)
    )
    return bool(known) or is_caption(text)


def is_caption(text: str) -> bool:
    """Tell whether a line is a caption, perhaps with the one for whom it is meant."""
    caption = vocabulary("captions").leading(text)
    if caption is None:
        return False
    rest = text[caption[1] :].strip(" .:,")
    if rest.upper() == "FOR":
        return True
    whole = re.search(r"\bFOR\b", text, re.IGNORECASE) is not None or vocabulary("positions").find(rest) is not None
    return not rest or whole


def is_subject(text: str, *, ends_known: bool = True) -> bool:
    """Tell whether a line without a label may be the subject: words, no figures, nothing that another field holds.

    The name of a post may be a subject where both ends of the telegram are known, else it may be one of them.
    """
    other = TITLE.match(text) or PASS.match(text) or find_date(text) or (post_of(text) if not ends_known else None)
    return len(text) >= 3 and text[0].isalpha() and not other and not any(mark.isdigit() for mark in text)


def restricted_to(caption: str) -> str | None:
    """Return the addressee that a caption names: ``EYES ONLY FOR SECRETARY`` is restricted to ``SECRETARY``."""
    match = re.search(r"\bFOR\s+(?:THE\s+)?(?P<name>.+)$", caption, re.IGNORECASE)
    if match:
        return match["name"].strip()
    found = vocabulary("captions").leading(caption)
    return (caption[found[1] :].strip(" .:,") or None) if found else None


def shared(text: str) -> str | None:
    """To whom else a telegram went, if a line says nothing but that; letters and figures may be exchanged in it."""
    if len(text) > 400:
        return None
    match = _SHARED.fullmatch(text) or _SHARED.fullmatch(lettered(re.sub(r"(?<=[A-Z])l|l(?=[A-Z])", "I", text)))
    return match["others"] if match else None


def is_references(text: str) -> bool:
    """Tell whether a line names telegrams and says nothing else: ``DEPTEL 585 AND EMBTEL 745``."""
    found = [surface for surface, _, _ in references(text)] if len(text) < 120 else []
    left = text
    for surface in found:
        left = left.replace(surface, "", 1)
    return bool(found) and not re.sub(r"\b(?:AND|YOUR|MY|OUR)\b|\W", "", left, flags=re.IGNORECASE)


def passed_to(routing: str) -> str | None:
    """Return whom ``DEPARTMENT PASS WHITE HOUSE`` asks to be given a copy."""
    match = PASS.fullmatch(routing)
    return match["agent"].strip(" .") if match else None
