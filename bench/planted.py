"""``python -m bench.planted``: 800 defects of eight kinds, planted into the shared volumes: all must be found, and nothing else, whole and split."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bench.check import SHAPES, map_volumes
from cablegraph.policy import Policy
from cablegraph.validation import check_any

#: How many of each kind, and how many places are passed over in between, so that they stand in many volumes.
EACH, EVERY = 100, 25
_DIPL, _RICO = "<https://w3id.org/diplomatic-records/ontology#", "<https://www.ica.org/standards/RiC/ontology#"
_INT = '"^^<http://www.w3.org/2001/XMLSchema#int>'
_A_DATE = "<https://example.org/planted-date>"
_DATE = f"""{_A_DATE} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> {_RICO}Date> .
{_A_DATE} {_RICO}normalizedDateValue> "1962"^^<http://www.w3.org/2001/XMLSchema#gYear> .
{_A_DATE} {_RICO}expressedDate> "1962" .
"""
#: The kinds: the property that is changed, the shape that must complain, and what becomes of a value.
KINDS: dict[str, tuple[str, str, Callable[[str], list[str]]]] = {
    "missing": ("<http://www.w3.org/ns/prov#hadRole>", "responsibility-role", lambda value: []),
    "doubled": (f"{_DIPL}sourceLine>", "instantiation-sourceLine", lambda value: [value, f'"7{value[1:]}']),
    "retyped": (f"{_RICO}hasOrHadParticipant>", "event-participant", lambda value: [f'"{value[1:-1]}"']),
    "retargeted": (f"{_RICO}hasOrHadHolder>", "instantiation-holder", lambda value: [_A_DATE]),
    "out of range": (f"{_DIPL}pageCount>", "instantiation-pageCount", lambda value: [f'"0{_INT}']),
    "ill-formed": (f"{_DIPL}sourceLine>", "instantiation-sourceLine", lambda value: [f'"five{_INT}']),
    "wrong class": (f"{_RICO}isOrWasInstantiationOf>", "instantiation-record", lambda value: [_A_DATE]),
    "dangling": (f"{_DIPL}hasReading>", "instantiation-reading", lambda value: ["<https://example.org/nowhere>"]),
}


def plant(lines: Iterable[str], told: dict[str, tuple[str, str]]) -> Iterator[str]:
    """Change one triple of a subject here and there; ``told`` gets the kind and the shape for each such subject."""
    met, changed = Counter[str](), set[tuple[str, str, str]]()
    for line in lines:
        subject, predicate, rest = line.split(" ", 2)
        value = rest.split(" ", 1)[0]
        if (subject, predicate, value) in changed:  # in another graph
            continue
        found = next((k for k, (of, _, _) in KINDS.items() if of == predicate and met[k] < EACH * EVERY), None)
        if found is None or subject in told:
            yield line
            continue
        met[found] += 1
        if met[found] % EVERY:
            yield line
            continue
        _, shape, change = KINDS[found]
        told[subject] = (found, shape)
        changed.add((subject, predicate, value))
        yield from (f"{subject} {predicate} {each} .\n" for each in change(value))
    yield _DATE


def main() -> None:
    """Plant, check whole and in partitions, and print what was found of each kind; exit code 1 where it is not exactly that."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        map_volumes(work)
        told: dict[str, tuple[str, str]] = {}
        with (
            (work / "quads.nq").open(encoding="utf-8") as given,
            (work / "planted.nq").open("w", encoding="utf-8") as out,
        ):
            out.writelines(plant(given, told))
        size = (work / "quads.nq").stat().st_size
        whole, split = (
            check_any(work / "planted.nq", [SHAPES], "shacl", Policy(), 2, each)[0].rows
            for each in (2 * size, size // 5)
        )
        before = {(r.rule, r.focus, r.value) for r in check_any(work / "quads.nq", [SHAPES], "shacl", Policy())[0].rows}
    new = [row for row in whole if (row.rule, row.focus, row.value) not in before]
    complaints = {(row.focus, row.rule) for row in new}
    print(f"{'kind':<14}{'planted':>9}{'found':>7}  shape")
    for kind, (_, shape, _) in KINDS.items():
        planted = [subject for subject, (of, _) in told.items() if of == kind]
        print(f"{kind:<14}{len(planted):>9}{sum((subject, shape) in complaints for subject in planted):>7}  {shape}")
    missed = [subject for subject, (_, shape) in told.items() if (subject, shape) not in complaints]
    others = [row for row in new if row.focus not in told]
    print(
        f"{len(told)} planted, {len(missed)} missed, {len(new)} results, {len(others)} of them at what was not touched"
    )
    print(f"results by shape: {dict(sorted(Counter(row.rule for row in new).items()))}")
    print(f"whole and in partitions {'the same' if whole == split else 'DIFFERENT'}")
    for row in others[:5]:
        print(f"  {row.rule} {row.focus} {row.value}")
    sys.exit(bool(missed or others or whole != split))


if __name__ == "__main__":
    main()
