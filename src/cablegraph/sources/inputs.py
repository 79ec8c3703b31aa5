"""From SOURCE arguments or ``[[source]]`` entries to the list of sources of a run: readers told, names made unique."""

from __future__ import annotations

import glob
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from cablegraph.errors import InputError
from cablegraph.publication import Limits, Publication, SourceEntry
from cablegraph.sources.archives import ARCHIVES, COMPRESSED, Packed, form_of, members_of, unpack
from cablegraph.sources.cells import looks_like_table
from cablegraph.sources.naming import ENDINGS, distinguish, stem, unpacked_name
from cablegraph.sources.source import Source

STANDARD_INPUT = "-"
#: The reader of directories, all of which are one source.
DIRECTORIES = "authorities"
#: Bytes of an XML file in which its root element is looked for.
_HEAD = 4096

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
        folder = working / pattern
        for path in paths:
            entries.append(SourceEntry(path, reader or None, folder=folder if folder.is_dir() else None))
    return tuple(entries)


def _expand(argument: str, working: Path) -> list[Path]:
    if argument == STANDARD_INPUT:
        return [Path(argument)]
    path = working / argument
    if path.is_file():
        return [path]
    if path.is_dir():
        return _files_in(path, argument)
    matches = [working / match for match in sorted(glob.glob(argument, root_dir=working, recursive=True))]
    files = [match for match in matches if match.is_file()]
    if not files:
        raise InputError("names no file" if matches else "does not exist", file=argument)
    return files


def _files_in(folder: Path, shown: str) -> list[Path]:
    found = sorted(path for path in folder.rglob("*") if _is_known(path.name) and path.is_file())
    if not found:
        raise InputError("the folder holds no file that a reader knows", file=shown, hint=" ".join(ENDINGS))
    return found


def _is_known(name: str) -> bool:
    name = name.casefold()
    return name.endswith((*ENDINGS, *ARCHIVES, *(known + packed for known in ENDINGS for packed in COMPRESSED)))


def sources_of(
    publication: Publication, readers: Mapping[str, object], detect: Detect
) -> tuple[list[Source], list[Complaint]]:
    """Make the sources of a publication; complaints are (file, message) of inputs that cannot be used.

    A source's name is its file's name without ending; of two files of one name each gets the shortest folder path
    that tells them apart. The same file given twice is read once. An archive becomes a source a member; what of it
    cannot be opened becomes one, too, that tells why when it is read. Files of directories of authorities, wherever they
    lie, are one source together.
    """
    complaints: list[Complaint] = []
    unique: dict[Path, SourceEntry] = {}
    for entry in _entries(publication):
        key = entry.path if str(entry.path) == STANDARD_INPUT else entry.path.resolve()
        if key in unique and unique[key].table == entry.table:
            complaints.append((_label(entry.path, publication.folder), "was given twice; it is read once"))
        else:
            unique[key] = entry
    found = [one for entry in unique.values() for one in _inputs(entry, publication)]
    inputs, given = _part(found, publication, detect)
    names = distinguish([one.place for one in (*inputs, *given)])
    whole: dict[str, Source] = {}
    additions: dict[str, list[Source]] = {}
    for one, name in zip(inputs, names, strict=False):
        source = _source(one, name, publication.limits, readers, detect)
        if one.entry.of is None:
            whole[name] = source
        else:
            additions.setdefault(one.entry.of, []).append(source)
    for owner, added in additions.items():
        if owner not in whole:
            raise InputError(f"adds to {owner!r}, which is no source", file=added[0].file, field="source.of")
        whole[owner] = replace(whole[owner], additions=tuple(added))
    complaints += [
        (one.file, f"another input has the same name; this one is called {name}")
        for one, name in zip((*inputs, *given), names, strict=True)
        if one.entry.of is None and name != stem(one.place)
    ]
    sources = list(whole.values())
    if given:
        members = tuple(_directory(one, name) for one, name in zip(given, names[len(inputs) :], strict=True))
        file = ", ".join(member.file for member in members)
        sources.append(Source(DIRECTORIES, file, None, DIRECTORIES, graph=DIRECTORIES, members=members))
    return sources, complaints


@dataclass(frozen=True)
class _Input:
    """What becomes one source. ``place`` is its whole path, with an archive as the folder of its members: names come of it."""

    entry: SourceEntry
    place: PurePath
    file: str
    packed: Packed | None = None
    members: tuple[_Input, ...] = ()


def _entries(publication: Publication) -> Iterator[SourceEntry]:
    """What is configured, with the files of each folder; the directories of the publication come last."""
    for entry in (*publication.sources, *(SourceEntry(path, DIRECTORIES) for path in publication.historian)):
        if str(entry.path) != STANDARD_INPUT and entry.path.is_dir():
            label = _label(entry.path, publication.folder)
            for path in _files_in(entry.path, label):
                if not path.resolve().is_relative_to(entry.path.resolve()):
                    raise InputError("holds a link that leads out of it", file=label, hint=path.name)
                yield replace(entry, path=path, folder=entry.path)
        else:
            yield entry


