"""Validation in partitions: graphs larger than memory, a range of nodes at a time.

A partition has every triple of its subjects and, as context, those that shapes reach from there (:mod:`.reach`), however
far away; so each target has the results that it has in the whole graph. Each node is a target in one partition only: there
the shapes are told their targets by marks, triples beside the data whose objects they are, and take no others.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

from cablegraph import quads, relations, store
from cablegraph.errors import InputError
from cablegraph.quads import RDF_TYPE
from cablegraph.validation.dealing import Rules, deal, find_cuts, spans
from cablegraph.validation.engines import Result, sorted_results, validate
from cablegraph.validation.reach import SUBCLASS, Bounds, bounds_of_shapes

#: Bytes of N-Triples or N-Quads in one partition, and of what is checked as a whole: 200 to 300 MB of memory.
PARTITION = 256 << 20


def validate_at_any_size(
    file: Path, shapes: str, work: Path, *, engine: str = "shacl", jobs: int = 1, size: int = PARTITION
) -> list[Result]:
    """Validate a file as :func:`~cablegraph.validation.validate` does, in partitions of about ``size`` bytes where it has more.

    Shapes that know no bounds (they ask in SPARQL) are run on the whole. ``work`` is a folder for what is in between, nearly
    as much as the file; each of ``jobs`` processes holds one partition in memory.

    Raises:
        InputError: as :func:`~cablegraph.validation.validate`.
    """
    given = file.stat().st_size
    bounds = bounds_of_shapes(shapes) if given > size else None
    if bounds is None:
        return validate(file, shapes, engine)
    try:
        with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
            parts = split(file, bounds, find_cuts(file, -(-given // size)), work, pool, jobs)
            done = pool.map(validate_part, parts, repeat(bounds.shapes), repeat(engine))
            return sorted_results(result for results in done for result in results)
    except InputError:
        store.write_triples([file], work / "whole.nt")  # it tells the line if the file is no RDF
        raise


def validate_part(files: Sequence[Path], shapes: str, engine: str) -> list[Result]:
    """Validate what was dealt to one partition in several files; they are used up."""
    with files[0].open("ab") as whole:
        for more in files[1:]:
            with more.open("rb") as lines:
                shutil.copyfileobj(lines, whole, 1 << 20)
            more.unlink()
    results = validate(files[0], shapes, engine)
    files[0].unlink()
    return results


def split(
    file: Path, bounds: Bounds, cuts: Sequence[bytes], work: Path, pool: Executor, jobs: int = 1
) -> list[list[Path]]:
    """Deal a file to the partitions between ``cuts``, in ``jobs`` spans at once; each has its context and the marks of its targets.

    Returns the files of each partition.
    """
    seen = bounds.seen()
    rules = Rules(cuts, _encoded(() if "" in seen else seen), _encoded(bounds.leads()))
    dealt = list(pool.map(deal, repeat(file), spans(file, jobs), repeat(rules), repeat(work), map(str, range(jobs))))
    context = _contexts(bounds, [each.edges for each in dealt], cuts, work)
    return [list(files) for files in zip(*(each.parts for each in dealt), context, strict=True)]


def _encoded(terms: Iterable[str]) -> frozenset[bytes]:
    return frozenset(term.encode() for term in terms)


def _contexts(bounds: Bounds, edges: Sequence[Path], cuts: Sequence[bytes], work: Path) -> list[Path]:
    """Write what each partition needs beside its own triples, and the marks of its targets."""
    files = [work / f"context{number}.nt" for number in range(len(cuts) + 1)]
    db = relations.connect([work], spill=work, at=work / "check.duckdb")
    try:
        db.execute(f"CREATE MACRO part_of(t) AS {_search('t', [cut.decode() for cut in cuts], 0)}")
        # Engines write tags of languages as they like, and a literal is one target.
        db.execute(
            "CREATE MACRO home_of(t) AS "
            "part_of(CASE t[1] WHEN '\"' THEN regexp_replace(t, '@[A-Za-z0-9-]+$', '') ELSE t END)"
        )
        db.execute("CREATE TEMP TABLE context (part INTEGER, s VARCHAR, p VARCHAR, o VARCHAR)")
        _make_edges(db, bounds, edges)
        _find_context(db)
        _mark_targets(db)
        for number, file in enumerate(files):
            lines = f"SELECT DISTINCT s || ' ' || p || ' ' || o || ' .' FROM context WHERE part = {number}"
            db.execute(f"COPY ({lines}) TO {relations.quote_text(str(file.resolve()))} {relations.RAW_LINES}")
    finally:
        db.close()
        (work / "check.duckdb").unlink()
    for file in edges:
        file.unlink()
    return files


def _search(term: str, bounds: Sequence[str], first: int) -> str:
    """The number of the range that a term is in, by halves."""
    if not bounds:
        return str(first)
    middle = len(bounds) // 2
    below, above = _search(term, bounds[:middle], first), _search(term, bounds[middle + 1 :], first + middle + 1)
    return f"CASE WHEN {term} < {relations.quote_text(bounds[middle])} THEN {below} ELSE {above} END"


def _make_edges(db: relations.Connection, bounds: Bounds, files: Sequence[Path]) -> None:
    """The tables of steps and targets, and of the triples that may matter outside their partition or make a target."""
    text, number = relations.TEXT, relations.INTEGER
    for table, columns, rows in (
        ("told_steps", {"state": number, "predicate": text, "inverse": relations.BOOLEAN, "then": number},
         [(s.state, s.predicate, s.inverse, s.then) for s in bounds.steps]),
        ("targets", {"kind": text, "value": text, "mark": text}, [(t.kind, t.value, t.mark) for t in bounds.targets]),
    ):  # fmt: skip
        relations.create_table(db, table, columns, rows)
    told = (
        f"read_csv([{', '.join(map(relations.quote_path, files))}], header = false, delim = '\t', quote = '', escape = '', "
        "columns = {'s': 'VARCHAR', 'p': 'VARCHAR', 'o': 'VARCHAR', 'end': 'VARCHAR'}, auto_detect = false, hive_partitioning = false, "
        f"max_line_size = {quads.LONGEST_LINE}, buffer_size = {quads.LONGEST_LINE})"
    )
    db.execute(f"CREATE TEMP TABLE edges AS SELECT s, p, o, part_of(s) AS home, home_of(o) AS there FROM {told}")
    # A step along any predicate is one along each.
    db.execute(
        """CREATE TEMP TABLE steps AS
        SELECT state, p, inverse, "then" FROM told_steps JOIN (SELECT DISTINCT p FROM edges) ON predicate IN (p, '')"""
    )


def _mark_targets(db: relations.Connection) -> None:
    """Add the marks of targets to the context of their partition: instances of a class (SHACL, section 2.1.3.2) and the others."""
    db.execute(
        f"""INSERT INTO context
        WITH RECURSIVE classes AS (
            SELECT value AS class, mark FROM targets WHERE kind = 'class'
            UNION SELECT s, mark FROM edges JOIN classes ON o = class WHERE p = '{SUBCLASS}'),
        marks AS (
            SELECT mark, s AS node FROM edges JOIN classes ON o = class WHERE p = '{RDF_TYPE}'
            UNION SELECT mark, CASE kind WHEN 'objects' THEN o ELSE s END
            FROM edges JOIN targets ON p = value WHERE kind IN ('subjects', 'objects')
            UNION SELECT mark, value FROM targets WHERE kind = 'node')
        SELECT home_of(node), '<target:>', mark, node FROM marks"""
    )


def _find_context(db: relations.Connection) -> None:
    """Fill the table ``context`` with the triples that each partition reaches outside itself.

    Nodes of a partition are taken to be in every state, since all their triples are there; nodes outside are followed in
    the states that they are reached in.
    """
    db.execute(
        """CREATE TEMP TABLE wanted AS
        SELECT DISTINCT home AS part, o AS node, "then" AS state
        FROM edges JOIN steps USING (p) WHERE there <> home AND NOT inverse AND "then" IS NOT NULL
        UNION SELECT DISTINCT there, s, "then"
        FROM edges JOIN steps USING (p) WHERE there <> home AND inverse AND "then" IS NOT NULL"""
    )
    db.execute(
        "INSERT INTO context SELECT there, s, p, o FROM edges "
        "WHERE there <> home AND p IN (SELECT p FROM steps WHERE inverse)"
    )
    db.execute("CREATE TEMP TABLE seen (part INTEGER, node VARCHAR, state INTEGER)")
    while db.execute("SELECT count(*) FROM wanted").fetchone() != (0,):
        db.execute("INSERT INTO seen FROM wanted")
        db.execute(
            """CREATE OR REPLACE TEMP TABLE found AS
            SELECT DISTINCT part, s, p, o, home, there, inverse, "then"
            FROM wanted JOIN steps USING (state) JOIN edges USING (p) WHERE s = node AND NOT inverse
            UNION ALL SELECT DISTINCT part, s, p, o, home, there, inverse, "then"
            FROM wanted JOIN steps USING (state) JOIN edges USING (p) WHERE o = node AND inverse AND home <> part"""
        )
        db.execute("INSERT INTO context SELECT DISTINCT part, s, p, o FROM found")
        db.execute(
            """CREATE OR REPLACE TEMP TABLE wanted AS
            SELECT DISTINCT part, CASE WHEN inverse THEN s ELSE o END AS node, "then" AS state FROM found
            WHERE "then" IS NOT NULL AND CASE WHEN inverse THEN home ELSE there END <> part
            EXCEPT FROM seen"""
        )
