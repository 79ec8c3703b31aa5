"""Where the editable folders stand: at the top of a checkout, inside the package in a wheel."""

from __future__ import annotations

from pathlib import Path

#: The file by which a folder is known as a release.
MANIFEST = "manifest.json"

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parents[1] / name


ONTOLOGY = _folder("ontology")
MAPPINGS = _folder("mappings")
SHAPES = _folder("shapes")
SAMPLE = _PACKAGE / "sample"
