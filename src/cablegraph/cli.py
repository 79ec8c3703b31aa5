"""The command line: one short command a stage, and the only place where errors become messages and exit codes.

Results go to standard output, everything else to standard error. Exit codes: 0 done; 1 the data does not conform, or
two things differ; 2 input or command unusable; 3 a fault of ours.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from importlib import import_module

import click

from cablegraph.errors import CablegraphError

#: In the order of the way of the data.
COMMANDS = (
    "publish",
    "read",
    "link",
    "review",
    "reconcile",
    "map",
    "check",
    "release",
    "diff",
    "verify",
    "bag",
    "query",
)


class Commands(click.Group):
    """A group that imports a command when it is asked for: what a job does not need costs it nothing."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None where there is no such one."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"cablegraph.commands.{cmd_name}").command
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="cablegraph", prog_name="cablegraph")
def cli() -> None:
    """Publish diplomatic records as linked data.

    SOURCE is a path, a glob, a folder or - (standard input); the reader is told from the content, or said:
    frus:volumes/, transcript:x.txt, sheet:register.csv.
    """


def main() -> None:
    """Run the command line; turn errors into messages and exit codes."""
    try:
        code = cli.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except CablegraphError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped; nothing was changed", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        if _is_full(error):
            click.echo("error: no space is left on the disk; what was published before stays as it was", err=True)
            sys.exit(2)
        traceback.print_exc()
        click.echo("error: this is a fault of cablegraph; please report it with the lines above", err=True)
        sys.exit(3)


def _is_full(error: BaseException | None) -> bool:
    """Whether a disk was full, or a quota spent; some libraries tell it in words only."""
    words = [os.strerror(code) for code in (errno.ENOSPC, errno.EDQUOT)]
    while error is not None:
        if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or any(word in str(error) for word in words):
            return True
        error = error.__cause__ or error.__context__
    return False
