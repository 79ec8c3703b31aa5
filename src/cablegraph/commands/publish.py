"""``cablegraph publish``."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import click

from cablegraph import pipeline
from cablegraph.commands.common import common, say
from cablegraph.commands.told import publication_of
from cablegraph.terminal import Progress


@click.command("publish")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--config", type=click.Path(path_type=Path), help="The publication's cablegraph.toml.")
@click.option("--sample", is_flag=True, help="Publish the bundled sample.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("output"), show_default=True, help="The release's folder."
)
@click.option(
    "--on-violation",
    type=click.Choice(["stop", "quarantine"]),
    help="Stop (the default), or hold back records that violate a shape and release the rest.",
)
@click.option("--strict", is_flag=True, help="Stop at the first source that cannot be read.")
@click.option("--fresh", is_flag=True, help="Read and map everything anew, also what has not changed.")
@click.option(
    "--previous",
    type=click.Path(path_type=Path),
    help="The release before this one: what changed is told, its IRIs stay.",
)
@click.option("--allow-deletions", is_flag=True, help="Let records of the release before go, however many.")
@common
def command(
    sources: tuple[str, ...], config: Path | None, sample: bool, out: Path, on_violation: str | None, strict: bool,
    fresh: bool, previous: Path | None, allow_deletions: bool, jobs: int, quiet: bool, as_json: bool,
) -> None:  # fmt: skip
    """Read, link, map, check and release: the main job."""
    publication = publication_of(sources, config, sample, quiet)
    if previous:
        publication = replace(publication, previous=previous)
    if on_violation:
        publication = replace(publication, policy=publication.policy.with_violations(on_violation))
    with Progress(quiet) as progress:
        release, complaints = pipeline.publish(
            publication, out, pipeline.Options(jobs, strict, fresh, allow_deletions, progress.tell)
        )
    held = f", {len(release.quarantined)} held back in quarantine" if release.quarantined else ""
    say(
        as_json,
        {"out": str(out), "complaints": len(complaints)} | asdict(release),
        f"released {release.records} records of {release.documents} documents ({release.triples} triples) to {out}{held}\n"
        f"{len(complaints)} complaints, see {out / 'report' / 'report.html'}",
    )
