"""How a damaged transcript was read, field by field, held against the whole one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from enum import Enum
from random import Random
from typing import Any

from damage import DAMAGES
from forms import Clean
from material import Tables, read

#: A value that is told as less sure than this is not wrong in silence.
DOUBTED = 0.9
#: The number at the end of a reference as printed, damage and all.
_NUMBER = r"\s*[\dOIlSB.,;'`~^|_*]+$"


class Verdict(Enum):
    """What became of a field: right; not there, or doubted, and said so; not there without a word; wrong without a word."""

    RIGHT = "right"
    TOLD = "told"
    UNTOLD = "missing untold"
    SILENT = "wrong in silence"


def damaged(clean: Clean, names: Iterable[str], seed: int) -> str:
    """The transcript with some damages, one upon the other."""
    chance, text = Random(seed), clean.text  # noqa: S311 - the same damage each time is wanted
    for name in names:
        text = DAMAGES[name](clean, text, chance)
    return text


def found(tables: Tables) -> dict[str, Any]:
    """What was read of the first telegram, in the shape of what is expected."""
    row = tables["records"][0]
    mine = [part for part in tables["parts"] if part["record"] == row["record"]]
    references = [
        f"{re.sub(_NUMBER, '', entry['surface'])} {entry['number']}"
        for entry in tables["references"]
        if entry["record"] == row["record"]
    ]
    return row | {"references": references, "labels": [part["label"] for part in mine if part.get("label")]}


def judge(clean: Clean, text: str | bytes) -> dict[str, tuple[Verdict, Any]]:
    """Judge every field of a damaged transcript."""
    tables = read(text)
    if len(tables["records"]) != 1:
        return {"records": (Verdict.SILENT, len(tables["records"]))}
    got = found(tables)
    said = {row["field"] for row in tables["findings"]} | {
        row["field"] for row in tables["readings"] if row["confidence"] < 1
    }
    doubted = {row["field"] for row in tables["readings"] if row["confidence"] < DOUBTED}
    expected = clean.fields | {"references": clean.references, "labels": clean.labels}
    for moment in ("sent", "received"):
        expected.pop(f"{moment}_text", None)  # a text column is as printed, damage and all
    return {field: (_verdict(value, got[field], field, said, doubted), got[field]) for field, value in expected.items()}


#: Fields whose readings and findings go by another name.
_NAMES = {"labels": {"label", "labels", "pages"}, "pages": {"page", "pages"}, "sent_text": {"sent", "sent_text"}, "received_text": {"received"},
          "restricted_to": {"captions"}, "from_post": {"from_post", "from_text"}, "to_post": {"to_post", "to_text"}, "sent_zone": {"sent", "dtg"},
          "series": {"series", "number"}, "direction": {"direction", "kind"}}  # fmt: skip


def _verdict(expected: Any, got: Any, field: str, said: set[str], doubted: set[str]) -> Verdict:
    names = _NAMES.get(field, {field})
    if _same(expected, got):
        return Verdict.RIGHT
    if isinstance(got, str) and field in ("sent", "received") and expected and expected.startswith(got):
        return Verdict.TOLD if names & said else Verdict.SILENT  # less exact, not wrong
    if not got or (
        isinstance(got, list) and isinstance(expected, list) and len(got) < len(expected) and _within(got, expected)
    ):
        return Verdict.TOLD if names & said else Verdict.UNTOLD
    return Verdict.TOLD if names & doubted else Verdict.SILENT


def _plain(value: Any) -> Any:
    return " ".join(value.casefold().split()) if isinstance(value, str) else value


def _same(expected: Any, got: Any) -> bool:
    if isinstance(expected, list) and isinstance(got, list):
        return [_plain(item) for item in expected] == [_plain(item) for item in got]
    return bool(_plain(expected) == _plain(got))


def _within(got: list[Any], expected: list[Any]) -> bool:
    """Whether a list has only items that it should have: some are missing, none is wrong."""
    left = Counter(map(_plain, expected))
    left.subtract(map(_plain, got))
    return all(count >= 0 for count in left.values())


def tally(
    cleans: Iterable[Clean], names: tuple[str, ...], seeds: Iterable[int]
) -> tuple[Counter[Verdict], Counter[str]]:
    """Count the verdicts over transcripts and seeds, and the fields that were wrong in silence."""
    verdicts: Counter[Verdict] = Counter()
    silent: Counter[str] = Counter()
    seeds = list(seeds)
    for clean in cleans:
        for seed in seeds:
            for field, (verdict, _) in judge(clean, damaged(clean, names, seed)).items():
                verdicts[verdict] += 1
                if verdict is Verdict.SILENT:
                    silent[field] += 1
    return verdicts, silent


def line_of(name: str, verdicts: Counter[Verdict]) -> str:
    """A line of the table of rates."""
    whole = sum(verdicts.values()) or 1
    shares = " ".join(f"{100 * verdicts[verdict] / whole:8.2f}" for verdict in Verdict)
    return f"{name:26}{shares}"
