"""A YAML document with the line of every node, so that each complaint about a mapping has its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from cablegraph.errors import InputError

# The parser in C where PyYAML has it: eight times as fast, the same nodes.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Node:
    """One node: a text, a list or a table; ``where`` names it in messages ("map parts, object")."""

    raw: yaml.Node
    file: str
    where: str = ""

    @property
    def line(self) -> int:
        """The 1-based line where the node begins."""
        return int(self.raw.start_mark.line) + 1

    def fail(self, message: str, hint: str | None = None) -> InputError:
        """Make the error that says what is wrong here."""
        return InputError(message, file=self.file, line=self.line, field=self.where or None, hint=hint)

    @property
    def is_text(self) -> bool:
        """Whether the node is a scalar."""
        return isinstance(self.raw, yaml.ScalarNode)

    @property
    def is_list(self) -> bool:
        """Whether the node is a sequence."""
        return isinstance(self.raw, yaml.SequenceNode)

    @property
    def is_table(self) -> bool:
        """Whether the node is a mapping."""
        return isinstance(self.raw, yaml.MappingNode)

    def text(self) -> str:
        """Return the scalar as it is written."""
        if not self.is_text:
            raise self.fail(f"expected a text, not a {'list' if self.is_list else 'table'}")
        text = str(self.raw.value)
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            raise self.fail("half of a surrogate pair is no character")
        return text

    def items(self) -> list[Node]:
        """Return the items of a list; a single node counts as a list of one."""
        if self.is_list:
            return [Node(child, self.file, self.where) for child in self.raw.value]
        return [self]

    def pairs(self, what: str) -> Iterator[tuple[str, Node]]:
        """Yield the pairs of a table.

        Raises:
            InputError: the node is no table, or a key stands twice.
        """
        if not self.is_table:
            raise self.fail(f"expected a table of {what}")
        seen: set[str] = set()
        for key, value in self.raw.value:
            name = str(key.value)
            if name in seen:
                raise Node(key, self.file, self.where).fail(f"the key {name!r} stands twice")
            seen.add(name)
            yield name, Node(value, self.file, f"{self.where}, {name}" if self.where else name)

    def table(self, what: str, known: dict[str, str]) -> dict[str, Node]:
        """Return a table by the canonical names in ``known`` (spelling → canonical).

        Raises:
            InputError: a key is not known or stands twice under two spellings.
        """
        found: dict[str, Node] = {}
        for name, value in self.pairs(what):
            if name not in known:
                raise value.fail(f"{name!r} is no key of {what}", f"expected one of {', '.join(sorted(known))}")
            if known[name] in found:
                raise value.fail(f"{known[name]!r} stands twice")
            found[known[name]] = value
        return found


def read_yaml(path: Path, file: str) -> Node:
    """Read a YAML file.

    Raises:
        InputError: the file cannot be read or is no valid YAML.
    """
    try:
        text = path.read_text(encoding="utf-8")
        raw = yaml.compose(text, Loader=_LOADER)
    except OSError as error:
        raise InputError("the mapping cannot be read", file=file, hint=error.strerror or "") from error
    except UnicodeDecodeError as error:
        raise InputError("the mapping is not UTF-8", file=file) from error
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "too deeply nested"
        raise InputError(f"no valid YAML: {problem}", file=file, line=mark.line + 1 if mark else None) from error
    if raw is None:
        raise InputError("the mapping is empty", file=file, line=1)
    return Node(raw, file)
