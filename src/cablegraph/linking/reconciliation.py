"""Persons of lists and sheets and those of the directories: who is the same, by what evidence, and where a person must decide.

A directory that names an entry of a volume's list by its address says it exactly, unless it contradicts itself (the
person was dead, or bears other given names): then there is a finding and no link. The rest is reconciled: names are
compared part by part over blocks of like surnames, and years and offices speak for or against. Who leads clearly is the
same person; who merely may be is a candidate for review.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import JaroWinkler

from cablegraph.linking.recognition.folding import fold
from cablegraph.linking.recognition.known import Known
from cablegraph.linking.recognition.people import Person, same_given_name
from cablegraph.person_names import PersonName
from cablegraph.relations import FLOAT, INTEGER, TEXT, Connection, create_table

#: Surnames less alike than this are two surnames.
_ALIKE = 0.9
#: So much must speak for a link, and by so much its person must lead; less than the second makes no candidate.
_SURE, _LEAD, _POSSIBLE = 4.0, 1.5, 2.0
#: So many years a list may name somebody after his death.
_REMEMBERED = 15
#: Words by which a list says that somebody is no longer.
_PAST = frozenset({"late", "former", "died", "assassinated", "deceased", "killed"})
#: What another given name speaks against two being one.
_OTHER = -5.0
_VOWELS = re.compile(r"(?<=.)[aeiouyhw']+")
_DOUBLED = re.compile(r"(.)\1+")
_LETTERS = re.compile(r"[^a-z]+")
#: Transliterations of one sound.
_SOUNDS = (("kh", "k"), ("ph", "f"), ("ck", "k"), ("sch", "s"), ("sh", "s"), ("ch", "s"), ("zh", "s"), ("tz", "s"), ("ts", "s"), ("q", "k"), ("c", "k"), ("z", "s"), ("j", "y"), ("w", "v"), ("dj", "y"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """Two descriptions of perhaps one person: how much speaks for it, and what does."""

    subject: str
    person: str
    score: float
    comment: str

    @property
    def confidence(self) -> float:
        """The score between 0 and 1, for people; the rule decides by the score."""
        return round(min(0.99, 0.5 + self.score / 16), 2)


def reconcile(db: Connection, known: Known) -> None:
    """Make ``reconciled`` (subject, person, confidence, comment), ``person_candidates`` and ``reconciliation_findings``."""
    described = {person.key: person for person in known.directory()}
    links: list[tuple[object, ...]] = []
    candidates: list[tuple[object, ...]] = []
    findings: list[tuple[object, ...]] = []
    open_subjects: list[Person] = []
    places: dict[str, tuple[str | None, int | None]] = {}
    decided, rejected = _decisions(db)
    for subject, exact, file, line in known.subjects():
        places[subject.key] = file, line
        if subject.key in decided:
            continue  # a person has said who it is; it is a link already
        authority = described.get(exact or "")
        if authority is None:
            open_subjects.append(subject)
        elif (subject.key, authority.key) in rejected:
            continue
        elif (why := contradiction(subject, authority)) is not None:
            findings.append(("authority contradicts", "warning", None, "persons.key", subject.key,
                             f"The directory gives {authority.key} for this entry, but {why}; it is not linked.", file, line))  # fmt: skip
        else:
            links.append(
                (
                    subject.key,
                    authority.key,
                    "semapv:ManualMappingCuration",
                    1.0,
                    "the directory names this entry",
                    file,
                    line,
                )
            )
    for found in reconciled(open_subjects, blocked(described.values())):
        matches = [match for match in found if (match.subject, match.person) not in rejected]
        if not matches:
            continue
        best = matches[0]
        where = places[best.subject]
        if leads(matches):
            links.append((best.subject, best.person, "semapv:CompositeMatching", best.confidence, best.comment, *where))
        else:
            candidates += [(m.subject, m.person, m.confidence, m.comment, *where) for m in matches[:5]]
    placed = {"source_file": TEXT, "source_line": INTEGER}
    create_table(
        db,
        "reconciled",
        {"subject": TEXT, "person": TEXT, "justification": TEXT, "confidence": FLOAT, "comment": TEXT} | placed,
        links,
    )
    create_table(
        db,
        "person_candidates",
        {"subject": TEXT, "person": TEXT, "confidence": FLOAT, "comment": TEXT} | placed,
        candidates,
    )
    names = ("kind", "severity", "record", "field", "value", "message")
    create_table(db, "reconciliation_findings", dict.fromkeys(names, TEXT) | placed, findings)


def _decisions(db: Connection) -> tuple[set[str], set[tuple[str, str]]]:
    """Subjects of whom people have said who they are, and pairs of which they have said that they are two."""
    query = "SELECT holds, substr(subject_id, 8), substr(object_id, 8) FROM decided WHERE starts_with(subject_id, 'person:') AND starts_with(object_id, 'person:')"
    rows = db.execute(query).fetchall()
    accepted = {subject for holds, subject, _ in rows if holds == "true"}
    return accepted, {(subject, person) for holds, subject, person in rows if holds == "false"}


def blocked(described: Iterable[Person]) -> Mapping[str, Mapping[str, Person]]:
    """Persons by what those of like surnames share, and by their keys: who is compared with whom."""
    blocks: dict[str, dict[str, Person]] = defaultdict(dict)
    for person in described:
        for block in _blocks(person):
            blocks[block][person.key] = person
    return blocks


def reconciled(subjects: Iterable[Person], blocks: Mapping[str, Mapping[str, Person]]) -> Iterator[list[Match]]:
    """For each subject that has any, the persons who may be the same, those for whom most speaks first."""
    for subject in subjects:
        rivals = {key: person for block in _blocks(subject) for key, person in blocks.get(block, {}).items()}
        matches = [match for person in rivals.values() if (match := compare(subject, person)).score >= _POSSIBLE]
        if matches:
            yield sorted(matches, key=lambda match: (-match.score, match.person))


def leads(matches: Sequence[Match]) -> bool:
    """Whether the first of the matches is sure enough to be a link, and clearly before the second."""
    lead = matches[0].score - (matches[1].score if len(matches) > 1 else -_LEAD)
    return matches[0].score >= _SURE and lead >= _LEAD


def compare(subject: Person, person: Person) -> Match:
    """How much speaks for two descriptions being of one person: names, then years, then offices."""
    score, comment = max(
        (_compare_names(one, other) for one in subject.names for other in person.names), default=(-9.0, "no name")
    )
    said = [comment]
    if score > 0:
        year = subject.years[0][0] if subject.years else None
        if year is not None:
            if not person.life[0] + 15 <= year <= person.life[1] + _REMEMBERED:
                return Match(subject.key, person.key, -9.0, "not of those years")
            if person.years:
                near = person.named_in(year)
                score += min(near, 1.0) if near else -1.5
                said.append("named in those years" if near else "named in other years")
        common = subject.about & person.about - _PLAIN
        if common:
            score += min(0.3 * len(common), 1.5)
            said.append(f"offices: {', '.join(sorted(common)[:6])}")
    return Match(subject.key, person.key, score, "; ".join(said))


def contradiction(subject: Person, person: Person) -> str | None:
    """Why an entry of a list cannot be this person, if it cannot: born too late, dead though nothing calls him so, other given names."""
    year = subject.years[0][0] if subject.years else None
    born, died = person.life
    if year is not None and born > year:
        return f"that person was born in {born}"
    remembered = _PAST & subject.about or any(since <= died for since in subject.named_years)
    if year is not None and died + 1 < year and not remembered:
        return f"that person died in {died}"
    pairs = [(one, other) for one in subject.names for other in person.names if one.given and other.given]
    if pairs and all(_given(one, other)[0] <= _OTHER for one, other in pairs):
        return "the given names differ"
    return None


def _compare_names(one: PersonName, other: PersonName) -> tuple[float, str]:
    surname = max(
        (JaroWinkler.similarity(fold(a).casefold(), fold(b).casefold()) for a in one.surnames for b in other.surnames),
        default=0.0,
    )
    if surname < _ALIKE and not (_sounds(one) & _sounds(other)):
        return -9.0, "other surname"
    score = 3.0 if surname == 1.0 else 1.5
    given, said = _given(one, other)
    score += given
    suffix = one.suffix.casefold(), other.suffix.casefold()
    if all(suffix):
        score += 0.5 if suffix[0] == suffix[1] else -4.0
    elif any(suffix):
        score -= 0.3
    return score, f"{'same' if surname == 1.0 else 'like'} surname, {said}"


def _given(one: PersonName, other: PersonName) -> tuple[float, str]:
    """How given names speak for or against: whole names, initials, diminutives, in their order."""
    if not one.given or not other.given:
        return (
            (0.5, "whole name")
            if one.surnames == other.surnames and " " in one.surnames[0]
            else (-1.0, "no given name")
        )
    mine, theirs = ([word.rstrip(".").casefold() for word in (*name.given, *name.nicknames)] for name in (one, other))
    first, second = mine[0], theirs[0]
    if first == second and len(first) > 1:
        score, said = 2.5, "same given name"
    elif same_given_name(first, second) or same_given_name(second, first):
        score, said = (1.0 if min(len(first), len(second)) == 1 else 2.0), "like given name"
    elif (len(first) > 1 and first in theirs) or (len(second) > 1 and second in mine):
        score, said = 1.5, "a given name in another place"
    elif len(first) > 3 and JaroWinkler.similarity(first, second) >= 0.88:
        score, said = 1.2, "given name of like spelling"
    else:
        return _OTHER, "other given name"
    for a, b in zip(mine[1:], theirs[1:], strict=False):
        if a[0] != b[0]:
            return score - 3.0, f"{said}, other middle name"
        score += 1.0 if a == b and len(a) > 1 else 0.7
    return score, said


def _blocks(person: Person) -> set[str]:
    """What persons of like surnames share: the sounds of the surname, and its first letters."""
    words = {fold(surname).casefold() for name in person.names for surname in name.surnames}
    words |= {word for surname in words for word in surname.split() if len(word) > 3}
    return {_sound(word) for word in words} | {f"{word[:4]}…" for word in words}


def _sounds(name: PersonName) -> set[str]:
    return {_sound(fold(surname).casefold()) for surname in name.surnames}


def _sound(word: str) -> str:
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    return _DOUBLED.sub(r"\1", _LETTERS.sub("", _VOWELS.sub("", word)))


#: Words of offices that many share.
_PLAIN = frozenset(
    [
        "a",
        "an",
        "and",
        "for",
        "from",
        "in",
        "member",
        "of",
        "on",
        "states",
        "the",
        "then",
        "thereafter",
        "to",
        "united",
        "until",
    ]
)
