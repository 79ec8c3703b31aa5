"""``cablegraph link``."""

from __future__ import annotations

from pathlib import Path

import click

from cablegraph import pipeline
from cablegraph.commands.common import common, say
from cablegraph.terminal import Progress


@click.command("link")
@click.argument("register", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The linked register's folder.")
@click.option("--minted", type=click.Path(path_type=Path), help="Keys that earlier runs gave (minted.csv).")
@click.option(
    "--mapping-set",
    "mapping_sets",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Who is whom, in SSSOM (TSV): decisions of cablegraph review, or links to other authorities.",
)
@common
def command(
    register: Path,
    out: Path,
    minted: Path | None,
    mapping_sets: tuple[Path, ...],
    jobs: int,
    quiet: bool,
    as_json: bool,
) -> None:
    """Link a register: identity, names, concepts, references, signatures."""
    with Progress(quiet) as progress:
        counts = pipeline.link_register(register, out, minted, mapping_sets, pipeline.Options(jobs, tell=progress.tell))
    say(as_json, counts, "\n".join(f"{count:>9} {table}" for table, count in counts.items() if count))
