"""How surely references are resolved: the editors' links are forgotten, and what is found without them is held against them.

``python -m bench.references REGISTER`` takes the references with a number of which the source itself, or the footnote right behind
them, names the document, hides every link, resolves, and prints by ``how`` the number resolved to a telegram of this publication, how
many of them are the document that the editors name, and the share; then what was resolved in all, nothing hidden.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from pathlib import Path

from cablegraph import relations
from cablegraph.linking import MACROS
from cablegraph.linking.decisions import read_decisions
from cablegraph.linking.identity import identify
from cablegraph.linking.references import resolve_references
from cablegraph.register import DIRECTORY_TABLES, READ_TABLES

Resolved = dict[tuple[str, int], tuple[str | None, str]]


def resolve(register: Path, *, hidden: bool) -> tuple[Resolved, set[tuple[str, int]], set[str]]:
    """What each reference means, and how; the references with a number; the telegrams that are no stubs."""
    with tempfile.TemporaryDirectory() as spill:
        db = relations.connect([register], spill=Path(spill))
        try:
            for table in READ_TABLES:
                name = f"read_{table}" if table in {*DIRECTORY_TABLES, "references"} else table
                relations.view_parquet(db, name, register / f"{table}.parquet")
            target = "NULL::VARCHAR" if hidden else "target"
            db.execute(f'CREATE VIEW "references" AS SELECT * REPLACE ({target} AS target) FROM read_references')
            db.execute(MACROS)
            read_decisions(db, ())
            identify(db, None, "")
            resolve_references(db)
            found = db.execute("SELECT record, n, telegram, how FROM link_resolutions").fetchall()
            numbered = db.execute('SELECT record, n FROM "references" WHERE number IS NOT NULL').fetchall()
            shown = db.execute("SELECT telegram FROM identified").fetchall()
        finally:
            db.close()
    return {(row[0], row[1]): (row[2], row[3]) for row in found}, set(numbered), {key for (key,) in shown}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("register", type=Path)
    register = parser.parse_args().register
    truth, numbered, shown = resolve(register, hidden=False)
    found, _, _ = resolve(register, hidden=True)
    named = [
        (place, key)
        for place, (key, how) in truth.items()
        if place in numbered and key in shown and how in ("document-link", "footnote")
    ]
    resolved, right = Counter[str](), Counter[str]()
    for place, key in named:
        telegram, how = found[place]
        how = how if telegram in shown else "stub or unresolved"
        resolved[how] += 1
        right[how] += telegram == key
        if telegram in shown and telegram != key:
            print(f"  {place[0]} reference {place[1]}: {telegram} ({how}), the editors say {key}")
    print(f"{len(named)} references with a number of which the editors name the document")
    for how, count in resolved.most_common():
        print(f"  {how:<20}{count:>6} resolved {right[how]:>6} right {right[how] / count:8.3f}")
    print("all references, nothing hidden")
    for how, count in Counter(how for _, how in truth.values()).most_common():
        print(f"  {how:<20}{count:>6}")


if __name__ == "__main__":
    main()
