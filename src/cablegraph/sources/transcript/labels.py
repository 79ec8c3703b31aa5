"""The labels of a form, and lines that begin with one: ``FROM: NEW YORK``, ``Control: 6946``, ``DRAFTED BY EUR``."""

from __future__ import annotations

import re

from cablegraph.sources.telegram import post_of
from cablegraph.sources.transcript.repairs import label

#: Labels of a form, in the order in which they are tried, with the name of the field.
LABELS = {
    "control": "control", "rec'd": "received", "rec’d": "received", "recd": "received", "received": "received",
    "sent to": "to", "from": "from", "to": "to", "number": "number", "no": "number",
    "reference": "reference", "references": "reference", "refs": "reference", "ref": "reference", "subject": "subject",
    "subj": "subject", "rptd info": "repeated", "rptd to": "repeated", "repeated info": "repeated",
    "repeated to": "repeated", "repeated": "repeated", "rptd": "repeated", "info": "info", "action": "action",
    "origin": "origin", "tags": "tags", "drafted by": "drafted", "cleared by": "cleared", "clearances": "cleared",
    "approved by": "approved", "telegraphic transmission and classification approved by": "approved",
    "classification approved by": "approved",
}  # fmt: skip
#: A pattern of any of them.
ANY = "|".join(label(name) for name in sorted(LABELS, key=len, reverse=True))
LABELLED = re.compile(rf"(?P<label>{ANY})\s{{0,9}}[:;]\s*(?P<value>.*)", re.IGNORECASE | re.DOTALL)
#: ``NO. 1862`` has a full stop where others have a colon.
_NUMBERED = re.compile(rf"(?P<label>{label('no')})\.\s{{0,9}}(?P<value>[\dOIl]{{2,6}}\b.*)", re.IGNORECASE)
_BARE = re.compile(r"(?P<label>FROM|TO)\s+(?P<value>\S.*)", re.IGNORECASE)
#: Who drafted and approved a cable stands behind words without a colon.
_BY = re.compile(
    r"(?P<label>(?:DRAFTED|CLEARED|APPROVED) ?BY)\s+(?P<value>[A-Z].{0,200})"
    r"|(?P<label_>(?:Drafted|Cleared|Approved) By)\s+(?P<value_>[A-Z][A-Za-z/]{1,8}:.{0,200})"
)
_FIGURES = str.maketrans("0158", "oisb")
_NAMES = {re.sub(r"[^a-z]", "", name): field for name, field in LABELS.items()}


def labelled(text: str) -> tuple[str, str] | None:
    """Take ``FROM: NEW YORK`` apart to the name of the field and its value; None where the line has no label."""
    if by := _BY.fullmatch(text):
        label, value = by["label"] or by["label_"], by["value"] or by["value_"]
        return label.casefold().removesuffix("by").strip(), value.strip()
    match = LABELLED.fullmatch(text) or _NUMBERED.fullmatch(text)
    if match:
        plain = re.sub(r"[^a-z]", "", match["label"].casefold().translate(_FIGURES))
        name = _NAMES.get(plain) or _NAMES.get(plain.replace("i", "l"))
        return (name, match["value"].strip()) if name else None
    # A colon that was lost: FROM NEW YORK, where New York is known.
    bare = _BARE.fullmatch(text) if len(text) < 100 else None
    if bare and post_of(bare["value"]):
        return bare["label"].casefold(), bare["value"]
    return None
