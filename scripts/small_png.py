"""A picture of a window as a small PNG: 16 colours, which flat surfaces and their texts need no more than."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from pathlib import Path

from PySide6.QtGui import QImage

COLOURS = 16


def save(image: QImage, path: Path) -> int:
    """Write a picture; how many bytes it has. Qt itself writes no PNG of less than 8 bits for a pixel."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(image.constBits()).cast("I").tolist()
    counts = Counter(pixels)
    palette = chosen(counts)
    nearest = {colour: min(range(len(palette)), key=lambda n: distance(colour, palette[n])) for colour in counts}
    width, height = image.width(), image.height()
    rows = bytearray()
    for row in range(height):
        line = [*map(nearest.__getitem__, pixels[row * width : (row + 1) * width]), 0]
        rows += bytes(
            [0, *(left << 4 | right for left, right in zip(line[: width + width % 2 : 2], line[1::2], strict=False))]
        )
    head = struct.pack(">IIBBBBB", width, height, 4, 3, 0, 0, 0)  # 4 bits of a palette for each pixel
    colours = b"".join((colour & 0xFFFFFF).to_bytes(3, "big") for colour in palette)
    parts = ((b"IHDR", head), (b"PLTE", colours), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, data) for name, data in parts))


def chunk(name: bytes, data: bytes) -> bytes:
    """A part of a PNG file: length, name, data, checksum."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def chosen(counts: Counter[int]) -> list[int]:
    """The colours that stand for all: again and again the one that most pixels, far from those chosen, ask for."""
    palette = [counts.most_common(1)[0][0]]
    far = {colour: distance(colour, palette[0]) for colour in counts}
    while len(palette) < COLOURS and any(far.values()):
        palette.append(max(far, key=lambda colour: far[colour] * counts[colour] ** 0.7))
        for colour in far:
            far[colour] = min(far[colour], distance(colour, palette[-1]))
    return palette


def distance(one: int, other: int) -> int:
    """How different two colours, ``0xffrrggbb``, are."""
    return sum(((one >> shift & 255) - (other >> shift & 255)) ** 2 for shift in (0, 8, 16))
