"""Who holds a document: an agency that keeps files of its own is their holder, ``CIA Files: Job 85–00664R, Box 3``."""

from __future__ import annotations

import re

_OWN_FILES = re.compile(
    r"^(?P<holder>(?:CIA|DOD|NSC|USUN|USIA|AID|OSD|JCS|Central Intelligence Agency|National Security Council))[ /:]+"
    r"(?P<files>(?:[\w/]+ )?(?:Files\b|Job\b).*)$"
)


def holder_and_collection(repository: str, collection: str | None) -> tuple[str, str | None]:
    """Part the holder from the files that stand before the first comma with it."""
    own = _OWN_FILES.match(repository)
    if own is None:
        return repository, collection
    return own["holder"], ", ".join(filter(None, (own["files"], collection)))
