"""Descriptions of a release hold to their profiles, and the profiles look at them."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from described import (
    CATALOGUE,
    OUTPUT,
    PROFILES,
    complaints,
    facts,
    graph_of,
    publish_plain,
    publish_rich,
    required,
    targets,
    without,
)
from published import quads_of
from rdflib import DCTERMS, FOAF, RDF, BNode, Graph, Literal, Namespace, URIRef

from cablegraph.release.descriptions.dcat import describe_dataset
from cablegraph.release.descriptions.dcat_ap import describe_for_portals
from cablegraph.release.descriptions.schema_org import describe_for_heritage, describe_for_search

ADMS = Namespace("http://www.w3.org/ns/adms#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
EDM = Namespace("http://www.europeana.eu/schemas/edm/")
SCHEMA = Namespace("https://schema.org/")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
VOID = Namespace("http://rdfs.org/ns/void#")

#: Each description with its profile.
PROFILED = {
    "void.ttl": "void",
    "nde.jsonld": "nde",
    "schema.jsonld": "schema",
    "edm.nt": "edm",
    "service.ttl": "service",
}
RELEASES = ("sample", "plain", "rich")
#: The classes of DCAT-AP that a description has instances of; a service where there is an endpoint.
CLAIMED = {
    DCAT.Catalog, DCAT.Dataset, DCAT.Distribution, FOAF.Agent, FOAF.Document, VCARD.Kind, SPDX.Checksum, SPDX.ChecksumAlgorithm,
    DCTERMS.LicenseDocument, DCTERMS.LinguisticSystem, DCTERMS.MediaType, DCTERMS.MediaTypeOrExtent, DCTERMS.PeriodOfTime,
    DCTERMS.RightsStatement, DCTERMS.Frequency, Namespace("http://www.w3.org/2004/02/skos/core#").Concept,
    Namespace("http://www.w3.org/2004/02/skos/core#").ConceptScheme,
}  # fmt: skip


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The committed sample, a release under built-in values, and one that says everything."""
    folder = tmp_path_factory.mktemp("described")
    return {"sample": OUTPUT, "plain": publish_plain(folder / "plain"), "rich": publish_rich(folder / "rich")}


def described(release: Path, name: str) -> Graph:
    return graph_of(release / "descriptions" / name)


@pytest.mark.parametrize("name", PROFILED)
@pytest.mark.parametrize("which", RELEASES)
def test_a_description_conforms_to_its_profile(releases: dict[str, Path], which: str, name: str) -> None:
    """Each profile accepts its description; an endpoint is described where there is one, records in EDM where they are asked for."""
    if (name == "service.ttl" and which != "rich") or (name == "edm.nt" and which == "plain"):
        assert not (releases[which] / "descriptions" / name).exists()
        return
    assert complaints(described(releases[which], name), PROFILES / f"{PROFILED[name]}.ttl") == ""


@pytest.mark.parametrize("name", PROFILED)
def test_a_profile_looks_at_its_description(releases: dict[str, Path], name: str) -> None:
    """Every class of a profile has instances, and each value that it asks for is missed when it is taken away."""
    data, profile = described(releases["rich"], name), PROFILES / f"{PROFILED[name]}.ttl"
    if name == "edm.nt":  # the rich release has no directory of places
        data = described(releases["sample"], name)
    assert targets(profile)
    assert {target for target in targets(profile) if (None, RDF.type, target) not in data} == set()
    asked = list(required(profile))
    assert asked
    for target, path in asked:
        assert complaints(without(data, target, path), profile), (target, path)


@pytest.mark.parametrize("which", RELEASES)
def test_data_portals_accept_the_description(shared: Path, releases: dict[str, Path], which: str) -> None:
    """The shapes of DCAT-AP 3.0.1 accept the catalogue, and it has every class that it claims to have."""
    shapes = shared / "vocab" / "dcat-ap-3.0.1-shacl.ttl"
    data = described(releases[which], "dcat-ap.ttl")
    assert complaints(data, shapes) == ""
    hit = {target for target in targets(shapes) if (None, RDF.type, target) in data}
    assert hit == CLAIMED | ({DCAT.DataService, DCTERMS.Standard} if which == "rich" else set())


