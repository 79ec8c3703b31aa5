"""``cablegraph bag``."""

from __future__ import annotations

from pathlib import Path

import click

from cablegraph.commands.common import common, say
from cablegraph.release.bags import write_bag


@click.command("bag")
@click.argument("release", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="The bag: a folder, or a file by its ending (.tar, .tar.gz, .zip).",
)
@common
def command(release: Path, out: Path, jobs: int, quiet: bool, as_json: bool) -> None:
    """Put a release into a bag (BagIt), for archives."""
    bag = write_bag(release, out)
    say(
        as_json,
        {"out": str(out), "files": len(bag.files), "bytes": bag.size},
        f"put {len(bag.files)} files ({bag.size} bytes) into {out}",
    )
