"""``cablegraph check``."""

from __future__ import annotations

from pathlib import Path

import click

from cablegraph import folders
from cablegraph.commands.common import common
from cablegraph.policy import Policy
from cablegraph.publication import read_publication
from cablegraph.validation import ENGINES, REPORT_WRITERS, check_any


@click.command("check")
@click.argument("data", type=click.Path(path_type=Path))
@click.option(
    "--shapes",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Shapes, a file or a folder; without it those in DATA.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(REPORT_WRITERS)),
    default="human",
    show_default=True,
    help="The form of the report.",
)
@click.option(
    "--engine", type=click.Choice(list(ENGINES)), default="shacl", show_default=True, help="The SHACL engine."
)
@click.option(
    "--config", type=click.Path(path_type=Path), help="A cablegraph.toml, for its policy: what fails, what is accepted."
)
@click.option("--out", type=click.Path(path_type=Path), help="A file for the report.")
@common
def command(
    data: Path,
    shapes: tuple[Path, ...],
    form: str,
    engine: str,
    config: Path | None,
    out: Path | None,
    jobs: int,
    quiet: bool,
    as_json: bool,
) -> None:
    """Check any RDF (or a release) against SHACL shapes; exit code 1 where it does not conform."""
    policy = read_publication(config, Path.cwd()).policy if config else Policy()

    def tell(message: str) -> None:
        if not quiet:
            click.echo(f"warning: {message}", err=True)

    report, conforms = check_any(data, shapes, engine, policy, jobs, tell=tell)
    text = REPORT_WRITERS["jsonl" if as_json else form](report)
    if out is None:
        click.echo(text, nl=False)
    else:
        folders.make_above(out)
        out.write_text(text, encoding="utf-8", newline="\n")
    if not conforms:
        raise click.exceptions.Exit(1)
