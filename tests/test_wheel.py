"""The wheel: what it carries, and that it publishes the sample from a place of its own."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from test_sample import OUTPUT, differing

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(folder), str(ROOT)],
        check=True, capture_output=True,
    )  # fmt: skip
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_the_editable_folders(wheel: Path) -> None:
    """Every tracked file of ontology/, mappings/ and shapes/ is in the wheel, and no stray one."""
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("ontology", "mappings", "shapes"):
        tracked = subprocess.run(
            ["git", "ls-files", "-z", folder], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout.split("\0")
        wanted = {f"cablegraph/{name}" for name in tracked if name}
        assert {name for name in names if name.startswith(f"cablegraph/{folder}/")} == wanted


def test_the_sample_is_published_from_an_installed_wheel(wheel: Path, tmp_path: Path) -> None:
    """Installed elsewhere, without the checkout, `cablegraph publish --sample` gives the committed release."""
    venv.create(tmp_path / "env", with_pip=False)
    python = tmp_path / "env" / "bin" / "python"
    site = next((tmp_path / "env" / "lib").glob("python*")) / "site-packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    # The dependencies of this environment, but not the editable install of the checkout.
    (site / "dependencies.pth").write_text(f"import sys; sys.path.append({sysconfig.get_paths()['purelib']!r})\n")
    where = subprocess.run(
        [str(python), "-c", "import cablegraph; print(cablegraph.__file__)"],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    ).stdout
    assert where.startswith(str(site))
    subprocess.run(
        [str(python), "-m", "cablegraph", "publish", "--sample", "--quiet", "--out", "out"],
        check=True,
        cwd=tmp_path,
        capture_output=True,
    )
    assert differing(tmp_path / "out", OUTPUT) == []
