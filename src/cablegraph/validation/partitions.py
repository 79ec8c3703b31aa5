"""Validation in partitions: graphs larger than memory, a range of nodes at a time.

A partition has every triple of its subjects and, as context, those that shapes reach from there (:mod:`.reach`), however
far away; so each target has the results that it has in the whole graph. Each node is a target in one partition only: there
the shapes are told their targets by marks, triples beside the data whose objects they are, and take no others.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from cablegraph import relations
from cablegraph.quads import RDF_TYPE
from cablegraph.validation.engines import Result, sorted_results, validate
from cablegraph.validation.reach import SUBCLASS, Bounds, bounds_of_shapes

#: Bytes of N-Triples or N-Quads in one partition, and of what is checked as a whole: 200 to 300 MB of memory.
PARTITION = 256 << 20


def validate_in_partitions(
    db: relations.Connection,
    triples: str,
    shapes: str,
    folder: Path,
    count: int,
    *,
    engine: str = "shacl",
    jobs: int = 1,
) -> list[Result]:
    """Validate a relation of triples (columns s, p, o) in about ``count`` partitions; results as of the whole.

    Shapes that know no bounds (they ask in SPARQL) are run on the whole. Each process holds one partition in memory.

    Raises:
        InputError: as :func:`~cablegraph.validation.validate`.
    """
    bounds = bounds_of_shapes(shapes)
    if bounds is None:
        files, told = split(db, triples, Bounds([], [], shapes), [], folder), shapes
    else:
        files, told = split(db, triples, bounds, cuts(db, triples, count), folder), bounds.shapes
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        work = [pool.submit(validate, file, told, engine) for file in files]
        return sorted_results(result for done in work for result in done.result())


def cuts(db: relations.Connection, triples: str, count: int) -> list[str]:
    """Where to cut the order of subjects so that partitions are of about one size, from a sample of the subjects."""
    shares = ", ".join(f"{number}/{count}" for number in range(1, count))
    (found,) = db.execute(f"SELECT quantile_disc(s, [{shares}]) FROM {triples} WHERE hash(s) % 64 = 0").fetchall()
    return sorted(set(found[0] or ()))


def split(db: relations.Connection, triples: str, bounds: Bounds, cuts: Sequence[str], folder: Path) -> list[Path]:
    """Write the partitions between ``cuts`` into ``folder``, each with its context and the marks of its targets."""
    db.execute(f"CREATE OR REPLACE MACRO part_of(t) AS {_search('t', cuts, 0)}")
    # Engines write tags of languages as they like, and a literal is one target.
    db.execute(
        "CREATE OR REPLACE MACRO home_of(t) AS "
        "part_of(CASE t[1] WHEN '\"' THEN regexp_replace(t, '@[A-Za-z0-9-]+$', '') ELSE t END)"
    )
    db.execute(f"CREATE OR REPLACE TEMP TABLE held AS SELECT s, p, o, part_of(s) AS home FROM {triples}")
    db.execute("CREATE OR REPLACE TEMP TABLE context (part INTEGER, s VARCHAR, p VARCHAR, o VARCHAR)")
    _make_edges(db, bounds)
    _find_context(db)
    _mark_targets(db)
    for number in range(len(cuts) + 1):
        lines = (
            f"SELECT s || ' ' || p || ' ' || o || ' .' FROM held WHERE home = {number} "
            f"UNION ALL SELECT DISTINCT s || ' ' || p || ' ' || o || ' .' FROM context WHERE part = {number}"
        )
        target = relations.quote_text(str((folder / f"{number}.nt").resolve()))
        db.execute(f"COPY ({lines}) TO {target} {relations.RAW_LINES}")
    return [folder / f"{number}.nt" for number in range(len(cuts) + 1)]


def _search(term: str, bounds: Sequence[str], first: int) -> str:
    """The number of the range that a term is in, by halves."""
    if not bounds:
        return str(first)
    middle = len(bounds) // 2
    below, above = _search(term, bounds[:middle], first), _search(term, bounds[middle + 1 :], first + middle + 1)
    return f"CASE WHEN {term} < {relations.quote_text(bounds[middle])} THEN {below} ELSE {above} END"


def _make_edges(db: relations.Connection, bounds: Bounds) -> None:
    """The tables of steps and targets, and of the triples that may matter outside their partition or make a target."""
    text, number = relations.TEXT, relations.INTEGER
    outside = {step.then for step in bounds.steps}
    leads = {s.predicate for s in bounds.steps if s.inverse or s.then is not None or s.state in outside}
    leads |= {RDF_TYPE, SUBCLASS} | {each.value for each in bounds.targets}
    for table, columns, rows in (
        ("steps", {"state": number, "predicate": text, "inverse": relations.BOOLEAN, "then": number},
         [(s.state, s.predicate, s.inverse, s.then) for s in bounds.steps]),
        ("targets", {"kind": text, "value": text, "mark": text}, [(t.kind, t.value, t.mark) for t in bounds.targets]),
        ("leads", {"predicate": text}, [(predicate,) for predicate in sorted(leads)]),
    ):  # fmt: skip
        db.execute(f"DROP TABLE IF EXISTS {table}")
        relations.create_table(db, table, columns, rows)
    db.execute(
        """CREATE OR REPLACE TEMP TABLE edges AS SELECT s, p, o, home, home_of(o) AS there FROM held
        WHERE p IN (FROM leads) OR '' IN (FROM leads)"""
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
        SELECT home_of(node), '<urn:cablegraph:targets>', mark, node FROM marks"""
    )


