"""Install the Debian packages that some tests compare with; skip politely where there is no apt or no right to use it.

The tests that need them skip, and say so, where they are missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

#: Command that a test calls, and the Debian package that brings it.
PACKAGES = {"rapper": "raptor2-utils", "serdi": "serdi", "chromium": "chromium"}


def main() -> None:
    """Install what is missing."""
    missing = [package for command, package in PACKAGES.items() if shutil.which(command) is None]
    if not missing:
        return
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        sys.stderr.write(
            f"not installed (no apt-get, or not root): {' '.join(missing)}; tests that need them will skip\n"
        )
        return
    _apt_get("update", "-qq")
    if _apt_get("install", "-y", "-qq", "--no-install-recommends", *missing):
        sys.stderr.write(f"apt-get could not install {' '.join(missing)}; tests that need them will skip\n")


def _apt_get(*arguments: str) -> int:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(["apt-get", *arguments], check=False, env=environment, stdout=subprocess.DEVNULL).returncode


if __name__ == "__main__":
    main()
