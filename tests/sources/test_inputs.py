"""From SOURCE arguments to the list of sources."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from cablegraph.errors import InputError
from cablegraph.publication import Publication, SourceEntry
from cablegraph.sources import READERS, detect, entries_from
from cablegraph.sources.inputs import sources_of
from cablegraph.sources.source import Source


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of files, two of them of one name."""
    for name in ("one.csv", "two.txt", "deep/one.csv", "deep/notes.md", "other/deep/one.csv"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("document,number\na,1\n")
    return tmp_path


def named(folder: Path, *arguments: str) -> list[tuple[str, str]]:
    """The names and files of the sources that arguments give."""
    publication = Publication(folder, sources=entries_from(arguments, READERS, folder))
    sources, _ = sources_of(publication, READERS, detect)
    return [(source.name, source.file) for source in sources]


def test_path_and_reader(folder: Path) -> None:
    """An argument is a path, perhaps behind the name of its reader."""
    (plain, said) = entries_from(["one.csv", "transcript:two.txt"], READERS, folder)
    assert (plain.path, plain.reader) == (folder / "one.csv", None)
    assert (said.path, said.reader) == (folder / "two.txt", "transcript")


def test_folder_and_glob(folder: Path) -> None:
    """A folder gives the files in it that a reader may know, a glob those that match, both in order of their names."""
    assert [entry.path.name for entry in entries_from(["deep"], READERS, folder)] == ["one.csv"]
    for name in ("a.zip", "b.tar.gz", "c.TGZ", "d.xml.gz", "e.txt.zst", "f.gz", "g.png.gz", "h.7z"):
        (folder / "other" / name).write_bytes(b"")
    found = [entry.path.name for entry in entries_from(["other"], READERS, folder)]
    assert found == ["a.zip", "b.tar.gz", "c.TGZ", "d.xml.gz", "one.csv", "e.txt.zst"]
    found = [entry.path for entry in entries_from(["**/one.csv"], READERS, folder)]
    assert found == [folder / "deep/one.csv", folder / "one.csv", folder / "other/deep/one.csv"]


@pytest.mark.parametrize(
    ("argument", "message"),
    [("none.csv", "does not exist"), ("none/*.csv", "does not exist"), ("sheet:none.csv", "does not exist"),
     ("d*p", "names no file"), ("x" * 5000, "cannot be read|does not exist")],
)  # fmt: skip
def test_arguments_that_name_nothing(folder: Path, argument: str, message: str) -> None:
    """An argument that names no file is refused, and the message names it."""
    with pytest.raises(InputError, match=message) as caught:
        entries_from([argument], READERS, folder)
    assert caught.value.file == argument.removeprefix("sheet:")


def test_empty_folder(folder: Path) -> None:
    """A folder without a file that a reader knows is refused."""
    (folder / "deep" / "one.csv").unlink()
    with pytest.raises(InputError, match="no file that a reader knows"):
        entries_from(["deep"], READERS, folder)


def test_names_are_made_unique(folder: Path) -> None:
    """Files of one name get the shortest folders that tell them apart, and a complaint says so."""
    assert named(folder, "one.csv", "two.txt") == [("one", "one.csv"), ("two", "two.txt")]
    names = named(folder, "deep/one.csv", "other/deep/one.csv", "two.txt")
    assert names == [
        (f"{folder.name}-deep-one", "deep/one.csv"),
        ("other-deep-one", "other/deep/one.csv"),
        ("two", "two.txt"),
    ]
    publication = Publication(folder, sources=entries_from(["deep", "one.csv"], READERS, folder))
    _, complaints = sources_of(publication, READERS, detect)
    assert sorted(file for file, _ in complaints) == ["deep/one.csv", "one.csv"]


def test_same_file_twice(folder: Path) -> None:
    """A file that is given twice is read once, and a complaint says so."""
    publication = Publication(folder, sources=entries_from(["one.csv", "./one.csv"], READERS, folder))
    sources, complaints = sources_of(publication, READERS, detect)
    assert [source.name for source in sources] == ["one"]
    assert complaints == [("one.csv", "was given twice; it is read once")]


def test_one_name_with_two_endings(folder: Path) -> None:
    """Files that differ only in their ending are counted; where they lie does not show in their names."""
    (folder / "one.tsv").write_text("document\tnumber\n")
    (folder / "one.csv.gz").write_bytes(gzip.compress(b"document,number\na,1\n"))
    names = [name for name, _ in named(folder, "one.csv", "one.tsv", "one.csv.gz", "two.txt")]
    assert names == ["one", "one~2", "one~3", "two"]


def test_file_outside_the_publication(folder: Path) -> None:
    """A file that lies elsewhere goes by its base name: no absolute path is written."""
    inner = folder / "deep"
    publication = Publication(inner, sources=entries_from(["../two.txt"], READERS, inner))
    sources, _ = sources_of(publication, READERS, detect)
    assert sources[0].file == "two.txt"


def test_standard_input(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``-`` is standard input; its reader is told from what it holds."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"document,number\na,1\n")))
    publication = Publication(folder, sources=entries_from(["-"], READERS, folder))
    ((source,), _) = sources_of(publication, READERS, detect)
    assert (source.name, source.file, source.reader) == ("stdin", "-", "sheet")
    assert source.open().read() == b"document,number\na,1\n"


def test_additions(folder: Path) -> None:
    """A sheet that adds to another belongs to it; one that adds to no source is refused."""
    added = SourceEntry(folder / "deep/one.csv", "sheet", "references", of="two")
    publication = Publication(folder, sources=(SourceEntry(folder / "two.txt", "sheet"), added))
    (source,), _ = sources_of(publication, READERS, detect)
    assert [addition.table for addition in source.additions] == ["references"]
    with pytest.raises(InputError, match="no source"):
        sources_of(Publication(folder, sources=(added,)), READERS, detect)


def test_unknown_reader(folder: Path) -> None:
    """A reader that does not exist is refused, with those that do."""
    publication = Publication(folder, sources=(SourceEntry(folder / "one.csv", "books"),))
    with pytest.raises(InputError, match="no reader 'books'") as caught:
        sources_of(publication, READERS, detect)
    assert caught.value.hint is not None
    assert all(name in caught.value.hint for name in READERS)


def test_file_that_cannot_be_opened(tmp_path: Path) -> None:
    """A source that cannot be opened is refused with the system's reason."""
    with pytest.raises(InputError, match="cannot be read"):
        Source("x", "x", tmp_path, "sheet").open()
    with pytest.raises(InputError, match="cannot be read"):
        next(Source("x", "x", tmp_path / "none", "sheet").blocks())
