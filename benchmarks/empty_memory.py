"""The memory of the least that a Qt program can be: an empty ``QMainWindow``, painted."""

from __future__ import annotations

import json

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from benchmarks.memory import resident


def main() -> None:
    application = QApplication([])
    window = QMainWindow()
    window.resize(1280, 800)
    window.show()
    QTimer.singleShot(500, application.quit)
    application.exec()
    print(json.dumps({"memory": resident()}))


if __name__ == "__main__":
    main()
