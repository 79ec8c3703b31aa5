"""cablegraph publishes diplomatic records as linked data."""

from importlib.metadata import version

__version__ = version("cablegraph")
