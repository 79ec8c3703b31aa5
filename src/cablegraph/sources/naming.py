"""How sources are named: after their files, told apart by as much of their folders as it takes."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath

from cablegraph.sources.archives import ARCHIVES, COMPRESSED

#: Files that a folder or an archive given as SOURCE is searched for; a folder also for compressed ones and archives.
ENDINGS = (".xml", ".txt", ".csv", ".tsv", ".jsonl", ".parquet", ".xlsx", ".xls", ".ods")


def unpacked_name(path: PurePath) -> str:
    """The name of a file without the ending that says how it is compressed, in lower case."""
    name = path.name.casefold()
    return next((name.removesuffix(ending) for ending in COMPRESSED if name.endswith(ending)), name)


def stem(path: PurePath) -> str:
    """The name of a file without its endings, which is that of its source."""
    name = path.name
    for endings in (COMPRESSED, (*ENDINGS, *ARCHIVES)):
        for ending in endings:
            if name.casefold().endswith(ending) and len(name) > len(ending):
                name = name[: -len(ending)]
                break
    return name


def distinguish(places: list[PurePath]) -> list[str]:
    """A name for each of the places: its own, or with the shortest part of its folders that tells it from the others."""
    stems, met = [], Counter[PurePath]()
    for place in places:  # what no folder tells apart is counted: one name with two endings, or twice in an archive
        own = stem(place)
        met[place.with_name(own)] += 1
        count = met[place.with_name(own)]
        stems.append(own if count == 1 else f"{own}~{count}")
    names, depth = stems, 1
    while max((counts := Counter(names)).values(), default=1) > 1:
        longer = [
            "-".join([*place.parts[-1 - depth : -1], own]).lstrip("/") if counts[name] > 1 else name
            for name, place, own in zip(names, places, stems, strict=True)
        ]
        if longer == names:  # not even whole paths differ, once their parts are joined
            longer = [f"{name}~{at}" if counts[name] > 1 else name for at, name in enumerate(names, 1)]
        names, depth = longer, depth + 1
    return names
