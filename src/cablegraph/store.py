"""An embedded Oxigraph: load a release or a dump, ask it by SPARQL. The default graph is the merge of all."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from cablegraph import quads
from cablegraph.answers import Answer, Cell
from cablegraph.errors import InputError
from cablegraph.folders import MANIFEST

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

# Strings, IRIs and comments are passed over, so that a word in them is no keyword.
_TOKEN = re.compile(
    r"\"\"\".*?\"\"\"|'''.*?'''|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|<[^<>\"{}|^`\\\s]*>|#[^\n]*|[?$:\w][\w:.-]*",
    re.DOTALL,
)


#: The formats of dumps in the order in which one is chosen: those with named graphs first.
_CHOICE = ("nq", "trig", "jsonld", "nt", "ttl", "rdf")


def dump_of(path: Path) -> tuple[Path, ...]:
    """Find the files of the dump to load, in order: the N-Quads of a release folder (else another format), or the file itself.

    A dump may be compressed, and it may be in parts, all of which belong to it.

    Raises:
        InputError: the path does not exist or holds no dump.
    """
    if path.is_file():
        quads.rdf_format(path)
        return (path,)
    if not path.is_dir():
        raise InputError("does not exist", file=str(path))
    if not (path / MANIFEST).is_file():
        raise InputError("is no release: it has no manifest.json", file=str(path))
    files = sorted((path / "dumps").glob("*"))
    for ending in _CHOICE:
        if found := tuple(file for file in files if quads.ending_of(file) == ending):
            return found
    raise InputError(f"the release holds no dump ({', '.join(_CHOICE)})", file=str(path))


@contextmanager
def reading(file: Path) -> Iterator[None]:
    """Tell what a file lacks that is being read.

    Raises:
        InputError: it cannot be read, or is no valid RDF.
    """
    try:
        yield
    except SyntaxError as error:
        raise InputError(f"is no valid RDF: {error.msg}", file=str(file), line=error.lineno) from error
    except OSError as error:
        raise InputError("cannot be read", file=str(file), hint=error.strerror or str(error)) from error


def write_triples(files: Sequence[Path], out: Path) -> None:
    """Write RDF files as N-Triples, the union of their graphs; blank nodes are called as :func:`quads.parse_with_lines` does.

    Raises:
        InputError: a file cannot be read or is no valid RDF.
    """

    def triples() -> Iterator[ox.Triple]:
        for file in files:
            form = quads.rdf_format(file)
            with reading(file):
                if form in (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS):
                    quads.refuse_bombs(file)
                    with quads.open_rdf(file) as opened:
                        yield from (quad.triple for quad in ox.parse(opened, format=form))
                else:
                    yield from (quad.triple for quad, _ in quads.parse_with_lines(file, file.resolve().as_uri()))

    ox.serialize(triples(), str(out), format=ox.RdfFormat.N_TRIPLES)


#: What a place is asked for: a subject, and a property and value of it where one triple is meant.
Asked = tuple[str, str | None, str | None]


#: A file and a line in it.
Place = tuple[Path, int]


def places_of(files: Sequence[Path], asked: set[Asked]) -> dict[Asked, Place]:
    """Tell the places of triples in RDF files; where there is no such triple, the first at which the subject has one.

    Terms are in N-Triples syntax.
    """
    subjects: dict[str, list[Asked]] = {}
    for each in asked:
        subjects.setdefault(each[0], []).append(each)
    found: dict[Asked, Place] = {}
    exact: dict[Asked, Place] = {}
    for file in files:
        for subject, predicate, value, line in _placed(file, subjects.keys()):
            for each in subjects[subject]:
                found.setdefault(each, (file, line))
                if each[1:] == (predicate, value):
                    exact.setdefault(each, (file, line))
    return found | exact


def _placed(file: Path, subjects: Collection[str]) -> Iterator[tuple[str, str, str, int]]:
    """The triples of these subjects, each with its line."""
    if not subjects:
        return
    if quads.ending_of(file) in ("nt", "nq"):  # only the lines that matter are parsed, which is twenty times as quick
        heads = {subject.encode() for subject in subjects}
        with quads.open_rdf(file) as lines:
            for line, text in enumerate(lines, 1):
                head = text.partition(b" ")[0]
                if head in heads or (b"\t" in head and head.split(b"\t", 1)[0] in heads):
                    for quad in ox.parse(text, format=ox.RdfFormat.N_QUADS):
                        yield str(quad.subject), str(quad.predicate), str(quad.object), line
        return
    for quad, line in quads.parse_with_lines(file, file.resolve().as_uri()):
        if (subject := str(quad.subject)) in subjects:
            yield subject, str(quad.predicate), str(quad.object), line


def open_store(path: Path) -> ox.Store:
    """Load a release or an RDF file into a store in memory.

    Raises:
        InputError: the path is no release or RDF file, or its RDF is not valid.
    """
    store = ox.Store()
    for file in dump_of(path):
        with reading(file):
            quads.refuse_bombs(file)
            with quads.open_rdf(file) as opened:
                store.bulk_load(opened, format=quads.rdf_format(file))
    # Oxigraph's own union of graphs repeats a triple that stands in two of them; the merge holds it once.
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    return store


def select(store: ox.Store, query: str, source: str = "query") -> Answer | bytes:
    """Evaluate a query into a table, or into N-Triples where it constructs or describes a graph.

    Raises:
        InputError: as :func:`ask`.
    """
    results = ask(store, query, source)
    if isinstance(results, ox.QueryBoolean):
        return Answer(("answer",), ((Cell("literal", str(bool(results)).lower()),),), bool(results))
    if isinstance(results, ox.QueryTriples):
        lines = sorted(f"{triple} .\n" for triple in results)
        return "".join(lines).encode()
    columns = tuple(variable.value for variable in results.variables)
    return Answer(columns, tuple(tuple(_cell(row[name]) for name in columns) for row in results))


def _cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Cell | None:
    match term:
        case None:
            return None
        case ox.NamedNode():
            return Cell("uri", term.value)
        case ox.BlankNode():
            return Cell("bnode", term.value)
        case ox.Literal():
            return Cell("literal", term.value, term.datatype.value, term.language)
        case _:
            return Cell("literal", str(term))


def ask(store: ox.Store, query: str, source: str = "query") -> Results:
    """Evaluate a query over the union of all graphs; nothing is fetched from anywhere.

    Raises:
        InputError: the query is not valid SPARQL, with its line, or asks another endpoint (SERVICE).
    """
    for match in _TOKEN.finditer(query):
        if match.group().upper() == "SERVICE":
            line = query.count("\n", 0, match.start()) + 1
            raise InputError("SERVICE is not evaluated: nothing is fetched from the network", file=source, line=line)
    try:
        return store.query(query)
    except SyntaxError as error:
        found = re.search(r"at (\d+):\d+", str(error))
        place = int(found[1]) if found else error.lineno
        raise InputError(f"is no valid SPARQL: {error.msg}", file=source, line=place) from error
    except (ValueError, RuntimeError, OSError) as error:
        raise InputError(f"cannot be evaluated: {error}", file=source) from error