def test_data_portals_look_at_the_description(shared: Path, releases: dict[str, Path]) -> None:
    """Each value that DCAT-AP 3.0.1 wants of a class that is there is missed when it is taken away, and so is each class."""
    shapes = shared / "vocab" / "dcat-ap-3.0.1-shacl.ttl"
    data = described(releases["rich"], "dcat-ap.ttl")
    asked = [(target, path) for target, path in required(shapes) if (None, RDF.type, target) in data]
    assert {target for target, _ in asked} == {
        DCAT.Catalog, DCAT.Dataset, DCAT.Distribution, DCAT.DataService, FOAF.Agent, SPDX.Checksum,
        *(node for node in CLAIMED if "skos" in node),
    }  # fmt: skip
    for target, path in asked:
        assert complaints(without(data, target, path), shapes), (target, path)
    for target in CLAIMED - {DCAT.Catalog}:  # nothing points at the catalogue
        assert complaints(without(data, target, RDF.type), shapes), target


@pytest.mark.parametrize("which", RELEASES)
def test_there_are_no_blank_nodes(releases: dict[str, Path], which: str) -> None:
    """Everything that is described has an IRI, in every description."""
    files = [releases[which] / "dataset.ttl", *sorted((releases[which] / "descriptions").iterdir())]
    assert len(files) >= 5
    for path in files:
        graph = graph_of(path)
        assert len(graph) > 10
        assert [term for triple in graph for term in triple if isinstance(term, BNode)] == [], path


@pytest.mark.parametrize("name", ["nde.jsonld", "schema.jsonld"])
def test_two_parsers_read_the_same_from_json_ld(releases: dict[str, Path], name: str) -> None:
    """Rdflib and Oxigraph read the same triples, and neither has to fetch a context."""
    path = releases["rich"] / "descriptions" / name
    read = {(t.subject, t.predicate, t.object) for t in ox.parse(path=str(path), format=ox.RdfFormat.JSON_LD)}
    lines = described(releases["rich"], name).serialize(format="nt")
    assert read == {(t.subject, t.predicate, t.object) for t in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)}
    assert isinstance(json.loads(path.read_text(encoding="utf-8"))["@context"], dict)


def test_each_reader_finds_the_licence_in_its_form(releases: dict[str, Path]) -> None:
    """NDE and search engines find it with https and without the deed's language, Europeana with http."""
    release = releases["rich"]
    licence = "//creativecommons.org/licenses/by-sa/4.0/"
    for name in ("nde.jsonld", "schema.jsonld"):
        graph = described(release, name)
        assert set(graph.objects(None, SCHEMA.license)) == {URIRef(f"https:{licence}")}
    assert set(described(release, "edm.ttl").objects(None, DCTERMS.license)) == {URIRef(f"http:{licence}")}
    assert set(described(release, "edm.nt").objects(None, EDM.rights)) == {URIRef(CATALOGUE.europeana.rights)}
    assert set(described(releases["sample"], "edm.nt").objects(None, EDM.rights)) == {
        URIRef("http://creativecommons.org/publicdomain/zero/1.0/")
    }


@pytest.mark.parametrize("which", RELEASES)
def test_downloads_are_the_dumps(releases: dict[str, Path], which: str) -> None:
    """Every description names each dump at the address where it is served, with its size and checksum."""
    release = releases[which]
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    address = CATALOGUE.landing_page if which == "rich" else manifest["base"]
    dumps = {f"{address}{dump['path']}": (str(dump["bytes"]), dump["sha256"]) for dump in manifest["dumps"]}
    assert dumps
    for name, url, size in (
        ("nde.jsonld", SCHEMA.contentUrl, SCHEMA.contentSize),
        ("schema.jsonld", SCHEMA.contentUrl, SCHEMA.contentSize),
    ):
        graph = described(release, name)
        said = {
            str(graph.value(node, url)): (str(graph.value(node, size)), str(graph.value(node, SCHEMA.sha256)))
            for node in graph.subjects(SCHEMA.sha256)
        }
        assert said == dumps
    for path in (release / "dataset.ttl", release / "descriptions" / "dcat-ap.ttl"):
        graph = graph_of(path)
        said = {
            str(graph.value(node, DCAT.downloadURL)): (
                str(graph.value(node, DCAT.byteSize)),
                str(graph.value(graph.value(node, SPDX.checksum), SPDX.checksumValue)).lower(),
            )
            for node in graph.subjects(RDF.type, DCAT.Distribution)
        }
        assert said == dumps
    assert {str(node) for node in graph_of(release / "dataset.ttl").objects(None, VOID.dataDump)} == set(dumps)


