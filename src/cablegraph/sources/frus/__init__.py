"""Volumes of *Foreign Relations of the United States* (FRUS) in TEI."""

from cablegraph.sources.frus.edition import edition_date
from cablegraph.sources.frus.volume import read_volume

__all__ = ["edition_date", "read_volume"]
