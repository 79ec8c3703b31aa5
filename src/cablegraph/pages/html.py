"""A description as a page: readable without scripts, printable, and with nothing fetched from elsewhere.

Everything that comes from the data is escaped, and every text of it is isolated in its direction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from itertools import groupby
from operator import itemgetter
from posixpath import dirname

from cablegraph.pages.description import Description, Statement
from cablegraph.pages.frame import Frame, to
from cablegraph.pages.labels import concept_label, concept_of, term_label
from cablegraph.pages.paths import Paths
from cablegraph.pages.schema_org import structured
from cablegraph.pages.terms import text_of
from cablegraph.pages.text import marked, parts_of

_TYPE, _LABEL = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", "<http://www.w3.org/2000/01/rdf-schema#label>"
_DIPL, _RICO = "<https://w3id.org/diplomatic-records/ontology#", "<https://www.ica.org/standards/RiC/ontology#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
#: The sections of a page, by the class of the parts that stand in them; parts of the text stand in it.
_SECTIONS = {
    f"{_RICO}RecordPart>": "",
    f"{_RICO}Event>": "What happened",
    f"{_DIPL}Reference>": "What it refers to",
    f"{_RICO}Identifier>": "Identifiers",
    f"{_DIPL}Marking>": "Marks on the copies",
    f"{_RICO}Instantiation>": "Where it is shown",
    f"{_DIPL}Reading>": "How values were found",
}
_FURTHER = "Further statements"
#: What a reader asks of a record first, in this order; all else follows in the order of quads.
_FIRST = {
    name: rank
    for rank, name in enumerate((
        *(f"{_DIPL}{name}>" for name in ("sentAt", "receivedAt", "fromText", "fromPost", "toText", "toPost")),
        *(f"{_RICO}{name}>" for name in ("hasSender", "hasReceiver", "hasAddressee", "hasAuthor")),
        *(f"{_DIPL}{name}>" for name in ("messageNumber", "controlNumber", "precedence", "classification", "caption")),
        *(f"{_RICO}{name}>" for name in ("isReplyTo", "hasOrHadMainSubject", "isOrWasIncludedIn")),
    ))
}  # fmt: skip
#: Properties that repeat what another says to people: they are shown where the values differ.
_REPEATS = {
    f"{_RICO}hasSender>": f"{_DIPL}fromPost>",
    f"{_RICO}hasReceiver>": f"{_DIPL}toPost>",
    f"{_RICO}isRecordResourceAssociatedWithRecordResource>": "<http://purl.org/dc/terms/references>",
}
_GONE = "<https://www.w3.org/ns/activitystreams#Tombstone>"
_NOW = "<http://purl.org/dc/terms/isReplacedBy>"
_property = itemgetter(0)


@dataclass
class Site:
    """What all pages share: their frame, the publication's base, which IRIs (relative to the base) have pages, and their labels."""

    frame: Frame
    base: str
    paths: Paths
    labels: Mapping[str, str] = field(default_factory=dict)
    _folders: dict[str, _Links] = field(default_factory=dict, repr=False)

    def label(self, iri: str) -> str | None:
        """The label of a resource: the publication's own, or a concept's of the shipped vocabularies."""
        if iri.startswith(self.base) and (found := self.labels.get(iri[len(self.base) :])):
            return found
        return concept_label(iri)

    def links(self, folder: str) -> _Links:
        """The links of pages of one folder."""
        return self._folders.setdefault(folder, _Links(self, folder))


class _Links(dict[str, str]):
    """The links of a folder's pages by IRI (in brackets), each made once."""

    def __init__(self, site: Site, folder: str) -> None:
        super().__init__()
        self._site, self._folder = site, folder

    def __missing__(self, term: str) -> str:
        link = self[term] = self._link(term[1:-1])
        return link

    def _link(self, iri: str) -> str:
        site = self._site
        resource, _, fragment = iri.partition("#")
        local = resource[len(site.base) :] if resource.startswith(site.base) else ""
        if local in site.paths:
            target = to(f"{site.paths[local]}.html", self._folder) + (f"#{fragment}" if fragment else "")
            return f'<a href="{escape(target)}"><bdi>{escape(site.label(resource) or local)}</bdi></a>'
        scheme, key = concept_of(iri)
        if scheme:
            target = to(f"ontology/vocabularies/{scheme}.html", self._folder)
            return f'<a href="{escape(target)}#{escape(key)}">{escape(site.label(iri) or key)}</a>'
        label = f"<bdi>{escape(site.label(iri) or iri)}</bdi>"
        is_web = iri.startswith(("http://", "https://"))
        return f'<a href="{escape(iri)}">{label}</a>' if is_web else f"<code>{label}</code>"


def page(site: Site, about: Description) -> str:
    """The page of a resource."""
    return "".join(_Page(site, about).html())


