"""The pictures of the guide, taken anew from the running program, in every language.

python scripts/screenshots.py                    all of them, into docs/guide/images/LANGUAGE
python scripts/screenshots.py ru                 those of a language
python scripts/screenshots.py en wire options    some of them

Each picture is a scene: a function that brings the program to where the picture is taken, and gives the widget to
take. No screen is needed. Settings and recordings are those of an empty home that goes when the script ends; the
servers are those of ``wsgui lab``.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFont, QFontDatabase, QImage
from PySide6.QtWidgets import QApplication, QWidget

from scripts.scenes import SCENES, Stage
from scripts.small_png import save
from wsgui.ui.toast import Toast

if TYPE_CHECKING:
    from wsgui.ui.window import Window

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "guide" / "images"

MARGIN = 6  # pixels around what is not a window of its own
QT = {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*.warning=false", "QT_SCALE_FACTOR": "1"}
PLAYING = "WSGUI_SCREENSHOTS"
"""In the environment of the process that plays, rather than starting those that do."""
FONT = "DejaVu Sans"
IN_THE_DARK = ("window",)
"""Scenes of which there is a picture in the dark theme, too: the READMEs show those, and no package has them."""


def pictures() -> list[str]:
    """The names of all pictures of a language."""
    return [*SCENES, *(f"{name}-dark" for name in IN_THE_DARK)]


async def take(window: Window, application: QApplication, language: str, wanted: list[str]) -> bool:
    """Play the scenes whose pictures are wanted, and save the pictures. One that fails is told of; whether none did."""
    from wsgui.ui import theme

    folder = IMAGES / language
    folder.mkdir(parents=True, exist_ok=True)
    stage = Stage(window, language)
    window.settings.hide_first_run()
    whole = True
    window.show()
    with stage.servers:
        for name in wanted:
            dark = name.endswith("-dark")
            theme.apply(application, theme.Choice.DARK if dark else theme.Choice.LIGHT)
            began = time.monotonic()
            try:
                widget = await SCENES[name.removesuffix("-dark")](stage)
            except Exception:  # noqa: BLE001 - whatever the program has changed in, the other pictures are taken
                print(f"{language}/{name}.png  FAILED\n{traceback.format_exc()}", flush=True)
                whole = False
                continue
            await settled(widget)
            size = save(picture(widget), folder / f"{name}.png")
            print(f"{language}/{name}.png  {size / 1000:.1f} kB  {time.monotonic() - began:.1f} s", flush=True)
            if widget.isWindow() and widget is not window:
                widget.close()
            stage.leave()
        window.leave()
        await window.closed.wait()
    return whole


async def settled(widget: QWidget) -> None:
    """Let what was changed be laid out and painted."""
    for _turn in range(4):
        await asyncio.sleep(0.05)
    for toast in widget.window().findChildren(Toast):  # of the scene before, such as "The tab was closed."
        toast.ended(toast)
    await asyncio.sleep(0.05)


def picture(widget: QWidget) -> QImage:
    """A window, or a part of one with a margin around it."""
    if widget.isWindow():
        return widget.grab().toImage()
    at = QRect(widget.mapTo(widget.window(), QPoint()), widget.size())
    return widget.window().grab(at.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)).toImage()


def play(language: str, wanted: list[str]) -> bool:
    """The pictures of one language, by this process; whether all could be taken."""
    from wsgui.app import create

    application, loop, window = create([], asked=language)
    if FONT not in QFontDatabase.families():
        raise SystemExit(f"The pictures are taken with the font {FONT}: apt-get install fonts-dejavu-core")
    font = QFont(FONT)
    font.setPointSizeF(9)
    application.setFont(font)
    application.setCursorFlashTime(0)
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(take(window, application, language, wanted))


def main(arguments: list[str]) -> int:
    """Play all that is asked for; each language in a process and an empty home of its own."""
    from wsgui.language import languages

    asked = [each for each in arguments if each in languages()] or list(languages())
    wanted = [each for each in arguments if each not in languages()] or pictures()
    if unknown := set(wanted) - set(pictures()):
        print(f"There is no picture {', '.join(sorted(unknown))}; there are {', '.join(pictures())}.")
        return 2
    if len(asked) == 1 and PLAYING in os.environ:
        return 0 if play(asked[0], wanted) else 1
    failed = 0
    for language in asked:
        with tempfile.TemporaryDirectory() as home:
            places = {f"XDG_{name}_HOME": home for name in ("CONFIG", "DATA", "STATE", "CACHE")}
            environment = {**os.environ, **places, **QT, "HOME": home, PLAYING: "1"}
            failed |= subprocess.run(
                [sys.executable, __file__, language, *wanted], env=environment, check=False
            ).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
