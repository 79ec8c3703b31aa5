"""Mapping: register tables and files to RDF, by mappings that librarians edit.

A front end makes a plan (:mod:`~cablegraph.mapping.plan`), DuckDB runs it (:mod:`~cablegraph.mapping.sql`).
"""

from cablegraph.mapping.anything import map_any
from cablegraph.mapping.files import Mapped, map_files
from cablegraph.mapping.languages import read_mappings
from cablegraph.mapping.output import Findings
from cablegraph.mapping.places import Place, locate
from cablegraph.mapping.run import explain_register, map_register, map_register_to_file, mapped_lines

__all__ = [
    "Findings",
    "Mapped",
    "Place",
    "explain_register",
    "locate",
    "map_any",
    "map_files",
    "map_register",
    "map_register_to_file",
    "mapped_lines",
    "read_mappings",
]
