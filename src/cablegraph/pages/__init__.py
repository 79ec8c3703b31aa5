"""Pages of records, persons, posts and files: for the static site of a release and for the service."""

from cablegraph.pages.description import Description, Incoming, describe
from cablegraph.pages.frame import STYLE, STYLESHEET, Frame, Listed, to
from cablegraph.pages.html import Site, page
from cablegraph.pages.paths import Paths

__all__ = [
    "STYLE",
    "STYLESHEET",
    "Description",
    "Frame",
    "Incoming",
    "Listed",
    "Paths",
    "Site",
    "describe",
    "page",
    "to",
]
