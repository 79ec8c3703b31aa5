"""``index.html``: the landing page of a release. Static, without JavaScript; light and dark; it asks nobody for anything."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cablegraph.folders import MANIFEST
from cablegraph.pages import Frame
from cablegraph.release.descriptions.facts import Facts
from cablegraph.release.dumps import Dump
from cablegraph.release.inventory import SUMS

#: What stands in a release beside dumps, where it does: path and what it is.
_PARTS = (
    ("dataset.ttl", "Description in DCAT 3 and VoID"),
    ("descriptions/void.ttl", "Description in VoID"),
    ("descriptions/dcat-ap.ttl", "Description in DCAT-AP 3.0.1, for data portals"),
    ("descriptions/nde.jsonld", "Description for the Dataset Register of the Dutch Digital Heritage Network"),
    ("descriptions/schema.jsonld", "Description in schema.org, as it stands in this page"),
    ("descriptions/edm.ttl", "Description for Europeana's harvester"),
    ("descriptions/edm.nt", "Records in the Europeana Data Model"),
    ("descriptions/service.ttl", "Description of the SPARQL endpoint"),
    ("CITATION.cff", "Citation File Format"),
    ("links.sssom.tsv", "Links to other authorities, in SSSOM"),
    ("ontology/index.html", "Ontology and vocabularies"),
    ("report/report.html", "Validation report, with measures of quality"),
    ("minted.csv", "Keys that IRIs are made from"),
    ("provenance.ttl", "Provenance: how the release came to be, in PROV-O"),
    (MANIFEST, "Manifest: what the release is, what went into it and what came of it"),
    (SUMS, "Checksums of all files, for sha256sum"),
    ("feeds/ldes/index.trig", "Feed of changes: a Linked Data Event Stream"),
    ("feeds/resourcesync/capabilitylist.xml", "Lists of all files and of changed ones: ResourceSync"),
)
#: What is written behind the page: by the setting that has it, or always.
_LATER = {
    MANIFEST: "",
    SUMS: "",
    "feeds/ldes/index.trig": "ldes",
    "feeds/resourcesync/capabilitylist.xml": "resourcesync",
}


def write_page(facts: Facts, folder: Path, frame: Frame, structured: Mapping[str, Any]) -> str:
    """Write the page, framed as those of the site are, over the files that stand in ``folder``; ``structured`` is the JSON-LD of schema.org to embed."""
    about = facts.publication
    # In a script element only the end of the element and of comments could be misread.
    data = json.dumps(structured, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    language = f' lang="{escape(about.language)}"'
    head = (
        f'<meta name="description" content="{escape(about.description)}">\n',
        f'<link rel="canonical" href="{escape(str(facts.address("")))}">\n',
        '<link rel="describedby" type="text/turtle" href="dataset.ttl">\n',
        f'<script type="application/ld+json">\n{data}\n</script>\n',
    )
    return (
        f"{frame.open('', '', head)}<h1{language}>{escape(about.title)}</h1>\n<p{language}>{escape(about.description)}</p>\n"
        f"{_numbers(facts, frame)}{_lists(frame)}{_licence(facts)}{_downloads(facts)}{_parts(folder, about.feeds)}{_changes(facts)}{frame.close()}"
    )


def _lists(frame: Frame) -> str:
    """What there is to look at: the lists of the site, with how much stands in each."""
    if not frame.lists:
        return ""
    items = "".join(f"<li>{_file(each.path, each.title)}: {each.number:,}</li>\n" for each in frame.lists)
    return _section("browse", "Browse", f"<ul>\n{items}</ul>\n")


def _numbers(facts: Facts, frame: Frame) -> str:
    counts, about = facts.counts, facts.publication
    rows = [
        ("Version", escape(f"{about.version}, {facts.issued}")),
        ("Records", f"{facts.records:,}"),
        ("RDF triples", f"{counts.triples:,}"),
    ]
    if counts.period:
        rows.append(("Dates", escape(" to ".join(counts.period))))
    publisher = escape(about.publisher.name)
    if about.publisher.iri:
        publisher = _link(about.publisher.iri, about.publisher.name)
    if about.publisher.email:
        publisher += f", {_link(f'mailto:{about.publisher.email}', about.publisher.email)}"
    rows.append(("Publisher", publisher))
    if about.catalogue.endpoint:
        rows.append(("SPARQL endpoint", _link(about.catalogue.endpoint, about.catalogue.endpoint)))
    if counts.examples and not frame.lists:
        rows.append(("Examples", "<br>".join(_link(iri, iri) for iri in counts.examples)))
    return _section(
        "release", "The release", "<dl>\n" + "".join(f"<dt>{k}</dt><dd>{v}</dd>\n" for k, v in rows) + "</dl>\n"
    )


def _licence(facts: Facts) -> str:
    text = f"<p>Licence: {_link(facts.licence, facts.licence)}</p>\n"
    named = [(iri, each) for iri, each in facts.counts.graphs.items() if each.of_source]
    if any(each.licences != (facts.publication.licence,) for _, each in named):
        restricted = facts.publication.unlicensed != "full"
        rows = "".join(
            f"<tr><td><code>{escape(iri)}</code></td><td>"
            + (
                ", ".join(_link(licence, licence) for licence in each.licences)
                or ("none stated: identifiers and links only" if restricted else "that of the release")
            )
            + f'</td><td class="number">{each.triples:,}</td></tr>\n'
            for iri, each in named
        )
        text += _table("Licences of the sources, each a named graph", ("Graph", "Licence", "Triples"), rows)
    text += f"<p>How to cite:</p>\n<blockquote>{escape(facts.citation)}</blockquote>\n"
    return _section("licence", "Licence and citation", text)


def _downloads(facts: Facts) -> str:
    rows = "".join(
        f"<tr><td>{_file(dump.path, dump.path.rsplit('/', 1)[-1])}</td><td>{escape(_kind(dump))}</td>"
        f'<td class="number">{dump.size:,}</td><td><code>{dump.sha256}</code></td></tr>\n'
        for dump in facts.dumps
    )
    table = _table("Dumps of all data", ("File", "Media type", "Bytes", "SHA-256"), rows)
    return _section("downloads", "Downloads", table)


def _kind(dump: Dump) -> str:
    compression = dump.compression
    return f"{dump.media_type}, {compression}" if compression else dump.media_type


def _parts(folder: Path, feeds: Sequence[str]) -> str:
    later = {path for path, feed in _LATER.items() if not feed or feed in feeds}
    there = [(path, what) for path, what in _PARTS if path in later or (folder / path).is_file()]
    items = "".join(f"<li>{_file(path, path)}: {escape(what)}</li>\n" for path, what in there)
    tables = sorted(path.name for path in (folder / "register").glob("*"))
    if tables:
        items += f"<li>Tables of the register: {', '.join(_file(f'register/{name}', name) for name in tables)}</li>\n"
    return _section("parts", "What else is here", f"<ul>\n{items}</ul>\n")


def _changes(facts: Facts) -> str:
    steps = facts.history.steps
    if not steps:
        return ""
    rows = "".join(_step(step) for step in reversed(steps))
    table = _table("Steps from release to release", ("Step", "Date", "Quads added", "Quads removed"), rows)
    return _section("changes", "Changes", table)


def _step(step: Mapping[str, Any]) -> str:
    path = f"changes/{step['from']}..{step['to']}/resources.csv"
    numbers = "".join(f'<td class="number">{step[key]:,}</td>' for key in ("added", "removed"))
    title = f"{step['from']} to {step['to']}"
    return f"<tr><td>{_file(path, title)}</td><td>{escape(str(step['date']))}</td>{numbers}</tr>\n"


def _section(name: str, title: str, body: str) -> str:
    return f'<section aria-labelledby="{name}"><h2 id="{name}">{escape(title)}</h2>\n{body}</section>\n'


def _table(caption: str, titles: Iterable[str], rows: str) -> str:
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in titles)
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{escape(caption)}"><table><caption>{escape(caption)}</caption>\n'
        f"<thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table></div>\n"
    )


def _link(address: str, text: str) -> str:
    return f'<a href="{escape(address)}">{escape(text)}</a>'


def _file(path: str, text: str) -> str:
    """A link to a file of the release."""
    return _link(quote(path), text)
