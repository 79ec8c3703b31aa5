"""Mutation of the sample: each triple is dropped, doubled, retyped and retargeted, and the shapes catch what they are said to catch.

The rates that docs/shapes.md states are held here, and printed. Where a property may be absent, or have several values, dropping and
doubling it is no fault, so those rates say how much of the data is obligatory and single; retyping and retargeting are faults.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shacl

from cablegraph import folders
from cablegraph.quads import RDF_TYPE
from cablegraph.validation import read_shapes

ROOT = Path(__file__).parents[2]
XSD = "http://www.w3.org/2001/XMLSchema#"
Triple = tuple[str, str, str]


def sample() -> list[Triple]:
    """The triples of the release of the sample."""
    line = re.compile(r"(<[^>]*>) (<[^>]*>) (<[^>]*>|\".*\"(?:@[\w-]+|\^\^<[^>]*>)?)(?: <[^>]*>)? \.")
    text = next((ROOT / "output" / "dumps").glob("*.nq")).read_text(encoding="utf-8")
    found = [line.fullmatch(each) for each in text.splitlines()]
    return sorted({(match[1], match[2], match[3]) for match in found if match})


def drop(triple: Triple, others: list[Triple], dice: random.Random) -> list[Triple]:
    """The triple is missing."""
    return []


def double(triple: Triple, others: list[Triple], dice: random.Random) -> list[Triple]:
    """There is a second value, of the same kind."""
    subject, predicate, value = triple
    if value.startswith('"'):
        return [triple, (subject, predicate, f'"9{value[1:]}' if XSD in value else f'"x{value[1:]}')]
    rivals = [other[2] for other in others if other[1] == predicate and other[2] not in (value, subject)]
    return [triple, (subject, predicate, dice.choice(rivals) if rivals else "<https://crisis.example/another>")]


def retype(triple: Triple, others: list[Triple], dice: random.Random) -> list[Triple]:
    """The value is of another kind: a name instead of a text and the other way round, another datatype, another class."""
    subject, predicate, value = triple
    if predicate == RDF_TYPE:
        return [(subject, predicate, dice.choice([t[2] for t in others if t[1] == RDF_TYPE and t[2] != value]))]
    if value.startswith("<"):
        return [(subject, predicate, f'"{value[1:-1]}"')]
    text = re.sub(r"(@[\w-]+|\^\^<[^>]*>)$", "", value)
    other = "boolean" if f"{XSD}boolean" not in value else "date"
    return [(subject, predicate, dice.choice(["<https://crisis.example/value>", f"{text}^^<{XSD}{other}>"]))]


def retarget(triple: Triple, others: list[Triple], dice: random.Random) -> list[Triple]:
    """The link leads to another resource of the release, whatever that is; texts lead nowhere."""
    subject, predicate, value = triple
    if value.startswith('"') or predicate == RDF_TYPE:
        return [triple]
    return [(subject, predicate, dice.choice([t[0] for t in others if t[0] not in (value, subject)]))]


KINDS: tuple[Callable[[Triple, list[Triple], random.Random], list[Triple]], ...] = (drop, double, retype, retarget)


def caught(triples: list[Triple], chosen: list[int], dice: random.Random) -> Iterator[tuple[str, str, bool]]:
    """Each mutation, the predicate that it is of, and whether the shapes complain of what they did not complain of before."""
    compiled = shacl.Shapes.from_text(read_shapes([folders.SHAPES]), "ntriples")
    lines = [f"{' '.join(triple)} .\n" for triple in triples]

    def results(text: str) -> set[tuple[object, ...]]:
        return {
            (r.source_shape, r.component, r.focus_node, r.value)
            for r in compiled.validate_text(text, "ntriples").results
        }

    before = results("".join(lines))
    for number in chosen:
        for kind in KINDS:
            new = kind(triples[number], triples, dice)
            if new != [triples[number]]:
                text = "".join((*lines[:number], *(f"{' '.join(each)} .\n" for each in new), *lines[number + 1 :]))
                yield kind.__name__, triples[number][1], bool(results(text) - before)


def stated() -> dict[str, int]:
    """The rates that the documentation states, in per cent."""
    text = (ROOT / "docs" / "shapes.md").read_text(encoding="utf-8")
    return {
        kind: int(rate)
        for kind, rate in re.findall(r"^\| (drop|double|retype|retarget) \|.*\| (\d+) % \|$", text, re.MULTILINE)
    }


@pytest.mark.parametrize("every", [31, pytest.param(1, marks=pytest.mark.full)])
def test_mutations_of_the_sample_are_caught_at_the_stated_rate(every: int, capsys: pytest.CaptureFixture[str]) -> None:
    """One triple in 31, or all of them: the rate of each kind is no lower than stated (by chance a little, in the small form)."""
    triples, dice = sample(), random.Random(1)  # noqa: S311  the same mutations every time
    found: dict[str, list[bool]] = {kind.__name__: [] for kind in KINDS}
    for kind, _, is_caught in caught(triples, list(range(0, len(triples), every)), dice):
        found[kind].append(is_caught)
    with capsys.disabled():
        for kind, all_ in found.items():
            print(f"\n{kind:<9} {sum(all_):>5} of {len(all_):>5} caught, {100 * sum(all_) / len(all_):.1f} %", end="")  # noqa: T201
    assert stated().keys() == found.keys()
    for kind, all_ in found.items():
        slack = 0 if every == 1 else 10
        assert 100 * sum(all_) / len(all_) >= stated()[kind] - slack, kind
