"""What a single line of a head says: a field with its label, a caption, a subject, a request to pass on."""

from __future__ import annotations

import re

from cablegraph.sources.dates import find_date
from cablegraph.sources.telegram import post_of
from cablegraph.sources.transcript.columns import DEPARTMENT, LABELLED, LABELS, NUMBERED, TITLE, columns
from cablegraph.vocabularies import vocabulary

CLOCK = re.compile(r"\d{1,2}(?:[:.]\d{2})?\s*[AP]\.?\s*M\.?", re.IGNORECASE)
PASS = re.compile(r"(?:DEPARTMENT|DEPT|STATE|PLEASE)\s+PASS\s+(?:TO\s+)?(?P<agent>.+)", re.IGNORECASE)
#: The fields by which a form is known.
CORE = ("from", "to", "number", "control", "received", "reference")
_NAMES = {re.sub(r"[^a-z]", "", name): field for name, field in LABELS.items()}


def labelled(text: str) -> tuple[str, str] | None:
    """Take ``FROM: NEW YORK`` apart to the name of the field and its value; None where the line has no label."""
    match = LABELLED.fullmatch(text) or NUMBERED.fullmatch(text)
    if match:
        plain = match["label"].casefold().translate(str.maketrans("01", "oi"))
        name = _NAMES.get(re.sub(r"[^a-z]", "", plain)) or _NAMES.get(re.sub(r"[^a-z]", "", plain.replace("i", "l")))
        return (name, match["value"].strip()) if name else None
    # A colon that was lost: FROM NEW YORK, where New York is known.
    bare = re.fullmatch(r"(?P<label>FROM|TO)\s+(?P<value>\S.*)", text, re.IGNORECASE)
    if bare and post_of(bare["value"]):
        return bare["label"].casefold(), bare["value"]
    return None


def looks_like_form(text: str) -> bool:
    """Tell whether one of the first lines is the title of a form, or two of them are fields."""
    fields: set[str] = set()
    for line in text.splitlines()[:200]:
        for cell in columns(line.strip(" \t*_#>")):
            if TITLE.match(cell):
                return True
            if found := labelled(cell):
                fields.add(found[0])
    return len(fields & {*CORE, "subject"}) > 1


def is_mark(text: str) -> bool:
    """Tell whether a line without a label is known in a head: a title, a precedence, a caption, a request to pass on."""
    known = (
        TITLE.match(text) or DEPARTMENT.fullmatch(text) or PASS.fullmatch(text) or vocabulary("precedence").find(text)
    )
    return bool(known) or is_caption(text)


def is_caption(text: str) -> bool:
    """Tell whether a line is a caption, perhaps with the one for whom it is meant."""
    caption = vocabulary("captions").leading(text)
    if caption is None:
        return False
    rest = text[caption[1] :].strip(" .:,")
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


def passed_to(routing: str) -> str | None:
    """Return whom ``DEPARTMENT PASS WHITE HOUSE`` asks to be given a copy."""
    match = PASS.fullmatch(routing)
    return match["agent"].strip(" .") if match else None
