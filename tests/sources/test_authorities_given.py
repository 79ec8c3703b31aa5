"""How the directories are given: folders, archives and single files, with volumes among them, in one run one source."""

from __future__ import annotations

import gzip
import hashlib
import io
import tarfile
import zipfile
from pathlib import Path

import pytest
from directories import FILES, Tables, by_key, person, read, read_files, told, write
from hypothesis import given, settings
from hypothesis import strategies as st

from cablegraph import pipeline
from cablegraph.errors import InputError
from cablegraph.publication import Limits, Publication, read_publication
from cablegraph.register import DIRECTORY_TABLES, rows
from cablegraph.reuse import Kept
from cablegraph.sources import READERS, detect, entries_from, read_sources
from cablegraph.sources.authorities import looks_like_authority
from cablegraph.sources.authorities.trees import root_name
from cablegraph.sources.source import Source

VOLUME = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>
<div type="document" xml:id="d1" n="1"><head>1. Memorandum</head><p>A text.</p></div></body></text></TEI>"""


def packed(path: Path, files: dict[str, str]) -> Path:
    """An archive of files, a zip or a tar.gz by its name."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        return path
    with tarfile.open(path, "w:gz") as tar:
        for name, text in reversed(files.items()):
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            tar.addfile(member, io.BytesIO(text.encode()))
    return path


def without_places(tables: Tables) -> Tables:
    return {
        name: [{key: row[key] for key in row if key != "source_file"} for row in tables[name]]
        for name in (*DIRECTORY_TABLES, "identifiers", "findings")
    }


@pytest.mark.parametrize("name", ["given.zip", "given.tar.gz"])
@pytest.mark.parametrize("reader", ["", "authorities:"])
def test_an_archive_gives_the_rows_of_a_folder(tmp_path: Path, name: str, reader: str) -> None:
    """Rows do not depend on how the files are packed; an archive is one source, with its own checksum and size."""
    write(tmp_path / "folder", FILES)
    archive = packed(tmp_path / name, FILES)
    tables = read(tmp_path, f"{reader}{name}")
    assert without_places(tables) == without_places(read(tmp_path, f"{reader}folder"))
    (source,) = tables["sources"]
    assert (source["source"], source["reader"], source["source_file"], source["documents"]) == (
        "given",
        "authorities",
        name,
        0,
    )
    assert (source["sha256"], source["bytes"]) == (
        hashlib.sha256(archive.read_bytes()).hexdigest(),
        archive.stat().st_size,
    )
    assert by_key(tables, "persons")["100810"]["source_file"] == f"{name}!100810.xml"


def test_a_folder_is_one_source_with_the_checksum_of_its_files(tmp_path: Path) -> None:
    """The checksum of a folder is that of its files, one after the other in the order of their names."""
    files = {"given/1.xml": person("1", "A, B"), "given/a/2.xml": person("2", "C, D")}
    write(tmp_path, files)
    (source,) = read(tmp_path, "given")["sources"]
    content = "".join(files.values()).encode()
    assert (source["source_file"], source["bytes"], source["sha256"]) == (
        "given",
        len(content),
        hashlib.sha256(content).hexdigest(),
    )


def test_volumes_and_directories_in_one_archive(tmp_path: Path) -> None:
    """What is in an archive is told apart by its content: volumes stay sources of their own."""
    packed(tmp_path / "all.zip", FILES | {"frus1964-68v28.xml": VOLUME})
    tables = read(tmp_path, "all.zip", jobs=2)
    assert [(row["source"], row["reader"]) for row in tables["sources"]] == [
        ("frus1964-68v28", "frus"),
        ("all", "authorities"),
    ]
    assert [row["record"] for row in tables["records"]] == ["frus1964-68v28/d1"]
    assert "100810" in by_key(tables, "persons")


