"""``python -m bench.linking``: what linking costs beside reading, over the shared volumes with all authorities.

Prints CPU seconds and peak memory of ``cablegraph read`` and ``cablegraph link``, then of recognition alone how many
characters of text it does in a CPU second (fetching the texts and storing what is found included).
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from bench.__main__ import SHARED, measure
from cablegraph import relations
from cablegraph.linking import directories
from cablegraph.linking.recognition import recognise
from cablegraph.linking.recognition.known import Known
from cablegraph.register import DIRECTORY_TABLES, READ_TABLES

#: Characters a CPU second; linking in at most the CPU of reading; MB.
TARGETS = (5_000_000, 1.0, 600)


def recognition(register: Path) -> tuple[int, int, float]:
    """Recognise in a register: characters of text, names found, CPU seconds."""
    db = relations.connect([register])
    for table in READ_TABLES:
        name = f"read_{table}" if table in DIRECTORY_TABLES else table
        relations.view_parquet(db, name, register / f"{table}.parquet")
    directories.see_directories(db)
    before = time.process_time()
    recognise(db, Known(db))
    spent = time.process_time() - before
    query = "SELECT (SELECT sum(length(text))::BIGINT FROM parts), (SELECT count(*) FROM recognised)"
    ((characters, found),) = db.execute(query).fetchall()
    db.close()
    return characters, found, spent


def main() -> None:
    """Measure and print."""
    volumes = sorted(str(path) for path in (SHARED / "data" / "frus" / "volumes").glob("*.xml"))
    if not volumes:
        sys.exit("the shared volumes are not there; nothing to measure")
    program = [sys.executable, "-m", "cablegraph"]
    authorities = str(SHARED / "data" / "authorities.tar.gz")
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        read = measure([*program, "read", *volumes, authorities, "--out", "register", "--quiet"], work)
        link = measure([*program, "link", "register", "--out", "linked", "--quiet"], work)
        characters, found, spent = recognition(work / "register")
    print(f"{len(volumes)} volumes with all authorities")
    for step, (cpu, memory) in (("read", read), ("link", link)):
        print(f"{step:<12}{cpu:7.2f} CPU s{memory:7.0f} MB")
    print(f"recognition {spent:7.2f} CPU s, {characters / 1e6:.1f} million characters, {found} names")
    print(f"{characters / spent / 1e6:.2f} million characters a CPU second (target {TARGETS[0] / 1e6:g})")
    print(
        f"linking takes {link[0] / read[0]:.2f} of reading's CPU (target {TARGETS[1]:g}), {link[1]:.0f} MB (target {TARGETS[2]})"
    )


if __name__ == "__main__":
    main()
