"""The mapping as an OTTR template of maplib: ``maplib_template.py records.csv OUT``."""

import sys

import polars as pl
from columns import AGENT, IRIS, LABEL, LITERALS, NS, RECORD, SOURCE
from maplib import Model

RESERVED = [chr(n) for n in range(33, 127) if not (chr(n).isalnum() or chr(n) in "-._~%")]


def iri(start: str, column: str) -> pl.Expr:
    value = pl.col(column).str.replace_all("%", "%25", literal=True)
    return (
        pl.lit(start) + value.str.replace_many([" ", *RESERVED], [f"%{ord(c):02X}" for c in (" ", *RESERVED)])
    ).alias(f"{column}_iri")


def main(source: str, out: str) -> None:
    table = pl.read_csv(source, infer_schema=False)
    table = table.with_columns(
        iri(RECORD, "record"),
        iri(AGENT, "from_post"),
        iri(AGENT, "to_post"),
        iri(SOURCE, "source"),
        pl.col("source_line").cast(pl.Int64),
    )
    model = Model()
    for column, (predicate, end) in LITERALS.items():
        kind = "xsd:integer" if end.startswith("^^") else "rdf:langString" if end else "xsd:string"
        model.add_template(
            f"@prefix t:<urn:t:> . @prefix xsd:<http://www.w3.org/2001/XMLSchema#> . @prefix rdf:<http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix ottr:<http://ns.ottr.xyz/0.4/> . t:{column} [ottr:IRI ?s, {kind if end != '@en' else 'xsd:string'} ?o] :: {{ ottr:Triple(?s, <{predicate}>, ?o) }} ."
        )
        model.map(
            f"urn:t:{column}", table.select(pl.col("record_iri").alias("s"), pl.col(column).alias("o")).drop_nulls()
        )
    for column, (predicate, _) in IRIS.items():
        model.add_template(
            f"@prefix t:<urn:t:> . @prefix ottr:<http://ns.ottr.xyz/0.4/> . t:{column} [ottr:IRI ?s, ottr:IRI ?o] :: {{ ottr:Triple(?s, <{predicate}>, ?o) }} ."
        )
        model.map(
            f"urn:t:{column}",
            table.select(pl.col("record_iri").alias("s"), pl.col(f"{column}_iri").alias("o")).drop_nulls(),
        )
    for name, column, kind in (("record", "record_iri", "Record"), ("agent", "from_post_iri", "Agent")):
        model.add_template(
            f"@prefix t:<urn:t:> . @prefix ottr:<http://ns.ottr.xyz/0.4/> . t:{name} [ottr:IRI ?s] :: {{ ottr:Triple(?s, <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>, <{NS}{kind}>) }} ."
        )
        model.map(f"urn:t:{name}", table.select(pl.col(column).alias("s")).drop_nulls().unique())
    model.add_template(
        f"@prefix t:<urn:t:> . @prefix ottr:<http://ns.ottr.xyz/0.4/> . @prefix xsd:<http://www.w3.org/2001/XMLSchema#> . t:name [ottr:IRI ?s, xsd:string ?o] :: {{ ottr:Triple(?s, <{LABEL}>, ?o) }} ."
    )
    model.map(
        "urn:t:name",
        table.select(pl.col("from_post_iri").alias("s"), pl.col("from_post").alias("o")).drop_nulls().unique(),
    )
    model.write(out, format="ntriples")


main(*sys.argv[1:])
