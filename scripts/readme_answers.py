"""Write the answers below the commands of README.md anew: ``python scripts/readme_answers.py``.

A test holds README.md against this, so that what it shows is what the commands print.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

README = Path(__file__).resolve().parents[1] / "README.md"
_BLOCK = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n.*?```", re.DOTALL)


def answered(text: str, folder: Path) -> str:
    """Return the text with every console block answered anew by its command, run in ``folder``."""

    def answer(match: re.Match[str]) -> str:
        command = shlex.split(match["command"])
        program = [sys.executable, "-m", "cablegraph", *command[1:]] if command[0] == "cablegraph" else command
        done = subprocess.run(
            program, cwd=folder, capture_output=True, text=True, check=True, env=os.environ | {"COLUMNS": "120"}
        )
        output = done.stdout.replace("\r\n", "\n").rstrip("\n")
        return f"```console\n$ {match['command']}\n{output}\n```"

    return _BLOCK.sub(answer, text)


if __name__ == "__main__":
    README.write_text(answered(README.read_text(encoding="utf-8"), README.parent), encoding="utf-8")
