"""The program as ``python -m wsgui`` starts it; it connects to a server and ends as it is told to.

``python -m tests.ui.trouble.dying URL HOW``; a line "connected" comes first.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, qFatal
from PySide6.QtWidgets import QApplication

from wsgui import __main__, app
from wsgui.core.crash_files import folder
from wsgui.core.records import Kind
from wsgui.ui.window import Window

SOON = 20
"""Milliseconds between two looks."""


def kill(number: signal.Signals) -> Callable[[], None]:
    return lambda: os.kill(os.getpid(), number)


HOW: dict[str, Callable[[], object]] = {
    "segfault": kill(signal.SIGSEGV),
    "killed": kill(signal.SIGKILL),
    "terminated": kill(signal.SIGTERM),
    "hung-up": kill(signal.SIGHUP),
    "qt-fatal": lambda: qFatal("it is over"),
}


def main() -> None:
    url, how = sys.argv[1:]
    create = app.create

    def create_watched(argv: Sequence[str], asked: str = "") -> tuple[QApplication, app.ReadyLoop, Window]:
        application, loop, window = create(argv, asked)
        window.ready.connect(lambda: window.tab.connect_to(url))
        timer = QTimer(window)

        def look() -> None:
            recording = window.tab.recording
            marked = any(folder().glob("*.running"))
            if recording and marked and any(record.kind is Kind.CONNECT for record in window.tab.records()):
                timer.stop()
                sys.stdout.write("connected\n")
                sys.stdout.flush()
                HOW[how]()

        timer.timeout.connect(look)
        timer.start(SOON)
        return application, loop, window

    app.create = create_watched
    sys.exit(__main__.main([]))


if __name__ == "__main__":
    main()
