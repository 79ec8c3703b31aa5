"""``python -m bench``: what each stage costs over the shared volumes, beside a plain parse of the same files."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"
#: Targets, as ratios to the plain parse, and in MB.
TARGETS = {"read": (2.5, 300), "all stages": (10.0, 600)}

_PARSE = """
import sys
from lxml import etree
for path in sys.argv[1:]:
    etree.parse(path, etree.XMLParser(collect_ids=False, huge_tree=True))
"""


def measure(command: list[str], cwd: Path) -> tuple[float, float]:
    """Run a command; return its CPU seconds and its peak memory in MB (of the largest process)."""
    wrapper = (
        "import resource, subprocess, sys; code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode; "
        "used = resource.getrusage(resource.RUSAGE_CHILDREN); print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", wrapper, *command], cwd=cwd, check=True, capture_output=True, text=True
    )
    cpu, memory = done.stdout.split()
    return float(cpu), float(memory)


def main() -> None:
    """Measure and print."""
    volumes = sorted(str(path) for path in (SHARED / "data" / "frus" / "volumes").glob("*.xml"))
    if not volumes:
        sys.exit("the shared volumes are not there; nothing to measure")
    program = [sys.executable, "-m", "cablegraph"]
    mappings, shapes = (str(Path(__file__).resolve().parents[1] / name) for name in ("mappings", "shapes"))
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        steps = {
            "plain lxml parse": [sys.executable, "-c", _PARSE, *volumes],
            "read": [*program, "read", *volumes, "--out", "register", "--quiet"],
            "read, two processes": [*program, "read", *volumes, "--out", "register", "--jobs", "2", "--quiet"],
            "link": [*program, "link", "register", "--out", "linked", "--quiet"],
            "map": [*program, "map", mappings, "--source", "register=linked", "--out", "quads.nq", "--quiet"],
            "check": [*program, "check", "quads.nq", "--shapes", shapes, "--out", "report.txt", "--quiet"],
            "release (with check)": [
                *program,
                "release",
                "quads.nq",
                "--register",
                "linked",
                "--out",
                "release",
                "--quiet",
            ],
            "all stages (publish)": [*program, "publish", *volumes, "--out", "published", "--quiet"],
        }
        print(f"{len(volumes)} volumes, {sum(Path(v).stat().st_size for v in volumes) / 1e6:.0f} MB")
        print(f"{'step':<24}{'CPU s':>9}{'of parse':>10}{'peak MB':>10}")
        parse = 0.0
        for step, command in steps.items():
            cpu, memory = measure(command, work)
            parse = parse or cpu
            print(f"{step:<24}{cpu:>9.2f}{cpu / parse:>10.1f}{memory:>10.0f}", flush=True)
        for stage, (ratio, limit) in TARGETS.items():
            print(f"target for {stage}: {ratio:g} times the parse, {limit} MB")


if __name__ == "__main__":
    main()
