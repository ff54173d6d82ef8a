"""wsgui, started as ``python -m wsgui`` starts it, until its window takes input."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from typing import TYPE_CHECKING

from wsgui import __main__

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from wsgui.app import ReadyLoop
    from wsgui.ui.window import Window


def main() -> None:
    gc.disable()  # as ``__main__`` does before it imports what is imported here, to watch it
    from wsgui import app

    create = app.create

    def create_watched(argv: Sequence[str], asked: str = "") -> tuple[QApplication, ReadyLoop, Window]:
        from benchmarks.first_paint import FirstPaint

        application, loop, window = create(argv, asked)
        FirstPaint(window)
        return application, loop, window

    app.create = create_watched
    __main__.main([])


if __name__ == "__main__":
    main()
