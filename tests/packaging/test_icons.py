"""The icon in the form of each system is a file that another reader can read, in every size."""

from __future__ import annotations

import struct
from pathlib import Path

import icons
import pytest
from PySide6.QtGui import QImage, QImageReader


@pytest.fixture(autouse=True)
def application(qapp: object) -> None:
    """Drawing needs one."""


def drawn(image: QImage) -> bool:
    """Nothing in the corner, blue above the arrows: the picture is neither empty nor upside down."""
    size = image.width()
    above, corner = image.pixelColor(size // 2, size // 6), image.pixelColor(0, 0)
    return corner.alpha() == 0 and above.blue() > 200 > above.red()


def test_windows_gets_all_sizes(tmp_path: Path) -> None:
    (tmp_path / "wsgui.ico").write_bytes(icons.ico())
    reader = QImageReader(str(tmp_path / "wsgui.ico"))
    sizes = []
    for number in range(reader.imageCount()):
        reader.jumpToImage(number)
        image = reader.read()
        assert drawn(image)
        sizes.append(image.width())
    assert tuple(sizes) == icons.WINDOWS


def test_macos_gets_all_sizes() -> None:
    data = icons.icns()
    assert data[:4] == b"icns"
    assert struct.unpack(">I", data[4:8]) == (len(data),)
    found, at = {}, 8
    while at < len(data):
        kind, length = struct.unpack(">4sI", data[at : at + 8])
        image = QImage.fromData(data[at + 8 : at + length])
        assert drawn(image)
        found[kind] = image.width()
        at += length
    assert found == icons.MACOS


def test_linux_gets_all_sizes_and_the_drawing(tmp_path: Path) -> None:
    icons.write_hicolor(tmp_path)
    for size in icons.LINUX:
        image = QImage(str(tmp_path / f"{size}x{size}" / "apps" / "wsgui.png"))
        assert (image.width(), image.height()) == (size, size)
        assert drawn(image)
    assert (tmp_path / "scalable" / "apps" / "wsgui.svg").read_bytes() == icons.SVG.read_bytes()


def test_linux_programs_carry_none(tmp_path: Path) -> None:
    assert icons.write_for("linux", tmp_path) is None
    assert icons.write_for("win32", tmp_path) == str(tmp_path / "wsgui.ico")
    assert icons.write_for("darwin", tmp_path) == str(tmp_path / "wsgui.icns")
