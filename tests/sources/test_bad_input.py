"""Input that cannot be used: a message with file and line, exit code 2, and nothing half-written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from material import INCOMING

from cablegraph.register import rows

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0">'
BOMB = "\n".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
BAD = {
    "empty.xml": (b"", 1, "is empty"),
    "blank.txt": (b"\n\n  \n", 1, "is empty"),
    "truncated.xml": (f'{TEI}\n<text>\n<div type="document"\n xml:id="d1">\n<head>1. Tele'.encode(), 5, "not well-formed"),
    "bomb.xml": (f'<?xml version="1.0"?>\n<!DOCTYPE TEI [\n<!ENTITY e0 "x">\n{BOMB}\n]>\n{TEI}&e11;</TEI>'.encode(), 2, "declares entities"),
    "external.xml": (f'<!DOCTYPE TEI [\n<!ENTITY x SYSTEM "file:///etc/hostname">]>\n{TEI}&x;</TEI>'.encode(), 1, "declares entities"),
    "report.xml": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", 1, "is a PDF"),
    "namespace.xml": (b'<TEI xmlns="http://www.tei-c.org/ns/2.0">\n<text/></TEI>', 1, "namespace"),
    "page.xml": (b"<!DOCTYPE html>\n<!-- a page -->\n<html>\n<body/></html>", 3, "is no TEI volume: the root is html"),
    "entity.xml": (f'<!DOCTYPE TEI SYSTEM "tei.dtd">\n{TEI}\n<p>&eacute;</p></TEI>'.encode(), 3, "the entity eacute"),
    "letter.txt": (b"Dear Sir,\nthe ships left.\n", 1, "looks like no source"),
    "colors.csv": (b"color,shape\nred,round\n", 1, "looks like no source"),
    "nul.txt": (INCOMING.replace("KOHLER", "KOH\0LER").encode(), 40, "NUL"),
}  # fmt: skip


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder."""
    command = [sys.executable, "-m", "cablegraph", *arguments]
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )


def left(folder: Path) -> set[str]:
    """The names of what stands in a folder."""
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("name", BAD)
def test_unusable_file(tmp_path: Path, name: str) -> None:
    """A file that cannot be used ends the run with 2, a message with file and line, and no release."""
    content, line, message = BAD[name]
    (tmp_path / name).write_bytes(content)
    done = run(tmp_path, "publish", name, "--out", "out")
    assert done.returncode == 2, done.stderr
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith(f"error: {name}:{line}: "), done.stderr
    assert any(word in last for word in message.split("|"))
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert left(tmp_path) == {name}


def test_file_that_does_not_exist(tmp_path: Path) -> None:
    """A file that does not exist ends the run with 2 and a message that names it."""
    done = run(tmp_path, "publish", "none.xml", "--out", "out")
    assert (done.returncode, done.stdout) == (2, "")
    assert "error: none.xml: does not exist" in done.stderr
    assert left(tmp_path) == set()


def test_bad_file_leaves_the_last_register(tmp_path: Path) -> None:
    """A run that fails leaves what an earlier one wrote as it was."""
    (tmp_path / "good.csv").write_text("document,number,from_text\na,1,Moscow\n")
    (tmp_path / "bad.xml").write_text(f"{TEI}\n<text>")
    assert run(tmp_path, "read", "good.csv", "--out", "register").returncode == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "register").iterdir()}
    assert run(tmp_path, "read", "bad.xml", "--out", "register").returncode == 2
    assert {path.name: path.read_bytes() for path in (tmp_path / "register").iterdir()} == before
    assert left(tmp_path) == {"good.csv", "bad.xml", "register"}


def test_bad_file_in_a_batch(tmp_path: Path) -> None:
    """In a batch the rest goes on and the bad file is a finding with its line; ``--strict`` stops."""
    (tmp_path / "good.csv").write_text("document,number,from_text\na,1,Moscow\n")
    (tmp_path / "bad.xml").write_text(f"{TEI}\n<text>")
    done = run(tmp_path, "read", "good.csv", "bad.xml", "--out", "register")
    assert done.returncode == 0, done.stderr
    (finding,) = [row for row in rows(tmp_path / "register", "findings") if row["kind"] == "unreadable source"]
    assert (finding["source_file"], finding["source_line"]) == ("bad.xml", 2)
    assert [row["document"] for row in rows(tmp_path / "register", "records")] == ["a"]
    assert run(tmp_path, "read", "good.csv", "bad.xml", "--strict", "--out", "strict").returncode == 2
    assert not (tmp_path / "strict").exists()


def test_ragged_sheet_is_published(tmp_path: Path) -> None:
    """A sheet with ragged rows is released; each bad row is a finding with its line."""
    sheet = "document,number,from_text,to_text,sent,classification\n"
    sheet += "a,1,Moscow,Department of State,1963-03-03,Secret\n"
    sheet += "b,2,Moscow\n"
    sheet += "c,3,Moscow,Department of State,1963-03-04,Secret,more\n"
    sheet += "d,4,Moscow,Department of State,1963-03-05,Secret\n"
    (tmp_path / "ragged.csv").write_text(sheet)
    done = run(tmp_path, "publish", "ragged.csv", "--out", "out", "--quiet")
    assert done.returncode == 0, done.stderr
    assert "released 4 records" in done.stdout
    found = [row for row in rows(tmp_path / "out" / "register", "findings") if row["kind"] == "ragged row"]
    assert [(row["source_file"], row["source_line"]) for row in found] == [("ragged.csv", 3), ("ragged.csv", 4)]
    report = (tmp_path / "out" / "report" / "report.txt").read_text(encoding="utf-8")
    assert "ragged.csv:3" in report
    assert "ragged.csv:4" in report
