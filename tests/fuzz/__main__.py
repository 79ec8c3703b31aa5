"""Fuzz a reader: ``python -m tests.fuzz transcript --seconds 60 --seed 1``.

Prints what was found and saves the input of each fault; exit code 1 where there is one.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.fuzz.inputs import INPUTS, TOKENS
from tests.fuzz.mutations import mutants
from tests.fuzz.targets import TARGETS

#: An input that takes longer, in seconds, is a fault.
SLOW = 5.0


def main(arguments: list[str]) -> int:
    """Run a target for some time; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", choices=sorted(TARGETS))
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, help="folder for the inputs of faults; a temporary one by default")
    chosen = parser.parse_args(arguments)
    out = chosen.out or Path(tempfile.mkdtemp(prefix="cablegraph-fuzz-"))
    out.mkdir(parents=True, exist_ok=True)
    faults = run(chosen.target, chosen.seconds, chosen.seed, out)
    sys.stdout.write(f"{len(faults)} kinds of faults\n")
    return 1 if faults else 0


def run(target: str, seconds: float, seed: int, out: Path) -> set[str]:
    """Feed mutants to a target; returns the kinds of faults, each told and saved when it is first met."""
    ends = time.monotonic() + seconds
    faults: set[str] = set()
    count = read = 0
    for data in mutants(INPUTS[target], TOKENS[target], seed):
        began = time.monotonic()
        if began > ends:
            break
        kind = None
        try:
            read += TARGETS[target](data) > 0
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            kind = f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}: {error}"[:200]
            key = kind.partition(": ")[0]
        else:
            took = time.monotonic() - began
            if took > SLOW:
                kind, key = f"slow: {took:.1f} s for {len(data)} bytes", "slow"
        if kind is not None and key not in faults:
            faults.add(key)
            saved = out / f"{target}-{hashlib.sha256(data).hexdigest()[:12]}"
            saved.write_bytes(data)
            sys.stdout.write(f"{kind}\n  saved as {saved}\n")
        count += 1
    sys.stdout.write(f"{target}: {count} inputs, {read} of them read, seed {seed}\n")
    return faults


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
