"""Pages of records, persons, posts and files: for the static site of a release and for the service."""

from cablegraph.pages.description import Description, describe
from cablegraph.pages.html import Site, page
from cablegraph.pages.paths import Paths

__all__ = ["Description", "Paths", "Site", "describe", "page"]