def test_single_files_and_files_elsewhere(tmp_path: Path) -> None:
    """Files given by themselves are one source together; what lies outside is named by the folder that was given."""
    write(
        tmp_path,
        {"x/a/1.xml": person("1", "A, B"), "x/b/2.xml": person("2", "C, D"), "y/people/3.xml": person("3", "E, F")},
    )
    (tmp_path / "x/b/4.xml.gz").write_bytes(gzip.compress(person("4", "G, H").encode()))
    tables = read(tmp_path, "x/a/1.xml", "x/b/2.xml", "x/b/4.xml.gz")
    assert [(row["source"], row["source_file"]) for row in tables["sources"]] == [("x", "x")]
    assert [row["source_file"] for row in tables["persons"]] == ["x/a/1.xml", "x/b/2.xml", "x/b/4.xml.gz"]
    assert [row["source"] for row in read(tmp_path, "x/a/1.xml")["sources"]] == ["1"]
    (tmp_path / "inner").mkdir()
    tables = read(tmp_path / "inner", "../y/people")
    assert [row["source_file"] for row in (*tables["persons"], *tables["sources"])] == ["people/3.xml", "people"]


def test_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A single file may come from standard input."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(person("1", "A, B").encode())))
    assert [row["key"] for row in read(tmp_path, "-")["persons"]] == ["1"]


def test_configured(tmp_path: Path) -> None:
    """``historian`` names files, folders or a list of them; SOURCE arguments do not replace it."""
    packed(tmp_path / "people.tar.gz", {name: text for name, text in FILES.items() if name.startswith("people")})
    write(
        tmp_path,
        {name: text for name, text in FILES.items() if not name.startswith("people")} | {"v/frus1.xml": VOLUME},
    )
    (tmp_path / "cablegraph.toml").write_text(
        '[[source]]\npath = "v"\n[authorities]\nhistorian = ["people.tar.gz", "pocom", "gsh"]\npublish = "all"\n'
    )
    publication = read_publication(tmp_path / "cablegraph.toml", tmp_path)
    assert publication.publish_authorities == "all"
    for sources in (publication.sources, entries_from(["v/frus1.xml"], READERS, tmp_path)):
        pipeline.read(publication.with_sources(sources), tmp_path / "out", pipeline.Options())
        found = [row["source"] for row in rows(tmp_path / "out", "sources")]
        assert found == ["frus1", "people", "pocom", "gsh"]


def test_what_was_read_is_kept(tmp_path: Path) -> None:
    """A later run takes what an earlier one read of the directories, unless a file of them has changed."""
    write(tmp_path / "given", FILES)
    publication = Publication(tmp_path, sources=entries_from(["given"], READERS, tmp_path))
    told_of, registers = [], []
    for run, text in enumerate((None, None, person("100810", "Ball, George"))):
        if text:
            write(tmp_path / "given", {"people/100810.xml": text})
        kept = Kept(tmp_path / f"kept{run - 1}" if run else None, tmp_path / f"kept{run}")
        read_sources(publication, tmp_path / f"register{run}", kept=kept, tell=told_of.append)
        registers.append(list(rows(tmp_path / f"register{run}", "persons")))
    assert told_of == ["read given", "kept, since nothing changed: given", "read given"]
    assert registers[0] == registers[1] != registers[2]


def test_elements_nested_without_end(tmp_path: Path) -> None:
    """A file of many thousand nested elements is read like any other."""
    nested = f"<person><id>1</id>{'<x>' * 100_000}{'</x>' * 100_000}</person>"
    assert [row["key"] for row in read_files(tmp_path, {"1.xml": nested})["persons"]] == ["1"]


@pytest.mark.parametrize(
    ("said", "message"),
    [('historian = "none.zip"', "does not exist"), ('historian = ["../a"]', "leads out"), ("historian = 3", "must be a path"),
     ('publish = "some"', "must be one of used, all")],
)  # fmt: skip
def test_wrong_settings(tmp_path: Path, said: str, message: str) -> None:
    """A setting that does not fit is an error with its line."""
    (tmp_path / "cablegraph.toml").write_text(f"[authorities]\n{said}\n")
    with pytest.raises(InputError, match=message) as caught:
        read_publication(tmp_path / "cablegraph.toml", tmp_path)
    assert caught.value.line == 2


