"""``descriptions/dcat-ap.ttl``: a catalogue with the release, in DCAT-AP 3.0.1, for data portals in Europe.

Values are those of the controlled vocabularies that the profile names. Its shapes want the class of each stated, so that
a reader needs nothing but the file.
"""

from __future__ import annotations

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, SKOS

from cablegraph.catalogue import FREQUENCIES
from cablegraph.release.descriptions.dcat import add_dataset, add_distribution
from cablegraph.release.descriptions.facts import ADMS, DCAT, SPDX, VCARD, Facts, new_graph, write_turtle

_MEDIA = "http://www.iana.org/assignments/media-types/"
_EU = "http://publications.europa.eu/resource/authority/"
_THEMES = URIRef(f"{_EU}data-theme")
#: The theme of what states write to each other.
_THEME = URIRef(f"{_EU}data-theme/INTR")
_PUBLIC = URIRef(f"{_EU}access-right/PUBLIC")
_SPARQL = URIRef("https://www.w3.org/TR/sparql11-protocol/")
#: Entries of the EU's list of file types.
_FILE_TYPES = {
    "text/turtle": "RDF_TURTLE",
    "application/n-triples": "RDF_N_TRIPLES",
    "application/n-quads": "RDF_N_QUADS",
    "application/trig": "RDF_TRIG",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON_LD",
}
#: Entries of the EU's list of languages for those of its institutions and its neighbours, by ISO 639-1.
_LANGUAGES = dict(
    pair.split("=")
    for pair in [
        "bg=BUL",
        "cs=CES",
        "da=DAN",
        "de=DEU",
        "el=ELL",
        "en=ENG",
        "es=SPA",
        "et=EST",
        "fi=FIN",
        "fr=FRA",
        "ga=GLE",
        "hr=HRV",
        "hu=HUN",
        "is=ISL",
        "it=ITA",
        "lt=LIT",
        "lv=LAV",
        "mt=MLT",
        "nl=NLD",
        "no=NOR",
        "pl=POL",
        "pt=POR",
        "ro=RON",
        "ru=RUS",
        "sk=SLK",
        "sl=SLV",
        "sv=SWE",
        "tr=TUR",
        "uk=UKR",
    ]
)


def describe_for_portals(facts: Facts) -> str:
    """Write the catalogue as Turtle, the same for the same release; no blank nodes."""
    graph = new_graph(dcat=DCAT, adms=ADMS, spdx=SPDX, vcard=VCARD, dcterms=DCTERMS, foaf=FOAF, skos=SKOS)
    about, dataset, licence = facts.publication, facts.dataset, URIRef(facts.licence)
    catalogue, page = URIRef(f"{about.base}catalogue"), facts.address("")
    graph.add((catalogue, RDF.type, DCAT.Catalog))
    graph.add((catalogue, DCTERMS.title, Literal(f"{about.publisher.name}: catalogue", lang=about.language)))
    graph.add((catalogue, DCTERMS.description, Literal(about.description, lang=about.language)))
    graph.add((catalogue, DCTERMS.publisher, facts.publisher))
    graph.add((catalogue, DCTERMS.license, licence))
    graph.add((catalogue, DCTERMS.issued, facts.date))
    graph.add((catalogue, FOAF.homepage, page))
    graph.add((catalogue, DCAT.themeTaxonomy, _THEMES))
    graph.add((catalogue, DCAT.dataset, dataset))
    add_dataset(graph, facts, licence)
    graph.add((dataset, DCAT.landingPage, page))
    graph.add((dataset, DCAT.theme, _THEME))
    graph.add((dataset, DCTERMS.accessRights, _PUBLIC))
    frequency = URIRef(f"{_EU}frequency/{FREQUENCIES[about.catalogue.frequency]}")
    graph.add((dataset, DCTERMS.accrualPeriodicity, frequency))
    for node, kind in (
        (licence, DCTERMS.LicenseDocument),
        (page, FOAF.Document),
        (_THEMES, SKOS.ConceptScheme),
        (_THEME, SKOS.Concept),
        (_PUBLIC, DCTERMS.RightsStatement),
        (frequency, DCTERMS.Frequency),
        (SPDX.checksumAlgorithm_sha256, SPDX.ChecksumAlgorithm),
    ):
        graph.add((node, RDF.type, kind))
    graph.add((_THEMES, DCTERMS.title, Literal("Data theme", lang="en")))
    graph.add((_THEME, SKOS.prefLabel, Literal("International issues", lang="en")))
    if language := _LANGUAGES.get(about.language.partition("-")[0].lower()):
        node = URIRef(f"{_EU}language/{language}")
        graph.add((node, RDF.type, DCTERMS.LinguisticSystem))
        graph.add((catalogue, DCTERMS.language, node))
        graph.add((dataset, DCTERMS.language, node))
    for dump in facts.dumps:
        distribution = add_distribution(graph, facts, dataset, dump, licence, _MEDIA)
        graph.add((distribution, DCTERMS.description, Literal(f"{dump.media_type}, {dump.size} bytes", lang="en")))
        for media_type in list(graph.objects(distribution, DCAT.mediaType | DCAT.compressFormat)):
            graph.add((media_type, RDF.type, DCTERMS.MediaType))
        if file_type := _FILE_TYPES.get(dump.media_type):
            kind = URIRef(f"{_EU}file-type/{file_type}")
            graph.add((kind, RDF.type, DCTERMS.MediaTypeOrExtent))
            graph.add((distribution, DCTERMS["format"], kind))
    if about.catalogue.endpoint:
        _add_service(graph, facts, catalogue, licence)
    return write_turtle(graph)


def _add_service(graph: Graph, facts: Facts, catalogue: URIRef, licence: URIRef) -> None:
    about, service = facts.publication, URIRef(f"{facts.dataset}#service")
    graph.add((catalogue, DCAT.service, service))
    graph.add((service, RDF.type, DCAT.DataService))
    graph.add((service, DCTERMS.title, Literal(f"{about.title}: SPARQL", lang=about.language)))
    graph.add((service, DCTERMS.publisher, facts.publisher))
    graph.add((service, DCTERMS.license, licence))
    graph.add((service, DCTERMS.conformsTo, _SPARQL))
    graph.add((_SPARQL, RDF.type, DCTERMS.Standard))
    graph.add((service, DCAT.endpointURL, URIRef(about.catalogue.endpoint)))
    graph.add((service, DCAT.servesDataset, facts.dataset))
