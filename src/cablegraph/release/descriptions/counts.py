"""What descriptions count in the quads: VoID's numbers over the union of all graphs, links to other data sets, graphs, first examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cablegraph.quads import RDF_TYPE
from cablegraph.relations import Connection, quote_text
from cablegraph.sssom import PREFIXES
from cablegraph.vocabularies import BASE as VOCABULARY

_DIPL = "https://w3id.org/diplomatic-records/ontology#"
_RICO = "https://www.ica.org/standards/RiC/ontology#"
_LICENCE = "<http://purl.org/dc/terms/license>"
#: Where examples of the data are: the first telegram (a stub is none), the first person, the post that the first record is from.
_EXAMPLES = (
    f"SELECT s FROM quads WHERE p = '{RDF_TYPE}' AND o = '<{_DIPL}Telegram>' "
    f"AND s NOT IN (SELECT s FROM quads WHERE p = '{RDF_TYPE}' AND o = '<{_DIPL}Stub>')",
    f"SELECT s FROM quads WHERE p = '{RDF_TYPE}' AND o = '<{_RICO}Person>'",
    f"SELECT o FROM quads WHERE p = '<{_DIPL}fromPost>'",
)


@dataclass(frozen=True)
class Linkset:
    """Triples of one predicate whose objects are of another data set, which is known by the namespace ``target``."""

    predicate: str
    target: str
    triples: int


@dataclass(frozen=True)
class NamedGraph:
    """A named graph: its triples, whether it is that of a source, and the licences stated for it (IRIs)."""

    triples: int
    of_source: bool
    licences: tuple[str, ...]


@dataclass(frozen=True)
class Counts:
    """Counts over the union of all graphs: distinct triples, subjects and objects, and partitions by property and class.

    ``graphs`` are told by IRI; ``examples`` are IRIs; ``period`` is the first and the last date of sending (EDTF), None
    where there is none.
    """

    triples: int
    subjects: int
    objects: int
    properties: Mapping[str, int]
    classes: Mapping[str, int]
    graphs: Mapping[str, NamedGraph]
    linksets: tuple[Linkset, ...]
    examples: tuple[str, ...]
    period: tuple[str, str] | None

    @property
    def vocabularies(self) -> list[str]:
        """The namespaces of the properties and classes in use."""
        terms = {*self.properties, *self.classes}
        return sorted({iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] for iri in terms})


def count(db: Connection, base: str) -> Counts:
    """Count the table ``quads``; what does not begin with ``base`` is of another data set."""
    union = "(SELECT s, p, o FROM quads WHERE NOT again)"
    row = db.execute(f"SELECT count(*), count(DISTINCT s), count(DISTINCT o) FROM {union}").fetchone()
    triples, subjects, objects = row or (0, 0, 0)
    properties = db.execute(f"SELECT p, count(*) FROM {union} GROUP BY p ORDER BY p").fetchall()
    classes = db.execute(f"SELECT o, count(*) FROM {union} WHERE p = '{RDF_TYPE}' GROUP BY o ORDER BY o").fetchall()
    return Counts(
        triples,
        subjects,
        objects,
        {p[1:-1]: n for p, n in properties},
        {c[1:-1]: n for c, n in classes if c[0] == "<"},
        _graphs(db, base),
        _linksets(db, base),
        _examples(db),
        _period(db),
    )


def _graphs(db: Connection, base: str) -> dict[str, NamedGraph]:
    """Every named graph. A source is described in its own graph, with its licence where one is stated."""
    rows = db.execute(
        f"""SELECT g, count(*), bool_or(starts_with(s, {quote_text(f"<{base}source/")})) AS of_source,
            list(DISTINCT o ORDER BY o) FILTER (p = '{_LICENCE}' AND starts_with(s, {quote_text(f"<{base}source/")}))
        FROM quads WHERE g <> '' GROUP BY g ORDER BY g"""
    ).fetchall()
    return {g[1:-1]: NamedGraph(n, of_source, tuple(o[1:-1] for o in found or ())) for g, n, of_source, found in rows}


def _linksets(db: Connection, base: str) -> tuple[Linkset, ...]:
    """Links by predicate and target: a known authority or our vocabularies, else all of one host."""
    known = [quote_text(f"<{namespace}") for namespace in (*PREFIXES.values(), VOCABULARY)]
    cases = " ".join(f"WHEN starts_with(o, {name}) THEN {name}" for name in known)
    own = quote_text(f"<{base}")
    rows = db.execute(
        f"""SELECT p, CASE {cases} ELSE regexp_extract(o, '^<https?://[^/?#>]+') || '/' END AS target, count(*)
        FROM quads WHERE NOT again AND starts_with(o, '<http') AND NOT starts_with(o, {own}) AND starts_with(s, {own})
            AND p NOT IN ('{RDF_TYPE}', '{_LICENCE}')
        GROUP BY ALL ORDER BY ALL"""
    ).fetchall()
    return tuple(Linkset(p[1:-1], target[1:], n) for p, target, n in rows)


def _examples(db: Connection) -> tuple[str, ...]:
    """The first of each kind of example, in the order of the quads."""
    rows = [db.execute(f"{kind} LIMIT 1").fetchall() for kind in _EXAMPLES]
    return tuple(iri[1:-1] for found in rows for (iri,) in found)


def _period(db: Connection) -> tuple[str, str] | None:
    (row,) = db.execute(
        f"""SELECT min(day), max(day)
        FROM (SELECT regexp_extract(o, '^"([0-9]{{4}}(-[0-9]{{2}}){{0,2}})', 1) AS day FROM quads WHERE p = '<{_DIPL}sentAt>')
        WHERE day <> ''"""
    ).fetchall()
    return None if row[0] is None else (row[0], row[1])
