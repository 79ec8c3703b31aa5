"""``cablegraph release``."""

from __future__ import annotations

from dataclasses import asdict
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
@common
def command(quads: Path, register: Path, config: Path | None, out: Path, jobs: int, quiet: bool, as_json: bool) -> None:
    """Check mapped quads and write the release: dumps, register, report, descriptions, manifest."""
    publication = publication_of((), config, False, quiet)
    with Progress(quiet) as progress:
        done, complaints = pipeline.release_quads(
            quads, register, publication, out, pipeline.Options(jobs, tell=progress.tell)
        )
    say(
        as_json, {"out": str(out), "complaints": len(complaints)} | asdict(done),
        f"released {done.records} records of {done.documents} documents ({done.triples} triples) to {out}",
    )  # fmt: skip
