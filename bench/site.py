"""``python -m bench.site``: what the static site of the shared volumes costs, beside all stages before it.

Once into an empty folder and once beside a site that is the same. A page is a resource in one form; where file systems are
slow in making files, the row without files tells what is our own.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.__main__ import SHARED, measure

#: Files a CPU second, and MB; CPU at most that of all stages before it.
TARGET = (2000, 512)
_SITE = """
import sys
from pathlib import Path
from cablegraph import quads, relations
from cablegraph.publication import Publication
from cablegraph.release.inventory import Inventory
from cablegraph.release.site import SiteFiles, write_site
nquads, out, standing, how = sys.argv[1:]
folder, work = Path(out), Path(out + ".work")
folder.mkdir(); work.mkdir()
db = relations.connect([work], files=[Path(nquads)], spill=work, at=work / "quads.duckdb")
quads.load_quads(db, quads.file_lines(Path(nquads)))
if how == "load": sys.exit()
inventory = Inventory(folder)
if how == "no files": SiteFiles.write = lambda self, path, text: self._inventory.add(path, "00" * 32, len(text))
write_site(db, folder, Publication(folder, site="always"), 0, Path(standing) if standing else None, inventory)
Path("count").write_text(str(len(inventory)))
"""


def main() -> None:
    """Measure and print."""
    volumes = sorted(str(path) for path in (SHARED / "data" / "frus" / "volumes").glob("*.xml"))
    if not volumes:
        sys.exit("the shared volumes are not there; nothing to measure")
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        (work / "cablegraph.toml").write_text(
            '[publication]\nbase = "https://example.org/"\n[release]\nsite = "never"\n'
        )
        publish = [sys.executable, "-m", "cablegraph", "publish", *volumes, "--config", "cablegraph.toml", "--quiet"]
        before, memory = measure([*publish, "--out", "release"], work)
        print(f"{'':<28}{'CPU s':>8}{'ratio':>8}{'files/s':>9}{'peak MB':>9}")
        print(f"{'all stages before it':<28}{before:>8.2f}{1:>8.2f}{'':>9}{memory:>9.0f}", flush=True)
        (dump,) = (work / "release" / "dumps").glob("*.nq")
        run = [sys.executable, "-c", _SITE, str(dump)]
        load, _ = measure([*run, "loaded", "", "load"], work)
        for title, out, standing, how in (
            ("pages, not written", "none", "", "no files"),
            ("the site", "first", "", "all"),
            ("the same site once more", "second", "first", "all"),
        ):
            cpu, memory = measure([*run, out, standing, how], work)
            cpu -= load
            files = int((work / "count").read_text())
            print(f"{title:<28}{cpu:>8.2f}{cpu / before:>8.2f}{files / cpu:>9.0f}{memory:>9.0f}", flush=True)
        print(f"{files} files; target: ratio 1, {TARGET[0]} files a CPU second, {TARGET[1]} MB")


if __name__ == "__main__":
    main()
