"""The files of ``resources/`` are found from the checkout, from a wheel, and from an editable install."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from wsgui import resources

ROOT = Path(__file__).resolve().parent.parent
ICON = Path("resources", "icons", "wsgui.svg")


def found_from(site: Path) -> Path:
    """Where a Python of its own finds the icon, with ``site`` as the first of its folders of packages."""
    code = (
        "import site, sys; sys.path.insert(0, sys.argv[1]); site.addsitedir(sys.argv[1]);"
        "from wsgui import resources; print(resources.path('icons', 'wsgui.svg'))"
    )
    return Path(subprocess.check_output([sys.executable, "-I", "-c", code, str(site)], text=True).strip())


def test_found_in_the_checkout() -> None:
    assert resources.path("icons", "wsgui.svg") == ROOT / ICON


def test_found_in_a_wheel(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    assert found_from(tmp_path / "site") == tmp_path / "site" / "wsgui" / ICON


def test_an_editable_install_uses_the_checkout(tmp_path: Path) -> None:
    """It is a line in a .pth file, and beside it hatchling leaves a copy of the resources as they once were."""
    (tmp_path / "wsgui.pth").write_text(f"{ROOT}\n")
    stale = tmp_path / "wsgui" / ICON
    stale.parent.mkdir(parents=True)
    stale.write_text("<svg/>")
    assert found_from(tmp_path) == ROOT / ICON


def test_says_what_is_missing() -> None:
    with pytest.raises(FileNotFoundError, match="nothing-of-that-name"):
        resources.path("nothing-of-that-name")
