"""What a run over a publication is told: the configuration, and SOURCE arguments in its place."""

from __future__ import annotations

from pathlib import Path

import click

from cablegraph import folders
from cablegraph.publication import CONFIG_NAME, MISSING, Publication, read_publication
from cablegraph.sources import READERS, entries_from


def publication_of(sources: tuple[str, ...], config: Path | None, sample: bool, quiet: bool) -> Publication:
    """Put together the publication of a run; without ``quiet`` a warning names each setting that a publisher must set.

    Raises:
        InputError: the configuration is not valid, or an argument names nothing.
        click.UsageError: ``--sample`` goes with nothing else.
    """
    if sample and (sources or config):
        raise click.UsageError("--sample is a publication of its own; it goes with no SOURCE and no --config")
    working = Path.cwd()
    if sample:
        config = folders.SAMPLE / CONFIG_NAME
    elif config is None and (working / CONFIG_NAME).is_file():
        config = working / CONFIG_NAME
    publication = read_publication(config, working)
    if sources:
        publication = publication.with_sources(entries_from(sources, READERS, working))
    if publication.unset and not quiet:
        for key in publication.unset:
            follows = MISSING.get(key, "a built-in value serves")
            click.echo(f"warning: publication.{key} is not set in {CONFIG_NAME}; {follows}", err=True)
    return publication
