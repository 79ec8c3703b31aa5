"""The Office of the Historian's directories: people, principal officers and chiefs of mission, posts and places.

Sources: https://github.com/HistoryAtState/people, https://github.com/HistoryAtState/pocom and
https://github.com/joewiz/gsh, one small XML file a person, mission, position, post or place.
"""

from cablegraph.sources.authorities.reader import looks_like_authority, read_authorities

__all__ = ["looks_like_authority", "read_authorities"]
