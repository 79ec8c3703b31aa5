"""From SOURCE arguments or ``[[source]]`` entries to the list of sources of a run: readers told, names made unique."""

from __future__ import annotations

import glob
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from cablegraph.errors import InputError
from cablegraph.publication import Limits, Publication, SourceEntry
from cablegraph.sources.archives import ARCHIVES, COMPRESSED, Packed, form_of, members_of, unpack
from cablegraph.sources.cells import looks_like_table
from cablegraph.sources.source import Source

#: Files that a folder or an archive given as SOURCE is searched for; a folder also for compressed ones and archives.
ENDINGS = (".xml", ".txt", ".csv", ".tsv", ".jsonl", ".parquet", ".xlsx", ".xls", ".ods")
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
        found = sorted(p for p in path.rglob("*") if _is_known(p.name) and p.is_file())
        if not found:
            raise InputError("the folder holds no file that a reader knows", file=argument, hint=" ".join(ENDINGS))
        return found
    matches = [working / match for match in sorted(glob.glob(argument, root_dir=working, recursive=True))]
    files = [match for match in matches if match.is_file()]
    if not files:
        raise InputError("names no file" if matches else "does not exist", file=argument)
    return files


def _is_known(name: str) -> bool:
    name = name.casefold()
    return name.endswith((*ENDINGS, *ARCHIVES, *(known + packed for known in ENDINGS for packed in COMPRESSED)))


def sources_of(
    publication: Publication, readers: Mapping[str, object], detect: Detect
) -> tuple[list[Source], list[Complaint]]:
    """Make the sources of a publication; complaints are (file, message) of inputs that cannot be used.

    A source's name is its file's name without ending; of two files of one name each gets the shortest folder path
    that tells them apart. The same file given twice is read once. An archive becomes a source a member; what of it
    cannot be opened becomes one, too, that tells why when it is read.
    """
    complaints: list[Complaint] = []
    unique: dict[Path, SourceEntry] = {}
    for entry in publication.sources:
        key = entry.path if str(entry.path) == STANDARD_INPUT else entry.path.resolve()
        if key in unique and unique[key].table == entry.table:
            complaints.append((_label(entry.path, publication.folder), "was given twice; it is read once"))
        else:
            unique[key] = entry
    inputs = [one for entry in unique.values() for one in _inputs(entry, publication)]
    names = _distinguish([one.place for one in inputs])
    whole: dict[str, Source] = {}
    additions: dict[str, list[Source]] = {}
    for one, name in zip(inputs, names, strict=True):
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
        for one, name in zip(inputs, names, strict=True)
        if one.entry.of is None and name != _stem(one.place)
    ]
    return list(whole.values()), complaints


@dataclass(frozen=True)
class _Input:
    """What becomes one source. ``place`` is its whole path, with an archive as the folder of its members: names come of it."""

    entry: SourceEntry
    place: PurePath
    file: str
    packed: Packed | None = None


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
        inputs.append(_Input(entry, place.with_name(_stem(place)).joinpath(*parts), f"{file}!{shown}", packed))
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


def _stem(path: PurePath) -> str:
    name = path.name
    for endings in (COMPRESSED, (*ENDINGS, *ARCHIVES)):
        for ending in endings:
            if name.casefold().endswith(ending) and len(name) > len(ending):
                name = name[: -len(ending)]
                break
    return name


def _distinguish(places: list[PurePath]) -> list[str]:
    stems, met = [], Counter[PurePath]()
    for place in places:  # what no folder tells apart is counted: one name with two endings, or twice in an archive
        stem = _stem(place)
        met[place.with_name(stem)] += 1
        count = met[place.with_name(stem)]
        stems.append(stem if count == 1 else f"{stem}~{count}")
    names, depth = stems, 1
    while max((counts := Counter(names)).values(), default=1) > 1:
        longer = [
            "-".join([*place.parts[-1 - depth : -1], stem]).lstrip("/") if counts[name] > 1 else name
            for name, place, stem in zip(names, places, stems, strict=True)
        ]
        if longer == names:  # not even whole paths differ, once their parts are joined
            longer = [f"{name}~{at}" if counts[name] > 1 else name for at, name in enumerate(names, 1)]
        names, depth = longer, depth + 1
    return names