def _find_context(db: relations.Connection) -> None:
    """Fill the table ``context`` with the triples that each partition reaches outside itself.

    Nodes of a partition are taken to be in every state, since all their triples are there; nodes outside are followed in
    the states that they are reached in.
    """
    db.execute(
        """CREATE OR REPLACE TEMP TABLE wanted AS
        SELECT DISTINCT home AS part, o AS node, "then" AS state
        FROM edges JOIN (SELECT DISTINCT predicate, "then" FROM steps WHERE NOT inverse AND "then" IS NOT NULL) ON predicate IN (p, '')
        WHERE there <> home
        UNION SELECT DISTINCT there, s, "then"
        FROM edges JOIN (SELECT DISTINCT predicate, "then" FROM steps WHERE inverse AND "then" IS NOT NULL) ON predicate IN (p, '')
        WHERE there <> home"""
    )
    db.execute(
        "INSERT INTO context SELECT there, s, p, o FROM edges "
        "WHERE there <> home AND p IN (SELECT predicate FROM steps WHERE inverse)"
    )
    db.execute("CREATE OR REPLACE TEMP TABLE seen (part INTEGER, node VARCHAR, state INTEGER)")
    while db.execute("SELECT count(*) FROM wanted").fetchone() != (0,):
        db.execute("INSERT INTO seen FROM wanted")
        db.execute(
            """CREATE OR REPLACE TEMP TABLE found AS
            SELECT DISTINCT part, s, p, o, home, there, inverse, "then"
            FROM wanted JOIN steps USING (state) JOIN edges ON s = node AND predicate IN (p, '') WHERE NOT inverse
            UNION ALL SELECT DISTINCT part, s, p, o, home, there, inverse, "then"
            FROM wanted JOIN steps USING (state) JOIN edges ON o = node AND predicate IN (p, '') WHERE inverse AND home <> part"""
        )
        db.execute("INSERT INTO context SELECT DISTINCT part, s, p, o FROM found")
        db.execute(
            """CREATE OR REPLACE TEMP TABLE wanted AS
            SELECT DISTINCT part, CASE WHEN inverse THEN s ELSE o END AS node, "then" AS state FROM found
            WHERE "then" IS NOT NULL AND CASE WHEN inverse THEN home ELSE there END <> part
            EXCEPT FROM seen"""
        )
