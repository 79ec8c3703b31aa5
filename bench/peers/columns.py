"""The mapping of ``records.ttl`` as a table, for the programs that are written by hand."""

NS = "https://example.org/ns#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RECORD, AGENT, SOURCE = (f"https://example.org/{kind}/" for kind in ("record", "agent", "source"))
INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
#: Column → predicate and what stands behind the closing quote.
LITERALS = {
    "kind": (f"{NS}kind", ""), "number": (f"{NS}number", ""), "head": (LABEL, ""), "title": (f"{NS}title", ""),
    "sent": (f"{NS}sent", ""), "received": (f"{NS}received", ""), "from_text": (f"{NS}fromText", ""),
    "to_text": (f"{NS}toText", ""), "classification": (f"{NS}classification", ""), "file_number": (f"{NS}fileNumber", ""),
    "repository": (f"{NS}repository", ""), "collection": (f"{NS}collection", ""), "source_note": (f"{NS}sourceNote", ""),
    "source_line": (f"{NS}line", f"^^<{INTEGER}>"),
}  # fmt: skip
#: Column → predicate and the start of the IRI.
IRIS = {"from_post": (f"{NS}from", AGENT), "to_post": (f"{NS}to", AGENT), "source": (f"{NS}source", SOURCE)}
