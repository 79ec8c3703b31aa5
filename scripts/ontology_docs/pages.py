"""HTML pages: the ontology by pyLODE, trimmed, and each vocabulary as a tree of its concepts."""

from __future__ import annotations

import re
from html import escape

from lxml import html
from pylode import OntPub
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node
from scripts.ontology_docs.names import DIPL, IRI, VOCABULARY, curie, text_of
from scripts.ontology_docs.sssom import mappings

_SDO = Namespace("https://schema.org/")
_STYLE = """
:root{color-scheme:light dark;--paper:#fdfdfb;--ink:#1d1d1b;--link:#1a5490;--quiet:#595959}
@media(prefers-color-scheme:dark){:root{--paper:#161719;--ink:#e8e6e1;--link:#8ec5ff;--quiet:#a9a8a3}}
body{background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem}
h1,h2,h3{line-height:1.2}a{color:var(--link)}code{font-size:.9em}table{border-collapse:collapse;width:100%;margin-bottom:1rem}
th,td{text-align:left;vertical-align:top;padding:.2rem .5rem;border-bottom:1px solid #8884}th{width:11rem;font-weight:normal}
.entity{margin-top:2rem}ul{padding-left:1.3rem}li{margin:.2rem 0}td p,td ul{margin:0}.k{color:var(--quiet)}figure{margin:1rem 0;overflow-x:auto}
"""
_HEAD = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
)


def ontology_page(ontology: Graph, alignments: dict[str, Graph], schemes: dict[str, Graph]) -> str:
    """The page of the ontology: what pyLODE says of each term, its alignments, the diagrams, the vocabularies."""
    own = Graph()
    for prefix, namespace in ontology.namespaces():
        own.bind(prefix, namespace)
    for triple in ontology:
        if str(triple[0]).startswith(str(IRI)):
            own.add(triple)
    page = html.document_fromstring(OntPub(own, sort_subjects=True).make_html())
    for path in ("//*[@id='pylode']", "//head", "//script", "//*[@id='legend']"):
        for element in page.xpath(path):
            element.drop_tree()
    for element in page.xpath("//*[@title]"):
        del element.attrib["title"]
    for element in page.iter():
        if isinstance(element.tag, str) and not any(e.tag == "pre" for e in (element, *element.iterancestors())):
            element.text = _trimmed(element.text)
        element.tail = _trimmed(element.tail)
    for element in page.xpath("//li[.//a/@href='#legend']"):
        element.drop_tree()
    _identify(page)
    _add_datatypes(page, ontology)
    _add_alignments(page, mappings(ontology, alignments))
    page.find("body").tag = "main"
    body = html.tostring(page.find("main"), encoding="unicode")
    body = body.replace(
        '<div class="section" id="classes">',
        _introduction(text_of(ontology, IRI, SKOS.changeNote), alignments, schemes)
        + '<div class="section" id="classes">',
        1,
    )
    version = text_of(ontology, IRI, OWL.versionInfo)
    title = escape(text_of(ontology, IRI, DCTERMS.title))
    links = '<link rel="alternate" type="text/turtle" href="diplomatic-records.ttl">'
    return f"{_HEAD}<title>{title} {version}</title>{links}<style>{_STYLE}</style></head><body>{body.strip()}</body></html>\n"


def _trimmed(text: str | None) -> str | None:
    return None if text is None else re.sub(r"\s*\n\s*", " " if text.strip() else "", text)


def _identify(page: html.HtmlElement) -> None:
    """Name each place after its term, so that the IRIs of terms lead there; pyLODE names it after the label."""
    renamed = {}
    for entity in page.xpath("//div[contains(@class, 'entity')]"):
        name = entity.findtext(".//code").partition("#")[2]
        renamed[f"#{entity.get('id')}"] = f"#{name}"
        entity.set("id", name)
    for link in page.xpath("//a[starts-with(@href, '#')]"):
        link.set("href", renamed.get(link.get("href"), link.get("href")))


def _add_datatypes(page: html.HtmlElement, ontology: Graph) -> None:
    """A section for datatypes, which pyLODE leaves out."""
    rows = ""
    for term in sorted(ontology.subjects(RDF.type, RDFS.Datatype)):
        name = str(term).removeprefix(DIPL)
        rows += (
            f'<div class="property entity" id="{name}"><h3>{escape(text_of(ontology, term, RDFS.label))}</h3><table><tr><th>IRI</th>'
            f"<td><code>{term}</code></td></tr><tr><th>Description</th><td>{escape(text_of(ontology, term, SKOS.definition))}</td></tr>"
            f"<tr><th>Example</th><td><pre>{escape(text_of(ontology, term, SKOS.example))}</pre></td></tr></table></div>"
        )
    section = html.fragment_fromstring(f'<div class="section" id="datatypes"><h2>Datatypes</h2>{rows}</div>')
    page.xpath("//*[@id='datatypeproperties']")[0].addnext(section)


def _add_alignments(page: html.HtmlElement, rows: list[tuple[URIRef, URIRef, URIRef, str]]) -> None:
    for entity in page.xpath("//div[contains(@class, 'entity')]"):
        iri = entity.findtext(".//code")
        items = [
            f'<li>{escape(curie(predicate))} <a href="{escape(other)}">{escape(curie(other))}</a></li>'
            for term, predicate, other, _ in rows
            if str(term) == iri
        ]
        if items:
            entity.find("table").append(
                html.fragment_fromstring(
                    f"<tr><th>Alignment</th><td><ul>{''.join(items)}</ul></td></tr>", create_parent="tbody"
                )
            )


