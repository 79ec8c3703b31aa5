"""``cablegraph read``."""

from __future__ import annotations

from pathlib import Path

import click

from cablegraph import pipeline
from cablegraph.commands.common import common, say
from cablegraph.commands.told import publication_of
from cablegraph.terminal import Progress


@click.command("read")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--config", type=click.Path(path_type=Path), help="The publication's cablegraph.toml.")
@click.option("--sample", is_flag=True, help="Read the bundled sample.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The register's folder.")
@click.option("--strict", is_flag=True, help="Stop at the first source that cannot be read.")
@common
def command(
    sources: tuple[str, ...],
    config: Path | None,
    sample: bool,
    out: Path,
    strict: bool,
    jobs: int,
    quiet: bool,
    as_json: bool,
) -> None:
    """Read sources into a register: one Parquet file a table."""
    publication = publication_of(sources, config, sample, quiet=True)
    with Progress(quiet) as progress:
        counts = pipeline.read(publication, out, pipeline.Options(jobs, strict, tell=progress.tell))
    say(as_json, counts, "\n".join(f"{count:>9} {table}" for table, count in counts.items() if count))
