"""What of the collected files goes into the program: a build must not depend on what its machine happens to have.

PyInstaller takes every plugin of Qt and every library that one of them asks for, as found on the build machine, half of
GTK among them. Here is what is wanted; the rest stays out. Names are those of files in the bundle, with ``/``.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import PurePosixPath

MODULES_LEFT_OUT = [
    "PySide6.QtDBus", "PySide6.QtNetwork", "PySide6.QtPrintSupport", "PySide6.QtSql",
    "IPython", "_pydecimal", "aiohttp.pytest_plugin", "aiohttp.test_utils", "doctest", "eventlet", "gevent", "lib2to3",
    "multiprocessing", "pdb", "pkg_resources", "pydoc", "pydoc_data", "pytest", "readline", "setuptools", "tkinter",
    "unittest",
]  # fmt: skip
"""Of Python: what a library offers to others, or imports if it happens to be there."""

PLUGINS = (
    "platforms/*qxcb*", "platforms/*qwayland*", "platforms/*qoffscreen*", "platforms/qwindows*", "platforms/*qcocoa*",
    "platforminputcontexts/*compose*", "platforminputcontexts/*ibus*",
    "platformthemes/*",
    "styles/*",
    "iconengines/*", "imageformats/*qsvg*", "imageformats/*qico*", "imageformats/*qicns*",
    "wayland-shell-integration/*", "wayland-decoration-client/*", "xcbglintegrations/*glx*",
)  # fmt: skip
"""Of Qt's plugins: to have a window on each system, drawn and typed into as its user is used to, with icons in SVG."""

QT_LIBRARIES_LEFT_OUT = (
    "*Qt6Network*", "*Qt6EglF[sS]*", "*QtNetwork*", "*Qt6Sql*", "*Qt6PrintSupport*", "*Qt6Quick*", "*Qt6Qml*",
    "*Qt6VirtualKeyboard*", "*Qt6Pdf*", "opengl32sw.dll",
)  # fmt: skip
"""Libraries of Qt that only what is left out needs; Qt falls back to the system's OpenGL without ``opengl32sw``."""

SYSTEM_LIBRARIES = (
    "libpython3.*", "libssl.so*", "libcrypto.so*", "libffi.so*", "libsqlite3.so*", "libbz2.so*", "liblzma.so*",
    "libxcb-cursor.so*", "libxcb-icccm.so*", "libxcb-image.so*", "libxcb-keysyms.so*", "libxcb-render-util.so*",
    "libxcb-util.so*", "libxcb-xkb.so*", "libxkbcommon.so*", "libxkbcommon-x11.so*",
)  # fmt: skip
"""Libraries of a Linux system that not every desktop has in the version needed. Of GTK, X11, GL, fontconfig and the
C++ run-time there must be one in a process, and that is the system's."""

METADATA = ("METADATA", "entry_points.txt")
"""Of what is known of a package: its version and its plugins. Licences are in third-party.txt, all of them."""

PICTURES_LEFT_OUT = ("wsgui/guide/images/*-dark.png",)
"""Of the guide: what only the READMEs show."""

LANGUAGES = ("en", "ru")
"""Whose translations of Qt's own texts, and whose data of ICU, go in."""


def hooks_left_out(platform: str) -> set[str]:
    """What PyInstaller would run before each start, on a ``platform`` of ``sys.platform``, and is not needed.

    One gives the source text of modules, which nobody asks for. The other imports Qt, also for commands without a
    window, to tell it where it is: where Qt for Python lies as it was installed, it knows.
    """
    return {"pyi_rth_inspect", *(["pyi_rth_pyside6"] if platform == "linux" else [])}


def is_wanted(name: str, *, from_system: bool = False) -> bool:
    """Whether the file of this name in the bundle is needed.

    ``from_system``: it is a library that the operating system of the build machine owns.
    """
    path = PurePosixPath(name.replace("\\", "/"))
    if from_system:
        return _matches(path.name, SYSTEM_LIBRARIES)
    if any(part.endswith(".dist-info") for part in path.parts):
        return path.name in METADATA
    if _matches(path.name, QT_LIBRARIES_LEFT_OUT):
        return False
    if "PySide6" not in path.parts:
        return not _matches(path.as_posix(), PICTURES_LEFT_OUT)
    if "plugins" in path.parts:
        below = PurePosixPath(*path.parts[path.parts.index("plugins") + 1 :])
        return _matches(below.as_posix(), PLUGINS)
    if "translations" in path.parts:
        return path.name in {f"qtbase_{language}.qm" for language in LANGUAGES}
    return True


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)
