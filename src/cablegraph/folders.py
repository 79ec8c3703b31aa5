"""Where the editable folders stand: at the top of a checkout, inside the package in a wheel."""

from __future__ import annotations

from pathlib import Path

from cablegraph.errors import InputError

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


def make_above(out: Path) -> None:
    """Make the folders above an output that is about to be written.

    Raises:
        InputError: a file stands where a folder is to be, or the folder may not be written.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("cannot be made", file=str(out.parent), hint=error.strerror or "") from error


def make_empty(out: Path) -> Path:
    """Make a folder that is about to be written into; one that is there must be empty.

    Raises:
        InputError: something else stands there, or the folder may not be made.
    """
    if out.is_symlink() or (out.exists() and not out.is_dir()) or (out.is_dir() and any(out.iterdir())):
        raise InputError("is no empty folder, and is left alone", file=str(out), hint="name another with --out")
    make_above(out)
    out.mkdir(exist_ok=True)
    return out
