"""What a person at a terminal sees: progress while a command runs, and answers as tables."""

from __future__ import annotations

import click
from rich.console import Console
from rich.table import Table

from cablegraph.answers import Answer


class Progress:
    """What is being done: a live line on a terminal, plain lines elsewhere, nothing with ``--quiet``."""

    def __init__(self, quiet: bool) -> None:
        self._console = Console(stderr=True, highlight=False)
        self._quiet = quiet
        live = self._console.is_terminal and not quiet
        self._status = self._console.status("starting") if live else None

    def __enter__(self) -> Progress:
        if self._status:
            self._status.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._status:
            self._status.stop()

    def tell(self, message: str) -> None:
        """Say what is done now."""
        if self._status:
            self._status.update(message)
        elif not self._quiet:
            click.echo(message, err=True)


def show_table(answer: Answer) -> None:
    """Show an answer as a table: as wide as the terminal there, as wide as it is elsewhere."""
    console = Console(highlight=False)
    if not console.is_terminal:
        width = [
            max([len(name), *(len(cell.value) for row in answer.rows if (cell := row[n]) is not None)])
            for n, name in enumerate(answer.columns)
        ]
        console = Console(highlight=False, width=sum(width) + 3 * len(width) + 2)
    table = Table(box=None if not answer.rows else Table().box, show_edge=False)
    for name in answer.columns:
        table.add_column(name, overflow="fold")
    for row in answer.rows:
        table.add_row(*("" if cell is None else cell.value.replace("[", r"\[") for cell in row))
    console.print(table)
