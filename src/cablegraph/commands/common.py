"""What all commands share: their common options and how they answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def common(command: Command) -> Command:
    """Add the options that every command has."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Print the result as JSON."),
        click.option("--quiet", is_flag=True, help="Tell nothing but errors on standard error."),
        click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="How many processes to use."),
    ):
        command = option(command)
    return command


def say(as_json: bool, result: dict[str, Any], text: str) -> None:
    """Answer on standard output: ``result`` as JSON, or ``text``."""
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else text)
