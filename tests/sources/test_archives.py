"""Compressed files and archives: read as the files in them are, and refused where they would do harm."""

from __future__ import annotations

import copy
import gzip
import io
import pickle
import struct
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from material import INCOMING

from cablegraph import pipeline
from cablegraph.errors import InputError
from cablegraph.publication import Limits, Publication, SourceEntry, read_publication
from cablegraph.register import rows
from cablegraph.sources import READERS, detect, entries_from, read_sources
from cablegraph.sources.inputs import ENDINGS, sources_of
from cablegraph.sources.source import Source
from registers import publication as whole_publication

HEADER = "document,number,direction,from_text,to_text,sent\n"
ONE = f"{HEADER}1,1862,incoming,USUN,Department of State,1962-11-19\n".encode()
TWO = f"{HEADER}2,1863,incoming,USUN,Department of State,1962-11-20\n".encode()
FILES = {"one.csv": ONE, "talk.txt": INCOMING.encode(), "two.csv": TWO}
ZEROS = b"0" * (1 << 24)
GZIP_ALONE, ZSTD_ALONE = "a.csv.gz", "a.csv.zst"
DEFAULT = Limits()


def zipped(path: Path, files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """A zip; names that are no names of files are written as they are."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def tarred(path: Path, files: dict[str, bytes], mode: str = "w:gz", *others: tarfile.TarInfo) -> Path:
    """A tar of files in the order given, and of other members without content."""
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        for member in others:
            archive.addfile(member)
    return path


def zstd(data: bytes) -> bytes:
    return pa.compress(data, codec="zstd", asbytes=True)  # type: ignore[no-any-return]


def folder_of(path: Path, files: dict[str, bytes], pack: Callable[[bytes], bytes], ending: str) -> Path:
    path.mkdir()
    for name, data in files.items():
        (path / f"{name}{ending}").write_bytes(pack(data))
    return path


FORMS: dict[str, Callable[[Path], Path]] = {
    "zip": lambda folder: zipped(folder / "a.zip", FILES),
    "zip, stored": lambda folder: zipped(folder / "a.zip", FILES, zipfile.ZIP_STORED),
    "tar.gz": lambda folder: tarred(folder / "a.tar.gz", dict(reversed(FILES.items()))),
    "tar": lambda folder: tarred(folder / "a.tar", FILES, "w"),
    "gzip": lambda folder: folder_of(folder / "a", FILES, gzip.compress, ".gz"),
    "zstd": lambda folder: folder_of(folder / "a", FILES, zstd, ".zst"),
    "zip with an ending of its own": lambda folder: zipped(folder / "a.csv", FILES),
    "gzip in parts": lambda folder: folder_of(
        folder / "a", FILES, lambda data: gzip.compress(data[:50]) + gzip.compress(data[50:]) + bytes(100), ".gz"
    ),
    "zstd in parts": lambda folder: folder_of(
        folder / "a", FILES, lambda data: zstd(data[:50]) + b"\x50\x2a\x4d\x18\x01\0\0\0x" + zstd(data[50:]), ".zst"
    ),
}


def read(out: Path, *given: Path, limits: Limits = DEFAULT, **options: Any) -> dict[str, list[dict[str, Any]]]:
    """The tables of the register that files give."""
    entries = entries_from([str(path) for path in given], READERS, out.parent)
    out.mkdir(parents=True)
    read_sources(Publication(out.parent, sources=entries, limits=limits), out / "register", **options)
    return {path.stem: list(rows(out / "register", path.stem)) for path in (out / "register").glob("*.parquet")}


def sources(folder: Path, *given: Path, limits: Limits = DEFAULT) -> list[Source]:
    entries = entries_from([str(path) for path in given], READERS, folder)
    return sources_of(Publication(folder, sources=entries, limits=limits), READERS, detect)[0]


def without_files(tables: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    return {
        table: [{key: value for key, value in row.items() if key != "source_file"} for row in found]
        for table, found in tables.items()
    }


def bad(path: Path, limits: Limits = DEFAULT) -> str:
    """Why the only source of a file cannot be read; the message begins with the name of the file or member."""
    with pytest.raises(InputError) as caught:
        for source in sources(path.parent, path, limits=limits):
            for _ in source.blocks():
                pass
    return str(caught.value)


@pytest.mark.parametrize("form", FORMS)
def test_each_form_gives_the_register_of_the_plain_files(tmp_path: Path, form: str) -> None:
    """Compressed, or as members of an archive in any order: the rows are those of the files, but for the files' names."""
    (tmp_path / "packed").mkdir()
    plain = read(tmp_path / "1", folder_of(tmp_path / "plain", FILES, lambda data: data, ""))
    packed = read(tmp_path / "2", FORMS[form](tmp_path / "packed"))
    assert len(plain["records"]) == 3
    assert [row["source"] for row in plain["sources"]] == ["one", "talk", "two"]
    assert without_files(packed) == without_files(plain)


def test_names_of_members(tmp_path: Path) -> None:
    """A member is called by its own name, in the register behind that of its archive."""
    found = sources(tmp_path, zipped(tmp_path / "a.zip", FILES | {"read.me": b"x", "__MACOSX/._one.csv": b"x"}))
    assert [(source.name, source.file) for source in found] == [
        ("one", "a.zip!one.csv"), ("talk", "a.zip!talk.txt"), ("two", "a.zip!two.csv"),
    ]  # fmt: skip
    (single,) = sources(tmp_path, folder_of(tmp_path / "b", {"v12.xml": b"<TEI/>"}, gzip.compress, ".GZ"))
    assert (single.name, single.file) == ("v12", "b/v12.xml.GZ")


def test_members_of_one_name(tmp_path: Path) -> None:
    """Members of one name get what tells them apart: a folder, their archive, or a number."""
    first = zipped(tmp_path / "a.zip", {"x/one.csv": ONE, "y/one.csv": TWO})
    assert [source.name for source in sources(tmp_path, first)] == ["x-one", "y-one"]
    assert [source.file for source in sources(tmp_path, first)] == ["a.zip!x/one.csv", "a.zip!y/one.csv"]
    second = tarred(tmp_path / "b.tgz", {"one.csv": ONE})
    third = tarred(tmp_path / "c.tgz", {"one.csv": ONE})
    assert [source.name for source in sources(tmp_path, second, third)] == ["b-one", "c-one"]
    with pytest.warns(UserWarning), zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        archive.writestr("one.csv", ONE)
        archive.writestr("one.csv", TWO)
    twice = sources(tmp_path, tmp_path / "d.zip")
    assert [(source.name, source.file) for source in twice] == [("one", "d.zip!one.csv"), ("one~2", "d.zip!one.csv~2")]
    assert [b"".join(source.blocks()) for source in twice] == [ONE, TWO]


@pytest.mark.parametrize(
    "name",
    [
        "/etc/one.csv",
        "../../one.csv",
        "..\\one.csv",
        "C:\\docs\\one.csv",
        "C:one.csv",
        "a/../one.csv",
        "\\\\host\\one.csv",
    ],
)
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_name_that_leads_elsewhere_is_only_a_name(tmp_path: Path, pack: Callable[..., Path], name: str) -> None:
    """Nothing is written or read where a member's name leads to: only its last part is kept."""
    (tmp_path / "in").mkdir()
    (source,) = sources(tmp_path, pack(tmp_path / "in" / "a.x", {name: ONE}))
    assert (source.name, source.file) == ("one", "in/a.x!one.csv")
    assert b"".join(source.blocks()) == ONE
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "a.x"]


