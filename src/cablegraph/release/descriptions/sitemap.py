"""``sitemap.xml`` and ``robots.txt``: which files of the release there are, by the protocol of sitemaps.org."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
#: What one sitemap may hold.
MOST = 50_000
#: What a release has and nobody looks for.
_UNTOLD = ("quarantine/", "cablegraph.toml", ".work/")

#: Forms of a page that stand beside it.
_FORMS = (".jsonld", ".ttl")


def files_told(folder: Path) -> list[str]:
    """The paths of a release that are told, the landing page first (as the folder itself), in order.

    Of a page its other forms are left out, which it names itself.
    """
    paths = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    told = (path for path in sorted(paths) if path != "index.html" and not path.startswith(_UNTOLD))
    return ["", *(path for path in told if not (path.endswith(_FORMS) and f"{path.rpartition('.')[0]}.html" in paths))]


def write_sitemaps(folder: Path, address: str, paths: Iterable[str], changed: str, most: int = MOST) -> None:
    """Write the sitemap of files that are served under ``address``, and ``robots.txt``, which names it.

    ``changed`` is a date (a year, a month or a day). More than ``most`` addresses are parted, and ``sitemap.xml`` is the index
    of the parts.
    """
    addresses = [f"{address}{quote(path)}" for path in paths]
    parts = [addresses[start : start + most] for start in range(0, len(addresses), most)]
    if len(parts) == 1:
        _write(folder / "sitemap.xml", "urlset", "url", parts[0], changed)
    else:
        names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
        for name, part in zip(names, parts, strict=True):
            _write(folder / name, "urlset", "url", part, changed)
        _write(folder / "sitemap.xml", "sitemapindex", "sitemap", [f"{address}{name}" for name in names], changed)
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {address}sitemap.xml\n"
    (folder / "robots.txt").write_text(robots, encoding="utf-8", newline="\n")


def _write(path: Path, root: str, entry: str, addresses: Sequence[str], changed: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n')
        for address in addresses:
            file.write(f"<{entry}><loc>{escape(address)}</loc><lastmod>{escape(changed)}</lastmod></{entry}>\n")
        file.write(f"</{root}>\n")
