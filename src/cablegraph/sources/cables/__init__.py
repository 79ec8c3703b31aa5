"""Electronic telegrams of the Department of State from 1973 on, as the Access to Archival Databases shows them.

A cable is a block "Message Text" (the teletyped text) and a block "Message Attributes" (lines ``Key: value`` of the
archive); a file may hold many, and either block may be missing.
"""

from cablegraph.sources.cables.blocks import looks_like_cables
from cablegraph.sources.cables.reader import read_cables

__all__ = ["looks_like_cables", "read_cables"]
