"""The page of questions: what can be asked of a release, in words and in SPARQL, from the collection of the ontology."""

from __future__ import annotations

from html import escape
from pathlib import Path

from cablegraph import folders
from cablegraph.pages import Frame, Listed

PATH = "browse/queries.html"


def list_queries() -> Listed:
    """What the lists of a site say of the page."""
    return Listed(PATH, "Example queries", len(_files()))


def _files() -> list[Path]:
    return sorted((folders.ONTOLOGY / "questions").glob("*.rq"))


def write_queries(frame: Frame) -> str:
    """The page: each question of ``ontology/questions`` with its query, which needs no base and holds for any release."""
    entries = []
    for path in _files():
        query = path.read_text(encoding="utf-8")
        question = query.partition("\n")[0].removeprefix("#").strip()
        entries.append(
            f'<details id="{escape(path.stem)}"><summary>{escape(question)}</summary>\n'
            f"<pre tabindex=0><code>{escape(query)}</code></pre></details>\n"
        )
    return (
        f"{frame.open('Example queries', 'browse', current=PATH)}<h1>Example queries</h1>\n"
        "<p>Each is SPARQL 1.1 and can be asked of the dumps: load one into a store, or ask them as they are with "
        "<code>cablegraph query RELEASE QUERY</code>. Put other persons, posts and days in the place of these.</p>\n"
        f"{''.join(entries)}{frame.close()}"
    )
