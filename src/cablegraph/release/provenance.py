"""``provenance.ttl``: how a release came to be, in PROV-O, with the counts at each stage (DQV) and checksums (SPDX).

It says what the manifest says, as a graph: nothing is counted twice, and nothing is named that the manifest does not name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from rdflib import Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS, SKOS, XSD

from cablegraph.release.descriptions.facts import DCAT, SPDX, VOID, date_of, new_graph, write_turtle
from cablegraph.release.descriptions.quality import DQV

#: The file's name in a release.
PROVENANCE = "provenance.ttl"

PAV = Namespace("http://purl.org/pav/")
SCHEMA = Namespace("https://schema.org/")

#: Characters of a source's name that its IRI in the data has as they are (unreserved ones of RFC 3987).
_RESERVED = re.compile(r"[^A-Za-z0-9._~\-\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U000efffd]")

#: The stages in their order: what each is, what it uses, by which plan, what it makes.
_STAGES: tuple[tuple[str, str, tuple[str, ...], str, str], ...] = (
    ("read", "Sources and authorities are read into a register.", ("sources", "authorities"), "ontology", "register"),
    ("link", "The register is linked: what is one record, who and what is meant.", ("register",), "ontology", "linked-register"),
    ("map", "The linked register is mapped to quads.", ("linked-register",), "mappings", "quads"),
    ("check", "The quads are checked against shapes.", ("quads",), "shapes", "report"),
    ("release", "The quads are published, with the register, the report and descriptions.", ("quads", "linked-register", "report"), "configuration", "release"),
)  # fmt: skip

#: What is counted at a stage, by the name in the manifest's ``counts``.
_COUNTS = {
    "documents": ("read", "Documents that were read"),
    "records": ("link", "Records that the documents became, without stubs"),
    "merged": ("link", "Documents that show a record which another shows, too"),
    "withheld": ("link", "Documents that are withheld"),
    "stubs": ("link", "Records that are known by a reference alone"),
    "quads": ("release", "Quads that are published"),
    "triples": ("release", "Distinct triples that are published, over all graphs"),
    "quarantined": ("check", "Records that are held back, since they violate a shape"),
}
#: Counts that are tables of the manifest: the stage and what a row of the table is.
_GROUPS = {
    "links": ("link", "Links that were inferred, by method"),
    "complaints": ("check", "Complaints, by severity"),
}
_FINDINGS = {"findings": ("read", "Findings of the readers"), "linked_findings": ("link", "Findings of linking")}


def describe_provenance(manifest: Mapping[str, Any]) -> str:
    """Write the provenance of the release that a manifest (without its list of files) tells of, as Turtle."""
    return write_turtle(_Provenance(manifest).graph)


class _Provenance:
    def __init__(self, manifest: Mapping[str, Any]) -> None:
        self.manifest = manifest
        self.graph = new_graph(
            prov=PROV, pav=PAV, dcterms=DCTERMS, dcat=DCAT, dqv=DQV, schema=SCHEMA, skos=SKOS, spdx=SPDX, void=VOID
        )
        self.dataset = URIRef(f"{manifest['base']}dataset")
        self.release = self.version(manifest["version"])
        self.entities: dict[str, list[URIRef]] = {
            "register": [self.entity("register", "The register, as it was read")],
            "report": [self.file("report/report.ttl", "The report of the check")],
            "configuration": [self.file("cablegraph.toml", "The configuration of the publication")],
            "release": [self.release],
            "sources": [self.source(each) for each in manifest["sources"]],
        }
        for name in ("authorities", "mappings", "shapes", "ontology"):
            self.entities[name] = [self.collection(name, manifest[name])]
        self.entities["linked-register"] = [self.tables()]
        self.entities["quads"] = [self.quads()]
        for name in ("mappings", "shapes", "ontology", "configuration"):
            self.add(self.entities[name][0], RDF.type, PROV.Plan)
        self.agents()
        self.stages()
        self.released()
        self.counts()

    def add(self, *triple: Any) -> None:
        self.graph.add(triple)

    def node(self, name: str) -> URIRef:
        return URIRef(f"{self.dataset}#{quote(name, safe='-._~')}")

    def version(self, version: str) -> URIRef:
        return self.node(f"version-{version}")

    def address(self, path: str) -> URIRef:
        return URIRef(f"{self.manifest['address']}{quote(path)}")

    def entity(self, name: str, label: str) -> URIRef:
        return self.described(self.node(name), label)

    def file(self, path: str, label: str) -> URIRef:
        return self.described(self.address(path), label)

    def described(self, node: URIRef, label: str) -> URIRef:
        self.add(node, RDF.type, PROV.Entity)
        self.add(node, RDFS.label, Literal(label))
        return node

    def checksum(self, node: URIRef, sha256: str) -> None:
        checksum = URIRef(f"{node}{'-' if '#' in node else '#'}sha256")
        self.add(node, SPDX.checksum, checksum)
        self.add(checksum, RDF.type, SPDX.Checksum)
        self.add(checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
        self.add(checksum, SPDX.checksumValue, Literal(sha256, datatype=XSD.hexBinary))

    def source(self, told: Mapping[str, Any]) -> URIRef:
        """A source, under the IRI that the data has for it."""
        name = _RESERVED.sub(lambda match: quote(match[0], safe=""), told["source"])
        node = self.described(URIRef(f"{self.manifest['base']}source/{name}"), told["file"])
        self.add(node, DCAT.byteSize, Literal(told["bytes"], datatype=XSD.nonNegativeInteger))
        if told["sha256"]:
            self.checksum(node, told["sha256"])
        if told["dated"]:
            self.add(node, DCTERMS.issued, date_of(told["dated"]))
        self.count(f"documents-{told['source']}", "documents", told["count"], node, "read")
        self.add(self.release, PROV.wasDerivedFrom, node)
        return node

    def collection(self, name: str, hashes: Mapping[str, str]) -> URIRef:
        """Files, each with its hash. Those of the ontology are in the release; of the others it has the hashes alone."""
        node = self.entity(name, name)
        self.add(node, RDF.type, PROV.Collection)
        for path, sha256 in hashes.items():
            member = self.file(f"ontology/{path}", path) if name == "ontology" else self.entity(f"{name}-{path}", path)
            self.checksum(member, sha256)
            self.add(node, PROV.hadMember, member)
        return node

    def tables(self) -> URIRef:
        """The linked register. The checksum of a table is that of its rows as JSON lines, whatever form its file has."""
        node = self.entity("linked-register", "The register, with links")
        self.add(node, RDF.type, PROV.Collection)
        for table, told in self.manifest["tables"].items():
            member = self.entity(f"table-{table}", f"{table}, as JSON lines")
            self.checksum(member, told["sha256"])
            self.count(f"rows-{table}", "rows", told["rows"], member, "link")
            self.add(node, PROV.hadMember, member)
        return node

    def quads(self) -> URIRef:
        node = self.entity("quads", "The quads of the release, as N-Quads in order")
        self.checksum(node, self.manifest["nquads_sha256"])
        return node

    def agents(self) -> None:
        program, publisher = self.node("cablegraph"), URIRef(self.manifest["publisher"]["iri"])
        for kind in (PROV.SoftwareAgent, SCHEMA.SoftwareApplication):
            self.add(program, RDF.type, kind)
        self.add(program, SCHEMA.name, Literal("cablegraph"))
        self.add(program, SCHEMA.softwareVersion, Literal(self.manifest["cablegraph"]))
        self.add(publisher, RDF.type, PROV.Agent)
        self.add(publisher, RDFS.label, Literal(self.manifest["publisher"]["name"]))
        self.add(self.release, PROV.wasAttributedTo, publisher)
        self.add(self.release, PAV.createdWith, program)

    def stages(self) -> None:
        program, before = self.node("cablegraph"), None
        for name, words, used, plan, made in _STAGES:
            stage, association = self.node(f"stage-{name}"), self.node(f"stage-{name}-association")
            self.add(stage, RDF.type, PROV.Activity)
            self.add(stage, RDFS.label, Literal(name))
            self.add(stage, DCTERMS.description, Literal(words, lang="en"))
            self.add(stage, PROV.wasAssociatedWith, program)
            self.add(stage, PROV.qualifiedAssociation, association)
            self.add(association, RDF.type, PROV.Association)
            self.add(association, PROV.agent, program)
            self.add(association, PROV.hadPlan, self.entities[plan][0])
            for entity in _all(self.entities[each] for each in used):
                self.add(stage, PROV.used, entity)
            for entity in self.entities[made]:
                self.add(entity, PROV.wasGeneratedBy, stage)
            if before is not None:
                self.add(stage, PROV.wasInformedBy, before)
            before = stage

    def released(self) -> None:
        manifest, release = self.manifest, self.described(self.release, self.manifest["title"])
        self.add(release, PROV.specializationOf, self.dataset)
        self.add(self.dataset, RDF.type, PROV.Entity)
        self.add(release, RDF.type, PROV.Collection)
        self.add(release, DCTERMS.issued, date_of(manifest["issued"]))
        self.add(release, DCTERMS.license, URIRef(manifest["licence"]))
        self.add(release, PAV.version, Literal(manifest["version"]))
        self.add(release, VOID.triples, Literal(manifest["counts"]["triples"]))
        for dump in manifest["dumps"]:
            node = self.file(dump["path"], dump["path"])
            self.checksum(node, dump["sha256"])
            self.add(node, DCAT.byteSize, Literal(dump["bytes"], datatype=XSD.nonNegativeInteger))
            self.add(node, PROV.wasDerivedFrom, self.entities["quads"][0])
            self.add(node, PROV.wasGeneratedBy, self.node("stage-release"))
            self.add(release, PROV.hadMember, node)
        if told := manifest["previous"]:
            previous = self.described(self.version(told["version"]), manifest["title"])
            self.add(previous, PAV.version, Literal(told["version"]))
            self.add(previous, DCTERMS.issued, date_of(told["issued"]))
            self.add(release, PROV.wasRevisionOf, previous)
            self.add(release, PAV.previousVersion, previous)

    def counts(self) -> None:
        counts, tables = self.manifest["counts"], self.manifest["tables"]
        self.metric("documents", "Documents")
        self.metric("rows", "Rows of a table")
        for key, (stage, words) in _COUNTS.items():
            self.metric(key, words)
            self.count(key, key, counts[key], self.release, stage)
        for key, (stage, words) in _FINDINGS.items():
            self.metric(key, words)
            self.count(key, key, tables[key]["rows"], self.release, stage)
        for group, (stage, words) in _GROUPS.items():
            for kind, number in counts[group].items():
                self.metric(f"{group}-{kind}", f"{words}: {kind}")
                self.count(f"{group}-{kind}", f"{group}-{kind}", number, self.release, stage)

    def metric(self, key: str, words: str) -> None:
        metric = self.node(f"counted-{key}")
        self.add(metric, RDF.type, DQV.Metric)
        self.add(metric, SKOS.definition, Literal(words, lang="en"))
        self.add(metric, DQV.expectedDataType, XSD.integer)

    def count(self, key: str, metric: str, number: int, of: URIRef, stage: str) -> None:
        """A number that a stage came to."""
        measurement = self.node(f"count-{key}")
        self.add(measurement, RDF.type, DQV.QualityMeasurement)
        self.add(measurement, DQV.computedOn, of)
        self.add(measurement, DQV.isMeasurementOf, self.node(f"counted-{metric}"))
        self.add(measurement, DQV.value, Literal(number, datatype=XSD.integer))
        self.add(measurement, PROV.wasGeneratedBy, self.node(f"stage-{stage}"))


def _all(groups: Iterable[list[URIRef]]) -> Iterable[URIRef]:
    return (each for group in groups for each in group)
