"""The records in the Europeana Data Model (EDM), for Europeana and for aggregators that harvest by OAI-PMH.

Records are made by SQL from the table ``quads``, in a stream. What is mandatory in the EDM Mapping Guidelines (2.4) is
always there: title, type of object, language, kind; data provider, provider, rights and where it is shown. A record that no
site shows is shown at its own IRI. Stubs, which nobody can show, are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pyoxigraph as ox

from cablegraph import folders, relations
from cablegraph.catalogue import canonical_licence
from cablegraph.publication import Publication
from cablegraph.quads import RDF_TYPE
from cablegraph.vocabularies import vocabulary

EDM = "http://www.europeana.eu/schemas/edm/"
_DC = "http://purl.org/dc/elements/1.1/"
_DCT = "http://purl.org/dc/terms/"
_DIPL = "https://w3id.org/diplomatic-records/ontology#"
_GEO = "http://www.w3.org/2003/01/geo/wgs84_pos#"
_ORE = "http://www.openarchives.org/ore/terms/"
_OWL = "http://www.w3.org/2002/07/owl#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_RICO = "https://www.ica.org/standards/RiC/ontology#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"

#: What a record says becomes what of the object (``edm:ProvidedCHO``).
_OF_RECORDS = {
    f"{_RDFS}label": f"{_DC}title",
    f"{_RICO}title": f"{_DCT}alternative",
    f"{_DIPL}messageNumber": f"{_DC}identifier",
    f"{_RICO}hasDocumentaryFormType": f"{_DC}type",
    f"{_RICO}hasOrHadMainSubject": f"{_DC}subject",
    f"{_RICO}hasOrHadSubject": f"{_DC}subject",
    f"{_RICO}hasSender": f"{_DC}creator",
    f"{_RICO}hasReceiver": f"{EDM}hasMet",
    f"{_RICO}hasCreationDate": f"{_DCT}created",
}
#: The classes of what an object leads to, by the property that leads there.
_CONTEXT = {
    f"{_DC}creator": f"{EDM}Agent",
    f"{EDM}hasMet": f"{EDM}Agent",
    f"{_DC}type": f"{_SKOS}Concept",
    f"{_DC}subject": f"{_SKOS}Concept",
    f"{_DCT}spatial": f"{EDM}Place",
    f"{_DCT}created": f"{EDM}TimeSpan",
}
#: What agents, places and concepts say beside their label.
_OF_CONTEXT = {
    f"{_SKOS}altLabel": f"{_SKOS}altLabel",
    f"{_SKOS}exactMatch": f"{_OWL}sameAs",
    f"{_GEO}lat": f"{_GEO}lat",
    f"{_GEO}long": f"{_GEO}long",
}
#: Labels of agents and places, of concepts, of dates as printed and as values.
_LABELS = (f"{_RDFS}label", f"{_SKOS}prefLabel", f"{_RICO}expressedDate", f"{_RICO}normalizedDateValue")
#: What else is needed on the way.
_BETWEEN = (
    f"{_DCT}references",
    f"{_DCT}source",
    f"{_RICO}agentHasOrHadLocation",
    f"{_RICO}hasOrHadInstantiation",
    f"{_RICO}isOrWasIncludedIn",
)


@contextmanager
def records_in_edm(db: relations.Connection, publication: Publication) -> Iterator[None]:
    """Make relations of the records of the table ``quads`` in EDM, for as long as they are needed. Terms are those of N-Triples.

    ``edm_records`` (r): the records. ``edm_own`` (r, s, p, o): what is said of the object of each record, which bears its
    IRI, and of its aggregation. ``edm_context`` (s, class): agents, places, dates and concepts that objects lead to.
    ``edm_said`` (s, p, o): what is said of these.
    """
    _take_what_is_needed(db)
    _make_objects(db)
    about, europeana = publication, publication.catalogue.europeana
    publisher = about.publisher.name
    aggregation = {
        "dataProvider": _text(europeana.data_provider or publisher),
        "provider": _text(europeana.provider or publisher),
        "rights": f"<{europeana.rights or canonical_licence(about.licence, 'http')}>",
    }
    every = {
        RDF_TYPE: _iri(f"{EDM}ProvidedCHO"),
        _iri(f"{EDM}type"): _text("TEXT"),
        _iri(f"{_DC}language"): _text(about.language),
    }
    of_aggregations = {
        RDF_TYPE: _iri(f"{_ORE}Aggregation"),
        **{_iri(f"{EDM}{name}"): value for name, value in aggregation.items()},
    }
    db.execute(
        f"""CREATE TEMP TABLE edm_own AS
        SELECT r, r AS s, p, o FROM edm_records CROSS JOIN {_constants(every)}
        UNION ALL SELECT s, s, p, o FROM edm_objects
        UNION ALL SELECT r, {_AGGREGATION}, p, o FROM edm_records CROSS JOIN {_constants(of_aggregations)}
        UNION ALL SELECT r, {_AGGREGATION}, '<{EDM}aggregatedCHO>', r FROM edm_records
        UNION ALL SELECT r, {_AGGREGATION}, '<{EDM}isShownAt>', coalesce(min(source.o), r)
            FROM edm_records LEFT JOIN edm_facts shown ON shown.s = r AND shown.p = '<{_RICO}hasOrHadInstantiation>'
            LEFT JOIN edm_facts source ON source.s = shown.o AND source.p = '<{_DCT}source>' GROUP BY r"""
    )
    db.execute(f"CREATE TEMP TABLE edm_said AS {_CONTEXT_QUERY}")
    yield
    for table in ("own", "said", "context", "objects", "facts", "records", "labels"):
        db.execute(f"DROP TABLE edm_{table}")


def _take_what_is_needed(db: relations.Connection) -> None:
    """The one pass over all quads: records, and triples of the properties that are read; labels of our vocabularies."""
    needed = sorted({*_OF_RECORDS, *_OF_CONTEXT, *_LABELS, *_BETWEEN})
    among = ", ".join(_quoted(_iri(name)) for name in needed)
    db.execute(f"CREATE TEMP TABLE edm_facts AS SELECT s, p, o FROM quads WHERE NOT again AND p IN ({among})")
    db.execute(
        f"""CREATE TEMP TABLE edm_records AS SELECT DISTINCT s AS r FROM quads
        WHERE p = '{RDF_TYPE}' AND o = '<{_RICO}Record>'
            AND s NOT IN (SELECT s FROM quads WHERE p = '{RDF_TYPE}' AND o = '<{_DIPL}Stub>')"""
    )
    schemes = sorted(path.stem for path in (folders.ONTOLOGY / "vocabularies").glob("*.ttl"))
    labels = [(_iri(each.iri), _text(each.label, "en")) for scheme in schemes for each in vocabulary(scheme)]
    relations.create_table(db, "edm_labels", {"s": relations.TEXT, "o": relations.TEXT}, labels)


def _make_objects(db: relations.Connection) -> None:
    """The objects with all that is not the same for each, and what they lead to with its class."""
    renamed = _table(_OF_RECORDS)
    db.execute(
        f"""CREATE TEMP TABLE edm_objects AS
        SELECT r AS s, renamed.new AS p, o FROM edm_facts JOIN edm_records ON s = r JOIN {renamed} ON p = renamed.old
        UNION ALL SELECT r, '<{_DCT}references>', o FROM edm_facts JOIN edm_records ON s = r
            WHERE p = '<{_DCT}references>' AND o IN (SELECT r FROM edm_records)
        UNION ALL SELECT r, '<{_DCT}isPartOf>', label.o
            FROM edm_facts part JOIN edm_records ON part.s = r JOIN edm_facts label ON label.s = part.o AND label.p = '<{_RDFS}label>'
            WHERE part.p = '<{_RICO}isOrWasIncludedIn>'
        UNION ALL SELECT r, '<{_DCT}spatial>', place.o
            FROM edm_facts sender JOIN edm_records ON sender.s = r JOIN edm_facts place ON place.s = sender.o
                AND place.p = '<{_RICO}agentHasOrHadLocation>'
            WHERE sender.p = '<{_RICO}hasSender>'
        UNION ALL SELECT r, '<{_DC}type>', '"document"@en' FROM edm_records
            WHERE r NOT IN (SELECT s FROM edm_facts WHERE p = '<{_RICO}hasDocumentaryFormType>')"""
    )
    db.execute(
        f"""CREATE TEMP TABLE edm_context AS SELECT DISTINCT o AS s, kinds.new AS class
        FROM edm_objects JOIN {_table(_CONTEXT, "kinds")} ON p = kinds.old WHERE starts_with(o, '<')"""
    )


def _iri(name: str) -> str:
    return f"<{name}>"


def _text(text: str, language: str | None = None) -> str:
    """A literal as N-Triples writes it."""
    return str(ox.Literal(text, language=language))


_quoted = relations.quote_text
#: All classes and properties (IRIs) that the relations have.
TERMS = sorted(
    {*_OF_RECORDS.values(), *_CONTEXT.values(), *_OF_CONTEXT.values(), f"{_SKOS}prefLabel", f"{_ORE}Aggregation"}
    | {f"{_DC}language", *(f"{_DCT}{name}" for name in ("isPartOf", "references", "spatial"))}
    | {
        f"{EDM}{name}"
        for name in [
            "ProvidedCHO",
            "aggregatedCHO",
            "begin",
            "dataProvider",
            "end",
            "isShownAt",
            "provider",
            "rights",
            "type",
        ]
    }
)
#: The aggregation of a record (column r).
_AGGREGATION = "rtrim(r, '>') || '#aggregation>'"


def _constants(values: dict[str, str]) -> str:
    """A relation of properties and values."""
    rows = ", ".join(f"({_quoted(p)}, {_quoted(o)})" for p, o in values.items())
    return f"(VALUES {rows}) constants(p, o)"


def _table(pairs: dict[str, str], name: str = "renamed") -> str:
    """A relation of old and new IRIs."""
    rows = ", ".join(f"({_quoted(_iri(old))}, {_quoted(_iri(new))})" for old, new in pairs.items())
    return f"(VALUES {rows}) {name}(old, new)"


#: One label each: an agent's or place's own, else a concept's, else a date as printed, else its value.
_LABEL = " ".join(f"WHEN '<{label}>' THEN {rank}" for rank, label in enumerate(_LABELS))
_CONTEXT_QUERY = f"""
SELECT s, '{RDF_TYPE}' AS p, class AS o FROM edm_context
UNION ALL SELECT c.s, '<{_SKOS}prefLabel>', CASE WHEN f.p = '<{_RICO}normalizedDateValue>' THEN '"' || regexp_extract(f.o, '^"([^"]*)"', 1) || '"' ELSE f.o END
FROM edm_context c JOIN edm_facts f ON f.s = c.s WHERE f.p IN ({", ".join(f"'<{label}>'" for label in _LABELS)})
QUALIFY row_number() OVER (PARTITION BY c.s ORDER BY CASE f.p {_LABEL} END, f.o) = 1
UNION ALL SELECT l.s, '<{_SKOS}prefLabel>', l.o FROM edm_labels l JOIN edm_context c ON c.s = l.s
UNION ALL SELECT c.s, said.new, f.o FROM edm_context c JOIN edm_facts f ON f.s = c.s JOIN {_table(_OF_CONTEXT, "said")} ON f.p = said.old
    WHERE c.class <> '<{EDM}TimeSpan>'
UNION ALL SELECT c.s, bound.p, '"' || regexp_extract(f.o, '^"([0-9]{{4}}(-[0-9]{{2}}){{0,2}})', 1) || '"'
FROM edm_context c JOIN edm_facts f ON f.s = c.s CROSS JOIN (VALUES ('<{EDM}begin>'), ('<{EDM}end>')) bound(p)
    WHERE c.class = '<{EDM}TimeSpan>' AND f.p = '<{_RICO}normalizedDateValue>' AND regexp_matches(f.o, '^"[0-9]{{4}}')
"""
