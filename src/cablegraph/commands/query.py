"""``cablegraph query``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cablegraph import remote, store
from cablegraph.answers import ANSWER_WRITERS, Answer
from cablegraph.commands.common import common
from cablegraph.errors import InputError
from cablegraph.terminal import show_table


@click.command("query")
@click.argument("target", metavar="RELEASE|DUMP|ENDPOINT")
@click.argument("query", required=False, metavar="[QUERY|FILE]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", *ANSWER_WRITERS]),
    default="table",
    show_default=True,
    help="The form of the answer.",
)
@common
def command(target: str, query: str | None, form: str, jobs: int, quiet: bool, as_json: bool) -> None:
    """Ask a release, an RDF dump or an endpoint by SPARQL; the query is text, a file, or read from standard input."""
    text, name = _query_text(query)
    answer: Answer | bytes
    if remote.is_endpoint(target):
        answer = remote.ask_endpoint(target, text)
    else:
        answer = store.select(store.open_store(Path(target)), text, name)
    if isinstance(answer, bytes):
        sys.stdout.buffer.write(answer)
    elif as_json or form != "table":
        sys.stdout.buffer.write(ANSWER_WRITERS["json" if as_json else form](answer))
    else:
        show_table(answer)


def _query_text(query: str | None) -> tuple[str, str]:
    if query is None or query == "-":
        return sys.stdin.read(), "standard input"
    looks_like_text = any(mark in query for mark in "{\n")
    if not looks_like_text and Path(query).is_file():
        try:
            return Path(query).read_text(encoding="utf-8"), query
        except (OSError, UnicodeDecodeError) as error:
            raise InputError("the query cannot be read", file=query, hint=str(error)) from error
    if not looks_like_text and Path(query).suffix in (".rq", ".sparql"):
        raise InputError("does not exist", file=query)
    return query, "query"