def test_a_link_out_of_a_configured_folder(tmp_path: Path) -> None:
    """A configured folder that holds a link to somewhere else is refused."""
    write(tmp_path, {"in/people/1.xml": person("1", "A, B"), "secret.xml": person("2", "C, D")})
    (tmp_path / "in/people/2.xml").symlink_to(tmp_path / "secret.xml")
    (tmp_path / "in/cablegraph.toml").write_text('[authorities]\nhistorian = "people"\n')
    with pytest.raises(InputError, match="link that leads out"):
        pipeline.read(read_publication(tmp_path / "in/cablegraph.toml", tmp_path), tmp_path / "out", pipeline.Options())


def test_files_that_no_directory_has(tmp_path: Path) -> None:
    """With the reader said, a file with another root or none is a finding; where nothing can be read, an error."""
    write(tmp_path / "given", {"1.xml": person("1", "A, B"), "2.xml": "<visit/>", "3.txt": "no XML", "4.xml": ""})
    tables = read(tmp_path, "authorities:given")
    assert told(tables) == [("unknown file", "visit"), ("unreadable file", None), ("unreadable file", None)]
    with pytest.raises(InputError, match="not well-formed"):
        read(tmp_path, "authorities:given/3.txt")


def test_limits_hold(tmp_path: Path) -> None:
    """An archive that unfolds beyond the limits is refused."""
    packed(tmp_path / "a.tar.gz", {"1.xml": person("1", "A, B")})
    entries = entries_from(["authorities:a.tar.gz"], READERS, tmp_path)
    publication = Publication(tmp_path, sources=entries, limits=Limits(size=100))
    with pytest.raises(InputError, match="limit of 100 bytes"):
        pipeline.read(publication, tmp_path / "out", pipeline.Options())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (person("1", "A, B"), "person"),
        ('\ufeff<?xml version="1.0"?>\n<!-- <TEI> -->\n<!DOCTYPE post [<!ENTITY a ">">]><post/>', "post"),
        ("<!-- no end", ""),
        ("<?xml?>" * 20_000, ""),
        (VOLUME, "TEI"),
        ("text", ""),
    ],
)  # fmt: skip
def test_told_from_the_root(text: str, name: str) -> None:
    """The reader is told from the root element, behind whatever may stand before it."""
    assert root_name(text.encode()) == name
    assert looks_like_authority(text.encode()) == (name in ("person", "post"))
    if name:
        assert detect(text.encode(), "x.xml") == ("frus" if name == "TEI" else "authorities")


_TAGS = st.sampled_from(["person", "post", "locale", "territory", "region", "country", "country-mission", "principal-position", "chiefs",
                         "chief", "principal", "id", "names", "name", "originals", "original", "source-url", "started", "date", "persName",
                         "latitude", "valid-since", "code-table", "concurrent-appointments", "chief-id"])  # fmt: skip
_TEXTS = st.one_of(
    st.sampled_from(
        ["", "a", "..", "a#b", "9999", "-5", "91", "1963-08-26", "https://history.state.gov/departmenthistory/people/a"]
    ),
    st.text(max_size=12),
)


def _escaped(text: str) -> str:
    return "".join(c for c in text if c.isprintable()).replace("&", "&amp;").replace("<", "&lt;")


_TREES = st.recursive(
    _TEXTS.map(_escaped), lambda inner: st.tuples(_TAGS, st.lists(inner, max_size=4)).map(lambda t: f"<{t[0]}>{''.join(t[1])}</{t[0]}>"), max_leaves=12
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.one_of(st.binary(max_size=80), _TREES.map(str.encode), st.just(person("1", "A, B").encode())),
        min_size=1,
        max_size=4,
    )
)
def test_any_bytes_give_rows_or_an_input_error(files: list[bytes]) -> None:
    """Whatever stands in the files: rows and findings, or, where none can be read, an error that names one."""
    members = tuple(Source("", f"{n}.xml", None, "authorities", content) for n, content in enumerate(files))
    source = Source(
        "authorities", "x", None, "authorities", members=(Source("x", "x", None, "authorities", members=members),)
    )
    try:
        entries = list(READERS["authorities"](source))
    except InputError as error:
        assert error.file is not None
        return
    keys = [(table, row["key"]) for table, row in entries if "key" in row]
    assert len(keys) == len(set(keys))
    assert all(row["source_line"] >= 1 for _, row in entries)
