"""The program's icon in every form a system wants, drawn from one SVG.

PNG for Linux, ICO for Windows, ICNS for macOS. The last two are containers around single pictures, simple enough to be
written here, and Qt writes neither with more than one size.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

SVG = Path(__file__).resolve().parent.parent / "resources" / "icons" / "wsgui.svg"

LINUX = (16, 22, 24, 32, 48, 64, 128, 256, 512)
WINDOWS = (16, 20, 24, 32, 40, 48, 64, 256)
MACOS = {b"ic04": 16, b"ic11": 32, b"ic05": 32, b"ic12": 64, b"ic07": 128, b"ic13": 256, b"ic08": 256, b"ic14": 512,
         b"ic09": 512, b"ic10": 1024}  # fmt: skip
"""The types of an ICNS file, those of doubled density among them -> the side of the picture in pixels."""
COMPRESSED_FROM = 256
"""From this size on a picture in an ICO file is a PNG; what is smaller is read by old code, too, and is a bitmap."""


def draw(size: int) -> QImage:
    """The icon, ``size`` pixels wide and high, on nothing."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(SVG)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


def png(image: QImage) -> bytes:
    """The picture as PNG."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())


def ico(sizes: Sequence[int] = WINDOWS) -> bytes:
    """A file of Windows icons."""
    pictures = [png(image) if image.width() >= COMPRESSED_FROM else _bitmap(image) for image in map(draw, sizes)]
    offset = 6 + 16 * len(sizes)
    head = struct.pack("<HHH", 0, 1, len(sizes))
    for size, picture in zip(sizes, pictures, strict=True):
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return head + b"".join(pictures)


def icns() -> bytes:
    """A file of macOS icons."""
    drawn = {size: png(draw(size)) for size in set(MACOS.values())}
    body = b"".join(kind + struct.pack(">I", 8 + len(drawn[size])) + drawn[size] for kind, size in MACOS.items())
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


def write_for(platform: str, folder: Path) -> str | None:
    """The icon file that the program itself carries on ``platform`` (of ``sys.platform``); Linux has none."""
    written = {"win32": ("wsgui.ico", ico), "darwin": ("wsgui.icns", icns)}.get(platform)
    if written is None:
        return None
    name, make = written
    with_application()
    (folder / name).write_bytes(make())
    return str(folder / name)


def write_hicolor(folder: Path) -> None:
    """The icon in all sizes of the icon theme that every Linux desktop falls back to."""
    with_application()
    for size in LINUX:
        target = folder / f"{size}x{size}" / "apps" / "wsgui.png"
        target.parent.mkdir(parents=True)
        target.write_bytes(png(draw(size)))
    scalable = folder / "scalable" / "apps" / "wsgui.svg"
    scalable.parent.mkdir(parents=True)
    scalable.write_bytes(SVG.read_bytes())


def with_application() -> QGuiApplication:
    """Drawing needs an application."""
    return QGuiApplication.instance() or QGuiApplication([])  # type: ignore[return-value]


def _bitmap(image: QImage) -> bytes:
    """The picture as a bitmap of an ICO file: twice the height, from the bottom up, and a mask that masks nothing."""
    size = image.width()
    pixels = bytes(image.flipped(Qt.Orientation.Vertical).constBits())
    mask = bytes((size + 31) // 32 * 4 * size)
    head = struct.pack("<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, len(pixels) + len(mask), 0, 0, 0, 0)
    return head + pixels + mask
