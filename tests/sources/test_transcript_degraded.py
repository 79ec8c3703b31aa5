"""Degraded transcripts: every field is right, or missing or doubted and said so, and none is wrong in silence.

``pytest -s -m full`` on this file, or ``make test-all``, prints what became of the fields under each kind of damage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from damage import DAMAGES
from forms import CLEAN, Clean
from judging import Verdict, damaged, judge, line_of, tally
from material import read

from cablegraph.sources import detect

#: Damage by chance that may hit a value which nothing else in the transcript confirms: the rest is never silent.
CHANCE = {
    "letters dropped": 0.004, "letters dropped in head": 0.004, "stray marks": 0.003, "spaces dropped": 0.002, "lines split": 0.002,
    "stamps among": 0.002, "columns crossed": 0.002, "tabs for spaces": 0.002, "line among text": 0.002,
}  # fmt: skip
#: At least so many fields are right, under the damage that hits hardest too.
RIGHT = {"margin cut": 0.80, "stray marks": 0.90}


@pytest.mark.parametrize("clean", CLEAN, ids=lambda clean: clean.name)
def test_whole_transcripts(clean: Clean) -> None:
    """Of a whole transcript every field is right."""
    wrong = {
        field: value for field, (verdict, value) in judge(clean, clean.text).items() if verdict is not Verdict.RIGHT
    }
    assert wrong == {}


@pytest.mark.parametrize("name", DAMAGES)
def test_one_damage(name: str) -> None:
    """Under one kind of damage no field is wrong in silence, and most are right."""
    _hold(name, range(3), slack=2)


@pytest.mark.full
@pytest.mark.parametrize("name", DAMAGES)
def test_one_damage_often(name: str, record_property: Callable[[str, object], None]) -> None:
    """The same for many seeds; the rates are shown."""
    record_property("shown", _hold(name, range(40), slack=0))


def _hold(name: str, seeds: range, slack: int) -> str:
    verdicts, silent = tally(CLEAN, (name,), seeds)
    whole = sum(verdicts.values())
    line = line_of(name, verdicts)
    assert verdicts[Verdict.SILENT] <= CHANCE.get(name, 0) * whole + (slack if name in CHANCE else 0), (line, silent)
    assert verdicts[Verdict.RIGHT] >= RIGHT.get(name, 0.92) * whole, line
    return line


def _combined(count: int) -> tuple[Counter[Verdict], Counter[str]]:
    verdicts: Counter[Verdict] = Counter()
    silent: Counter[str] = Counter()
    for seed in range(count):
        chance = Random(seed)  # noqa: S311 - the same damage each time is wanted
        names = chance.sample(list(DAMAGES), chance.randint(2, 3))
        clean = chance.choice(CLEAN)
        for field, (verdict, _) in judge(clean, damaged(clean, names, seed)).items():
            verdicts[verdict] += 1
            silent[field] += verdict is Verdict.SILENT
    return verdicts, silent


def test_damage_upon_damage() -> None:
    """Under two or three kinds of damage at once next to nothing is wrong in silence."""
    verdicts, silent = _combined(60)
    assert verdicts[Verdict.SILENT] <= 0.005 * sum(verdicts.values()), silent


@pytest.mark.full
def test_damage_upon_damage_often(record_property: Callable[[str, object], None]) -> None:
    """The same for many seeds; the rates are shown."""
    verdicts, silent = _combined(1000)
    record_property("shown", line_of("two or three at once", verdicts))
    assert verdicts[Verdict.SILENT] <= 0.003 * sum(verdicts.values()), silent


@pytest.mark.full
def test_the_first_transcript(shared: Path, record_property: Callable[[str, object], None]) -> None:
    """The transcript that started the project, held against how it is read whole."""
    (path,) = sorted((shared / "seed").glob("*.txt"))
    text = path.read_text(encoding="utf-8")
    row = read(text)["records"][0]
    kept = [field for field in CLEAN[0].fields if field not in ("sent_text", "received_text")]
    tables = read(text)
    clean = Clean(
        "first transcript", text, {field: row[field] for field in kept},
        [f"{entry['surface']}" for entry in tables["references"]], [part["label"] for part in tables["parts"] if part.get("label")],
        "1. WE HAVE",
    )  # fmt: skip
    whole: Counter[Verdict] = Counter()
    for name in DAMAGES:
        whole += tally([clean], (name,), range(12))[0]
    record_property("shown", line_of(clean.name, whole))
    assert whole[Verdict.SILENT] <= 0.001 * sum(whole.values())


@pytest.mark.parametrize("name", DAMAGES)
def test_reader_is_told_from_damaged_content(name: str) -> None:
    """A damaged transcript is still told to be one from its content (a cable that opens with a page head goes to ``cables``)."""
    for clean in CLEAN:
        for seed in range(3):
            head = damaged(clean, (name,), seed).encode()[:65536]
            assert detect(head, "t.txt") in ("transcript", "cables")
