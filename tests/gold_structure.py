"""The structure that a gold file lists: page heads, sections and paragraphs, enclosed texts, page breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gold import Check, Gold, Release, literal, paired, parts_inside


def structure(release: Release, gold: Gold) -> Iterator[Check]:
    for head in gold["page_headers"]:
        found = release.has("markings", kind="page head", text=head)
        published = release.ask(f"?r dipl:pageBreak [ dipl:markingText {literal(head)} ]")
        yield Check(f"page header {head[:3]}", found, published)
    for section in gold["sections"]:
        yield from _section(release, section)
    cells = re.search(r"\((?P<cells>[A-Z /]+)\)", gold["table"])
    assert cells is not None
    tables = [row["text"] for row in release.rows("markings", kind="form")]
    published = release.values("?i dipl:hasMarking [ dct:type v:marking-kinds\\/form ; dipl:markingText ?x ]")
    for cell in cells["cells"].split(" / "):
        yield Check(f"table {cell}", _has_words(cell, tables), _has_words(cell, published))
    for printed in gold["line_end_hyphen"]:
        surface = printed.replace("\\n", "\n")
        joined = surface.replace("-\n", "")
        pattern = f"?i dipl:hasReading [ dipl:printedText {literal(surface)} ; dipl:value {literal(joined)} ]"
        whole = any(joined in (row["text"] or "") for row in release.rows("parts"))
        yield Check(
            f"hyphen {joined}",
            whole and release.has("readings", surface=surface, value=joined),
            release.ask(pattern),
        )


def _has_words(cell: str, tables: list[str]) -> bool:
    """Whether one table has all the words of a cell, which may be broken over its lines."""
    return any(all(word in table for word in cell.split()) for table in tables)


def _section(release: Release, gold: Gold) -> Iterator[Check]:
    n = gold["n"]
    own = release.rows("parts", kind="section", label=n)
    section = f"?p a rico:RecordPart ; dct:type v:part-kinds\\/section ; dipl:label {literal(n)} ; dipl:shownBy ?i . "
    opening = f"?p schema:text ?t FILTER(STRSTARTS(UCASE(?t), {literal(gold['opening'])}))"
    yield Check(
        f"section {n}",
        len(own) == 1 and own[0]["text"].upper().startswith(gold["opening"]),
        release.ask(section + opening),
    )
    if "as_written" in gold:
        pattern = f"?i dipl:hasReading [ dipl:field 'label' ; dipl:value {literal(n)} ; dipl:printedText {literal(gold['as_written'])} ]"
        yield Check(
            f"section {n} as written",
            release.has("readings", field="label", value=n, surface=gold["as_written"]),
            release.ask(pattern),
        )
    inside = parts_inside(release, own[0]["part"] if own else "")
    labels = [row["label"] for row in inside if row["label"]]
    below = f"{section} ?q rico:isOrWasConstituentOf+ ?p ; dipl:label ?x ; rico:rankInSequence ?k"
    published = release.values(f"{below} }} ORDER BY ?k #")
    for told, label, shown in paired(gold["paragraphs"] + gold.get("subparagraphs", []), labels, published):
        name, _, text = told.partition(" ")
        row = next((row for row in inside if row["label"] == name), None)
        starts = row is not None and (row["text"] or "").startswith(text)
        pattern = f"{section} ?q rico:isOrWasConstituentOf+ ?p ; dipl:label {literal(name)} ; schema:text ?t FILTER(STRSTARTS(?t, {literal(text)}))"
        yield Check(f"section {n} paragraph {told}", label == name and starts, shown == name and release.ask(pattern))
    count = len(gold["paragraphs"]) + len(gold.get("subparagraphs", []))
    yield Check(f"section {n} has no other paragraphs", len(labels) == count, len(published) == count)
    if closing := gold.get("closing_unnumbered"):
        closes = any(row["label"] is None and row["text"].startswith(closing) for row in inside)
        pattern = f"{section} ?q rico:isOrWasConstituentOf ?p ; schema:text ?t FILTER(STRSTARTS(?t, {literal(closing)})) FILTER NOT EXISTS {{ ?q dipl:label ?l }}"
        yield Check(f"section {n} closing", closes, release.ask(pattern))
    if enclosed := gold.get("enclosed"):
        first, last = re.findall(r"[A-Z][A-Z ]{8,}[A-Z]", enclosed)
        (enclosure,) = release.rows("parts", kind="enclosure")
        texts = [row["text"] for row in release.rows("parts", parent=enclosure["part"])]
        pattern = f"{section} ?c dct:type v:part-kinds\\/enclosure ; rico:isOrWasConstituentOf ?p . ?q rico:isOrWasConstituentOf ?c ; schema:text ?x ; rico:rankInSequence ?k"
        shown = release.values(f"{pattern} }} ORDER BY ?k #")
        yield Check(
            f"section {n} enclosure begins",
            texts[0].startswith(first),
            shown[:1] != [] and shown[0].startswith(first),
        )
        yield Check(
            f"section {n} enclosure ends",
            texts[-1].rstrip(".").endswith(last),
            shown[-1:] != [] and shown[-1].rstrip(".").endswith(last),
        )


def page_breaks(release: Release, gold: Gold) -> Iterator[Check]:
    for told in gold["page_breaks"]:
        page, splits = told["page"], told["splits"]
        (row,) = release.rows("markings", kind="page head", page=page)
        (part,) = release.rows("parts", part=row["part"])
        match = re.search(r"(?P<label>\(?\d\)?) of section (?P<n>[IV]+)$", splits)
        if match:
            right = (part["label"] or "") == match["label"] and part["part"].split(".")[0] == match["n"]
            text = ""
        else:
            text = splits.removeprefix("before ")
            right = part["text"][row["anchor"] :].startswith(text)
        pattern = f"""?r dipl:pageBreak ?b . ?b dipl:onPage '{page}'^^xsd:int ; oa:hasTarget ?g .
            ?g oa:hasSource ?q ; oa:hasSelector [ oa:start ?s ] . ?q schema:text ?t
            FILTER(STRSTARTS(SUBSTR(?t, xsd:integer(?s) + 1), {literal(text)})) """
        if match:
            pattern += f"?q dipl:label {literal(match['label'])} ; rico:isOrWasConstituentOf+ [ dipl:label {literal(match['n'])} ] "
        yield Check(f"page break {page}", right, release.ask(pattern))
