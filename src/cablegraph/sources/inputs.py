"""From SOURCE arguments or ``[[source]]`` entries to the list of sources of a run: readers told, names made unique."""

from __future__ import annotations

import glob
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePath

from cablegraph.errors import InputError
from cablegraph.publication import Publication, SourceEntry
from cablegraph.sources.source import Source

#: Files that a folder given as SOURCE is searched for.
ENDINGS = (".xml", ".txt", ".csv", ".tsv", ".jsonl")
STANDARD_INPUT = "-"

Complaint = tuple[str, str]
Detect = Callable[[bytes, str], str]


def entries_from(arguments: Iterable[str], readers: Iterable[str], working: Path) -> tuple[SourceEntry, ...]:
    """Expand SOURCE arguments: a path, a glob, a folder or ``-``, each perhaps behind ``reader:``.

    Raises:
        InputError: an argument names nothing.
    """
    entries: list[SourceEntry] = []
    for argument in arguments:
        said, _, rest = argument.partition(":")
        reader, pattern = (said, rest) if said in readers and rest else ("", argument)
        try:
            paths = _expand(pattern, working)
        except OSError as error:
            raise InputError("cannot be read", file=pattern, hint=error.strerror or "") from error
        for path in paths:
            entries.append(SourceEntry(path, reader or None))
    return tuple(entries)


def _expand(argument: str, working: Path) -> list[Path]:
    if argument == STANDARD_INPUT:
        return [Path(argument)]
    path = working / argument
    if path.is_file():
        return [path]
    if path.is_dir():
        found = sorted(p for p in path.rglob("*") if p.suffix.casefold() in ENDINGS and p.is_file())
        if not found:
            raise InputError("the folder holds no file that a reader knows", file=argument, hint=" ".join(ENDINGS))
        return found
    matches = [working / match for match in sorted(glob.glob(argument, root_dir=working, recursive=True))]
    files = [match for match in matches if match.is_file()]
    if not files:
        raise InputError("names no file" if matches else "does not exist", file=argument)
    return files


def sources_of(
    publication: Publication, readers: Mapping[str, object], detect: Detect
) -> tuple[list[Source], list[Complaint]]:
    """Make the sources of a publication; complaints are (file, message) of inputs that cannot be used.

    A source's name is its file's name without ending; of two files of one name each gets the shortest folder path
    that tells them apart. The same file given twice is read once.
    """
    complaints: list[Complaint] = []
    unique: dict[Path, SourceEntry] = {}
    for entry in publication.sources:
        key = entry.path if str(entry.path) == STANDARD_INPUT else entry.path.resolve()
        if key in unique and unique[key].table == entry.table:
            complaints.append((_label(entry.path, publication.folder), "was given twice; it is read once"))
        else:
            unique[key] = entry
    entries = list(unique.values())
    names = _distinguish([entry.path for entry in entries])
    whole: dict[str, Source] = {}
    additions: dict[str, list[Source]] = {}
    for entry, name in zip(entries, names, strict=True):
        source = _source(entry, name, publication, readers, detect)
        if entry.of is None:
            whole[name] = source
        else:
            additions.setdefault(entry.of, []).append(source)
    for owner, added in additions.items():
        if owner not in whole:
            raise InputError(f"adds to {owner!r}, which is no source", file=added[0].file, field="source.of")
        whole[owner] = replace(whole[owner], additions=tuple(added))
    complaints += [
        (source.file, f"another input has the same name; this one is called {source.name}")
        for source in whole.values()
        if source.path is not None and source.name != _stem(source.path)
    ]
    return list(whole.values()), complaints


def _source(
    entry: SourceEntry, name: str, publication: Publication, readers: Mapping[str, object], detect: Detect
) -> Source:
    if entry.reader is not None and entry.reader not in readers:
        raise InputError(
            f"there is no reader {entry.reader!r}",
            file=str(entry.path),
            field="source.reader",
            hint=f"readers: {', '.join(readers)}",
        )
    if str(entry.path) == STANDARD_INPUT:
        content = sys.stdin.buffer.read()
        reader = entry.reader or detect(content[:65536], "standard input")
        return Source("stdin", "-", None, reader, content, entry.table, entry.columns, entry.graph, entry.licence)
    file = _label(entry.path, publication.folder)
    reader = entry.reader or ""
    return Source(name, file, entry.path, reader, None, entry.table, entry.columns, entry.graph, entry.licence)


def _label(path: Path, folder: Path) -> str:
    """How a file is named in the register: relative to the publication's folder, else its base name."""
    if str(path) == STANDARD_INPUT:
        return "-"
    absolute, base = path.resolve(), folder.resolve()
    return absolute.relative_to(base).as_posix() if absolute.is_relative_to(base) else path.name


def _stem(path: PurePath) -> str:
    name = path.name
    for ending in ENDINGS:
        if name.casefold().endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)]
    return name


def _distinguish(paths: list[Path]) -> list[str]:
    names = [_stem(path) if str(path) != STANDARD_INPUT else "stdin" for path in paths]
    depth = 1
    while len(set(names)) < len(names):
        twice = {name for name in names if names.count(name) > 1}
        longer = [
            "-".join([*path.resolve().parts[-1 - depth : -1], _stem(path)]).lstrip("/") if name in twice else name
            for name, path in zip(names, paths, strict=True)
        ]
        if longer == names:  # not even whole paths differ: files of one name with two endings
            longer = [f"{name}~{names[: i + 1].count(name)}" if name in twice else name for i, name in enumerate(names)]
        names, depth = longer, depth + 1
    return names
