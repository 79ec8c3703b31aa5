"""``python -m bench.check``: what checking costs as a corpus grows: the shared volumes once, and several times over."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from bench.__main__ import SHARED, measure

#: CPU seconds and MB for a million triples.
TARGET = (5.0, 500)
SHAPES = Path(__file__).resolve().parents[1] / "shapes"
PROGRAM = [sys.executable, "-m", "cablegraph"]
MAPPINGS = SHAPES.parent / "mappings"
_BASE = b"<https://example.org/"


def copies(quads: Path, times: int, out: Path) -> int:
    """Write quads several times over, each time with other IRIs; return the number of lines."""
    lines = 0
    with out.open("wb") as file:
        for number in range(times):
            other = _BASE if number == 0 else _BASE + b"copy%d/" % number
            with quads.open("rb") as given:
                for line in given:
                    file.write(line.replace(_BASE, other))
                    lines += 1
    return lines


def map_volumes(work: Path) -> None:
    """Map the shared volumes into ``quads.nq``."""
    volumes = sorted(str(path) for path in (SHARED / "data" / "frus" / "volumes").glob("*.xml"))
    if not volumes:
        sys.exit("the shared volumes are not there; nothing to measure")
    for command in (
        ["read", *volumes, "--out", "register"],
        ["link", "register", "--out", "register"],
        ["map", str(MAPPINGS), "--source", "register=register", "--out", "quads.nq"],
    ):
        subprocess.run([*PROGRAM, *command, "--quiet"], cwd=work, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """Map the volumes, check them in growing copies, and print CPU, memory and CPU for a million quads."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        map_volumes(work)
        print(f"{'quads':>10}{'CPU s':>9}{'CPU s/M':>9}{'peak MB':>9}")
        for times in (1, 4, 15):
            quads = copies(work / "quads.nq", times, work / "grown.nq")
            shapes = ["--shapes", str(SHAPES), "--config", "policy.toml", "--out", "report.txt"]
            # Nothing fails here, so that measuring goes on whatever is found.
            (work / "policy.toml").write_text("[policy]\nstop = []\n", encoding="utf-8")
            cpu, memory = measure([*PROGRAM, "check", "grown.nq", *shapes], work)
            print(f"{quads:>10}{cpu:>9.2f}{cpu / quads * 1e6:>9.2f}{memory:>9.0f}", flush=True)
    print(
        f"target: {TARGET[0]:g} CPU s for a million triples, {TARGET[1]} MB however many; larger ones are checked in partitions"
    )


if __name__ == "__main__":
    main()
