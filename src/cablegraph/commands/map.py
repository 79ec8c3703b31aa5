"""``cablegraph map``."""

from __future__ import annotations

from pathlib import Path

import click

from cablegraph.commands.common import common, say
from cablegraph.mapping import map_any
from cablegraph.terminal import Progress


@click.command("map")
@click.argument("mapping", type=click.Path(path_type=Path))
@click.option(
    "--source",
    "given",
    multiple=True,
    metavar="NAME=FILE",
    help="A file for a source of the mapping; register=DIR for a register.",
)
@click.option("--base", default="https://example.org/", show_default=True, help="The base of relative IRIs.")
@click.option("--out", type=click.Path(path_type=Path), help="Where to write: .nq or .nt, also .zst or .gz.")
@click.option(
    "--text",
    type=click.Choice(["none", "full"]),
    default="none",
    show_default=True,
    help="Of a register: whether the text of parts is mapped.",
)
@click.option("--explain", is_flag=True, help="Show the SQL.")
@common
def command(
    mapping: Path,
    given: tuple[str, ...],
    base: str,
    out: Path | None,
    text: str,
    explain: bool,
    jobs: int,
    quiet: bool,
    as_json: bool,
) -> None:
    """Map any files, or a register, by any mapping in YARRRML or RML."""
    if out is None and not explain:
        raise click.UsageError("say where to write with --out, or ask for --explain")
    sources: dict[str, Path] = {}
    for item in given:
        name, equals, path = item.partition("=")
        if not equals:
            raise click.UsageError(f"--source takes NAME=FILE, not {item!r}")
        sources[name] = Path(path)
    with Progress(quiet) as progress:
        mapped = map_any(mapping, base, sources, out, jobs, progress.tell, text)
    for finding in mapped.findings.first if not quiet else ():
        click.echo(f"warning: [map {finding.map}] {finding.kind}: {finding.field} = {finding.value!r}", err=True)
    if explain:
        click.echo(mapped.sql)
    elif out is not None:
        say(as_json, {"out": str(out)}, f"mapped to {out}")