@pytest.mark.parametrize("which", RELEASES)
def test_void_counts_links_and_graphs(releases: dict[str, Path], which: str) -> None:
    """Linksets, named graphs, vocabularies and examples are those of the dump, counted another way."""
    release = releases[which]
    base = json.loads((release / "manifest.json").read_text(encoding="utf-8"))["base"]
    found = quads_of(next((release / "dumps").glob("*.nq")))
    void = described(release, "void.ttl")
    dataset = URIRef(f"{base}dataset")
    triples = {(quad.subject.value, quad.predicate.value, quad.object) for quad in found}
    links: Counter[str] = Counter()
    for subject, predicate, value in triples:
        outside = (
            isinstance(value, ox.NamedNode) and value.value.startswith("http") and not value.value.startswith(base)
        )
        if outside and subject.startswith(base) and predicate not in (str(RDF.type), str(DCTERMS.license)):
            links[predicate] += 1
    said: Counter[str] = Counter()
    for linkset in void.subjects(RDF.type, VOID.Linkset):
        said[str(void.value(linkset, VOID.linkPredicate))] += int(str(void.value(linkset, VOID.triples)))
    assert said == links
    graphs = Counter(quad.graph_name.value for quad in found)
    assert graphs == {
        str(node): int(str(void.value(node, VOID.triples))) for node in void.subjects(RDF.type, SD.NamedGraph)
    }
    terms = {predicate for _, predicate, _ in triples} | {
        value.value for _, predicate, value in triples if predicate == str(RDF.type)
    }
    namespaces = {re.sub(r"[^/#]*$", "", term) for term in terms}
    assert {str(node) for node in void.objects(dataset, VOID.vocabulary)} == namespaces
    examples = {str(node) for node in void.objects(dataset, VOID.exampleResource)}
    assert examples and examples <= {subject for subject, _, _ in triples}
    assert (release / ".well-known" / "void").read_bytes() == (release / "descriptions" / "void.ttl").read_bytes()
    assert set(void) - set(graph_of(release / "dataset.ttl")) == {
        triple
        for triple in void
        if triple[0] == URIRef(f"{CATALOGUE.landing_page if which == 'rich' else base}descriptions/void.ttl")
    }


def test_targets_of_links_are_known_by_their_namespace() -> None:
    """Links of the sample go to VIAF, to the Office of the Historian and to the vocabularies."""
    void = described(OUTPUT, "void.ttl")
    spaces = {
        str(void.value(void.value(linkset, VOID.objectsTarget), VOID.uriSpace)): int(
            str(void.value(linkset, VOID.triples))
        )
        for linkset in void.subjects(RDF.type, VOID.Linkset)
    }
    assert set(spaces) == {
        "http://viaf.org/viaf/", "https://history.state.gov/", "https://w3id.org/diplomatic-records/vocabulary/", "http://www.w3.org/",
    }  # fmt: skip
    assert spaces["http://viaf.org/viaf/"] == 4


def test_a_source_without_a_licence_says_what_is_published_of_it(releases: dict[str, Path]) -> None:
    """Each graph has the licence of its source; without one the description says that only identifiers and links are there."""
    void = described(releases["rich"], "void.ttl")
    licences = {
        str(void.value(node, DCTERMS.title)): (void.value(node, DCTERMS.license), void.value(node, DCTERMS.description))
        for node in void.subjects(RDF.type, SD.NamedGraph)
    }
    assert licences["telegrams"] == (URIRef("https://creativecommons.org/publicdomain/zero/1.0/"), None)
    assert licences["more"][0] is None and "identifiers and links" in str(licences["more"][1])
    plain = described(releases["plain"], "void.ttl")
    assert all(plain.value(node, DCTERMS.license) for node in plain.subjects(RDF.type, SD.NamedGraph))


