"""How well persons are recognised: a volume's marks are forgotten, its texts are read, and what is found is held against the marks.

``python -m bench.evaluate REGISTER`` prints precision, recall and F1 for each volume and era of a linked register, for the
mention (a span that overlaps a marked one) and for the mention with the right person; once with the volume's own list of
persons known, once with nothing but the authorities, which then know nothing of this volume either. A marked name of
which the editors do not say whom it means counts as a mention, and as nothing where persons are compared.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cablegraph import relations
from cablegraph.linking.recognition.documents import documents
from cablegraph.linking.recognition.known import Known, years_of
from cablegraph.linking.recognition.persons import PersonRecogniser
from cablegraph.register import READ_TABLES
from cablegraph.relations import Connection

_ERAS = ((1861, 1947), (1948, 1951), (1952, 1957), (1958, 1960), (1961, 1963), (1964, 1968), (1969, 1976), (1977, 1980))
_LEAST = 500  # volumes of fewer marks judge nothing


@dataclass
class Score:
    """Counts of what was found, what was marked and what is right, for mentions and for persons."""

    found: int = 0
    marked: int = 0
    right: int = 0
    reached: int = 0
    persons_found: int = 0
    persons_marked: int = 0
    persons_right: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    def line(self) -> str:
        """Precision, recall and F1 of mentions, then of persons."""
        mention = _f1(self.right, self.found, self.reached, self.marked)
        return f"{mention}   {_f1(self.persons_right, self.persons_found, self.persons_right, self.persons_marked)}"


def _f1(right: int, found: int, reached: int, marked: int) -> str:
    precision, recall = right / max(found, 1), reached / max(marked, 1)
    harmonic = 2 * precision * recall / (precision + recall) if right else 0.0
    return f"{precision:6.3f} {recall:6.3f} {harmonic:6.3f}"


def judge(db: Connection, volume: str, *, with_list: bool) -> Score:
    """Recognise the persons of a volume anew and hold them against its marks."""
    known = Known(db, "" if with_list else volume)
    people = known.listed(volume) if with_list else None
    persons = PersonRecogniser()
    marks = _marks(db, volume, authorities=not with_list)
    score = Score(marked=sum(map(len, marks.values())))
    score.persons_marked = sum(person is not None for spans in marks.values() for _, _, person in spans)
    reached: set[tuple[str, str, int]] = set()
    for batch in documents(db, [volume]):
        for document, mentions in zip(batch, persons.recognise(batch, people or known.others(batch)), strict=True):
            for mention in mentions:
                place = (document.record, mention.part)
                hit = next(
                    (span for span in marks.get(place, ()) if span[0] < mention.end and mention.start < span[1]), None
                )
                score.found += 1
                score.right += hit is not None
                if hit is not None:
                    reached.add((*place, hit[0]))
                if mention.person is not None and (hit is None or hit[2] is not None):
                    score.persons_found += 1
                    score.persons_right += hit is not None and hit[2] == mention.person
    score.reached = len(reached)
    return score


def _marks(
    db: Connection, volume: str, *, authorities: bool
) -> dict[tuple[str, str], list[tuple[int, int, str | None]]]:
    entity = "i.entity" if authorities else "m.entity"
    query = f"""SELECT m.record, m.part, m."start", m."end", {entity} FROM mentions m JOIN records r USING (record)
        JOIN parts p ON p.record = m.record AND p.part = m.part AND p.text IS NOT NULL
        LEFT JOIN (SELECT value, any_value(entity) AS entity FROM identifiers WHERE scheme = 'FRUS' GROUP BY value) i ON i.value = m.entity
        WHERE m.kind = 'person' AND m."by" = 'editors' AND r.source = $volume ORDER BY ALL"""
    marks = defaultdict(list)
    for record, part, start, end, person in db.execute(query, {"volume": volume}).fetchall():
        marks[record, part].append((start, end, person))
    return marks


def _volumes(db: Connection) -> Iterator[str]:
    query = """SELECT r.source, count(*) FROM mentions m JOIN records r USING (record) WHERE m.kind = 'person' AND m."by" = 'editors' AND m.entity IS NOT NULL
        GROUP BY 1 ORDER BY 1"""
    return (source for source, count in db.execute(query).fetchall() if count >= _LEAST)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("register", type=Path)
    register = parser.parse_args().register
    db = relations.connect([register])
    for table in READ_TABLES:
        relations.view_parquet(db, table, register / f"{table}.parquet")
    directories = bool(db.execute("SELECT 1 FROM persons WHERE directory IS NOT NULL LIMIT 1").fetchall())
    for with_list in (True, False) if directories else (True,):
        print(
            f"{'with the list of persons' if with_list else 'with the authorities only':28}   mention: P R F1         person: P R F1"
        )
        eras: dict[tuple[int, int], Score] = defaultdict(Score)
        sizes: Counter[str] = Counter()
        before = time.process_time()
        for volume in _volumes(db):
            score = judge(db, volume, with_list=with_list)
            print(f"  {volume:26} {score.line()}")
            first = (years_of(volume) or (0, 0))[0]
            eras[next((era for era in _ERAS if era[0] <= first <= era[1]), (0, 0))] += score
            (sizes["text"],) = map(
                sizes["text"].__add__,
                db.execute(
                    "SELECT coalesce(sum(length(text)), 0)::INTEGER FROM parts WHERE starts_with(record, $1 || '/')",
                    [volume],
                ).fetchall()[0],
            )
        spent = time.process_time() - before
        for era, score in sorted(eras.items()):
            print(f"  era {era[0]}–{era[1]:<17} {score.line()}")
        print(f"  all{'':23} {sum(eras.values(), Score()).line()}")
        print(f"  {sizes['text'] / 1e6:.1f} million characters in {spent:.1f} CPU seconds, judging included")


if __name__ == "__main__":
    main()
