"""``python -m bench.changes [COPIES]``: what telling the changes between two large releases costs: the shared volumes, many times over."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.__main__ import measure
from bench.check import map_volumes
from cablegraph import quads, relations

#: MB, at 34 million quads.
TARGET = 1000
_BASE = b"<https://example.org/"
_CHANGES = """
import sys
from pathlib import Path
from cablegraph.release.changes import write_changes
print(write_changes(Path("old.nq"), Path("new.nq"), Path("changes"), Path(".")))
"""


def in_order(lines: Path, out: Path, work: Path) -> None:
    """Write quads in the order of a release."""
    db = relations.connect([work], spill=work, at=work / "order.duckdb")
    quads.load_quads(db, quads.file_lines(lines))
    quads.write_nquads(db, out)
    db.close()


def copies(one: Path, times: int, out: Path, skipped: int) -> int:
    """Write quads several times over, in order, each time with other IRIs; one in ``skipped`` is left out. Returns the number of lines."""
    lines = 0
    with out.open("wb") as file:
        for number in range(times):
            base = _BASE + b"copy%04d/" % number
            with one.open("rb") as given:
                for line in given:
                    lines += 1
                    if skipped and lines % skipped == 0:
                        continue
                    file.write(line.replace(_BASE, base))
    return lines


def main(times: int) -> None:
    """Compare two dumps of which each lacks some lines of the other, and print CPU and memory."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        map_volumes(work)
        in_order(work / "quads.nq", work / "one.nq", work)
        print(f"{'quads':>10}{'CPU s':>9}{'CPU s/M':>9}{'peak MB':>9}")
        for count in (1, times):
            total = copies(work / "one.nq", count, work / "old.nq", 1009)
            copies(work / "one.nq", count, work / "new.nq", 997)
            cpu, memory = measure([sys.executable, "-c", _CHANGES], work)
            print(f"{total:>10}{cpu:>9.2f}{cpu / total * 1e6:>9.2f}{memory:>9.0f}", flush=True)
    print(f"target: {TARGET} MB at 34 million quads")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
