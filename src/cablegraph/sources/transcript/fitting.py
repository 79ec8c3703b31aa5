"""How well a value fits its label: what lets a lost label, a broken line or two merged columns be told."""

from __future__ import annotations

import re

from cablegraph.sources.dates import find_date, find_time
from cablegraph.sources.telegram import post_of
from cablegraph.sources.transcript.ends import known_end
from cablegraph.sources.transcript.numbers import addressees, references
from cablegraph.sources.transcript.repairs import dated, figures

OFFICE = re.compile(r"(?!(?i:INFO|ACTION|ORIGIN)$)(?:[A-Z][A-Z/]{0,5}|[A-Z][a-z]{1,3})(?:-\d{1,2})?", re.ASCII)
_NUMBER = re.compile(r"(?:[A-Z]{1,6}[ -])?\d{1,6}(?P<rest>[ ,.].*)?", re.DOTALL)
_TAGS = re.compile(r"[A-Z]{2,4}(?:\s*,\s*(?:[A-Z]{2,4}|\([^()]{2,40}\)))*")


def fit(name: str, value: str) -> int:
    """Grade how well a value fits a label: 0 not at all; more the more of what the label asks for stands in it."""
    if not value or len(value) > 400:
        return 0
    if name in ("from", "to", "repeated"):
        return _ends(value)
    if name == "control":
        return 2 if re.fullmatch(r"\d{2,6}", figures(value).strip(" .,")) else 0
    if name == "number":
        match = _NUMBER.fullmatch(figures(value))
        return (1 + _date(match["rest"] or "")) if match else 0
    if name == "received":
        return _date(value)
    if name == "reference":
        return len(list(references(value)))
    if name in ("action", "info", "origin"):
        return 2 if OFFICE.fullmatch(value) else 0
    return 2 if name == "tags" and _TAGS.fullmatch(value) else 0


def _ends(value: str) -> int:
    """2 for a known end, 1 for one like a known one; in a list each one more counts."""
    if post_of(value):
        return 2
    listed = addressees(value)
    if listed and all(item.post for item in listed):
        numbers = sum(item.number is not None for item in listed) if len(listed) > 1 else 0
        return 1 + len(listed) + numbers
    return 1 if known_end(value) else 0


def _date(value: str) -> int:
    """1 for a month, and one each for the day, the year and the time."""
    plain = dated(value)
    date = find_date(plain)
    if date is None:
        return 0
    time = find_time(plain)
    return 1 + (date.day is not None) + (date.year is not None) + (time is not None)


def strong(name: str, value: str) -> bool:
    """Whether a value is so plainly what a label asks for that the label itself may be damaged."""
    least = {"number": 3, "received": 3, "reference": 1, "repeated": 2}.get(name, 2)
    return fit(name, value) >= least