def _introduction(changes: str, alignments: dict[str, Graph], schemes: dict[str, Graph]) -> str:
    named = "".join(
        f'<li><a href="vocabularies/{name}.html">{escape(text_of(graph, URIRef(VOCABULARY + name), DCTERMS.title))}</a>'
        f" ({len(set(graph.subjects(RDF.type, SKOS.Concept)))})</li>"
        for name, graph in schemes.items()
    )
    aligned = "".join(f'<li><a href="alignments/{name}.ttl">{name}</a></li>' for name in alignments)
    return (
        f'<p>{escape(changes)} <a href="#toc">Contents</a></p>'
        '<div class="section" id="model"><h2>Model</h2><figure><a href="model.svg"><img src="model.svg" width="100%" '
        'alt="Classes as boxes with their properties; lines lead from a property to the class of its values."></a></figure>'
        '<h2 id="example">Example</h2><p>Telegram 1862 from the United States Mission to the United Nations, as the sample '
        'release has it.</p><figure><a href="usun-1862.svg"><img src="usun-1862.svg" width="100%" '
        'alt="The record of the telegram and the things that it names, as boxes with lines between them."></a></figure>'
        f'<h2 id="vocabularies">Vocabularies</h2><ul>{named}</ul><h2 id="alignments">Alignments</h2><ul>{aligned}'
        '<li><a href="alignments/diplomatic-records.sssom.tsv">all of them as an SSSOM table</a></li></ul>'
        '<p>Files: <a href="diplomatic-records.ttl">ontology</a>, <a href="rules.ttl">rules</a> (Turtle).</p></div>'
    )


def vocabulary_page(name: str, graph: Graph) -> str:
    """A vocabulary as a tree: each concept with labels, notation, definition, notes, dates and what else it says."""
    scheme = URIRef(VOCABULARY + name)
    tops = _ordered(graph, graph.objects(scheme, SKOS.hasTopConcept))
    title = escape(text_of(graph, scheme, DCTERMS.title))
    tree = "\n".join(_concept(graph, concept, scheme) for concept in tops)
    return (
        f'{_HEAD}<title>{title}</title><link rel="alternate" type="text/turtle" href="{name}.ttl"><style>{_STYLE}</style></head><body><main>'
        f'<p><a href="../index.html">Diplomatic records ontology</a></p><h1>{title}</h1><p>{escape(text_of(graph, scheme, DCTERMS.description))}</p>'
        f'<p class="k">Source: {escape(text_of(graph, scheme, DCTERMS.source))}. {len(set(graph.subjects(RDF.type, SKOS.Concept)))} concepts of '
        f'<code>{scheme}</code>, also <a href="{name}.ttl">as Turtle</a>.</p>\n<ul>\n{tree}\n</ul></main></body></html>\n'
    )


def _ordered(graph: Graph, concepts: object) -> list[Node]:
    return sorted(concepts, key=lambda concept: (str(graph.value(concept, SKOS.prefLabel)).casefold(), concept))  # type: ignore[call-overload]


def _concept(graph: Graph, concept: Node, scheme: URIRef) -> str:
    key = str(concept).removeprefix(f"{scheme}/")
    codes = "".join(
        f" <code>{escape(code)}</code>" for code in sorted({str(o) for o in graph.objects(concept, SKOS.notation)})
    )
    others = sorted(str(o) for p in (SKOS.altLabel, SKOS.hiddenLabel) for o in graph.objects(concept, p))
    also = f' <span class="k">Also: {escape("; ".join(others))}.</span>' if others else ""
    notes = "".join(f" {escape(str(note))}" for note in sorted(graph.objects(concept, SKOS.scopeNote)))
    more = "; ".join(filter(None, (_years(graph, concept), *_rest(graph, concept))))
    below = _ordered(graph, graph.subjects(SKOS.broader, concept))
    narrower = "<ul>" + "".join(_concept(graph, child, scheme) for child in below) + "</ul>" if below else ""
    return (
        f'<li id="{key}"><b>{escape(text_of(graph, concept, SKOS.prefLabel))}</b>{codes} '
        f"{escape(text_of(graph, concept, SKOS.definition))}{notes}{also}"
        + (f' <span class="k">{escape(more)}.</span>' if more else "")
        + f"{narrower}</li>"
    )


def _years(graph: Graph, concept: Node) -> str:
    start, end = text_of(graph, concept, _SDO.validFrom), text_of(graph, concept, _SDO.validThrough)
    return f"{start or '…'} – {end or '…'}" if start or end else ""


def _rest(graph: Graph, concept: Node) -> list[str]:
    """What a concept says by our own properties, and its source."""
    found = []
    for predicate, value in sorted(graph.predicate_objects(concept)):
        if str(predicate).startswith(DIPL):
            shown = str(value) if isinstance(value, Literal) else str(value).rsplit("/", 1)[-1]
            found.append(f"{text_from_camel(str(predicate)[len(DIPL) :])} {shown}")
    return [*found, *(f"source: {value}" for value in sorted(graph.objects(concept, DCTERMS.source)))]


def text_from_camel(name: str) -> str:
    """``timeZone`` as people read it: "time zone"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
