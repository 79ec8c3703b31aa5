"""The engine gives the graph that the plain interpreter gives, for generated mappings and tables."""

from __future__ import annotations

import csv
import json
import logging
import tempfile
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq
import pyoxigraph as ox
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracle import Quad, interpret
from rdflib import BNode, Literal

from cablegraph.mapping import map_files
from cablegraph.mapping.plan import (
    DEFAULT_GRAPH,
    Call,
    Constant,
    EachRow,
    Join,
    LogicalSource,
    Plan,
    PredicateObjects,
    Reference,
    Template,
    TermMap,
    TermType,
    TriplesMap,
)

# A literal need not be in the lexical space of its datatype; rdflib tells of each.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)

BASE = "http://base.org/"
EX = "http://ex.org/"
XSD_INT = "http://www.w3.org/2001/XMLSchema#int"
#: Columns by what they hold; a table in CSV has the texts only.
TEXTS, NUMBERS, LISTS = ["a", "A", "it's"], ["n", "x", "yes"], ["l", "m"]
VALUES = st.sampled_from(
    ["a", "b", "Ab c", "é", "漢", "%", "a/b", ".", "..", "<>\"\\^`{|}", "line\nend", "\r", "tab\t", "\x00", "\x85é", "\ue000", "😀", "\u202ex",
     "http://ex.org/é#x", "urn:x", "http://[", "x:y z", "rel/x?y", "1962", "1962-11-19", "1962-11-31", "19 November 1962", "Nov. 3, 1962",
     "September 1962", "31 June 1962", "1962-11-19T20:00:00Z", "en", "pt-BR", "e n", "NA", "nan", "None", "null", "true", "-", "'; --"]
) | st.text(st.sampled_from("ab é/%.:#"), min_size=1, max_size=5)  # fmt: skip
ROWS = st.lists(
    st.fixed_dictionaries({
        **{name: VALUES | VALUES | st.none() for name in TEXTS},
        "n": st.none() | st.integers(-(2**40), 2**40),
        "x": st.none() | st.floats(0.001, 1e12).filter(lambda x: x != int(x))  ,
        "yes": st.none() | st.booleans(),
        **{name: st.none() | st.lists(st.none() | VALUES, max_size=3) for name in LISTS},
    }),
    max_size=5,
)  # fmt: skip


def expressions(columns: list[str]) -> st.SearchStrategy[Any]:
    """Expressions over columns; conditions are calls that answer yes or no."""
    reference = st.sampled_from(columns).map(Reference)
    constant = VALUES.map(Constant)
    template = st.lists(reference | constant, min_size=2, max_size=4).map(lambda parts: Template(tuple(parts)))
    values = reference | template
    single = st.sampled_from(["upper", "lower", "trim", "slug", "date", "dateDatatype"])
    calls = st.builds(lambda name, value: Call(name, (value,)), single, values)
    calls |= st.builds(
        lambda v, w, b: Call("replace", (v, Constant(w), Constant(b))), values, st.sampled_from("ab%"), VALUES
    )
    calls |= st.builds(lambda test, v: Call("ifTrue", (test, v)), conditions(columns), values)
    return values | calls


def conditions(columns: list[str]) -> st.SearchStrategy[Call]:
    """Functions that answer yes or no."""
    reference = st.sampled_from(columns).map(Reference)
    two = st.builds(
        lambda name, v, w: Call(name, (v, w)),
        st.sampled_from(["equal", "notEqual"]),
        reference,
        reference | VALUES.map(Constant),
    )
    one = st.builds(lambda name, v: Call(name, (v,)), st.sampled_from(["isNull", "isNotNull"]), reference)
    return two | one | reference.map(lambda v: Call("matches", (v, Constant("[ab]|19.*"))))


def iris(columns: list[str]) -> st.SearchStrategy[TermMap]:
    """Terms that are IRIs: constants, templates on the base or not, whole IRIs of the data."""
    reference = st.sampled_from(columns).map(Reference)
    ends = st.sampled_from([(), (Constant("/x"),), (Constant("#"), Reference("a"))])
    starts = st.sampled_from([EX, f"{EX}r/", BASE, "urn:x:", "http://h"]).map(Constant)
    template = st.builds(lambda start, part, end: Template((start, part, *end)), starts, reference, ends)
    kinds = st.sampled_from([TermType.IRI, TermType.IRI, TermType.URI])
    constant = st.sampled_from(["c", "d", "p"]).map(lambda name: TermMap(Constant(EX + name), TermType.IRI))
    made = st.builds(lambda e, kind: TermMap(e, kind, base=BASE), template, kinds)
    return constant | made | st.builds(lambda e: TermMap(e, TermType.IRI, base=BASE), reference)


def literals(columns: list[str]) -> st.SearchStrategy[TermMap]:
    """Literals: plain, natural, with a datatype or a language of the mapping or of the data."""
    some = expressions(columns)
    reference = st.sampled_from(columns).map(Reference)
    plain = some.map(lambda e: TermMap(e, TermType.LITERAL))
    natural = reference.map(lambda e: TermMap(e, TermType.LITERAL, natural=True))
    typed = some.map(lambda e: TermMap(e, TermType.LITERAL, datatype=Constant(XSD_INT)))
    told = st.builds(lambda e, t: TermMap(e, TermType.LITERAL, datatype=t, base=BASE), some, reference)
    dated = reference.map(lambda e: TermMap(e, TermType.LITERAL, datatype=Call("dateDatatype", (e,))))
    spoken = st.builds(
        lambda e, t: TermMap(e, TermType.LITERAL, language=t), some, reference | st.just(Constant("pt-BR"))
    )
    return plain | natural | typed | told | dated | spoken