def test_names_that_cannot_be_printed(tmp_path: Path) -> None:
    """Control characters, and bytes that are no text, do not reach the register."""
    tarred(tmp_path / "a.tar", {"o\nn\x1be\udcff.csv": ONE}, "w")
    assert [source.file for source in sources(tmp_path, tmp_path / "a.tar")] == ["a.tar!o_n_e_.csv"]
    cut = zipped(tmp_path / "a.zip", {"one.csvX.exe": ONE})
    cut.write_bytes(cut.read_bytes().replace(b"csvX", b"csv\0"))
    assert [source.file for source in sources(tmp_path, cut)] == ["a.zip!one.csv"]


def test_links_and_devices_are_not_followed(tmp_path: Path) -> None:
    """A link or a device in an archive is a finding; the files beside it are read."""
    others = []
    for name, kind in (("hard.csv", tarfile.LNKTYPE), ("soft.csv", tarfile.SYMTYPE), ("null.csv", tarfile.CHRTYPE),
                       ("pipe.csv", tarfile.FIFOTYPE)):  # fmt: skip
        member = tarfile.TarInfo(name)
        member.type, member.linkname = kind, "/etc/passwd"
        others.append(member)
    tar = read(tmp_path / "1", tarred(tmp_path / "a.tgz", {"one.csv": ONE}, "w:gz", *others))
    assert len(tar["records"]) == 1
    assert {row["source_file"] for row in tar["findings"] if "not followed" in row["message"]} == {
        f"a.tgz!{name}.csv" for name in ("hard", "soft", "null", "pipe")
    }
    link = zipfile.ZipInfo("soft.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(zipped(tmp_path / "a.zip", {"one.csv": ONE}), "a") as archive:
        archive.writestr(link, "/etc/passwd")
    found = read(tmp_path / "2", tmp_path / "a.zip")
    assert len(found["records"]) == 1
    assert [row["source_file"] for row in found["findings"]] == ["a.zip!soft.csv"]


def test_an_archive_inside_an_archive_is_not_opened(tmp_path: Path) -> None:
    """It is a finding, by its name or by what it holds, and so is a compressed file."""
    inner = zipped(tmp_path / "inner", {"one.csv": ONE}).read_bytes()
    files = {"one.csv": ONE, "inner.zip": inner, "inner.csv": inner, "two.csv.gz": gzip.compress(TWO)}
    found = read(tmp_path / "1", zipped(tmp_path / "a.zip", files))
    assert [row["source"] for row in found["sources"]] == ["one"]
    assert {row["source_file"]: row["kind"] for row in found["findings"]} == dict.fromkeys(
        ("a.zip!inner.zip", "a.zip!inner.csv", "a.zip!two.csv.gz"), "unreadable source"
    )
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(gzip.compress(ONE)))
    with pytest.raises(InputError, match="is gzip"):
        read(tmp_path / "2", tmp_path / "b.csv.gz")


