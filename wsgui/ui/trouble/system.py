"""What runs where, as a report on an error says it: versions and the screen, and nothing of the person."""

from __future__ import annotations

import platform
import sys

import PySide6
from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from wsgui import __version__, language


def system_facts() -> dict[str, str]:
    """Name and value of each."""
    screen = QGuiApplication.primaryScreen()
    size = screen.size()
    return {
        "wsgui": f"{__version__}{' (packed)' if hasattr(sys, 'frozen') else ''}",
        "Python": f"{platform.python_version()} ({platform.python_implementation()})",
        "Qt": f"{qVersion()}, PySide {PySide6.__version__}, {QGuiApplication.platformName()}",
        "System": platform.platform(),
        "Screen": f"{size.width()} × {size.height()} × {screen.devicePixelRatio():g}",
        "Language": language.spoken(),
    }
