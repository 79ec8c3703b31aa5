"""The mapping written by hand in polars: ``polars_by_hand.py records.csv OUT``."""

import sys

import polars as pl
from columns import AGENT, IRIS, LABEL, LITERALS, NS, RECORD, TYPE

RESERVED = [chr(n) for n in range(33, 127) if not (chr(n).isalnum() or chr(n) in "-._~%")]


def encoded(column: str) -> pl.Expr:
    return (
        pl.col(column)
        .str.replace_all("%", "%25", literal=True)
        .str.replace_many([" ", *RESERVED], [f"%{ord(c):02X}" for c in (" ", *RESERVED)])
    )


def quoted(column: str) -> pl.Expr:
    return pl.col(column).str.replace_many(["\\", '"', "\n", "\r"], ["\\\\", '\\"', "\\n", "\\r"])


def main(source: str, out: str) -> None:
    table = pl.scan_csv(source, infer_schema=False).with_columns(
        pl.format("<" + RECORD + "{}>", encoded("record")).alias("s")
    )
    lines = [pl.format("{} <" + TYPE + "> <" + NS + "Record> .", pl.col("s"))]
    lines += [pl.format("{} <" + p + '> "{}"' + end + " .", pl.col("s"), quoted(c)) for c, (p, end) in LITERALS.items()]
    lines += [
        pl.format("{} <" + p + "> <" + start + "{}> .", pl.col("s"), encoded(c)) for c, (p, start) in IRIS.items()
    ]
    records = table.select(pl.concat_str(lines, separator="\n", ignore_nulls=True))
    agent = pl.format("<" + AGENT + "{}>", encoded("from_post"))
    posts = pl.scan_csv(source, infer_schema=False).select("from_post").drop_nulls().unique().select(
        pl.concat_str([
            pl.format("{} <" + TYPE + "> <" + NS + "Agent> .", agent), pl.format("{} <" + LABEL + '> "{}" .', agent, quoted("from_post"))
        ], separator="\n")
    )  # fmt: skip
    with open(out, "wb") as file:  # noqa: PTH123 - sink_csv takes a file
        for part in (records, posts):
            part.sink_csv(file, include_header=False, quote_style="never", separator="\x1f")


main(*sys.argv[1:])
