"""References and iterators held against their formulation, before anything runs."""

from __future__ import annotations

from cablegraph.mapping.jsonpath_reader import parse_jsonpath
from cablegraph.mapping.plan import LogicalSource
from cablegraph.mapping.xpath import parse_xpath


def check_reference(source: LogicalSource, text: str) -> None:
    """Refuse a reference that is no path of the source's formulation; columns may be called anything.

    Raises:
        ValueError: it is none; the message says why.
    """
    if source.formulation in ("json", "jsonlines"):
        parse_jsonpath(text)
    elif source.formulation == "xml":
        parse_xpath(text, dict(source.namespaces))


def check_iterator(source: LogicalSource) -> None:
    """Refuse an iterator that is no path of the source's formulation, or does not lead to elements.

    Raises:
        ValueError: it is none; the message says why.
    """
    if source.formulation == "duckdb" and not source.iterator:
        raise ValueError("a database needs the name of a table")
    if source.iterator is None:
        return
    check_reference(source, source.iterator)
    if source.formulation == "xml":
        path = parse_xpath(source.iterator, dict(source.namespaces))
        if path.attribute is not None or any(test.place for step in path.steps for test in step.tests):
            raise ValueError("it does not lead to elements")