def test_the_release_before_is_named(releases: dict[str, Path]) -> None:
    """DCAT names the version before with its date, and says in words what changed; without one it says nothing."""
    graph = graph_of(releases["rich"] / "dataset.ttl")
    (dataset,) = graph.subjects(RDF.type, DCAT.Dataset)
    previous = graph.value(dataset, DCAT.previousVersion)
    assert (graph.value(previous, DCAT.version), str(graph.value(previous, DCTERMS.issued))) == (
        Literal("1.0.0"),
        "2026-01-02",
    )
    step = json.loads((releases["rich"] / "manifest.json").read_text(encoding="utf-8"))["changes"][-1]
    notes = str(graph.value(dataset, ADMS.versionNotes))
    assert f"{step['added']} quads added, {step['removed']} removed" in notes
    assert f"{step['records']['created']} created" in notes
    assert (None, ADMS.versionNotes, None) not in graph_of(OUTPUT / "dataset.ttl")


def test_the_endpoint_is_told_where_there_is_one(releases: dict[str, Path]) -> None:
    """VoID, DCAT, DCAT-AP and NDE name the endpoint that is set, and no other release names any."""
    release, endpoint = releases["rich"], URIRef(CATALOGUE.endpoint)
    assert set(described(release, "void.ttl").objects(None, VOID.sparqlEndpoint)) == {endpoint}
    for path in (release / "dataset.ttl", release / "descriptions" / "dcat-ap.ttl"):
        assert endpoint in graph_of(path).objects(None, DCAT.endpointURL)
    nde = described(release, "nde.jsonld")
    (service,) = nde.subjects(SCHEMA.usageInfo, URIRef("https://www.w3.org/TR/sparql11-protocol/"))
    assert str(nde.value(service, SCHEMA.contentUrl)) == str(endpoint)
    for name in ("void.ttl", "nde.jsonld"):
        assert "sparql" not in (OUTPUT / "descriptions" / name).read_text(encoding="utf-8").casefold().replace(
            "sparql-service-description", ""
        )


def test_only_what_is_asked_for_is_written(releases: dict[str, Path]) -> None:
    """Without a list Europeana's records are left out, and empty lists leave dataset.ttl, page, sitemap and citation."""
    assert {path.name for path in (releases["plain"] / "descriptions").iterdir()} == {
        "void.ttl", "dcat-ap.ttl", "nde.jsonld", "schema.jsonld",
    }  # fmt: skip
    names = {path.name for path in (releases["rich"].parent / "one").iterdir()}
    assert {"dataset.ttl", "index.html", "sitemap.xml", "robots.txt", "CITATION.cff"} <= names
    assert not {"descriptions", "feeds", ".well-known"} & names


def test_feeds_are_told_where_there_are_any(releases: dict[str, Path]) -> None:
    """They are services of the data set, whose addresses lead to files of the release."""
    release, address = releases["rich"], CATALOGUE.landing_page
    graph = graph_of(release / "dataset.ttl")
    for title in ("Linked Data Event Stream", "ResourceSync"):
        (service,) = graph.subjects(DCTERMS.title, Literal(title))
        assert graph.value(service, DCAT.servesDataset) == graph.value(predicate=RDF.type, object=DCAT.Dataset)
        assert (release / str(graph.value(service, DCAT.endpointURL)).removeprefix(str(address))).is_file()
    without = (release.parent / "one" / "dataset.ttl").read_text(encoding="utf-8")
    assert "feeds" not in without
    assert "ResourceSync" not in without


def test_each_reader_is_told_how_a_dump_is_compressed(shared: Path) -> None:
    """DCAT names the compression beside the media type of what is compressed, NDE behind it, search engines as a second one."""
    told = facts()
    portals = Graph().parse(data=describe_for_portals(told), format="turtle")
    assert complaints(portals, shared / "vocab" / "dcat-ap-3.0.1-shacl.ttl") == ""
    for graph, scheme in ((Graph().parse(data=describe_dataset(told), format="turtle"), "https"), (portals, "http")):
        types = f"{scheme}://www.iana.org/assignments/media-types/"
        said = {
            (str(graph.value(node, DCAT.mediaType)), graph.value(node, DCAT.compressFormat))
            for node in graph.subjects(RDF.type, DCAT.Distribution)
        }
        assert said == {
            (f"{types}application/n-triples", None),
            (f"{types}text/turtle", URIRef(f"{types}application/gzip")),
        }
    heritage, search = describe_for_heritage(told)["distribution"], describe_for_search(told)["distribution"]
    assert [each["encodingFormat"] for each in heritage if "encodingFormat" in each] == [
        "application/n-triples",
        "text/turtle+gzip",
    ]
    assert [each["encodingFormat"] for each in search] == ["application/n-triples", ["text/turtle", "application/gzip"]]