def blanks(columns: list[str]) -> st.SearchStrategy[TermMap]:
    """Blank nodes, of a value or of the row."""
    return (expressions(columns) | st.just(EachRow("row"))).map(lambda e: TermMap(e, TermType.BLANK))


def pairs(columns: list[str]) -> st.SearchStrategy[tuple[Any, Any]]:
    """Conditions of joins; often of a column with itself, so that rows fit."""
    reference = st.sampled_from(columns).map(Reference)
    return (
        reference.map(lambda e: (e, e))
        | st.tuples(reference, reference)
        | st.tuples(expressions(columns), expressions(columns))
    )


@st.composite
def plans(draw: st.DrawFn) -> tuple[Plan, str, list[dict[str, Any]]]:
    """A plan over a table, the format of its file, and the rows."""
    form = draw(st.sampled_from(["csv", "parquet", "jsonlines", "json", "arrow", "duckdb"]))
    rows = draw(ROWS)
    texts = [name for name in TEXTS if form != "duckdb" or name != "A"]  # a table of SQL has no two such columns
    columns, single = (texts, texts) if form == "csv" else (texts + NUMBERS + LISTS, texts + NUMBERS)
    if form == "csv":
        rows = [{name: row[name] for name in TEXTS} for row in rows]
    source = LogicalSource("", f"rows.{form}", form, {"json": "$[*]", "duckdb": "rows"}.get(form))
    graphs = st.lists(iris(columns) | st.just(TermMap(Constant(DEFAULT_GRAPH), TermType.IRI)), max_size=2).map(tuple)
    joins = st.builds(
        lambda subject, pairs, condition: Join(source, subject, tuple(pairs), condition),
        iris(columns) | blanks(columns),
        st.lists(pairs(columns), min_size=1, max_size=2),
        st.none() | conditions(single),
    )
    predicates = st.lists(iris(texts) | st.just(TermMap(Constant(f"{EX}p"), TermType.IRI)), min_size=1, max_size=2).map(
        tuple
    )
    objects = st.lists(iris(columns) | literals(columns) | blanks(columns) | joins, min_size=1, max_size=3).map(tuple)
    statements = st.lists(
        st.builds(PredicateObjects, predicates, objects, graphs, st.none() | conditions(single)), min_size=1, max_size=2
    ).map(tuple)
    maps = [
        TriplesMap(
            f"m{n}",
            source,
            draw(iris(columns) | blanks(columns)),
            draw(statements),
            draw(graphs),
            draw(st.none() | conditions(single)),
        )
        for n in range(draw(st.integers(1, 2)))
    ]
    return Plan(tuple(maps)), form, rows


def write_rows(path: Path, form: str, rows: list[dict[str, Any]]) -> None:
    if form == "csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, TEXTS, quoting=csv.QUOTE_ALL, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    elif form in ("parquet", "arrow", "duckdb"):
        texts, lists = [(name, pa.string()) for name in TEXTS], [(name, pa.list_(pa.string())) for name in LISTS]
        schema = pa.schema([*texts, ("n", pa.int64()), ("x", pa.float64()), ("yes", pa.bool_()), *lists])
        made = pa.Table.from_pylist(rows, schema=schema)
        if form == "duckdb":
            made = made.drop_columns(["A"])
            with duckdb.connect(str(path)) as db:
                db.execute("CREATE TABLE rows AS FROM made")
        else:
            {"parquet": pq.write_table, "arrow": pyarrow.feather.write_feather}[form](made, path)
    elif form == "json":
        path.write_text(json.dumps(rows), encoding="utf-8")
    else:
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")


def text_of(quads: set[Quad]) -> str:
    """N-Quads, written by hand: rdflib's writer minds characters that are allowed."""

    def term(value: Any) -> str:
        if isinstance(value, BNode):
            return f"_:{value}"
        if isinstance(value, Literal):
            quoted = json.dumps(str(value), ensure_ascii=False)
            return quoted + (
                f"@{value.language}" if value.language else f"^^<{value.datatype}>" if value.datatype else ""
            )
        return f"<{value}>"

    return "".join(" ".join(term(t) for t in quad if t is not None) + " .\n" for quad in quads)


def dataset(text: str) -> ox.Dataset:
    quads = ox.Dataset(ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS))
    quads.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return quads


@given(plans())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_engine_and_interpreter_agree(generated: tuple[Plan, str, list[dict[str, Any]]]) -> None:
    """Whatever the mapping and the table, both give the same quads, and the engine gives none twice."""
    plan, form, rows = generated
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_rows(folder / f"rows.{form}", form, rows)
        map_files(plan, folder / "mapping", {}, folder / "out.nq", folder)
        text = (folder / "out.nq").read_bytes().decode()
    expected = interpret(plan, dict.fromkeys((m.source for m in plan.maps), rows))
    assert dataset(text) == dataset(text_of(expected))
