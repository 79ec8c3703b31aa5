"""Measures of quality: counted on the register, shown in the report, described in DQV."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from cablegraph import folders, pipeline
from cablegraph.measures import Measure, measure
from cablegraph.publication import read_publication
from cablegraph.register import rows
from cablegraph.validation import REPORT_WRITERS, Report

DQV = Namespace("http://www.w3.org/ns/dqv#")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("measures")
    publication = read_publication(folders.SAMPLE / "cablegraph.toml", folder)
    pipeline.read(publication, folder / "register", pipeline.Options())
    pipeline.link_register(folder / "register", folder / "linked", publication, pipeline.Options())
    pipeline.publish(publication, folder / "out", pipeline.Options())
    return folder


def test_what_is_known_is_counted_of_records_without_stubs(released: Path) -> None:
    """Each measure adds up over the years; its whole is the records of the release, or those that have the field."""
    measures = {each.key: each for each in measure(released / "linked")}
    manifest = json.loads((released / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert measures["number"].whole == manifest["counts"]["records"]
    assert measures["sender-resolved"].whole == measures["sender"].known
    assert measures["sent-minute"].whole == measures["sent"].known
    for each in measures.values():
        assert 0 <= each.known <= each.whole
        assert [year for year, _, _ in each.years] == sorted({year for year, _, _ in each.years})
    assert sum(known for _, known, _ in measures["sent"].years) == measures["sent"].known


def test_other_classes_are_measured_too(released: Path) -> None:
    """References, events, persons, posts and files: how many there are, and how many are known."""
    measures = {each.key: each for each in measure(released / "linked")}
    assert (
        measures["reference-resolved"].known,
        measures["reference-named"].known,
        measures["reference-resolved"].whole,
    ) == counted(released)
    assert measures["event-dated"].whole == measures["event-agent"].whole > 0
    assert measures["person-identified"].whole == len(list(rows(released / "linked", "persons")))
    assert 0 < measures["post-placed"].known <= measures["post-placed"].whole
    assert measures["file-subject"].whole == len(
        {row["file"] for row in rows(released / "linked", "filings") if row["file"]}
    )
    assert not measures["person-dated"].years
    assert sum(whole for _, _, whole in measures["reference-resolved"].years) <= measures["reference-resolved"].whole


def counted(released: Path) -> tuple[int, int, int]:
    """References that lead to a record, to anything, and all of them."""
    hows = [row["how"] for row in rows(released / "linked", "resolutions")]
    return sum(how not in ("stub", "unresolved") for how in hows), sum(how != "unresolved" for how in hows), len(hows)


def test_records_that_are_held_back_are_not_counted(released: Path) -> None:
    """A telegram in quarantine is no part of the release, nor of its measures."""
    assert (
        measure(released / "linked", ["in.usun.1862.1962-11-19"])[0].whole == measure(released / "linked")[0].whole - 1
    )


def test_the_description_says_the_measures_in_dqv(released: Path) -> None:
    """Each measure that counts anything is a measurement of the dataset, by a metric that is defined, in completeness."""
    graph = Graph().parse(released / "out" / "dataset.ttl")
    expected = {each.key: round(each.share, 4) for each in measure(released / "linked") if each.whole}
    found = {}
    for measurement in graph.subjects(RDF.type, DQV.QualityMeasurement):
        metric = graph.value(measurement, DQV.isMeasurementOf)
        dataset = graph.value(measurement, DQV.computedOn)
        assert (dataset, DQV.hasQualityMeasurement, measurement) in graph
        assert (metric, RDF.type, DQV.Metric) in graph
        assert graph.value(metric, DQV.inDimension) == URIRef("http://www.w3.org/2016/05/ldqd#completeness")
        value = graph.value(measurement, DQV.value)
        assert isinstance(value, Literal)
        found[str(metric).split("#metric-")[1]] = round(float(value), 4)
    assert found == expected


def test_the_page_shows_each_measure_with_a_chart_that_has_words() -> None:
    """A chart is drawn in the page, and says in words what it shows; what counts nothing is left out."""
    measures = (
        Measure("a", "Records with <a>", 3, 4, (("1962", 1, 2), ("1963", 2, 2))), Measure("b", "Records with b", 0, 0, ()),
    )  # fmt: skip
    page = REPORT_WRITERS["html"](Report([], 4, 4, measures))
    assert "75.0 %" in page
    assert "3 of 4" in page
    assert 'role="img" aria-label="Records with &lt;a&gt;, 1962 to 1963"' in page
    assert page.count("<rect ") == 2
    assert "<title>1962: 1 of 2</title>" in page
    assert "Records with b" not in page
