"""The candidates of a linked register as a table for OpenRefine or any spreadsheet, and what people judged of it.

A row is a candidate. In ``judgement`` stands what OpenRefine's judgments are called: ``matched`` (the object is the one),
``new`` (it is not; without an object: none of the candidates is), ``none`` or nothing (undecided). Back comes a table
(CSV, or TSV by the file's name) or the JSON of OpenRefine's templating exporter (``{"rows": [{…}, …]}``), with at least the
columns ``subject_id``, ``object_id`` and ``judgement``.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from cablegraph.errors import InputError
from cablegraph.review import Candidate, decision
from cablegraph.sssom import SssomMapping

COLUMNS = (
    "subject_id", "subject", "predicate_id", "object_id", "object", "confidence", "comment", "judgement", "reviewer_id", "mapping_date",
)  # fmt: skip
_NEEDED = ("subject_id", "object_id", "judgement")
_JUDGEMENTS = {"matched": True, "new": False, "none": None, "": None}


def write_candidates(path: Path, candidates: Iterable[Candidate]) -> None:
    """Write candidates to a table in CSV, to be judged.

    Raises:
        InputError: the file cannot be written.
    """
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
            rows.writeheader()
            rows.writerows(candidate.row() for candidate in candidates)
    except OSError as error:
        raise InputError("cannot be written", file=str(path), hint=error.strerror or "") from error


def read_judgements(
    path: Path, candidates: Iterable[Candidate], identifiers: Mapping[str, str], reviewer: str, today: str
) -> list[SssomMapping]:
    """Read what people judged as decisions; rows of subjects that are decided already, and undecided ones, say nothing.

    ``identifiers`` are what the register describes (``review.identifiers``). ``reviewer`` and ``today`` (a date) serve where a
    row does not say by whom and when; what was matched may also be something that was no candidate.

    Raises:
        InputError: the file cannot be read, or a row is not valid; the message names line and column.
    """
    proposed: dict[str, dict[str, Candidate]] = defaultdict(dict)
    for candidate in candidates:
        proposed[candidate.subject_id][candidate.object_id] = candidate
    matched: dict[str, int] = {}
    made: dict[tuple[str, str], tuple[bool, int]] = {}
    decisions = []
    for line, row in _rows(path):

        def fail(field: str, message: str, hint: str | None = None, line: int = line) -> InputError:
            return InputError(message, file=str(path), line=line, field=field, hint=hint)

        subject, object_, said = row["subject_id"], row["object_id"], row["judgement"].casefold()
        if said not in _JUDGEMENTS:
            raise fail("judgement", f"{row['judgement']!r} is none of matched, new and none")
        if subject not in identifiers:
            raise fail(
                "subject_id", f"{subject!r} is not described in the register", "leave the column as it was exported"
            )
        if object_ and object_ not in identifiers:
            raise fail(
                "object_id",
                f"{object_!r} is not described in the register",
                "links to other authorities are a mapping set of their own",
            )
        if object_ and object_.partition(":")[0] != subject.partition(":")[0]:
            raise fail("object_id", f"{object_!r} is of another kind than {subject!r}")
        judged = _JUDGEMENTS[said]
        if judged is None or subject not in proposed:
            continue
        if judged and not object_:
            raise fail("object_id", "is empty, and the judgement is matched", "name what the subject was matched with")
        if judged and matched.setdefault(subject, line) != line:
            raise fail(
                "judgement", f"{subject!r} is matched in line {matched[subject]}, too", "a subject has one match"
            )
        day = row.get("mapping_date") or today
        if not _is_day(day):
            raise fail("mapping_date", f"{day!r} is no date", "write it as 1962-11-19")
        for one in [object_] if object_ else list(proposed[subject]):
            if made.setdefault((subject, one), (judged, line)) != (judged, line):
                raise fail("judgement", f"{subject!r} and {one!r} are judged in line {made[subject, one][1]}, too")
            known = next(iter(proposed[subject].values()))
            chosen = proposed[subject].get(one) or Candidate(
                subject,
                known.subject,
                known.predicate_id,
                one,
                identifiers[one],
                None,
                "no candidate; matched by the reviewer",
            )
            decisions.append(decision(chosen, judged, row.get("reviewer_id") or reviewer, day))
    return decisions


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table with the number of their lines; of JSON, of the row."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("cannot be read", file=str(path), hint=str(error)) from error
    yield from _from_json(text, path) if path.suffix == ".json" else _from_table(text, path)


def _from_table(text: str, path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t" if path.suffix in (".tsv", ".tab") else ",")
    _must_have(rows.fieldnames or (), path, 1)
    for row in rows:
        yield rows.line_num, {name: (value or "").strip() for name, value in row.items() if name}


def _from_json(text: str, path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        given = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError("is no JSON", file=str(path), line=error.lineno, hint=error.msg) from error
    rows = given.get("rows") if isinstance(given, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError(
            "has no rows", file=str(path), field="rows", hint="export it with OpenRefine's templating exporter"
        )
    for number, row in enumerate(rows, 1):
        _must_have(row, path, number)
        yield number, {name: "" if value is None else str(value).strip() for name, value in row.items()}


def _must_have(columns: Iterable[str], path: Path, line: int) -> None:
    if missing := [name for name in _NEEDED if name not in set(columns)]:
        raise InputError(
            f"lacks the column {', '.join(missing)}",
            file=str(path),
            line=line,
            hint="keep the columns that were exported",
        )


def _is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
