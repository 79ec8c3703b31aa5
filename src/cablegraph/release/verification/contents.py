"""What stands in a folder that is verified, and what is wrong with it. Nothing outside is ever read."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cablegraph.errors import InputError
from cablegraph.release.inventory import Inventory

#: Bytes of the largest JSON that is read whole; a manifest of a million documents has half of it.
LARGEST_JSON = 256 << 20


@dataclass(frozen=True)
class Fault:
    """A difference: the file (its path in the folder), what was expected and what was found, and what to do; ``line`` is 1-based."""

    file: str
    expected: str
    found: str
    hint: str
    line: int | None = None

    def __str__(self) -> str:
        place = shown(self.file) + (f":{self.line}" if self.line else "")
        return f"{place}: expected {self.expected}, found {self.found} ({self.hint})"


def shown(path: str) -> str:
    """A path that can be printed, whatever characters it has."""
    return path if path.isprintable() else ascii(path)


class Contents:
    """The regular files below a folder. Links are not followed, and what is neither file nor folder is not opened.

    Paths that stand in a manifest, say, are looked up here and never opened as they are, so that ``..`` leads nowhere.
    """

    def __init__(self, root: Path, leave_out: Collection[str] = ()) -> None:
        self.root = root
        self.files: set[str] = set()
        #: Links, devices and the like, which a release does not have.
        self.odd: list[str] = []
        for above, folders, names in os.walk(root):
            place = Path(above)
            if place == root:
                folders[:] = [name for name in folders if name not in leave_out]
            for name in (*names, *(name for name in folders if (place / name).is_symlink())):
                path = (place / name).relative_to(root).as_posix()
                if stat.S_ISREG((place / name).lstat().st_mode):
                    self.files.add(path)
                else:
                    self.odd.append(path)

    def path(self, name: str) -> Path:
        """The file of that path.

        Raises:
            InputError: there is none.
        """
        if name not in self.files:
            raise InputError("is missing", file=name)
        return self.root / name

    def inventory(self) -> Inventory:
        """All files, hashed.

        Raises:
            InputError: one cannot be read.
        """
        found = Inventory(self.root)
        for name in self.files:
            try:
                found.add_file(self.root / name)
            except OSError as error:
                raise InputError("cannot be read", file=str(self.root / name), hint=error.strerror or "") from error
        return found

    def read_json(self, name: str) -> Any:
        """Read a file as JSON.

        Raises:
            InputError: it is missing, too large, nested too deeply, or no JSON; with its line.
        """
        path = self.path(name)
        if path.stat().st_size > LARGEST_JSON:
            raise InputError(f"has more than {LARGEST_JSON >> 20} MiB", file=name)
        content = path.read_bytes()
        try:
            value = json.loads(content)
            if b"\\ud" in content.lower():  # half of a pair of escapes is no character, and cannot be written anywhere
                json.dumps(value, ensure_ascii=False).encode()
            return value
        except RecursionError as error:
            raise InputError("is nested too deeply", file=name) from error
        except json.JSONDecodeError as error:
            raise InputError(f"is no JSON: {error.msg}", file=name, line=error.lineno) from error
        except ValueError as error:  # no text, or a number of thousands of digits
            raise InputError(f"is no JSON: {str(error)[:100]}", file=name) from error

    def told(self, error: InputError, expected: str, hint: str) -> Fault:
        """An error of one of the files as a fault."""
        path = Path(error.file or "")
        name = path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(error.file)
        return Fault(name, expected, error.message + (f" ({error.hint})" if error.hint else ""), hint, error.line)


def misfit(value: Any, form: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Hold JSON against a form: the places (such as ``dumps[0].bytes``) at which it is another, and what is wanted there.

    A form is a type, a tuple of forms of which one fits, a list with the form of its items, a dict with the forms of the
    fields that must be there, or with the one key ``...`` for the form of all values.
    """
    if isinstance(form, tuple):
        if all(next(misfit(value, each, place), None) for each in form):
            yield place, _called(form)
    elif isinstance(form, list):
        if type(value) is not list:
            yield place, _called(form)
            return
        for number, item in enumerate(value):
            yield from misfit(item, form[0], f"{place}[{number}]")
    elif isinstance(form, dict):
        if type(value) is not dict:
            yield place, _called(form)
            return
        for key in value if ... in form else form:
            inner = f"{place}.{key}" if place else str(key)
            if key in value:
                yield from misfit(value[key], form.get(key, form.get(...)), inner)
            else:
                yield inner, _called(form[key])
    elif type(value) is not form or (form is int and value < 0):
        yield place, _called(form)


_CALLED = {
    str: "a text",
    int: "a whole number, 0 or more",
    float: "a number",
    bool: "true or false",
    type(None): "null",
}


def _called(form: Any) -> str:
    if isinstance(form, dict):
        return "an object"
    if isinstance(form, tuple):
        return " or ".join(_called(each) for each in form)
    return "a list" if isinstance(form, list) else _CALLED[form]
