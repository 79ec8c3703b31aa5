"""The persons whom texts may name: their names' forms, what is known of them, and when they could be named."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import InitVar, dataclass, field
from typing import NamedTuple

from cablegraph.linking.recognition.documents import Document
from cablegraph.linking.recognition.matcher import Matcher
from cablegraph.person_names import PersonName, is_title

#: A word of a folded text, of letters only.
WORD = re.compile(r"[^\W\d_]+")
#: Shorter forms are words of every language.
_SHORTEST = 3
#: What friends call them by: diminutives of given names.
_DIMINUTIVES = {
    "al": "albert alexander alfred", "alex": "alexander", "andy": "andrew", "art": "arthur", "ben": "benjamin", "bernie": "bernard", "bert": "albert robert",
    "bill": "william", "bob": "robert", "bobby": "robert", "charlie": "charles", "chip": "charles", "chris": "christian christopher", "chuck": "charles",
    "cy": "cyrus", "dan": "daniel", "dave": "david", "dick": "richard", "don": "donald", "doug": "douglas", "ed": "edward edwin edmund", "fred": "frederick alfred",
    "gene": "eugene", "george": "georges georgios georgiy", "gerry": "gerald gerard", "greg": "gregory", "hal": "harold henry", "hank": "henry",
    "harry": "harold henry", "herb": "herbert", "jack": "john", "jake": "jacob", "jeff": "jeffrey", "jerry": "gerald jerome", "jim": "james", "jimmy": "james",
    "joe": "joseph", "john": "ioannis jean juan", "johnny": "john", "ken": "kenneth", "larry": "lawrence laurence", "len": "leonard", "lew": "lewis",
    "livie": "livingston", "lou": "louis", "mac": "mcgeorge", "matt": "matthew mathew", "max": "maxwell", "mel": "melvin", "mike": "michael", "nat": "nathaniel",
    "nick": "nicholas nikolaos", "pat": "patrick", "pete": "peter", "phil": "philip phillip", "ray": "raymond", "rich": "richard", "rob": "robert",
    "ron": "ronald", "roy": "leroy", "sam": "samuel", "sandy": "alexander", "stan": "stanley", "steve": "stephen steven", "stu": "stuart", "ted": "edward theodore",
    "terry": "terence", "tim": "timothy", "tom": "thomas", "tommy": "thomas llewellyn", "tony": "anthony", "vic": "victor", "walt": "walter", "will": "william",
    "win": "winthrop winston", "zbig": "zbigniew",
}  # fmt: skip


#: What a span counts that lies so many years off.
_NEARNESS = (1.0, 0.9, 0.7, 0.5, 0.5, 0.4, 0.4, 0.3, 0.3, 0.2, 0.2, 0.2, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)


@dataclass(frozen=True, slots=True)
class Person:
    """One person: the key of an authority or of an entry in a volume's list, name, and words of what is said of them.

    ``years`` are spans in which volumes name them or they held an office, as far as they are known; ``life`` are the years
    of birth and death, ``named_years`` those that the texts about them name. Those of the publisher's own sheets and of a source's own list are ``expected`` to be spoken of.
    """

    key: str
    names: tuple[PersonName, ...]
    about: frozenset[str] = frozenset()
    years: tuple[tuple[int, int], ...] = ()
    life: tuple[int, int] = (0, 9999)
    head: bool = False
    expected: bool = False
    named_years: tuple[int, ...] = ()

    def named_in(self, year: int | None) -> float:
        """In how many spans a year lies; one that lies some years off counts for less, and after a generation for nothing."""
        if year is None:
            return len(self.years)
        return sum(
            _NEARNESS[max(first - year, year - last, 0)]
            for first, last in self.years
            if first - year < 20 > year - last
        )

    def lived(self, year: int | None) -> bool:
        """Whether they were grown up and not long dead in a year."""
        return year is None or self.life[0] + 18 <= year <= self.life[1] + 10


class Meaning(NamedTuple):
    """What a form may mean: persons whose name it is as a whole, whose surname it is, whose given name; else it is a plain word like a surname."""

    whole: tuple[Person, ...] = ()
    short: tuple[Person, ...] = ()
    given: tuple[Person, ...] = ()


_PLAIN_WORD = Meaning()


@dataclass(frozen=True)
class People:
    """Persons to recognise. ``given`` are given names, by which a word before a surname is told to belong to it.

    ``matcher`` finds their names, and their surnames where they stand as plain words, in lower case. Where the ``words``
    of the texts (:data:`WORD`) are known, it has only the forms that can stand in them: of a directory's thousands, few.
    """

    persons: Sequence[Person]
    words: InitVar[set[str] | None] = None
    matcher: Matcher[Meaning] = field(init=False)
    given: frozenset[str] = field(init=False)

    def __post_init__(self, words: set[str] | None) -> None:
        def possible(form: str) -> bool:
            return len(form) >= _SHORTEST and (words is None or words.issuperset(WORD.findall(form)))

        whole: dict[str, list[Person]] = defaultdict(list)
        short: dict[str, list[Person]] = defaultdict(list)
        alone: dict[str, list[Person]] = defaultdict(list)
        given = {*_DIMINUTIVES, *(name for names in _DIMINUTIVES.values() for name in names.split())}
        for person in self.persons:
            for name in person.names:
                given.update(word.rstrip(".").casefold() for word in (*name.given, *name.nicknames))
            for table, forms in (
                (whole, [form for name in person.names for form in name.whole_forms()]),
                (short, [form for name in person.names for form in name.short_forms()]),
            ):
                for form in dict.fromkeys([*forms, *map(str.upper, forms)]):
                    if possible(form):
                        table[form].append(person)
            if person.expected:
                for form in dict.fromkeys(form for name in person.names for form in _called(name)):
                    alone[form].append(person)
        meanings = {
            form: Meaning(tuple(whole.get(form, ())), tuple(short.get(form, ())), tuple(alone.get(form, ())))
            for form in {**whole, **short, **alone}
        }
        for form in short:
            if " " not in form and possible(form.lower()):
                meanings.setdefault(form.lower(), _PLAIN_WORD)
        object.__setattr__(self, "matcher", Matcher(meanings))
        object.__setattr__(self, "given", frozenset(given))


#: Whom documents may name.
PeopleOf = Callable[[Sequence[Document]], People]


def always(people: People) -> PeopleOf:
    """All documents may name these persons."""
    return lambda _: people


def _called(name: PersonName) -> Iterator[str]:
    """The given names by which a person is called: written out, nicknames and diminutives, no initials and no titles."""
    for word in (*name.given, *name.nicknames):
        if len(word) >= _SHORTEST and word.isalpha() and word[0].isupper() and not is_title(word):
            yield word
            yield from (short.capitalize() for short, names in _DIMINUTIVES.items() if word.casefold() in names.split())


def agrees(given: Sequence[str], names: Iterable[PersonName]) -> bool:
    """Whether given names, initials or diminutives before a surname can be those of a person of these names."""
    words = [word.rstrip(".").casefold() for word in given]
    known = [name for name in names if name.given or name.nicknames]
    return not known or any(_agrees(words, name) for name in known)


def _agrees(given: Sequence[str], name: PersonName) -> bool:
    known = [word.rstrip(".").casefold() for word in (*name.given, *name.nicknames)]
    letters = given[0].replace(".", "")
    initials = len(given) == 1 and 1 < len(letters) == len(name.given)  # "WE Colby"
    if initials and all(word.startswith(letter) for letter, word in zip(letters, known, strict=False)):
        return True
    return all(any(same_given_name(word, other) for other in known) for word in given)


def same_given_name(word: str, known: str) -> bool:
    """Whether a word in lower case can stand for a given name: it, its initial, a diminutive, or a longer or shorter form."""
    if len(word) == 1 or len(known) == 1:
        return word[:1] == known[:1]
    return (
        word == known
        or (len(word) > 2 and (known.startswith(word) or word.startswith(known)))
        or known in _DIMINUTIVES.get(word, "").split()
    )
