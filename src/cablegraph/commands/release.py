"""``cablegraph release``."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import click

from cablegraph import pipeline
from cablegraph.commands.common import common, say
from cablegraph.commands.told import publication_of
from cablegraph.terminal import Progress


@click.command("release")
@click.argument("quads", type=click.Path(path_type=Path))
@click.option(
    "--register",
    type=click.Path(path_type=Path),
    required=True,
    help="The linked register that the quads were mapped from.",
)
@click.option("--config", type=click.Path(path_type=Path), help="The publication's cablegraph.toml.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The release's folder.")
@click.option(
    "--previous",
    type=click.Path(path_type=Path),
    help="The release before this one: what changed is told, its IRIs stay.",
)
@click.option("--allow-deletions", is_flag=True, help="Let records of the release before go, however many.")
@common
def command(
    quads: Path, register: Path, config: Path | None, out: Path, previous: Path | None, allow_deletions: bool, jobs: int,
    quiet: bool, as_json: bool,
) -> None:  # fmt: skip
    """Check mapped quads and write the release: dumps, register, report, descriptions, manifest."""
    publication = publication_of((), config, False, quiet)
    if previous:
        publication = replace(publication, previous=previous)
    with Progress(quiet) as progress:
        done, complaints = pipeline.release_quads(
            quads,
            register,
            publication,
            out,
            pipeline.Options(jobs, allow_deletions=allow_deletions, tell=progress.tell),
        )
    say(
        as_json, {"out": str(out), "complaints": len(complaints)} | asdict(done),
        f"released {done.records} records of {done.documents} documents ({done.triples} triples) to {out}",
    )  # fmt: skip