def test_a_bad_member_is_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    """A member with a wrong checksum is a finding that names it; with ``strict`` it stops the run."""
    path = zipped(tmp_path / "a.zip", FILES, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"1863", b"1864", 1))
    found = read(tmp_path / "1", path)
    assert [row["source"] for row in found["sources"]] == ["one", "talk"]
    (finding,) = (row for row in found["findings"] if row["kind"] == "unreadable source")
    assert (finding["source_file"], finding["message"]) == ("a.zip!two.csv", "is damaged or cut off")
    with pytest.raises(InputError, match=r"^a.zip!two.csv: is damaged") as caught:
        read(tmp_path / "2", path, strict=True)
    assert "fetch it again" in str(caught.value)


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    """What is encrypted is named, and what to do about it."""
    path = zipped(tmp_path / "a.zip", {"one.csv": ONE})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert bad(path) == "a.zip!one.csv: is encrypted (unpack it and give the file itself)"


def test_a_method_that_is_not_read(tmp_path: Path) -> None:
    """Members compressed by bzip2 or LZMA, which would unfold at once, are refused."""
    assert "by a method that is not read" in bad(zipped(tmp_path / "a.zip", {"one.csv": ONE}, zipfile.ZIP_BZIP2))


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", GZIP_ALONE, ZSTD_ALONE])
def test_what_is_cut_off_is_refused(tmp_path: Path, name: str) -> None:
    """An archive or a file that ends too early, wherever, is an error that names it, never fewer rows."""
    path = tmp_path / name
    if name == "a.zip":
        zipped(path, FILES)
    elif name in (GZIP_ALONE, ZSTD_ALONE):
        path.write_bytes(gzip.compress(ONE) if name == GZIP_ALONE else zstd(ONE))
    else:
        tarred(path, FILES, "w:gz" if name == "a.tar.gz" else "w")
    whole = path.read_bytes()
    end = len(whole.rstrip(b"\0")) if name == "a.tar" else len(whole)
    for size in (end - 1, end - 9, end // 2, 20):
        path.write_bytes(whole[:size])
        if name != "a.tar" or size > 262:  # a shorter one is not even known as a tar
            assert bad(path).startswith(f"{name}: is damaged or cut off"), size


@pytest.mark.parametrize("at", [-6, -2, 40])
def test_a_damaged_tar_is_refused_whole(tmp_path: Path, at: int) -> None:
    """A tar has no checksum a member: nobody knows what of it is right."""
    path = tarred(tmp_path / "a.tar.gz", FILES)
    data = bytearray(path.read_bytes())
    data[at] ^= 255
    path.write_bytes(data)
    (source,) = sources(tmp_path, path)
    assert source.file == "a.tar.gz"
    assert bad(path).startswith("a.tar.gz: is damaged or cut off")


def test_headers_that_mislead(tmp_path: Path) -> None:
    """A tar whose headers lead back, or are as long as the memory, is refused."""
    path = tmp_path / "a.tar"
    member = tarfile.TarInfo("one.csv")
    for size in (-1, -512, -1 << 40):
        header = bytearray(member.tobuf(tarfile.GNU_FORMAT))
        header[124:136] = struct.pack(">Iq", 0xFFFFFFFF, size)
        header[148:156] = b"%06o\0 " % (256 + sum(header[:148]) + sum(header[156:512]))
        path.write_bytes(bytes(header) + bytes(2048))
        assert bad(path).startswith("a.tar: is damaged")
    member.type, member.size = tarfile.XHDTYPE, 1 << 33
    path.write_bytes(member.tobuf(tarfile.GNU_FORMAT) + bytes(2048))
    assert bad(path).startswith("a.tar: is damaged")


@pytest.mark.parametrize(
    ("data", "message"),
    [(gzip.compress(b""), "is empty"), (zstd(b""), "is empty"), (gzip.compress(ONE) + b"else", "is damaged"),
     (b"\x1f\x8b", "is damaged"), (b"PK\x03\x04", "is damaged")],
    ids=["empty gzip", "empty zstd", "gzip and more", "cut gzip", "cut zip"],
)  # fmt: skip
def test_compressed_files_that_hold_nothing_to_read(tmp_path: Path, data: bytes, message: str) -> None:
    """What is nothing once it is unpacked is empty, and what follows the end is damage."""
    (tmp_path / "a.csv.gz").write_bytes(data)
    with pytest.raises(InputError, match=message) as caught:
        read(tmp_path / "1", tmp_path / "a.csv.gz")
    assert caught.value.file == "a.csv.gz"


def test_archives_that_hold_nothing_to_read(tmp_path: Path) -> None:
    """An archive without a file that a reader knows is refused, and so is an e-book, which is a zip, too."""
    for path in (
        zipped(tmp_path / "a.zip", {"a.png": b"x"}),
        tarred(tmp_path / "b.tgz", {"a.png": b"x"}),
        zipped(tmp_path / "c.zip", {}),
    ):
        assert bad(path) == f"{path.name}: the archive holds no file that a reader knows ({' '.join(ENDINGS)})"
    book = zipped(tmp_path / "d.epub", {"mimetype": b"application/epub+zip", "content.xml": b"<x/>"})
    assert "is an office document or an e-book" in bad(book)


def test_a_workbook_is_no_archive(tmp_path: Path) -> None:
    """A workbook is a zip to the reader of sheets only."""
    book = zipped(tmp_path / "d.xlsx", {"[Content_Types].xml": b"<x/>", "xl/sheet1.xml": b"<x/>"})
    assert [source.packed for source in sources(tmp_path, book)] == [None]


def bombs(folder: Path) -> list[Path]:
    """Little files that unfold to 64 MiB: flat, in a zip, and in a tar."""
    (folder / GZIP_ALONE).write_bytes(gzip.compress(ZEROS) * 4)
    (folder / ZSTD_ALONE).write_bytes(zstd(ZEROS) * 4)
    return [
        folder / GZIP_ALONE, folder / ZSTD_ALONE, zipped(folder / "a.zip", {"one.csv": ZEROS * 4}),
        tarred(folder / "a.tgz", {"one.csv": ZEROS * 4}),
    ]  # fmt: skip


def test_bombs_end_early_with_little_memory(tmp_path: Path) -> None:
    """What unfolds to more than 100 times its size is stopped; the message says which limit it was, and how to raise it."""
    for path in bombs(tmp_path):
        tracemalloc.start()
        message = bad(path)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert "unfolds to more than 100 times its compressed size" in message
        assert "raise limits.ratio in cablegraph.toml" in message
        assert peak < 8 << 20


def test_limits_are_configured(tmp_path: Path) -> None:
    """With another ratio the same files are read, with as little memory, up to the size."""
    for path in bombs(tmp_path):
        (source,) = sources(tmp_path, path, limits=Limits(ratio=100_000))
        tracemalloc.start()
        assert sum(map(len, source.blocks())) == 4 * len(ZEROS)
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
        tracemalloc.stop()
        message = bad(path, Limits(100_000, 1 << 20))
        assert "unfolds to more than the limit of 1048576 bytes (raise limits.size in cablegraph.toml)" in message


def test_a_bomb_beside_a_good_member(tmp_path: Path) -> None:
    """In a zip only the bomb is refused; a zip whose members are too large together is refused whole."""
    found = read(tmp_path / "1", zipped(tmp_path / "a.zip", {"one.csv": ONE, "bomb.csv": ZEROS}))
    assert [row["source"] for row in found["sources"]] == ["one"]
    assert [row["source_file"] for row in found["findings"]] == ["a.zip!bomb.csv"]
    assert bad(zipped(tmp_path / "b.zip", FILES), Limits(size=len(ONE) + 1)).startswith("b.zip")


def test_members_that_overlap(tmp_path: Path) -> None:
    """A zip that counts the same bytes as several members is a bomb."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("one.csv", ONE * 100)
        for number in range(3):
            again = copy.copy(archive.filelist[0])
            again.filename = f"{number}.csv"
            archive.filelist.append(again)
    assert "overlap" in bad(tmp_path / "a.zip")


def test_limits_in_the_configuration(tmp_path: Path) -> None:
    """[limits] takes a ratio and a size, in bytes or with a unit; what does not fit is an error with its line."""
    path = tmp_path / "cablegraph.toml"
    assert read_publication(None, tmp_path).limits == Limits(100, 4 << 30)
    for text, size in (('"4 GiB"', 4 << 30), ('"10MiB"', 10 << 20), ("1000", 1000)):
        path.write_text(f"[limits]\nratio = 7\nsize = {text}\n")
        assert read_publication(path, tmp_path).limits == Limits(7, size)
    for text, line in (
        ('ratio = "7"', 2),
        ("ratio = 0", 2),
        ("size = true", 2),
        ('size = "4 GB"', 2),
        ("depth = 3", 2),
    ):
        path.write_text(f"[limits]\n{text}\n")
        with pytest.raises(InputError) as caught:
            read_publication(path, tmp_path)
        assert (caught.value.line, caught.value.field) == (line, f"limits.{text.split()[0]}")


@pytest.mark.parametrize("pack", [gzip.compress, zstd, bytes])
def test_standard_input_may_be_compressed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: Callable[[bytes], bytes]
) -> None:
    """``-`` is unpacked where it is compressed; its reader is told from what is inside."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(pack(ONE))))
    found = read(tmp_path / "1", Path("-"))
    assert [(row["source"], row["reader"], row["bytes"]) for row in found["sources"]] == [("stdin", "sheet", len(ONE))]


def test_a_bomb_on_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits hold for standard input, too, and an archive on it is refused."""
    for data, message in (
        (gzip.compress(ZEROS), "like no source|unfolds"),
        (zipped(tmp_path / "a", FILES).read_bytes(), "ZIP"),
    ):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        with pytest.raises(InputError, match=message):
            read(tmp_path / message, Path("-"))
    source = Source("stdin", "-", None, "sheet", gzip.compress(ZEROS))
    packed = sources(tmp_path, tarred(tmp_path / "b.tgz", {"one.csv": ONE}))[0].packed
    assert packed is not None
    with pytest.raises(InputError, match="100 times"):
        list(
            Source(
                source.name, source.file, None, "sheet", source.content, packed=type(packed)("gzip", Limits())
            ).blocks()
        )


def test_members_are_read_in_any_order(tmp_path: Path) -> None:
    """Members of a large tar.gz, opened in any order and again, each give their own bytes; sources cross processes."""
    files = {f"{number:02}.csv": str(number).encode() * (1 << 19) for number in range(90, 10, -1)}
    found = sources(tmp_path, tarred(tmp_path / "a.tgz", files), limits=Limits(ratio=10_000))
    assert [source.name for source in found] == [f"{number:02}" for number in range(11, 91)]
    for source in (*found[::7], *found[::-9], found[0], found[0]):
        assert b"".join(pickle.loads(pickle.dumps(source)).blocks()) == files[f"{source.name}.csv"]  # noqa: S301


@pytest.mark.parametrize("form", ["zip", "tar.gz"])
def test_any_number_of_processes_gives_the_same_bytes(tmp_path: Path, form: str) -> None:
    """With one process or two, and once more, the register is the same byte by byte."""
    path = FORMS[form](tmp_path)
    for out, jobs in (("1", 1), ("2", 2), ("3", 1)):
        read(tmp_path / out, path, jobs=jobs)
    first, *rest = (
        {file.name: file.read_bytes() for file in (tmp_path / out / "register").iterdir()} for out in ("1", "2", "3")
    )
    assert all(other == first for other in rest)


def test_publishing_again_reads_changed_members_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive with one changed member, in another order and otherwise compressed, is read for that member only."""
    monkeypatch.setattr(pipeline, "WORTH_KEEPING", 1)

    def publish(files: dict[str, bytes], method: int) -> list[str]:
        told: list[str] = []
        given = (SourceEntry(zipped(tmp_path / "a.zip", files, method)),)
        pipeline.publish(
            whole_publication(tmp_path, sources=given),
            tmp_path / "out",
            pipeline.Options(allow_deletions=True, tell=told.append),
        )
        return [line for line in told if line.startswith("read ")]

    assert publish({"one.csv": ONE, "two.csv": TWO}, zipfile.ZIP_DEFLATED) == [
        "read a.zip!one.csv",
        "read a.zip!two.csv",
    ]
    assert publish({"two.csv": TWO, "one.csv": ONE}, zipfile.ZIP_STORED) == []
    assert publish({"one.csv": ONE, "two.csv": ONE.replace(b"1862", b"1872")}, zipfile.ZIP_STORED) == [
        "read a.zip!two.csv"
    ]
