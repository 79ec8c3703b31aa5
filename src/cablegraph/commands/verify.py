"""``cablegraph verify``."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path

import click

from cablegraph.commands.common import common, say
from cablegraph.release.verification import Verdict, verify


@click.command("verify")
@click.argument("release", type=click.Path(path_type=Path))
@click.option("--fast", is_flag=True, help="Look at hashes and sizes only, not into the files.")
@common
def command(release: Path, fast: bool, jobs: int, quiet: bool, as_json: bool) -> None:
    """Check a release, or a bag with one in it, once more; exit code 1 where something differs."""
    with tempfile.TemporaryDirectory() as work:
        verdict = verify(release, Path(work), fast=fast)
    say(as_json, asdict(verdict), _words(verdict, fast))
    if verdict.faults:
        raise click.exceptions.Exit(1)


def _words(verdict: Verdict, fast: bool) -> str:
    lines = [str(fault) for fault in verdict.faults]
    lines += [f"not checked: {what}" for what in verdict.unchecked]
    seen = f"{verdict.files} files ({verdict.bytes} bytes)"
    if not fast:
        seen += f", {verdict.quads} quads as {', '.join(verdict.formats) or 'no dump'}"
    found = f"{len(verdict.faults)} differences" if verdict.faults else "nothing differs"
    return "\n".join([*lines, f"{seen}: {found}"])
