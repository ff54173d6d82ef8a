"""What the person told the system about animations: Windows, macOS, GNOME and its relatives, KDE Plasma."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

_SECONDS = 2.0
"""A settings daemon that does not answer has no wish."""


def wants_less() -> bool:
    """Whether the system is to move less; not, where it cannot be asked."""
    if sys.platform == "win32":
        import ctypes

        client_area_animation = 0x1042  # SPI_GETCLIENTAREAANIMATION
        enabled = ctypes.c_int(1)
        ctypes.windll.user32.SystemParametersInfoW(client_area_animation, 0, ctypes.byref(enabled), 0)
        return not enabled.value
    if sys.platform == "darwin":
        return _said("defaults", "read", "com.apple.universalaccess", "reduceMotion") == "1"
    if "KDE" in os.environ.get("XDG_CURRENT_DESKTOP", ""):
        return _plasma_wants_less()
    return _said("gsettings", "get", "org.gnome.desktop.interface", "enable-animations") == "false"


def _said(*command: str) -> str:
    if shutil.which(command[0]) is None:
        return ""
    try:
        asked = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)  # noqa: S603 - our own words
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return asked.stdout.strip()


def _plasma_wants_less() -> bool:
    """Its animations take 0 times as long as usual."""
    folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    file = configparser.ConfigParser(strict=False, interpolation=None)
    try:
        file.read(folder / "kdeglobals", encoding="utf-8")
        return file.getfloat("KDE", "AnimationDurationFactor", fallback=1.0) == 0
    except (configparser.Error, ValueError):  # written by hand
        return False
