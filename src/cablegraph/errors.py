"""What can go wrong, said so that a librarian can act on it.

Faults *in data* are rows of the ``findings`` table or of a report. Exceptions are for input or commands that
cannot be used at all; only :mod:`cablegraph.cli` turns them into messages and exit codes.
"""

from __future__ import annotations


class CablegraphError(Exception):
    """A fault with a place, a message and what to do about it.

    ``file`` is the path as the user named it, ``line`` is 1-based, ``field`` names the key, column or term.
    """

    exit_code = 2

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        line: int | None = None,
        field: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line
        self.field = field
        self.hint = hint

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        field = f"[{self.field}] " if self.field else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place + ': ' if place else ''}{field}{self.message}{hint}"

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way back from a worker process with every part intact."""
        return (_rebuild, (type(self), self.message, self.file, self.line, self.field, self.hint))


def _rebuild(
    kind: type[CablegraphError],
    message: str,
    file: str | None,
    line: int | None,
    field: str | None,
    hint: str | None,
) -> CablegraphError:
    return kind(message, file=file, line=line, field=field, hint=hint)


class InputError(CablegraphError):
    """A source, mapping, shape, query or configuration file that cannot be used."""


class NotConformingError(CablegraphError):
    """The data does not conform, or two things that should be equal differ."""

    exit_code = 1
