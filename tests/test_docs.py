"""The documentation names every command, option, setting, table and function that there is."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from cablegraph.cli import COMMANDS, cli
from cablegraph.mapping.functions import FUNCTIONS
from cablegraph.mapping.views import _VIEWS
from cablegraph.publication import _KEYS
from cablegraph.register import TABLES

DOCS = Path(__file__).resolve().parents[1] / "docs"


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_is_documented_with_its_options(name: str) -> None:
    """docs/cli.md has a section a command, with every option of it."""
    text = page("cli.md")
    assert f"## cablegraph {name}\n" in text
    section = text.split(f"## cablegraph {name}\n", 1)[1].split("\n## ", 1)[0]
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert all(f"`{option}" in section for option in parameter.opts), (name, parameter.opts)


def test_each_setting_is_documented() -> None:
    """docs/publication.md names every key of cablegraph.toml."""
    text = page("publication.md")
    for keys in _KEYS.values():
        for key in keys:
            assert f"`{key}`" in text, key


def test_each_table_and_column_of_the_register_is_documented() -> None:
    """docs/register.md names every table with all its columns."""
    text = page("register.md")
    for table, schema in TABLES.items():
        assert f"| `{table}` |" in text, table
        row = next(line for line in text.splitlines() if line.startswith(f"| `{table}` |"))
        for column in schema.names:
            if column not in ("source_file", "source_line"):
                assert f" {column}" in row.replace(",", " ").replace("[]", ""), (table, column)


def test_each_view_and_function_of_mappings_is_documented() -> None:
    """docs/mappings.md names every table that mappings may use and every function."""
    text = page("mappings.md")
    for name in (*_VIEWS, *FUNCTIONS):
        assert f"`{name}`" in text, name
