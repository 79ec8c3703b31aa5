"""``cablegraph link``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from cablegraph import pipeline
from cablegraph.commands.common import common, say
from cablegraph.publication import read_publication
from cablegraph.terminal import Progress


@click.command("link")
@click.argument("register", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The linked register's folder.")
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="The publication's cablegraph.toml: minted keys, mapping sets, what is withheld.",
)
@click.option(
    "--previous",
    type=click.Path(path_type=Path),
    help="The release before: records that are gone since leave tombstones.",
)
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
    config: Path | None,
    previous: Path | None,
    minted: Path | None,
    mapping_sets: tuple[Path, ...],
    jobs: int,
    quiet: bool,
    as_json: bool,
) -> None:
    """Link a register: identity, names, concepts, references, signatures."""
    publication = read_publication(config, register)
    publication = replace(
        publication,
        keys=minted or publication.keys,
        mapping_sets=mapping_sets or publication.mapping_sets,
        previous=previous or publication.previous,
    )
    with Progress(quiet) as progress:
        counts = pipeline.link_register(register, out, publication, pipeline.Options(jobs, tell=progress.tell))
    say(as_json, counts, "\n".join(f"{count:>9} {table}" for table, count in counts.items() if count))
