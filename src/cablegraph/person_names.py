"""Names of persons: from the order of lists ("Lodge, Henry Cabot, Jr.") to that of speech ("Henry Cabot Lodge Jr.")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cablegraph.vocabularies import normalise

#: Words that say a rank or an honour and are no part of a name.
TITLES = frozenset(
    [
        "adm",
        "admiral",
        "air",
        "amb",
        "ambassador",
        "amir",
        "archbishop",
        "attorney",
        "baron",
        "bishop",
        "brig",
        "brigadier",
        "capt",
        "captain",
        "cardinal",
        "cdr",
        "chairman",
        "chancellor",
        "chief",
        "col",
        "colonel",
        "commander",
        "commissioner",
        "commodore",
        "congressman",
        "consul",
        "count",
        "dame",
        "dato",
        "director",
        "doctor",
        "dr",
        "duke",
        "earl",
        "emir",
        "emperor",
        "father",
        "field",
        "fr",
        "gen",
        "general",
        "governor",
        "gov",
        "herr",
        "hon",
        "honorable",
        "judge",
        "justice",
        "king",
        "lady",
        "lieutenant",
        "lord",
        "lt",
        "maj",
        "major",
        "marshal",
        "marquess",
        "messrs",
        "min",
        "minister",
        "miss",
        "monsieur",
        "mr",
        "mrs",
        "ms",
        "pandit",
        "premier",
        "pres",
        "president",
        "prince",
        "princess",
        "prof",
        "professor",
        "queen",
        "rear",
        "rep",
        "representative",
        "rev",
        "reverend",
        "sayed",
        "sayyid",
        "sec",
        "secretary",
        "sen",
        "senator",
        "sgt",
        "shah",
        "shaikh",
        "sheik",
        "sheikh",
        "shri",
        "signor",
        "señor",
        "senor",
        "sir",
        "tun",
        "tunku",
        "u",
        "under",
        "vice",
        "viscount",
    ]
)
#: Small words that begin a surname ("von Brentano", "de la Torre").
PARTICLES = frozenset(
    [
        "al",
        "ad",
        "an",
        "ar",
        "as",
        "at",
        "bar",
        "ben",
        "bin",
        "da",
        "das",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "ibn",
        "la",
        "las",
        "le",
        "los",
        "na",
        "st",
        "ten",
        "ter",
        "v",
        "van",
        "von",
        "y",
    ]
)
_SUFFIX = re.compile(r"(?:[JS]r|II|III|IV|V|VI|VII|I)\.?", re.IGNORECASE)
_NICKNAME = re.compile(r"[“”\"‘]([^“”\"’]+?),?[”\"’]")
_BRACKET = re.compile(r"\(([^)]*)\)?")
#: "Idris(s)": a letter that some write.
_OPTIONAL = re.compile(r"(\w+)\((\w{1,2})\)")
_OR = re.compile(r"[,;]|\bor\b|\balso\b|\bborn\b")
_ARTICLE = re.compile(r"(?:al|el|as|ad|an|ar|ash)-(.+)", re.IGNORECASE)


def natural_order(name: str) -> str:
    """The name as it is spoken; one without a comma ("Bao Dai") is so already."""
    surname, _, rest = name.partition(",")
    given, _, suffix = rest.partition(",")
    if len(given.strip(" .")) > 1 and _SUFFIX.fullmatch(given.strip()):  # in the order of speech; "I." is an initial
        given, suffix = "", given
    return " ".join(" ".join((given, surname, suffix)).split())


def full_names(label: str, variants: Iterable[str]) -> set[str]:
    """The normalised forms that mean this person as a whole: in both orders, and no form that is a surname alone.

    Lists also have entries of one word ("Hurtado, see De La Madrid Hurtado"): such a form names a family.
    """
    names = [label, *variants]
    surnames = {normalise(surname) for surname, comma, _ in (name.partition(",") for name in names) if comma}
    forms = {normalise(form) for name in names for form in (name, natural_order(name))}
    return {form for form in forms - surnames if " " in form}


@dataclass(frozen=True)
class PersonName:
    """A name as a list prints it, taken apart.

    ``surnames`` are spellings of one surname, or forms of a name in which nothing says which word it is (then ``listed`` is
    false); ``particles`` stand before the surname in speech ("von"); ``suffix`` is "Jr", "III", …. A ``spoken`` name
    stands as it is and is never shortened.
    """

    surnames: tuple[str, ...]
    given: tuple[str, ...] = ()
    particles: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    suffix: str = ""
    listed: bool = True
    spoken: bool = False

    def whole_forms(self) -> Iterator[str]:
        """Forms in which it is spoken as a whole: with all given names, the first, initials, a nickname."""
        if not self.listed:
            yield from (name for name in self.surnames if " " in name)
            return
        initials = [f"{word[0]}." for word in self.given]
        for surname in self.surnames:
            last = " ".join((*self.particles, surname))
            befores: list[tuple[str, ...]] = [(nickname,) for nickname in self.nicknames]
            if self.given:
                first, *rest = self.given
                befores += [self.given, (first,), tuple(initials), ("".join(initials),), (initials[0],)]
                befores.append((first, *initials[1:]))
                befores += [(word,) for word in rest if not word.endswith(".") and len(word) > 1]
                if rest:
                    befores += [tuple(rest), ("".join(word[0] for word in self.given),)]
            for before in befores:
                yield " ".join((*before, last))

    def short_forms(self) -> Iterator[str]:
        """The surname alone, as texts have it: with and without particles and article, of a double name also the first."""
        for surname in self.surnames if not self.spoken else ():
            words = surname.split()
            while len(words) > 1 and _SUFFIX.fullmatch(words[-1]):
                words.pop()
            if not self.listed:
                yield from (word for word in (words[0], words[-1]) if word.casefold() not in TITLES | PARTICLES)
                continue
            bare = " ".join(words)
            yield bare
            opens_with_particle = words[0].casefold() in PARTICLES
            if self.particles:
                before = " ".join(self.particles)
                yield from (f"{before} {bare}", f"{before[0].upper()}{before[1:]} {bare}")
            if len(words) > 1:
                yield bare.replace(" ", "-")
                if opens_with_particle:
                    yield from (bare[0].upper() + bare[1:], bare[0].lower() + bare[1:], "".join(words))
                else:
                    yield words[0]
            if article := _ARTICLE.fullmatch(bare):
                yield article[1]
            if "-" in bare:
                yield bare.replace("-", " ")


def is_title(word: str) -> bool:
    """Whether a word is a rank, an honour or an office and no given name: "Lt.", "U" (Thant), but no initial ("U.")."""
    return word.rstrip(".").casefold() in TITLES and not (len(word) == 2 and word[1] == ".")


def parse_name(label: str) -> PersonName:
    """Take a name apart as lists print it: "Nasser (Nasr, Nassir), Gamal Abdul", "Carter, James Earl, “Jimmy,”".

    Ranks and honours among the given names are left out; what stands in brackets behind a surname are its other spellings.
    """
    nicknames = tuple(_words(found) for found in _NICKNAME.findall(label))
    text = _OPTIONAL.sub(r"\1\2", _NICKNAME.sub(" ", label))
    brackets = [_words(found) for found in _BRACKET.findall(text)]
    parts = [part for piece in _BRACKET.sub(" ", text).split(",") if (part := _words(piece))]
    if not parts:
        return PersonName((), listed=False)
    if len(parts) == 1:
        return PersonName((parts[0], *(name for name in brackets if " " in name)), nicknames=nicknames, listed=False)
    suffix = next((part.rstrip(".") for part in parts[1:] if _SUFFIX.fullmatch(part)), "")
    given = next((part for part in parts[1:] if not _SUFFIX.fullmatch(part)), "").replace(".", ". ").split()
    while given and is_title(given[0]):
        given.pop(0)
    particles: list[str] = []
    while len(given) > 1 and given[-1].casefold() in PARTICLES:
        particles.insert(0, given.pop())
    spellings = [parts[0]]
    before_comma = text.partition(",")[0]
    if "(" in before_comma:
        inside = _BRACKET.search(text)
        spellings += [
            word for one in _OR.split(inside[1] if inside else "") if (word := _words(one)) and " " not in word
        ]
    return PersonName(tuple(spellings), tuple(given), tuple(particles), nicknames, suffix)


def spoken_name(text: str) -> PersonName:
    """A name as it is spoken ("John F. Kennedy", "Premier Khrushchev"): titles do not count, one word is a surname."""
    words = natural_order(text).split()
    while len(words) > 1 and is_title(words[0]):
        words.pop(0)
    if len(words) == 1:
        return PersonName((words[0],))
    return PersonName((" ".join(words),), given=tuple(words[:-1]), listed=False, spoken=True)


def _words(text: str) -> str:
    """The words of a piece of a name, without the marks at its ends; a full stop stays behind an initial."""
    text = " ".join(text.replace("“", " ").replace("”", " ").replace('"', " ").split()).strip(" ,;")
    return text if re.search(r"\b\w\.$", text) else text.rstrip(".")
