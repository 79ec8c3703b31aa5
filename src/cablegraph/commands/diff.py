"""``cablegraph diff``."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path

import click

from cablegraph import folders
from cablegraph.commands.common import common, say
from cablegraph.release.changes import CHANGES, RECORD, Changes, write_changes
from cablegraph.release.differences import comparable

_SHOWN = 10


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), help="A folder for the changes: added.nq, removed.nq, resources.csv."
)
@common
def command(old: Path, new: Path, out: Path | None, jobs: int, quiet: bool, as_json: bool) -> None:
    """Tell what changed between two releases or RDF files; exit code 1 where they differ."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        target = folders.make_empty(out) if out else work / "changes"
        changes = write_changes(*comparable(old, new, work), target, work)
    say(as_json, asdict(changes), _words(changes))
    if changes:
        raise click.exceptions.Exit(1)


def _words(changes: Changes) -> str:
    if not changes:
        return "nothing differs"
    lines = [f"{changes.added} quads added, {changes.removed} removed"]
    lines.append("records: " + ", ".join(f"{changes.records(change)} {change}" for change in CHANGES))
    others = {
        change: sum(changes.resources[change].values()) - changes.resources[change].get(RECORD, 0) for change in CHANGES
    }
    lines.append("other resources: " + ", ".join(f"{count} {change}" for change, count in others.items()))
    lines.append("properties that changed most:")
    width = len(str(max(sum(counts) for counts in changes.properties.values())))
    for iri, (added, removed) in list(changes.properties.items())[:_SHOWN]:
        lines.append(f"  +{added:<{width}} -{removed:<{width}} {iri}")
    if len(changes.properties) > _SHOWN:
        lines.append(f"  … and {len(changes.properties) - _SHOWN} more")
    return "\n".join(lines)
