"""Settings in TOML, taken key by key: what is not known or not of its kind is refused with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cablegraph.errors import InputError


class Settings:
    """A parsed file of settings; ``keys`` are those that each table may have. Faults are InputErrors."""

    def __init__(self, path: Path, text: str, keys: Mapping[str, tuple[str, ...]]) -> None:
        self.path = path
        self.text = text
        self._keys = keys

    def fail(self, field: str, message: str, hint: str | None = None) -> InputError:
        """Make the error about a setting (dotted), at the line of its key."""
        key = re.escape(field.rsplit(".", 1)[-1])
        line = next(
            (
                n
                for n, line in enumerate(self.text.splitlines(), 1)
                if re.match(rf"\s*\[*\s*([\w.]+\.)?\"?{key}\b", line)
            ),
            None,
        )
        return InputError(message, file=str(self.path), line=line, field=field, hint=hint)

    def table(self, data: dict[str, Any], name: str) -> dict[str, Any]:
        """The table, all of whose keys are known."""
        if not isinstance(data, dict):
            raise self.fail(name, "must be a table")
        for key in data:
            if key not in self._keys[name]:
                place = f"{name}.{key}" if name else key
                raise self.fail(place, "is not a key of cablegraph.toml", f"known here: {', '.join(self._keys[name])}")
        return data

    def text_of(self, data: dict[str, Any], section: str, key: str, default: str) -> str:
        """The text of a key, a date as its text; the default where the key is missing."""
        value = data.get(key, default)
        if hasattr(value, "isoformat"):
            value = value.isoformat()
        if not isinstance(value, str):
            raise self.fail(f"{section}.{key}", "must be text in quotes")
        return value

    def beside(self, field: str, value: Any) -> Path:
        """Resolve a path that must lie in the publication's folder."""
        if not isinstance(value, str) or not value:
            raise self.fail(field, "must be a path in quotes")
        folder = self.path.parent
        if Path(value).is_absolute() or ".." in Path(value).parts or "://" in value:
            raise self.fail(field, f"{value!r} leads out of the publication's folder", "name a file beside the file")
        if not (folder / value).resolve().is_relative_to(folder.resolve()):
            raise self.fail(field, f"{value!r} is a link out of the publication's folder")
        return folder / value

    def choices(
        self, data: dict[str, Any], section: str, key: str, known: tuple[str, ...], default: tuple[str, ...]
    ) -> tuple[str, ...]:
        """The values of a key, in the order of those that are known; the default where the key is missing."""
        value = data.get(key, list(default))
        if not isinstance(value, list) or any(item not in known for item in value):
            raise self.fail(f"{section}.{key}", f"must be a list of {', '.join(known)}")
        return tuple(item for item in known if item in value)

    def one_of(self, data: dict[str, Any], key: str, known: tuple[str, ...]) -> str:
        """The value of a key, one of those that are known; the first where the key is missing."""
        value = data.get(key, known[0])
        if value not in known:
            raise self.fail(key, f"must be one of {', '.join(known)}")
        return str(value)
