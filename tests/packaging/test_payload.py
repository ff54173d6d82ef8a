"""What goes into the program does not depend on what the build machine happens to have."""

from __future__ import annotations

import payload
import pytest

QT = "PySide6/Qt/plugins"


@pytest.mark.parametrize(
    "name",
    [
        f"{QT}/platforms/libqxcb.so",
        f"{QT}/platforms/libqoffscreen.so",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        f"{QT}/platforms/libqcocoa.dylib",
        f"{QT}/imageformats/libqsvg.so",
        f"{QT}/iconengines/libqsvgicon.so",
        f"{QT}/platformthemes/libqgtk3.so",
        "PySide6/Qt/translations/qtbase_ru.qm",
        "PySide6/Qt/lib/libQt6Widgets.so.6",
        "libQt6Widgets.so.6",
        "cryptography/hazmat/bindings/_rust.abi3.so",
        "wsgui/resources/icons/wsgui.svg",
        "wsgui/guide/images/en/window.png",
        "qasync-0.28.0.dist-info/METADATA",
    ],
)
def test_wanted(name: str) -> None:
    assert payload.is_wanted(name)


@pytest.mark.parametrize(
    "name",
    [
        f"{QT}/platforms/libqeglfs.so",
        "wsgui/guide/images/en/window-dark.png",
        f"{QT}/platforms/libqvnc.so",
        f"{QT}/imageformats/libqjpeg.so",
        f"{QT}/tls/libqopensslbackend.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/translations/qt_help_ru.qm",
        "PySide6/Qt/lib/libQt6Network.so.6",
        "libQt6Network.so.6",
        "PySide6\\opengl32sw.dll",
        "qasync-0.28.0.dist-info/RECORD",
    ],
)
def test_left_out(name: str) -> None:
    assert not payload.is_wanted(name)


def test_of_the_system_only_what_not_every_desktop_has() -> None:
    assert payload.is_wanted("libxcb-cursor.so.0", from_system=True)
    assert payload.is_wanted("libssl.so.3", from_system=True)
    for name in ("libgtk-3.so.0", "libglib-2.0.so.0", "libX11.so.6", "libstdc++.so.6", "libfontconfig.so.1"):
        assert not payload.is_wanted(name, from_system=True)
