"""cablegraph.toml: what is read, and how each fault is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph.errors import InputError
from cablegraph.publication import read_publication

GOOD = """text = "full"
[publication]
name = "test"
base = "https://data.example/x/"
issued = 2026-01-02
[publication.publisher]
name = "A library"
[[source]]
reader = "sheet"
path = "a.csv"
columns = { "No." = "number" }
[authorities]
persons = "persons.csv"
[release]
dumps = ["nt", "ttl"]
"""


def read(folder: Path, text: str) -> object:
    (folder / "cablegraph.toml").write_text(text, encoding="utf-8")
    return read_publication(folder / "cablegraph.toml", folder)


def test_a_configuration_is_read(tmp_path: Path) -> None:
    """Every setting finds its place; dumps keep the order of the formats, dates become text."""
    (tmp_path / "cablegraph.toml").write_text(GOOD, encoding="utf-8")
    publication = read_publication(tmp_path / "cablegraph.toml", tmp_path)
    assert (publication.name, publication.issued, publication.text) == ("test", "2026-01-02", "full")
    assert publication.dumps == ("ttl", "nt")
    assert publication.sources[0].columns == {"No.": "number"}
    assert publication.authorities == {"persons": tmp_path / "persons.csv"}
    assert "title" in publication.unset
    assert "base" not in publication.unset


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("issued", "isued", 5, "is not a key"),
        ('name = "A library"', 'name = "A library"\niri = "no iri"', 8, "is no http"),
        ('name = "A library"', 'name = "A library"\nemail = "nobody"', 8, "is no e-mail"),
        ('name = "test"', 'name = "test"\nlanguage = "not one"', 4, "is no language tag"),
        ('"full"', '"some"', 1, "must be one of none, full"),
        ("https://data.example/x/", "no iri", 4, "is no http"),
        ("example/x/", "example/x", 4, "must end with"),
        ('"a.csv"', '"../a.csv"', 10, "leads out of"),
        ('"a.csv"', '"/etc/passwd"', 10, "leads out of"),
        ('"a.csv"', '"https://x/a.csv"', 10, "leads out of"),
        ('["nt", "ttl"]', '["xml"]', 15, "must be a list of"),
        ("dumps", "split = 0\ndumps", 15, "number of records"),
        ("dumps", "split = true\ndumps", 15, "number of records"),
        ("dumps", 'split = "graph"\ndumps', 15, "number of records"),
        ("dumps", 'compress = "zip"\ndumps', 15, "one of none, gzip, zstd"),
        ('name = "test"', 'name = "Test Name"', 3, "must be a file name"),
        ("[release]", "[release", 14, "no valid TOML"),
    ],
)
def test_a_fault_names_its_line(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    """Unknown keys, values that do not fit and paths that lead out are errors with file and line."""
    assert old in GOOD
    with pytest.raises(InputError, match=message) as caught:
        read(tmp_path, GOOD.replace(old, new, 1))
    assert caught.value.line == line


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """A path that is a symbolic link to somewhere else is refused."""
    (tmp_path / "elsewhere").mkdir()
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "elsewhere" / "a.csv").write_text("x")
    (inside / "a.csv").symlink_to(tmp_path / "elsewhere" / "a.csv")
    with pytest.raises(InputError, match="link out of"):
        read(inside, GOOD)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    """A configuration that is named but not there is an error with its name."""
    with pytest.raises(InputError, match="cannot be read"):
        read_publication(tmp_path / "none.toml", tmp_path)
