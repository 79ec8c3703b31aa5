"""The frame of all pages: head, skip link, the publication's name with the lists, and the footer. Nothing is fetched from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

#: The stylesheet of all pages, as it lies at the root of a site.
STYLE = "site.css"
STYLESHEET = Path(__file__).with_name(STYLE)


class Listed(NamedTuple):
    """A list of a site: the path of its first page from the root, its title, how many stand in it."""

    path: str
    title: str
    number: int


@dataclass(frozen=True)
class Frame:
    """What frames each page: the publication's title, its language (a tag), and its lists."""

    title: str
    language: str
    lists: tuple[Listed, ...] = ()

    def open(self, title: str, folder: str, head: Iterable[str] = (), *, current: str = "") -> str:
        """The beginning of a page, up to its main part.

        ``title`` is that of the page, empty for the landing page; ``folder`` is where it lies, from the root; ``head`` are
        further elements of the head, as HTML; ``current`` is the path of the list that the page belongs to.
        """
        name = f"{escape(title)} · {escape(self.title)}" if title else escape(self.title)
        return (
            f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{name}</title>\n'
            f'<link rel="stylesheet" href="{to(STYLE, folder)}">\n{"".join(head)}</head>\n<body>\n'
            f"{_header(self, folder, current)}"
        )

    def close(self, footer: str = "") -> str:
        """The end of a page; ``footer`` is HTML."""
        return f"</main>\n{f'<footer>{footer}</footer>' if footer else ''}\n</body>\n</html>\n"


@lru_cache(64)
def _header(frame: Frame, folder: str, current: str) -> str:
    """What all pages of a folder begin with."""
    lists = "".join(
        f'<li><a href="{to(path, folder)}"{" aria-current=page" if path == current else ""}>{escape(what)}</a></li>'
        for path, what, _ in frame.lists
    )
    return (
        f'<a class="skip" href="#main">Skip to the content</a>\n'
        f'<header><a href="{to("index.html", folder)}" lang="{escape(frame.language)}">{escape(frame.title)}</a>'
        f"{f'<nav aria-label=Lists><ul>{lists}</ul></nav>' if lists else ''}</header>\n"
        f'<main id="main">\n'
    )


def to(path: str, folder: str) -> str:
    """The link from a page in ``folder`` to a file, both from the root, as it stands in a page."""
    if folder and path.startswith(f"{folder}/"):
        return quote(path[len(folder) + 1 :])
    return "../" * (folder.count("/") + 1 if folder else 0) + quote(path)
