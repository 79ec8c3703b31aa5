"""The answers to the competency questions in the form in which they are kept: counts, keys, numbers and dates, no texts.

Run anew, from the root of the project, when an answer has changed for a good reason (and read the difference)::

    python -m tests.questions.expected                  # the answers over the sample in output/
    python -m tests.questions.expected VOLUMES          # and over a release of the volumes, a folder
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import TypedDict

import pyoxigraph as ox

from cablegraph.answers import Answer, Cell
from cablegraph.folders import MANIFEST
from cablegraph.store import open_store, select

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = ROOT / "ontology" / "questions"
SAMPLE = ROOT / "output"
EXPECTED = Path(__file__).with_name("expected.json")
#: How many rows of an answer over the volumes are kept; of the sample's, all are.
ROWS_OF_THE_VOLUMES = 10

#: Columns that hold words of the sources or labels, of whatever form; the key of a subject is made of its words.
_WORDS = frozenset({"info", "label", "name", "printed", "signature", "subject", "word", "words"})
_XSD = "http://www.w3.org/2001/XMLSchema#"
_VALUES = frozenset(
    f"{_XSD}{name}" for name in ("boolean", "date", "dateTime", "decimal", "double", "gYear", "gYearMonth", "int", "integer")
)  # fmt: skip
#: A day, a number, or one word made of lower-case letters and hyphens as the keys of vocabularies are.
_KEY = re.compile(r"[\d.:TZ-]+|[a-z\d]+(-[a-z\d]+)*")
_VOCABULARY = "https://w3id.org/diplomatic-records/vocabulary/"


class Kept(TypedDict):
    """What is kept of one answer: how many rows, the first of them, and a digest of all."""

    rows: int
    first: list[list[str | None]]
    sha256: str


def questions() -> dict[str, Path]:
    """The files of the questions by their names, without the ending."""
    return {path.stem: path for path in sorted(QUESTIONS.glob("*.rq"))}


def prose(path: Path) -> str:
    """The question in words: the first line of the file, without the sign of a comment."""
    return path.read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("# ")


class Release:
    """A release that is asked: its store, and the base that its IRIs begin with."""

    def __init__(self, folder: Path) -> None:
        self.base: str = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["base"]
        self.store: ox.Store = open_store(folder)

    def answer(self, path: Path) -> Answer:
        """The answer to the question of a file."""
        answer = select(self.store, path.read_text(encoding="utf-8"), path.name)
        if not isinstance(answer, Answer):
            raise TypeError(f"{path.name} asks for a graph, not for a table")
        return answer

    def kept(self, path: Path, rows: int | None = None) -> Kept:
        """The answer to the question of a file in the form in which it is kept, with at most so many rows."""
        return reduced(self.answer(path), self.base, rows)


def reduced(answer: Answer, base: str, rows: int | None = None) -> Kept:
    """Reduce an answer to its keys, numbers and dates; the digest covers these in all rows, in their order."""
    table = [
        [_key(cell, base) if name not in _WORDS else None for name, cell in zip(answer.columns, row, strict=True)]
        for row in answer.rows
    ]
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    return {"rows": len(table), "first": table[:rows], "sha256": hashlib.sha256(text.encode()).hexdigest()}


def _key(cell: Cell | None, base: str) -> str | None:
    """An IRI without its base, a number, a date or another key; None for words and for what is unbound."""
    if cell is None:
        return None
    if cell.kind == "uri":
        return cell.value.removeprefix(base).removeprefix(_VOCABULARY)
    if cell.datatype in _VALUES or _KEY.fullmatch(cell.value):
        return cell.value
    return None


def main(volumes: Path | None = None) -> None:
    """Write the kept answers anew; without a release of the volumes, its answers stay as they are."""
    expected: dict[str, dict[str, Kept]] = json.loads(EXPECTED.read_text(encoding="utf-8")) if EXPECTED.exists() else {}
    expected = {name: expected.get(name, {}) for name in questions()}
    sample = Release(SAMPLE)
    for name, path in questions().items():
        expected[name]["sample"] = sample.kept(path)
    if volumes is not None:
        release = Release(volumes)
        for name, path in questions().items():
            expected[name]["volumes"] = release.kept(path, ROWS_OF_THE_VOLUMES)
    text = json.dumps(expected, ensure_ascii=False, indent=1, sort_keys=True)
    # One row a line: easier to read, and to compare.
    text = re.sub(r"\[\n\s+((?:null|\"[^\n]*\")(?:,\n\s+(?:null|\"[^\n]*\"))*)\n\s+\]", _on_one_line, text)
    EXPECTED.write_text(text + "\n", encoding="utf-8")


def _on_one_line(match: re.Match[str]) -> str:
    return "[" + re.sub(r",\n\s+", ", ", match[1]) + "]"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
