"""Releases on a loopback web server, and the programs of others that read them there."""

from __future__ import annotations

import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

NODE = Path(__file__).parents[1] / "node"
#: Programs of the environment go before those of the system.
_PATH = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
_TYPES = {".trig": "application/trig", ".xml": "application/xml", "": "application/octet-stream"}


class Site:
    """A web server on this machine: ``address`` is its root, ``folder`` what it serves there, which may change."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.folder = Path()


@contextmanager
def site() -> Iterator[Site]:
    """Serve for as long as needed."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        extensions_map = _TYPES

        def translate_path(self, path: str) -> str:
            self.directory = str(found.folder)
            return super().translate_path(path)

        def log_message(self, *_: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found = Site(f"http://127.0.0.1:{server.server_port}/")
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield found
        finally:
            server.shutdown()
            thread.join()


def program(package: str, file: str) -> list[str]:
    """The command of a program of Node.js that ``scripts/node_packages.py`` installs; the test skips where it is missing."""
    node = shutil.which("node", path=_PATH)
    if node is None or not (NODE / "node_modules" / package).is_dir():
        pytest.skip(
            f"{package} is not installed: scripts/node_packages.py installs it where there are node and a network"
        )
    return [node, str(NODE / "node_modules" / package / file)]


def run(command: list[str], folder: Path) -> str:
    """Run a program in a folder; what it wrote to standard output."""
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
