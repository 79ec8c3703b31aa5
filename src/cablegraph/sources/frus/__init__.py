"""Volumes of *Foreign Relations of the United States* (FRUS) in TEI."""

from cablegraph.sources.frus.volume import read_volume

__all__ = ["read_volume"]
