"""Where the files of ``resources/`` and the user guide are, however the program came here.

In a wheel and in a frozen program they lie inside of the package; in a checkout, and in an editable install, which
runs from the checkout, beside it.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def path(*parts: str) -> Path:
    """The file or folder of that name: ``path("icons", "wsgui.svg")``. ``FileNotFoundError`` if there is none."""
    packed = _PACKAGE / "resources"
    root = packed if packed.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts).resolve(strict=True)


def guide() -> Path:
    """The folder of the user guide, with one folder for each language and one of pictures."""
    packed = _PACKAGE / "guide"
    return (packed if packed.is_dir() else _PACKAGE.parent / "docs" / "guide").resolve(strict=True)
