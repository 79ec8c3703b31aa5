"""Hostile text: long lines, endless runs, deep structures, marks that nobody sees. All of it ends, and in rows or one error."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from material import INCOMING, read, record

from cablegraph.errors import InputError

HEAD = "INCOMING TELEGRAM\nFROM: MOSCOW\nTO: Secretary of State\nNO: 12, MARCH 3, 8 PM\nRec'd: MARCH 3, 1963\n1. "
RUNS = [
    "A", " ", "\t", "-", "- ", "1", "1 ", "O1", "~", "~~a", "~~a~", "*", "*a ", "**", "** ", "(", "(A) ", "[", '"', "|", ".", ":", ";", "'",
    "1. ", "I. ", "DEPTEL 12 ", "AB CD ", "MARCH 3 ", "N0VEMBER I9 ", "FROM: ", "NOTE: PASSED TO ", "a passed to ", "-2- ", "=", "_", "\u202e", "\u00a0",
    "A. STATE 12 ", "PFOR, ", "Amembassy MOSCOW 12, ", "C O N ", "GPO 1", "ZOPR ", "262340Z ", "é", "\U0001f6a2",
]  # fmt: skip
LINES = [
    "A", "AB CD", "1. A", "-2-", "-2- 12, MARCH 3 FROM MOSCOW", "FROM: MOSCOW", "TOP SECRET", '"Declassified', "A\tB", "\f", "ACCOM-\nPANIED",
    "NOVEMBER 19, 1962", "*has been*\n~~IS~~ X", "INCOMING TELEGRAM\nFROM: MOSCOW\nNO: 12\n1. TEXT OF A TELEGRAM", "NOTE: PASSED CIA 3/3/63",
    "P 262340Z JAN 77\nFM AMEMBASSY MOSCOW\nTO SECSTATE WASHDC\n1. TEXT OF THE CABLE", "(A) A\n\n1. B\n\nI. C\n\n(1) D\n\nA. E", "SECRET\n\n- 2 -",
]  # fmt: skip
TIME = 120


def hostile() -> dict[str, str]:
    """The texts: each run behind the labels of a head and in the text, each line many times."""
    texts = {f"run {run!r}": HEAD + run * (200_000 // len(run)) for run in RUNS}
    texts |= {f"value {run!r}": HEAD.replace("MOSCOW", run * (20_000 // len(run))) for run in RUNS}
    texts |= {f"number {run!r}": HEAD.replace("12, MARCH", run * (20_000 // len(run))) for run in RUNS}
    texts |= {f"note {run!r}": f"{HEAD}TEXT.\n\nNOTE: ADVANCE COPIES TO {run * (20_000 // len(run))}" for run in RUNS}
    return texts | {f"line {line!r}": f"{HEAD}TEXT\n" + f"{line}\n" * 3_000 for line in LINES}


def test_hostile_text_ends() -> None:
    """Every hostile text is read or refused; a pattern that runs away would take hours, far beyond what is waited for."""
    script = "from test_transcript_hostile import read_all; read_all()"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        timeout=TIME,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]


def read_all() -> None:
    """Read every hostile text."""
    for text in hostile().values():
        try:
            read(text)
        except InputError as error:
            assert error.file == "t.txt"


@pytest.mark.full
@pytest.mark.parametrize("run", ["A", " ", "1 ", "~~a", "*a ", "(A) ", "DEPTEL 12 ", "-"])
def test_a_line_of_ten_megabytes(run: str) -> None:
    """One line of ten megabytes is read."""
    tables = read(HEAD + run * (10_000_000 // len(run)))
    assert record(tables)["from_post"] == "moscow"


@pytest.mark.parametrize(
    ("text", "match"), [("FROM: MOSCOW\n" + "A\n" * 200_000, "lines"), ("FROM: MOSCOW\n" + "A" * (33 << 20), "larger")]
)
def test_too_much(text: str, match: str) -> None:
    """A file of more lines or bytes than any transcript has is refused with a message that says so."""
    with pytest.raises(InputError, match=match):
        read(text)


def test_marks_that_nobody_sees() -> None:
    """Marks of direction, soft hyphens and byte order marks hide no field; the typed line keeps them."""
    hidden = INCOMING.replace("FROM: MOSCOW", "\u202bFR\u00adOM: MOS\u200bCOW\u202c").replace(
        "NO: 2222", "\ufeffNO: 2222"
    )
    row = record(read(hidden))
    assert (row["from_text"], row["from_post"], row["number"]) == ("MOSCOW", "moscow", "2222")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252"])
def test_encodings(encoding: str) -> None:
    """UTF-16 is told by its mark or its many NUL bytes, and reads as UTF-8 does."""
    assert record(read(INCOMING.encode(encoding))) == record(read(INCOMING))


def test_nul_in_utf16() -> None:
    """A NUL character is no text in any encoding."""
    with pytest.raises(InputError, match="NUL"):
        read(INCOMING.replace("KOHLER", "KOH\0LER").encode("utf-16"))


def test_deep_numbering() -> None:
    """Styles nest as deep as there are styles, and no deeper."""
    text = (
        HEAD
        + "TEXT\n\n"
        + "\n\n".join(f"{label} WORDS AND MORE WORDS" for label in ["I.", "1.", "(1)", "A.", "(A)", "(a)", "(i)"] * 40)
    )
    tables = read(text)
    assert max((row["part"] or "").count(".") for row in tables["parts"]) < 8