class _Page:
    def __init__(self, site: Site, about: Description) -> None:
        self._site, self._about = site, about
        self._local = about.iri.removeprefix(site.base)
        self._folder = dirname(site.paths[self._local])
        self._links = site.links(self._folder)
        self._label = site.label(about.iri) or self._local
        self._here = f"<{about.iri}>", f"<{about.iri}#"

    def html(self) -> Iterator[str]:
        frame, about, title = self._site.frame, self._about, escape(self._label)
        name = escape(to(self._site.paths[self._local], self._folder))
        head = (
            f'<link rel="canonical" href="{escape(about.iri)}">\n',
            f'<link rel="alternate" type="text/turtle" href="{name}.ttl">\n',
            f'<link rel="alternate" type="application/ld+json" href="{name}.jsonld">\n',
            f'<script type="application/ld+json">{structured(about, self._label, self._site.label)}</script>\n',
        )
        yield frame.open(self._label, self._folder, head)
        yield f'<h1 dir="auto">{title}</h1>\n'
        kinds = [term_label(value[1:-1]) for value in about.values(_TYPE)]
        if kinds:
            yield f'<p class="kinds">{escape(", ".join(dict.fromkeys(kinds)))}</p>\n'
        yield from self._notice()
        yield self._facts(sorted(about.statements, key=_rank))
        yield from self._text()
        yield from self._sections()
        yield from self._incoming()
        yield frame.close(
            f'<p>The same as data: <a href="{name}.ttl">Turtle</a>, <a href="{name}.jsonld">JSON-LD</a>. '
            f"Its name: <code>{escape(about.iri)}</code></p>"
        )

    def _notice(self) -> Iterator[str]:
        """Say first that a record is gone, or has another name."""
        if _GONE in self._about.values(_TYPE):
            yield '<p class="notice">This is not published any more; what is known of it follows.</p>\n'
        for value in self._about.values(_NOW):
            yield f'<p class="notice">This is now {self._links[value]}.</p>\n'

    def _facts(self, statements: Sequence[Statement]) -> str:
        """A list of properties and values; kinds and label stand above, and parts below."""
        pieces, last = [], ""
        for name, value in statements:
            if value.startswith("<"):
                if name == _TYPE or value == self._here[0] or value.startswith(self._here[1]):
                    continue
                if name in _REPEATS and (_REPEATS[name], value) in statements:
                    continue
                shown = self._links[value]
            elif name == _LABEL:
                continue
            else:
                shown = _literal(value)
            if name != last:
                pieces.append(_term(name))
                last = name
            pieces.append(f"<dd>{shown}</dd>\n")
        return f"<dl>\n{''.join(pieces)}</dl>\n" if pieces else ""

    def _text(self) -> Iterator[str]:
        parts = parts_of(self._about)
        if not parts:
            return
        yield '<section class="text">\n<h2>Text</h2>\n'
        for part in parts:
            label = f'<span class="label">{escape(part.label)}</span> ' if part.label else ""
            depth = f' class="depth-{min(part.depth, 4)}"' if part.depth else ""
            yield f'<p id="{_anchor(part.iri)}"{depth} dir="auto">{label}{marked(part)}</p>\n'
        yield "</section>\n"

    def _sections(self) -> Iterator[str]:
        sections: dict[str, list[str]] = {heading: [] for heading in (*_SECTIONS.values(), _FURTHER)}
        for iri, statements in self._about.parts.items():
            heading = next(
                (_SECTIONS[value] for name, value in statements if name == _TYPE and value in _SECTIONS), _FURTHER
            )
            if heading:
                sections[heading].append(
                    f'<div class="part" id="{_anchor(iri)}">\n<h3>{self._name_of(statements)}</h3>\n{self._facts(statements)}</div>\n'
                )
        for heading, parts in sections.items():
            if parts:
                yield f"<section>\n<h2>{heading}</h2>\n{''.join(parts)}</section>\n"

    def _name_of(self, statements: Sequence[Statement]) -> str:
        """What a part is called: its label, or its kind."""
        for name, value in statements:
            if name == _LABEL:
                return f"<bdi>{escape(text_of(value)[0])}</bdi>"
        return _kind(statements[0][1]) if statements[0][0] == _TYPE else ""

    def _incoming(self) -> Iterator[str]:
        if not self._about.incoming:
            return
        yield "<section>\n<h2>What leads here</h2>\n<dl>\n"
        by_property = {name: list(links) for name, links in groupby(self._about.incoming, _property)}
        for name, shown in by_property.items():
            if [link[1:] for link in by_property.get(_REPEATS.get(name, ""), [])] == [link[1:] for link in shown]:
                continue
            yield _term(name)
            yield from (f"<dd>{self._links[link.subject]}</dd>\n" for link in shown)
            if more := shown[0].number - len(shown):
                yield f"<dd>and {more:,} more</dd>\n"
        yield "</dl>\n</section>\n"


def _rank(statement: Statement) -> int:
    return _FIRST.get(statement[0], len(_FIRST))


@cache
def _term(name: str) -> str:
    return f"<dt>{escape(term_label(name[1:-1]))}</dt>\n"


@cache
def _kind(term: str) -> str:
    return escape(term_label(term[1:-1]))


def _anchor(iri: str) -> str:
    return escape(iri.partition("#")[2])


def _literal(value: str) -> str:
    text, language, datatype = text_of(value)
    if not datatype and not language:
        return f'<span dir="auto">{escape(text)}</span>' if not text.isascii() else f"<span>{escape(text)}</span>"
    if datatype.startswith(_XSD):
        return (
            f'<time datetime="{escape(text)}">{escape(text)}</time>'
            if datatype[len(_XSD) :] in ("date", "dateTime")
            else escape(text)
        )
    return (
        f'<span dir="auto" lang="{escape(language)}">{escape(text)}</span>'
        if language
        else f'<span dir="auto">{escape(text)}</span>'
    )