def _part(found: list[_Input], publication: Publication, detect: Detect) -> tuple[list[_Input], list[_Input]]:
    """Part the files of directories from other inputs: each archive or folder that was given, with its files in it.

    Files that were given by themselves are one more together, the folder in which all of them lie.
    """
    given: dict[Path | None, list[_Input]] = {}
    others: list[_Input] = []
    in_order = sorted(found, key=lambda one: (str(one.entry.path), one.packed.start if one.packed else 0))
    told = {id(one) for one in in_order if _of_directory(one, detect)}  # archives from their beginning to their end
    for one in found:
        if id(one) not in told:
            others.append(one)
        elif one.place != one.entry.path.resolve():
            given.setdefault(one.entry.path, []).append(one)
        else:
            given.setdefault(one.entry.folder, []).append(one)
    return others, [_given(path, members, publication) for path, members in given.items()]


def _given(path: Path | None, members: list[_Input], publication: Publication) -> _Input:
    if path is None:
        paths = [one.entry.path.resolve() for one in members]
        path = paths[0] if len(paths) == 1 else Path(os.path.commonpath([one.parent for one in paths]))
    label, place = _label(path, publication.folder), path.resolve()
    if path.is_dir() and label != ".":
        members = [replace(one, file=f"{label}/{one.place.relative_to(place).as_posix()}") for one in members]
    licence = members[0].entry.licence
    return _Input(SourceEntry(path, DIRECTORIES, licence=licence), place, label, members=tuple(members))


def _of_directory(one: _Input, detect: Detect) -> bool:
    if one.entry.reader is not None or one.file == STANDARD_INPUT:
        return one.entry.reader == DIRECTORIES and one.file != STANDARD_INPUT
    if not unpacked_name(one.place).endswith(".xml"):
        return False
    try:
        with Source("", one.file, one.entry.path, "", packed=one.packed).open() as stream:
            return detect(stream.read(_HEAD), one.file) == DIRECTORIES
    except InputError:  # it is told again when the source is read
        return False


def _directory(one: _Input, name: str) -> Source:
    members = tuple(
        Source("", member.file, member.entry.path, DIRECTORIES, packed=member.packed) for member in one.members
    )
    path = None if one.entry.path.is_dir() else one.entry.path
    return Source(name, one.file, path, DIRECTORIES, graph=DIRECTORIES, licence=one.entry.licence, members=members)


def _inputs(entry: SourceEntry, publication: Publication) -> list[_Input]:
    file, limits = _label(entry.path, publication.folder), publication.limits
    if file == STANDARD_INPUT:
        return [_Input(entry, PurePath("stdin"), file)]
    place = entry.path.resolve()
    form, holds_members = _form(entry.path, limits)
    if not form:
        return [_Input(entry, place, file)]
    if not holds_members:
        return [_Input(entry, place, file, Packed(form, limits))]
    members = members_of(form, entry.path, file, limits, ENDINGS)
    bases, met = Counter(parts[-1:] for parts, _ in members), Counter[tuple[str, ...]]()
    inputs: list[_Input] = []
    for parts, packed in members:
        if not parts:
            inputs.append(_Input(entry, place, file, packed))
            continue
        met[parts] += 1
        shown = "/".join(parts if bases[parts[-1:]] > 1 else parts[-1:]) + (f"~{met[parts]}" if met[parts] > 1 else "")
        inputs.append(_Input(entry, place.with_name(stem(place)).joinpath(*parts), f"{file}!{shown}", packed))
    return inputs


def _form(path: Path, limits: Limits) -> tuple[str, bool]:
    """Tell from its content how a file is packed, and whether it is an archive; of what cannot be read, nothing."""
    try:
        with path.open("rb") as stream:
            head = stream.read(512)
        form = form_of(head)
        if looks_like_table(head):  # a workbook, which is a zip to its reader only
            return "", False
        if form != "gzip":
            return form, form in ("zip", "tar")
        with unpack(Packed(form, limits), path, path.name) as stream:
            return form, form_of(stream.read(512)) == "tar"
    except OSError:
        return "", False
    except InputError:  # it is told again when the source is read
        return form, False


def _source(one: _Input, name: str, limits: Limits, readers: Mapping[str, object], detect: Detect) -> Source:
    entry = one.entry
    if entry.reader is not None and entry.reader not in readers:
        raise InputError(
            f"there is no reader {entry.reader!r}",
            file=str(entry.path),
            field="source.reader",
            hint=f"readers: {', '.join(readers)}",
        )
    if str(entry.path) == STANDARD_INPUT:
        content = sys.stdin.buffer.read()
        form = form_of(content[:512])
        packed = Packed(form, limits) if form in ("gzip", "zstd") else None
        source = Source(
            "stdin", "-", None, "", content, entry.table, entry.columns, entry.graph, entry.licence, packed=packed
        )
        with source.open() as stream:
            return replace(source, reader=entry.reader or detect(stream.read(65536), "standard input"))
    return Source(
        name, one.file, entry.path, entry.reader or "", None, entry.table, entry.columns, entry.graph, entry.licence,
        packed=one.packed,
    )  # fmt: skip


def _label(path: Path, folder: Path) -> str:
    """How a file is named in the register: relative to the publication's folder, else its base name."""
    if str(path) == STANDARD_INPUT:
        return "-"
    absolute, base = path.resolve(), folder.resolve()
    return absolute.relative_to(base).as_posix() if absolute.is_relative_to(base) else path.name
