"""Says when a window takes input: in the first turn of the event loop after it was painted for the first time."""

from __future__ import annotations

import json
import os
import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class FirstPaint(QObject):
    """Prints the time at which ``window`` takes input and ends the process."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._say)
        return False

    @staticmethod
    def _say() -> None:
        print(json.dumps({"ready": time.time()}))
        sys.stdout.flush()
        os._exit(0)  # what is measured is over; how it ends is not
