"""Changes: what one release has and another has not, as files that harvesters apply and as numbers that people read.

A folder of changes has ``removed.nq`` and ``added.nq`` (taking away the one and putting in the other makes the new dump of
the old one), ``resources.csv``, a row a resource: ``iri, type, change, added, removed``, and ``withdrawn.csv``: before anything
else all quads of these subjects and properties go, whose values are not told.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from cablegraph import quads, relations
from cablegraph.release.differences import differences

RECORD = "https://www.ica.org/standards/RiC/ontology#Record"
CHANGES = ("created", "changed", "deleted")


@dataclass(frozen=True)
class Changes:
    """What changed, in numbers: quads, resources by change and type (IRI, empty for none), and quads by property (IRI)."""

    added: int
    removed: int
    resources: Mapping[str, Mapping[str, int]]
    properties: Mapping[str, tuple[int, int]]

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.added or self.removed)

    def records(self, change: str) -> int:
        """How many records were created, changed or deleted."""
        return self.resources.get(change, {}).get(RECORD, 0)


def write_changes(old: Path, new: Path, folder: Path, work: Path) -> Changes:
    """Write the changes between two files of N-Quads in order into a folder; ``work`` is for what is in between.

    Raises:
        InputError: the quads are not in order.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "withdrawn.csv").write_text("subject,property\n", encoding="utf-8")
    added = removed = 0
    table = work / "resources.csv"
    with ExitStack() as stack:
        lines, others = (stack.enter_context(path.open("rb")) for path in (old, new))
        gone, come = (stack.enter_context((folder / f"{name}.nq").open("wb")) for name in ("removed", "added"))
        resources = csv.writer(stack.enter_context(table.open("w", encoding="utf-8", newline="")))
        for found in differences(lines, others):
            come.writelines(found.added)
            gone.writelines(found.removed)
            resources.writerow([found.resource, found.change, len(found.added), len(found.removed)])
            added, removed = added + len(found.added), removed + len(found.removed)
    db = relations.connect([work, folder], files=[new], spill=work)
    try:
        _type_resources(db, table, new, folder)
        by_type = db.execute("SELECT change, type, count(*) FROM typed GROUP BY ALL ORDER BY ALL").fetchall()
        resources_ = {change: {t: n for c, t, n in by_type if c == change} for change in CHANGES}
        return Changes(added, removed, resources_, _properties(db, folder))
    finally:
        db.close()
        table.unlink()


def _type_resources(db: relations.Connection, table: Path, new: Path, folder: Path) -> None:
    """Make the table ``typed`` and write it: the type of each resource is record, else the first of its types."""
    columns = "columns = {'resource': 'VARCHAR', 'change': 'VARCHAR', 'added': 'INTEGER', 'removed': 'INTEGER'}"
    db.execute(
        f"CREATE TABLE resources AS FROM read_csv({relations.quote_path(table)}, header = false, {columns}, "
        f"auto_detect = false, hive_partitioning = false, max_line_size = {quads.LONGEST_LINE})"
    )
    typed = " UNION ALL ".join(
        f"SELECT s, o FROM {quads.terms_of(lines)} WHERE p = '{quads.RDF_TYPE}'"
        for lines in (
            f"(SELECT line FROM {quads.file_lines(path)} WHERE contains(line, '{quads.RDF_TYPE}'))"
            for path in (new, folder / "removed.nq")
        )
    )
    db.execute(
        f"""CREATE TABLE typed AS
        SELECT trim(resource, '<>') AS iri, trim(coalesce(t.type, ''), '<>') AS type, change, added, removed
        FROM resources LEFT JOIN (
            SELECT s, coalesce(min(o) FILTER (WHERE o = '<{RECORD}>'), min(o)) AS type FROM ({typed})
            WHERE s IN (SELECT resource FROM resources) GROUP BY s) t ON t.s = resource"""
    )
    target = relations.quote_text(str((folder / "resources.csv").resolve()))
    db.execute(f"COPY (FROM typed ORDER BY iri) TO {target} (FORMAT csv, HEADER true)")


def _properties(db: relations.Connection, folder: Path) -> dict[str, tuple[int, int]]:
    """The quads added and removed of each property, those that changed most first."""
    sides = " UNION ALL ".join(
        f"SELECT split_part(line, ' ', 2) AS p, {count} FROM {quads.file_lines(folder / name)}"
        for name, count in (("added.nq", "1 AS added, 0 AS removed"), ("removed.nq", "0, 1"))
    )
    rows = db.execute(
        f"SELECT trim(p, '<>'), sum(added)::INTEGER, sum(removed)::INTEGER FROM ({sides}) "
        "GROUP BY p ORDER BY sum(added) + sum(removed) DESC, p"
    ).fetchall()
    return {p: (added, removed) for p, added, removed in rows}
