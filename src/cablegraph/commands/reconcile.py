"""``cablegraph reconcile``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TextIO

import click

from cablegraph import pipeline
from cablegraph.commands.common import common
from cablegraph.commands.told import publication_of
from cablegraph.errors import InputError
from cablegraph.linking.queries import manifest as service_manifest


@click.command("reconcile")
@click.argument("register", type=click.Path(path_type=Path))
@click.argument("queries", type=click.File(encoding="utf-8"), default="-")
@click.option("--manifest", is_flag=True, help="Describe the service instead of answering.")
@click.option("--config", type=click.Path(path_type=Path), help="The publication's cablegraph.toml.")
@common
def command(
    register: Path, queries: TextIO, manifest: bool, config: Path | None, jobs: int, quiet: bool, as_json: bool
) -> None:
    """Match names from outside with persons, posts, offices, places and concepts, by the Reconciliation Service API.

    REGISTER is a linked register, or the register/ of a release. QUERIES is a batch of queries in JSON (standard input
    without it); the answer is JSON, too.
    """
    if manifest:
        publication = publication_of((), config, False, quiet)
        answer = service_manifest(publication.title, publication.base)
    else:
        try:
            batch = json.load(queries)
        except (UnicodeDecodeError, json.JSONDecodeError) as error:
            line = error.lineno if isinstance(error, json.JSONDecodeError) else None
            raise InputError("the queries are no JSON", file=queries.name, line=line, hint=str(error)) from error
        answer = pipeline.match_names(register, batch)
    click.echo(json.dumps(answer, ensure_ascii=False, indent=None if as_json else 2))
